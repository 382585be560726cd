#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --manifest: what sha256sum makes of it, that it has every file of the run and no other,
# and what was given for the record.  --restore into the same folder again, and who may read
# what it writes.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need sha256sum sed find sort stat xmllint iconv

before=$SAMPLES_DIR/outlook-before.NTUSER.DAT after=$SAMPLES_DIR/outlook-after.NTUSER.DAT
mkdir -p "$tmp/w/ev" "$tmp/w/o"
cd "$tmp/w" || exit 99
cp "$before" ev/before
cp "$after" ev/after

# listed MANIFEST: the names of its outputs, as sha256sum takes them
listed() {
	sed -n 's/^[0-9a-f]\{64\}  //p' "$1"
}

# ---- all outputs ----

# run ARGUMENT...
# shellcheck disable=SC2120 # by status
run() {
	"$WMSDIFF" -q -o o/report.xml --html o/report.html --timeline o/t.csv \
		--restore o/reg --manifest o/MANIFEST "$@" ev/before ev/after
}
status 1 'a run with all outputs' run
ok 'sha256sum takes it' sh -c 'cd o && sha256sum --strict -c MANIFEST'
is "$(listed o/MANIFEST)" "$(cd o && find . -type f ! -name MANIFEST | sed 's|^\./||' |
	LC_ALL=C sort)" 'it has every file of the run and no other'
is "$(listed o/MANIFEST | wc -l)" 4 'four of them'
sed -n 's/^# //p' o/MANIFEST >inputs
ok 'it takes the inputs, too' sha256sum --strict -c inputs
is "$(sed 's/^[0-9a-f]*  //' inputs)" "ev/after
ev/before" 'both of them'
mv o moved
ok 'the folder can be moved' sh -c 'cd moved && sha256sum --strict -c MANIFEST'
mv moved o
for file in $(listed o/MANIFEST); do
	cp -p "o/$file" kept
	printf x >>"o/$file"
	status 1 "a byte more in $file" sh -c 'cd o && sha256sum --status -c MANIFEST'
	cp -p kept "o/$file"
done

status 1 'a report on standard output' "$WMSDIFF" --manifest M ev/before ev/after
is "$(sed -n 's/^## \([0-9a-f]*\)  standard output (no file)$/\1/p' M)" \
	"$(sha256sum <"$tmp/out" | cut -c -64)" 'its sum is told'
status 1 'the lines of --format' "$WMSDIFF" --format csv --manifest M ev/before ev/after
is "$(sed -n 's/^## \([0-9a-f]*\)  standard output (no file)$/\1/p' M)" \
	"$(sha256sum <"$tmp/out" | cut -c -64)" 'likewise'
status 1 'a page without a report' "$WMSDIFF" -q --format csv --html page.html --manifest M \
	ev/before ev/after
is "$(listed M)" page.html 'the report that nobody asked for is in no list'
mkdir logs
"$WMSDIFF" -q -o l.xml --save-image logs --manifest M --exit-zero \
	"$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT" "$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT"
is "$(listed M)" "l.xml
logs/s2-outlook2016log-after.NTUSER.DAT" 'a hive with its logs is an output'
is "$(sed -n 's/^# [0-9a-f]*  .*-after/after/p' M)" "after.NTUSER.DAT
after.NTUSER.DAT.LOG1
after.NTUSER.DAT.LOG2" 'logs are inputs'

# ---- names ----

odd=$(printf 'a\\b\nc\rd')
status 1 'an odd name' "$WMSDIFF" -q -o "$odd" --manifest M ev/before ev/after
ok 'sha256sum knows it' sha256sum --strict -c M
ln -s o/report.xml link.xml
status 1 'an output that is a link' "$WMSDIFF" -q -o link.xml --manifest M ev/before ev/after
is "$(listed M)" o/report.xml 'the file is told that it leads to'
cp ev/before "ev/x$(printf '\033')[2J"
status 0 'an input whose name acts' "$WMSDIFF" -q -o r.xml --manifest M "ev/x$(printf '\033')[2J" ev/before
is "$(grep -c "$(printf '\033')" M)" 0 'it is shown'
rm "ev/x$(printf '\033')[2J"

# ---- several subjects, archives ----

status 1 'a folder for all' "$WMSDIFF" -q --output-dir all --manifest MANIFEST --html p.html ev
ok 'sha256sum takes it' sh -c 'cd all && sha256sum --strict -c MANIFEST'
is "$(listed all/MANIFEST)" "$(cd all && find . -type f ! -name MANIFEST | sed 's|^\./||' |
	LC_ALL=C sort)" 'it has all files of all subjects'
status 2 'no other folder' "$WMSDIFF" -q --output-dir all --manifest all/M ev
status 2 'nor one that is read' "$WMSDIFF" -q -o r.xml --manifest ev/M ev
is "$(ls ev)" "after
before" 'nothing is written there'
if command -v gzip >/dev/null && "$WMSDIFF" --version | grep -q libarchive; then
	gzip -k ev/after
	status 1 'a packed hive' "$WMSDIFF" -q -o r.xml --manifest M ev/before ev/after.gz
	is "$(sed -n 's/^## \(.*\)$/\1/p' M | grep '/after\.gz\|after (' | cut -c -64)" \
		"$(sha256sum <ev/after | cut -c -64)" 'its sum is that of the hive'
	is "$(sed -n 's/^# //p' M | sed 's/^[0-9a-f]*  //')" ev/before 'and no line to check'
	rm ev/after.gz
else
	skip 3 'no archives'
fi

# ---- when there is none ----

rm -f M
status 2 'a run that fails' "$WMSDIFF" -q -o r.xml --manifest M ev/before ev/none
is "$(ls M 2>/dev/null)" '' 'has none'
status 2 'an output cannot be written' "$WMSDIFF" -q -o r.xml --html none/p --manifest M \
	ev/before ev/after
is "$(ls M 2>/dev/null)" '' 'has none'
status 2 'it is evidence' "$WMSDIFF" -q -o r.xml --manifest ev/before ev/before ev/after
ok 'which stays' cmp ev/before "$before"
status 2 'it is the report' "$WMSDIFF" -q -o r.xml --manifest r.xml ev/before ev/after
is "$(tail -n 1 r.xml)" '</report>' 'which stays'
for name in '' -; do
	status 2 'it has no name' "$WMSDIFF" -q -o r.xml --manifest "$name" ev/before ev/after
done

# ---- custody ----

status 1 'custody' "$WMSDIFF" -q -o r.xml --html p.html --manifest M --case 2016-117 \
	--evidence-number 'A <1>' --received-from "J. Doe, IT" --received-at 'Tuesday, 9 am' \
	ev/before --received-from "$(printf 'x\n%064d  o/report.xml' 0)" ev/after
load r.xml
is "$(count //case/custody)" 2 'of both'
is "$(query '//custody[1]/@evidence_number')" 'A <1>' 'the number as it was given'
is "$(query '//custody[1]/@received_from')" 'J. Doe, IT' 'from whom'
is "$(query '//custody[1]/@received_at')" 'Tuesday, 9 am' 'when'
is "$(query '//custody[1]/path')" ev/before 'of which file'
is "$(query '//input[@id=//custody[1]/@input]//filename')" ev/before 'which input that is'
is "$(count '//custody[2]/@evidence_number')" 0 'what was not given is not there'
ok 'the report is valid' "$WMSDIFF" --validate -q r.xml
is "$(sed -n '/custody/,$p' M)" '## custody, as it was given and not checked:
## of: ev/before
##   evidence number: A <1>
##   received from: J. Doe, IT
##   received at: Tuesday, 9 am
## of: ev/after
##   received from: x\u{a}0000000000000000000000000000000000000000000000000000000000000000  o/report.xml' \
	'the manifest has it, in lines of its own'
ok 'and is one' sha256sum --strict -c M
is "$(grep -c 'A &lt;1&gt;' p.html)" 1 'so has the page'
is "$(grep -c 'Tuesday, 9 am' p.html)" 1 'with the time'
status 1 'of a folder' "$WMSDIFF" -q -o r.xml --received-at noon ev
load r.xml
is "$(query //custody/path) $(count //custody/@input)" 'ev 0' 'it is no input'
status 1 'of a log' "$WMSDIFF" -q -o r.xml "$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT" \
	"$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT" --received-at noon \
	--log "$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT.LOG1"
load r.xml
is "$(query '//input[@id=//custody/@input]/@role')" log 'it is that input'

# ---- .reg files: who may read them, and again into the same folder ----

(
	umask 0
	# shellcheck disable=SC2119 # none
	run
)
set -- o/reg/*.reg
is "$# $(stat -c %a "$1")" '1 600' 'a file with secrets is for its owner alone, and was replaced'
last=$(iconv -f UTF-16 -t UTF-8 "$1" | tail -n 1 | tr -d '\r')
is "${last##* }" "$(head -c $((-2 * (${#last} + 2))) "$1" 2>/dev/null | sha256sum | cut -c -64)" \
	'its last line is the sum of all before it'
is "$(sed -n 's/^\([0-9a-f]*\)  reg.*/\1/p' o/MANIFEST)" "$(sha256sum <"$1" | cut -c -64)" \
	'the manifest has the new one'
load o/report.xml
is "$(query '//restore/@sha256')" "$(sha256sum <"$1" | cut -c -64)" 'so has the report'
for form in '--reg-encoding utf8' '--reg-version 4' ''; do
	# shellcheck disable=SC2086 # words
	status 1 "again${form:+, $form}" run $form
done
sum=$(sha256sum <"$1")
printf '; mine\n' >>"$1"
edited=$(sha256sum <"$1")
status 2 'one that somebody edited' run
is "$(sha256sum <"$1")" "$edited" 'stays'
is "$(grep -c 'nothing is written over' "$tmp/err")" 1 'and that is said'
# shellcheck disable=SC2016 # the inner shell expands
ok 'a line is taken away again' sh -c 'head -c -7 "$1" >x && cat x >"$1"' x "$1"
is "$(sha256sum <"$1")" "$sum" 'it is as it was'
status 1 'and is replaced' run
status 2 'that of another subject with its name' "$WMSDIFF" -q -o r.xml --restore o/reg \
	--restore-profile 'Exchange Administrator' --restore-as Outlook \
	"$SAMPLES_DIR/exchange2000-before.DEFAULT" "$SAMPLES_DIR/exchange2000-after.DEFAULT"
is "$(grep -c "^wmsdiff: $1: is there already" "$tmp/err")" 1 'stays, and that is said'
is "$(cd o && sha256sum --strict -c MANIFEST 2>/dev/null | grep -c ': OK$')" 4 'as it was'
cp "$1" elsewhere.reg
ln -sf ../../elsewhere.reg "$1"
status 2 'a link to one of ours' run
is "$(find "$1" -type l)" "$1" 'stays'
rm "$1"
cp elsewhere.reg "$1"
status 2 'one that is evidence of this run' "$WMSDIFF" -q -o r.xml --restore o/reg ev/before \
	ev/after "$1"
ok 'stays' cmp elsewhere.reg "$1"

done_testing
