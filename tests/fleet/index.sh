#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-report index over the results of a small fleet.  What is expected is told by how
# they were made: tests/help/fleet.shlib; and each line of the table by that of wmsdiff itself.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/fleet.shlib
. "$srcdir/tests/help/fleet.shlib"
: "${WMSDIFF_REPORT:?is set by make check}"
need sha256sum

sample_fleet "$tmp/fleet"
status 2 'two of the reports cannot be indexed' "$WMSDIFF_REPORT" index "$tmp/fleet"
is "$(cat "$tmp/out")" '7 of 11 machines lost profiles; 1 event of several machines; 3 could not be read
8 reports of 11 machines are in the index, and 2 cannot be' 'what it says'
is "$(grep -c '^units/cut/mkeller/report.xml: line [0-9]*: no well-formed XML' "$tmp/err")" 1 \
	'the one that is cut is named'
is "$(grep '^units/next' "$tmp/err")" 'units/next/mkeller/report.xml: is a report of another version of the format than 1' \
	'so is the one of another version'

# ---- the table ----

# A line is the one that wmsdiff wrote itself, but that the machine stands in front and that
# files are called from the folder of all.  The id of LocalSystem is in no hive's report.
for unit in exch01 quiet; do
	sed -n "s/^$unit,//p" "$tmp/fleet/findings.csv" | sed "s|units/$unit/||g" >"$tmp/got"
	sed -e 1d -e 's/^LocalSystem,S-1-5-18,/LocalSystem,,/' \
		"$tmp/fleet/units/$unit/findings.csv" >"$tmp/expected"
	ok "$unit: the lines are those of wmsdiff" cmp "$tmp/got" "$tmp/expected"
	ok "$unit: there are some" test -s "$tmp/expected"
done
is "$(sed -n 1p "$tmp/fleet/findings.csv" | tr -d '\r')" \
	"machine,$(sed -n 1p "$tmp/fleet/units/quiet/findings.csv" | tr -d '\r')" 'the columns'
is "$(cut -d , -f 1,5 "$tmp/fleet/findings.csv" | sed 1d | sort | uniq -c | tr -s ' ' | grep -v ',\(moved\|renamed\)')" \
	' 1 cut,unreadable
 7 exch01,deleted
 1 hangs,unreadable
 1 next,unreadable
 1 quiet,unchanged
 1 wide,deleted
 1 ws01,deleted
 1 ws01again,deleted
 1 ws02,deleted
 1 ws03,deleted
 1 ws05,deleted' 'a line for each finding, and one for what could not be read'
ok 'the .reg file of the result is named' \
	grep -q 'units/exch01/LocalSystem/r/Exchange_Administrator-' "$tmp/fleet/findings.csv"
# Each machine by itself: all single users of all samples.
mkdir "$tmp/all"
fleet=$tmp/all
for sample in exchange2000:DEFAULT outlook:NTUSER.DAT outlook2016log:NTUSER.DAT; do
	name=${sample%:*} kind=${sample#*:}
	for arguments in "before after" "after before" after before; do
		set --
		for side in $arguments; do
			set -- "$@" "$SAMPLES_DIR/$name-$side.$kind"
		done
		unit=$name-$(echo "$arguments" | tr ' ' -)
		"$WMSDIFF" -q --output-dir "$tmp/all/$unit" "$@" >/dev/null 2>&1 </dev/null
	done
done
"$WMSDIFF_REPORT" index "$tmp/all" >/dev/null 2>"$tmp/err"
is "$(cat "$tmp/err")" '' 'all of the samples are indexed'
for unit in "$tmp/all"/*/; do
	unit=${unit%/}
	unit=${unit##*/}
	sed -n "s/^$unit,//p" "$tmp/all/findings.csv" | sed "s|\([\",]\)$unit/|\1|g" >"$tmp/got"
	sed -e 1d -e 's/^LocalSystem,S-1-5-18,/LocalSystem,,/' "$tmp/all/$unit/findings.csv" \
		>"$tmp/expected"
	ok "$unit: the lines are those of wmsdiff" diff "$tmp/expected" "$tmp/got"
done

# ---- the page ----

page=$tmp/fleet/index.html
# has TEXT: the page has it once
has() {
	is "$(grep -cF -e "$1" "$page")" 1 "the page has: $1"
}
has '3 machines within 4 minutes on 2016-03-14: the same script or update?'
has 'inferred</span>'
has 'no end after 60 s'
has '<h2 id="page-fault-h">KB 817375 is supported</h2>'
has '<h3><bdi>exch01</bdi>: <bdi>LocalSystem</bdi></h3>'
has '<a href="errors/hangs.txt">'
has 'is a report of another version of the format than 1'
is "$(sed -n '/id="page-events"/,/<\/section>/p' "$page" | grep -o '<bdi>w[a-z0-9]*</bdi>' | sort -u | tr -d '\n')" \
	'<bdi>ws01</bdi><bdi>ws01again</bdi><bdi>ws02</bdi><bdi>ws03</bdi>' \
	'wide bounds and other times are in no event'
# Whatever it links to is there.
is "$(grep -o 'href="[^"#]*"' "$page" | sed 's/^href="//; s/"$//' | sort -u | while read -r file; do
	[ -e "$tmp/fleet/$file" ] || echo "$file"
done)" '' 'each link leads to a file'
ok 'there are links' grep -q 'href="units/exch01/LocalSystem/report.xml"' "$page"
if command -v xmllint >/dev/null; then
	status 0 'it is well-formed HTML' xmllint --html --noout --nodefdtd "$page"
	is "$(sed -n 's/.* error : //p' "$tmp/err" | sort -u |
		grep -vxE 'Tag (article|bdi|desc|footer|header|line|main|nav|rect|section|svg|text|time) invalid')" \
		'' 'xmllint knows all of it but what is newer than itself'
fi
is "$(grep -ciE '<script|<img|<link|https?://' "$page")" 0 'nothing in it acts or is fetched'

# ---- twice to the same bytes ----

mkdir "$tmp/elsewhere"
for part in units outcomes errors; do
	cp -R "$tmp/fleet/$part" "$tmp/elsewhere/$part"
done
"$WMSDIFF_REPORT" index "$tmp/elsewhere/" >/dev/null 2>&1
for file in findings.csv index.html index.sqlite; do
	[ -e "$tmp/fleet/$file" ] || continue
	ok "$file is the same elsewhere" cmp "$tmp/fleet/$file" "$tmp/elsewhere/$file"
done
(cd "$tmp/elsewhere" && "$WMSDIFF_REPORT" index . >/dev/null 2>&1)
for file in findings.csv index.html index.sqlite; do
	[ -e "$tmp/fleet/$file" ] || continue
	ok "$file is the same again" cmp "$tmp/fleet/$file" "$tmp/elsewhere/$file"
done
is "$(find "$tmp/elsewhere" -name '.wmsdiff-*')" '' 'nothing is left behind'

# ---- the database ----

if ! [ -e "$tmp/fleet/index.sqlite" ]; then
	skip 1 'built without SQLite'
	done_testing
	exit
fi
if ! command -v sqlite3 >/dev/null; then
	skip 1 'there is no sqlite3'
	done_testing
	exit
fi
ask() {
	sqlite3 -readonly "$tmp/fleet/index.sqlite" "$1"
}
is "$(ask 'PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA user_version')" 'ok
1' 'the database is sound'
is "$(ask 'SELECT name, computer_name, reports, unread, lost, incomplete FROM machine
	ORDER BY machine')" 'cut||0|1|0|0
exch01|EXCH01|1|0|1|0
hangs||0|0|0|0
next||0|1|0|0
quiet||1|0|0|0
wide||1|0|1|0
ws01||1|0|1|0
ws01again||1|0|1|0
ws02||1|0|1|0
ws03||1|0|1|0
ws05||1|0|1|0' 'machines'
is "$(ask "SELECT outcome, status, reason, host, started, seconds, identity, wmsdiff FROM unit
	JOIN machine USING (machine) WHERE name IN ('hangs', 'quiet') ORDER BY name")" \
	'timed_out||no end after 60 s|local|2026-01-02T03:04:05Z|0.5|abc|0.1.0
compared|0||local|2026-01-02T03:04:05Z|0.5|abc|0.1.0' 'units with their outcome'
hash=$(sha256_of "$SAMPLES_DIR/incident/after/C/WINNT/system32/config/default")
is "$(ask "SELECT machine.name, input.role, input.size FROM input JOIN report USING (report)
	JOIN machine USING (machine) WHERE sha256 = '$hash'")" \
	"exch01|hive|$(wc -c <"$SAMPLES_DIR/incident/after/C/WINNT/system32/config/default")" \
	'a file is found by its hash'
is "$(ask "SELECT count(*) FROM finding")" "$(sed 1d "$tmp/fleet/findings.csv" |
	grep -vc '^\(cut\|hangs\|next\),')" 'as many findings as lines'
is "$(ask "SELECT count(*), sum(cause = 'kb_817375' AND grade = 'supported') FROM cause
	WHERE report = (SELECT report FROM fault)")" "$(
	grep -c '<diagnosis ' "$tmp/fleet/units/exch01/LocalSystem/report.xml")|1" \
	'every cause that was weighed'
is "$(ask "SELECT text FROM advice WHERE report = (SELECT report FROM fault) AND step = 1")" \
	"$(sed -n 's/.*<advice [^>]*>\([^<]*\)<.*/\1/p' \
		"$tmp/fleet/units/exch01/LocalSystem/report.xml" | sed -n 1p | sed 's/&quot;/"/g')" 'advice'
is "$(ask "SELECT image, class FROM process ORDER BY image")" 'avmail.exe|third_party
bkagent.exe|third_party
events.exe|exchange
faxgate.exe|third_party
inetinfo.exe|shared_host
mad.exe|exchange' 'programs that held Mapi32.dll'
is "$(ask 'SELECT sum(loss), count(DISTINCT report) FROM finding WHERE loss')" '13|7' 'losses'
is "$(ask 'SELECT earliest, latest, machines, losses, cause, supported, certainty FROM event')" \
	'2016-03-14T09:14:07.6200811Z|2016-03-14T09:17:59.6200811Z|3|4|user_deletion|0|certain' \
	'the event'
is "$(ask "SELECT machines, count(*) FROM same_input WHERE role = 'hive' GROUP BY machines
	ORDER BY machines")" '2|2
6|1' 'files of more than one machine: exch01 and quiet begin alike, ws01 was given twice'
done_testing
