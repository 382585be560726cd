#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# GNU parallel over ssh: two hosts, which are sshd's on loopback; results on a folder that
# all share, and brought back; hosts that do not answer, and one that is gone on the way.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
# shellcheck source=tests/help/sshd.shlib
. "$srcdir/tests/help/sshd.shlib"
need parallel ssh ssh-keygen sha256sum pgrep

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sshd_start || skip_all 'no sshd can be started'
# What rests of the user's own stays out of it.
HOME=$tmp/home
export HOME
mkdir "$HOME"
sweep_stand_in "$tmp/stand-in"
for name in a b c d e f g h; do
	sweep_machine $name -Work Home
done
sweep_machine hang
"$sweep" plan before after -o plan || exit 99
status 2 'on this machine' "$sweep" run plan --output-dir whole --time-limit "$sweep_limit" \
	--wmsdiff "$tmp/stand-in"
sweep_results whole >expected

# hosts DIR: where its units were run
hosts() {
	for file in "$1"/outcomes/*.tsv; do
		awk -F '\t' 'FNR == 2 { print $5 }' "$file"
	done | sort -u | tr '\n' ' '
}

status 2 'over ssh' "$sweep" run plan --output-dir shared --engine ssh \
	--hosts "$tmp/ssh/hosts" --time-limit "$sweep_limit" --wmsdiff "$tmp/stand-in"
sweep_same shared expected 'the same results'
is "$(hosts shared)" 'one two ' 'of both hosts'
is "$(awk 'FNR > 1' shared/engine/*.joblog | grep -c 'unit')" \
	9 "the engine's own log is kept"
status 2 'again' "$sweep" run plan --output-dir shared --engine ssh \
	--hosts "$tmp/ssh/hosts" --time-limit 1 --wmsdiff "$tmp/stand-in"
is "$(grep -c '8 units are done already, 1 to do' "$tmp/err")" 1 'only what failed'

if command -v rsync >/dev/null; then
	status 2 'results brought back' "$sweep" run plan --output-dir back --engine ssh \
		--hosts "$tmp/ssh/hosts" --bring-back --time-limit "$sweep_limit" \
		--wmsdiff "$tmp/stand-in"
	sweep_same back expected 'the same results'
	is "$(hosts back)" 'one two ' 'of both hosts'
	is "$(cd back && find work)" work 'nothing is left here'
	is "$(find "$HOME/.parallel/tmp" -name '*.tsv*' 2>/dev/null)" '' 'nor on the hosts'
	# How far it is, while it runs: what has come is taken in at once.
	sed 's/^case /SLOW=1\n&/' "$tmp/stand-in" >"$tmp/slower"
	chmod +x "$tmp/slower"
	grep -v ^hang plan >good
	"$sweep" run good --output-dir seen --engine ssh --hosts "$tmp/ssh/hosts" \
		--bring-back --wmsdiff "$tmp/slower" >said 2>&1 &
	run=$!
	seen=
	while kill -0 $run 2>/dev/null; do
		"$sweep" status seen 2>/dev/null | grep -q '^running  *[1-7] of 8 done' &&
			seen=1
		sleep 0.3
	done
	wait $run
	ended=$?
	note "$(cat said)"
	is "$ended $seen" '1 1' 'and while it runs it is seen how far it is'
else
	skip 6 'there is no rsync'
fi

# A host that does not answer.
echo "1/ssh -F $tmp/ssh/config gone" | cat - "$tmp/ssh/hosts" >with-gone
status 2 'with a host that does not answer' "$sweep" run plan --output-dir gone \
	--engine ssh --hosts with-gone --time-limit "$sweep_limit" --wmsdiff "$tmp/stand-in"
is "$(grep -c "^wmsdiff-sweep: 1/ssh -F $tmp/ssh/config gone: does not answer; left out$" \
	"$tmp/err")" 1 'it is told'
sweep_same gone expected 'the others do its work'
echo "ssh -F $tmp/ssh/config gone" >none
status 2 'with no host that answers' "$sweep" run plan --output-dir none-out --engine ssh \
	--hosts none --wmsdiff "$tmp/stand-in"
is "$(grep -c "^wmsdiff-sweep: $tmp/w/none: no host answers$" "$tmp/err")$(find none-out/outcomes -type f)" \
	1 'is told, and nothing is done here instead'
status 2 'no file of hosts' "$sweep" run plan --output-dir x --engine ssh --hosts nowhere

# One that dies on the way.
SLOW=1
export SLOW
sed "s/^set_slow$//; s/^case /SLOW=0.5\n&/" "$tmp/stand-in" >"$tmp/slow"
chmod +x "$tmp/slow"
"$sweep" run plan --output-dir dies --engine ssh --hosts "$tmp/ssh/hosts" --time-limit "$sweep_limit" \
	--wmsdiff "$tmp/slow" >said 2>&1 &
run=$!
until ls dies/outcomes/*.tsv >/dev/null 2>&1 || ! kill -0 $run 2>/dev/null; do
	sleep 0.1
done
# The daemon, and with it the sessions that it has.
for pid in $(pgrep -P "$(cat "$tmp/ssh/two.pid")") $(cat "$tmp/ssh/two.pid"); do
	kill -KILL "$pid"
done
rm "$tmp/ssh/two.pid"
wait $run
sweep_same dies expected 'a host that dies on the way: the other one does the rest'
done_testing
