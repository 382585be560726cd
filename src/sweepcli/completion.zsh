#compdef wmsdiff-sweep
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-sweep for zsh; installed as _wmsdiff-sweep.
# tests/check/sweepcompletion.sh holds it against the table of the program.

local curcontext=$curcontext state ret=1
local -a line commands
typeset -A opt_args

commands=(
	'plan:make a plan of two folders, or check a table'
	'run:do all units of a plan that are not done yet'
	'status:tell how far a sweep is'
)

_arguments -C '(- *)--help[show the help and exit]' \
	'(- *)--version[show the version and exit]' \
	'1:command:->command' '*::operand:->rest' && ret=0

case $state in
command) _describe command commands && ret=0 ;;
rest)
	case $line[1] in
	plan)
		_arguments -s '(- *)--help[show the help and exit]' \
			'(- *)--version[show the version and exit]' \
			'(-o --output)'{-o+,--output=}'[write the plan to FILE]:plan:_files' \
			'1:folder before, or table:_files' '2:folder after:_directories' && ret=0
		;;
	run)
		_arguments -s '(- *)--help[show the help and exit]' \
			'(- *)--version[show the version and exit]' \
			'--output-dir=[where all results go]:folder:_directories' \
			'--engine=[who runs the units]:engine:(local ssh slurm)' \
			'(-j --jobs)'{-j+,--jobs=}'[jobs at once, on each host]:number: ' \
			"--hosts=[for ssh: hosts as GNU parallel takes them]:hosts:_files" \
			'--bring-back[copy results back from the hosts]' \
			'--time-limit=[seconds that a unit may take]:seconds: ' \
			'--memory-limit=[memory that a unit may hold]:MiB: ' \
			'--shard=[only this part of the units]:I/N: ' \
			'*--engine-option=[an option that the engine gets]:option: ' \
			'--wmsdiff=[the program that does a unit]:program:_files' \
			'--progress=[when to show how far it is]:when:(auto never)' \
			'1:plan:_files' && ret=0
		;;
	status)
		_arguments -s '(- *)--help[show the help and exit]' \
			'(- *)--version[show the version and exit]' \
			'1:folder of a sweep:_directories' && ret=0
		;;
	esac
	;;
esac
return ret
