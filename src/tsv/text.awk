# SPDX-License-Identifier: GPL-2.0-or-later
#
# Text files to C: of each an array of its characters, named by -v names="a b":
# one name for each file, in their order.  POSIX awk; refuses what is no name
# and an empty file.

function fail(why)
{
	printf "%s: %s\n", FILENAME, why | "cat 1>&2"
	failed = 1
	exit 1
}

function finish()
{
	if (n_files > 0)
		print "\t;"
}

BEGIN { n_names = split(names, name) }

FNR == 1 {
	finish()
	if (++n_files > n_names || name[n_files] !~ /^[a-z_]+$/)
		fail("has no name")
	file = FILENAME
	sub(/^.*\//, "", file)
	printf "/* %s */\nstatic const char %s[] =\n", file, name[n_files]
}

{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\\&")
	printf "\t\"%s\\n\"\n", $0
}

END {
	if (failed)
		exit 1
	finish()
	if (n_files != n_names)
		fail("fewer files than names")
}
