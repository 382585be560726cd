#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Other programs read what is put out: a DFXML reader the file objects of a report, Python's
# csv module and LibreOffice the table of findings, whatever names of profiles hold.  What
# Timesketch and mactime read is tested by tests/cli/timeline.sh.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need python3 sha256sum

# ---- file objects ----

before=$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT
after=$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT
status 1 'a report with hives and logs' "$WMSDIFF" -o "$tmp/report.xml" "$before" "$after"
for file in "$before" "$after" "$after.LOG1" "$after.LOG2"; do
	printf '%s %s %s\n' "$file" "$(wc -c <"$file" | tr -d ' ')" \
		"$(sha256sum <"$file" | sed 's/ .*//')"
done | sort >"$tmp/files"

# As dfxml_python does it: elements of that local name, wherever they stand.
cat >"$tmp/elements.py" <<'END'
import sys
import xml.etree.ElementTree as ET
for _, e in ET.iterparse(sys.argv[1], events=("end",)):
    if e.tag.split("}")[-1] == "fileobject":
        have = {c.tag.split("}")[-1]: c for c in e}
        assert have["hashdigest"].attrib["type"] == "sha256"
        print(have["filename"].text, have["filesize"].text, have["hashdigest"].text)
END
is "$(python3 "$tmp/elements.py" "$tmp/report.xml" | sort)" "$(cat "$tmp/files")" \
	'the file objects are found by their local names'
python=${PYTHON:-python3}
if "$python" -c 'import dfxml.objects' 2>/dev/null; then
	cat >"$tmp/read.py" <<'END'
import os, sys
import dfxml.objects as objects
for _, o in objects.iterparse(sys.argv[1], events=("end",)):
    if isinstance(o, objects.FileObject):
        print(o.filename, o.filesize, o.sha256)
        assert abs(o.mtime.time.timestamp() - os.stat(o.filename).st_mtime) < 1
END
	is "$("$python" "$tmp/read.py" "$tmp/report.xml" 2>"$tmp/said" | sort)" \
		"$(cat "$tmp/files")" 'dfxml_python reads them'
else
	skip 1 'there is no dfxml_python'
fi

# ---- the table of findings ----

# Names that a spreadsheet could run, or that break a careless writer of CSV.  No key of
# the registry has a backslash in its name.
cat >"$tmp/names" <<'END'
=1+1
=HYPERLINK("http://example.com","x")
+49 30 1234
-2
@SUM(A1)
 =2+2
'quoted
a"b,c
;semicolon
1/2
0012
1e5
TRUE
Übung Ελλάδα メール
END
list='HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles'
export_of() {
	printf 'Windows Registry Editor Version 5.00\r\n\r\n[%s]\r\n\r\n' "$list"
	while IFS= read -r name; do
		printf '[%s\\%s]\r\n"v"="text"\r\n\r\n' "$list" "$name"
	done
}
export_of <"$tmp/names" >"$tmp/before.reg"
export_of </dev/null >"$tmp/after.reg"
"$WMSDIFF" --format csv "$tmp/before.reg" "$tmp/after.reg" >"$tmp/findings.csv" 2>"$tmp/said"

# The profiles that a table tells as deleted, one a line.
cat >"$tmp/names.py" <<'END'
import csv, sys
with open(sys.argv[1], encoding="utf-8", errors="strict", newline="") as file:
    rows = list(csv.reader(file, strict=True))
assert len({len(row) for row in rows}) == 1, "rows of different widths"
name, kind = rows[0].index("profile"), rows[0].index("kind")
for row in rows[1:]:
    if row[kind] == "deleted":
        print(row[name])
END
python3 "$tmp/names.py" "$tmp/findings.csv" >"$tmp/cells"
sort "$tmp/names" >"$tmp/sorted"
# An apostrophe in front of what begins a formula, and of one that stood there, is ours.
sed "s/^ *[=+@'-]/'&/" "$tmp/names" | sort >"$tmp/wanted"
is "$(sort "$tmp/cells")" "$(cat "$tmp/wanted")" 'the table holds each name, no formula among them'
is "$(sed "s/^'//" "$tmp/cells" | sort)" "$(cat "$tmp/sorted")" \
	'without that apostrophe each is as the evidence has it'
is "$(grep -c '^[=+@-]' "$tmp/cells")" 0 'no cell begins a formula'
is "$(od -An -tx1 -N 3 "$tmp/findings.csv" | tr -d ' ')" 737562 'it begins with its header, without a mark'

# What LibreOffice takes the cells for, if it is told what the file is: UTF-8, commas, all
# columns as they come.
if command -v soffice >/dev/null; then
	mkdir "$tmp/office"
	(cd "$tmp/office" && timeout 300 soffice -env:UserInstallation="file://$tmp/profile" \
		--headless --infilter='CSV:44,34,76,1' \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' \
		"$tmp/findings.csv") >"$tmp/said" 2>&1
	ok 'LibreOffice opens it' test -s "$tmp/office/findings.csv"
	python3 "$tmp/names.py" "$tmp/office/findings.csv" >"$tmp/shown"
	is "$(wc -l <"$tmp/shown" | tr -d ' ')" "$(wc -l <"$tmp/names" | tr -d ' ')" \
		'with a row for each finding'
	is "$(grep -cxE '2|4|#NAME\?|Err:[0-9]+' "$tmp/shown")" 0 'no formula was run'
	# A name that looks like a number or a date may be shown as one; the others stay.
	is "$(grep -vE '^(1/2|0012|1e5|TRUE)$' "$tmp/wanted" | while IFS= read -r name; do
		grep -qxF -- "$name" "$tmp/shown" || echo "$name"
	done)" '' 'and the names as they are'
else
	skip 4 'there is no LibreOffice'
fi
done_testing
