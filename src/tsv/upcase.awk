# SPDX-License-Identifier: GPL-2.0-or-later
#
# upcase.tsv to C: one designated initialiser per mapped unit, holding what
# must be added (modulo 65536) to get its upper case, so that a unit that is
# not listed is zero and stays itself.  POSIX awk; refuses a bad line, a unit
# mapped twice, a surrogate, and an upper case that has itself an upper case.

function fail(why)
{
	printf "%s:%d: %s\n", FILENAME, FNR, why | "cat 1>&2"
	failed = 1
	exit 1
}

function hex(word,    i, digit, value)
{
	if (length(word) != 4)
		fail("not four hex digits: " word)
	value = 0
	for (i = 1; i <= 4; i++) {
		digit = index("0123456789ABCDEF", substr(word, i, 1)) - 1
		if (digit < 0)
			fail("not four hex digits: " word)
		value = value * 16 + digit
	}
	return value
}

function unit(value)
{
	if (value > 65535 || (value >= 55296 && value <= 57343))
		fail("not a single unit: " value)
}

BEGIN {
	FS = "\t"
	print "/* Made by src/tsv/upcase.awk from src/base/upcase.tsv. */"
}

/^#/ || /^$/ {
	next
}

{
	if (NF != 4 || $3 !~ /^[1-9][0-9]*$/ || $4 !~ /^[1-9][0-9]*$/)
		fail("not: from, to, count, step")
	from = hex($1)
	to = hex($2)
	for (n = 0; n < $3; n++) {
		unit(from)
		unit(to)
		if (from == to || from in upper)
			fail("mapped twice or to itself: " $1)
		upper[from] = to
		printf "[0x%04X] = 0x%04X,\n", from, (to - from + 65536) % 65536
		from += $4
		to += $4
	}
}

END {
	if (!failed)
		for (from in upper)
			if (upper[from] in upper)
				fail("upper case has an upper case: " from)
}
