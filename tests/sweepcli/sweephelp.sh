#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --help fits one screen and has all of the tables; --version is as GNU wants it.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"

"$sweep" --help >"$tmp/help"
ok 'at most 24 lines' test "$(wc -l <"$tmp/help")" -le 24
is "$(awk 'length > 79' "$tmp/help")" '' 'of at most 79 columns'
"$builddir/tests/help/sweep-table" >"$tmp/table"
awk -F '\t' '$1 == "option" { print "--" $2 } $3 ~ /^[a-z]$/ { print "-" $3 }' "$tmp/table" |
	sort >"$tmp/options"
ok 'the table has options' test -s "$tmp/options"
grep -oE '(^|[[:space:],[])--?[A-Za-z][A-Za-z0-9-]*' "$tmp/help" | tr -d '[:blank:],[' |
	grep -v -x -e --sshloginfile -e --memfree | sort -u >"$tmp/helped"
is "$(comm -3 "$tmp/options" "$tmp/helped")" '' 'the options of the table, and no others'
is "$(awk -F '\t' '$1 == "command" { print $2 }' "$tmp/table")" \
	"$(sed -n '3,5s/^  \([a-z]*\) .*/\1/p' "$tmp/help")" 'its commands'
is "$(grep -c ' unit CHUNK' "$tmp/help")" 0 'not what engines call'
is "$("$sweep" --version)" "wmsdiff-sweep (wmsdiff) $("$WMSDIFF" --version |
	sed -n '1s/.* //p')" 'the version'
status 2 'where nobody can read it' sh -c "'$sweep' --help >/dev/full"
done_testing
