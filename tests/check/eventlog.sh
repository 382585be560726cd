#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample of an event log as another program reads it: evtinfo and evtexport.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

need evtinfo evtexport
log=$tmp/Application.evt

status 1 'exchange2000events wants one operand' "$SAMPLES_DIR/exchange2000events"
ok 'exchange2000events writes a log' "$SAMPLES_DIR/exchange2000events" "$log"
ok 'it writes the same log again' cmp "$log" "$SAMPLES_DIR/exchange2000-Application.evt"

ok 'evtinfo reads it' evtinfo "$log"
is "$(sed -n 's/^[[:blank:]]*\(Version\|Number of[a-z ]*\)[[:blank:]]*: /\1 /p' "$tmp/out" |
	tr -s ' \t' ' ')" \
	'Version 1.1
Number of records 54
Number of recovered records 0' 'evtinfo: version and number of records'
ok 'evtinfo: no fault in it' sh -c "! grep -qi corrupt '$tmp/out'"

# One line for each event: number, time, type, source, computer, category, identifier.
ok 'evtexport reads it' evtexport "$log"
awk -F '[[:blank:]]*: ' '
	$1 == "Event number" { number = $2 }
	$1 == "Creation time" { time = $2 }
	$1 == "Event type" { type = $2; sub(/ event.*/, "", type) }
	$1 == "Computer name" { computer = $2 }
	$1 == "Source name" { source = $2 }
	$1 == "Event category" { category = $2 }
	$1 == "Event identifier" { split($2, id, " ") }
	$1 == "Number of strings" {
		print number "|" time "|" type "|" source "|" computer "|" category \
			"|" id[1] "|" $2
	}' "$tmp/out" >"$tmp/events"
is "$(wc -l <"$tmp/events")" 54 'evtexport: number of events'
is "$(cut -d'|' -f5 "$tmp/events" | sort -u)" EXCH01 'evtexport: the computer'
is "$(cut -d'|' -f1 "$tmp/events" | paste -s -d' ' -)" "$(seq 54 | paste -s -d' ' -)" \
	'evtexport: numbers'

# What stands at the head of the recipe, as another reader sees it.
is "$(grep -E 'MSExchangeSA|MSExchangeES' "$tmp/events")" \
	'3|Mar 10, 2003 05:59:02 UTC|Information|MSExchangeSA|EXCH01|1|0x400403e8|1
6|Mar 10, 2003 06:00:05 UTC|Information|MSExchangeES|EXCH01|1|0x40040001|0
37|Mar 16, 2003 09:14:30 UTC|Error|MSExchangeSA|EXCH01|3|0xc00423d7|2
44|Mar 17, 2003 05:00:12 UTC|Error|MSExchangeSA|EXCH01|5|0xc004138c|2
45|Mar 17, 2003 13:20:45 UTC|Error|MSExchangeES|EXCH01|0|0xc004000b|2
52|Mar 18, 2003 09:14:09 UTC|Error|MSExchangeSA|EXCH01|9|0xc00423f2|2
53|Mar 18, 2003 09:15:02 UTC|Error|MSExchangeES|EXCH01|0|0xc004000b|2' \
	'evtexport: the events of the incident and those like them'
is "$(cut -d'|' -f4 "$tmp/events" | LC_ALL=C sort | uniq -c | tr -s ' ' ' ')" \
	' 8 ESE BACKUP
 1 EventSystem
 10 ExampleBackupAgent
 9 LicenseService
 3 MSExchangeES
 2 MSExchangeIS
 16 MSExchangeIS Mailbox
 1 MSExchangeMTA
 4 MSExchangeSA' 'evtexport: sources'
is "$(grep -c '0x80004005$' "$tmp/out")" 2 'evtexport: the error code stands in two'
is "$(sed -n 's/^User security identifier[[:blank:]]*: //p' "$tmp/out")" S-1-5-18 \
	'evtexport: one event is of LocalSystem'
done_testing
