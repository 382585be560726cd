#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What cannot be written: one line that says why, exit status 2, nothing left behind,
# evidence as it was.
# shellcheck disable=SC2016 # the inner shells expand
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/refusal.shlib
. "$srcdir/tests/help/refusal.shlib"
need dd mkfifo sha256sum ln cmp

mkdir "$tmp/folder"
printf 'Windows Registry is not in here\n' >"$tmp/text"

# unwritable NAME OUTPUT REGEX
unwritable() {
	status 2 "$1" "$WMSDIFF" -o "$2" "$before" "$after"
	said "$1" "^wmsdiff: $3"
	untouched "$1"
}

unwritable 'output folder missing' "$out/none/report.xml" ".*none/report.xml: No such"
unwritable 'output is a folder' "$tmp/folder" "$tmp/folder: Is a directory"
is "$(ls -A "$tmp/folder")" '' 'nothing in it'
unwritable 'output below a file' "$tmp/text/report.xml" ".*text/report.xml: Not a dir"
unwritable 'no new file can be made' /proc/report.xml "/proc/report.xml: "
unwritable 'output without a name' '' '.'
if [ "$(id -u)" -ne 0 ]; then
	mkdir -m 555 "$tmp/closed"
	unwritable 'no right to write' "$tmp/closed/report.xml" '.*: Permission denied'
else
	skip 3 'everything may be written by root'
fi
if [ -c /dev/full ]; then
	unwritable 'device full' /dev/full '/dev/full: No space left'
	status 2 'standard output full' sh -c '"$0" "$1" "$2" >/dev/full' \
		"$WMSDIFF" "$before" "$after"
	is "$(grep -c '^wmsdiff: standard output: No space left' "$tmp/err")" 1 'said so'
	status 2 'no room for the summary' sh -c '"$0" -o "$3" "$1" "$2" >/dev/full' \
		"$WMSDIFF" "$before" "$after" "$tmp/whole.xml"
	said 'no room for the summary' '^wmsdiff: .*summary'
	is "$(tail -n 1 "$tmp/whole.xml")" '</report>' 'the report is whole all the same'
else
	skip 8 'there is no /dev/full'
fi

# A disk that is full at 100 KiB: the hives are smaller, the report is larger.
printf 'old\n' >"$tmp/old.xml"
for target in "$out/report.xml" "$tmp/old.xml"; do
	status 2 'disk full' sh -c 'trap "" XFSZ; ulimit -f 200; exec "$0" -o "$3" "$1" "$2"' \
		"$WMSDIFF" "$before" "$after" "$target"
	said 'disk full' "^wmsdiff: $target: File too large"
	untouched 'disk full'
done
is "$(cat "$tmp/old.xml")" old 'an older report stays'
is "$(find "$tmp" -maxdepth 1 -name '.wmsdiff-*')" '' 'nothing beside it'

# ---- evidence is never written over ----

# protected NAME OUTPUT
protected() {
	status 2 "$1" "$WMSDIFF" -o "$2" "$before" "$tmp/evidence.hiv"
	said "$1" "^wmsdiff: $2: .*evidence"
	ok "$1: it is as it was" cmp "$after" "$tmp/evidence.hiv"
}
cp "$after" "$tmp/evidence.hiv"
ln -s evidence.hiv "$tmp/symlink"
ln -s symlink "$tmp/symlink2"
ln "$tmp/evidence.hiv" "$tmp/hardlink"
protected 'output is an input' "$tmp/evidence.hiv"
protected 'by another path' "$tmp/folder/../evidence.hiv"
protected 'through a symbolic link' "$tmp/symlink"
protected 'through two of them' "$tmp/symlink2"
protected 'through a hard link' "$tmp/hardlink"
ok 'links are links still' test -L "$tmp/symlink"
untouched 'all of them'

# A log that was not read, and a program: their bytes show what they are.
cp "$after" "$tmp/alone.hiv"
cp "$SAMPLES_DIR/exchange2000log-after.DEFAULT.LOG" "$tmp/alone.hiv.LOG"
cp "$SAMPLES_DIR/exchange2000-mapi32.dll" "$tmp/mapi32.dll"
status 2 'a log that was left aside' "$WMSDIFF" --skip-logs -o "$tmp/alone.hiv.LOG" \
	"$before" "$tmp/alone.hiv"
said 'a log that was left aside' "^wmsdiff: $tmp/alone.hiv.LOG: is evidence; it is never"
ok 'it is as it was' cmp "$SAMPLES_DIR/exchange2000log-after.DEFAULT.LOG" "$tmp/alone.hiv.LOG"
status 2 'a program beside' "$WMSDIFF" -o "$tmp/mapi32.dll" "$before" "$tmp/alone.hiv"
said 'a program beside' "^wmsdiff: $tmp/mapi32.dll: is evidence by its bytes"
ok 'it is as it was' cmp "$SAMPLES_DIR/exchange2000-mapi32.dll" "$tmp/mapi32.dll"

# Logs that nothing but their names tells: empty, and of other bytes.
: >"$tmp/alone.hiv.LOG1"
printf 'zeros\n' >"$tmp/ALONE.HIV.LOG2"
for log in alone.hiv.LOG1 ALONE.HIV.LOG2; do
	cp "$tmp/$log" "$tmp/log.copy"
	status 2 "$log" "$WMSDIFF" --skip-logs -o "$tmp/$log" "$before" "$tmp/alone.hiv"
	said "$log" "^wmsdiff: $tmp/$log: is evidence; it is never written to"
	ok 'it is as it was' cmp "$tmp/log.copy" "$tmp/$log"
done
rm -f "$tmp/alone.hiv.LOG1" "$tmp/ALONE.HIV.LOG2"

# ---- no output replaces another one of the same run ----
printf 'older\n' >"$tmp/q.xml"
ln -s q.xml "$tmp/q.csv"
status 2 'two outputs are one file' "$WMSDIFF" -q -o "$tmp/q.xml" --timeline "$tmp/q.csv" \
	"$before" "$after"
said 'two outputs are one file' "^wmsdiff: $tmp/q.csv: is an output of this run already"
is "$(tail -n 1 "$tmp/q.xml")" '</report>' 'the report stands'
status 2 'the page is the report' "$WMSDIFF" -q -o "$tmp/q.xml" --html "$tmp/q.csv" \
	"$before" "$after"
said 'the page is the report' "^wmsdiff: $tmp/q.csv: is an output of this run already"
is "$(tail -n 1 "$tmp/q.xml")" '</report>' 'the report stands'

# An older output of each kind is replaced: none of them looks like evidence.
for i in 1 2; do
	status 1 "outputs of all kinds, run $i" "$WMSDIFF" -q -o "$tmp/all.xml" \
		--html "$tmp/all.html" --timeline "$tmp/all.csv" --timeline "$tmp/all.jsonl" \
		--timeline "$tmp/all.body" "$before" "$after"
done

# A limit on the size of files ends no program that says what went wrong.
status 2 'a file may not be so long' sh -c 'ulimit -f 200; exec "$0" -o "$3" "$1" "$2"' \
	"$WMSDIFF" "$before" "$after" "$tmp/long.xml"
said 'a file may not be so long' "^wmsdiff: $tmp/long.xml: File too large"
done_testing
