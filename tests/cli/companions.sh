#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Bad input beside the hives: one line that names it, a diagnostic in the report, exit
# status 2, and all else as it is without that file.  What cannot be opened ends the run.
# Sizes and offsets are those of the samples; what a torn file must not decide stands in
# wmsdiff(1), CAUSES.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint sha256sum dd mkfifo cmp od

s=${SAMPLES_DIR:?is set by make check}/exchange2000
before=$s-before.DEFAULT
after=$s-after.DEFAULT
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH

# hashes: of all that is read here and is not made here
hashes() {
	sha256sum "$before" "$after" "$s"-*.dll "$s"-*.txt "$s"-SYSTEM "$s"-SOFTWARE "$s"-*.evt
}
hashes >"$tmp/hashes"

# poke FILE OFFSET ESCAPES: bytes in place
poke() {
	# shellcheck disable=SC2059 # the escapes are meant
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# report FILE ARGUMENT...: of the pair, into FILE; the exit status in $code
report() {
	report_file=$1
	shift
	rm -f "$report_file"
	code=0
	"$WMSDIFF" -o "$report_file" "$@" "$before" "$after" >"$tmp/page" 2>"$tmp/err" \
		</dev/null || code=$?
}

# core: a report without what the file beside the hives may change: its input, its
# diagnostics, the command line, the exit status, and causes, of which see unknown()
core() {
	xmllint --huge --format "$1" | awk '
		/<input .*role="(mapi32|modules|system|software|events|patterns)"/ { skip = 1 }
		/<diagnosis / { skip = 2 }
		/<dfxml:command_line>/ || (/<diagnostic / && / input="i[3-9]"/) { next }
		{ gsub(/ (exit_status|verdict)="[^"]*"/, "") }
		!skip
		(skip == 1 && /<\/input>/) || (skip == 2 && /<\/diagnosis>/) { skip = 0 }
	'
}

# conditions FILE: id and state of each, but for those named in $decided
conditions() {
	xmllint --huge --format "$1" | sed -n 's/.*<condition id="\([^"]*\)" state="\([^"]*\)".*/\1 \2/p' |
		grep -vE "^($decided) "
}

report "$tmp/plain.xml"
is "$code" 1 'the pair alone'
core "$tmp/plain.xml" >"$tmp/plain"
ok 'its changes are in what is compared' grep -q '<change ' "$tmp/plain"

# bad NAME FILE CODE DECIDED ARGUMENT...: given so, the file is told of with that code,
# and conditions DECIDED (id|id) stay unknown
bad() {
	bad_name=$1 bad_file=$2 bad_code=$3 decided=$4
	shift 4
	report "$tmp/bad.xml" "$@"
	is "$code" 2 "$bad_name: exit status 2"
	if [ "$(wc -l <"$tmp/err" | tr -d ' ')" = 1 ] && grep -qF "wmsdiff: $bad_file: " "$tmp/err"; then
		tap ok "$bad_name: one line names it"
	else
		tap 'not ok' "$bad_name: one line names it"
		note "$(cat "$tmp/err")"
	fi
	ok "$bad_name: the report is valid" xmllint --nonet --huge --noout \
		--schema "${SCHEMA_DIR:?is set by make check}/report.xsd" "$tmp/bad.xml"
	load "$tmp/bad.xml"
	is "$(query //input[3]/fileobject/filename)" "$bad_file" "$bad_name: it is an input"
	is "$(query "count(//diagnostic[@code='$bad_code' and @input='i3']) > 0")" true \
		"$bad_name: $bad_code"
	is "$(count "//diagnostic[@input!='i3']")" 0 "$bad_name: and nothing of the others"
	is "$(query //summary/@exit_status)" 2 "$bad_name: told in the report"
	core "$tmp/bad.xml" >"$tmp/bad"
	ok "$bad_name: the rest of the report is the same" cmp "$tmp/plain" "$tmp/bad"
	conditions "$tmp/plain.xml" >"$tmp/plain.states"
	conditions "$tmp/bad.xml" >"$tmp/bad.states"
	ok "$bad_name: and so is what the hives decide" cmp "$tmp/plain.states" "$tmp/bad.states"
	is "$(xmllint --huge --format "$tmp/bad.xml" | grep -E "<condition id=\"($decided)\"" |
		grep -vc 'state="unknown"')" 0 "$bad_name: what it would decide is unknown"
	ok "$bad_name: the page names it" grep -qE '^(error|warning) ' "$tmp/page"
}

: >"$tmp/empty"
printf 'hello, world\n' >"$tmp/text"
LC_ALL=C awk 'BEGIN { srand(1); while (n++ < 16384) printf "%c", 1 + int(rand() * 255) }' \
	>"$tmp/noise"
poke "$tmp/noise" 0 no

# ---- Mapi32.dll ----

dll='mapi32_affected|exchange_55'
size=$(wc -c <"$s-mapi32.dll" | tr -d ' ')
is "$size" 24576 'the library is as long as its recipe says'
bad 'an empty library' "$tmp/empty" wrong_kind "$dll" --mapi32 "$tmp/empty"
bad 'a text as library' "$tmp/text" wrong_kind "$dll" --mapi32 "$tmp/text"
bad 'noise as library' "$tmp/noise" wrong_kind "$dll" --mapi32 "$tmp/noise"
bad 'a hive as library' "$s-SYSTEM" wrong_kind "$dll" --mapi32 "$s-SYSTEM"
for length in 64 200 300 512 1024 2300 8192 20000 $((size - 1)); do
	head -c "$length" "$s-mapi32.dll" >"$tmp/cut.dll"
	bad "a library cut at $length" "$tmp/cut.dll" pe_damaged "$dll" --mapi32 "$tmp/cut.dll"
done

# little FILE OFFSET: four bytes as a number
little() {
	od -An -tu1 -j "$2" -N 4 "$1" | awk '{ print $1 + 256 * ($2 + 256 * ($3 + 256 * $4)) }'
}
# The data directory of an image of 32 bits (PE Format): resources are its third entry,
# 96 bytes into the optional header; the section that holds them tells where it stands.
header=$(little "$s-mapi32.dll" 60)
optional=$((header + 24))
rva=$(little "$s-mapi32.dll" $((optional + 96 + 2 * 8)))
section=$((optional + 224))
while [ "$(little "$s-mapi32.dll" $((section + 12)))" -ne "$rva" ]; do
	section=$((section + 40))
	[ "$section" -lt 2048 ] || break
done
resources=$(little "$s-mapi32.dll" $((section + 20)))
ok 'the recipe gives the resources a section' [ "$resources" -gt 512 ]

# loop: the first entry of the root directory leads back to the root
cp "$s-mapi32.dll" "$tmp/loop.dll"
for entry in 0 1; do
	poke "$tmp/loop.dll" $((resources + 16 + 8 * entry + 4)) '\0\0\0\200'
done
bad 'resources in a loop' "$tmp/loop.dll" pe_damaged "$dll" --mapi32 "$tmp/loop.dll"
cp "$s-mapi32.dll" "$tmp/far.dll"
poke "$tmp/far.dll" $((optional + 96 + 2 * 8)) '\377\377\377\177'
bad 'resources past the end' "$tmp/far.dll" pe_damaged "$dll" --mapi32 "$tmp/far.dll"
cp "$s-mapi32.dll" "$tmp/long.dll"
poke "$tmp/long.dll" $((section + 16)) '\377\377\377\377'
bad 'a section past the end' "$tmp/long.dll" pe_damaged "$dll" --mapi32 "$tmp/long.dll"

# ---- listings ----

lists='process_runs|process_gone|third_party_holder|local_system_service|other_identity'
bad 'an empty listing' "$tmp/empty" wrong_kind "$lists" --modules "$tmp/empty"
bad 'a binary listing' "$s-mapi32.dll" wrong_kind "$lists" --modules "$s-mapi32.dll"
bad 'a hive as listing' "$s-SYSTEM" wrong_kind "$lists" --modules "$s-SYSTEM"
bad 'text as listing' "$tmp/text" wrong_kind "$lists" --modules "$tmp/text"
printf ' Volume in drive C is SYSTEM\r\n Directory of C:\\\r\n\r\n18.03.2003  09:14    <DIR>  WINNT\r\n' \
	>"$tmp/dir.txt"
bad 'a listing of another command' "$tmp/dir.txt" wrong_kind "$lists" --modules "$tmp/dir.txt"

# ---- machine hives ----

machine='exchange_2000|exchange_55|fix_absent|outlook_installed|terminal_server|local_system_service'
for option in system software; do
	other=$s-SOFTWARE
	[ "$option" = system ] || other=$s-SYSTEM
	bad "the other hive as $option" "$other" wrong_kind "$machine" "--$option" "$other"
	bad "a user's hive as $option" "$after" wrong_kind "$machine" "--$option" "$after"
	bad "text as $option" "$tmp/text" wrong_kind "$machine" "--$option" "$tmp/text"
	bad "an empty file as $option" "$tmp/empty" wrong_kind "$machine" "--$option" "$tmp/empty"
	bad "noise as $option" "$tmp/noise" wrong_kind "$machine" "--$option" "$tmp/noise"
	bad "a library as $option" "$s-mapi32.dll" wrong_kind "$machine" "--$option" "$s-mapi32.dll"
	head -c 6000 "$s-SYSTEM" >"$tmp/cut.hive"
	bad "a stump as $option" "$tmp/cut.hive" wrong_kind "$machine" "--$option" "$tmp/cut.hive"
done
# The key Exchange overwritten: that it is not found does not say that it was not there.
cp "$s-SOFTWARE" "$tmp/torn"
at=$(LC_ALL=C grep -abo 'Exchange' "$s-SOFTWARE" | head -n 1 | cut -d: -f1)
poke "$tmp/torn" $((at - 76)) XX
bad 'a torn SOFTWARE hive' "$tmp/torn" key_damaged 'exchange_2000|exchange_55|fix_absent' \
	--software "$tmp/torn"

# ---- event logs ----

events='event_9202|event_es_11|event_mca_721|event_logon_failed|event_installer'
evt=$s-Application.evt
bad 'text as event log' "$tmp/text" wrong_kind "$events" --events "$tmp/text"
bad 'an empty event log' "$tmp/empty" wrong_kind "$events" --events "$tmp/empty"
bad 'a hive as event log' "$s-SYSTEM" wrong_kind "$events" --events "$s-SYSTEM"
# Flags of the header: 1 dirty, 2 wrapped.  What is there is still there; what is not
# may be missing.
for flag in 1:eventlog_dirty 2:eventlog_wrapped 3:eventlog_dirty; do
	cp "$evt" "$tmp/flag.evt"
	poke "$tmp/flag.evt" 36 "\\${flag%:*}"
	report "$tmp/flag.xml" --events "$tmp/flag.evt"
	# That is normal, and the loss lies in what the log covers.
	is "$code" 1 "${flag#*:}: exit status 1"
	is "$(grep -c "flag.evt" "$tmp/err")" 0 "${flag#*:}: no error"
	core "$tmp/flag.xml" >"$tmp/flag"
	ok "${flag#*:}: the rest is the same" cmp "$tmp/plain" "$tmp/flag"
	load "$tmp/flag.xml"
	is "$(count "//diagnostic[@code='${flag#*:}' and @input='i3']")" 1 "${flag#*:}: told"
	is "$(query '//condition[@id="event_9202"]/@state')" met "${flag#*:}: the event is there"
done
report "$tmp/sound.xml" --events "$evt"
is "$code" 1 'a sound log is no trouble'
load "$tmp/sound.xml"
# It ends at 09:15:40, and what follows a loss is looked for until a day later.
is "$(query '//condition[@id="event_9202"]/@state') $(query '//condition[@id="event_mca_721"]/@state')" \
	'met unknown' 'what it does not hold may have come later'

# ---- what cannot be read at all ----

mkdir "$tmp/folder" "$tmp/out.d"
mkfifo "$tmp/fifo"
# end NAME FILE WORDS: the run ends, with one line, and nothing is written
end() {
	for option in mapi32 modules system software events patterns; do
		status 2 "$1 as $option" timeout -k 1 20 "$WMSDIFF" -o "$tmp/out.d/r.xml" \
			"--$option" "$2" "$before" "$after"
		is "$(wc -l <"$tmp/err" | tr -d ' ') $(grep -c "^wmsdiff: $2: .*$3" "$tmp/err")" '1 1' \
			"$1 as $option: one line names it"
		is "$(ls -A "$tmp/out.d")" '' "$1 as $option: nothing is written"
	done
}
end 'a missing file' "$tmp/none" 'No such file'
end 'a folder' "$tmp/folder" folder
end 'a FIFO' "$tmp/fifo" 'not a regular file'
end 'a device' /dev/null 'not a regular file'
if [ "$(id -u)" -ne 0 ]; then
	cp "$tmp/text" "$tmp/closed"
	chmod 0 "$tmp/closed"
	end 'an unreadable file' "$tmp/closed" 'Permission denied'
else
	skip 1 'nothing is unreadable for root'
fi

# ---- patterns ----

printf 'Archive *\tan archiver\tyes\nfax\tours\tperhaps\n' >"$tmp/rows"
status 2 'a bad row' "$WMSDIFF" -o "$tmp/out.d/r.xml" --patterns "$tmp/rows" "$before" "$after"
is "$(cat "$tmp/err")" "wmsdiff: $tmp/rows: line 2 says neither yes nor no in its third column" \
	'a bad row: its line is told'
status 2 'patterns of another encoding' "$WMSDIFF" -o "$tmp/out.d/r.xml" \
	--patterns "$s-tlist-m.txt" "$before" "$after"
is "$(cat "$tmp/err")" "wmsdiff: $s-tlist-m.txt: is no plain text in UTF-8" \
	'patterns of another encoding: told'
is "$(ls -A "$tmp/out.d")" '' 'and nothing is written'

# ---- the same twice, and too many ----

report "$tmp/twice.xml" --modules "$s-tlist-m.txt" --modules "$s-tlist-m.txt"
is "$code" 1 'a listing twice'
load "$tmp/twice.xml"
is "$(count '//input[@role="modules"]') $(count //holder)" '2 6' 'each process is told once'
is "$(count "//input[@id='i3']//holder")" 6 'where it stands first'
set --
while [ $# -lt 32 ]; do
	set -- "$@" --modules "$s-tlist-m.txt"
done
report "$tmp/most.xml" "$@"
is "$code" 1 'sixteen listings'
status 2 'seventeen listings' "$WMSDIFF" -o "$tmp/out.d/r.xml" "$@" --modules "$s-tlist-s.txt" \
	"$before" "$after"
is "$(grep -c 'too many --modules' "$tmp/err")" 1 'seventeen listings: told'

# ---- outputs ----

for file in mapi32.dll tlist-m.txt SYSTEM SOFTWARE; do
	case $file in
	*.dll) option=mapi32 ;;
	*.txt) option=modules ;;
	*) option=$(printf %s "$file" | tr '[:upper:]' '[:lower:]') ;;
	esac
	cp "$s-$file" "$tmp/victim"
	ln -sf "$tmp/victim" "$tmp/link"
	for name in victim link; do
		status 2 "$file as output ($name)" "$WMSDIFF" -o "$tmp/$name" "--$option" "$tmp/victim" \
			"$before" "$after"
		is "$(grep -c 'is evidence' "$tmp/err")" 1 "$file as output ($name): told"
		ok "$file as output ($name): left alone" cmp "$s-$file" "$tmp/victim"
	done
done
printf 'Archive *\tan archiver\tyes\n' >"$tmp/victim"
status 2 'patterns as output' "$WMSDIFF" -o "$tmp/victim" --patterns "$tmp/victim" "$before" "$after"
is "$(cat "$tmp/victim")" "$(printf 'Archive *\tan archiver\tyes')" 'patterns are left alone'

# ---- names that act on a terminal ----

esc=$(printf '\033')
bidi=$(printf '\342\200\256')
printf 'C:\\>tlist -s\r\n2032 fax%s[31m%sgate.exe  Svcs:  Evil%s[0m%s\r\n' "$esc" "$bidi" "$esc" "$bidi" \
	>"$tmp/evil-s.txt"
printf 'MAPI32.DLL - 2032 fax%s[31m%sgate.exe  Title%s]0;x\007\r\n' "$esc" "$bidi" "$esc" \
	>"$tmp/evil-m.txt"
report "$tmp/evil.xml" --mapi32 "$s-mapi32.dll" --software "$s-SOFTWARE" --system "$s-SYSTEM" \
	--modules "$tmp/evil-m.txt" --modules "$tmp/evil-s.txt"
for odd in "$esc" "$bidi" "$(printf '\007')"; do
	is "$(cat "$tmp/page" "$tmp/err" | LC_ALL=C grep -cF "$odd")" 0 'none reaches the terminal as it is'
done
full_page --mapi32 "$s-mapi32.dll" --software "$s-SOFTWARE" --system "$s-SYSTEM" \
	--modules "$tmp/evil-m.txt" --modules "$tmp/evil-s.txt" "$before" "$after"
is "$(LC_ALL=C grep -c '[[:cntrl:]]' "$tmp/full")" 0 'nor when it is spelled out'
is "$(grep -cF '[31m\u{202e}gate.exe' "$tmp/full")" 2 'odd names: what they are is shown'
ok 'odd names: the report is valid' xmllint --nonet --huge --noout \
	--schema "$SCHEMA_DIR/report.xsd" "$tmp/evil.xml"
load "$tmp/evil.xml"
is "$(count '//listing/@processes[. > 0]')" 2 'the listings are read'

# ---- many rows ----

awk 'BEGIN { for (i = 1; i < 100000; i++) printf "MAPI32.DLL - %d p%05d.exe\n", 4 * i, i }' \
	>"$tmp/many-m.txt"
awk 'BEGIN {
	print "C:\\>tlist -s"
	for (i = 1; i < 100000; i++)
		printf "%4d p%05d.exe       Svcs:  S%d\n", 4 * i, i, i
}' >"$tmp/many-s.txt"
# A quadratic join takes hours.
status 1 '100,000 rows' timeout -k 1 120 "$WMSDIFF" -o "$tmp/many.xml" --system "$s-SYSTEM" \
	--modules "$tmp/many-m.txt" --modules "$tmp/many-s.txt" "$before" "$after"
is "$(grep -c 'joined_by="pid"' "$tmp/many.xml")" 99999 'each finds its service'

# ---- mutations ----

# mutate FILE SEED: some bytes changed, or the file cut, by a generator of its own
mutate() {
	mutate_size=$(wc -c <"$1" | tr -d ' ')
	cp "$1" "$tmp/mutant"
	awk -v seed="$2" -v size="$mutate_size" 'BEGIN {
		srand(seed)
		if (seed % 7 == 0)
			print "cut", int(rand() * size)
		n = 1 + int(rand() * 6)
		# The beginning, where headers are, is hit more often.
		while (n-- > 0)
			print "poke", int(rand() ^ (1 + seed % 4) * size), int(rand() * 256)
	}' >"$tmp/plan"
	while read -r what where byte; do
		case $what in
		cut) head -c "$where" "$1" >"$tmp/mutant" ;;
		*) poke "$tmp/mutant" "$where" "\\$(printf %03o "$byte")" ;;
		esac
	done <"$tmp/plan"
}

# fuzz NAME FILE OPTION: no mutant makes it crash, or write what is no XML
fuzz() {
	seed=0 faults=''
	while [ "$seed" -lt "${FUZZ_MUTANTS:-60}" ]; do
		seed=$((seed + 1))
		mutate "$2" "$seed"
		code=0
		timeout -k 1 20 "$WMSDIFF" --no-recover -q -o "$tmp/fuzz.xml" "$3" "$tmp/mutant" "$before" \
			"$after" </dev/null >/dev/null 2>"$tmp/err" || code=$?
		case $code in
		1 | 2) ;;
		*) faults="$faults $seed:$code" ;;
		esac
		[ ! -e "$tmp/fuzz.xml" ] || xmllint --huge --noout "$tmp/fuzz.xml" || faults="$faults $seed:xml"
		rm -f "$tmp/fuzz.xml"
	done
	is "$faults" '' "$1: mutants"
}
fuzz 'a library' "$s-mapi32.dll" --mapi32
fuzz 'a listing of modules' "$s-tlist-m.txt" --modules
fuzz 'a listing of services' "$s-tlist-s.txt" --modules
fuzz 'a SYSTEM hive' "$s-SYSTEM" --system
fuzz 'a SOFTWARE hive' "$s-SOFTWARE" --software
fuzz 'an event log' "$evt" --events
printf 'Archive *\tan archiver\tyes\n# x\n<generated>\tothers\tno\tinferred\tsource\n' >"$tmp/rows"
fuzz 'patterns' "$tmp/rows" --patterns

hashes | cmp -s - "$tmp/hashes"
is $? 0 'what was read is as it was'
done_testing
