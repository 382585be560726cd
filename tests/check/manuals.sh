#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manuals are well-formed, and say what the program says: the same options,
# the same words for diagnostics.
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

# What stands after Fl in an .It line is an option, as is all that looks like one
# in the help.
awk '/^\.It / { for (i = 2; i < NF; i++) if ($i == "Fl") print "-" $(i + 1) }' \
	"$doc/wmsdiff.1" | sort -u >"$tmp/manual"
"$WMSDIFF" --help | grep -oE '(^|[[:space:],[])--?[A-Za-z][A-Za-z0-9-]*' |
	tr -d '[:blank:],[' | sort -u >"$tmp/help"
ok 'the help names options' test -s "$tmp/help"
is "$(comm -23 "$tmp/help" "$tmp/manual")" '' 'every option of the help is in the manual'
is "$(comm -13 "$tmp/help" "$tmp/manual")" '' 'every option of the manual is in the help'

sed -n 's/^[[:space:]]*X(DIAG_[A-Z_]*, "\([a-z_]*\)".*/\1/p' \
	"$srcdir/include/base/diag.h" >"$tmp/words"
ok 'there are words for diagnostics' test -s "$tmp/words"
is "$(while read -r word; do
	grep -qw -- "$word" "$doc/wmsdiff-report.5" || echo "$word"
done <"$tmp/words")" '' 'every word for a diagnostic is in the manual of the report'
done_testing
