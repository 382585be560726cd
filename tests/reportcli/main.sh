#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-report as its users run it: commands, help, messages, completions.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"

status 0 '--help' "$WMSDIFF_REPORT" --help
mv "$tmp/out" "$tmp/help"
ok 'it fits a screen' test "$(wc -l <"$tmp/help")" -le 24
is "$(awk 'length > 79' "$tmp/help")" '' 'of 80 columns'
ok 'it names the usage' grep -q '^Usage: wmsdiff-report ' "$tmp/help"
sed -n 's/^  \([a-z]*\) .*/\1/p' "$tmp/help" >"$tmp/commands"
is "$(tr '\n' ' ' <"$tmp/commands")" 'validate verify page index ' 'and the commands'
status 0 '--version' "$WMSDIFF_REPORT" --version
is "$(sed -n 1p "$tmp/out")" "wmsdiff-report $("$WMSDIFF" --version | sed -n '1s/wmsdiff //p')" \
	'the version is that of wmsdiff'
# shellcheck disable=SC2016 # the inner shell expands
status 2 'output that cannot be written' sh -c '"$1" --help >/dev/full' sh "$WMSDIFF_REPORT"

# refused SENTENCE ARGUMENT...: wrong usage, and what is said of it
refused() {
	refused_sentence=$1
	shift
	status 2 "refused: $*" "$WMSDIFF_REPORT" "$@"
	is "$(cat "$tmp/err")" "wmsdiff-report: $refused_sentence; see --help" "said: $*"
	is "$(cat "$tmp/out")" '' "nothing else: $*"
}
refused 'no command was given'
refused 'there is no such command' nothing
refused 'there is no such option' --nothing
refused 'nothing goes with --help and --version' --help index
refused 'the operand is missing' index
refused 'the operand is missing' index --
refused 'there are too many operands' index a b
refused 'there is no such option' index --force a
refused 'there is no such option' validate --html page.html a
refused 'there is no such option' page --evidence . a
refused '--html is missing' page a
refused 'the argument of an option is missing' page a --html
refused 'the operand is missing' verify --evidence a

mkdir "$tmp/-x" "$tmp/empty"
cd "$tmp" || exit 99
status 0 'a folder with a dash' "$WMSDIFF_REPORT" index -- -x
status 0 'an empty folder' "$WMSDIFF_REPORT" index empty
is "$(cat "$tmp/out")" 'no machine was found
0 reports of 0 machines are in the index' 'says so'
status 2 'no folder' "$WMSDIFF_REPORT" index nowhere
is "$(cat "$tmp/err")" 'wmsdiff-report: nowhere: No such file or directory' 'is told'
: >file
status 2 'a file' "$WMSDIFF_REPORT" index file
is "$(cat "$tmp/err")" 'wmsdiff-report: file: Not a directory' 'is told'
mkdir one
: >one/findings.jsonl
status 2 'the result of one machine' "$WMSDIFF_REPORT" index one
is "$(cut -d , -f 1 "$tmp/err")" 'wmsdiff-report: one: is the result of one run of wmsdiff' \
	'is told'
# Its files are no other's, though the standard ones are closed.
# shellcheck disable=SC2016 # the inner shell expands
status 2 'without standard output' sh -c '"$1" index empty >&- 2>&-' sh "$WMSDIFF_REPORT"
ok 'the table is a table' grep -q '^machine,subject,' empty/findings.csv

# ---- the manual and the completions ----

manual=$srcdir/doc/wmsdiff-report.1
is "$(sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/s/^\.Cm //p' "$manual")" \
	"$(cat "$tmp/commands")" 'the synopsis has the commands'
sed -n 's/^  [a-z]* .*\(--[a-z]*\) .*/\1/p' "$tmp/help" | sort >"$tmp/options"
is "$(sed -n 's/^\.It Fl \(-[a-z]*\) .*/-\1/p' "$manual" | sort)" "$(cat "$tmp/options")" \
	'the manual has the options of the help'
is "$(sed -n 's/.*\(--[a-z]*\)\[.*:_files.*/\1/p' "$srcdir/src/reportcli/completion.zsh" | sort)" \
	"$(cat "$tmp/options")" 'so has the completion of zsh'
is "$(sed -n 's/.*local -a commands=(\(.*\))$/\1/p' \
	"$srcdir/src/reportcli/completion.bash" | tr ' ' '\n')" "$(cat "$tmp/commands")" \
	'so has the completion of bash'
is "$(sed -n "s/^	'\([a-z]*\):.*/\1/p" "$srcdir/src/reportcli/completion.zsh")" \
	"$(cat "$tmp/commands")" 'and that of zsh'
if command -v bash >/dev/null; then
	mkdir typed && cd typed && mkdir 'some folder' other && : >file || exit 99
	cat >../ask.bash <<'END'
. "$1" && shift || exit 99
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_wmsdiff_report
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
END
	# offers EXPECTED WORD...: what bash offers for the last of these, sorted
	offers() {
		offers_expected=$1
		shift
		is "$(bash --norc ../ask.bash "$srcdir/src/reportcli/completion.bash" \
			wmsdiff-report "$@" 2>&1 | sort | tr '\n' ' ')" "$offers_expected" "bash: $*"
	}
	offers '--help --version index page validate verify ' ''
	offers 'index ' in
	offers '--version ' --v
	offers 'other some folder ' index ''
	offers 'other ' index ot
	offers '' index other ''
	offers 'validate verify ' v
	offers 'file other some folder ' validate ''
	offers '' validate file ''
	offers '--evidence ' verify file -
	offers 'other ' verify file --evidence ot
	offers '--html ' page --h
	offers 'file ' page file --html fi
	offers '' nothing ''
else
	skip 1 'there is no bash'
fi
if command -v zsh >/dev/null; then
	ok 'zsh: the syntax is right' zsh -n "$srcdir/src/reportcli/completion.zsh"
else
	skip 1 'there is no zsh'
fi
done_testing
