#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files that are no reports, or hostile: each command refuses them in one line.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
"$WMSDIFF_REPORT" --version | grep -q '^libxslt ' || skip_all 'built without HTML'

good=$tmp/incident.xml
"$WMSDIFF" -q -o "$good" "$SAMPLES_DIR/exchange2000-before.DEFAULT" \
	"$SAMPLES_DIR/exchange2000-after.DEFAULT"

# refused NAME FILE: by all commands
refused() {
	rm -f "$tmp/refused.html"
	status 2 "$1: is no valid report" "$WMSDIFF_REPORT" validate "$2"
	status 2 "$1: is not verified" "$WMSDIFF_REPORT" verify "$2"
	is "$(cat "$tmp/out")" '' "$1: nothing is said to hold"
	status 2 "$1: makes no page" "$WMSDIFF_REPORT" page "$2" --html "$tmp/refused.html"
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
head -c 20000 "$good" >"$tmp/cut.xml"
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
refused 'a file that is not there' "$tmp/nowhere.xml"
refused 'a folder' "$tmp"
done_testing
