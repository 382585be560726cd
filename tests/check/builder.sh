#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs the sample programs and lets other readers of the format judge their hives:
# hivexml, reglookup, reglookup-recover, regfexport, xmllint.  A reader that is not
# installed is skipped.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

wms='/Software/Microsoft/Windows NT/CurrentVersion/Windows Messaging Subsystem'
office='/Software/Microsoft/Office/16.0/Outlook'

# has TOOL: whether it is there; if not, one result is skipped
has() {
	command -v "$1" >/dev/null || {
		skip 1 "there is no $1"
		return 1
	}
}

# field FILE OFFSET: a little-endian number of 4 bytes, whatever this machine's order
field() {
	# shellcheck disable=SC2046 # four numbers
	set -- $(od -An -v -tu1 -j "$2" -N 4 "$1")
	echo $(($1 | $2 << 8 | $3 << 16 | $4 << 24))
}

# checksum FILE: the exclusive or of the first 127 numbers
checksum() {
	# shellcheck disable=SC2046 # numbers again
	set -- $(od -An -v -tu1 -N 508 "$1")
	sum=0
	while [ $# -gt 0 ]; do
		sum=$((sum ^ ($1 | $2 << 8 | $3 << 16 | $4 << 24)))
		shift 4
	done
	echo "$sum"
}

# profiles FILE [KEY]: the profiles of both lists, as reglookup reads them
profiles() {
	reglookup -t KEY -p "${2-$wms}" "$1" 2>/dev/null | cut -d, -f1 |
		sed "s|^${2-$wms}/||" |
		grep -E '^(Deleted )?Profiles/[^/]*$' | LC_ALL=C sort
}

# count TEXT FILE: how often the text stands in the file
count() {
	grep -a -o -F -e "$1" "$2" | wc -l
}

# put FILE OFFSET NUMBER: the same the other way round
put() {
	# shellcheck disable=SC2059 # an octal escape for each byte
	printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($3 & 255)) $(($3 >> 8 & 255)) \
		$(($3 >> 16 & 255)) $(($3 >> 24 & 255)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# page HIVE REL LOG OFFSET SIZE: copies a page of a log to its place in the bins
page() {
	tail -c +$(($4 + 1)) "$3" | head -c "$5" |
		dd of="$1" bs=512 seek=$((8 + $2 / 512)) conv=notrunc 2>/dev/null
}

# replayed HIVE SEQUENCE BINS_LEN: what the base block says in the end
replayed() {
	put "$1" 4 "$2"
	put "$1" 8 "$2"
	put "$1" 40 "$3"
	put "$1" 508 "$(checksum "$1")"
}

# replay_old HIVE LOG
replay_old() {
	bins_len=$(field "$2" 40)
	from=$(((516 + bins_len / 4096 + 511) / 512 * 512)) rel=0
	for bits in $(od -An -v -tu1 -j 516 -N $((bins_len / 4096)) "$2"); do
		for bit in 1 2 4 8 16 32 64 128; do
			if [ $((bits & bit)) -ne 0 ]; then
				page "$1" "$rel" "$2" "$from" 512
				from=$((from + 512))
			fi
			rel=$((rel + 512))
		done
	done
	replayed "$1" "$(field "$2" 4)" "$bins_len"
	is "$(wc -c <"$2")" "$from" "${2##*/}: nothing behind the last page"
}

# replay_new HIVE LOG SEQUENCES: entries that follow one another from the sector's number
replay_new() {
	entry=512 next=$(field "$2" 4) sequences=
	while [ "$(tail -c +$((entry + 1)) "$2" | head -c 4 | tr -d '\0')" = HvLE ] &&
		[ "$(field "$2" $((entry + 12)))" -eq "$next" ]; do
		n=$(field "$2" $((entry + 20))) i=0
		from=$((entry + 40 + 8 * n))
		while [ "$i" -lt "$n" ]; do
			size=$(field "$2" $((entry + 44 + 8 * i)))
			page "$1" "$(field "$2" $((entry + 40 + 8 * i)))" "$2" "$from" "$size"
			from=$((from + size)) i=$((i + 1))
		done
		replayed "$1" "$next" "$(field "$2" $((entry + 16)))"
		sequences="$sequences $next" next=$((next + 1))
		entry=$((entry + $(field "$2" $((entry + 4)))))
	done
	is "$sequences" " $3" "${2##*/}: entries"
}

for name in exchange2000 exchange2000log outlook outlook2016log; do
	ok "$name writes two hives" \
		"$SAMPLES_DIR/$name" "$tmp/$name.before" "$tmp/$name.after"
	"$SAMPLES_DIR/$name" "$tmp/before" "$tmp/after"
	for log in "$tmp/after."*; do
		[ ! -f "$log" ] || mv "$log" "$tmp/$name.after.again.${log##*.}"
	done
	ok "$name writes the same BEFORE again" cmp "$tmp/before" "$tmp/$name.before"
	ok "$name writes the same AFTER again" cmp "$tmp/after" "$tmp/$name.after"
	status 1 "$name wants two operands" "$SAMPLES_DIR/$name" "$tmp/$name.before"
done

# The base block: equal sequence numbers, as the recipes say, and the checksum.
while read -r hive sequence; do
	is "$(field "$tmp/$hive" 4) $(field "$tmp/$hive" 8)" "$sequence $sequence" \
		"$hive: sequence numbers"
	is "$(checksum "$tmp/$hive")" "$(field "$tmp/$hive" 508)" "$hive: checksum"
done <<-'EOF'
	exchange2000.before 1202
	exchange2000.after 1225
	exchange2000log.before 1202
	exchange2000log.after.LOG 1224
	outlook2016log.before 804
	outlook2016log.after.LOG1 811
	outlook2016log.after.LOG2 815
	outlook.before 10407
	outlook.after 10421
EOF

# Dirty hives and the file types of their logs; then the logs are replayed.
while read -r hive primary secondary type logs; do
	is "$(field "$tmp/$hive" 4) $(field "$tmp/$hive" 8)" "$primary $secondary" \
		"$hive: one write was begun and not ended"
	is "$(checksum "$tmp/$hive")" "$(field "$tmp/$hive" 508)" "$hive: checksum"
	for log in $logs; do
		ok "$hive.$log comes out the same again" \
			cmp "$tmp/$hive.$log" "$tmp/$hive.again.$log"
		is "$(field "$tmp/$hive.$log" 28)" "$type" "$hive.$log: file type"
	done
	cp "$tmp/$hive" "$tmp/${hive%after}replayed"
done <<-'EOF'
	exchange2000log.after 1224 1223 2 LOG
	outlook2016log.after 812 811 6 LOG1 LOG2
EOF
replay_old "$tmp/exchange2000log.replayed" "$tmp/exchange2000log.after.LOG"
replay_new "$tmp/outlook2016log.replayed" "$tmp/outlook2016log.after.LOG1" \
	'811 812 813 814'
cp "$tmp/outlook2016log.replayed" "$tmp/outlook2016log.halfway"
replay_new "$tmp/outlook2016log.replayed" "$tmp/outlook2016log.after.LOG2" '815 816 817'
ok 'exchange2000log: BEFORE is that of exchange2000' \
	cmp "$tmp/exchange2000log.before" "$tmp/exchange2000.before"

# What the recipes intend; reglookup spells a name in UTF-16 byte by byte.
cat >"$tmp/exchange2000.before.profiles" <<'EOF'
Deleted Profiles/Event Script 0000051c01c2e6cb0341c82c
Deleted Profiles/Fax Gateway 000007f001c2e6cb4af80334
Deleted Profiles/{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}
Profiles/Backup Agent 0000097401c2e6cb9288189c
Profiles/EXCH01-LME-GWISE V5.5
Profiles/EXCH01-LME-NOTES
Profiles/Exchange Administrator
Profiles/Mailbox Manager 000006a801c2e6cadf9b1e64
EOF
cat >"$tmp/exchange2000.after.profiles" <<'EOF'
Profiles/Backup Agent 0000097401c2e6cb9288189c
EOF
cat >"$tmp/outlook.before.profiles" <<'EOF'
Profiles/%DC%00b%00u%00n%00g%00 %00%95%03%BB%03%BB%03%AC%03%B4%03%B1%03
Profiles/Archive 2009
Profiles/Home office
Profiles/Outlook
Profiles/Shared mailbox
EOF
cat >"$tmp/outlook.after.profiles" <<'EOF'
Deleted Profiles/Shared mailbox
Profiles/%DC%00b%00u%00n%00g%00 %00%95%03%BB%03%BB%03%AC%03%B4%03%B1%03
Profiles/Archive 2009-2011
Profiles/Home office
EOF

for name in before after; do
	cp "$tmp/exchange2000.before.profiles" "$tmp/exchange2000log.$name.profiles"
	printf 'Profiles/%s\n' 'Archive 2015' Outlook Personal Projects \
		>"$tmp/outlook2016log.$name.profiles"
done
cp "$tmp/exchange2000.after.profiles" "$tmp/exchange2000log.replayed.profiles"
grep -v Projects "$tmp/outlook2016log.after.profiles" >"$tmp/outlook2016log.halfway.profiles"
grep -v Archive "$tmp/outlook2016log.halfway.profiles" \
	>"$tmp/outlook2016log.replayed.profiles"

for name in exchange2000.before exchange2000.after outlook.before outlook.after \
	exchange2000log.after exchange2000log.replayed outlook2016log.before \
	outlook2016log.after outlook2016log.halfway outlook2016log.replayed; do
	hive=$tmp/$name
	case $name in
	outlook2016log.*) root=$office ;;
	*) root=$wms ;;
	esac
	if has reglookup; then
		is "$(profiles "$hive" "$root")" "$(cat "$hive.profiles")" \
			"$name: reglookup finds the profiles"
	fi
	if has regfexport; then
		ok "$name: regfexport reads it" regfexport "$hive"
	fi
	has hivexml || continue
	status 0 "$name: hivexml reads it" hivexml "$hive"
	mv "$tmp/out" "$tmp/xml"
	if has xmllint; then
		ok "$name: xmllint reads the output of hivexml" xmllint --noout "$tmp/xml"
	fi
	if has reglookup; then
		is "$(count '<node ' "$tmp/xml")" \
			"$(reglookup -t KEY -H "$hive" 2>/dev/null | wc -l)" \
			"$name: hivexml and reglookup count the same keys"
	fi
done

# What is gone is still in the bytes.
for text in 'EXCH01-LME-GWISE V5.5' 'Event Script 0000051c01c2e6cb0341c82c' \
	'13dbb0c8aa05101a9bb000aa002fc45a'; do
	is "$(count "$text" "$tmp/exchange2000.after")" \
		"$(count "$text" "$tmp/exchange2000.before")" \
		"exchange2000.after: '$text' stays in free cells"
done
is "$(count 'POP3 Password' "$tmp/outlook.after")" 3 \
	'outlook.after: the accounts of the deleted profile stay in free cells'

# The account goes with the second entry, and its keys tell when.
if has reglookup; then
	accounts=$office/Profiles/Outlook/9375CFF0413111d3B88A00104B2A6676
	is "$(reglookup -t KEY -p "$accounts" "$tmp/outlook2016log.after" 2>/dev/null |
		grep -c /00000004,)" 1 'outlook2016log.after: the account is there'
	is "$(reglookup -H -t KEY -p "$accounts" "$tmp/outlook2016log.halfway" 2>/dev/null |
		sed "s|^$accounts||" | cut -d, -f1,4 | paste -s -d' ' -)" \
		',2019-06-14 09:31:20 /00000001,2018-09-24 09:20:14 /00000002,2018-09-24 09:20:14 /00000003,2018-09-24 09:20:14' \
		'outlook2016log.halfway: the account is gone'
fi

if has reglookup-recover; then
	ok 'outlook.after: reglookup-recover reads it' reglookup-recover "$tmp/outlook.after"
	is "$(grep -c '/Windows Messaging Subsystem/Profiles,Outlook,2016-03-14 13:31:52' \
		"$tmp/out")" 1 'outlook.after: the deleted profile tells when it went'
fi
done_testing
