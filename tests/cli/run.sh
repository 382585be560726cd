#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run over files that cannot be read: one line that names the file, exit status 2,
# nothing left behind, evidence as it was.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/refusal.shlib
. "$srcdir/tests/help/refusal.shlib"
need dd mkfifo sha256sum ln cmp

# poke FILE OFFSET ESCAPES: bytes in place
poke() {
	# shellcheck disable=SC2059 # the escapes are meant
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
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

refused 'missing file' "$tmp/none" 'No such file'
mkdir "$tmp/folder"
# A folder with nothing in it: likewise, but what else was given is reported all the same.
status 2 'folder' "$WMSDIFF" -o "$out/report.xml" "$tmp/folder"
said 'folder' "^wmsdiff: $tmp/folder: .*folder"
untouched 'folder'
for operands in "$tmp/folder $after" "$before $tmp/folder"; do
	# shellcheck disable=SC2086 # two words
	status 2 'folder and a hive' "$WMSDIFF" -q -o "$out/report.xml" $operands
	said 'folder and a hive' "^wmsdiff: $tmp/folder: .*folder"
	ok 'the hive is reported' grep -q '<summary .* exit_status="2".*not everything' \
		"$out/report.xml"
	rm -f "$out/report.xml"
	untouched 'folder and a hive'
done
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

printf 'REGEDIT4\r\n\r\n[-HKEY_CURRENT_USER\\Software]\r\n' >"$tmp/old.reg"
refused 'a list of changes' "$tmp/old.reg" '0xc: a list of changes, not an export'
printf '\377\376' >"$tmp/new.reg"
printf 'Windows Registry Editor Version 5.00\r\n\r\n' | sed 's/./&\x00/g; s/$/\x00/' \
	>>"$tmp/new.reg"
refused '.reg export without a key' "$tmp/new.reg" '0x0: .*\.reg export without'

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

untouched 'all of it'
done_testing
