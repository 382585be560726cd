# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-sweep for bash; it stands on bash alone.
# tests/check/sweepcompletion.sh holds it against the table of the program.

_wmsdiff_sweep() {
	# Of each option: the command that takes it, and whether it takes a value.
	local -A known=(
		[--output]='plan value'
		[--output-dir]='run value'
		[--engine]='run value'
		[--jobs]='run value'
		[--hosts]='run value'
		[--bring-back]='run'
		[--time-limit]='run value'
		[--memory-limit]='run value'
		[--shard]='run value'
		[--engine-option]='run value again'
		[--wmsdiff]='run value'
		[--progress]='run value'
		[--help]='any'
		[--version]='any'
	)
	local -A short=([o]=--output [j]=--jobs) given=()
	local cur=${2-${COMP_WORDS[COMP_CWORD]}} command=${COMP_WORDS[1]-}
	local option='' word files='' i IFS=$' \t\n'
	local -a offered=()

	COMPREPLY=()
	for ((i = 2; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ $option ]]; then
			# "--engine=x" comes as three words.
			[[ $word == = && ${COMP_WORDS[i - 1]} == "$option" ]] || option=
		elif [[ $word == --* ]]; then
			given[${word%%=*}]=1
			[[ ${known[$word]-} != *value* ]] || option=$word
		elif [[ $word == -? ]]; then
			option=${short[${word:1}]-}
			[[ ! $option ]] || given[$option]=1
		fi
	done
	[[ $cur != = ]] || cur=
	if [[ $COMP_CWORD -eq 1 ]]; then
		offered=(plan run status --help --version)
	else
		case $option in
		--engine) offered=(local ssh slurm) ;;
		--progress) offered=(auto never) ;;
		--output | --hosts | --wmsdiff) files="file" ;;
		--output-dir) files="directory" ;;
		?*) ;; # a number, or a text of the user's own
		*)
			if [[ $cur != -* ]]; then
				files="file"
				[[ $command != status ]] || files="directory"
			else
				for word in "${!known[@]}"; do
					case ${known[$word]} in
					any* | "$command"*) ;;
					*) continue ;;
					esac
					[[ ${given[$word]-} && ${known[$word]} != *again* ]] ||
						offered+=("$word")
				done
				for word in "${!short[@]}"; do
					[[ " ${offered[*]} " != *" ${short[$word]} "* ]] ||
						offered+=("-$word")
				done
			fi
			;;
		esac
	fi
	if [[ $files ]]; then
		# An error where no key was pressed, as in a test.
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -A "$files" -- "$cur")
		return
	fi
	for word in "${offered[@]}"; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$word")
	done
}

complete -F _wmsdiff_sweep wmsdiff-sweep
