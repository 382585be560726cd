#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where wmsdiff-report index puts its files: nothing that was read and no evidence is ever
# replaced, whatever name it has, and what is refused leaves all as it was.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
need cmp ln

files='findings.csv index.html'
if "$WMSDIFF_REPORT" --version | grep -q sqlite; then
	files="index.sqlite $files"
fi
hive=$SAMPLES_DIR/outlook-after.NTUSER.DAT

# A folder with the reports of one machine: pc1.
whole=$tmp/whole
mkdir "$whole" "$whole/pc1"
"$WMSDIFF" -q -o "$whole/pc1/report.xml" "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$hive" \
	>"$tmp/out" 2>&1
ok 'there is a report' test -s "$whole/pc1/report.xml"

# refused NAME FILE WHY: the index of $fleet is refused for FILE, in one line
refused() {
	status 2 "$1" "$WMSDIFF_REPORT" index "$fleet"
	is "$(cat "$tmp/err")" "wmsdiff-report: $fleet/$2: $3" "$1: one line says why"
	is "$(find "$fleet" -name '.wmsdiff-*')" '' "$1: nothing is left behind"
}

for file in $files; do
	fleet=$tmp/hive-$file
	cp -R "$whole" "$fleet"
	cp "$hive" "$fleet/$file"
	refused "a hive is $file" "$file" \
		'is evidence by its bytes (one of: registry hives); it is never written over'
	ok 'the hive is as it was' cmp "$hive" "$fleet/$file"
	is "$(ls "$fleet")" "$(printf '%s\npc1' "$file" | sort)" 'and nothing else was made'

	fleet=$tmp/link-$file
	cp -R "$whole" "$fleet"
	cp "$hive" "$tmp/linked"
	ln -s ../linked "$fleet/$file"
	# In a sandbox what the link leads to cannot even be looked at.
	status 2 "a link to a hive is $file" "$WMSDIFF_REPORT" index "$fleet"
	is "$(sed 's/Permission denied/is evidence by its bytes/; s/by its bytes.*/by its bytes/' \
		"$tmp/err")" "wmsdiff-report: $fleet/$file: is evidence by its bytes" \
		"a link to a hive is $file: one line says why"
	is "$(find "$fleet" -name '.wmsdiff-*')" '' "a link to a hive is $file: nothing is left"
	ok 'the hive is as it was' cmp "$hive" "$tmp/linked"

	fleet=$tmp/report-$file
	cp -R "$whole" "$fleet"
	ln "$fleet/pc1/report.xml" "$fleet/$file"
	refused "a report is $file" "$file" 'is a report that was read; it is kept'
	ok 'the report is as it was' cmp "$whole/pc1/report.xml" "$fleet/pc1/report.xml"
	ok 'by both names' cmp "$whole/pc1/report.xml" "$fleet/$file"

	fleet=$tmp/folder-$file
	cp -R "$whole" "$fleet"
	mkdir "$fleet/$file"
	refused "a folder is $file" "$file" 'Is a directory'
done

# Two of the files are one.
fleet=$tmp/twins
cp -R "$whole" "$fleet"
printf 'older\n' >"$fleet/findings.csv"
ln -s findings.csv "$fleet/index.html"
refused 'the page is the table' index.html 'is an output of this run already'
ok 'the table stands' grep -q '^pc1,' "$fleet/findings.csv"

# What an earlier run made is replaced.
fleet=$whole
for run in 1 2; do
	status 0 "run $run" "$WMSDIFF_REPORT" index "$whole"
done
is "$(find "$whole" -name '.wmsdiff-*')" '' 'nothing is left behind'
done_testing
