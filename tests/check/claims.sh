#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The claims of the validation kit (doc/guide/claims.tsv) are complete: each word of the
# schema has its claim, each test that a claim names is there and run, each claim that a case
# names is one, and each case has something to expect.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

claims=$srcdir/doc/guide/claims.tsv
cases=$srcdir/validation/cases.tsv
expected=$srcdir/validation/expected.tsv

# The words of the schema, as TYPE:WORD.
awk '
	match($0, /<xs:simpleType name="[a-z0-9_]*"/) {
		type = substr($0, RSTART + 21, RLENGTH - 22)
	}
	/<\/xs:simpleType>/ { type = "" }
	type != "" && /<xs:enumeration / {
		word = $0
		gsub(/^.*value="|"\/>.*$/, "", word)
		print type ":" word
	}' "${SCHEMA_DIR:?is set by make check}"/*.xsd | sort -u >"$tmp/schema"
ok 'the schema has words' test "$(wc -l <"$tmp/schema")" -gt 500
# These are too weighty for "all of them": a new one needs a thought.
by_word='change_kind certainty reason_code cause condition_id diagnostic_code bound_source'

# faults CLAIMS EXPECTED: what is wrong with them, one a line
faults() {
	awk -F '\t' '!/^#/ && NF' "$1" >"$tmp/rows"
	awk -F '\t' 'NF != 6 { print "not six columns: " $1 }
		$2 !~ /\.$/ || $4 !~ /\.$/ || $5 !~ /\.$/ { print "no sentences: " $1 }
		seen[$1]++ { print "twice: " $1 }' "$tmp/rows"
	# The words that the claims cover.
	awk -F '\t' -v by_word=" $by_word " '
	FILENAME ~ /schema$/ {
		split($1, word, ":")
		type = word[1]
		all[type] = all[type] $1 "\n"
		known[$1]
		next
	}
	$3 == "-" { next }
	{
		n = split($3, parts, " ")
		for (i = 1; i <= n; i++) {
			type = words = parts[i]
			sub(/:.*/, "", type)
			sub(/^[^:]*:/, "", words)
			if (!(type in all))
				print "no such type: " type
			else if (words == "*" && index(by_word, " " type " "))
				print "not by word: " type
			else if (words == "*")
				printf "%s", all[type]
			else {
				m = split(words, word, ",")
				for (k = 1; k <= m; k++) {
					if (!(type ":" word[k] in known))
						print "no such word: " type ":" word[k]
					print type ":" word[k]
				}
			}
		}
	}' "$tmp/schema" "$tmp/rows" >"$tmp/covered"
	grep -E '^(no such|not by)' "$tmp/covered"
	sort "$tmp/covered" | uniq -d | sed 's/^/claimed twice: /'
	sort -u "$tmp/covered" | comm -23 "$tmp/schema" - | sed 's/^/no claim: /'
	# The tests, as the build runs them.
	awk -F '\t' '{ n = split($6, test, " "); for (i = 1; i <= n; i++) print test[i] }' \
		"$tmp/rows" | sort -u | while read -r test; do
		[ -e "$srcdir/$test" ] || [ -e "$srcdir/$test.c" ] || echo "no such test: $test"
		run=${test%.c}
		grep -qE "(^|[[:space:]=])$run( |\$)" "$srcdir/Makefile.am" || echo "not run: $test"
	done
	awk -F '\t' 'FILENAME ~ /rows$/ { known[$1]; next }
		!/^#/ && NF && !($2 in known) { print "no such claim: " $2 }
		!/^#/ && NF && NF != 5 { print "not five columns: " $0 }' "$tmp/rows" "$2"
	awk -F '\t' 'FILENAME ~ /cases.tsv$/ { if (!/^#/ && NF) { known[$1]; if (NF != 6) print "not six columns: " $1 } next }
		!/^#/ && NF && !($1 in known) { print "no such case: " $1 }
		!/^#/ && NF { asked[$1] }
		END { for (id in known) if (!(id in asked)) print "nothing expected: " id }' "$cases" "$2"
}

is "$(faults "$claims" "$expected")" '' 'claims, schema, tests and cases go together'
# What runs for every case names claims too.
for claim in run.evidence run.inputs run.valid; do
	ok "$claim is a claim" grep -q "^$claim	" "$claims"
done

# noticed NAME FAULT SCRIPT [FILE]: with a copy that the script of sed spoils, so is said
noticed() {
	cp "$claims" "$tmp/claims.tsv"
	cp "$expected" "$tmp/expected.tsv"
	sed "$3" "$tmp/${4:-claims.tsv}" >"$tmp/spoilt"
	cp "$tmp/spoilt" "$tmp/${4:-claims.tsv}"
	is "$(faults "$tmp/claims.tsv" "$tmp/expected.tsv" | grep -cxF "$2")" 1 "$1 is noticed"
}
noticed 'a claim that is missing' 'no claim: change_kind:moved' '/^change\.moved	/d'
noticed 'a word that is missing' 'no claim: diagnostic_code:key_hint' 's/,key_hint,/,/'
noticed 'a word that is none' 'no such word: cause:gremlins' 's/cause:kb_817375/cause:gremlins,kb_817375/'
noticed 'a word claimed twice' 'claimed twice: certainty:certain' 's/certainty:probable/certainty:certain,probable/'
noticed 'all words of what counts' 'not by word: certainty' 's/certainty:possible/certainty:*/'
noticed 'a type that is none' 'no such type: colour' 's/exit_status:\*/exit_status:* colour:*/'
noticed 'a test that is not there' 'no such test: tests/cli/none.sh' 's,tests/cli/damage.sh$,tests/cli/none.sh,; t end; s,\(^diagnostic\.damage.*\)$,\1 tests/cli/none.sh,; :end'
noticed 'a claim that a case makes up' 'no such claim: change.vanished' '0,/	change\.moved	/s//	change.vanished	/' expected.tsv
noticed 'a case without questions' 'nothing expected: NR-09' '/^NR-09	/d' expected.tsv
noticed 'limits that are left out' 'no sentences: order' 's/^\(order	.*\)	[^	]*	\([^	]*\)$/\1		\2/'
done_testing
