# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-report for bash; it stands on bash alone.

# What begins with a word; more words follow, of which each is offered.
_wmsdiff_report_words() {
	local cur=$1 word

	shift
	for word; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$word")
	done
}

# Files, or with "directory" only folders.
_wmsdiff_report_files() {
	local name

	# An error where no key was pressed, as in a test.
	compopt -o filenames 2>/dev/null
	while IFS= read -r name; do
		COMPREPLY+=("$name")
	done < <(compgen -A "$1" -- "$2")
}

_wmsdiff_report() {
	local cur=${2-${COMP_WORDS[COMP_CWORD]}} previous=
	local -a commands=(validate verify page index)
	local -A options=([verify]=--evidence [page]=--html)

	COMPREPLY=()
	if [[ $COMP_CWORD -eq 1 ]]; then
		_wmsdiff_report_words "$cur" "${commands[@]}" --help --version
		return
	fi
	previous=${COMP_WORDS[COMP_CWORD - 1]}
	case ${COMP_WORDS[1]} in
	index)
		[[ $COMP_CWORD -gt 2 ]] || _wmsdiff_report_files directory "$cur"
		;;
	validate)
		[[ $COMP_CWORD -gt 2 ]] || _wmsdiff_report_files file "$cur"
		;;
	verify | page)
		if [[ $cur == -* && $previous != --* ]]; then
			_wmsdiff_report_words "$cur" "${options[${COMP_WORDS[1]}]}"
		else
			_wmsdiff_report_files file "$cur"
		fi
		;;
	esac
}

complete -F _wmsdiff_report wmsdiff-report
