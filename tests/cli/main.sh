#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Standard output and error that are closed or go away, what is recorded of the command
# line, and how the program ends.
# shellcheck disable=SC2016 # the inner shells expand
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/refusal.shlib
. "$srcdir/tests/help/refusal.shlib"
need dd mkfifo sha256sum ln cmp

# ---- standard output and error ----

status 2 'standard output is closed' sh -c '"$0" "$1" "$2" >&-' "$WMSDIFF" "$before" "$after"
is "$(grep -c '^wmsdiff: standard output: ' "$tmp/err")" 1 'standard output is closed: said so'
status 2 'no place for the summary' sh -c '"$0" -o "$3" "$1" "$2" >&-' \
	"$WMSDIFF" "$before" "$after" "$out/report.xml"
is "$(tail -n 1 "$out/report.xml")" '</report>' 'the summary does not end up in the report'
rm -f "$out/report.xml"
status 1 'standard error is closed' sh -c '"$0" -v -o "$3" "$1" "$2" 2>&-' \
	"$WMSDIFF" "$before" "$after" "$out/report.xml"
is "$(tail -n 1 "$out/report.xml")" '</report>' 'messages do not end up in the report'
rm -f "$out/report.xml"
untouched 'closed streams'
status 0 'a reader that goes away' sh -c '"$0" -q "$1" "$2" | head -n 1' \
	"$WMSDIFF" "$before" "$after"
is "$(wc -l <"$tmp/out" | tr -d ' ')" 1 'gets what it asked for'
status 0 'standard input is closed' sh -c '"$0" -q -o "$3" "$1" "$2" <&-' \
	"$WMSDIFF" "$before" "$before" "$tmp/closed.xml"
is "$(tail -n 1 "$tmp/closed.xml")" '</report>' 'and the report is whole'
for option in --help --version; do
	status 0 "$option" "$WMSDIFF" "$option"
	is "$(grep -c wmsdiff "$tmp/out" | sed 's/^[1-9].*/some/')" some "$option is answered"
	status 2 "$option with no place for it" sh -c '"$0" "$1" >&-' "$WMSDIFF" "$option"
	[ ! -c /dev/full ] || status 2 "$option on a full disk" sh -c '"$0" "$1" >/dev/full' \
		"$WMSDIFF" "$option"
done

# ---- the command line as it was given ----

# Options behind operands are read before these; the report has the order of the user.
ok 'options at the end' "$WMSDIFF" "$before" "$before" -q --note 'a b' -o "$tmp/order.xml"
is "$(sed -n 's/.*<dfxml:command_line>\(.*\)<\/dfxml:command_line>.*/\1/p' "$tmp/order.xml")" \
	"$WMSDIFF $before $before -q --note 'a b' -o $tmp/order.xml" 'are recorded there'

# ---- how it ends ----

status 0 'nothing is gone' "$WMSDIFF" -q -o "$tmp/x.xml" "$before" "$before"
status 1 'profiles are gone' "$WMSDIFF" -q -o "$tmp/x.xml" "$before" "$after"
status 0 'the same with --exit-zero' "$WMSDIFF" -q --exit-zero -o "$tmp/x.xml" "$before" "$after"
status 2 'trouble is no difference' "$WMSDIFF" -q --exit-zero -o "$tmp/x.xml" "$tmp/none" "$after"
untouched 'all of it'
done_testing
