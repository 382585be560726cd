#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-report page: a report made into its page.  What pages show is the matter of
# tests/cli/html.sh.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
"$WMSDIFF_REPORT" --version | grep -q '^libxslt ' || skip_all 'built without HTML'

good=$tmp/incident.xml
"$WMSDIFF" -q -o "$good" --html "$tmp/at-once.html" "$SAMPLES_DIR/exchange2000-before.DEFAULT" \
	"$SAMPLES_DIR/exchange2000-after.DEFAULT"

ok 'a page' "$WMSDIFF_REPORT" page "$good" --html "$tmp/page.html"
is "$(cat "$tmp/out")$(cat "$tmp/err")" '' 'nothing is said'
ok 'it is the one that wmsdiff makes' cmp "$tmp/page.html" "$tmp/at-once.html"
ok 'to standard output' "$WMSDIFF_REPORT" page --html=- "$good"
cp "$tmp/out" "$tmp/shown.html"
ok 'the same' cmp "$tmp/shown.html" "$tmp/page.html"
mkdir "$tmp/links"
ln -s ../page.html "$tmp/links/page.html"
ok 'in place of a page, through a link' "$WMSDIFF_REPORT" page "$good" --html "$tmp/links/page.html"

# ---- one that is not valid ----

sed 's/<store /<store odd="1" /' "$good" >"$tmp/faulty.xml"
ok 'the page of a report that is not valid' "$WMSDIFF_REPORT" page "$tmp/faulty.xml" \
	--html "$tmp/faulty.html"
ok 'says so' grep -q 'This report is not valid against the schema of this wmsdiff' \
	"$tmp/faulty.html"

# ---- where it cannot be ----

cp "$good" "$tmp/kept.xml"
status 2 'no page is written over the report that it is made of' "$WMSDIFF_REPORT" page \
	"$good" --html "$good"
status 2 'a folder that is not there' "$WMSDIFF_REPORT" page "$good" --html "$tmp/nowhere/x.html"
status 2 'a full disk' "$WMSDIFF_REPORT" page "$good" --html /dev/full
cp "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$tmp/hive"
status 2 'no page is written over a hive' "$WMSDIFF_REPORT" page "$good" --html "$tmp/hive"
ok 'which stays as it was' cmp "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$tmp/hive"
ok 'so does the report' cmp "$good" "$tmp/kept.xml"
done_testing
