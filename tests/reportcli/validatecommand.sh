#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-report validate: a report that is valid, and faults of one that is not.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"

good=$tmp/incident.xml
"$WMSDIFF" -q -o "$good" "$SAMPLES_DIR/exchange2000-before.DEFAULT" \
	"$SAMPLES_DIR/exchange2000-after.DEFAULT"

ok 'it is valid' "$WMSDIFF_REPORT" validate "$good"
is "$(cat "$tmp/out")" 'wmsdiff-report: the report is valid' 'and that is said'
is "$(cat "$tmp/err")" '' 'with nothing on standard error'
# shellcheck disable=SC2016 # the inner shell expands
status 2 'what cannot be said' sh -c '"$1" validate "$2" >/dev/full' sh "$WMSDIFF_REPORT" "$good"

# faulty N: as many faults, each an attribute that the schema does not know
faulty() {
	awk -v n="$1" 'n > 0 && sub(/<(change|profile|store) /, "&odd" n "=\"1\" ") { n-- }
		{ print }' "$good" >"$tmp/faulty.xml"
}
for n in 1 10; do
	faulty "$n"
	status 2 "$n faults" "$WMSDIFF_REPORT" validate "$tmp/faulty.xml"
	is "$(grep -c "^wmsdiff-report: $tmp/faulty.xml: .*odd" "$tmp/err") $(wc -l <"$tmp/err" |
		tr -d ' ')" "$n $n" "$n faults: a line of each"
	is "$(cat "$tmp/out")" '' "$n faults: nothing is said to be valid"
done
faulty 12
status 2 '12 faults' "$WMSDIFF_REPORT" validate "$tmp/faulty.xml"
is "$(tail -n 1 "$tmp/err")" "wmsdiff-report: $tmp/faulty.xml: 2 faults more" \
	'12 faults: two are counted'
is "$(wc -l <"$tmp/err" | tr -d ' ')" 11 '12 faults: ten have a line'
done_testing
