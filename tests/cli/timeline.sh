#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Timelines: the known times of the incident sample in all three formats, held against
# its recipe, the bytes of the evidence, the XML report, and what mactime and jq read;
# what is refused, and that the same input gives the same bytes.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint od sha256sum date

sample=${SAMPLES_DIR:?is set by make check}/exchange2000
before=$sample-before.DEFAULT
after=$sample-after.DEFAULT
events=$sample-Application.evt

# run STATUS NAME ARGUMENT...
run() {
	run_status=$1 run_name=$2
	shift 2
	status "$run_status" "$run_name" timeout -k 1 60 "$WMSDIFF" -q -o "$tmp/report.xml" "$@"
}

# value FIELD: of each line of a .jsonl, empty where it has none
value() {
	awk -v field="$1" '{
		if (!match($0, "\"" field "\":")) { print ""; next }
		rest = substr($0, RSTART + RLENGTH)
		if (sub(/^"/, "", rest)) match(rest, /^([^"\\]|\\.)*/)
		else match(rest, /^([0-9]+|\[[^]]*\])/)
		print substr(rest, 1, RLENGTH)
	}'
}

# of KIND [FILE]: the lines of that kind
of() {
	grep "\"kind\":\"$1\"" "${2:-$tmp/t.jsonl}"
}

# micro "DATE TIME" TICKS [MINUTES]: microseconds since 1970 as the recipe's clock has them
micro() {
	echo $((($(date -u -d "$1" +%s) + 60 * ${3:-0}) * 1000000 + $2 * 15625))
}

# dates XPATH: of the report, cut to microseconds, each once
dates() {
	list "$1" | sed 's/[0-9]Z$/+00:00/' | sort -u
}

# ---- all of it ----

set -- --mapi32 "$sample-mapi32.dll" --modules "$sample-tlist-s.txt" --system "$sample-SYSTEM" \
	--software "$sample-SOFTWARE" --events "$events" "$before" "$after"
run 1 'the incident' --full --timeline "$tmp/t.jsonl" --timeline "$tmp/t.csv" \
	--timeline "$tmp/t.body" "$@"
is "$(cat "$tmp/err")" '' 'nothing is said'
load "$tmp/report.xml"
n=$(wc -l <"$tmp/t.jsonl")
ok 'there are events' test "$n" -gt 30

# What Timesketch asks for.
is "$(grep -cvE '^\{"message":"([^"\\]|\\.)+","datetime":"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{6}\+00:00","timestamp":[1-9][0-9]*,"timestamp_desc":"[A-Z][A-Za-z ]+",.*\}$' "$tmp/t.jsonl")" \
	0 'each line has the fields that must be there, in their form'
if command -v jq >/dev/null; then
	is "$(jq -c 'select((.message | length) > 0 and (.timestamp | type) == "number" and
		.timestamp == (.timestamp | floor) and (.timestamp_desc | type) == "string" and
		((.tag // []) | type) == "array" and
		(.datetime | .[0:19] + "Z" | fromdate) == (.timestamp / 1000000 | floor) and
		.host == "EXCH01")' "$tmp/t.jsonl" | wc -l)" "$n" 'jq reads each as an object of its own'
else
	skip 1 'there is no jq'
fi
value timestamp <"$tmp/t.jsonl" >"$tmp/timestamps"
ok 'in order of time' sort -nc "$tmp/timestamps"

# ---- what the recipe says ----

purge=$(micro '2003-03-18 09:14:07' 19)
is "$(of deleted | value timestamp | sort | uniq -c | tr -s ' ')" " 7 $purge" \
	'seven profiles are deleted in one tick'
is "$(of deleted | value profile | sed 's/ 0000[0-9a-f]*$//' | sort | tr '\n' ,)" \
	'EXCH01-LME-GWISE V5.5,EXCH01-LME-NOTES,Event Script,Exchange Administrator,Fax Gateway,Mailbox Manager,{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2},' \
	'and which'
is "$(of deletion_end | value timestamp | sort -u)" "$purge" 'nothing went later'
is "$(of deletion_start | value timestamp_desc | sort -u)" 'Deletion window start' \
	'the start of the window is called so'
is "$(of deletion_end | value timestamp_desc | sort -u)" 'Deletion window end' 'and its end'
start='2003-03-10 05:58:12'
for row in 1704:6 1308:7 2032:9 2420:11; do
	pid=${row%:*}
	is "$(of profile_made | grep "made by process $pid," | value timestamp)" \
		"$(micro "$start" $((18 + pid % 64)) "${row#*:}")" "when process $pid made its profile"
done
is "$(of profile_made | wc -l)" 4 'other names tell no time'
is "$(of hive | value timestamp | tr '\n' ' ')" \
	"$(micro '2003-03-17 18:30:02' 40) $(micro '2003-03-18 11:42:36' 2) " 'when the hives were written'
is "$(of list_key | value timestamp | sort | uniq -c | awk -v purge="$purge" '$2 == purge { print $1 }')" \
	2 'the purge stamped both lists'
is "$(of list_key | value change | sort | tr '\n' , )" ',,c1 c2 c3 c4,c5 c6 c7,' \
	'which is shown with the changes'
is "$(of hotfix | value message | wc -l) $(of hotfix | grep -c Q320436)" '1 1' \
	'of the hotfixes that of Exchange is told: the others are from long before'
is "$(of event | grep 'Event 9202 of MSExchangeSA' | value timestamp)" \
	"$(micro '2003-03-18 09:14:09' 0)" 'the event that names the fault'
is "$(of event | value tag | sort -u)" '["sign"]' 'is tagged as a sign'
is "$(grep -c '"bound"' "$tmp/t.jsonl") $(grep '"bound"' "$tmp/t.jsonl" |
	grep -cE 'not (before|after) this time \(a bound: ')" '14 14' 'a bound says that it is one'
is "$(of deleted | grep -c bound)" 0 'a moment does not'
ok 'the build of Mapi32.dll is no event' sh -c "! grep -qi mapi32 '$tmp/t.jsonl'"

# ---- what the bytes say ----

# Of each event with an offset: FILETIME, 4 behind the beginning of a key's record, or at
# 12 of the header; in an event, seconds since 1970 at 12 of the record.
for field in kind source_file offset filetime timestamp; do
	value "$field" <"$tmp/t.jsonl" >"$tmp/field.$field"
done
tab=$(printf '\t')
wrong='' seen=0
paste "$tmp/field.kind" "$tmp/field.source_file" "$tmp/field.offset" "$tmp/field.filetime" \
	"$tmp/field.timestamp" >"$tmp/places"
while IFS=$tab read -r kind file offset filetime timestamp; do
	case $kind:$offset in
	file:*) continue ;; # nothing in the file tells it
	hive:*) at=$offset size=8 ;;
	event:*) at=$((offset + 12)) size=4 filetime=$((timestamp / 1000000)) ;;
	profile_made:*) seen=$((seen + 1)) && continue ;; # the name, see above
	*:12) at=12 size=8 ;;
	*) at=$((offset + 4)) size=8 ;;
	esac
	[ "$(od --endian=little -An "-tu$size" -j "$at" -N "$size" "$file" | tr -d ' ')" = "$filetime" ] ||
		wrong="$wrong$kind $file $offset
"
	seen=$((seen + 1))
done <"$tmp/places"
is "$wrong" '' 'at each place stands that time'
is $((n - seen)) 2 'all but the times of the files have their place'
wrong=''
value source_sha256 <"$tmp/t.jsonl" | paste - "$tmp/field.source_file" | sort -u >"$tmp/hashes"
while IFS=$tab read -r hash file; do
	[ "$(sha256sum <"$file")" = "$hash  -" ] || wrong="$wrong $file"
done <"$tmp/hashes"
is "$wrong" '' 'each file has its hash'
is "$(of file | value timestamp | cut -c 1-10 | sort -u)" \
	"$(stat -c %Y "$before" "$after" | sort -u)" 'the files have the times that stat tells'

# ---- what the report says ----

same() { # KIND XPATH NAME
	is "$(of "$1" | value datetime | sort -u)" "$(dates "$2")" "$3 as in the report"
}
same profile_key '//snapshot/store/profile/@mtime' 'keys of profiles'
same list_key '//store/@mtime' 'lists'
same hive '//input[@role="hive"]/hive/@last_written' 'headers'
same profile_made '//generated_name/@created' 'makings'
same hotfix '//hotfix/@installed' 'hotfixes'
same event '//event_log/event/@time' 'events'
for id in c1 c2 c3 c4 c5 c6 c7; do
	for pair in deletion_start:earliest deletion_end:latest deleted:at; do
		is "$(of "${pair%:*}" | grep "\"change\":\"$id\"" | value datetime)" \
			"$(dates "//change[@id='$id']/deletion/@${pair#*:}")" "$id: ${pair#*:}"
	done
	is "$(of deleted | grep "\"change\":\"$id\"" | value profile)" \
		"$(query "//change[@id='$id']/@profile")" "$id: the profile"
	is "$(of deleted | grep "\"change\":\"$id\"" | value change_certainty)" \
		"$(query "//change[@id='$id']/@certainty")" "$id: the certainty"
	# Of the time there is a mark of its own: a bound is never sure by the change's.
	for pair in deletion_start:not_before deletion_end:not_after; do
		is "$(of "${pair%:*}" | grep "\"change\":\"$id\"" | value time_is)" \
			"${pair#*:}" "$id: a bound"
	done
	confirmed=$(query "//change[@id='$id']/deletion/@confirmed")
	is "$(of deleted | grep "\"change\":\"$id\"" | value time_is)" \
		"$([ "$confirmed" = 1 ] && echo confirmed || echo moment)" "$id: the moment"
done

# ---- the other formats ----

# Quoted cells are blanked first, so that commas separate.
awk 'BEGIN { FS = "," } { gsub(/"([^"]|"")*"/, "quoted"); sub(/\r$/, ""); print NF }' \
	"$tmp/t.csv" | sort | uniq -c | tr -s ' ' >"$tmp/columns"
is "$(cat "$tmp/columns")" " $((n + 1)) 19" 'the CSV has as many rows, of one width'
is "$(grep -c "$(printf '\r')\$" "$tmp/t.csv")" $((n + 1)) 'each ends with CR LF'
is "$(sed 1d "$tmp/t.csv" | sed -e 's/"\([^"]\|""\)*"/quoted/g' | cut -d , -f 2-5)" \
	"$(for field in datetime timestamp timestamp_desc kind; do
		value "$field" <"$tmp/t.jsonl" >"$tmp/$field"
	done
	paste -d , "$tmp/datetime" "$tmp/timestamp" "$tmp/timestamp_desc" "$tmp/kind")" \
	'it has the same events'
if command -v python3 >/dev/null; then
	is "$(python3 -c 'import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
lines = [json.loads(line) for line in open(sys.argv[2], encoding="ascii")]
as_text = lambda v: ",".join(v) if isinstance(v, list) else str(v)
print(rows == [{k: as_text(line.get(k, "")) for k in rows[0]} for line in lines])' \
		"$tmp/t.csv" "$tmp/t.jsonl")" True 'python reads the same from both'
else
	skip 1 'there is no python3'
fi
is "$(grep -cvE '^0\|[^|]+(\|0){6}\|([1-9][0-9]*\|0\|0|0\|0\|[1-9][0-9]*)$' "$tmp/t.body")" 0 \
	'the body file has eleven fields and one time a line'
if command -v mactime >/dev/null; then
	ok 'mactime reads it' mactime -b "$tmp/t.body" -z UTC -y -d 1970-01-02
	is "$(sed 1d "$tmp/out" | cut -d , -f 1 | sort)" \
		"$(value datetime <"$tmp/t.jsonl" | sed 's/\..*/Z/' | sort)" 'and the same seconds from it'
	is "$(grep -c ',\.\.\.b,' "$tmp/out") $(grep -c ',m\.\.\.,' "$tmp/out")" "4 $((n - 4))" \
		'four are born, the others modified'
else
	skip 3 'there is no mactime'
fi

# ---- other inputs ----

run 1 'one hive' --timeline "$tmp/one.jsonl" "${sample}alone-after.DEFAULT"
is "$(of deleted "$tmp/one.jsonl" | value timestamp | sort | uniq -c | tr -s ' ')" " 5 $purge" \
	'the moments that a single hive still shows'
# Windows 2000 wrote over the mark of its key.
is "$(of deletion_end "$tmp/one.jsonl" | grep '"Exchange Administrator"' | value timestamp)" \
	"$purge" 'of a sixth profile only the bound'
is "$(of deleted "$tmp/one.jsonl" | value change | tr -d '\n')" '' 'are of no change'
run 1 'a dirty hive' --timeline "$tmp/log.jsonl" "${sample}log-after.DEFAULT"
is "$(of deletion_end "$tmp/log.jsonl" | value source_file | sort -u)" \
	"${sample}log-after.DEFAULT.LOG" 'what only the log tells is shown there'
run 1 'a series' --timeline "$tmp/series.jsonl" "$before" "$after" "${sample}alone-after.DEFAULT"
is "$(of deleted "$tmp/series.jsonl" | value change | sort | tr '\n' ' ')" 'c1 c2 c3 c4 c5 c6 c7 ' \
	'what a change tells is not told again'
run 1 'without recovery' --no-recover --timeline "$tmp/no.jsonl" "$before" "$after"
is "$(of deleted "$tmp/no.jsonl")" '' 'no moment without recovery'
is "$(of deletion_start "$tmp/no.jsonl" | value timestamp | sort -u)" \
	"$(micro '2003-03-17 18:30:02' 40)" 'but the evening before as a bound'

# The last write of a profile's key set to numbers that are no times.
offset=$(of profile_key | grep '"profile":"Backup Agent' | value offset)
cp "$after" "$tmp/hive"
printf '\0\0\0\0\0\0\0\0' | dd of="$tmp/hive" bs=1 seek=$((offset + 4)) conv=notrunc 2>/dev/null
run 0 'a time never set' --no-recover --timeline "$tmp/zero.jsonl" "$tmp/hive"
is "$(of profile_key "$tmp/zero.jsonl")" '' 'is no event'
is "$(cat "$tmp/err")" '' 'and nothing is said of it'
for bytes in '\01\0\0\0\0\0\0\0' '\0377\0377\0377\0377\0377\0377\0377\0177'; do
	printf '%b' "$bytes" | dd of="$tmp/hive" bs=1 seek=$((offset + 4)) conv=notrunc 2>/dev/null
	run 0 "a time outside of all formats: $bytes" --no-recover --timeline "$tmp/far.jsonl" \
		"$tmp/hive"
	is "$(of profile_key "$tmp/far.jsonl")" '' 'is left out'
	is "$(grep -c 'timeline: 1 event left out' "$tmp/err")" 1 'which is said'
done

# ---- the same bytes ----

for format in jsonl csv body; do
	SOURCE_DATE_EPOCH=1 run 1 "$format again" -j 1 --timeline "$tmp/again.$format" "$@"
	ok "$format: the same input gives the same bytes" cmp "$tmp/t.$format" "$tmp/again.$format"
done

# ---- what is refused ----

# refused NAME MESSAGE ARGUMENT...
refused() {
	refused_name=$1 refused_message=$2
	shift 2
	status 2 "$refused_name" timeout -k 1 60 "$WMSDIFF" -q -o "$tmp/none.xml" "$@"
	is "$(grep -cF "$refused_message" "$tmp/err")" 1 "$refused_name: told"
}
refused 'another ending' 'ends in .jsonl, .csv or .body' --timeline "$tmp/t.json" "$before" "$after"
refused 'standard output' 'ends in .jsonl, .csv or .body' --timeline - "$before" "$after"
refused 'four' 'too many --timeline' --timeline a.csv --timeline b.csv --timeline c.csv \
	--timeline d.csv "$before"
refused 'one file twice' 'written twice' --timeline "$tmp/a.csv" --timeline "$tmp/a.csv" "$before"
refused 'the report' 'written twice' --timeline "$tmp/a.csv" -o "$tmp/a.csv" "$before"
ok 'nothing was written' test ! -e "$tmp/none.xml" -a ! -e "$tmp/a.csv" -a ! -e "$tmp/t.json"
for name in hive.jsonl hive.csv hive.body; do
	cp "$before" "$tmp/$name"
	ln -sf "$tmp/$name" "$tmp/link.${name#*.}"
	refused "evidence, $name" 'is evidence; it is never written to' --timeline "$tmp/$name" \
		"$tmp/$name"
	refused "a link to evidence, $name" 'is evidence; it is never written to' \
		--timeline "$tmp/link.${name#*.}" "$tmp/$name"
	ok "$name is as it was" cmp "$before" "$tmp/$name"
done
refused 'no such folder' 'No such file' --timeline "$tmp/none/t.csv" "$before" "$after"
if [ -c /dev/full ]; then
	for format in jsonl csv body; do
		ln -sf /dev/full "$tmp/full.$format"
		refused "device full, $format" 'No space left' --timeline "$tmp/full.$format" \
			"$before" "$after"
	done
else
	skip 6 'there is no /dev/full'
fi
# A disk that is full at 8 KiB: the timeline is larger.
# shellcheck disable=SC2016 # expanded there
status 2 'disk full' sh -c 'trap "" XFSZ; ulimit -f 16
	exec "$0" -q -o /dev/null --timeline "$1" "$2" "$3"' \
	"$WMSDIFF" "$tmp/cut.jsonl" "$before" "$after"
is "$(find "$tmp" -name 'cut.jsonl' -o -name '.wmsdiff-*')" '' 'nothing is left of it'

done_testing
