#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What cannot be read or written: one line that names it, exit status 2, nothing left
# behind, evidence as it was.
# shellcheck disable=SC2016 # the inner shells expand
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need dd mkfifo sha256sum ln cmp

before=$SAMPLES_DIR/exchange2000-before.DEFAULT
after=$SAMPLES_DIR/exchange2000-after.DEFAULT
sha256sum "$before" "$after" >"$tmp/evidence"
out=$tmp/out.d
mkdir "$out"

# poke FILE OFFSET ESCAPES: bytes in place
poke() {
	# shellcheck disable=SC2059 # the escapes are meant
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# untouched NAME: no output, whole, partial or temporary, and evidence as it was
untouched() {
	is "$(ls -A "$out")" '' "$1: nothing left behind"
	sha256sum "$before" "$after" | cmp -s - "$tmp/evidence" ||
		tap 'not ok' "$1: evidence as it was"
}

# said NAME REGEX: one line on standard error
said() {
	if [ "$(wc -l <"$tmp/err" | tr -d ' ')" = 1 ] && grep -q "$2" "$tmp/err"; then
		tap ok "$1: one line says why"
	else
		tap 'not ok' "$1: one line says why"
		note "expected: $2" "$(cat "$tmp/err")"
	fi
}

# refused NAME FILE REGEX: as only, earlier and later snapshot
refused() {
	status 2 "$1" "$WMSDIFF" -o "$out/report.xml" "$2"
	said "$1" "^wmsdiff: $2: $3"
	status 2 "$1, as the earlier one" "$WMSDIFF" -o "$out/report.xml" "$2" "$after"
	said "$1, as the earlier one" "^wmsdiff: $2: $3"
	status 2 "$1, as the later one" "$WMSDIFF" -j 2 -o "$out/report.xml" "$before" "$2"
	said "$1, as the later one" "^wmsdiff: $2: $3"
	untouched "$1"
}

# ---- inputs ----

refused 'missing file' "$tmp/none" 'No such file'
mkdir "$tmp/folder"
refused 'folder' "$tmp/folder" '.*folder'
: >"$tmp/empty"
refused 'empty file' "$tmp/empty" '0x0: .*empty'
printf 'Windows Registry is not in here\n' >"$tmp/text"
refused 'text' "$tmp/text" '0x0: .*text'
dd if=/dev/zero of="$tmp/zeros" bs=4096 count=4 2>/dev/null
refused 'zeros' "$tmp/zeros" '0x0: .*not a registry hive'
dd if="$before" of="$tmp/short" bs=8191 count=1 2>/dev/null
refused 'a hive of less than 8 KiB' "$tmp/short" '0x1fff: '
dd if="$before" of="$tmp/tiny" bs=4 count=1 2>/dev/null
refused 'four bytes' "$tmp/tiny" '0x4: '
mkfifo "$tmp/fifo"
refused 'FIFO' "$tmp/fifo" '.*not a regular file'
refused 'device' /dev/null '.*not a regular file'

# Transaction logs: the base block's copy with the file type of a log, then its entries.
for log in 1:DIRT 2:DIRT 6:HvLE; do
	dd if="$before" of="$tmp/log" bs=512 count=1 2>/dev/null
	poke "$tmp/log" 28 "\\${log%:*}"
	printf '%s' "${log#*:}" >>"$tmp/log"
	dd if=/dev/zero bs=4096 count=4 2>/dev/null >>"$tmp/log"
	refused "log of type ${log%:*}" "$tmp/log" '0x[0-9a-f]*: .*transaction log'
done

printf 'REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software]\r\n' >"$tmp/old.reg"
refused '.reg export of Windows 98' "$tmp/old.reg" '0x0: .*\.reg export'
printf '\377\376' >"$tmp/new.reg"
printf 'Windows Registry Editor Version 5.00\r\n\r\n' | sed 's/./&\x00/g; s/$/\x00/' \
	>>"$tmp/new.reg"
refused '.reg export of Windows 2000 and later' "$tmp/new.reg" '0x0: .*\.reg export'

# Major version 2; the checksum is an exclusive or, so it changes by 1 ^ 2 as well.
cp "$before" "$tmp/version2"
poke "$tmp/version2" 20 '\002'
sum=$(od -An -tu1 -j 508 -N 1 "$before" | tr -d ' ')
poke "$tmp/version2" 508 "\\$(printf %03o $((sum ^ 3)))"
refused 'another major version' "$tmp/version2" '0x14: .*version 2'

if truncate -s 3G "$tmp/huge" 2>/dev/null; then
	poke "$tmp/huge" 0 regf
	refused 'larger than any hive' "$tmp/huge" '0x80001000: '
	rm -f "$tmp/huge"
else
	skip 7 'no sparse file of 3 GB can be made'
fi
if [ "$(id -u)" -ne 0 ]; then
	cp "$before" "$tmp/secret"
	chmod 000 "$tmp/secret"
	refused 'no right to read' "$tmp/secret" 'Permission denied'
else
	skip 7 'everything may be read by root'
fi

# What is shown of a name cannot act on a terminal.
escape=$(printf 'a\033[31mb\nc')
status 2 'a name with control characters' "$WMSDIFF" "$tmp/$escape"
said 'a name with control characters' '^wmsdiff: .*/a.*\[31mb\\u{a}c: No such'
is "$(grep -c "$(printf '\033')" "$tmp/err")" 0 'is shown without them'

# ---- outputs ----

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

# ---- standard output and error ----

status 2 'standard output is closed' sh -c '"$0" "$1" "$2" >&-' "$WMSDIFF" "$before" "$after"
is "$(grep -c '^wmsdiff: standard output: ' "$tmp/err")" 1 'standard output is closed: said so'
status 2 'no place for the summary' sh -c '"$0" -o "$3" "$1" "$2" >&-' \
	"$WMSDIFF" "$before" "$after" "$out/report.xml"
is "$(tail -n 1 "$out/report.xml")" '</report>' 'the summary does not end up in the report'
rm -f "$out/report.xml"
status 1 'standard error is closed' sh -c '"$0" -v -o "$3" "$1" "$2" 2>&-' \
	"$WMSDIFF" "$before" "$after" "$out/report.xml"
is "$(tail -n 1 "$out/report.xml")" '</report>' 'messages do not end up in the report'
rm -f "$out/report.xml"
untouched 'closed streams'
status 0 'a reader that goes away' sh -c '"$0" -q "$1" "$2" | head -n 1' \
	"$WMSDIFF" "$before" "$after"
is "$(wc -l <"$tmp/out" | tr -d ' ')" 1 'gets what it asked for'

# ---- usage ----

# usage NAME REGEX ARGUMENT...: what is wrong, and where help is
usage() {
	usage_name=$1 usage_regex=$2
	shift 2
	status 2 "$usage_name" "$WMSDIFF" "$@"
	is "$(sed -n 1p "$tmp/err" | grep -c "$usage_regex")/$(sed -n 2p "$tmp/err")/$(wc -l \
		<"$tmp/err" | tr -d ' ')/$(cat "$tmp/out")" \
		"1/Try 'wmsdiff --help' for more information./2/" "$usage_name: said so"
}
usage 'no snapshot' '^wmsdiff: no snapshot'
usage 'no snapshot after --' '^wmsdiff: no snapshot' --
usage 'an option that there is not' '^wmsdiff: unrecognized option: --bogus' --bogus "$before"
usage 'a letter that there is not' '^wmsdiff: unrecognized option: -x' -x "$before"
usage 'no argument' '^wmsdiff: option requires an argument: --key' "$before" --key
usage 'an argument too many' "^wmsdiff: option doesn't allow an argument: --full=1" --full=1 "$before"
for jobs in 0 -1 65 two '' 1x 99999999999999999999; do
	usage "-j '$jobs'" '^wmsdiff: .*from 1 to 64' -j "$jobs" "$before"
done
# repeat N WORD ...: the words so many times
repeat() {
	repeat_left=$1
	shift
	while [ $((repeat_left -= 1)) -ge 0 ]; do
		printf '%s\n' "$@"
	done
}
# Each limit of the command line, and one more.
# shellcheck disable=SC2046 # one argument a line
{
	status 0 'as many snapshots as there may be' "$WMSDIFF" -q -o - $(repeat 64 "$before")
	is "$(grep -c '<snapshot ' "$tmp/out")" 64 'all are in the report'
	usage 'too many snapshots' '^wmsdiff: too many snapshots' $(repeat 65 "$before")
	status 0 'as many --key as there may be' \
		"$WMSDIFF" -q -o - $(repeat 64 --key Software) "$before" "$before"
	is "$(grep -c '<compared_key ' "$tmp/out")" 64 'each of them is compared'
	usage 'too many --key' '^wmsdiff: too many --key: 64 at most' \
		"$before" $(repeat 65 --key Software)
	usage 'too many --log' '^wmsdiff: too many --log: 16 at most' \
		"$before" $(repeat 17 --log "$before")
}
usage 'a file that is read as an option' "unrecognized option" "--$(basename "$before")"
ok 'is given behind --' sh -c 'cd "$2" && cp "$1" ./--hive && "$0" -q -o - -- --hive' \
	"$WMSDIFF" "$before" "$tmp"

untouched 'all of it'
done_testing
