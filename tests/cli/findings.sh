#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --format: a line for each finding instead of the summary, held against the report of the
# same run and the recipe of the incident sample.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint awk

sample=${SAMPLES_DIR:?is set by make check}/exchange2000
before=$sample-before.DEFAULT
after=$sample-after.DEFAULT
columns=subject,sid,profile,kind,from,to,moment,certainty,time_certainty,fate,cause,grade,restore,restore_reason,restore_file,report,change,role,profile_utf16,store_path,new_name,new_store_path,before_file,after_file,note

# run STATUS NAME ARGUMENT...
run() {
	run_status=$1 run_name=$2
	shift 2
	status "$run_status" "$run_name" timeout -k 1 60 "$WMSDIFF" "$@"
}

# usage NAME REGEX ARGUMENT...: what is wrong with the command line is said
usage() {
	usage_name=$1 usage_regex=$2
	shift 2
	run 2 "$usage_name" "$@"
	is "$(sed -n 1p "$tmp/err" | grep -c "$usage_regex")/$(cat "$tmp/out")" 1/ \
		"$usage_name: said so"
}

# value FIELD: of each line of JSON on standard input, empty where it has none
value() {
	awk -v field="$1" '{
		if (!match($0, "\"" field "\":\"")) { print ""; next }
		rest = substr($0, RSTART + RLENGTH)
		match(rest, /^([^"\\]|\\.)*/)
		print substr(rest, 1, RLENGTH)
	}'
}

# ---- a pair ----

run 1 'the incident as JSON lines' --format jsonl -o "$tmp/report.xml" --restore "$tmp/reg" \
	--mapi32 "$sample-mapi32.dll" --system "$sample-SYSTEM" --software "$sample-SOFTWARE" \
	"$before" "$after"
cp "$tmp/out" "$tmp/lines"
is "$(cat "$tmp/err")" '' 'nothing is said'
load "$tmp/report.xml"
is "$(wc -l <"$tmp/lines" | tr -d ' ')" "$(list '//change/@id' | wc -l | tr -d ' ')" \
	'a line for each change'
# The sample lost seven profiles: see samples/exchange2000.c.
is "$(grep -c '"kind":"deleted"' "$tmp/lines")" 7 'seven are deleted'
for pair in change:@id profile:@profile kind:@kind certainty:@certainty \
	store_path:@store_path moment:deletion/@at from:deletion/@earliest \
	to:deletion/@latest restore:restore/@outcome restore_file:restore/@file; do
	is "$(value "${pair%%:*}" <"$tmp/lines" | grep . | sed 's/\\\\/\\/g' | sort)" \
		"$(list "//change/${pair#*:}" | sort)" "${pair%%:*} is that of the report"
done
is "$(value cause <"$tmp/lines" | sort -u)/$(value grade <"$tmp/lines" | sort -u)" \
	"$(list '//diagnosis[@rank="best_of_all"]/@cause')/$(list \
		'//diagnosis[@rank="best_of_all"]/@grade')" 'cause and grade are the best'
is "$(value report <"$tmp/lines" | sort -u)" "$tmp/report.xml" 'the report is named'
is "$(value after_file <"$tmp/lines" | sort -u)" "$after" 'and the hive'
is "$(LC_ALL=C tr -d '\n -~' <"$tmp/lines" | wc -c | tr -d ' ')" 0 'all of it is ASCII'
if command -v jq >/dev/null; then
	is "$(jq -r .kind <"$tmp/lines")" "$(value kind <"$tmp/lines")" 'jq reads it'
else
	skip 1 'there is no jq'
fi

run 1 'the same as CSV' --format csv --restore "$tmp/reg2" "$before" "$after"
cp "$tmp/out" "$tmp/table"
is "$(sed -n 1p "$tmp/table")" "$(printf '%s\r' "$columns")" 'the columns'
is "$(wc -l <"$tmp/table" | tr -d ' ')" 8 'a record is a line'
is "$(grep -vc "$(printf '\r')\$" "$tmp/table")" 0 'CR LF ends each'
is "$(cut -d , -f 3 "$tmp/table" | sed 1d)" "$(value profile <"$tmp/lines")" \
	'the same profiles'
run 1 'once more' --format csv --restore "$tmp/reg3" "$before" "$after"
is "$(sed "s,$tmp/reg3,$tmp/reg2," "$tmp/out")" "$(cat "$tmp/table")" \
	'the same input gives the same bytes'
if command -v python3 >/dev/null; then
	is "$(python3 -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], newline="")): print(row["profile"], row["kind"])' \
		"$tmp/table")" "$(value profile <"$tmp/lines" | sed 's/$/ deleted/')" \
		'python reads it'
else
	skip 1 'there is no python'
fi

# ---- what else there can be ----

run 0 'nothing changed' --format jsonl "$before" "$before"
is "$(value kind <"$tmp/out")/$(value note <"$tmp/out")" 'unchanged/no profile is gone' \
	'says so in a line'
run 1 'one hive' --format jsonl "$after"
is "$(value kind <"$tmp/out" | sort | uniq -c | tr -s ' ')" ' 7 recovered' \
	'tells what is recovered'
run 0 'one hive that lost nothing' --format jsonl "$before"
is "$(value kind <"$tmp/out")" none_found 'says so'
head -c 20000 "$after" >"$tmp/cut"
run 2 'a hive that is cut off' --format jsonl --same-subject "$before" "$tmp/cut"
is "$(grep -c '"kind":"incomplete"' "$tmp/out")" 1 'a line says that it is incomplete'
run 0 'the status is that of the run' --format csv --exit-zero "$before" "$after"

# ---- with other outputs ----

run 1 'with a page alone' --format jsonl --html "$tmp/page.html" "$before" "$after"
ok 'the page is whole' grep -q '</html>' "$tmp/page.html"
is "$(value report <"$tmp/out" | sort -u)" '' 'no report is named'
run 1 'quiet or not' -q --format csv "$before" "$after"
is "$(wc -l <"$tmp/out" | tr -d ' ')" 8 'lines are no summary'
usage 'the report on standard output' '^wmsdiff: --format and --output -' --format csv -o - \
	"$before"
if "$WMSDIFF" --version | grep -q libxslt; then
	usage 'the page there' '^wmsdiff: --format and --html -' --format csv --html - "$before"
fi
usage 'another format' '^wmsdiff: --format takes csv or jsonl: xml' --format xml "$before"
usage 'a report that is read again' '^wmsdiff: --validate and --render read a report' \
	--validate --format csv "$tmp/report.xml"
if [ -w /dev/full ]; then
	# shellcheck disable=SC2016 # the inner shell expands
	status 2 'a full disk' sh -c '"$0" --format csv "$1" >/dev/full' "$WMSDIFF" "$before"
fi
done_testing
