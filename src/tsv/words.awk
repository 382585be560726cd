# SPDX-License-Identifier: GPL-2.0-or-later
# Lists the words of all texts that the program itself has: of the string literals of C
# sources, and of the columns of tables (*.tsv), a line each, in lower case and unsorted.
# A word is letters, digits and underscores in a row; what a format puts in is none.

function put(text,    n, i, parts) {
	n = split(tolower(text), parts, /[^a-z0-9_]+/)
	for (i = 1; i <= n; i++)
		if (parts[i] ~ /[a-z]/)
			print parts[i]
}

/^[[:blank:]]*#[[:blank:]]*include/ || /^#/ && FILENAME ~ /\.tsv$/ { next }

FILENAME ~ /\.tsv$/ { put($0); next }

# What stands in comments is no text of the program.
function without_comments(line,    out, at) {
	out = ""
	while (1) {
		if (in_comment) {
			at = index(line, "*/")
			if (!at)
				return out
			line = substr(line, at + 2)
			in_comment = 0
		}
		at = index(line, "/*")
		if (!at)
			return out line
		out = out substr(line, 1, at - 1)
		line = substr(line, at + 2)
		in_comment = 1
	}
}

FNR == 1 { in_comment = 0 }

{
	$0 = without_comments($0)
	gsub(/\\\\/, " ")
	gsub(/\\"/, " ")
	while (match($0, /"[^"]*"/)) {
		text = substr($0, RSTART + 1, RLENGTH - 2)
		$0 = substr($0, RSTART + RLENGTH)
		gsub(/\\[x0-7][0-9a-fA-F]*/, " ", text)
		gsub(/\\[a-z]/, " ", text)
		gsub(/%[-+ #0-9.*]*[hlzjt]*[a-zA-Z]/, " ", text)
		put(text)
	}
}
