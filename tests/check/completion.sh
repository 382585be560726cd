#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The completions of bash and zsh offer the options of the program's table and no others,
# and after each what the program takes there: asked as bash asks, and typed into both
# shells.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

for_bash=$srcdir/src/cli/commandline/completion.bash
for_zsh=$srcdir/src/cli/commandline/completion.zsh
case=$tmp/case
mkdir "$case" "$case/some folder" "$case/x.xml.d"
for file in report.xml notes.txt events.jsonl events.csv events.body events.CSV page.html \
	MAPI32.DLL NTUSER.DAT 'a b.xml' "it's.xml" 'say "x".html' 'some folder/in.csv'; do
	: >"$case/$file"
done

# ---- installed ----

# What the shells complete with below is what was installed.
make_apart() (
	# The jobs of the make that runs the tests are not for this one.
	unset MAKEFLAGS MFLAGS MAKELEVEL
	exec make -s -C "$builddir" DESTDIR="$tmp/dest" "$1"
)
ok 'the data are installed' make_apart install-data
installed_bash=$(find "$tmp/dest" -path '*/bash-completion/completions/wmsdiff')
installed_zsh=$(find "$tmp/dest" -path '*/zsh/site-functions/_wmsdiff')
ok 'that for bash with them' cmp "$for_bash" "$installed_bash"
ok 'that for zsh with them' cmp "$for_zsh" "$installed_zsh"

# ---- options ----

# The table of the program: NAME LETTER ARGUMENT once|again any|hives|report WORDS.
"$builddir/tests/help/option-table" >"$tmp/table"
ok 'the table has options' test -s "$tmp/table"
awk -F '\t' '{ print "--" $1 } $2 != "-" { print "-" $2 }' "$tmp/table" | sort >"$tmp/help"
"$WMSDIFF" --help | grep -oE '(^|[[:space:],[])--?[A-Za-z][A-Za-z0-9-]*' |
	tr -d '[:blank:],[' | sort -u >"$tmp/helped"
is "$(comm -3 "$tmp/help" "$tmp/helped")" '' 'the help shows the options of the table'
grep -e -- "$tmp/help" >"$tmp/long"
awk -F '\t' '$3 != "-" { print "--" $1 }' "$tmp/table" | sort >"$tmp/valued"
ok 'some take a value' test -s "$tmp/valued"
# The program itself says which do.
is "$(while read -r option; do
	"$WMSDIFF" "$option" 2>&1 </dev/null | grep -q 'requires an argument' &&
		echo "$option"
done <"$tmp/long")" "$(cat "$tmp/valued")" 'the program takes values where the table says'

# The description of an option begins right behind it or behind the braces.
grep -oE -e "^[^#]*" "$for_zsh" | grep -oE -e "-[a-z0-9-]+[=+]?[[}]|\{-[a-z][+]?," |
	tr -d '[},{' | sort -u >"$tmp/specs"
tr -d '=+' <"$tmp/specs" | sort -u >"$tmp/zsh"
is "$(comm -23 "$tmp/help" "$tmp/zsh")" '' 'zsh: every option of the help is offered'
is "$(comm -13 "$tmp/help" "$tmp/zsh")" '' 'zsh: every option offered is in the help'
is "$(sed -n 's/.*"\{0,1\}\*--\([a-z0-9-]*\)=\{0,1\}.*/\1/p' "$for_zsh" | sort)" \
	"$(awk -F '\t' '$4 == "again" { print $1 }' "$tmp/table" | sort)" \
	'zsh: those are offered again that may be given again'
is "$(grep -e '=$' "$tmp/specs" | tr -d = | sort | comm -12 - "$tmp/long")" "$(cat "$tmp/valued")" \
	'zsh: values are completed for those that take one'

# ---- bash, asked ----

if ! command -v bash >/dev/null; then
	skip 1 'there is no bash'
	done_testing
	exit
fi
cat >"$tmp/ask.bash" <<'END'
. "$1" && shift || exit 99
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
# Some who complete in place of readline tell nothing but the words.
_wmsdiff
words_only=${COMPREPLY[*]-}
# As readline does: behind "--html=" the text is empty, though the word is "=".
text=${!#}
_wmsdiff wmsdiff "${text#=}" "${@: -2:1}"
[[ ${COMPREPLY[*]-} == "$words_only" ]] || echo "words only: $words_only"
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
END

# asked WORD...: what bash offers for the last of these, sorted
asked() {
	(cd "$case" && bash --norc "$tmp/ask.bash" "$for_bash" wmsdiff "$@" 2>&1) | sort
}

# offers EXPECTED WORD...: it offers these, one a line
offers() {
	expected=$1
	shift
	is "$(asked "$@")" "$expected" "bash: $*"
}

asked - >"$tmp/bash"
is "$(comm -23 "$tmp/help" "$tmp/bash")" '' 'bash: every option of the help is offered'
is "$(comm -13 "$tmp/help" "$tmp/bash")" '' 'bash: every option offered is in the help'
while read -r option; do
	[ -n "$(asked "$option" --)" ] || echo "$option"
done <"$tmp/long" >"$tmp/taking"
is "$(cat "$tmp/taking")" "$(cat "$tmp/valued")" \
	'bash: values are completed for those that take one'

# Of each option: the runs that take it, the words that it takes, and whether it is
# offered again.
asked - >"$tmp/first"
asked --validate - >"$tmp/reread"
while IFS='	' read -r name letter argument times run words; do
	expected=$run
	[ "$run" != report ] || expected=any
	offered=hives
	! grep -qx -e "--$name" "$tmp/reread" || offered=any
	# What was given once, --validate here, is not offered again.
	[ "$name" != validate ] || offered=any
	is "$offered" "$expected" "bash: --$name goes with $run"
	[ "$words" = - ] || is "$(asked "--$name" '')" \
		"$(echo "$words" | tr '|' '\n' | sort)" "bash: words of --$name"
	set -- "--$name"
	[ "$argument" = - ] || set -- "$@" x
	case $name in
	help | version) continue ;;
	esac
	again=once
	! asked "$@" -- | grep -qx -e "--$name" || again=again
	is "$again" "$times" "bash: --$name is offered $times"
	[ "$letter" = - ] || is "$(asked "$@" - | grep -x -e "-$letter")" '' \
		"bash: -$letter as often as --$name"
done <"$tmp/table"

folders='some folder
x.xml.d'
all='MAPI32.DLL
NTUSER.DAT
a b.xml
events.CSV
events.body
events.csv
events.jsonl
it'"'"'s.xml
notes.txt
page.html
report.xml
say "x".html
some folder
x.xml.d'
reports="a b.xml
it's.xml
report.xml
$folders"
pages="page.html
say \"x\".html
$folders"
timelines="events.body
events.csv
events.jsonl
$folders"

offers --verbose --verb
offers '--redact
--redact-list
--reg-encoding
--reg-version
--render
--restore
--restore-as
--restore-partial
--restore-profile
--restore-root' --re
offers -q -q
offers '' --nothing-such

offers "$reports" -o ''
offers "$reports" --output ''
offers "$reports" --output = ''
offers "$reports" --output =
offers 'a b.xml' -o 'a b'
offers 'a b.xml' -qvo a
offers '' -o MAPI
offers "$pages" --html ''
offers "$timelines" --timeline ''
offers events.csv --timeline = events.c
offers 'some folder/in.csv' --timeline 'some folder/'
offers '' --timeline notes
offers "MAPI32.DLL
$folders" --mapi32 ''
for option in log modules system software events patterns; do
	offers "$all" "--$option" ''
done
for option in save-image restore; do
	offers "$folders" "--$option" ''
done
offers 'some folder' --restore = so
for option in key case examiner note restore-as restore-profile; do
	offers '' "--$option" ''
done
offers 'HKEY_CURRENT_USER
HKEY_USERS\.DEFAULT' --restore-root ''
offers 'HKEY_USERS\.DEFAULT' --restore-root HKEY_U
offers 'HKEY_USERS\.DEFAULT' --restore-root 'HKEY_USERS\.D'
offers 'HKEY_USERS\.DEFAULT' --restore-root 'HKEY_USERS\\.D'
offers '4
5' --reg-version ''
offers 'utf16le
utf8' --reg-encoding = u
offers 'csv
jsonl' --format ''
offers 'always
auto
never' --color ''
offers always --color = al
offers --color=always --color=al
offers 'auto
never' --progress ''
is "$(asked --jobs '' | sort -n)" "$(awk 'BEGIN { while (n < 64) print ++n }')" 'bash: --jobs'
offers '6
60
61
62
63
64' -j 6

offers "$all" ''
offers "$all" --full NTUSER.DAT ''
offers NTUSER.DAT --key x N
offers NTUSER.DAT -qj 2 N
offers NTUSER.DAT -j2 N
offers NTUSER.DAT --html = page.html N
offers NTUSER.DAT --html=page.html N
offers '' -- --
offers '--restore=some folder/
--restore=x.xml.d/' --restore=
# Only reports, and only options that a run takes which reads one.
for run in validate render; do
	offers "$reports" "--$run" ''
	offers '' "--$run" report.xml ''
	offers "$reports" "--$run" --html page.html ''
	is "$(asked "--$run" -- | tr '\n' ' ')" "--color --help --html --no-sandbox --progress --quiet $(
		[ $run = render ] && echo --validate || echo --render
	) --verbose --version " "bash: --$run takes few others"
done
offers --full --note --render --ful
is "$(for option in $(asked --render --); do
	! grep -qx -e "$option" "$tmp/valued" || option="$option auto"
	# shellcheck disable=SC2086 # words
	"$WMSDIFF" --render --html - $option "$tmp/none" 2>&1 </dev/null |
		grep -q 'nothing else' && echo "$option"
done)" '' 'bash: the program takes them too'
offers '' --full --ren
offers '' --skip-logs --lo
offers '' --skip-logs --save
offers '' --log x --skip
offers --log --log x --lo
offers '' --html page.html --htm
offers '' -q --qui

# ---- typed ----

if ! command -v zsh >/dev/null || ! zsh -fc 'zmodload zsh/zpty' 2>/dev/null; then
	skip 1 'there is no zsh that types'
	done_testing
	exit
fi
ok 'zsh: the syntax is right' zsh -n "$for_zsh"

# typed SHELL SETUP: keys on standard input, the lines that come of them
typed() {
	zsh -f "$srcdir/tests/check/complete.zsh" "$1" "$case" "$2" | tr -s ' '
}

# types NAME SHELL SETUP FILE...: what comes of the keys, as the files have it:
# HOW|KEYS|LINE
types() {
	name=$1 shell=$2 setup=$3
	shift 3
	cat "$@" >"$tmp/keys"
	cut -d '|' -f 1,2 "$tmp/keys" | tr '|' ' ' | typed "$shell" "$setup" >"$tmp/lines" 2>&1
	while IFS='|' read -r how keys expected; do
		IFS= read -r got <&3 || got='?'
		is "$got" "$expected" "$name: $how $keys"
	done <"$tmp/keys" 3<"$tmp/lines"
}

# Both shells make the same of these.
cat >"$tmp/both" <<'END'
one|wmsdiff --verb|wmsdiff --verbose 
one|wmsdiff -o a|wmsdiff -o a\ b.xml 
one|wmsdiff -o a\ |wmsdiff -o a\ b.xml 
one|wmsdiff -qo it|wmsdiff -qo it\'s.xml 
one|wmsdiff "it|wmsdiff "it's.xml" 
one|wmsdiff --html=sa|wmsdiff --html=say\ \"x\".html 
one|wmsdiff --html $PWD/p|wmsdiff --html $PWD/page.html 
one|wmsdiff --restore so|wmsdiff --restore some\ folder/
one|wmsdiff --restore=so|wmsdiff --restore=some\ folder/
one|wmsdiff --timeline some\ folder/|wmsdiff --timeline some\ folder/in.csv 
one|wmsdiff --timeline no|wmsdiff --timeline no
one|wmsdiff --html NT|wmsdiff --html NT
one|wmsdiff --mapi32 M|wmsdiff --mapi32 MAPI32.DLL 
all|wmsdiff --key |wmsdiff --key 
all|wmsdiff --restore-root |wmsdiff --restore-root HKEY_CURRENT_USER HKEY_USERS\\.DEFAULT 
one|wmsdiff --restore-root=HKEY_U|wmsdiff --restore-root=HKEY_USERS\\.DEFAULT 
one|wmsdiff --restore-root 'HKEY_USERS\.|wmsdiff --restore-root 'HKEY_USERS\.DEFAULT' 
all|wmsdiff --color |wmsdiff --color always auto never 
one|wmsdiff --color=al|wmsdiff --color=always 
all|wmsdiff --progress |wmsdiff --progress auto never 
all|wmsdiff --reg-version |wmsdiff --reg-version 4 5 
all|wmsdiff --reg-encoding |wmsdiff --reg-encoding utf16le utf8 
one|wmsdiff --render r|wmsdiff --render report.xml 
one|wmsdiff --render N|wmsdiff --render N
all|wmsdiff --render report.xml |wmsdiff --render report.xml 
one|wmsdiff --render --ful|wmsdiff --render --ful
one|wmsdiff --full --ren|wmsdiff --full --ren
one|wmsdiff --full --ful|wmsdiff --full --ful
one|wmsdiff --skip-logs --sav|wmsdiff --skip-logs --sav
one|wmsdiff N|wmsdiff NTUSER.DAT 
one|wmsdiff -q --qui|wmsdiff -q --qui
one|wmsdiff -j 2 --val|wmsdiff -j 2 --val
one|wmsdiff --save-image x --sk|wmsdiff --save-image x --sk
one|wmsdiff -- --ful|wmsdiff -- --ful
all|wmsdiff -j 6|wmsdiff -j 6 60 61 62 63 64 
END
# What --validate leaves out leaves --validate out.
asked --validate - >"$tmp/few"
grep -vx -e --validate -f "$tmp/few" "$tmp/long" | while read -r option; do
	! grep -qx -e "$option" "$tmp/valued" || option="$option 4"
	echo "one|wmsdiff $option --val|wmsdiff $option --val"
done >>"$tmp/both"
cat >"$tmp/bash.only" <<'END'
one|wmsdiff --col|wmsdiff --color 
all|wmsdiff --color=|wmsdiff --color=always auto never 
one|wmsdiff --log x --log y --lo|wmsdiff --log x --log y --log 
all|wmsdiff --timeline |wmsdiff --timeline events.body events.csv events.jsonl some\ folder x.xml.d 
one|wmsdiff "$PWD/NT|wmsdiff "$PWD/NTUSER.DAT" 
one|wmsdiff --output='a |wmsdiff --output='a b.xml' 
END
cat >"$tmp/zsh.only" <<'END'
one|wmsdiff --col|wmsdiff --color=
all|wmsdiff --color=|wmsdiff --color=always --color=auto --color=never 
one|wmsdiff --log x --log y --lo|wmsdiff --log x --log y --log=
all|wmsdiff --timeline |wmsdiff --timeline events.body events.csv events.jsonl some\ folder x.xml.d/
one|wmsdiff --output='a |wmsdiff --output=a\ b.xml 
one|wmsdiff -qoit|wmsdiff -qoit\'s.xml 
END
# Where words are not broken at "=", the whole word is put in.
cat >"$tmp/whole" <<'END'
one|wmsdiff --color=al|wmsdiff --color=always 
one|wmsdiff --restore=so|wmsdiff --restore=some\ folder/
one|wmsdiff --output=a|wmsdiff --output=a\ b.xml 
END
types 'bash by itself' bash ". '$installed_bash'" "$tmp/both" "$tmp/bash.only"
types 'bash with other words' bash ". '$installed_bash'; COMP_WORDBREAKS=' '" "$tmp/whole"
package=/usr/share/bash-completion/bash_completion
if [ -e "$package" ]; then
	types 'bash with its package' bash \
		"XDG_DATA_HOME='${installed_bash%/bash-completion/*}'; . '$package'" \
		"$tmp/both" "$tmp/bash.only"
else
	skip 1 'there is no bash-completion'
fi
by_zsh="fpath=('${installed_zsh%/*}' \$fpath); autoload -Uz compinit; compinit -D -u"
types zsh zsh "$by_zsh" "$tmp/both" "$tmp/zsh.only"

# put_in TEXT: the options that zsh puts in behind it
put_in() {
	echo "all $1-" | typed zsh "$by_zsh" | sed "s/^$1//" | tr ' ' '\n' | grep -e '^-' | sort
}
put_in 'wmsdiff ' >"$tmp/typed"
is "$(comm -3 "$tmp/help" "$tmp/typed")" '' 'zsh: what it puts in are the options of the help'
is "$(put_in 'wmsdiff --validate ')" "$(asked --validate -)" 'zsh: --validate takes few others'
is "$(put_in 'wmsdiff --full ')" "$(asked --full -)" 'zsh: with hives no others than in bash'
done_testing
