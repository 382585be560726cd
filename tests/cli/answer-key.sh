#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Real hives, whose content is known: from the list that comes with them, and, where that
# is silent, from regfexport and reglookup, which agree on every number below (but for
# the two crafted hives whose counts contradict their lists).
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"

[ -n "$HIVES" ] || skip_all "there are no hives to test against"
need xmllint hivexml base64 od sha256sum cmp

profiles='Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles'
win7=$HIVES/real/NTUSER-WIN7.DAT
find "$HIVES" -type f -exec sha256sum {} + | sort >"$tmp/evidence"

# run EXPECTED NAME ARGUMENT...: the report is loaded
run() {
	run_expected=$1 run_name=$2
	shift 2
	rm -f "$tmp/report.xml"
	status "$run_expected" "$run_name" "$WMSDIFF" -o "$tmp/report.xml" "$@"
	cp "$tmp/out" "$tmp/page"
	cp "$tmp/err" "$tmp/said"
	load "$tmp/report.xml"
}

# ---- a profile deleted from a real hive ----

run 1 'the profile is gone' "$win7" "$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT"
cp "$tmp/report.xml" "$tmp/deleted.xml"
cp "$tmp/page" "$tmp/deleted.txt"
is "$(count //change)" 1 'one change'
is "$(query //change/@kind) $(query //change/@profile)" 'deleted Outlook' 'deleted: Outlook'
is "$(query //change/@certainty)" certain 'for certain'
is "$(query //change/@store_path)" "$profiles" 'from its list'
is "$(query //summary/@deleted)$(query //summary/@exit_status)" 11 'told in the summary'
ok 'and on the page' grep -q '^deleted  *Outlook from Profiles  \[certain\]  at ' "$tmp/deleted.txt"
is "$(query //change/profile/@sections)/$(query //change/profile/@values)" 19/148 \
	'19 sections, 148 values'
is "$(count '//change/profile/cellobject[name_type="k"]')" 25 'every key of it is told'
is "$(count '//change/profile/cellobject[name_type="v"]')" 148 'and every value'
is "$(count '//change//property')" 107 'of which 107 are property tags'
is "$(count '//change//problem')" 0 'every reference resolves'

is "$(list '//service/@uid')" '94c69157b76a9b4695a7d02aee567563
d62a6f79b0bd6f42b89024c32341f335
be0fb9fa761ad4409134f9df70fb8ed1' 'three services in their order'
# service NAME DLL DISPLAY_NAME PROVIDER TYPE
service() {
	service_at="//change//service[@name='$1']"
	is "$(query "$service_at/@dll") $(query "$service_at/@display_name")" "$2 $3" \
		"service $1"
	is "$(list "$service_at/provider/@uid") $(query "$service_at/provider/@type")" \
		"$4 $5" "its provider"
}
service CONTAB contab.dll 'Outlook Address Book' a4a706acf2199341bddd109f85b3e607 35
service OMSAB omsxp.dll 'Mobile Address Book' cb0feb848861b8448f2af93be8a188c3 35
service 'MSUPST MS' mspst.dll nfury@stark-research-labs.com \
	93f9ea29aea81047b2e824b6a8583e48 33
is "$(count //change//provider)" 3 'no other provider'
is "$(count //change//exchange)" 0 'no Exchange'

# account ID KIND NAME
account() {
	is "$(query "//account[@id='$1']/@kind") $(query "//account[@id='$1']/@name")" \
		"$2 $3" "account $1"
}
is "$(count //change//account)" 4 'four accounts'
account 00000001 mapi 'Mobile Address Book'
account 00000002 mapi 'Outlook Address Book'
account 00000003 pop3 nfury@stark-research-labs.com
account 00000004 mapi nfury@stark-research-labs.com
is "$(query '//account[@kind="pop3"]/@display_name')" 'Nick Fury' 'whose account'
is "$(query '//account[@kind="pop3"]/@email')" nfury@stark-research-labs.com 'its address'
for setting in 'POP3 Server=controller.shieldbase.local' \
	'SMTP Server=controller.shieldbase.local' \
	'POP3 User=nfury@stark-research-labs.com' \
	'Preferences UID=28ae1b715a5b1b48b0bf80e516e1e334'; do
	is "$(query "//account[@kind='pop3']/setting[@name='${setting%%=*}']/@value")" \
		"${setting#*=}" "setting ${setting%%=*}"
done
is "$(query '//file[@kind="pst"]/@path') $(query '//file[@kind="pst"]/@default_store')" \
	'C:\Users\nfury\Documents\Outlook Files\nfury@stark-research-labs.com.pst 1' \
	'the PST, which is the default store'
is "$(query '//file[@kind="srs"]/@path')" Outlook 'the send/receive groups'
is "$(query '//property[@tag="0x300b0102"]/@value')" 4f62308b2d6f0140a6740c90fd1330d2 \
	'instance key'

is "$(query //change/deletion/@filetime) $(query //change/deletion/@confirmed)" \
	'130000000000000000 1' 'the moment, which the list confirms'
is "$(query //change/deletion/@latest)" 2012-12-14T23:06:40.0000000Z 'latest bound'
is "$(query '//bound[@which="latest" and @source="list_key_time"]/@filetime')" \
	130000000000000000 'from the last write of the list'
earliest=$(query //change/deletion/@earliest)
is "$(printf '%s\n' "$earliest" 2012-12-14T23:06:40.0000000Z | sort | head -n 1)" \
	"$earliest" 'the earliest bound is not after it'
ok 'nor before the profile itself' test "$(printf '%s\n' "$earliest" \
	2012-04-06T15:11:53.5122607Z | sort | tail -n 1)" = "$earliest"
is "$(list '//reason/@code' | sort | tr '\n' ' ')" \
	'absent_after default_dangles readers_agree was_default ' 'the reasons'

# ---- the password in it ----

is "$(query '//change//secret/@name') $(query '//change//secret/@bytes')" \
	'POP3 Password 189' 'the password is told with its length'
hivexml "$win7" >"$tmp/control" 2>/dev/null
xmllint --xpath 'string(//value[@key="POP3 Password"]/@value)' "$tmp/control" |
	tr -d ' \n' | base64 -d >"$tmp/secret"
is "$(wc -c <"$tmp/secret" | tr -d ' ')" 189 'hivexml finds the password'
od -An -v -tx1 "$tmp/secret" | $AWK -f "$srcdir/tests/help/traces.awk" >"$tmp/traces"

# untold NAME FILE...: no trace of the secret's data
untold() {
	untold_name=$1
	shift
	grep -F -i -o -h -f "$tmp/traces" "$@" >"$tmp/found"
	is "$(head -n 3 "$tmp/found")" '' "$untold_name"
}
ok 'traces would be found in base64' grep -q -F -i -f "$tmp/traces" "$tmp/control"
od -An -v -tx1 "$tmp/secret" | tr -d ' \n' >"$tmp/control"
ok 'and in hex' grep -q -F -i -f "$tmp/traces" "$tmp/control"
untold 'but there is none of it in report or summary' "$tmp/deleted.xml" "$tmp/deleted.txt"
run 1 'full report of both hives' --full --key "\\" "$win7" \
	"$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT"
untold 'nor with --full and --key' "$tmp/report.xml" "$tmp/page" "$tmp/said"
is "$(count '//*[@redacted="1" and string-length(.) > 0]')" 0 'redacted is without data'

# ---- an account deleted from it ----

run 1 'an account is deleted, the profile is damaged' "$win7" \
	"$HIVES/deleted/NTUSER-WIN7-account-deleted.DAT"
is "$(count //change)" 1 'one change'
is "$(query //change/@profile)" Outlook 'of the profile'
case $(query //change/@kind) in
modified | damaged) tap ok 'modified or damaged' ;;
*) tap 'not ok' "modified or damaged, not $(query //change/@kind)" ;;
esac
account="$profiles\\Outlook\\9375CFF0413111d3B88A00104B2A6676\\00000003"
is "$(count //difference)" 16 'the key and its 15 values'
is "$(list '//difference[@kind="key_removed"]/@path')" "$account" 'the key of the account'
is "$(count "//difference[@kind='value_removed' and @path='$account']")" 15 'its values'
one_line "$tmp/page" >"$tmp/line"
ok 'which is told by name' grep -qF 'lost account pop3 nfury@stark-research-labs.com; ' "$tmp/line"
untold 'its password is not told' "$tmp/report.xml" "$tmp/page" "$tmp/said"
is "$(count '//difference[@name="POP3 Password"]')" 1 'though it is gone'

# ---- a real pair ----

run 0 'a pair without profiles' --key "\\" "$HIVES/real/pair-before.NTUSER.DAT" \
	"$HIVES/real/pair-after.NTUSER.DAT"
is "$(count //change)" 0 'no change of profiles'
is "$(list '//difference[@kind="key_removed"]/@path' | sort)" 'Software\WinRAR
Software\WinRAR\ArcHistory
Software\WinRAR\DialogEditHistory
Software\WinRAR\DialogEditHistory\ArcName
Software\WinRAR\DialogEditHistory\ExtrPath' 'keys only in before'
is "$(count '//difference[@kind="value_removed"]')" 6 'six values only in before'
is "$(count '//difference[@kind="value_removed" and
	not(starts-with(@path, "Software\WinRAR\"))]')" 0 'all below WinRAR'
is "$(list '//difference[@kind="key_added"]/@path')" 'Software\Microsoft\legitimate_subkey' \
	'the key only in after'
is "$(list '//difference[@kind="value_added"]/@name' | sort)" 'not_a_malware
totaly_not_malicious' 'values only in after'
is "$(query '//difference[@name="not_a_malware"]/@path')" \
	'Software\Microsoft\Windows\CurrentVersion\Run' 'one of them under Run'
is "$(count '//difference[@kind="value_changed"]')" 0 'no value changed its data'
is "$(query //compared_key/@differences)" 14 'told in all'

# ---- every hive ----

# hive STATUS FILE KEYS VALUES ROLE [STATE]
hive() {
	run "$1" "$2" ${7:+"$7"} "$HIVES/$2"
	is "$(query //hive/@keys)/$(query //hive/@values)/$(query //series/@role)/$(query \
		//hive/@state)" "$3/$4/$5/${6-clean}" "keys, values, role and state of $2"
}
hive 0 real/NTUSER-WIN7.DAT 2288 5470 user
is "$(count //store/profile)" 1 'one profile'
is "$(query //store/@mtime)" 2012-04-06T15:11:53.5122607Z 'last write of its list'
is "$(query //default_profile/@name)" Outlook 'its default profile'
hive 1 deleted/NTUSER-WIN7-profile-deleted.DAT 2263 5322 user
is "$(count //store/profile)" 0 'no profile'
hive 0 deleted/NTUSER-WIN7-account-deleted.DAT 2287 5455 user
hive 0 real/NTUSER-WIN10.DAT 2853 5523 user
is "$(query //series/@user) $(query //series/@sid)" \
	'Patrick S-1-5-21-4282387053-314738432-104730921-1000' 'its user'
hive 0 real/NTUSER-XP.DAT 1127 5602 user
is "$(query //series/@user) $(query //series/@sid)" \
	'joe S-1-5-21-789336058-1935655697-839522115-1004' 'its user'
hive 0 real/DEFAULT-WIN8 574 2115 local_system
is "$(count //store/profile)" 0 'no profile'
is "$(count '//series/@sid')" 0 'nor an account of its own'
hive 0 real/TEMPLATE-WIN7.NTUSER.DAT 885 1305 template
hive 0 real/clean-with-log.NTUSER.DAT 1597 2310 user
hive 0 real/pair-before.NTUSER.DAT 1812 4094 user
hive 0 real/pair-after.NTUSER.DAT 1808 4090 user
hive 0 deleted/DeletedDataHive 2 1 unknown
hive 0 deleted/DeletedTreeHive 3 0 unknown
hive 0 logs/RecoveredHive_Windows7 5003 1 unknown
hive 0 odd/ManySubkeysHive 5003 0 unknown
hive 0 odd/UnicodeHive 3 0 unknown
hive 0 odd/ExtendedASCIIHive 2 1 unknown
hive 0 odd/BogusKeyNamesHive 3 0 unknown
hive 0 odd/BigDataHive 2 2 unknown
hive 0 odd/MultiSzHive 2 2 unknown
hive 0 odd/StringValuesHive 2 4 unknown
hive 0 odd/rlenvalue_test_hive 2 6 unknown
hive 0 odd/UNICODE_TESTS 3 22 unknown
hive 0 odd/EmptyHive 1 0 unknown

# ---- dirty ones without their logs: read as they stand, with a warning ----

for file in NewDirtyHive:5:2 OldDirtyHive:5003:0 BadLogHive:5003:0; do
	numbers=${file#*:}
	hive 0 "logs/${file%%:*}" "${numbers%:*}" "${numbers#*:}" unknown dirty --skip-logs
	is "$(list '//diagnostic[@code="dirty_hive"]/@severity')" warning 'said with a warning'
	one_line "$tmp/page" >"$tmp/line"
	ok 'on the page as well' grep -q ' warning .*dirty hive' "$tmp/line"
done
hive 2 logs/TruncatedDirtyHive 85 0 unknown damaged
is "$(count '//diagnostic[@code="dirty_hive"]')" 1 'dirty too'
is "$(query '//diagnostic[@code="file_short"]/@offset')" 12288 'where the file ends'
ok 'one line says so' grep -q '^wmsdiff: .*TruncatedDirtyHive: 0x3000: ' "$tmp/said"

# ---- odd ones ----

hive 2 odd/BadListHive 7 0 unknown damaged
is "$(count '//diagnostic[@code="key_repeated"]')" 1 'one list used twice'
hive 0 odd/subkey-count-1-of-2.hiv 3 0 unknown
is "$(count '//diagnostic[@code="list_count"]')" 1 'the count is too small'
hive 2 odd/subkey-count-3-of-2.hiv 3 0 unknown damaged
is "$(count '//diagnostic[@code="list_damaged"]')" 1 'the count is too large'
hive 0 odd/big-data-minimal-last-segment.hiv 1 1 unknown
is "$(query //snapshot/@readers)" differ 'hivex reads one byte less'
is "$(count '//diagnostic[@code="reader_differs"]')" 1 'which is said'

status 2 'no hive' "$WMSDIFF" -o "$tmp/none.xml" "$HIVES/odd/NotAHive"
is "$(sed 's/^\(wmsdiff: [^ ]*: 0x0: \).*/\1/' "$tmp/err")" \
	"wmsdiff: $HIVES/odd/NotAHive: 0x0: " 'one line names it'
ok 'no report' test ! -e "$tmp/none.xml"
status 2 'a log is no hive' "$WMSDIFF" -o "$tmp/none.xml" "$HIVES/logs/lone-system.LOG1"
is "$(grep -c "^wmsdiff: .*lone-system.LOG1: .*transaction log" "$tmp/err")" 1 \
	'and called a log'

if command -v xz >/dev/null; then
	xz -dc "$HIVES/odd/deep-60000.hiv.xz" >"$tmp/deep.hiv"
	status 2 '60,000 nested keys' "$WMSDIFF" -o "$tmp/report.xml" "$tmp/deep.hiv"
	load "$tmp/report.xml"
	is "$(count '//diagnostic[@code="depth_limit"]')" 1 'the cap is told'
	is "$(query //recovered/@keys)" 0 'and nothing below it is taken for deleted'
	# 64 MB: what is told of a hive of 6 MB is in proportion to it.
	status 2 'compared whole' sh -c 'ulimit -f 131072; exec "$@"' sh "$WMSDIFF" -q \
		-o "$tmp/report.xml" --key "\\" "$tmp/deep.hiv" "$HIVES/odd/EmptyHive"
else
	skip 4 'there is no xz'
fi

# ---- values and names ----

# Against a hive of one key, everything is a difference.
run 0 'big data' --key "\\" "$HIVES/odd/BigDataHive" "$HIVES/odd/EmptyHive"
# data NAME LENGTH BYTE: base64 decoded
data() {
	query "//difference[@name='$1']//data" | base64 -d >"$tmp/data"
	is "$(wc -c <"$tmp/data" | tr -d ' ')/$(tr -d "$3" <"$tmp/data" | wc -c | tr -d ' ')" \
		"$2/0" "$2 times $3"
}
data '' 16345 1
data v 81725 2
is "$(count '//difference[@name="v"]//byte_run')" 7 'a record and six segments'
run 0 'a last segment of one byte' --key "\\" \
	"$HIVES/odd/big-data-minimal-last-segment.hiv" "$HIVES/odd/EmptyHive"
query '//difference[@kind="value_removed"]//data' | base64 -d >"$tmp/data"
is "$(wc -c <"$tmp/data" | tr -d ' ')" 16345 'comes back whole'
run 0 'key names beyond Latin-1' --key 'ПРИВЕТ\КЛЮЧ' --key 'привет\ключ' \
	"$HIVES/odd/UnicodeHive" "$HIVES/odd/EmptyHive"
is "$(list '//compared_key/@before' | tr -d '\n')" 11 'are found whatever the case'
is "$(query //difference/@path)" 'Привет\Ключ' 'and told as they are spelled'
run 0 'a name in Latin-1' --key 'ËIGENAARDIG' "$HIVES/odd/ExtendedASCIIHive" \
	"$HIVES/odd/EmptyHive"
is "$(query //compared_key/@before)$(query //difference/@path)" 1ëigenaardig 'is found too'
# What no user's hive is, is named and not compared; test_real_hives reads it key by key.
status 2 'a SAM hive' "$WMSDIFF" -o "$tmp/none.xml" "$HIVES/odd/SAM_RootValue" \
	"$HIVES/odd/EmptyHive"
is "$(grep -c 'SAM_RootValue: this is a SAM hive ' "$tmp/err")" 1 'is named'
is "$([ -e "$tmp/none.xml" ] && echo report)" '' 'and nothing stated of it'

# ---- evidence ----

find "$HIVES" -type f -exec sha256sum {} + | sort >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"

done_testing
