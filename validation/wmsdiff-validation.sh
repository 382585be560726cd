#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-validation: see wmsdiff-validation(1).  Builds the cases, runs the program on
# them, holds what it reports against what the recipes did, and writes a report of that.
# What is expected stands in expected.tsv and was written by hand from the recipes.
set -u
LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ
unset SOURCE_DATE_EPOCH

usage() {
	cat <<'END'
Usage: wmsdiff-validation [OPTION]... FOLDER
Validates wmsdiff in FOLDER, which is made: builds hives by recipes, runs the program on
them, and writes report.txt and report.html of what was expected and what was observed.

  --program FILE   the program; else $WMSDIFF, else wmsdiff of the PATH
  --case ID        only this case, and its variants; may be repeated
  --histories N    how many random histories the falsifier makes (200); 0: none
  --claims         print what the program can state, and what that rests on; runs nothing
  --list           print the cases; runs nothing
  --help           print this

Exit status: 0 all passed, 1 something failed, 2 trouble.
END
}

trouble() {
	printf 'wmsdiff-validation: %s\n' "$*" >&2
	exit 2
}

# Where the kit stands: set by make in the build, else below the folder that this script
# is installed below, wherever that was moved.
installed='@validationdir@'
bindir='@bindir@'
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 2
case $here in
*"$bindir") root=${here%"$bindir"} ;;
*) root= ;;
esac
programs=${VALIDATION_PROGRAMS:-$root$installed}
data=${VALIDATION_DATA:-$root$installed}

# find_data NAME: the path of that file of the kit
find_data() {
	find_rest=$data:
	while [ -n "$find_rest" ]; do
		find_folder=${find_rest%%:*} find_rest=${find_rest#*:}
		[ -f "$find_folder/$1" ] && { printf '%s/%s\n' "$find_folder" "$1"; return; }
	done
	trouble "$1 of the kit is missing (looked in $data)"
}

# ---- arguments ----

program=${WMSDIFF:-} histories=200 only=' ' folder='' what=run
while [ $# -gt 0 ]; do
	case $1 in
	--help) usage; exit 0 ;;
	--claims) what=claims ;;
	--list) what=list ;;
	--program | --case | --histories)
		[ $# -ge 2 ] || trouble "$1 needs a value"
		case $1 in
		--program) program=$2 ;;
		--case) only="$only$2 " ;;
		*) histories=$2 ;;
		esac
		shift ;;
	-*) trouble "unknown option: $1; try --help" ;;
	*) [ -z "$folder" ] || trouble "one folder only; try --help"
		folder=$1 ;;
	esac
	shift
done
case $histories in
'' | *[!0-9]*) trouble "--histories: not a number: $histories" ;;
esac
cases=$(find_data cases.tsv) && expected=$(find_data expected.tsv) &&
	claims=$(find_data claims.tsv) && writer=$(find_data report.awk) &&
	schema=$(find_data report.xsd) || exit 2
tab=$(printf '\t')

if [ "$what" = claims ]; then
	awk -v part=claims -f "$writer" "$claims"
	exit
elif [ "$what" = list ]; then
	awk -F '\t' '!/^#/ && NF { print $1 "\t" $3 }' "$cases"
	exit
fi

[ -n "$folder" ] || trouble "no folder; try --help"
[ ! -e "$folder" ] || trouble "$folder: is there already; give a new one"
if [ -z "$program" ]; then
	program=$(command -v wmsdiff) || trouble 'wmsdiff is not in the PATH; try --program'
fi
case $program in
*/*) program=$(CDPATH='' cd -- "$(dirname -- "$program")" && pwd -P)/${program##*/} ;;
*) program=$(command -v "$program") || trouble "$program: not found" ;;
esac
[ -x "$program" ] || trouble "$program: cannot be run"
for tool in awk sha256sum base64 cmp timeout; do
	command -v $tool >/dev/null || trouble "$tool is missing"
done
PATH=$programs:$PATH
export PATH
for tool in cases observe; do
	command -v $tool >/dev/null || trouble "$tool of the kit is missing (looked in $programs)"
done
for id in $only; do
	awk -F '\t' -v id="$id" '$1 == id { found = 1 } END { exit !found }' "$cases" ||
		trouble "no such case: $id; try --list"
done
mkdir -p "$folder/cases" || exit 2
folder=$(CDPATH='' cd -- "$folder" && pwd -P) || exit 2

# The program itself is never written to the report under another name than it has here.
said_version=$("$program" --version 2>/dev/null) || trouble "$program: --version fails"

# ---- facts of the run ----

{
	printf 'program\t%s\n' "$program"
	printf '%s\n' "$said_version" | sed "s/^/version$tab/"
	printf 'program_sha256\t%s\n' "$(sha256sum <"$program" | sed 's/ .*//')"
	printf 'machine\t%s\n' "$(uname -srm)"
	[ ! -r /etc/os-release ] || printf 'system\t%s\n' \
		"$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release)"
	printf 'host\t%s\n' "$(uname -n)"
	printf 'user\t%s\n' "$(id -un 2>/dev/null || id -u)"
	printf 'started\t%s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')"
	printf 'kit\t%s\n' "${VALIDATION_VERSION:-@version@}"
	for file in "$cases" "$expected" "$claims" "$schema"; do
		printf 'kit_file\t%s\t%s\n' "${file##*/}" "$(sha256sum <"$file" | sed 's/ .*//')"
	done
	for tool in cases observe causes exchange2000 exchange2000dll exchange2000events \
		exchange2000listings exchange2000machine outlook outlook2016log falsifier; do
		path=$(command -v $tool) || continue
		printf 'kit_file\t%s\t%s\n' "$tool" "$(sha256sum <"$path" | sed 's/ .*//')"
	done
} >"$folder/facts.tsv"

# ---- cases ----

: >"$folder/results.tsv"
: >"$folder/inputs.tsv"
: >"$folder/runs.tsv"

# result CLAIM WHAT QUESTION EXPECTED OBSERVED: one line, of the case that is on
result() {
	result_verdict=fail
	[ "$4" != "$5" ] || result_verdict=pass
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$1" "$2" "$3" "$4" "$5" \
		"$result_verdict" >>"$folder/results.tsv"
}

# one_line: standard input with backslash, tab and line end spelled as observe does
one_line() {
	awk '{ gsub(/\\/, "\\\\"); gsub(/\t/, "\\t"); printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }'
}

# observed QUESTION: the answer of the run that is on
observed() {
	case $1 in
	status) printf '%s\n' "$run_status" ;;
	'first line') head -n 1 summary.txt | one_line ;;
	'sha256 '*) printf '%s\n' "${1#sha256 }" | observe report.xml | base64 -d 2>/dev/null |
		sha256sum | sed 's/ .*//' ;;
	'reg '*) cat reg/*.reg 2>/dev/null | tr -d '\r' | grep -cxF -e "${1#reg }" ;;
	*) printf '%s\n' "$1" | observe report.xml ;;
	esac
}

# questions: those of the case, in its folder
questions() {
	awk -F '\t' -v id="$id" '!/^#/ && $1 == id' "$expected" >questions.tsv
	while IFS="$tab" read -r _ claim what_is question answer; do
		result "$claim" "$what_is" "$question" "$answer" "$(observed "$question")"
	done <questions.tsv
}

# of_every_case: what holds whatever the case is
of_every_case() {
	sha256sum evidence/* >inputs.after
	result run.evidence 'The files of the case after the run, by names and SHA-256' \
		'sha256sum of all files, before and after' 'all as before' \
		"$(if cmp -s inputs.before inputs.after; then echo 'all as before'
		else diff inputs.before inputs.after | grep '^[<>]' | one_line; fi)"
	[ -f report.xml ] || return
	# What the report says of inputs, against sha256sum, of those that it names.
	printf '%s\n' '//input/fileobject/hashdigest' | observe report.xml |
		sed 's/ | /\n/g' | sort -u >hashes.told
	sha256sum evidence/* | sed 's/ .*//' | sort -u >hashes.true
	result run.inputs 'How many hashes of inputs the report gives that no file of the case has' \
		'//input/fileobject/hashdigest, held against sha256sum of the files' 0 \
		"$(comm -23 hashes.told hashes.true | wc -l | tr -d ' ')"
	result run.valid 'The report is valid against the schema of its format' \
		"validation by libxml2 against report.xsd" valid \
		"$(observe --valid "$schema" report.xml)"
}

# run_case: builds, runs and asks
run_case() {
	printf '%s\n' "$name" >&2
	mkdir -p "$folder/cases/$name/evidence" && cd "$folder/cases/$name" || exit 2
	(cd evidence && eval "$recipe") >recipe.txt 2>&1 ||
		trouble "$name: the recipe failed: $(head -n 1 recipe.txt)"
	sha256sum evidence/* >inputs.before
	(cd evidence && for file in *; do
		printf '%s\t%s\t%s\t%s\n' "$name" "$file" "$(wc -c <"$file" | tr -d ' ')" \
			"$(sha256sum <"$file" | sed 's/ .*//')"
	done) >>"$folder/inputs.tsv"
	run_status=0
	# shellcheck disable=SC2086 # the arguments are words
	(cd evidence && timeout 300 "$program" -o ../report.xml \
		$arguments \
		>../summary.txt 2>../messages.txt </dev/null) || run_status=$?
	printf '%s\t%s\t%s\n' "$name" "$run_status" "wmsdiff -o report.xml $arguments" \
		>>"$folder/runs.tsv"
	of_every_case
	questions
	cd "$folder" || exit 2
}

awk -F '\t' '!/^#/ && NF' "$cases" >"$folder/cases.tsv"
while IFS="$tab" read -r id formats _ recipe arguments _; do
	[ "$only" = ' ' ] || case $only in
	*" $id "*) ;;
	*) continue ;;
	esac
	for MINOR in $formats; do
		case $MINOR in
		-) name=$id ;;
		*) name=$id-v1.$MINOR ;;
		esac
		run_case </dev/null
	done
done <"$folder/cases.tsv"
first_report=$(find "$folder/cases" -name report.xml | sort | head -n 1)
[ -z "$first_report" ] || printf 'sandbox\t%s (as the first report says of its run)\n' \
	"$(echo '//execution_environment/@sandbox' | observe "$first_report")" >>"$folder/facts.tsv"

# ---- the falsifier ----

if [ "$histories" -gt 0 ] && [ "$only" = ' ' ]; then
	echo falsifier >&2
	falsified=0
	command -v falsifier >/dev/null || trouble "falsifier of the kit is missing"
	WMSDIFF=$program falsifier -s 1 -n "$histories" >"$folder/falsifier.txt" 2>&1 ||
		falsified=$?
	printf 'falsifier\t%s\n' "$falsified" >>"$folder/facts.tsv"
fi
printf 'ended\t%s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')" >>"$folder/facts.tsv"

# ---- the report ----

set -- "$claims" "$folder/facts.tsv" "$folder/cases.tsv" "$folder/runs.tsv" \
	"$folder/inputs.tsv" "$folder/results.tsv"
[ ! -f "$folder/falsifier.txt" ] || set -- "$@" "$folder/falsifier.txt"
awk -v part=report -v form=text -f "$writer" "$@" >"$folder/report.txt" &&
	awk -v part=report -v form=html -f "$writer" "$@" >"$folder/report.html" || exit 2
sed -n '/^Result: /p' "$folder/report.txt"
grep -q '^Result: passed' "$folder/report.txt"
