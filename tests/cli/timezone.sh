#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Local time beside UTC: of a named zone and by the rule of the SYSTEM hive.  What is expected
# is what date(1) makes of the report's own UTC.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"

need xmllint
samples=${SAMPLES_DIR:?is set by make check}/incident
schema=${SCHEMA_DIR:?is set by make check}/report.xsd
before=$samples/before/C/WINNT/system32/config/default
after=$samples/after/C/WINNT/system32/config/default
system=$samples/after/C/WINNT/system32/config/system

# run NAME [OPTION]...: all outputs, with the summary
run() {
	name=$1
	shift
	"$WMSDIFF" "$@" -o "$tmp/$name.xml" --html "$tmp/$name.html" \
		--timeline "$tmp/$name.csv" --timeline "$tmp/$name.jsonl" \
		"$before" "$after" >"$tmp/$name.txt" 2>"$tmp/$name.err"
}

# in_zone ZONE UTC: "2024-03-12 08:58:33 +01:00", by date(1)
in_zone() {
	TZ=$1 date -d "$2" '+%Y-%m-%d %H:%M:%S %:z'
}

# of_all NAME ZONE: each UTC of page and timeline has its local time beside it
of_all() {
	grep -o '<time datetime="[^"]*">[^<]*</time> <span class="dim local">([^)]*)' \
		"$tmp/$1.html" | sed 's/.*datetime="\([^"]*\)".*(\(.*\))/\1 \2/' | sort -u >"$tmp/page"
	wrong=0
	while read -r utc local; do
		[ "$(in_zone "$2" "$utc")" = "$local" ] || wrong=$((wrong + 1))
	done <"$tmp/page"
	is "$wrong" 0 "$1: local times of the page"
	ok "$1: there are some" [ "$(wc -l <"$tmp/page")" -gt 3 ]
	sed -n 's/.*"datetime": *"\([^"]*\)".*"local_time": *"\([^"]*\)".*/\1 \2/p' \
		"$tmp/$1.jsonl" | sort -u >"$tmp/line"
	wrong=0
	while read -r utc local; do
		[ "$(in_zone "$2" "$utc")" = "$local" ] || wrong=$((wrong + 1))
	done <"$tmp/line"
	is "$wrong" 0 "$1: local times of the timeline"
	ok "$1: as many as there are times" [ "$(wc -l <"$tmp/line")" -gt 3 ]
}

run plain
ok 'without the option: no local time' [ "$(grep -c 'class="dim local"' "$tmp/plain.html")" = 0 ]
is "$(tail -n 1 "$tmp/plain.csv" | tr -d '\r' | sed 's/.*,//')" '' 'without the option: an empty column'

if [ -f "${TZDIR:-/usr/share/zoneinfo}/Europe/Berlin" ] && TZ=Europe/Berlin date -d 2024-01-01 >"$tmp/null" 2>&1; then
	for zone in Europe/Berlin America/New_York Asia/Kolkata Australia/Lord_Howe; do
		name=$(echo "$zone" | tr / -)
		run "$name" --time-zone "$zone"
		is "$?" 1 "$zone: found what it finds"
		ok "$zone: the report is valid" xmllint --nonet --noout --schema "$schema" "$tmp/$name.xml"
		of_all "$name" "$zone"
		ok "$zone: the summary says which" grep -q "^local     $zone, as named" "$tmp/$name.txt"
		ok "$zone: the moment, in local time" grep -q -F \
			"($(in_zone "$zone" 2003-03-18T09:14:07Z))" "$tmp/$name.txt"
		# A page that is made later says the same.
		"$WMSDIFF" --render --html "$tmp/later.html" "$tmp/$name.xml" >"$tmp/null" 2>&1
		ok "$zone: the page made from the report is the same" cmp -s "$tmp/$name.html" "$tmp/later.html"
		# But for the element and its command line it is the report without.
		sed '/<time_zone/,/<\/time_zone>/d; /command_line\|start_time/d; /dfxml:mtime/d' \
			"$tmp/$name.xml" >"$tmp/a"
		sed '/command_line\|start_time/d; /dfxml:mtime/d' "$tmp/plain.xml" >"$tmp/b"
		ok "$zone: all else of the report is UTC" cmp -s "$tmp/a" "$tmp/b"
	done
	run hive --time-zone system --system "$system"
	ok 'system: the report is valid' xmllint --nonet --noout --schema "$schema" "$tmp/hive.xml"
	# The server's rule is that of Central Europe since 1996.
	of_all hive Europe/Berlin
	load "$tmp/hive.xml"
	is "$(query '//time_zone/@source') $(query '//time_zone/@name')" \
		'system_hive Central Europe Standard Time' 'system: whose rule it is'
	is "$(query '//input[@id=//time_zone/@input]/@role')" system 'system: which file tells it'
	ok 'system: the summary says so' grep -q '^local     Central Europe Standard Time, by the rule' "$tmp/hive.txt"
else
	skip 'named zones' 'no tzdata'
fi

run none --time-zone system
ok 'no SYSTEM hive: the report is valid' xmllint --nonet --noout --schema "$schema" "$tmp/none.xml"
ok 'no SYSTEM hive: that is told' grep -q '^local     not shown: no SYSTEM hive tells' "$tmp/none.txt"
ok 'no SYSTEM hive: no local time' [ "$(grep -c 'class="dim local"' "$tmp/none.html")" = 0 ]

for zone in '' Europe/Atlantis ../etc/passwd /etc/localtime CET-1CEST; do
	rm -f "$tmp/wrong.xml"
	run wrong --time-zone "$zone"
	is "$?" 2 "'$zone': refused"
	is "$(grep -c 'no such time zone' "$tmp/wrong.err")" 1 "'$zone': in one line"
	ok "'$zone': nothing is written" [ ! -e "$tmp/wrong.xml" ]
done

done_testing
