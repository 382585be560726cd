#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-sweep as its users call it: which program it runs, what it says on a terminal and
# without one, and a sum that cannot be written.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
: "${WMSDIFF_REPORT:?is set by make check}"
need parallel

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sweep_machine a
sweep_machine b
"$sweep" plan before after -o plan || exit 99

status 0 'without a terminal' "$sweep" run plan --output-dir quiet
is "$(cat "$tmp/err")" '' 'it says nothing on the way'
is "$(cat "$tmp/out")" \
	'2 units: 2 compared (something is lost in 0), 0 incomplete, 0 failed, 0 left
index: quiet/index.html: none of 2 machines is known to have lost profiles' \
	'and a sum, and what the index tells'
status 2 'a sum that cannot be written' sh -c "'$sweep' run plan --output-dir quiet >/dev/full"
status 2 'nor a status' sh -c "'$sweep' status quiet >/dev/full"

# The wmsdiff beside it, one that is named, and one that PATH finds.
is "$(sweep_field quiet a 9)" "$("$WMSDIFF" --version | head -n 1)" 'the wmsdiff beside it'
mkdir bin
printf '#!/bin/sh\necho stand-in 7\n' >bin/other
chmod +x bin/other
status 2 'one that PATH finds' env PATH="$PWD/bin:$PATH" "$sweep" run plan --output-dir path \
	--wmsdiff other
is "$(sweep_field path a 9)" 'stand-in 7' 'is the one'
status 2 'one by a path' "$sweep" run plan --output-dir named --wmsdiff bin/other
is "$(sweep_field named a 9)" 'stand-in 7' 'is the one, too'

# ---- the index ----

ok 'the index is there' test -s quiet/index.html -a -s quiet/findings.csv
# Not of a part, and not when it was stopped.
status 0 'a shard' "$sweep" run plan --output-dir shards --shard 1/2
is "$(grep -c ^index: "$tmp/out")$(ls shards/index.html shards/findings.csv 2>/dev/null)" 0 \
	'makes no index'
sweep_stand_in "$tmp/stand-in"
SLOW=2 "$sweep" run plan --output-dir stopped -j 1 --wmsdiff "$tmp/stand-in" >said 2>&1 &
run=$!
while ! "$sweep" status stopped 2>/dev/null | grep -q '^running'; do
	kill -0 $run 2>/dev/null || break
	sleep 0.1
done
kill -TERM $run
wait $run
is "$? $(grep -c ^index: said)$(ls stopped/index.html 2>/dev/null)" '2 0' \
	'nor does one that is stopped'
# What the plan has and nobody did yet is told by the index made by hand.
"$WMSDIFF_REPORT" index shards >said
is "$? $(head -n 1 said)" \
	'0 none of 2 machines is known to have lost profiles; 1 is not done' 'what is left is told'
# A report that is none any more.
head -c 2000 quiet/units/a/jdoe/report.xml >"$tmp/cut"
cp "$tmp/cut" quiet/units/a/jdoe/report.xml
status 2 'a report cut short' "$sweep" run plan --output-dir quiet
is "$(grep -c '^units/a/jdoe/report.xml: line' "$tmp/err")$(sed 1d "$tmp/out")" \
	'1index: quiet/index.html: none of 2 machines is known to have lost profiles; 1 could not be read' \
	'is told'
rm -rf quiet/index.html quiet/outcomes/a.tsv
mkdir quiet/index.html
status 2 'an index that cannot be written' "$sweep" run plan --output-dir quiet
is "$(grep -c '^wmsdiff-sweep: quiet/index.html: ' "$tmp/err")" 1 'is told, too'
is "$(sweep_field quiet a 2)" compared 'and the sweep is done'

# A signal while the index is made: 300 reports take long enough.
mkdir many
for name in 1 2 3; do
	for i in 0 1 2 3 4 5 6 7 8 9; do
		for k in 0 1 2 3 4 5 6 7 8 9; do
			ln quiet/units/b/jdoe/report.xml many/$name$i$k.xml
		done
	done
done
"$WMSDIFF_REPORT" index many >said 2>&1 &
run=$!
# The database has no name by then, but it is open.
while ! ls -l /proc/$run/fd 2>/dev/null | grep -q 'many/\.wmsdiff-' && kill -0 $run 2>/dev/null; do
	:
done
kill -TERM $run
wait $run 2>/dev/null
is "$? $(find many ! -name '*.xml' ! -name many)" '143 ' 'a signal leaves nothing half written'

# nohup: a hangup is ignored where it was.
SLOW=1 sh -c 'trap "" HUP; exec "$@"' - "$sweep" run plan --output-dir nohup -j 1 \
	--wmsdiff "$tmp/stand-in" >said 2>&1 &
run=$!
while ! "$sweep" status nohup 2>/dev/null | grep -q '^running'; do
	kill -0 $run 2>/dev/null || break
	sleep 0.1
done
kill -HUP $run
wait $run
is "$? $(head -n 1 said)" \
	'0 2 units: 2 compared (something is lost in 0), 0 incomplete, 0 failed, 0 left' \
	'a hangup that is ignored stays so'

# Without an engine.
mkdir empty
ln -s "$(command -v sh)" empty/sh
status 2 'no engine' env PATH="$PWD/empty" "$sweep" run plan --output-dir none
is "$(cat "$tmp/err")" 'wmsdiff-sweep: GNU parallel did not start: is it installed?' 'is told'
status 2 'no cluster' env PATH="$PWD/empty" "$sweep" run plan --output-dir none --engine slurm
is "$(cat "$tmp/err")" 'wmsdiff-sweep: Slurm did not start: is it installed?' 'is told'

if command -v script >/dev/null; then
	sweep_stand_in "$tmp/stand-in"
	TERM=xterm SLOW=1 script -qec "'$sweep' run plan --output-dir tty -j 1 \
		--wmsdiff '$tmp/stand-in'" /dev/null >typed 2>&1 </dev/null
	ok 'on a terminal it shows how far it is' grep -q '1 of 2 done, 0 failed, .* to go' typed
	rm -rf tty
	TERM=xterm script -qec "'$sweep' run plan --output-dir tty --progress never" \
		/dev/null >typed 2>&1 </dev/null
	is "$(grep -c ' of 2 done' typed)" 0 'unless it is told not to'
else
	skip 2 'there is no script'
fi
done_testing
