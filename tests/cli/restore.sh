#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --restore: what the .reg files bring back, as hivexregedit merges them into the later
# hive: of whole profiles every key and value, of others no byte that was another one.
# What was lost is told by the recipes of the samples and by the README of the real hives.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/restore.shlib
. "$srcdir/tests/help/restore.shlib"
need xmllint sha256sum hivexregedit iconv cmp

evidence >"$tmp/evidence"

# ---- what comes back ----

# round NAME ROOT BEFORE MERGED-INTO PATHS ARGUMENT...: restores what ARGUMENT... tells
# in every form, and imports that into a hive; PATHS are the keys of the profiles
round() {
	round_name=$1 round_root=$2 round_before=$3 round_into=$4 round_paths=$5
	shift 5
	for form in utf8 utf16 ansi; do
		case $form in
		utf8) set -- --reg-encoding utf8 "$@" ;;
		utf16) shift 2 ;;
		ansi) [ "$round_ansi" = yes ] || continue
			set -- --reg-version 4 "$@" ;;
		esac
		is_named="$round_name, $form"
		restore 1 "$is_named" "$tmp/reg" "$@"
		is "$(files "$tmp/reg" | grep -c '\.reg$')" \
			"$(printf '%s\n' "$round_paths" | grep -c .)" "$is_named: a file each"
		ok "$is_named: hivexregedit merges them" merge "$round_into" "$round_root" \
			"$tmp/reg/"*.reg
		printf '%s\n' "$round_paths" >"$tmp/paths"
		while read -r path; do
			equal "$is_named" "$round_before" "$path"
		done <"$tmp/paths"
		status 0 "$is_named: compared again" "$WMSDIFF" -q --skip-logs \
			-o "$tmp/again.xml" "$round_before" "$tmp/merged"
		load "$tmp/again.xml"
		is "$(list //change/@kind | grep -cE 'deleted|recreated|damaged')" 0 \
			"$is_named: nothing is lost any more"
	done
}
round_ansi=yes

# What incident_purge() takes: four of one list, three of the other.
purged='Profiles\Exchange Administrator
Profiles\EXCH01-LME-GWISE V5.5
Profiles\EXCH01-LME-NOTES
Profiles\Mailbox Manager 000006a801c2e6cadf9b1e64
Deleted Profiles\Event Script 0000051c01c2e6cb0341c82c
Deleted Profiles\Fax Gateway 000007f001c2e6cb4af80334
Deleted Profiles\{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}'
purged_paths=$(printf '%s\n' "$purged" | sed "s/^/$(printf '%s' "$wms\\" | sed 's/\\/\\\\/g')/")
set --
while IFS= read -r line; do
	set -- "$@" --restore-profile "${line#*\\}"
done <<END
$purged
END
round 'exchange2000, all seven' 'HKEY_USERS\.DEFAULT' "$exchange_before" "$exchange_after" \
	"$purged_paths" "$@" "$exchange_before" "$exchange_after"
ok 'the logs are applied' "$WMSDIFF" -q --exit-zero -o "$tmp/r.xml" --save-image "$tmp" \
	"$log_after"
round 'exchange2000log, all seven' 'HKEY_USERS\.DEFAULT' "$log_before" \
	"$tmp/s2-exchange2000log-after.DEFAULT" "$purged_paths" "$@" "$log_before" "$log_after"
round 'exchange2000log, one hive' 'HKEY_USERS\.DEFAULT' "$log_before" \
	"$tmp/s2-exchange2000log-after.DEFAULT" "$purged_paths" "$@" "$log_after"

round 'outlook' HKEY_CURRENT_USER "$outlook_before" "$outlook_after" \
	"$wms\\Profiles\\Outlook" "$outlook_before" "$outlook_after"
round 'outlook, one hive' HKEY_CURRENT_USER "$outlook_before" "$outlook_after" \
	"$wms\\Profiles\\Outlook" "$outlook_after"
ok 'the logs are applied' "$WMSDIFF" -q --exit-zero -o "$tmp/r.xml" --save-image "$tmp" \
	"$log2016_after"
gone2016="$office\\Profiles\\Archive 2015
$office\\Profiles\\Projects"
round 'outlook2016log' HKEY_CURRENT_USER "$log2016_before" \
	"$tmp/s2-outlook2016log-after.NTUSER.DAT" "$gone2016" "$log2016_before" "$log2016_after"
round 'outlook2016log, one hive' HKEY_CURRENT_USER "$log2016_before" \
	"$tmp/s2-outlook2016log-after.NTUSER.DAT" "$gone2016" "$log2016_after"

if [ -n "$HIVES" ] && [ -d "$HIVES" ]; then
	win7=$HIVES/real/NTUSER-WIN7.DAT
	gone=$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT
	account=$HIVES/deleted/NTUSER-WIN7-account-deleted.DAT
	round 'Windows 7' HKEY_CURRENT_USER "$win7" "$gone" "$wms\\Profiles\\Outlook" \
		"$win7" "$gone"
	round 'Windows 7, one hive' HKEY_CURRENT_USER "$win7" "$gone" \
		"$wms\\Profiles\\Outlook" "$gone"
	# An account of the profile is gone: the profile is damaged, not lost.
	round 'Windows 7, an account' HKEY_CURRENT_USER "$win7" "$account" \
		"$wms\\Profiles\\Outlook" "$win7" "$account"
else
	skip 63 'there are no real hives'
fi

# ---- the whole list ----

form=utf8
without "$outlook_before" "$wms\\Profiles"
restore 1 'the list is gone' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$tmp/without.hive"
is "$(files "$tmp/reg" | wc -l)" 5 'five files'
is "$(grep -l '^"DefaultProfile"="Outlook"$' "$tmp/reg/"* | grep -c /Outlook-)" 1 \
	'one of them names the default profile'
is "$(grep -l DefaultProfile "$tmp/reg/"* | wc -l)" 1 'and no other'
ok 'they can be merged' merge "$tmp/without.hive" HKEY_CURRENT_USER "$tmp/reg/"*
equal 'the list' "$outlook_before" "$wms\\Profiles"
restore 2 'in version 4' "$tmp/reg" --reg-version 4 "$outlook_before" "$tmp/without.hive"
is "$(files "$tmp/reg" | wc -l)" 4 'one of five cannot be'
is "$(query '//restore[@reason="code_page"]/../@profile')" 'Übung Ελλάδα' 'with Greek in its name'
without "$log2016_before" "$office"
restore 1 'the key above the list is gone' "$tmp/reg" --reg-encoding utf8 "$log2016_before" \
	"$tmp/without.hive"
is "$(files "$tmp/reg" | wc -l)" 4 'four files'
ok 'they can be merged' merge "$tmp/without.hive" HKEY_CURRENT_USER "$tmp/reg/"*
equal 'the list' "$log2016_before" "$office\\Profiles"
is "$(subtree "$tmp/merged" "$office" | sed -n '/^"DefaultProfile"=/p')" \
	"$(subtree "$log2016_before" "$office" | sed -n '/^"DefaultProfile"=/p')" \
	'the default profile too'

# ---- what is incomplete ----

restore 1 'Windows 2000, one hive' "$tmp/reg" "$exchange_alone"
is "$(files "$tmp/reg")" '' 'nothing is whole'
is "$(query '//profile[@name="Exchange Administrator"]/restore/@outcome') $(query \
	'//profile[@name="Exchange Administrator"]/restore/@reason')" 'refused incomplete' \
	'and that is why'
restore 2 'asked for by name' "$tmp/reg" --restore-profile 'Exchange Administrator' \
	"$exchange_alone"
guid='{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}'
while IFS='|' read -r list name; do
	restore 1 "what is left of $name" "$tmp/reg" --reg-encoding utf8 --restore-partial \
		--restore-profile "$name" "$exchange_alone"
	is "$(files "$tmp/reg" | wc -l)" 1 'is written'
	cp "$tmp/reg/"* "$tmp/partial.reg"
	ok 'the file says INCOMPLETE' grep -q '^; INCOMPLETE: ' "$tmp/partial.reg"
	ok 'so does the page' grep -qE '^restore   1 of [0-9]+ written \(1 INCOMPLETE\) to ' "$tmp/page"
	is "$(list '//restore/loss[@code="data"]/@code')" data 'and the report, of data'
	is "$(query //restore/@completeness)" partial 'which tells it is partial'
	ok 'it can be merged' merge "$exchange_alone" 'HKEY_USERS\.DEFAULT' "$tmp/partial.reg"
	subtree "$exchange_before" "$wms\\$list\\$name" | sort -u >"$tmp/was"
	subtree "$tmp/merged" "$wms\\$list\\$name" | sort -u >"$tmp/is"
	is "$(comm -13 "$tmp/was" "$tmp/is")" '' 'no byte is told that was another one'
	was=$(subtree "$exchange_before" "$wms\\$list\\$name" | grep -c '^"')
	is "$(subtree "$tmp/merged" "$wms\\$list\\$name" | grep -c '^"')" \
		"$(query //restore/@values)" 'the report counts its values'
	ok 'which are not all' test "$(query //restore/@values)" -lt "$was"
	ok 'but some' test "$(query //restore/@values)" -gt 0
done <<END
Profiles|Exchange Administrator
Profiles|EXCH01-LME-NOTES
Deleted Profiles|$guid
END
is "$(query //restore/@keys)" 6 'two sections of that are lost, as the recipe has it'
restore 1 'the nameless one' "$tmp/reg" --restore-partial "$exchange_alone"
is "$(list '//recovered/profile[@name=""]/restore/@reason')" list_lost 'cannot be written'

# ---- a profile that is damaged, or made anew ----

damaged=$tmp/damaged.hive
cp "$outlook_before" "$damaged"
chmod u+w "$damaged"
printf 'Windows Registry Editor Version 5.00\n\n[-X\\%s]\n' \
	"$wms\\Profiles\\Outlook\\9207f3e0a3b11019908b08002b2a56c2" |
	hivexregedit --merge --prefix X "$damaged" -
restore 1 'damaged' "$tmp/reg" --reg-encoding utf8 "$outlook_before" "$damaged"
is "$(list //change/@kind) $(list //restore/@outcome)" 'damaged written' 'is written'
ok 'the file says so' grep -q '^; - The profile is there, damaged' "$tmp/reg/"*
ok 'it can be merged' merge "$damaged" HKEY_CURRENT_USER "$tmp/reg/"*
equal 'damaged' "$outlook_before" "$wms\\Profiles\\Outlook"
restore 1 'damaged, then gone' "$tmp/reg" --reg-encoding utf8 "$outlook_before" "$damaged" \
	"$outlook_after"
is "$(files "$tmp/reg" | wc -l)" 1 'is one profile'
ok 'it can be merged' merge "$outlook_after" HKEY_CURRENT_USER "$tmp/reg/"*
equal 'damaged, then gone' "$outlook_before" "$wms\\Profiles\\Outlook"
is "$(grep -c 'is there, damaged' "$tmp/reg/"*)" 0 'but it is not there'
restore 0 'damaged, then mended' "$tmp/reg" "$outlook_before" "$damaged" "$outlook_before"
is "$(files "$tmp/reg")$(list //restore/@reason)" is_back 'needs nothing'
restore 0 'gone and back again' "$tmp/reg" "$outlook_before" "$outlook_after" \
	"$outlook_before"
is "$(files "$tmp/reg")$(list //change/restore/@outcome) $(list //change/restore/@reason)" \
	'left_out is_back' 'needs nothing'
restore 1 'gone, back, and gone again' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$outlook_after" "$outlook_before" "$outlook_after"
is "$(list //change/restore/@outcome | tr '\n' ' ')$(list //change/restore/@reason)" \
	'left_out written other_state' 'is brought back once, as it was the last time'

evidence >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
