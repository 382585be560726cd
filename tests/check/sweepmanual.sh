#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-sweep(1) has the options and outcomes of the program; and the commands of its page
# "from one machine to a thousand" run as they stand there.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
# shellcheck source=tests/help/sshd.shlib
. "$srcdir/tests/help/sshd.shlib"
# shellcheck source=tests/help/slurm.shlib
. "$srcdir/tests/help/slurm.shlib"
need parallel

page=$srcdir/doc/wmsdiff-sweep.1
"$builddir/tests/help/sweep-table" >"$tmp/table"

# ---- options ----

# OPTION alone|value WORDS of each, from lines of mdoc
options() {
	awk '{
		sub(/^\./, "")
		for (i = 1; i <= NF; i++) {
			if ($i != "Fl") continue
			name = $++i; value = "alone"; words = "-"
			if ($(i + 1) == "Ns") i += 2
			if ($(i + 1) == "Ns") i++
			if ($(i + 1) == "Ar") {
				value = "value"; i += 2; words = $i
				for (; $(i + 1) == "|"; i += 2) words = words "|" $(i + 2)
			}
			print "-" name, value, (words ~ /\|/ ? words : "-")
			for (; $(i + 1) == "|"; i += 2) print "-" $(i + 2), value, "-"
		}
	}' | sort -u
}
awk -F '\t' '$1 == "option" {
	value = $4 == "-" ? "alone" : "value"
	print "--" $2, value, $7
	if ($3 != "-") print "-" $3, value, $7
}' "$tmp/table" | sort >"$tmp/expected"
ok 'the table has options' test -s "$tmp/expected"
sed -n '/^\.Sh OPTIONS/,/^\.Sh /p' "$page" | grep '^\.It' | options >"$tmp/listed"
ok 'the list has the options of the table' diff "$tmp/expected" "$tmp/listed"
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh D/p' "$page" | options >"$tmp/synopsis"
awk -F '\t' '$1 == "option" {
	print ($3 == "-" ? "--" $2 : "-" $3), ($4 == "-" ? "alone" : "value"), $7 }' \
	"$tmp/table" | sort >"$tmp/expected"
ok 'so has the synopsis' diff "$tmp/expected" "$tmp/synopsis"

# ---- outcomes ----

sed -n 's/.*X(OUTCOME_[A-Z_]*, "\([a-z_]*\)".*/\1/p' "$srcdir/include/sweep/outcome.h" >"$tmp/words"
ok 'there are outcomes' test -s "$tmp/words"
is "$(sed -n '/^The outcomes are/,/^\.El/s/^\.It Sy //p' "$page")" "$(cat "$tmp/words")" \
	'the manual has them'
is "$(sed -n '/^\.It Pa outcomes/,/^\.It Pa errors/s/^\.Sy \([a-z]*\).*/\1/p' "$page" |
	tr '\n' ' ')" 'unit outcome status reason host started seconds identity wmsdiff ' \
	'and the fields of their files'

# ---- from one machine to a thousand ----

mkdir "$tmp/w" "$tmp/bin"
cd "$tmp/w" || exit 99
ln -s "$WMSDIFF" "$tmp/bin/wmsdiff"
ln -s "$sweep" "$tmp/bin/wmsdiff-sweep"
ln -s "${WMSDIFF_REPORT:?is set by make check}" "$tmp/bin/wmsdiff-report"
PATH=$tmp/bin:$PATH
for name in PC01 PC02 PC03; do
	sweep_machine $name -Work Home
done
awk -v folder="$tmp/command" '
	/^\.Sh / { inside = $0 == ".Sh FROM ONE MACHINE TO A THOUSAND" }
	!inside || /^\./ { open = 0; next }
	{ gsub(/\\e/, "\\") }
	/^\$ / { file = sprintf("%s%02d", folder, ++n); open = 1 }
	open { sub(/^[$>] /, ""); print >file }
' "$page"
ok 'there are commands' test -s "$tmp/command10"
sshd_start && cp "$tmp/ssh/hosts" hosts
# Else the page of another's settings would count.
[ -z "${ENGINES-}" ] || ! command -v slurmctld >/dev/null || [ "$(id -u)" -ne 0 ] ||
	{ slurm_start 1001 && has_slurm=1; trap 'sshd_stop; slurm_stop; rm -rf "$tmp"' EXIT; }
for command in "$tmp"/command*; do
	name=$(head -n 1 "$command")
	case $name in
	*'--engine ssh'*) [ -e hosts ] || { skip 1 "no sshd ($name)"; continue; } ;;
	*'--engine slurm'*) [ "${has_slurm-}" ] || { skip 1 "no Slurm ($name)"; continue; } ;;
	esac
	# 1: something is lost in all of them; a plan and an index have all machines.
	expected=1
	case $name in
	*' plan '* | *' index '*) expected=0 ;;
	esac
	status $expected "$name" sh -eu "$command"
done
for folder in sweep by-hosts by-cluster by-shards; do
	[ ! -d $folder ] || is "$(sweep_outcomes $folder)" \
		'PC01=compared PC02=compared PC03=compared' "$folder: all are done"
	[ ! -d $folder ] || is "$(grep -c '3 of 3 machines lost profiles' $folder/index.html)" 2 \
		"$folder: and in the index"
done
done_testing
