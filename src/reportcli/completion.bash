# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-report for bash; it stands on bash alone.

_wmsdiff_report() {
	local cur=${2-${COMP_WORDS[COMP_CWORD]}} word name
	local -a commands=(index) offered=()

	COMPREPLY=()
	if [[ $COMP_CWORD -eq 1 ]]; then
		offered=("${commands[@]}" --help --version)
		for word in "${offered[@]}"; do
			[[ $word != "$cur"* ]] || COMPREPLY+=("$word")
		done
	elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == index ]]; then
		# An error where no key was pressed, as in a test.
		compopt -o filenames 2>/dev/null
		while IFS= read -r name; do
			COMPREPLY+=("$name")
		done < <(compgen -A directory -- "$cur")
	fi
}

complete -F _wmsdiff_report wmsdiff-report
