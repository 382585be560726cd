# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for bash.  It stands on bash alone: the helpers of the package
# bash-completion, which loads this file where it is installed, have changed their
# names more than once, and where the package is missing the file can be sourced.
# tests/check/completion.sh holds it against the help and the program.

# _wmsdiff_words WORD...: those that begin with what is typed.  No compgen -W, which
# takes the backslash of HKEY_USERS\.DEFAULT away between quotes too.
_wmsdiff_words() {
	local word quoted
	for word; do
		printf -v quoted %q "$word"
		if [[ $word == "$cur"* || $quoted == "$cur"* ]]; then
			COMPREPLY+=("$prefix$word")
		fi
	done
}

# _wmsdiff_found ACTION [FILTER]: what compgen finds, added to the answer
_wmsdiff_found() {
	local -a found
	local name
	mapfile -t found < <(compgen -A "$1" -X "${2-}" -- "$cur")
	for name in "${found[@]}"; do
		# Bash sees no folder behind the name of an option, so it is told.
		if [[ $prefix && -d $name ]]; then
			name+=/
			compopt -o nospace 2>/dev/null
		fi
		COMPREPLY+=("$prefix$name")
	done
}

# _wmsdiff_files KIND...: folders, and files: all of them for "file", else those whose
# names end so.  One pattern for many endings would need the user's extglob.
_wmsdiff_files() {
	local kind
	# An error where no key was pressed, as in a test.
	compopt -o filenames 2>/dev/null
	if [[ ${COMP_WORDS[COMP_CWORD]} == \"*\$* ]]; then
		# What is answered there is written with "\$"; what readline finds is not.
		compopt -o default 2>/dev/null
	elif [[ ${1-} == file ]]; then
		_wmsdiff_found file
	else
		_wmsdiff_found directory
		for kind; do
			_wmsdiff_found file "!*$kind"
		done
	fi
}

_wmsdiff() {
	# Of each option: which run takes it, one over hives, one that reads a report
	# again, or any; whether it takes a value, and whether it may be given again.
	local -A known=(
		[--output]='hives value'
		[--html]='any value'
		[--output-dir]='hives value'
		[--manifest]='hives value'
		[--sign-with]='hives value'
		[--format]='hives value'
		[--full]='hives'
		[--timeline]='hives value again'
		[--quiet]='any'
		[--verbose]='any'
		[--color]='any value'
		[--progress]='any value'
		[--log]='hives value again'
		[--skip-logs]='hives'
		[--save-image]='hives value'
		[--no-recover]='hives'
		[--same-subject]='hives'
		[--user]='hives value again'
		[--order]='hives value'
		[--key]='hives value again'
		[--mapi32]='hives value'
		[--modules]='hives value again'
		[--system]='hives value'
		[--software]='hives value'
		[--events]='hives value again'
		[--patterns]='hives value'
		[--restore]='hives value'
		[--restore-profile]='hives value again'
		[--restore-as]='hives value'
		[--restore-root]='hives value'
		[--restore-partial]='hives'
		[--reg-version]='hives value'
		[--reg-encoding]='hives value'
		[--validate]='report'
		[--render]='report'
		[--case]='hives value'
		[--examiner]='hives value'
		[--note]='hives value'
		[--time-zone]='hives value'
		[--redact]='hives'
		[--redact-list]='hives value'
		[--evidence-number]='hives value again'
		[--received-from]='hives value again'
		[--received-at]='hives value again'
		[--jobs]='hives value'
		[--exit-zero]='hives'
		[--no-sandbox]='any'
		[--help]='any'
		[--version]='any'
	)
	local -A short=([o]=--output [j]=--jobs [q]=--quiet [v]=--verbose)
	local -A given=() barred=()
	local -a offered=()
	local cur=${2-${COMP_WORDS[COMP_CWORD]}}
	local prefix='' option='' run='' word letters i
	local operands=0 ended='' IFS=$' \t\n'

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ $option ]]; then
			# "--html=x" comes as three words.
			[[ $word == = && ${COMP_WORDS[i - 1]} == "$option" ]] || option=
		elif [[ $ended || $word != -?* ]]; then
			operands=$((operands + 1))
		elif [[ $word == -- ]]; then
			ended=1
		elif [[ $word == --* ]]; then
			# Or as one, where bash is told so by COMP_WORDBREAKS.
			given[${word%%=*}]=1
			[[ ${known[$word]-} != *value* ]] || option=$word
		else
			for ((letters = 1; letters < ${#word}; letters++)); do
				option=${short[${word:letters:1}]-}
				[[ ! $option ]] || given[$option]=1
				if [[ $option && ${known[$option]} == *value* ]]; then
					# The rest of the word is the value, if there is one.
					[[ $((letters + 1)) -eq ${#word} ]] || option=
					break
				fi
				option=
			done
		fi
	done
	if [[ $cur == = ]]; then
		cur=
	elif [[ ! $option && ! $ended && $cur == --*=* ]]; then
		option=${cur%%=*}
		prefix=$option=
		cur=${cur#*=}
	fi
	for word in "${!given[@]}"; do
		case ${known[$word]-} in
		report*) run=report ;;
		hives*) run=${run:-hives} ;;
		esac
	done

	case $option in
	--output) _wmsdiff_files .xml ;;
	--html) _wmsdiff_files .html ;;
	--timeline) _wmsdiff_files .jsonl .csv .body ;;
	--format) _wmsdiff_words csv jsonl ;;
	--mapi32) _wmsdiff_files '.[Dd][Ll][Ll]' ;;
	--log | --modules | --system | --software | --events | --patterns)
		_wmsdiff_files file
		;;
	--save-image | --restore | --output-dir | --manifest) _wmsdiff_files ;;
	--restore-root)
		# Quoted like the name of a file, or the shell would eat the backslash.
		compopt -o filenames 2>/dev/null
		_wmsdiff_words HKEY_CURRENT_USER 'HKEY_USERS\.DEFAULT'
		;;
	--reg-version) _wmsdiff_words 5 4 ;;
	--reg-encoding) _wmsdiff_words utf16le utf8 ;;
	--color) _wmsdiff_words auto always never ;;
	--progress) _wmsdiff_words auto never ;;
	--order) _wmsdiff_words operands time ;;
	--time-zone) _wmsdiff_words system ;;
	--jobs) _wmsdiff_words {1..64} ;;
	?*) ;; # a text of the user's own
	*)
		if [[ $ended || $cur != -* ]]; then
			# One report, or any number of hives, which have no ending.
			if [[ $run != report ]]; then
				_wmsdiff_files file
			elif [[ $operands -eq 0 ]]; then
				_wmsdiff_files .xml
			fi
			return
		fi
		case $run in
		report) barred[hives]=1 ;;
		hives) barred[report]=1 ;;
		esac
		[[ ! ${given[--skip-logs]-} ]] || barred[--log]=1 barred[--save-image]=1
		[[ ! ${given[--log]-}${given[--save-image]-} ]] || barred[--skip-logs]=1
		for word in "${!known[@]}"; do
			if [[ ! ${barred[$word]-} && ! ${barred[${known[$word]%% *}]-} &&
				(! ${given[$word]-} || ${known[$word]} == *again*) ]]; then
				offered+=("$word")
			fi
		done
		for word in "${!short[@]}"; do
			[[ " ${offered[*]} " != *" ${short[$word]} "* ]] || offered+=("-$word")
		done
		_wmsdiff_words "${offered[@]}"
		;;
	esac
}

complete -F _wmsdiff wmsdiff
