#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports of earlier runs: checked, made into a page, and refused where they are none.
# What their pages show is the matter of html.sh.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
"$WMSDIFF" --version | grep -q '^libxslt ' || skip_all 'built without HTML'

good=$tmp/incident.xml
"$WMSDIFF" -q -o "$good" "$SAMPLES_DIR/exchange2000-before.DEFAULT" \
	"$SAMPLES_DIR/exchange2000-after.DEFAULT"

# told: what stands on standard error, without the name of the program
told() {
	sed 's/^wmsdiff: //' "$tmp/err"
}

# ---- a report that is valid ----

ok 'it is valid' "$WMSDIFF" --validate "$good"
is "$(cat "$tmp/out")" 'wmsdiff: the report is valid' 'and that is said'
is "$(told)" '' 'with nothing on standard error'
ok 'quietly too' "$WMSDIFF" -q --validate "$good"
is "$(cat "$tmp/out")$(told)" '' 'with nothing said'
ok 'each stage is told of' "$WMSDIFF" -v --validate --render --html "$tmp/page.html" "$good"
is "$(grep -c "incident.xml: reading and hashing: $(wc -c <"$good" | tr -d ' ') bytes" "$tmp/err")" \
	1 'reading, with the bytes of the file'
is "$(grep -c "incident.xml: checking the report: $(wc -c <"$good" | tr -d ' ') bytes" "$tmp/err")" \
	1 'checking'
is "$(grep -c "page.html: making the page: $(wc -c <"$tmp/page.html" | tr -d ' ') bytes" "$tmp/err")" \
	1 'and making the page, with the bytes that it has'
ok 'the page goes to standard output too' "$WMSDIFF" --render --html - "$good"
cp "$tmp/out" "$tmp/shown.html"
ok 'and is the same' cmp "$tmp/shown.html" "$tmp/page.html"

# ---- faults of one that is not ----

# faulty N: as many faults, each an attribute that the schema does not know
faulty() {
	awk -v n="$1" 'n > 0 && sub(/<(change|profile|store) /, "&odd" n "=\"1\" ") { n-- }
		{ print }' "$good" >"$tmp/faulty.xml"
}
for n in 1 10; do
	faulty "$n"
	status 2 "$n faults" "$WMSDIFF" --validate "$tmp/faulty.xml"
	is "$(grep -c "^wmsdiff: $tmp/faulty.xml: .*odd" "$tmp/err") $(wc -l <"$tmp/err" |
		tr -d ' ')" "$n $n" "$n faults: a line of each"
	is "$(cat "$tmp/out")" '' "$n faults: nothing is said to be valid"
done
faulty 12
status 2 '12 faults' "$WMSDIFF" --validate "$tmp/faulty.xml"
is "$(tail -n 1 "$tmp/err")" "wmsdiff: $tmp/faulty.xml: 2 faults more" '12 faults: two are counted'
is "$(wc -l <"$tmp/err" | tr -d ' ')" 11 '12 faults: ten have a line'
status 0 'its page is made all the same' "$WMSDIFF" --render --html "$tmp/faulty.html" \
	"$tmp/faulty.xml"
ok 'and says so' grep -q 'This report is not valid against the schema of this wmsdiff' \
	"$tmp/faulty.html"
status 2 'with --validate that is no success' "$WMSDIFF" --validate --render \
	--html "$tmp/faulty.html" "$tmp/faulty.xml"

# ---- reports that are none ----
refused() {
	rm -f "$tmp/refused.html"
	status 2 "$1: is no valid report" "$WMSDIFF" --validate "$2"
	status 2 "$1: makes no page" "$WMSDIFF" --render "$2" --html "$tmp/refused.html"
	cp "$tmp/err" "$tmp/why"
	ok "$1: and leaves none" test ! -e "$tmp/refused.html"
	ok "$1: the reason is told in one line" test "$(wc -l <"$tmp/why")" -eq 1
}
{
	echo '<!DOCTYPE report ['
	echo '<!ENTITY a0 "lol">'
	for i in 1 2 3 4 5 6 7 8 9; do
		echo "<!ENTITY a$i \"&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));\">"
	done
	echo ']><report xmlns="urn:wmsdiff:report:1" version="1.0">&a9;</report>'
} >"$tmp/bomb.xml"
refused 'an entity bomb' "$tmp/bomb.xml"
ok 'it is called by its name' grep -q 'document type declaration' "$tmp/why"
printf '<!DOCTYPE report [<!ENTITY x SYSTEM "file://%s/secret">]><report xmlns="urn:wmsdiff:report:1">&x;</report>' \
	"$tmp" >"$tmp/external.xml"
echo SECRET >"$tmp/secret"
refused 'an external entity' "$tmp/external.xml"
printf '<!DOCTYPE report SYSTEM "file://%s/secret"><report xmlns="urn:wmsdiff:report:1"/>' "$tmp" >"$tmp/dtd.xml"
refused 'an external subset' "$tmp/dtd.xml"
head -c 20000 "$tmp/incident.xml" >"$tmp/cut.xml"
refused 'a report cut short' "$tmp/cut.xml"
: >"$tmp/empty.xml"
refused 'an empty file' "$tmp/empty.xml"
head -c 4096 "$SAMPLES_DIR/exchange2000-before.DEFAULT" >"$tmp/hive.xml"
refused 'a hive' "$tmp/hive.xml"
echo '<report version="1.0"/>' >"$tmp/foreign.xml"
refused 'a report of another namespace' "$tmp/foreign.xml"
awk 'BEGIN { printf "<report xmlns=\"urn:wmsdiff:report:1\">"; for (i = 0; i < 5000; i++) printf "<store>" }' >"$tmp/deep.xml"
refused 'a deep one' "$tmp/deep.xml"
echo '<report xmlns="urn:wmsdiff:report:1">&nothing;</report>' >"$tmp/entity.xml"
refused 'an entity that nothing declares' "$tmp/entity.xml"

# ---- the command line ----

cp "$good" "$tmp/kept.xml"
status 2 'no page is written over the report that it is made of' "$WMSDIFF" --render "$good" --html "$good"
status 2 '--render needs --html' "$WMSDIFF" --render "$good"
status 2 '--validate makes no page' "$WMSDIFF" --validate "$good" --html "$tmp/x.html"
status 2 'reports are read one at a time' "$WMSDIFF" --validate "$good" "$tmp/kept.xml"
status 2 'and nothing else with them' "$WMSDIFF" --validate --mapi32 6.0.6249.0 "$good"
status 2 'a report that is not there' "$WMSDIFF" --validate "$tmp/nowhere.xml"
status 2 'a page that cannot be written' "$WMSDIFF" --render "$good" --html "$tmp/nowhere/x.html"
status 2 'a full disk' "$WMSDIFF" --render "$good" --html /dev/full
ok 'the report stays as it was' cmp "$good" "$tmp/kept.xml"
done_testing
