#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-report verify: reports hold; one changed byte is found, in the evidence under each
# byte run, and in each statement of a report that can be checked.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"

cd "$tmp" || exit 99

# holds NAME WMSDIFF-ARGUMENT...: the report of that run, in NAME.xml, holds
holds() {
	holds_name=$1
	shift
	"$WMSDIFF" -q -o "$holds_name.xml" "$@" 2>"$holds_name.err"
	status 0 "$holds_name: it holds" "$WMSDIFF_REPORT" verify "$holds_name.xml"
	is "$(cat err)" '' "$holds_name: nothing is amiss"
	# Not checked is no way out: runs, records, names, types and data are.
	cp out held
	is "$(grep -c ' hold         0 do not$' held)" "$(grep -c ' do not$' held)" \
		"$holds_name: each kind holds"
}

# counted KIND: how many statements of a kind hold
counted() {
	sed -n "s/^  $1  *\([0-9]*\) hold .*/\1/p" held
}

# ---- samples ----

s=$SAMPLES_DIR
for sample in exchange2000 exchange2000log outlook outlook2016log; do
	holds "$sample" --full --key '\' "$s/$sample"-before.* "$s/$sample"-after.*T
	is "$(counted 'SHA-256 of a byte run')" "$(grep '<dfxml:byte_run ' "$sample.xml" |
		grep -vc '/>')" "$sample: of all byte runs but those of secrets"
	is "$(counted 'type of a value')" "$(grep -c '<regxml:data_type>' "$sample.xml")" \
		"$sample: of all values"
	is "$(counted 'size of a file')" "$(grep -c '<input ' "$sample.xml")" \
		"$sample: of all files"
done
ok 'logs were looked at' test "$(counted 'entries of a transaction log')" -ge 5
holds alone --full "$s/exchange2000alone-after.DEFAULT"
holds beside --mapi32 "$s/exchange2000-mapi32.dll" --modules "$s/exchange2000-tlist-m.txt" \
	--modules "$s/exchange2000-tlist-s.txt" --system "$s/exchange2000-SYSTEM" \
	--software "$s/exchange2000-SOFTWARE" --events "$s/exchange2000-Application.evt" \
	"$s/exchange2000-before.DEFAULT" "$s/exchange2000-after.DEFAULT"
ok 'Mapi32.dll was looked at' test "$(counted 'field of Mapi32.dll')" -ge 3
ok 'processes too' test "$(counted 'process in its line of a listing')" -ge 1
ok 'events too' test "$(counted 'event record at its place')" -ge 2
holds incident "$s/incident/before" "$s/incident/after"
holds ticket "$s/ticket/before" "$s/ticket/after"

# Stand-ins are not told to be wrong; what has none is held against the bytes all the same.
"$WMSDIFF" -q --redact -o redacted.xml "$s/incident/before" "$s/incident/after" 2>redacted.err
status 0 'redacted: it holds' "$WMSDIFF_REPORT" verify redacted.xml --evidence "$s/incident"
cp out held
ok 'redacted: texts are counted' grep -q 'texts of a redacted report that are not in the bytes  *[1-9]' held
ok 'redacted: files and times were looked at' test "$(counted 'SHA-256 of a file')" -eq 10 -a \
	"$(counted 'time at its place')" -gt 50
cp -R "$s/incident" spoilt
printf x | dd of=spoilt/after/C/WINNT/system32/config/default bs=1 seek=9000 conv=notrunc 2>/dev/null
"$WMSDIFF_REPORT" verify redacted.xml --evidence spoilt >out 2>err
is "$?/$(grep -c '^not there' out)" 2/1 'redacted: a changed file is missed by its hash'

holds ticket "$s/ticket/before" "$s/ticket/after"
if "$WMSDIFF" --version | grep -q '^libevtx '; then
	ok 'events of .evtx too' test "$(counted 'event record at its place')" -ge 1
else
	skip 1 'built without libevtx'
fi
for machine in "$s"/fleet/before/*; do
	machine=${machine##*/}
	"$WMSDIFF" -q -o fleet.xml "$s/fleet/before/$machine" "$s/fleet/after/$machine" \
		2>/dev/null
	"$WMSDIFF_REPORT" verify fleet.xml >out 2>&1 || echo "$machine"
done >wrong
is "$(cat wrong)" '' 'all reports of the fleet hold'

# ---- real hives ----

if [ -d "${HIVES:-}/real" ]; then
	real_n=0
	for hive in "$HIVES"/*/*; do
		"$WMSDIFF" -q --full --key '\' -o real.xml "$hive" >/dev/null 2>&1
		[ -s real.xml ] || continue
		real_n=$((real_n + 1))
		"$WMSDIFF_REPORT" verify real.xml >out 2>&1 || echo "$hive"
		rm -f real.xml
	done >wrong
	is "$(cat wrong)" '' "all reports of single real hives hold"
	holds pair --full --key '\' "$HIVES/real/pair-before.NTUSER.DAT" \
		"$HIVES/real/pair-after.NTUSER.DAT"
	holds win7 --full --key '\' "$HIVES/real/NTUSER-WIN7.DAT" \
		"$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT"
	ok 'with more than a thousand byte runs' test "$(counted 'SHA-256 of a byte run')" \
		-gt 1000
else
	skip 8 'there are no real hives'
fi

# ---- what a report is not ----

status 2 'a report that is not there' "$WMSDIFF_REPORT" verify nowhere.xml
head -c 5000 outlook.xml >cut.xml
status 2 'a report cut short' "$WMSDIFF_REPORT" verify cut.xml
sed 's/<store /<stone /' outlook.xml >stone.xml
status 2 'one that is not valid' "$WMSDIFF_REPORT" verify stone.xml
is "$(cat out)" '' 'nothing is said to hold'

# ---- one changed byte of the evidence, under each byte run in turn ----

mkdir small
cp "$s"/outlook-before.NTUSER.DAT small/before
cp "$s"/outlook-after.NTUSER.DAT small/after
"$WMSDIFF" -q -o small.xml small/before small/after
status 0 'a small report holds' "$WMSDIFF_REPORT" verify small.xml

# Runs that name no input are of the earlier hive in what is gone, and of the later one in
# what is new; each as FILE OFFSET LENGTH.  Those of secrets have no hash.
awk '
	/<regxml:cellobject/ { file = /new_cell|modified_cell/ ? "after" : "before" }
	/<delta:original_cellobject/ { file = "before" }
	/<recovered / { recovered = 1 }
	/<\/recovered>/ { recovered = 0 }
	/<dfxml:byte_run .*[^\/]>/ {
		match($0, /file_offset="[0-9]+"/)
		offset = substr($0, RSTART + 13, RLENGTH - 14)
		match($0, / len="[0-9]+"/)
		print recovered ? "after" : file, offset, substr($0, RSTART + 6, RLENGTH - 7)
	}' small.xml | sort -u >runs
ok 'there are byte runs' test "$(wc -l <runs)" -gt 100

# change FILE OFFSET: one bit of it
change() {
	change_byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\$(printf %o $((change_byte ^ 1)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

missed=0
while read -r file offset len; do
	at=$((offset + len / 2))
	cp "small/$file" kept
	change "small/$file" "$at"
	"$WMSDIFF_REPORT" verify small.xml >out 2>err
	[ $? -eq 1 ] && grep -q "^wrong: .* $file, offset $offset: the byte run of $len bytes" out &&
		grep -q "^wrong: .* $file: has the SHA-256" out ||
		{ missed=$((missed + 1)) && note "$file $offset $len"; }
	cp kept "small/$file"
done <runs
is "$missed" 0 'a changed byte is found under each byte run'
status 0 'the evidence is as it was' "$WMSDIFF_REPORT" verify small.xml

# ---- one changed character of each statement of the report that can be checked ----

# As LINE COLUMN WHAT: where the last character of such a value stands.
awk '
	function attribute(name, at) {
		if (match($0, " " name "=\"[^\"]+\""))
			print NR, RSTART + RLENGTH - 2 - (substr($0, RSTART + RLENGTH - 2, 1) == "Z"), name
	}
	function text(name, first) {
		if (match($0, "<" name "[^>]*>[^<]+</" name ">")) {
			end = RSTART + RLENGTH - length("</" name ">") - 1
			if (first) {
				match($0, "<" name "[^>]*>")
				end = RSTART + RLENGTH
			}
			print NR, end - (substr($0, end, 1) == "Z" && name ~ /mtime/), name
		}
	}
	/<bound / {
		n = split("time filetime offset", names, " ")
		for (i = 1; i <= n; i++) attribute(names[i])
	}
	/<(store|profile) / {
		if (/ offset="/) {
			n = split("mtime filetime offset", names, " ")
			for (i = 1; i <= n; i++) attribute(names[i])
		}
		if (/<profile / && /origin="live"/) attribute("name")
	}
	/<deletion / {
		n = split("at filetime earliest latest offset", names, " ")
		for (i = 1; i <= n; i++) attribute(names[i])
	}
	/<hive / {
		n = split("version primary_sequence secondary_sequence checksum last_written embedded_name data_size state", names, " ")
		for (i = 1; i <= n; i++) attribute(names[i])
	}
	/<dfxml:byte_run .*[^\/]>/ { attribute("file_offset"); attribute("len") }
	/<regxml:mtime / { attribute("filetime") }
	/<dfxml:filesize>/ { text("dfxml:filesize") }
	/<dfxml:hashdigest / { text("dfxml:hashdigest") }
	/<regxml:/ {
		text("regxml:mtime"); text("regxml:basename"); text("regxml:cellpath")
		text("regxml:name_type"); text("regxml:alloc"); text("regxml:data_type")
		text("regxml:data", 1)
	}' small.xml >every
# So many of each kind; EACH=1: all.
awk -v most="${EACH:+100000}" '
	BEGIN { if (!most) most = 12 }
	{ all[NR] = $0; kind[NR] = $3; n[$3]++ }
	END {
		for (i = 1; i <= NR; i++) {
			k = kind[i]
			if (seen[k]++ % int((n[k] + most - 1) / most) == 0) print all[i]
		}
	}' every >places
ok 'there are such statements' test "$(wc -l <places)" -gt 150
is "$(cut -d ' ' -f 3 places | sort -u | wc -l | tr -d ' ')" 27 'of all kinds'

missed=0 told=0
while read -r line column what; do
	# The next digit or letter; the same length, and mostly the same form.
	awk -v line="$line" -v column="$column" '
		NR == line {
			all = "01234567890abcdefghijklmnopqrstuvwxyzaABCDEFGHIJKLMNOPQRSTUVWXYZA"
			c = substr($0, column, 1)
			i = index(all, c)
			$0 = substr($0, 1, column - 1) (i ? substr(all, i + 1, 1) : "x") \
				substr($0, column + 1)
		}
		{ print }' small.xml >changed.xml
	"$WMSDIFF_REPORT" verify changed.xml >out 2>err
	case $? in
	0) missed=$((missed + 1)) && note "$line $column $what" ;;
	1) told=$((told + 1)) ;;
	esac
done <places
is "$missed" 0 'a changed character is found in each statement'
ok 'by the evidence, not only by the schema' test "$told" -gt $(($(wc -l <places) / 2))
done_testing
