# SPDX-License-Identifier: GPL-2.0-or-later
# Turns a table (rows of tab-separated text, "#" begins a comment line) into the
# initialisers of a C array of structs of strings.  A row whose number of columns
# is not that of the first row is refused, and so is a control character.

BEGIN { FS = "\t" }

/^#/ { next }

function refuse(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
	exit 1
}

{
	if (!columns)
		columns = NF
	if (NF != columns || NF == 0)
		refuse(NF " columns, not " columns)
	line = ""
	for (i = 1; i <= NF; i++) {
		if ($i ~ /[[:cntrl:]]/)
			refuse("a control character in column " i)
		gsub(/[\\"?]/, "\\\\&", $i)
		line = line (i > 1 ? ", " : "") "\"" $i "\""
	}
	print "{ " line " },"
}
