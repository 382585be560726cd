#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample of an event log of Windows Vista and later as other programs read it: evtinfo and
# evtexport of libevtx, and python-evtx where it is installed (PYTHON names a Python that has
# it).  Both must read each event alike.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

log=$tmp/Application.evtx

status 1 'profileevents wants one operand' "$SAMPLES_DIR/profileevents"
ok 'profileevents writes a log' "$SAMPLES_DIR/profileevents" "$log"
ok 'it writes the same log again' cmp "$log" "$SAMPLES_DIR/profileevents-Application.evtx"

# number|id|level|provider|computer|user|strings of each event
wanted='114|1508|2|Microsoft-Windows-User Profiles Service|PC17.example.com|S-1-5-21-1085031214-1563985344-725345543-1127|2
115|1515|2|Microsoft-Windows-User Profiles Service|PC17.example.com|S-1-5-21-1085031214-1563985344-725345543-1127|0
116|1511|2|Microsoft-Windows-User Profiles Service|PC17.example.com|S-1-5-21-1085031214-1563985344-725345543-1127|0
196|1511|2|Microsoft-Windows-User Profiles Service|PC17.example.com|S-1-5-21-1085031214-1563985344-725345543-1131|0'
# 22 days of 14 events, and 6 more
events=314

# read_alike NAME: what stands in $tmp/NAME is as the recipe has it
read_alike() {
	is "$(wc -l <"$tmp/$1" | tr -d ' ')" "$events" "$1: number of events"
	is "$(cut -d'|' -f1 "$tmp/$1" | paste -s -d' ' -)" "$(seq "$events" | paste -s -d' ' -)" \
		"$1: numbers"
	is "$(grep -E '^[0-9]+\|15(08|11|15)\|' "$tmp/$1")" "$wanted" \
		"$1: the events of the temporary profile"
	is "$(cut -d'|' -f4 "$tmp/$1" | LC_ALL=C sort | uniq -c | tr -s ' ' ' ')" \
		' 242 ESENT
 26 Microsoft-Windows-User Profiles Service
 2 MsiInstaller
 22 Outlook
 22 VSS' "$1: providers"
	is "$(grep '|1036|' "$tmp/$1" | cut -d'|' -f3-7)" \
		'4|MsiInstaller|PC17.example.com|S-1-5-18|6' "$1: an update"
}

if command -v evtxexport >/dev/null && command -v evtxinfo >/dev/null; then
	ok 'evtxinfo reads it' evtxinfo "$log"
	is "$(sed -n 's/^[[:blank:]]*\(Version\|Number of[a-z ]*\)[[:blank:]]*: /\1 /p' \
		"$tmp/out" | tr -s ' \t' ' ')" \
		"Version 3.1
Number of records $events
Number of recovered records 0" 'evtxinfo: version and number of records'
	ok 'evtxinfo: no fault in it' sh -c "! grep -qi corrupt '$tmp/out'"
	ok 'evtxexport reads it' evtxexport "$log"
	# The library shows an array that is empty as one empty string.
	awk -F '[[:blank:]]*: ' '
		$1 == "Event number" { number = $2; user = "" }
		$1 == "Event level" { level = $2; gsub(/.*\(|\).*/, "", level) }
		$1 == "User security identifier" { user = $2 }
		$1 == "Computer name" { computer = $2 }
		$1 == "Source name" { source = $2 }
		$1 == "Event identifier" { id = $2; gsub(/.*\(|\).*/, "", id) }
		$1 == "Number of strings" {
			print number "|" id "|" level "|" source "|" computer "|" user "|" $2
		}' "$tmp/out" >"$tmp/evtxexport"
	read_alike evtxexport
	is "$(grep -c 'Written time.*Mar 09, 2016 08:01:13.123456700 UTC' "$tmp/out")" 1 \
		'evtxexport: a time'
	is "$(sed -n 's/^String: 2[[:blank:]]*: //p' "$tmp/out" | grep ntuser)" \
		'C:\Users\Müller\ntuser.dat' 'evtxexport: a string'
else
	skip 11 'evtxexport is not installed'
fi

python=${PYTHON:-python3}
if "$python" -c 'import Evtx.Evtx' 2>/dev/null; then
	cat >"$tmp/read.py" <<-'END'
		import re
		import sys
		import xml.etree.ElementTree as tree
		from Evtx.Evtx import Evtx

		space = "{http://schemas.microsoft.com/win/2004/08/events/event}"
		with Evtx(sys.argv[1]) as log:
		    header = log.get_file_header()
		    assert header.verify() and not header.is_dirty() and not header.is_full()
		    assert header.next_record_number() == int(sys.argv[2]) + 1
		    for chunk in log.chunks():
		        assert chunk.verify()
		    for record in log.records():
		        event = tree.fromstring(record.xml())
		        system = event.find(space + "System")
		        data = [d.text or "" for d in event.iter(space + "Data")]
		        # an array comes as text: <string>...</string>
		        arrays = sum((re.findall("<string>", d) for d in data), [])
		        n = len(arrays) if arrays else len([d for d in data if d])
		        print("|".join((
		            system.find(space + "EventRecordID").text,
		            system.find(space + "EventID").text,
		            system.find(space + "Level").text,
		            system.find(space + "Provider").get("Name"),
		            system.find(space + "Computer").text,
		            system.find(space + "Security").get("UserID") or "",
		            str(n))))
	END
	ok 'python-evtx reads it' "$python" "$tmp/read.py" "$log" "$events"
	cp "$tmp/out" "$tmp/python-evtx"
	read_alike python-evtx
	if [ -e "$tmp/evtxexport" ]; then
		# An array of no strings is one empty string to the one, none to the other.
		for name in evtxexport python-evtx; do
			sed 's/\(|VSS|.*\)|[01]$/\1|0/' "$tmp/$name" >"$tmp/$name.same"
		done
		is "$(cat "$tmp/python-evtx.same")" "$(cat "$tmp/evtxexport.same")" \
			"both read all $events events alike"
	fi
else
	skip 6 'python-evtx is not installed'
fi
done_testing
