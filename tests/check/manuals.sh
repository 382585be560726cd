#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manuals are well-formed, and say what the program says: the options of its table, in
# the list and in the synopsis, and the same words for diagnostics.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

doc=$srcdir/doc

for page in "$doc"/*.[15]; do
	if command -v mandoc >/dev/null; then
		ok "${page##*/} is well-formed" mandoc -T lint -W warning "$page"
	else
		skip 1 'there is no mandoc'
	fi
done

# The table of the program: NAME LETTER ARGUMENT once|again any|hives|report WORDS.
"$builddir/tests/help/option-table" >"$tmp/table"
ok 'the table has options' test -s "$tmp/table"

# options: OPTION value|alone WORDS of each flag in lines of mdoc; words are those that
# the manual names instead of one argument, as in "5 | 4".
options() {
	awk '{
		sub(/^\./, "")
		for (i = 1; i <= NF; i++) {
			if ($i != "Fl") continue
			name = $++i
			value = "alone"; words = ""
			if ($(i + 1) == "Ns" && $(i + 2) == "=") i += 3
			if ($(i + 1) == "Ar") {
				i += 2
				value = "value"
				words = $i
				for (; $(i + 1) == "|"; i += 2) words = words "|" $(i + 2)
			}
			# "Fl qv" is two letters.
			if (name !~ /^-/)
				for (; length(name) > 1; name = substr(name, 2))
					print "-" substr(name, 1, 1), value, words
			print "-" name, value, words
			for (; $(i + 1) == "|"; i += 2) print "-" $(i + 2), value
		}
	}' | sort -u
}
awk -F '\t' '{ value = $3 == "-" ? "alone" : "value"; print "--" $1, value }
	$2 != "-" { print "-" $2, value }' "$tmp/table" | sort >"$tmp/options"
sed -n '/^\.Sh OPTIONS/,/^\.Sh /s/^\.It //p' "$doc/wmsdiff.1" | options >"$tmp/listed"
is "$(awk '{ print $1, $2 }' "$tmp/listed" | sort -u)" "$(cat "$tmp/options")" \
	'the list of the manual has the options of the table'
is "$(awk 'NF == 3 && $3 ~ /\|/ { print $1, $3 }' "$tmp/listed")" \
	"$(awk -F '\t' '$6 != "-" { print "--" $1, $6 }' "$tmp/table" | sort)" \
	'and their words'

# In the synopsis a letter stands for the option that has one.
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$doc/wmsdiff.1" | options |
	awk '{ print $1, $2 }' | sort -u >"$tmp/synopsis"
is "$(cat "$tmp/synopsis")" "$(awk -F '\t' '{
	print ($2 == "-" ? "--" $1 : "-" $2), ($3 == "-" ? "alone" : "value") }' \
	"$tmp/table" | sort)" 'so has the synopsis'

"$builddir/tests/help/words" | awk '$1 == "diagnostic_code" { print $2 }' >"$tmp/words"
ok 'there are words for diagnostics' test -s "$tmp/words"
is "$(while read -r word; do
	grep -qw -- "$word" "$doc/wmsdiff-report.5" || echo "$word"
done <"$tmp/words")" '' 'every word for a diagnostic is in the manual of the report'
done_testing
