#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Transaction logs, from the command line: which are found and applied, what the report
# says of them, and where each change stands.  What is expected is told by the recipes of
# the samples (exchange2000log, outlook2016log), by the answer key of the real hives, and
# by other readers of the format.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint dd sha256sum md5sum od ln

ex=$tmp/exchange
ol=$tmp/outlook
mkdir "$ex" "$ol"
"$SAMPLES_DIR/exchange2000log" "$ex/before" "$ex/DEFAULT" &&
	"$SAMPLES_DIR/outlook2016log" "$ol/before" "$ol/NTUSER.DAT" || exit 99
(cd "$tmp" && sha256sum exchange/* outlook/*) >"$tmp/evidence"

# run STATUS NAME ARGUMENT...: the program; then $tmp/r.xml, loaded, and $tmp/page
run() {
	run_status=$1 run_name=$2
	shift 2
	rm -f "$tmp/r.xml"
	status "$run_status" "$run_name" "$WMSDIFF" -o "$tmp/r.xml" "$@"
	cp "$tmp/out" "$tmp/page"
	cp "$tmp/err" "$tmp/messages"
	load "$tmp/r.xml"
}

# log FILE: what the report says about a log, by the end of its name
log() {
	log_path="//input[@role='log'][contains(concat(fileobject/filename, '|'), '$1|')]/log"
	echo "$(query "$log_path/@format") $(query "$log_path/@outcome")" \
		"$(query "$log_path/@reason") $(query "$log_path/@first_sequence")" \
		"$(query "$log_path/@last_sequence") $(query "$log_path/@entries")" \
		"$(query "$log_path/@stale_entries")" | sed 's/  */ /g; s/^ //; s/ $//'
}

# said CODE: severities of the diagnostics of that code
said() {
	list "//diagnostic[@code='$1']/@severity" | tr '\n' ' ' | sed 's/ $//'
}

# gone: each deleted profile with where its deletion stands, sorted
gone() {
	list '//change[@kind="deleted"]/@profile' | while read -r gone_name; do
		gone_path="//change[@profile='$gone_name']"
		echo "$gone_name: $(query "$gone_path/@stands_in")" \
			"$(query "$gone_path/@log_sequence")" \
			"$(query "//input[@id=$gone_path/@log]/fileobject/filename" |
				sed 's,.*/,,') $(query "$gone_path/@log_exact")"
	done | sort
}

# bins FILE: md5 of what follows the base block
bins() {
	tail -c +4097 "$1" | md5sum | cut -d ' ' -f 1
}

# runs NAME DEFAULT: every byte run is in the file that it names, or else in DEFAULT
runs() {
	awk '
		/<dfxml:byte_run / {
			input = "-"
			if (match($0, / input="[^"]*"/))
				input = substr($0, RSTART + 8, RLENGTH - 9)
			match($0, /file_offset="[0-9]*"/)
			offset = substr($0, RSTART + 13, RLENGTH - 14)
			match($0, /len="[0-9]*"/)
			len = substr($0, RSTART + 5, RLENGTH - 6)
		}
		/<dfxml:hashdigest type="sha256">/ && len != "" {
			gsub(/^.*sha256">|<.*$/, "")
			print input, offset, len, $0
			len = ""
		}' "$tmp/r.xml" >"$tmp/runs"
	runs_bad=0 runs_log=0
	while read -r runs_input runs_offset runs_len runs_hash; do
		if [ "$runs_input" = - ]; then
			runs_file=$2
		else
			runs_file=$(query "//input[@id='$runs_input']/fileobject/filename")
			runs_log=$((runs_log + 1))
		fi
		[ "$(tail -c +$((runs_offset + 1)) "$runs_file" | head -c "$runs_len" |
			sha256sum)" = "$runs_hash  -" ] || runs_bad=$((runs_bad + 1))
	done <"$tmp/runs"
	is "$runs_bad" 0 "$1: every byte run is where it is said to be"
	[ "$runs_log" -gt 0 ] && [ "$runs_log" -lt "$(wc -l <"$tmp/runs")" ]
	is "$?" 0 "$1: in the hive and in logs"
}

# bounds NAME: the eight bytes at each bound are its time
bounds() {
	bounds_bad=0 bounds_n=$(count //bound)
	while [ "$bounds_n" -gt 0 ]; do
		bounds_path="(//bound)[$bounds_n]"
		bounds_file=$(query "//input[@id=$bounds_path/@input]/fileobject/filename")
		bounds_at=$(query "$bounds_path/@offset")
		bounds_got=0
		for byte in $(od -An -v -tu1 -j "$bounds_at" -N 8 "$bounds_file" |
			tr -s ' ' '\n' | sed '1!G;h;$!d'); do
			bounds_got=$((bounds_got * 256 + byte))
		done
		[ "$bounds_got" = "$(query "$bounds_path/@filetime")" ] ||
			bounds_bad=$((bounds_bad + 1))
		bounds_n=$((bounds_n - 1))
	done
	is "$bounds_bad" 0 "$1: each bound stands where it is said to"
}

# ---- Windows 2000: the purge stands only in the log ----

run 1 'exchange: a pair' "$ex/before" "$ex/DEFAULT"
is "$(log DEFAULT.LOG)" 'old applied completes_the_hive 1224 1224 1 0' 'the log'
is "$(query '//input[@id="i2"]/hive/@state')" replayed 'the hive is replayed'
is "$(query '//hive[@state="replayed"]/@primary_sequence') $(query \
	'//hive[@state="replayed"]/@secondary_sequence')" '1224 1223' 'told as found'
is "$(list //snapshot/@state | tr '\n' ' ')" 'as_found replayed ' 'states of the snapshots'
is "$(gone)" "EXCH01-LME-GWISE V5.5: log 1224 DEFAULT.LOG 1
EXCH01-LME-NOTES: log 1224 DEFAULT.LOG 1
Event Script 0000051c01c2e6cb0341c82c: log 1224 DEFAULT.LOG 1
Exchange Administrator: log 1224 DEFAULT.LOG 1
Fax Gateway 000007f001c2e6cb4af80334: log 1224 DEFAULT.LOG 1
Mailbox Manager 000006a801c2e6cadf9b1e64: log 1224 DEFAULT.LOG 1
{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}: log 1224 DEFAULT.LOG 1" 'what is gone, and where'
is "$(query //summary/@profiles_after)" 1 'one is left'
is "$(list '//change/deletion/@latest' | sort -u)" 2003-03-18T09:14:07.2968750Z \
	'not after the purge'
is "$(said dirty_hive)" '' 'the hive is no longer dirty'
is "$(grep -c '^deleted .*  \[certain\]  at .*, in log$' "$tmp/page")" 2 'the page tells of the log'
full_page "$ex/before" "$ex/DEFAULT"
is "$(grep -c '^    stands in the log only, from entry 1224 on$' "$tmp/full")" 7 \
	'and spelled out, from which entry on'
bounds 'exchange'

run 1 'exchange: the dirty hive alone' "$ex/DEFAULT"
is "$(count //snapshot) $(list //snapshot/@input | tr '\n' ' ')" '2 i1 i1 ' \
	'is compared with itself'
is "$(list //snapshot/@state | tr '\n' ' ')" 'as_found replayed ' 'before and after the log'
is "$(query //summary/@profiles_before) $(query //summary/@profiles_after)" '8 1' 'profiles'
is "$(gone | grep -c ': log 1224 DEFAULT.LOG 1')" 7 'seven are gone'
# Of the hive as found some pages may be newer than its lists.
is "$(count '//bound[@source="hive_key_time"]')" 0 'a hive half written bounds nothing by its newest key'
is "$(list //deletion/@at | sort | uniq -c | tr -s ' ')" ' 7 2003-03-18T09:14:07.2968750Z' \
	'at the moment of the purge: what the log freed says so'
bounds 'exchange alone'
run 1 'exchange: everything of it' --full --key "\\" "$ex/DEFAULT"
runs 'exchange alone' "$ex/DEFAULT"

run 0 'exchange: logs skipped' --skip-logs "$ex/before" "$ex/DEFAULT"
is "$(count '//input[@role="log"]') $(count '//change[@kind="deleted"]')" '0 0' \
	'nothing is gone'
is "$(said dirty_hive)" warning 'but the hive is dirty'
is "$(query '//input[@id="i2"]/hive/@state')" dirty 'and called so'
one_line "$tmp/page" >"$tmp/line"
ok 'the page says it' grep -q ' warning .*dirty hive' "$tmp/line"
is "$(count '//change/@stands_in')" 0 'no change stands anywhere'
run 0 'exchange: alone, logs skipped' --skip-logs "$ex/DEFAULT"
is "$(count //snapshot) $(count //store/profile)" '1 8' 'one snapshot, eight profiles'
status 2 '--skip-logs and --log' "$WMSDIFF" --skip-logs --log x "$ex/DEFAULT"

# flip FILE BIT: one bit of the log's time, above what a second has, and the checksum
flip() {
	for flip_at in 16 508; do
		flip_byte=$(od -An -tu1 -j "$flip_at" -N 1 "$1")
		# shellcheck disable=SC2059 # an octal escape
		printf "\\$(printf %03o $((flip_byte ^ $2)))" |
			dd of="$1" bs=1 seek="$flip_at" conv=notrunc 2>/dev/null
	done
}

# The time of a log of the old format: an older one is not for this hive.
mkdir "$tmp/times"
time=$(od -An -tu1 -j 16 -N 1 "$ex/DEFAULT.LOG")
for bit in 1 2 4 8 16 32 64 128; do
	cp "$ex/DEFAULT" "$ex/DEFAULT.LOG" "$tmp/times"
	flip "$tmp/times/DEFAULT.LOG" "$bit"
	if [ $((time & bit)) -eq 0 ]; then
		run 1 "a log newer than its hive (bit $bit)" "$ex/before" "$tmp/times/DEFAULT"
		is "$(log DEFAULT.LOG)" 'old applied newer_time 1224 1224 1 0' 'is applied'
		is "$(said log_newer)" warning 'with a warning'
		bounds 'a newer log'
	else
		run 0 "a log older than its hive (bit $bit)" "$ex/before" "$tmp/times/DEFAULT"
		is "$(log DEFAULT.LOG)" 'old ignored too_old 1224 1224 1 0' 'is ignored'
		is "$(said dirty_hive)" warning 'and the hive dirty'
		is "$(count '//change[@kind="deleted"]')" 0 'nothing is gone'
	fi
done

# ---- Windows 10: two logs, seven entries ----

run 1 'outlook: a pair' "$ol/before" "$ol/NTUSER.DAT"
is "$(log DAT.LOG1)" 'new applied completes_the_hive 811 814 4 0' 'the first log'
is "$(log DAT.LOG2)" 'new applied completes_the_hive 815 817 3 3' 'the second log'
truth='Archive 2015: log 816 NTUSER.DAT.LOG2 1
Projects: log 814 NTUSER.DAT.LOG1 1'
is "$(gone)" "$truth" 'what is gone, and where'
is "$(query '//change[@kind="modified"]/@profile') $(query \
	'//change[@kind="modified"]/@log_sequence')" 'Outlook 812' 'what is modified, and where'
is "$(list //change/@kind | sort | uniq -c | tr -s ' ' | tr '\n' ';')" \
	' 2 deleted; 1 modified;' 'and nothing else'
is "$(query '(//bound[@source="list_key_time"])[1]/@time')" 2019-06-14T11:47:33.3318650Z \
	'the list was written last in entry 816'
is "$(said log_lone)$(said log_newer)$(said log_refused)" '' 'nothing is odd'
bounds 'outlook'
run 1 'outlook: everything of it' --full --key "\\" "$ol/NTUSER.DAT"
is "$(gone)" "$truth" 'the hive alone tells the same'
runs 'outlook alone' "$ol/NTUSER.DAT"
run 1 'outlook: a series' "$ol/before" "$ol/NTUSER.DAT" "$ol/NTUSER.DAT"
is "$(gone)" "$truth" 'a series tells the same'

# same NAME ARGUMENT...: the changes are those of the truth
same() {
	same_name=$1
	shift
	run 1 "$same_name" "$@"
	is "$(list '//change/@profile' | sort | tr '\n' ';')" \
		'Archive 2015;Outlook;Projects;' "$same_name: what changed"
	is "$(list '//change/@log_sequence' | sort | tr '\n' ' ')" '812 814 816 ' \
		"$same_name: in which entries"
}

# ---- where logs are found ----

mkdir "$tmp/upper" "$tmp/swapped" "$tmp/bare" "$tmp/elsewhere" "$tmp/lone"
cp "$ol/NTUSER.DAT" "$tmp/upper/NTUSER.DAT"
cp "$ol/NTUSER.DAT.LOG1" "$tmp/upper/ntuser.dat.log1"
cp "$ol/NTUSER.DAT.LOG2" "$tmp/upper/ntuser.dat.LOG2"
same 'names in another case' "$ol/before" "$tmp/upper/NTUSER.DAT"
cp "$ol/NTUSER.DAT" "$tmp/swapped/NTUSER.DAT"
cp "$ol/NTUSER.DAT.LOG1" "$tmp/swapped/NTUSER.DAT.LOG2"
cp "$ol/NTUSER.DAT.LOG2" "$tmp/swapped/NTUSER.DAT.LOG1"
same 'LOG1 and LOG2 swapped' "$ol/before" "$tmp/swapped/NTUSER.DAT"
cp "$ol/NTUSER.DAT" "$tmp/bare/hive"
cp "$ol/NTUSER.DAT.LOG1" "$tmp/elsewhere/one"
cp "$ol/NTUSER.DAT.LOG2" "$tmp/elsewhere/two"
run 0 'no log beside it' "$ol/before" "$tmp/bare/hive"
is "$(said dirty_hive)" warning 'a dirty hive without logs is a warning'
same 'logs from elsewhere' --log "$tmp/elsewhere/one" --log "$tmp/elsewhere/two" \
	"$ol/before" "$tmp/bare/hive"
same 'logs from elsewhere, other way round' --log "$tmp/elsewhere/two" \
	--log="$tmp/elsewhere/one" "$ol/before" "$tmp/bare/hive"
same 'logs behind their snapshot' "$ol/before" "$tmp/bare/hive" \
	--log "$tmp/elsewhere/one" --log "$tmp/elsewhere/two"
run 0 'logs behind another snapshot' "$ol/before" --log "$tmp/elsewhere/one" \
	--log "$tmp/elsewhere/two" "$tmp/bare/hive"
is "$(list //log/@reason | tr '\n' ' ')$(said dirty_hive)" 'hive_is_clean hive_is_clean warning' \
	'are not for this one'
cp "$tmp/bare/hive" "$tmp/bare/again"
same 'two dirty hives, logs of the second' "$tmp/bare/again" "$tmp/bare/hive" \
	--log "$tmp/elsewhere/one" --log "$tmp/elsewhere/two"
is "$(list //hive/@state | tr '\n' ' ')" 'dirty replayed ' 'are for the second only'
run 0 'two dirty hives, logs of the first' "$tmp/bare/again" --log "$tmp/elsewhere/one" \
	--log "$tmp/elsewhere/two" "$tmp/bare/hive"
is "$(list //hive/@state | tr '\n' ' ')$(list //change/@kind | sort | tr '\n' ' ')" \
	'replayed dirty added added modified ' 'are for the first only'
same 'a log that is found already' --log "$ol/NTUSER.DAT.LOG2" "$ol/before" \
	"$ol/NTUSER.DAT"
is "$(count '//input[@role="log"][contains(fileobject/filename, "NTUSER.DAT")]')" 2 \
	'is not taken twice'
run_status=0
(cd "$ol" && "$WMSDIFF" -q -o "$tmp/r.xml" NTUSER.DAT) || run_status=$?
is "$run_status" 1 'a hive of the working folder'
load "$tmp/r.xml"
is "$(log NTUSER.DAT.LOG1)" 'new applied completes_the_hive 811 814 4 0' \
	'logs of the working folder are found'

# A name that goes on is another's; so is one that ends too soon.
for other in NTUSER.DAT.LOG3 NTUSER.DAT.LOG1.bak NTUSER.DA.LOG1 xNTUSER.DAT.LOG1; do
	cp "$ol/NTUSER.DAT.LOG1" "$tmp/bare/$other"
done
cp "$ol/NTUSER.DAT" "$tmp/bare/NTUSER.DAT"
run 0 'other names' "$tmp/bare/NTUSER.DAT"
is "$(count '//input[@role="log"]')" 0 'are no logs of it'

# ---- one log of two, and logs that cannot be used ----

cp "$ol/NTUSER.DAT" "$ol/NTUSER.DAT.LOG1" "$tmp/lone"
run 1 'LOG1 alone' "$tmp/lone/NTUSER.DAT"
is "$(said log_lone)" warning 'a warning'
is "$(gone)" 'Projects: log 814 NTUSER.DAT.LOG1 1' 'what it tells'
is "$(query //summary/@exit_status)" 1 'no trouble'
: >"$tmp/lone/NTUSER.DAT.LOG2"
run 1 'LOG2 empty' "$tmp/lone/NTUSER.DAT"
is "$(said log_lone)$(log DAT.LOG2)" 'ignored empty' 'is no lone LOG1'
head -c 100000 "$ol/NTUSER.DAT.LOG2" >"$tmp/lone/NTUSER.DAT.LOG2"
printf x | dd of="$tmp/lone/NTUSER.DAT.LOG2" bs=1 seek=508 conv=notrunc 2>/dev/null
run 2 'LOG2 unsound' "$tmp/lone/NTUSER.DAT"
is "$(said log_refused) $(log DAT.LOG2)" 'error refused base_checksum' 'is refused'
ok 'with one line on standard error' grep -q '^wmsdiff: .*LOG2.*checksum' "$tmp/messages"
is "$(gone)" 'Projects: log 814 NTUSER.DAT.LOG1 1' 'the other log is applied all the same'
head -c 40000 "$ol/NTUSER.DAT.LOG2" >"$tmp/lone/NTUSER.DAT.LOG2"
run 2 'LOG2 ends inside its first entry' "$tmp/lone/NTUSER.DAT"
is "$(said log_refused)" error 'none of it can be used'
head -c 85000 "$ol/NTUSER.DAT.LOG2" >"$tmp/lone/NTUSER.DAT.LOG2"
run 2 'LOG2 ends inside its last entry' "$tmp/lone/NTUSER.DAT"
is "$(said log_cut)" error 'which is told'
is "$(log DAT.LOG2)" 'new applied completes_the_hive 815 816 2 0' 'the others are applied'
is "$(query //hive/@state)" replayed 'to a hive that is sound'
is "$(gone)" "$truth" 'and what they tell stands'
cp "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$tmp/lone/NTUSER.DAT.LOG2"
run 2 'LOG2 is a hive' "$tmp/lone/NTUSER.DAT"
is "$(log DAT.LOG2)" 'refused file_type' 'is refused'
cp "$ex/DEFAULT.LOG" "$tmp/lone/NTUSER.DAT.LOG2"
run 2 'LOG2 of another hive' "$tmp/lone/NTUSER.DAT"
is "$(log DAT.LOG2)" 'old refused another_hive 1224 1224 1 0' 'is refused'
rm "$tmp/lone/NTUSER.DAT.LOG2"
mkdir "$tmp/lone/NTUSER.DAT.LOG2"
run 2 'LOG2 is a folder' "$tmp/lone/NTUSER.DAT"
is "$(said log_refused)" error 'it cannot be read'
ok 'the file is named' grep -q '^wmsdiff: .*NTUSER.DAT.LOG2.*folder' "$tmp/messages"
rmdir "$tmp/lone/NTUSER.DAT.LOG2"
run 2 'a log that is not there' --log "$tmp/none" "$tmp/lone/NTUSER.DAT"
is "$(said log_refused)" error 'is trouble'
if [ "$(id -u)" -ne 0 ]; then
	cp "$ol/NTUSER.DAT.LOG2" "$tmp/lone/NTUSER.DAT.LOG2"
	chmod 000 "$tmp/lone/NTUSER.DAT.LOG2"
	run 2 'LOG2 may not be read' "$tmp/lone/NTUSER.DAT"
	is "$(said log_refused)" error 'it cannot be read'
else
	skip 2 'everything may be read by root'
fi

# More logs than there can be are not passed over in silence.
set --
while [ $# -lt 34 ]; do
	cp "$ol/NTUSER.DAT.LOG1" "$tmp/elsewhere/log$#"
	set -- "$@" --log "$tmp/elsewhere/log$#"
done
status 2 'more than 16 logs' "$WMSDIFF" -o "$tmp/r.xml" "$tmp/bare/hive" "$@"
cp "$tmp/err" "$tmp/messages"
ok 'which is said' grep -q '^wmsdiff: .*16' "$tmp/messages"
shift 4
status 2 '15 given and two found' "$WMSDIFF" -o "$tmp/r.xml" "$ol/NTUSER.DAT" "$@"

# A log is a file of evidence: nothing is written to it.
for log in LOG1 LOG2; do
	status 2 "a report over $log" "$WMSDIFF" -q -o "$ol/NTUSER.DAT.$log" "$ol/NTUSER.DAT"
done

# A clean hive needs no log, sound or not.
mkdir "$tmp/clean"
cp "$ol/before" "$tmp/clean/NTUSER.DAT"
cp "$ol/NTUSER.DAT.LOG1" "$tmp/clean"
printf 'no log at all' >"$tmp/clean/NTUSER.DAT.LOG2"
run 0 'a clean hive beside logs' "$tmp/clean/NTUSER.DAT"
is "$(log DAT.LOG1)" 'new ignored hive_is_clean 811 814 4 0' 'the sound one is ignored'
is "$(log DAT.LOG2)" 'ignored hive_is_clean' 'and so is the other one'
is "$(query //hive/@state) $(count //snapshot) $(count //store/profile)" 'clean 1 4' 'as it stands'

# ---- the evidence is as it was ----

is "$(cd "$tmp" && sha256sum exchange/* outlook/*)" "$(cat "$tmp/evidence")" \
	'hives and logs are as they were, and nothing is beside them'

# ---- real hives ----

if [ -z "${HIVES:-}" ]; then
	skip 1 'there are no real hives'
	done_testing
	exit
fi
real=$HIVES/logs

# image NAME MD5 KEYS VALUES HIVE: the image after replay, and what stands in it
image() {
	rm -rf "$tmp/image"
	mkdir "$tmp/image"
	run 0 "$1" --save-image "$tmp/image" --key "\\" "$5"
	is "$(bins "$tmp/image/s2-${5##*/}")" "$2" "$1: the bins"
	is "$(query //hive/@keys) $(query //hive/@values)" "$3 $4" "$1: keys and values"
}

# keys WHICH KIND: names of keys that were removed or added
keys() {
	list "//difference[@kind='$1']/@path" | sort | tr '\n' ' '
}

# swapped NAME: a copy whose two logs have each other's names
swapped() {
	rm -rf "$tmp/copy"
	mkdir "$tmp/copy"
	cp "$real/$1" "$tmp/copy"
	cp "$real/$1.LOG1" "$tmp/copy/$1.LOG2"
	cp "$real/$1.LOG2" "$tmp/copy/$1.LOG1"
}

swapped NewDirtyHive
for hive in "$real/NewDirtyHive" "$tmp/copy/NewDirtyHive"; do
	name="NewDirtyHive in ${hive%/*}"
	image "$name" 8d59afa13b7e6502168c5760224e16aa 5 1 "$hive"
	is "$(keys key_removed)" 'Key1 Key2 Key2\Key2_1 Key2\Key2_2 ' "$name: what went"
	is "$(keys key_added)" 'Key3 Key3\Key3_1 Key3\Key3_2 Key3\Key3_3 ' "$name: what came"
	is "$(list //log/@outcome | tr '\n' ' ')" 'applied applied ' "$name: both logs"
done
swapped OldDirtyHive
for hive in "$real/OldDirtyHive" "$tmp/copy/OldDirtyHive"; do
	name="OldDirtyHive in ${hive%/*}"
	image "$name" 0f479cc79b3c5da8340df7264b6f3f40 5003 1 "$hive"
	is "$(keys key_removed)" 'key_with_many_subkeys\1 ' "$name: what went"
	is "$(keys key_added)" 'key_with_many_subkeys\5000\find_me_in_log ' \
		"$name: what came"
	is "$(query '//difference[@kind="value_added"]/@after')" 'a; bb; ccc' \
		"$name: its value"
	is "$(list //log/@reason | sort | tr '\n' ' ')" 'completes_the_hive empty ' \
		"$name: its logs"
done
run 2 'BadLogHive' "$real/BadLogHive"
is "$(log BadLogHive.LOG1)" 'refused no_mark' 'BadLogHive: its log'
is "$(query //hive/@state) $(query //hive/@keys) $(count //snapshot)" 'dirty 5003 1' \
	'BadLogHive: as it stands'
run 2 'TruncatedDirtyHive' "$real/TruncatedDirtyHive"
is "$(query //hive/@state)" damaged 'TruncatedDirtyHive: damaged'
mkdir "$tmp/recovered"
cp "$real/RecoveredHive_Windows7" "$tmp/recovered/hive"
for log in "$real/OldDirtyHive.LOG1" "$real/NewDirtyHive.LOG1"; do
	cp "$log" "$tmp/recovered/hive.LOG1"
	run 0 "RecoveredHive_Windows7 beside ${log##*/}" "$tmp/recovered/hive"
	is "$(query //hive/@state) $(query //log/@reason) $(query //hive/@keys)" \
		'clean hive_is_clean 5003' 'which is ignored'
done
run 0 'clean-with-log' "$HIVES/real/clean-with-log.NTUSER.DAT"
is "$(log DAT.LOG)" 'new ignored hive_is_clean 131 131 1 0' 'clean-with-log: its log'
is "$(query //hive/@keys) $(query //hive/@values)" '1597 2310' 'clean-with-log: its keys'
cp "$real/NewDirtyHive" "$tmp/recovered/foreign"
cp "$real/lone-system.LOG1" "$tmp/recovered/foreign.LOG1"
run 2 'a log of SYSTEM' "$tmp/recovered/foreign"
is "$(log foreign.LOG1)" 'new refused another_hive 4064 4066 3 7' 'is refused'
done_testing
