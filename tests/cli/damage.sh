#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Damaged copies of a sample through the whole program: an end in time, status 2, one line
# that says where, a report that can be read, and no profile called deleted that damage
# may hide.  Every byte and every length is tried by tests/whole/test_damage.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint dd od timeout

intact=$SAMPLES_DIR/outlook-before.NTUSER.DAT
len=$(wc -c <"$intact" | tr -d ' ')

# number OFFSET: four bytes of the intact hive, little-endian
number() {
	# shellcheck disable=SC2046 # four numbers
	set -- $(od -An -v -tu1 -j "$1" -N 4 "$intact")
	echo $(($1 | $2 << 8 | $3 << 16 | $4 << 24))
}
end=$((4096 + $(number 40))) # of the bins; after it comes padding

# cut_off LENGTH: the hive up to there
cut_off() {
	dd if="$intact" of="$tmp/damaged" bs="$1" count=1 2>/dev/null
}

# spoil OFFSET N: so many bytes are zero
spoil() {
	cp "$intact" "$tmp/damaged"
	dd if=/dev/zero of="$tmp/damaged" bs=1 seek="$1" count="$2" conv=notrunc 2>/dev/null
}

# put OFFSET NUMBER: four bytes of the damaged hive, little-endian
put() {
	# shellcheck disable=SC2059 # the octal digits of four bytes
	printf "$(printf '\\%03o' $(($2 & 255)) $(($2 >> 8 & 255)) $(($2 >> 16 & 255)) \
		$(($2 >> 24 & 255)))" |
		dd of="$tmp/damaged" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

# told_size SIZE: the hive whose header tells that data size, its checksum (a XOR) right
told_size() {
	cp "$intact" "$tmp/damaged"
	put 40 "$1"
	put 508 $(($(number 508) ^ $(number 40) ^ $1))
}

# compared STATUS NAME: the intact hive with the damaged one
compared() {
	status "$1" "$2" timeout 60 "$WMSDIFF" -o "$tmp/report.xml" "$intact" "$tmp/damaged"
	cp "$tmp/out" "$tmp/page"
	cp "$tmp/err" "$tmp/said"
	load "$tmp/report.xml"
	is "$(list '//change[@kind="deleted" or @kind="store_removed"]/@certainty' |
		grep -v '^unresolved$')" '' "$2: what is missing is unresolved"
	is "$(count '//change[@certainty="certain"]')" 0 "$2: nothing is certain"
}

# damaged NAME: that is found, and said where
damaged() {
	compared 2 "$1"
	is "$(wc -l <"$tmp/said" | tr -d ' ')" 1 "$1: one line"
	is "$(grep -c "^wmsdiff: $tmp/damaged: 0x[0-9a-f]*: " "$tmp/said")" 1 "$1: that says where"
	is "$(query '//input[2]/hive/@state') $(query //summary/@exit_status)" 'damaged 2' \
		"$1: the report says so"
	is "$(count '//diagnostic[@severity="error" and @input="i2" and @offset]' |
		sed 's/^[1-9][0-9]*$/some/')" some "$1: and where"
	is "$(grep -c '^ .* profiles*, damaged' "$tmp/page")" 1 "$1: and the page"
}

# ---- cut off ----

cut_off 8192
damaged 'one bin is left'
is "$(query '//diagnostic[@code="file_short"]/@offset')" 8192 'where it ends'
cut_off $((end - 512))
damaged 'the last 512 bytes are missing'
is "$(query '//diagnostic[@code="file_short"]/@offset')" $((end - 512)) 'where it ends'
cut_off $((end / 2))
damaged 'the half is missing'
is "$(sed 2q "$tmp/page" | tr -s '\n ' '  ' | grep -c 'not everything could be read')" 1 \
	'the verdict says so'
# More than a hive's own data may be missing from a file.
cut_off "$end"
compared 0 'only padding is missing'
is "$(count //change)/$(count '//diagnostic[@severity="error"]')" 0/0 'nothing is lost'
cut_off $(((end + len) / 2))
compared 0 'half of the padding is missing'
is "$(count //change)" 0 'nothing is lost'

# ---- a wrong size ----

told_size $((end - 4096 + 1))
damaged 'the data size is no multiple of a page'
is "$(query '//diagnostic[@code="base_data_size"]/@offset')" 40 'and said to be so'
is "$(count //change)" 0 'nothing is missing'
told_size 0
damaged 'the data size is 0'
is "$(query '//diagnostic[@code="base_data_size"]/@offset')" 40 'and said to be so'
is "$(count //change)" 0 'nothing is missing'
told_size "$len" # without the base block
damaged 'the data size is larger than the file'
is "$(query '//diagnostic[@code="file_short"]/@offset')" "$len" 'and said to be so'
is "$(count //change)" 0 'nothing is missing'
told_size 4096
damaged 'the data size is that of the first bin'
is "$(query '//diagnostic[@code="file_tail"]/@offset')" 8192 'what is behind it is told'
is "$(count '//change[@certainty="unresolved"]' | sed 's/^[1-9][0-9]*$/some/')" some \
	'what is behind it is missing'

# ---- something behind the end ----

cp "$intact" "$tmp/damaged"
put "$end" 0x6e696268 # "hbin", and nothing of a bin
compared 0 'garbage in the padding'
is "$(query '//diagnostic[@code="file_tail"]/@offset')" "$end" 'it is told'
is "$(count //change)" 0 'nothing is lost'
cp "$intact" "$tmp/damaged"
cat "$intact" >>"$tmp/damaged"
compared 0 'another hive behind the end'
is "$(query '//diagnostic[@code="file_tail"]/@offset')" "$len" 'it is told'
is "$(count //change)" 0 'nothing is added'

# ---- spoilt ----

spoil 508 4
damaged 'the checksum is wrong'
is "$(count '//diagnostic[@code="base_checksum" and @offset="508"]')" 1 'and said to be so'
is "$(count //change)" 0 'nothing is missing'
spoil 36 4
damaged 'the root is somewhere else'
spoil 4096 32
damaged 'the header of the first bin is gone'
spoil 4128 4
damaged 'the root has no size'
spoil $((4096 + $(number 36) + 4)) 2
damaged 'the root is no key'
spoil $((end - 4096)) 4096
damaged 'the last bin is wiped'
spoil 8192 $((end - 8192))
damaged 'all bins but one are wiped'
missing=0
page=4096
while [ "$page" -lt "$end" ]; do
	spoil "$page" 4096
	damaged "the page at $page is wiped"
	missing=$((missing + $(count '//change[@certainty="unresolved"]')))
	page=$((page + 4096))
done
is "$([ "$missing" -gt 0 ] && echo some)" some 'a page hides a profile'

# A hive of junk behind a sound base block: the same junk every time.
cp "$intact" "$tmp/damaged"
LC_ALL=C $AWK 'BEGIN {
	for (n = 7; i < 16384; i++) {
		n = (n * 1103515245 + 12345) % 2147483648
		printf "%c", 33 + int(n / 65536) % 94
	}
}' | dd of="$tmp/damaged" bs=4096 seek=1 conv=notrunc 2>/dev/null
damaged 'the first bins are junk'

# ---- as the earlier one ----

spoil 508 4
status 2 'the earlier one is damaged' "$WMSDIFF" -o "$tmp/report.xml" "$tmp/damaged" \
	"$SAMPLES_DIR/outlook-after.NTUSER.DAT"
load "$tmp/report.xml"
# It was there, and is not there now: that holds whatever else is wrong.
is "$(query '//change[@kind="deleted"]/@profile') $(query \
	'//change[@kind="deleted"]/@certainty')" 'Outlook probable' 'what it held is gone still'
done_testing
