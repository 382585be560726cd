#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs the sample programs and lets other readers of the format judge their hives:
# hivexml, reglookup, reglookup-recover, regfexport, xmllint.  A reader that is not
# installed is skipped.
# shellcheck source=tests/lib.sh
. "${srcdir:?is set by make check}/tests/lib.sh"

wms='/Software/Microsoft/Windows NT/CurrentVersion/Windows Messaging Subsystem'

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

# profiles FILE: the profiles of both lists, as reglookup reads them
profiles() {
	reglookup -t KEY -p "$wms" "$1" 2>/dev/null | cut -d, -f1 | sed "s|^$wms/||" |
		grep -E '^(Deleted )?Profiles/[^/]*$' | LC_ALL=C sort
}

# count TEXT FILE: how often the text stands in the file
count() {
	grep -a -o -F -e "$1" "$2" | wc -l
}

for name in exchange2000 outlook; do
	ok "$name writes two hives" \
		"$SAMPLES_DIR/$name" "$tmp/$name.before" "$tmp/$name.after"
	"$SAMPLES_DIR/$name" "$tmp/before" "$tmp/after"
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
	outlook.before 10407
	outlook.after 10421
EOF

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

for name in exchange2000.before exchange2000.after outlook.before outlook.after; do
	hive=$tmp/$name
	if has reglookup; then
		is "$(profiles "$hive")" "$(cat "$hive.profiles")" \
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

if has reglookup-recover; then
	ok 'outlook.after: reglookup-recover reads it' reglookup-recover "$tmp/outlook.after"
	is "$(grep -c '/Windows Messaging Subsystem/Profiles,Outlook,2016-03-14 13:31:52' \
		"$tmp/out")" 1 'outlook.after: the deleted profile tells when it went'
fi
done_testing
