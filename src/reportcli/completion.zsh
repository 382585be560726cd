#compdef wmsdiff-report
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-report for zsh.

local -a commands=(
	'validate:check a report against the built-in schema'
	'verify:hold a report against the evidence'
	'page:make the page of a report'
	'index:one index over reports of many machines'
)

if (( CURRENT == 2 )); then
	_describe command commands
	_arguments \
		'(- : *)--help[show a short help]' \
		'(- : *)--version[show versions]'
	return
fi

case $words[2] in
validate) _arguments -S '1:command: ' '2:report:_files' ;;
verify) _arguments -S '1:command: ' '2:report:_files' \
	'*--evidence[where the evidence is now]:folder, archive or file:_files' ;;
page) _arguments -S '1:command: ' '2:report:_files' \
	'--html[where the page goes]:page:_files' ;;
index) _arguments -S '1:command: ' '2:folder:_files -/' ;;
esac
