#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --redact-list: what each stand-in stands for, for nobody else to read; and what goes not
# with --redact.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

hive=${SAMPLES_DIR:?is set by make check}/outlook-before.NTUSER.DAT

status 0 'a list is written' "$WMSDIFF" --redact --redact-list "$tmp/of.list" -o "$tmp/report.xml" \
	"$hive"
is "$(stat -c %a "$tmp/of.list")" 600 'nobody else may read it'
is "$(cut -f1 "$tmp/of.list" | sort | uniq -d)" '' 'each stand-in stands for one text'
is "$(cut -f2 "$tmp/of.list" | tr 'A-Z' 'a-z' | sort | uniq -d)" '' 'and each text has one'
is "$(cut -f1 "$tmp/of.list" | grep -vcE '^[a-z]+-[1-9][0-9]*$')" 0 'which has its form'
# The recipe's user: see samples/outlook.c.
is "$(awk -F'\t' '$2 == "mkeller" { print $1 }' "$tmp/of.list")" user-1 'the user stands in it'
is "$(awk -F'\t' -v path="$hive" '$2 == path { print $1 }' "$tmp/of.list")" path-1 \
	'and the hive by its path'
status 0 'without the option' "$WMSDIFF" --redact -o "$tmp/report.xml" "$hive"
is "$(ls "$tmp" | grep -c list)" 1 'there is no other list'
touch "$tmp/open.list"
chmod 644 "$tmp/open.list"
status 0 'a file that is there' "$WMSDIFF" --redact --redact-list "$tmp/open.list" \
	-o "$tmp/report.xml" "$hive"
is "$(stat -c %a "$tmp/open.list")" 600 'is replaced by a private one'

# refused WHAT ARGUMENT...
refused() {
	refused_name=$1
	shift
	status 2 "$refused_name is refused" "$WMSDIFF" "$@" "$hive"
	is "$(grep -c '^wmsdiff: ' "$tmp/err")/$(cat "$tmp/out")" 1/ "$refused_name: in one line"
}

refused '--restore' --redact --restore "$tmp/reg"
refused '--save-image' --redact --save-image "$tmp/images"
refused '--redact-list alone' --redact-list "$tmp/alone.list"
refused 'the list on standard output' --redact --redact-list -
refused 'the same file twice' --redact --redact-list "$tmp/twice" -o "$tmp/twice"
cp "$hive" "$tmp/hive"
status 2 'the list replaces no evidence' "$WMSDIFF" --redact --redact-list "$tmp/hive" \
	-o /dev/null "$tmp/hive"
ok 'which is as it was' cmp "$tmp/hive" "$hive"

done_testing
