#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The program as it runs: what it has given up, that it says so, and that nothing that a
# user asks for fails for it.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need mkfifo sed grep

before=$SAMPLES_DIR/incident/before after=$SAMPLES_DIR/incident/after

state_of() {
	sed -n 's/.*<dfxml:execution_environment sandbox="\([a-z]*\)".*/\1/p' "$1"
}

status 1 'a run' "$WMSDIFF" -q -o "$tmp/report.xml" "$before" "$after"
full=$(state_of "$tmp/report.xml")
status 1 'one without a sandbox' "$WMSDIFF" -v --no-sandbox -o "$tmp/free.xml" "$before" "$after"
is "$(state_of "$tmp/free.xml")" none 'the report says so'
is "$(grep -c '^wmsdiff: sandbox' "$tmp/err")" 0 'there is none to tell of'
status 1 'one that tells what it does' "$WMSDIFF" -v -o "$tmp/told.xml" "$before" "$after"
is "$(grep '^wmsdiff: sandbox' "$tmp/err")" "wmsdiff: sandbox: $full" 'tells of it likewise'
without() {
	sed 's/ sandbox="[a-z]*"//; /<dfxml:command_line>/d; /<dfxml:start_time>/d' "$1"
}
is "$(without "$tmp/report.xml" | cksum)" "$(without "$tmp/free.xml" | cksum)" \
	'the report is the same with and without'

# ---- looked at from outside, while it waits to write ----

if [ "$full" = full ] && [ -r /proc/self/status ]; then
	mkfifo "$tmp/report"
	"$WMSDIFF" -q -o "$tmp/report" "$before" "$after" &
	waits=$!
	# It waits for a reader, for which it has gone through all that comes before.
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		grep -q '^Seccomp:.2' "/proc/$waits/status" && break
		sleep 0.2
	done
	grep -E '^(NoNewPrivs|Seccomp):' "/proc/$waits/status" >"$tmp/rights"
	cat "$tmp/report" >"$tmp/through"
	wait "$waits"
	is "$?" 1 'it went on when somebody read'
	is "$(tr -d '\t' <"$tmp/rights" | paste -s -d ' ' -)" 'NoNewPrivs:1 Seccomp:2' \
		'it cannot gain rights, and its system calls are bounded'
	is "$(tail -n 1 "$tmp/through")" '</report>' 'and the report came through a pipe'
else
	skip 3 "the sandbox is $full here"
fi

# ---- places that outputs can have ----

cd "$tmp" || exit 99
mkdir here there
status 1 'in the folder at hand' "$WMSDIFF" -q -o r.xml --html p.html --timeline t.csv \
	"$before" "$after"
status 1 'in one that is yet to be made' \
	"$WMSDIFF" -q --restore deep -o r.xml "$before" "$after"
ok 'files are there' sh -c 'ls deep/*.reg'
status 1 'beside each other' "$WMSDIFF" -q -o here/r.xml --html there/p.html "$before" "$after"
ln -s there/none.xml nowhere.xml
status 2 'in place of a link that leads nowhere' "$WMSDIFF" -q -o nowhere.xml "$before" "$after"
is "$(cat "$tmp/err")" 'wmsdiff: nowhere.xml: is a link that leads nowhere' 'it is said why'
is "$(find . -name '.wmsdiff-*')$(readlink nowhere.xml)" there/none.xml 'and the link stays'
ln -s there/p.html link.html
status 1 'through a link' "$WMSDIFF" -q -o r.xml --html link.html "$before" "$after"
status 1 'nowhere' "$WMSDIFF" -q -o /dev/null "$before" "$after"
[ ! -c /dev/full ] || status 2 'on a full disk' "$WMSDIFF" -q -o /dev/full "$before" "$after"
status 1 'a folder of its own' "$WMSDIFF" -q --output-dir all "$before" "$after"
ok 'the index is there' test -s all/index.html
ok 'a report read again' "$WMSDIFF" --validate here/r.xml
ok 'and its page' "$WMSDIFF" --render here/r.xml --html again.html

# ---- where evidence can lie ----

hive=$(find "$before" -name default) other=$(find "$after" -name default)
mkdir evidence
cp "$hive" evidence/a
cp "$other" evidence/b
ln -s evidence/a a
status 1 'through a link' "$WMSDIFF" -q -o r.xml a evidence/b
status 1 'with a folder that is not here' sh -c 'cd here && "$0" -q -o r.xml ../a ../evidence/b' \
	"$WMSDIFF"
if "$WMSDIFF" --version | grep -q '^libarchive' && command -v tar >/dev/null; then
	tar -C "$before" -cf before.tar . && tar -C "$after" -cf after.tar .
	status 1 'in archives' "$WMSDIFF" -q -o r.xml before.tar after.tar
	status 1 'in archives, with no folder for what comes out' \
		env TMPDIR=/nowhere "$WMSDIFF" -q -o r.xml before.tar after.tar
else
	skip 2 'there are no archives here'
fi
done_testing
