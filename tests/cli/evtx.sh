#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Event logs of Windows Vista and later beside the hives: what the report says of a sound
# one, of damaged ones, and of those in a collection.  Events and times are those of
# samples/profileevents, the loss that of samples/outlook.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint dd

s=${SAMPLES_DIR:?is set by make check}
before=$s/outlook-before.NTUSER.DAT after=$s/outlook-after.NTUSER.DAT
log=$s/profileevents-Application.evtx

# report ARGUMENT...: of the pair; the exit status in $code
report() {
	code=0
	"$WMSDIFF" -o "$tmp/report.xml" "$@" >"$tmp/page" 2>"$tmp/err" </dev/null || code=$?
}

# value XPATH: what it comes to in the report
value() {
	xmllint --xpath "string($1)" "$tmp/report.xml"
}

# said CODE: how many diagnostics have it
said() {
	value "count(//*[local-name()='diagnostic'][@code='$1'])"
}

events="//*[local-name()='event_log']"

if ! "$WMSDIFF" --version | grep -q '^libevtx '; then
	report --events "$log" "$before" "$after"
	is "$code" 2 'without libevtx: exit status 2'
	is "$(said eventlog_unread)" 1 'without libevtx: it says that the log was not read'
	is "$(value "$events/@events")" 0 'without libevtx: no events'
	ok 'without libevtx: the rest is done' grep -q 'Outlook from Profiles' "$tmp/page"
	done_testing
	exit 0
fi

# ---- a sound log ----
report --events "$log" "$before" "$after"
is "$code" 1 'a log: exit status of the loss'
is "$(value "concat($events/@format, ' ', $events/@dirty, ' ', $events/@wrapped, ' ', $events/@events)")" \
	'evtx 0 0 314' 'a log: form, flags and number of events'
is "$(value "count(//*[local-name()='diagnostic'][starts-with(@code, 'eventlog')])")" 0 \
	'a log: nothing is wrong with it'
is "$(xmllint --xpath "$events/*/@code" "$tmp/report.xml" | tr -cd '0-9\n' | paste -s -d' ' -)" \
	'1036 1035 1530 45' 'a log: events near the loss, and none of another user or day'
is "$(value "$events/*[@code='1036']/@basis")" documented 'a log: what a sign rests on'
is "$(value "$events/*[@code='1036']/@time")" 2016-03-14T13:25:02.0000000Z 'a log: its time'
is "$(value "$events/*[@code='1530']/@user")" S-1-5-18 'a log: whose an event is'
is "$(value "//*[local-name()='condition'][@id='event_installer'][1]/@state")" met \
	'a log: what it decides'
ok 'a log: the report fits the schema' "$WMSDIFF" --validate "$tmp/report.xml"

# ---- of another computer ----
report --events "$log" --system "$s/exchange2000-SYSTEM" "$before" "$after"
is "$(said machines_differ)" 1 'of another computer than the SYSTEM hive: it is told'
is "$(value "count($events/*)")" 0 'of another computer: none of its events is a sign'
is "$(value "//*[local-name()='condition'][@id='event_installer'][1]/@state")" unknown \
	'of another computer: it decides nothing'

# ---- damaged logs ----
size=$(wc -c <"$log")
chunks=$(((size - 4096) / 65536))
for chunk in $(seq 0 "$((chunks - 1))"); do
	head -c "$((4096 + chunk * 65536))" "$log" >"$tmp/cut.evtx"
	report --events "$tmp/cut.evtx" "$before" "$after"
	is "$code" 2 "cut before chunk $chunk: exit status 2"
	ok "cut before chunk $chunk: it is said" test "$(said eventlog_record)" -gt 0
	ok "cut before chunk $chunk: the rest is done" grep -q 'Outlook from Profiles' "$tmp/page"

	cp "$log" "$tmp/sum.evtx"
	printf X | dd of="$tmp/sum.evtx" bs=1 seek="$((4096 + chunk * 65536 + 700))" \
		conv=notrunc 2>/dev/null
	report --events "$tmp/sum.evtx" "$before" "$after"
	is "$code $(said eventlog_record)" '2 1' "a changed byte in chunk $chunk: one diagnostic"
	ok "a changed byte in chunk $chunk: it names the chunk" \
		grep -q "chunk $chunk of the log is damaged, the checksum of its records is wrong" \
		"$tmp/report.xml"
	is "$(value "//*[local-name()='condition'][@id='event_logon_failed'][1]/@state")" unknown \
		"a changed byte in chunk $chunk: nothing is said to be absent"
done
printf 'ElfFile\0junk' >"$tmp/junk.evtx"
report --events "$tmp/junk.evtx" "$before" "$after"
is "$code $(said wrong_kind)" '2 1' 'only the name of one: it is told as no log'

# ---- in a collection ----
home=C/Users/mkeller logs=C/Windows/System32/winevt/Logs
mkdir -p "$tmp/old/$home" "$tmp/new/$home" "$tmp/new/$logs"
cp "$before" "$tmp/old/$home/NTUSER.DAT"
cp "$after" "$tmp/new/$home/NTUSER.DAT"
cp "$log" "$tmp/new/$logs/Application.evtx"
cp "$log" "$tmp/new/$logs/Security.evtx"
printf X | dd of="$tmp/new/$logs/Security.evtx" bs=1 seek=5000 conv=notrunc 2>/dev/null
report "$tmp/old" "$tmp/new"
is "$code" 1 'a collection: exit status of the loss'
is "$(value "count($events)")" 1 'a collection: one log is read'
is "$(value "$events/@events")" 314 'a collection: it is that of Application'
if "$WMSDIFF" --version | grep -q '^libarchive ' && command -v bsdtar >/dev/null; then
	(cd "$tmp/new" && bsdtar -cf "$tmp/new.tar" C)
	report "$tmp/old" "$tmp/new.tar"
	is "$code $(value "count($events)") $(value "$events/@events")" '1 1 314' \
		'an archive: likewise'
fi
done_testing
