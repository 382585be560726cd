#compdef wmsdiff-report
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of wmsdiff-report for zsh.

_arguments -S \
	'(- : *)--help[show a short help]' \
	'(- : *)--version[show versions]' \
	'1:command:((index\:"one index over the reports of many machines"))' \
	'2:folder:_files -/'
