#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The completions of wmsdiff-sweep offer the commands and options of its table and no
# others: asked as bash asks, and typed into zsh.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

for_bash=$srcdir/src/sweepcli/completion.bash
for_zsh=$srcdir/src/sweepcli/completion.zsh
case=$tmp/case
mkdir -p "$case/folder"
: >"$case/plan.tsv"
"$builddir/tests/help/sweep-table" >"$tmp/table"
ok 'the table has options' grep -q '^option' "$tmp/table"

# options COMMAND: of the table, with letters
options() {
	awk -F '\t' -v command="$1" '$1 == "option" && ($6 == command || $6 == "any") {
		print "--" $2
		if ($3 != "-") print "-" $3
	}' "$tmp/table" | sort
}

# ---- bash ----

cat >"$tmp/ask.bash" <<'END'
. "$1" && shift || exit 99
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
text=${!#}
_wmsdiff_sweep wmsdiff-sweep "${text#=}" "${@: -2:1}"
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
END
# offers EXPECTED WORD...: what bash offers for the last word, sorted and in one line
offers() {
	expected=$1
	shift
	is "$(cd "$case" && bash --norc "$tmp/ask.bash" "$for_bash" wmsdiff-sweep "$@" 2>&1 |
		sort | tr '\n' ' ')" "$expected" "bash: $*"
}
if command -v bash >/dev/null; then
	offers '--help --version plan run status ' ''
	is "$(awk '$1 == "command" { print $2 }' "$tmp/table" | tr '\n' ' ')" 'plan run status ' \
		'these are the commands'
	for command in plan run status; do
		offers "$(options $command | tr '\n' ' ')" $command -
	done
	offers '--bring-back ' run --bring-back
	while IFS='	' read -r kind name letter argument times command words; do
		[ "$kind" = option ] && [ "$argument" != - ] || continue
		[ "$words" = - ] ||
			offers "$(echo "$words" | tr '|' '\n' | sort | tr '\n' ' ')" \
				"$command" "--$name" ''
		again=$(cd "$case" && bash --norc "$tmp/ask.bash" "$for_bash" wmsdiff-sweep \
			"$command" "--$name" x "--$name" | grep -cx -e "--$name")
		expected=0
		[ "$times" != again ] || expected=1
		is "$again" "$expected" "bash: --$name again"
		[ "$letter" = - ] || offers "" "$command" "-$letter" x "-$letter"
	done <"$tmp/table"
	offers 'ssh ' run --engine = ss
	offers 'folder ' run --output-dir ''
	offers 'folder ' status ''
	offers 'folder plan.tsv ' plan ''
	offers 'plan.tsv ' run p
	offers '' run --shard ''
else
	skip 1 'there is no bash'
fi

# ---- zsh ----

for command in plan run status; do
	sed -n "/^	$command)/,/;;/p" "$for_zsh" |
		grep -oE -e '--[a-z-]+=?\[|\{-[a-z]\+,--[a-z-]+=' | tr -d '[={}+' | tr ',' '\n' |
		sort -u >"$tmp/offered"
	is "$(cat "$tmp/offered")" "$(options $command)" "zsh: options of $command"
done
is "$(sed -n "s/^	'\([a-z]*\):.*/\1/p" "$for_zsh" | tr '\n' ' ')" 'plan run status ' \
	'zsh: the commands'
if command -v zsh >/dev/null; then
	ok 'zsh can read it' zsh -n "$for_zsh"
	mkdir "$tmp/fpath" && cp "$for_zsh" "$tmp/fpath/_wmsdiff-sweep"
	# typed SHELL SETUP LINE EXPECTED: a press of Tab behind the line
	typed() {
		is "$(echo "one $3" | zsh -f "$srcdir/tests/check/complete.zsh" "$1" "$case" "$2" |
			tr -s ' ')" "$4" "$1, typed: $3"
	}
	for line in 'sta|status ' 'run --bri|run --bring-back ' 'run --engine sl|run --engine slurm ' \
		'run p|run plan.tsv ' 'status f|status folder/' 'plan --eng|plan --eng' \
		'run -j 2 --jo|run -j 2 --jo'; do
		typed zsh "fpath=('$tmp/fpath' \$fpath); autoload -Uz compinit; compinit -D -u" \
			"wmsdiff-sweep ${line%|*}" "wmsdiff-sweep ${line#*|}"
		! command -v bash >/dev/null ||
			typed bash ". '$for_bash'" "wmsdiff-sweep ${line%|*}" "wmsdiff-sweep ${line#*|}"
	done
else
	skip 2 'there is no zsh'
fi

# ---- installed ----

make_apart() (
	unset MAKEFLAGS MFLAGS MAKELEVEL
	exec make -s -C "$builddir" DESTDIR="$tmp/dest" "$1"
)
ok 'the data are installed' make_apart install-data
ok 'that for bash' cmp "$for_bash" \
	"$(find "$tmp/dest" -path '*/bash-completion/completions/wmsdiff-sweep')"
ok 'that for zsh' cmp "$for_zsh" "$(find "$tmp/dest" -path '*/zsh/site-functions/_wmsdiff-sweep')"
done_testing
