#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One report of several subjects: a series each.  What is expected is told by how the hives
# were made: tests/help/user-hive.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint sha256sum

srcdir=$(cd "$srcdir" && pwd) builddir=$(cd "$builddir" && pwd)
domain=S-1-5-21-1085031214-1563985344-725345543
a=$domain-1001 b=$domain-1002
mkdir "$tmp/w"
cd "$tmp/w" || exit 99

# hive PATH NAME SID HOURS PROFILE...
hive() {
	mkdir -p "$(dirname "$1")"
	"$builddir/tests/help/user-hive" "$@" || exit 99
}

# hives REPORT: where those of its snapshots lay, in their order
hives() {
	xmllint --xpath "//*[local-name()='snapshot']/*[local-name()='place']/*/text()" \
		"$1" | tr '\n' ' ' | sed 's/ $//'
}

# plain REPORT: without what tells of the run itself
plain() {
	grep -v -e '<dfxml:command_line>' -e '<dfxml:start_time>' "$1"
}

hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 0 Work Home
hive before/C/Users/asmith/NTUSER.DAT asmith $b 0 Mail
hive after/C/Users/jdoe/NTUSER.DAT jdoe $a 5 -Work Home
hive after/C/Users/asmith/NTUSER.DAT asmith $b 5 Mail
find before after -type f -exec sha256sum {} + | sort >evidence

status 1 'one report for two' "$WMSDIFF" before after -o report.xml
is "$(sed 's/ *(.*//' "$tmp/out" | tr -s ' ')" 'wmsdiff: 1 of 2 subjects lost profiles
lost jdoe 1 gone; user_deletion
unchanged asmith no profile is gone
report report.xml' 'a line for each'
ok 'is valid' "$WMSDIFF" -q --validate report.xml
load report.xml
is "$(list //series/@sid | tr '\n' ' ')$(list //series/@id | tr '\n' ' ')" \
	"$b $a series1 series2 " 'a series for each'
is "$(hives report.xml)" 'before/C/Users/asmith/NTUSER.DAT after/C/Users/asmith/NTUSER.DAT before/C/Users/jdoe/NTUSER.DAT after/C/Users/jdoe/NTUSER.DAT' \
	'with the hives of its subject'
is "$(list '//input/@id' | tr '\n' ' ')$(list //snapshot/@id | tr '\n' ' ')$(list //comparison/@id | tr '\n' ' ')" \
	'i1 i2 i3 i4 s1 s2 s3 s4 d1 d2 ' 'all are numbered together'
is "$(query '//series[2]/comparison/@before') $(query '//series[2]/comparison/@after') $(query '//series[2]/comparison/change/@id') $(query '//series[2]/comparison/change/@profile') $(query '//change/@last_seen')" \
	's3 s4 c1 Work s3' 'the change is of its own'
is "$(query //summary/@series) $(query //summary/@snapshots) $(query //summary/@profiles_before) $(query //summary/@profiles_after) $(query //summary/@deleted) $(query //summary/@gone) $(query //summary/@exit_status)" \
	'2 4 3 2 1 1 1' 'the sums are those of both'
is "$(query //summary/@verdict)" '1 of 2 subjects lost profiles' 'and the verdict'
"$WMSDIFF" before after -q -j 1 -o first.xml
"$WMSDIFF" before after -q -j 4 -o other.xml
is "$(plain first.xml)" "$(plain other.xml)" 'it does not depend on the threads'
is "$(plain first.xml)" "$(plain report.xml)" 'nor on the run'
status 1 'on standard output' "$WMSDIFF" before after -o -
cp "$tmp/out" stdout.xml
is "$(plain stdout.xml)" "$(plain report.xml)" 'it is the same'
is "$(sed -n 1p "$tmp/err")" 'wmsdiff: 1 of 2 subjects lost profiles' 'the summary is beside it'
status 1 'and lines' "$WMSDIFF" before after -o report.xml --format csv
is "$(cut -d , -f 1,4,16,17 "$tmp/out" | sed 1d)" 'asmith,unchanged,report.xml,
jdoe,deleted,report.xml,c1' 'name the report and its changes'
status 2 'where a report cannot be' "$WMSDIFF" before after -o no/report.xml
is "$(cat "$tmp/err")" 'wmsdiff: no/report.xml: No such file or directory' 'that is told'
status 2 'in what was given' "$WMSDIFF" before after -o after/report.xml
ok 'nothing is written' test ! -e after/report.xml
for option in '--html p.html' '--timeline t.csv' '--restore reg' '--save-image img'; do
	# shellcheck disable=SC2086 # option and file
	status 2 "one of ${option% *} for two" "$WMSDIFF" before after -o none.xml $option
	is "$(wc -l <"$tmp/err" | tr -d ' ')$(grep -c -e "${option% *} takes one subject.*--output-dir DIR.*--user NAME" "$tmp/err")" \
		11 'is refused in one line'
	ok 'and nothing is written' test ! -e none.xml
done
is "$(find before after -type f -exec sha256sum {} + | sort)" "$(cat evidence)" \
	'the evidence is as it was'

# ---- what one of them has, and the other has not ----

# Both lost a profile: the changes of the second are counted on.
hive after/C/Users/asmith/NTUSER.DAT asmith $b 7 -Mail New
status 1 'both lost one' "$WMSDIFF" before after -q -o report.xml
load report.xml
is "$(list '//series[1]//change/@profile' | tr '\n' ' ')$(list '//series[2]//change/@profile' | tr '\n' ' ')" \
	'Mail New Work ' 'each change is where it belongs'
is "$(list //change/@id | tr '\n' ' ')" 'c1 c2 c3 ' 'and they are counted on'
is "$(list '//series[1]//condition/@changes' | tr ' ' '\n' | sort -u | tr '\n' ' ')$(list '//series[2]//condition/@changes' | sort -u)" \
	'c1 c3' 'a condition names those of its own subject'
is "$(list '//series[2]/diagnosis/@comparison' | sort -u)" d2 'and its comparison'
ok 'is valid' "$WMSDIFF" -q --validate report.xml
status 1 'as lines' "$WMSDIFF" before after -q -o report.xml --format jsonl
is "$(sed 's/.*"profile":"\([^"]*\)".*"change":"\([^"]*\)".*/\1 \2/' "$tmp/out" | sort | tr '\n' ' ')" \
	'Mail c1 New c2 Work c3 ' 'the table has the same numbers'

# Its page names the subject of whatever it tells.
if "$WMSDIFF" --version | grep -q '^libxslt '; then
	ok 'a page of it' "$WMSDIFF" -q --render report.xml --html page.html
	tr '\n' ' ' <page.html >page
	for pair in 'asmith Mail' 'jdoe Work'; do
		name=${pair% *} profile=${pair#* }
		whose="<span class=\"dim\">– <bdi>user $name</bdi></span>"
		ok "$profile is said to be of $name" grep -q \
			">$profile</bdi></a> <span class=\"dim\">from Profiles, [a-z]*</span> $whose" page
		ok 'its finding too' grep -q \
			"deleted</span> <bdi>$profile</bdi> $whose <a class=\"here\"" page
		ok "$name has a heading" grep -q "<h3><bdi>user $name</bdi></h3>" page
	done
	"$WMSDIFF" before after -q --user jdoe -o alone.xml --html alone.html
	ok 'with one subject nobody is named so' \
		expr "$(grep -c '<span class="dim">– <bdi>user' alone.html)" = 0
fi

# A third one is only in the earlier collection, a fourth only in the later one.
hive before/C/Users/only/NTUSER.DAT only $domain-1003 0 Work
hive after/C/Users/new/NTUSER.DAT new $domain-1004 5 Work
status 1 'two have no counterpart' "$WMSDIFF" before after -o report.xml
load report.xml
is "$(list //unpaired/@kind | tr '\n' ' ')$(query //summary/@unpaired) $(query //summary/@exit_status)" \
	'only_later hive_missing 2 1' 'which is told of each, and counted'
rm -r before/C/Users/only after/C/Users/new

# A user's place holds a hive that is none of a user: the others are reported.
hive after/C/Users/third/NTUSER.DAT third $domain-1003 5 Work
mkdir before/C/Users/third
cp "$SAMPLES_DIR/exchange2000-SYSTEM" before/C/Users/third/NTUSER.DAT
status 2 'one cannot be read' "$WMSDIFF" before after -o report.xml
is "$(wc -l <"$tmp/err" | tr -d ' ')$(grep -c '^wmsdiff: before/C/Users/third/NTUSER.DAT: this is a SYSTEM hive' "$tmp/err")" \
	11 'it is told'
ok 'the report is valid' "$WMSDIFF" -q --validate report.xml
load report.xml
is "$(list //change/@profile | tr '\n' ' ')$(query //summary/@exit_status)" 'Mail New Work 2' \
	'it has the others'
is "$(query '//diagnostic[@code="file_unreadable"]' | cut -d : -f 1)" \
	before/C/Users/third/NTUSER.DAT 'and says what is missing'
is "$(query //summary/@verdict)" '2 of 3 subjects lost profiles; 1 could not be read' \
	'so does its verdict'
rm -r before/C/Users/third after/C/Users/third

# ---- what lies beside them is read and listed once ----

mkdir -p after/C/WINNT/system32/config
sample=$SAMPLES_DIR/exchange2000
cp "$sample-SYSTEM" after/C/WINNT/system32/config/system
cp "$sample-SOFTWARE" after/C/WINNT/system32/config/software
cp "$sample-Application.evt" after/C/WINNT/system32/config/AppEvent.Evt
cp "$sample-mapi32.dll" after/C/WINNT/system32/mapi32.dll
cp "$sample-before.DEFAULT" before/default
cp "$sample-after.DEFAULT" after/default
"$WMSDIFF" before after -q -o report.xml
ok 'is valid' "$WMSDIFF" -q --validate report.xml
load report.xml
is "$(list //input/@role | tr '\n' ' ')" \
	'hive hive hive hive hive hive mapi32 system software events ' 'one input for each file'
"$WMSDIFF" before after -q --user .default -o alone.xml
is "$(list '//series[@role="local_system"]/diagnosis/@grade')" \
	"$(load alone.xml && list '//diagnosis/@grade')" 'it serves as if there were one subject'
load alone.xml
expected=$(list //event/@record)
load report.xml
is "$(list //event/@record | sort -u | grep -c .)" "$(list //event/@record | grep -c .)" \
	'an event stands there once'
for record in $expected; do
	ok "event $record is told" test -n "$(list "//event[@record='$record']/@sign")"
done

# ---- too many ----

mkdir many
i=0
while [ $i -lt 65 ]; do
	hive "many/C/Users/u$i/NTUSER.DAT" u$i "$domain-$((2000 + i))" 0 Work
	i=$((i + 1))
done
status 2 '65 subjects' "$WMSDIFF" many -o many.xml
is "$(cat "$tmp/err")" 'wmsdiff: -o takes 64 subjects at most, here are 65 (u0, u1, u10, u11, u12, 60 more): give --output-dir DIR for all, or --user NAME for one' \
	'are too many'
ok 'and nothing is written' test ! -e many.xml
rm -r many/C/Users/u64
status 0 '64 subjects' "$WMSDIFF" many -q -o many.xml
load many.xml
is "$(count //series) $(query //summary/@series) $(list //series/@id | tail -n 1)" \
	'64 64 series64' 'are not'

done_testing
