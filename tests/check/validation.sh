#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The validation kit, as make install-validation puts it below another root: it runs there
# against a program that is named, passes, and fails where a program says something else.
# Few cases only: make validation runs all.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need make sed

root="$tmp/an other root"
ok 'it is installed' "${MAKE:-make}" -C "$builddir" -s install-validation DESTDIR="$root"
kit=$(find "$root" -name wmsdiff-validation -type f)
ok 'with a script' test -x "$kit"
is "$(grep '@[a-z]*@' "$kit")" '' 'in which nothing is left to fill in'
is "$(find "$root" -name wmsdiff-validation.1 | wc -l | tr -d ' ')" 1 'and its manual'

# kit STATUS NAME ARGUMENT...: the kit, by nothing but what was installed
kit() {
	kit_status=$1 kit_name=$2
	shift 2
	status "$kit_status" "$kit_name" env -u WMSDIFF -u VALIDATION_PROGRAMS -u VALIDATION_DATA \
		"$kit" "$@"
	cp "$tmp/out" "$tmp/told"
}

kit 0 'the claims are printed' --claims
ok 'with what they rest on' grep -q 'rests on' "$tmp/told"
kit 0 'the cases are listed' --list
is "$(wc -l <"$tmp/told" | tr -d ' ')" "$(grep -cv '^#' "$srcdir/validation/cases.tsv")" 'all of them'
kit 2 'a folder is asked for'
kit 2 'no such case' --program "$WMSDIFF" --case NR-99 "$tmp/none"
kit 2 'an option that is none' --fast "$tmp/none"
kit 2 'a program that is not there' --program "$tmp/nothing" "$tmp/none"

# ---- a good program ----

kit 0 'it passes' --program "$WMSDIFF" --case NRD-02 --case MR-03.3 --case MP-03 "$tmp/good"
is "$(cat "$tmp/told")" \
	"Result: passed (only a part was run); $(wc -l <"$tmp/good/results.tsv" | tr -d ' ') checks in 5 runs of 3 cases, 0 failed; the falsifier was not run" \
	'and says so'
kit 2 'a folder that is there is refused' --program "$WMSDIFF" --case NRD-02 "$tmp/good"
ok 'the report says that it is of a part' grep -q '^Only 3 of ' "$tmp/good/report.txt"
ok 'it has the hash of the program' \
	grep -qF "$(sha256sum <"$WMSDIFF" | sed 's/ .*//')" "$tmp/good/report.txt"
for file in before after; do
	ok "it has the hash of $file" grep -qF "$(sha256sum <"$tmp/good/cases/MP-03/evidence/$file" |
		sed 's/ .*//')" "$tmp/good/report.txt"
done
is "$(awk 'length > 200' "$tmp/good/report.txt" | wc -l | tr -d ' ')" 0 'its lines can be read'
if command -v xmllint >/dev/null; then
	is "$(xmllint --html --noout "$tmp/good/report.html" 2>&1 | grep -v 'Tag [a-z]* invalid' |
		grep -c 'error')" 0 'the page is well-formed'
	# A question is one that another program can ask: the moment of the recipe.
	is "$(xmllint --xpath 'string(//*[local-name()="deletion"]/@at)' \
		"$tmp/good/cases/NRD-02-v1.5/report.xml")" 2024-03-14T13:31:52.1234567Z \
		'another program reads the same answer'
else
	skip 2 'there is no xmllint'
fi
is "$(grep -c 'href="#claim-' "$tmp/good/report.html")" \
	"$(wc -l <"$tmp/good/results.tsv" | tr -d ' ')" 'each check of the page leads to its claim'
is "$(grep -o 'href="#[^"]*"' "$tmp/good/report.html" | sed 's/href="#/id="/' | sort -u |
	while read -r id; do grep -qF "$id" "$tmp/good/report.html" || echo "$id"; done)" '' \
	'and no link leads nowhere'

# ---- programs that say something wrong ----

# false_program SCRIPT: the program, whose report and summary sed spoils
false_program() {
	cat >"$tmp/false" <<-END
	#!/bin/sh
	case \$* in --version) exec "$WMSDIFF" --version ;; esac
	"$WMSDIFF" "\$@" >"$tmp/false.out"
	status=\$?
	sed -i '$1' ../report.xml
	sed '$1' "$tmp/false.out"
	exit \$status
	END
	chmod +x "$tmp/false"
}

# wrong NAME SCRIPT CASE CLAIM: the kit notices it, and says by which claim
wrong() {
	false_program "$2"
	rm -rf "$tmp/wrong"
	kit 1 "$1: it fails" --program "$tmp/false" --case "$3" "$tmp/wrong"
	ok "$1: and says so" grep -q '^Result: FAILED' "$tmp/told"
	ok "$1: with the claim" grep -q "	$4	.*	fail\$" "$tmp/wrong/results.tsv"
	ok "$1: at its head" grep -q "^  claim  *$4\$" "$tmp/wrong/report.txt"
}
wrong 'another kind' 's/kind="deleted"/kind="added"/' NRD-02 change.deleted
wrong 'another moment' 's/ at="2024-03-14T13:31:52/ at="2024-03-14T13:31:53/' NRD-02 moment.at
wrong 'too sure' 's/certainty="unresolved"/certainty="certain"/' MR-03.3 certainty.unresolved
wrong 'another hash of an input' 's/\(<dfxml:hashdigest type="sha256">\)...../\100000/' NR-08 run.inputs
wrong 'another first line' 's/^wmsdiff: 1 profile/wmsdiff: 2 profiles/' NRD-02 run.verdict
wrong 'a report that is not valid' 's/ list="profiles"/ list="liste"/' NR-08 run.valid
cat >"$tmp/false" <<-END
	#!/bin/sh
	case \$* in --version) exec "$WMSDIFF" --version ;; esac
	"$WMSDIFF" "\$@"
	status=\$?
	echo >>after
	exit \$status
END
kit 1 'evidence that was changed: it fails' --program "$tmp/false" --case NR-08 "$tmp/changed"
ok 'evidence that was changed: with the claim' \
	grep -q '	run.evidence	.*	fail$' "$tmp/changed/results.tsv"
printf '#!/bin/sh\ncase $* in --version) echo wmsdiff 9;; esac\nexit 0\n' >"$tmp/false"
kit 1 'a program that does nothing: it fails' --program "$tmp/false" --case NR-08 "$tmp/nothing"
ok 'another version is pointed at' grep -q 'says that it is wmsdiff 9, and the kit is of' \
	"$tmp/nothing/report.txt"

ok 'it is taken away again' "${MAKE:-make}" -C "$builddir" -s uninstall-validation DESTDIR="$root"
is "$(find "$root" -type f)" '' 'and leaves nothing'
done_testing
