#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The program on the two samples.  What they hold and what became of it is told in
# samples/exchange2000.c and samples/outlook.c; every expected value is from there.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"
need xmllint sha256sum cmp

exchange_before=$SAMPLES_DIR/exchange2000-before.DEFAULT
exchange_after=$SAMPLES_DIR/exchange2000-after.DEFAULT
outlook_before=$SAMPLES_DIR/outlook-before.NTUSER.DAT
outlook_after=$SAMPLES_DIR/outlook-after.NTUSER.DAT
sha256sum "$SAMPLES_DIR"/*.DEFAULT "$SAMPLES_DIR"/*.DAT >"$tmp/evidence"
wms='Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem'

# run STATUS NAME ARGUMENT...: page, said and the report, loaded
run() {
	run_expected=$1 run_name=$2
	shift 2
	rm -f "$tmp/report.xml"
	status "$run_expected" "$run_name" "$WMSDIFF" -o "$tmp/report.xml" "$@"
	cp "$tmp/out" "$tmp/page"
	cp "$tmp/err" "$tmp/said"
	load "$tmp/report.xml"
}

# changes: kind, names, list and certainty of each change, sorted
changes() {
	changes_n=$(count //change)
	while [ "$changes_n" -gt 0 ]; do
		query "concat(//change[$changes_n]/@kind, ': ', //change[$changes_n]/@profile,
			' > ', //change[$changes_n]/@new_name, ' in ',
			//change[$changes_n]/@list, ' to ', //change[$changes_n]/@new_list, ' ',
			//change[$changes_n]/@certainty)"
		changes_n=$((changes_n - 1))
	done | sort
}

# change NAME XPATH: something of the change of that profile
change() {
	query "//change[@profile='$1']/$2"
}

# ---- Exchange 2000: all profiles of live services are purged ----

run 1 'profiles of Exchange 2000' "$exchange_before" "$exchange_after"
is "$(changes)" 'deleted: EXCH01-LME-GWISE V5.5 >  in profiles to  certain
deleted: EXCH01-LME-NOTES >  in profiles to  certain
deleted: Event Script 0000051c01c2e6cb0341c82c >  in deleted_profiles to  certain
deleted: Exchange Administrator >  in profiles to  certain
deleted: Fax Gateway 000007f001c2e6cb4af80334 >  in deleted_profiles to  certain
deleted: Mailbox Manager 000006a801c2e6cadf9b1e64 >  in profiles to  certain
deleted: {5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2} >  in deleted_profiles to  certain' \
	'all but that of the agent are deleted'
purge=2003-03-18T09:14:07.2968750Z
is "$(list '//bound[@which="earliest" and @source="header_time"]/@time' | sort -u)" \
	2003-03-17T18:30:02.6250000Z 'not before the hive was saved with them'
is "$(list //change/deletion/@latest | sort -u)" $purge 'not after the moment of the purge'
is "$(list '//bound[@source="recovered_key_time"]/@time' | sort | uniq -c | tr -s ' ')" \
	" 7 $purge" 'nor before it, as what is left of them says'
is "$(list //change/deletion/@at | sort | uniq -c | tr -s ' ')" " 7 $purge" \
	'it is the moment itself'
is "$(list //change/deletion/@confirmed | tr -d '\n')" 1111111 'which the lists confirm'
is "$(query //summary/@profiles_before)$(query //summary/@profiles_after)$(query \
	//summary/@deleted)" 817 'counted'
is "$(list '//change[reason/@code="was_default"]/@profile')" 'Exchange Administrator' \
	'one was the default profile'
is "$(list '//change[reason/@code="default_dangles"]/@profile')" 'Exchange Administrator' \
	'and is still named'
is "$(query '//snapshot[2]/store/profile/@name' | sed 's/ [0-9a-f]*$//')" 'Backup Agent' \
	'the agent has its profile'
is "$(query //series/@role)" local_system 'the hive is that of LocalSystem'
is "$(list //snapshot/@readers | tr -d '\n')" agreeagree 'both readers agree'
is "$(list //hive/@free_cells | sort -u)" windows_2000 'free cells as of Windows 2000'
manager='Mailbox Manager 000006a801c2e6cadf9b1e64'
is "$(change "$manager" .//generated_name/@prefix) $(change "$manager" .//generated_name/@pid)" \
	"Mailbox Manager $((0x6a8))" 'who made a generated name'
is "$(change "$manager" .//generated_name/@created)" 2003-03-10T06:04:12.9062500Z 'and when'
is "$(change "$manager" ".//exchange[@kind='primary']/@mailbox_dn")" \
	"/o=Example/ou=First Administrative Group/cn=Configuration/cn=Servers/cn=EXCH01/cn=$(
	)Microsoft System Attendant" 'the mailbox of the server'
is "$(change 'Exchange Administrator' ".//exchange[@kind='primary']/@mailbox_dn")" \
	'/o=Example/ou=First Administrative Group/cn=Recipients/cn=Administrator' \
	'the mailbox of a person'
is "$(list "//change//exchange[@kind='primary']/@server" | sort -u)" EXCH01 'on the server'
is "$(count "//change[.//exchange/@kind='public']")" 3 'three with public folders'
is "$(list '//change//service/@name' | sort | uniq -c | tr -s ' ')" ' 7 MSEMS' \
	'one service each'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 7 profiles are gone' 'the verdict on the page'
full_page "$exchange_before" "$exchange_after"
is "$(grep -c '^deleted .*\[certain\]$' "$tmp/full")" 7 'each on the page'
is "$(grep -c "^    when      at 2003-03-18 09:14:07 UTC, by its own record and its list's\$" "$tmp/full")" 7 \
	'with the moment'
is "$(cat "$tmp/said")" '' 'nothing else is said'

run 1 'without recovery' --no-recover "$exchange_before" "$exchange_after"
is "$(list //change/deletion/@earliest | sort -u)" 2003-03-17T18:30:02.6250000Z \
	'not before the hive was saved with them'
is "$(list //change/deletion/@latest | sort -u)" $purge 'not after the purge'
is "$(count //deletion/@at)/$(count //recovered_share)/$(count //recovered)" 0/0/0 \
	'and no more is told'

run 0 'the other way round' "$exchange_after" "$exchange_before"
is "$(list //change/@kind | sort | uniq -c | tr -s ' ')" ' 7 added' 'seven are added'
is "$(list //change/@certainty | sort -u)" possible 'which may not be'
is "$(list '//diagnostic/@code')" after_older 'because the later one is older'

# ---- Outlook: one renamed, one moved, one deleted ----

run 1 'profiles of Outlook' "$outlook_before" "$outlook_after"
is "$(changes)" 'deleted: Outlook >  in profiles to  certain
moved: Shared mailbox >  in profiles to deleted_profiles certain
renamed: Archive 2009 > Archive 2009-2011 in profiles to  certain' 'three changes'
is "$(change Outlook @store_path)" "$wms\\Profiles" 'not the one of Outlook 2016'
is "$(change 'Shared mailbox' @new_store_path)" "$wms\\Deleted Profiles" 'where it went'
is "$(list '//bound[@source="header_time" and @which="earliest"]/@time' | sort -u)" \
	2016-03-11T16:58:20.7710032Z 'not before the hive was saved'
is "$(list '//change[@kind!="deleted"]/deletion/@earliest' | sort -u)" \
	2016-03-11T16:58:20.7710032Z 'of the two that are there nothing more is known'
is "$(change Outlook deletion/@at) $(change Outlook deletion/@confirmed)" \
	'2016-03-14T13:31:52.6200811Z 1' 'the moment of the deletion'
is "$(count //deletion/@at)" 1 'and of no other change'
is "$(change Outlook recovered_share/@completeness)" whole 'it is still there whole'
is "$(list '//change[@kind!="moved"]/deletion/@latest' | sort -u)" \
	2016-03-14T13:31:52.6200811Z 'not after the last change of the list'
is "$(list '//change[@kind="moved"]/deletion/@latest')" 2016-03-14T13:23:05.9042300Z \
	'moved not after the last change of the other list'
for name in 'Archive 2009' 'Shared mailbox'; do
	is "$(list "//change[@profile='$name']/reason/@code" | grep -c same_instance)" 1 \
		"$name has its instance key"
	is "$(change "$name" 'difference/@kind')" '' 'and its content'
done
is "$(list '//change[@profile="Outlook"]/reason/@code' | sort | tr '\n' ' ')" \
	'absent_after default_dangles readers_agree was_default ' 'why Outlook'
is "$(list '//change[@profile="Outlook"]//service/@name' | sort | tr '\n' ' ')" \
	'CONTAB MSUPST MS ' 'its services'
is "$(change Outlook ".//file[@kind='pst']/@path")" \
	'C:\Users\mkeller\Documents\Outlook Files\mkeller@example.com.pst' 'its file'
is "$(change Outlook ".//account[@kind='pop3']/@email")" mkeller@example.com 'its account'
is "$(change Outlook ".//account[@kind='pop3']/setting[@name='POP3 Server']/@value")" \
	mail.example.com 'its server'
is "$(count //snapshot[1]/store/profile)/$(count //snapshot[2]/store/profile)" 6/5 \
	'the inventory'
is "$(list //store/profile/@origin | sort -u)" live 'which is of live profiles alone'
is "$(count '//snapshot//profile/*')" 0 'without what they hold'
is "$(query '//snapshot[1]/store[@kind="office"]/@office_version')" 16.0 'one is of Office'
is "$(query //series/@sid) $(query //series/@user) $(query //series/@role)" \
	'S-1-5-21-1085031214-1563985344-725345543-1127 mkeller user' 'whose hive it is'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 1 profile is gone' 'the verdict on the page'

run 0 'the other way round' "$outlook_after" "$outlook_before"
is "$(changes)" 'added: Outlook >  in profiles to  possible
moved: Shared mailbox >  in deleted_profiles to profiles possible
renamed: Archive 2009-2011 > Archive 2009 in profiles to  possible' 'all mirrored'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: no profile is gone' 'none is gone'

# ---- a profile is there, but an account of it is gone ----

if command -v hivexsh >/dev/null; then
	ok 'an account is deleted' without_account "$tmp/hurt"
	run 1 'a profile without it' "$outlook_before" "$tmp/hurt"
	is "$(changes)" 'damaged: Outlook >  in profiles to  certain' 'is damaged'
	is "$(sed -n 1p "$tmp/page")" 'wmsdiff: no profile is gone; 1 is damaged' 'which the verdict says'
	one_line "$tmp/page" >"$tmp/line"
	ok 'and what is lost' grep -qF \
		'damaged Outlook in Profiles [certain] lost account pop3 mkeller@example.com; ' "$tmp/line"
	ok 'and what to do' grep -qF 'do Bring back with --restore what it was before ' "$tmp/line"
	run 1 'restored' --restore "$tmp/reg" "$outlook_before" "$tmp/hurt"
	is "$(grep -c '^do ' "$tmp/page") $(grep -c '^restore   1 of 1 written' "$tmp/page")" '0 1' \
		'that is done'
else
	skip 9 'there is no hivexsh'
fi

# ---- nothing changed ----

for hive in "$exchange_before" "$exchange_after" "$outlook_before" "$outlook_after"; do
	run 0 'a hive and itself' --key "\\" "$hive" "$hive"
	is "$(count //change)/$(query //compared_key/@differences)" 0/0 'nothing is found'
	is "$(list //diagnostic/@code)" same_file 'but that it is the same file'
done

# ---- one and three ----

run 0 'one snapshot' "$outlook_before"
is "$(count //comparison)/$(count //snapshot)/$(count //store/profile)" 0/1/6 'no comparison'
is "$(count '//store/profile[service and cellobject]')" 6 'profiles are spelled out'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 6 profiles in this hive, 0 deleted ones recovered' \
	'the page tells them'
run 0 'one snapshot without recovery' --no-recover "$outlook_before"
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 6 profiles in this hive' 'the page tells them'
is "$(grep -c '^ .*  (default)' "$tmp/page")" 2 'two default profiles'
full_page --no-recover "$outlook_before"
is "$(grep -c '^profile .*(default)' "$tmp/full")" 2 'spelled out too'

run 1 'three snapshots' "$outlook_before" "$outlook_before" "$outlook_after"
is "$(query '//comparison[1]/@before')$(query '//comparison[1]/@after')$(query \
	'//comparison[2]/@before')$(query '//comparison[2]/@after')" s1s2s2s3 'two comparisons'
is "$(count '//comparison[1]/change')/$(count '//comparison[2]/change')" 0/3 'in their place'
is "$(query '//change[@kind="deleted"]/@last_seen')" s2 'where it was last seen'
is "$(query //summary/@snapshots)$(query //summary/@profiles_before)$(query \
	//summary/@profiles_after)" 365 'counted from first to last'
run 0 'gone and back again' "$outlook_before" "$outlook_after" "$outlook_before"
is "$(query '//comparison[1]/change[@profile="Outlook"]/@kind') $(query \
	'//comparison[2]/change[@profile="Outlook"]/@kind')" 'deleted added' 'both are told'
is "$(sed -n 1p "$tmp/page")" "wmsdiff: $(query //summary/@verdict)" 'page and report agree'
is "$(query //summary/@verdict)" '1 profile was gone and is back' 'which is no loss'
is "$(query //summary/@gone)/$(query //summary/@back)" 0/1 'and counted so'

# ---- options ----

run 1 '--full' --full "$outlook_before" "$outlook_after"
is "$(count '//snapshot[1]/store/profile[cellobject]')/$(count \
	'//snapshot[2]/store/profile[cellobject]')" 6/5 'spells out every profile'
is "$(count '//recovered/profile[not(cellobject)]')" 0 'recovered ones too'

run 1 '--key' --key "\\" --key 'Control Panel\Desktop' "$outlook_before" "$outlook_after"
# What desktop_apply() writes that morning; the profiles are differences as well.
is "$(list '//compared_key[@path="\"]/difference[not(contains(@path, "Messaging")) and
	starts-with(@kind, "value")]/@name' | sort | tr '\n' ' ')" 'LastUse Wallpaper a ' \
	'the whole hive'
is "$(query '//compared_key[2]/difference/@name') $(query \
	'//compared_key[2]/difference/@after')" \
	'Wallpaper C:\Users\mkeller\Pictures\spring.jpg' 'one key'
run 1 'a key that there is not' --key 'No\Such\Key' "$outlook_before" "$outlook_after"
is "$(query //compared_key/@before)$(query //compared_key/@after) $(list \
	'//diagnostic/@code')" '00 key_absent' 'is said to be absent'

run 1 'case' --case 'A<1>&"2"' --examiner 'Ünïcode Ελλάδα' --note "it's a note" \
	"$outlook_before" "$outlook_after"
is "$(query //case/@id)|$(query //case/@examiner)|$(query //case/@note)" \
	"A<1>&\"2\"|Ünïcode Ελλάδα|it's a note" 'is told as given'
run 1 '--exit-zero takes effect' "$outlook_before" "$outlook_after"
run 0 'and so' --exit-zero "$outlook_before" "$outlook_after"
is "$(query //summary/@exit_status)" 1 'but only on the exit status'
status 2 'not on trouble' "$WMSDIFF" --exit-zero "$tmp/none"

run 1 '-q' -q "$outlook_before" "$outlook_after"
is "$(cat "$tmp/page" "$tmp/said")" '' 'says nothing'
run 1 '-v' -v "$outlook_before" "$outlook_after"
is "$(grep -c '^wmsdiff: .*outlook-.*: reading and hashing: 262144 bytes in [0-9.]* s' "$tmp/said")" \
	2 'tells of both hives'
run 1 'options behind operands' "$outlook_before" "$outlook_after" -q
is "$(cat "$tmp/page")" '' 'count as well'

status 1 'standard output by default' "$WMSDIFF" "$outlook_before" "$outlook_after"
cp "$tmp/out" "$tmp/first"
ok 'the report is there' xmllint --noout "$tmp/first"
status 1 'and by -o -' "$WMSDIFF" -o - "$outlook_before" "$outlook_after"
is "$(sed -n '1s/ .*//p' "$tmp/out")" '<?xml' 'the report is there'
is "$(sed -n 1p "$tmp/err")" 'wmsdiff: 1 profile is gone' 'the page on standard error'

status 0 '--help' "$WMSDIFF" --help
is "$(grep -c '^Usage: wmsdiff ' "$tmp/out")/$(cat "$tmp/err")" 1/ 'how it is used'
for option in output full quiet verbose key no-recover case examiner note jobs exit-zero help \
	version; do
	is "$("$WMSDIFF" --help | grep -cE -e "--$option([ ,]|\$)")" 1 "--$option is told"
done
status 0 '--version' "$WMSDIFF" --version
is "$(grep -c '^wmsdiff [0-9]' "$tmp/out")$(grep -c '^\(hivex\|libxml2\|nettle\) [0-9]' \
	"$tmp/out")" 13 'versions of it and its libraries'

# ---- the same bytes ----

# report ARGUMENT...: it on standard output, without the line of the arguments
report() {
	SOURCE_DATE_EPOCH=1000000000 "$WMSDIFF" -q -o - "$@" --same-subject "$exchange_before" \
		"$exchange_after" "$outlook_before" "$outlook_after"
}
report >"$tmp/first"
report >"$tmp/second"
ok 'twice the same bytes' cmp "$tmp/first" "$tmp/second"
load "$tmp/first"
is "$(query //start_time)" 2001-09-09T01:46:40.0000000Z 'at the time that is given'
for jobs in 1 2 4; do
	report -j $jobs | grep -v '<dfxml:command_line>' >"$tmp/jobs$jobs"
done
ok '-j 2 changes nothing' cmp "$tmp/jobs1" "$tmp/jobs2"
ok 'nor does -j 4' cmp "$tmp/jobs1" "$tmp/jobs4"
is "$(grep -v '<dfxml:command_line>' "$tmp/first" | cmp - "$tmp/jobs1")" '' 'nor its absence'

# ---- secrets ----

if command -v hivexml >/dev/null; then
	for hive in "$outlook_before" "$outlook_after"; do
		hivexml "$hive" >"$tmp/hive.xml"
		n=$(xmllint --xpath 'count(//value[@key="POP3 Password"])' "$tmp/hive.xml")
		while [ "$n" -gt 0 ]; do
			xmllint --xpath "string((//value[@key='POP3 Password'])[$n]/@value)" \
				"$tmp/hive.xml" | tr -d ' \n' | base64 -d >"$tmp/secret"
			od -An -v -tx1 "$tmp/secret" | $AWK -f "$srcdir/tests/help/traces.awk"
			cat "$tmp/secret" >>"$tmp/secrets"
			n=$((n - 1))
		done
	done >"$tmp/traces"
	# Three in the earlier hive, one less in the later.
	is "$(($(wc -c <"$tmp/secrets") / $(wc -c <"$tmp/secret")))" 5 'passwords are there'
	ok 'traces would be found' grep -q -F -i -f "$tmp/traces" "$tmp/hive.xml"
	run 1 'all that can be told' --full -v --key "\\" "$outlook_before" "$outlook_after"
	is "$(grep -F -i -o -h -f "$tmp/traces" "$tmp/report.xml" "$tmp/page" "$tmp/said" |
		head -n 3)" '' 'does not tell them'
	is "$(count '//change[@kind="deleted"]//secret')" 1 'but that one was there'
	is "$(query '//secret/@bytes')" "$(wc -c <"$tmp/secret" | tr -d ' ')" 'and its length'
else
	skip 6 'there is no hivexml'
fi

sha256sum "$SAMPLES_DIR"/*.DEFAULT "$SAMPLES_DIR"/*.DAT >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
