#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --restore and its options: what is left out or refused and why, what the files and the
# report declare, under which names and roots; nothing is written over or beside evidence.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/restore.shlib
. "$srcdir/tests/help/restore.shlib"
need xmllint sha256sum hivexregedit iconv cmp ln

evidence >"$tmp/evidence"

# ---- what services make anew ----

agent='Mailbox Manager 000006a801c2e6cadf9b1e64'
restore 1 'nobody is asked for' "$tmp/reg" "$exchange_before" "$exchange_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" Exchange_Administrator \
	'the profile of a person comes back'
is "$(count '//restore[@outcome="left_out" and @reason="made_anew"]')" 6 \
	'the report says why six do not'
is "$(list '//restore[@reason="made_anew"]/@basis' | sort | uniq -c | tr -s ' ' |
	tr -d '\n')" ' 3 documented 3 inferred' 'and on what that rests'
one_line "$tmp/page" >"$tmp/line"
ok 'so does the page' grep -q 'restore 1 of 7 written to .*; 6 not: its service remakes it' "$tmp/line"
is "$(query '//restore[@outcome="written"]/@file')" "$(echo "$tmp/reg/"*)" 'it names the file'
is "$(query '//restore[@outcome="written"]/@sha256')" \
	"$(sha256sum "$tmp/reg/"* | cut -d ' ' -f 1)" 'and its hash'
restore 1 'one is asked for' "$tmp/reg" --restore-profile "$agent" \
	"$exchange_before" "$exchange_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" \
	Mailbox_Manager_000006a801c2e6cadf9b1e64 'it comes, and no other'
restore 1 'letter case does not matter' "$tmp/reg" --restore-profile 'eXCHange adminISTRATOR' \
	"$exchange_before" "$exchange_after"
is "$(files "$tmp/reg" | grep -c Exchange_Administrator)" 1 'as with all names of keys'
restore 1 'a hive after' "$tmp/reg" "$exchange_before" "$exchange_after" "$exchange_alone"
is "$(files "$tmp/reg" | wc -l)$(query '//restore[@outcome="written"]/@left_out')" 10 \
	'the state that is whole is taken'
is "$(list '//recovered//restore/@reason' | sort | uniq -c | tr -s ' ')" ' 7 other_state' \
	'what is left in the last hive is not asked'

refused 'a name that there is not' "$tmp/none" --restore-profile Nobody \
	"$exchange_before" "$exchange_after"
refused 'nor beside one that there is' "$tmp/none" --restore-profile "$agent" \
	--restore-profile Nobody "$exchange_before" "$exchange_after"
ok 'it is named' grep -q '^wmsdiff: Nobody: no profile of that name is gone' "$tmp/said"
survivor='Backup Agent 0000097401c2e6cb9288189c'
refused 'a name that is not gone' "$tmp/none" --restore-profile "$survivor" \
	"$exchange_before" "$exchange_after"
ok 'no folder is made' test ! -e "$tmp/none"

# ---- another name, another root ----

form=utf8
restore 1 'under another name' "$tmp/reg" --reg-encoding utf8 --restore-as 'Jürgen (old)' \
	"$outlook_before" "$outlook_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" J_rgen__old_ 'the file has that name'
ok 'it can be merged' merge "$outlook_after" HKEY_CURRENT_USER "$tmp/reg/"*
subtree "$outlook_before" "$wms\\Profiles\\Outlook" | sed 's/^\[.*\\Profiles\\Outlook//' \
	>"$tmp/was.values"
subtree "$tmp/merged" "$wms\\Profiles\\Jürgen (old)" |
	LC_ALL=C sed 's/^\[.*\\Profiles\\J.*rgen (old)//' >"$tmp/is.values"
ok 'its keys and values are those of the old one' cmp "$tmp/was.values" "$tmp/is.values"
ok 'of which there are some' test -s "$tmp/was.values"
ok 'both names stand in the file' grep -q '^; new name: *Jürgen (old)$' "$tmp/reg/"*
refused 'two under one name' "$tmp/none" --restore-as One "$log2016_before" "$log2016_after"
ok 'it is told how many there are' grep -q 'one profile, and here are 2' "$tmp/said"
status 2 'a path for a name' "$WMSDIFF" --restore "$tmp/none" --restore-as 'One\Two' \
	"$outlook_before" "$outlook_after"
status 2 'no name' "$WMSDIFF" --restore "$tmp/none" --restore-as '' "$outlook_before" \
	"$outlook_after"
refused 'a name, and nothing is gone' "$tmp/none" --restore-as One \
	"$outlook_before" "$outlook_before"
restore 1 'one of two under another name' "$tmp/reg" --restore-as One \
	--restore-profile Projects "$log2016_before" "$log2016_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" One 'can be chosen'
restore 2 'a name that is taken' "$tmp/reg" --restore-as 'hOME office' \
	"$outlook_before" "$outlook_after"
is "$(files "$tmp/reg")" '' 'is not written to'
is "$(list //restore/@outcome) $(list //restore/@reason)" 'refused name_taken' 'and that is said'
one_line "$tmp/page" >"$tmp/line"
ok 'on the page too' grep -q '; 1 not: another profile has its name now' "$tmp/line"

# roots ARGUMENT...: below which the keys of the file stand
roots() {
	restore 1 "the root of $*" "$tmp/reg" --reg-encoding utf8 "$@"
	sed -n 's/^\[\(.*\)\\Software\]$/\1/p' "$tmp/reg/"*
}
is "$(roots "$exchange_before" "$exchange_after" | grep -v '^ok')" 'HKEY_USERS\.DEFAULT' \
	'the hive of LocalSystem'
is "$(roots "$outlook_before" "$outlook_after" | grep -v '^ok')" HKEY_CURRENT_USER \
	'the hive of a user'
sid=S-1-5-21-1085031214-1563985344-725345543-1127
is "$(roots --restore-root "HKEY_USERS\\$sid" "$outlook_before" "$outlook_after" |
	grep -v '^ok')" "HKEY_USERS\\$sid" 'one that is given'
is "$(grep -c "^\[HKEY" "$tmp/reg/"*)" "$(grep -c "^\[HKEY_USERS\\\\$sid\\\\" "$tmp/reg/"*)" \
	'for all keys'
status 2 'a root of another kind' "$WMSDIFF" --restore "$tmp/none" --restore-root HKCU \
	"$outlook_before" "$outlook_after"

# ---- what the file says ----

restore 1 'as Notepad shows it' "$tmp/reg" "$outlook_before" "$outlook_after"
is "$(od -An -tx1 -N2 "$tmp/reg/"* | tr -d ' ')" fffe 'UTF-16LE with its mark'
iconv -f UTF-16 -t UTF-8 "$tmp/reg/"* >"$tmp/shown"
is "$(tr -d '\n' <"$tmp/shown" | tr '\r' '\n' | grep -c .)" \
	"$(tr -d '\r' <"$tmp/shown" | grep -c .)" 'lines end with CR LF'
is "$(sed -n '1,3{s/\r//;p}' "$tmp/shown" | cut -c 1-36)" \
	"Windows Registry Editor Version 5.00

; MAPI profile, brought back by wmsd" 'comments stand below line one'
for line in 'profile:  Outlook' 'of:       user mkeller' "from:     $outlook_before" \
	"SHA-256:  $(sha256sum "$outlook_before" | cut -d ' ' -f 1)"; do
	ok "it tells ${line%%:*}" grep -q -F "; $line" "$tmp/shown"
done
# The newest time of a key of it in mailuser.c is that of the profile: nothing wrote later.
is "$(grep -c '^; written: *2012-09-03T08:15:26.4381920Z' "$tmp/shown")" 1 'and the last write'
is "$(list //restore/loss/@code | tr '\n' ' ')" 'times security class_names secrets ' \
	'what it lacks is in the report'
is "$(grep -c '^; - .* work only there' "$tmp/shown")$(grep -c '\.ost' "$tmp/shown")" 10 \
	'and in the file: secrets, but no offline file'
is "$(grep -c INCOMPLETE "$tmp/shown" "$tmp/page" | sed 's/.*://' | tr -d '\n')" 00 \
	'but it is complete'
is "$(query //restore/@completeness)" whole 'which the report says'
restore 1 'an offline file' "$tmp/reg" --reg-encoding utf8 --restore-profile Projects \
	"$log2016_before" "$log2016_after"
is "$(list //restore/loss/@code | tr '\n' ' ')" 'times security class_names ost_key ' \
	'its key is told of, and no secrets'
ok 'in the file too' grep -q '^; - an offline file (.ost)' "$tmp/reg/"*
is "$(grep -c '^; - secrets' "$tmp/reg/"*)" 0 'nor there'
restore 1 'neither' "$tmp/reg" --reg-encoding utf8 --restore-profile 'Archive 2015' \
	"$log2016_before" "$log2016_after"
is "$(list //restore/loss/@code | tr '\n' ' ')" 'times security class_names ' \
	'and neither is told of'
restore 1 'before its logs' "$tmp/reg" --reg-encoding utf8 --restore-profile Projects \
	"$log2016_after"
ok 'is what the file is of' grep -q '^; state: *of the hive before its transaction logs$' \
	"$tmp/reg/"*
restore 1 'recovered' "$tmp/reg" --reg-encoding utf8 "$outlook_after"
ok 'is what the file is' grep -q '^; state: *recovered from bytes' "$tmp/reg/"*
is "$(sed -n 's/^; deleted: *//p' "$tmp/reg/"*)" 2016-03-14T13:31:52.6200811Z 'with the moment'

# ---- secrets ----

if command -v hivexml >/dev/null; then
	restore 1 'a profile with a secret' "$tmp/reg" --reg-encoding utf8 --full -v \
		"$outlook_before" "$outlook_after"
	hivexml "$outlook_before" >"$tmp/hive.xml"
	xmllint --xpath 'string((//node[@name="Windows Messaging Subsystem"]/node[@name="Profiles"]/node[@name="Outlook"]
		//value[@key="POP3 Password"])[1]/@value)' "$tmp/hive.xml" | tr -d ' \n' |
		base64 -d >"$tmp/secret"
	od -An -v -tx1 "$tmp/secret" | $AWK -f "$srcdir/tests/help/traces.awk" >"$tmp/traces"
	ok 'is told by its traces' test -s "$tmp/traces"
	hex=$(od -An -v -tx1 "$tmp/secret" | tr -d ' \n')
	is "$(awk '/^"POP3 Password"=/ { on = 1; sub(/^[^:]*:/, "") }
		on { line = $0; gsub(/[ ,\\]/, "", line); printf "%s", line; on = /\\$/ }' \
		"$tmp/reg/"*)" "$hex" 'the file carries it'
	is "$(grep -F -i -o -h -f "$tmp/traces" "$tmp/report.xml" "$tmp/page" "$tmp/said" |
		head -n 3)" '' 'report, page and messages do not'
else
	skip 4 'there is no hivexml'
fi

# ---- the default profile ----

restore 1 'DefaultProfile still names it' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$outlook_after"
is "$(grep -c DefaultProfile "$tmp/reg/"*)" 0 'and is left alone'

default "$outlook_after" "$wms\\Profiles" -
restore 1 'DefaultProfile went with it' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$tmp/default.hive"
is "$(grep -B 1 '^"DefaultProfile"="Outlook"$' "$tmp/reg/"* | head -n 1)" \
	"[HKEY_CURRENT_USER\\$wms\\Profiles]" 'and comes back, in the list'
ok 'which the file says' grep -q '^; - It becomes the default profile again' "$tmp/reg/"*
restore 1 'and under another name' "$tmp/reg" --reg-encoding utf8 --restore-as Old \
	"$outlook_before" "$tmp/default.hive"
ok 'names that' grep -q '^"DefaultProfile"="Old"$' "$tmp/reg/"*
default "$outlook_after" "$wms\\Profiles" 'Home office'
restore 1 'DefaultProfile names another' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$tmp/default.hive"
is "$(grep -c DefaultProfile "$tmp/reg/"*)" 0 'and is left alone'
# In Office 2013 and later it stands beside the list.
default "$log2016_before" "$office" Projects
cp "$tmp/default.hive" "$tmp/default.before"
ok 'the logs are applied' "$WMSDIFF" -q --exit-zero -o "$tmp/r.xml" --save-image "$tmp" \
	"$log2016_after"
default "$tmp/s2-outlook2016log-after.NTUSER.DAT" "$office" -
restore 1 'DefaultProfile of Office' "$tmp/reg" --reg-encoding utf8 --restore-profile Projects \
	"$tmp/default.before" "$tmp/default.hive"
is "$(grep -B 1 '^"DefaultProfile"="Projects"$' "$tmp/reg/"* | head -n 1)" \
	"[HKEY_CURRENT_USER\\$office]" 'stands beside the list'
is "$(grep -c 'DefaultProfile' "$tmp/reg/"*)" 1 'and only there'

# ---- version 4 ----

default "$outlook_before" "$wms\\Profiles\\Outlook\\0a0d020000000000c000000000000046" x
printf 'Windows Registry Editor Version 5.00\n\n[X\\%s]\n"Greek"=hex(1):95,03,bb,03,00,00\n' \
	"$wms\\Profiles\\Outlook\\0a0d020000000000c000000000000046" |
	hivexregedit --merge --prefix X "$tmp/default.hive" -
restore 2 'version 4 and a string of Greek' "$tmp/reg" --reg-version 4 "$tmp/default.hive" \
	"$outlook_after"
is "$(files "$tmp/reg")$(list //restore/@outcome) $(list //restore/@reason)" \
	'refused code_page' 'is refused'
one_line "$tmp/page" >"$tmp/line"
ok 'and that is said' grep -q '; 1 not: it holds text that a file of version 4' "$tmp/line"
restore 1 'version 5 and a string of Greek' "$tmp/reg" "$tmp/default.hive" "$outlook_after"
is "$(files "$tmp/reg" | wc -l)" 1 'is written'
printf 'Windows Registry Editor Version 5.00\n\n[X\\%s]\n"Greek"=hex(1):95,03,bb,03,00,00\n' \
	"$office\\Profiles\\Projects\\0a0d020000000000c000000000000046" >"$tmp/greek.reg"
cp "$log2016_before" "$tmp/default.hive"
chmod u+w "$tmp/default.hive"
hivexregedit --merge --prefix X "$tmp/default.hive" "$tmp/greek.reg"
restore 2 'one of two' "$tmp/reg" --reg-version 4 "$tmp/default.hive" "$log2016_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" Archive_2015 'the other is written'
is "$(sed -n '1s/\r//p' "$tmp/reg/"*)" REGEDIT4 'with its own first line'

# ---- what is never done ----

mkdir "$tmp/evidence.d"
cp "$outlook_after" "$tmp/evidence.d/after"
ln -s evidence.d "$tmp/link.d"
ln -s evidence.d/after "$tmp/link"
refused 'beside evidence' "$tmp/evidence.d" "$outlook_before" "$tmp/evidence.d/after"
refused 'beside evidence, by a link' "$tmp/link.d" "$outlook_before" "$tmp/evidence.d/after"
refused 'beside evidence that a link names' "$tmp/evidence.d" "$outlook_before" "$tmp/link"
is "$(files "$tmp/evidence.d")" after 'nothing is written there'
refused 'a folder that is a file' "$tmp/default.hive" "$outlook_before" "$outlook_after"
refused 'a folder in none' "$tmp/no/folder" "$outlook_before" "$outlook_after"
refused 'a folder in a file' "$tmp/default.hive/folder" "$outlook_before" "$outlook_after"
refused 'a folder without name' '' "$outlook_before" "$outlook_after"
restore 1 'two files' "$tmp/reg" "$log2016_before" "$log2016_after"
set -- "$tmp/reg/"*
is $# 2 'are written'
echo mine >"$2"
rm "$1"
refused 'one is there already' "$tmp/reg" "$log2016_before" "$log2016_after"
is "$(cat "$2")" mine 'it is not written over'
is "$(files "$tmp/reg" | wc -l)" 1 'and the other is not begun'
ln -sf nowhere "$2"
refused 'nor is a link followed' "$tmp/reg" "$log2016_before" "$log2016_after"
is "$(files "$tmp/reg" | wc -l)" 1 'to a file that is not there'
# A big value, whose file is bigger than any hive here; so is the limit, in blocks of 512.
big='fe,dc,ba,98,76,54,32,10'
for n in 2 4 8 16 32 64 128 256 512 1024 2048 4096 8192 16384; do
	big=$big,$big
done
printf 'Windows Registry Editor Version 5.00\n\n[X\\%s]\n"big"=hex:%s\n' \
	"$wms\\Profiles\\Outlook" "$big" >"$tmp/big.reg"
cp "$outlook_before" "$tmp/big.hive"
chmod u+w "$tmp/big.hive"
hivexregedit --merge --prefix X "$tmp/big.hive" "$tmp/big.reg"
restore 1 'a big value' "$tmp/reg" --reg-encoding utf8 "$tmp/big.hive" "$outlook_after"
ok 'it can be merged' merge "$outlook_after" HKEY_CURRENT_USER "$tmp/reg/"*
equal 'a big value' "$tmp/big.hive" "$wms\\Profiles\\Outlook"
is "$(wc -c <"$tmp/was" | awk '{ print ($1 > 3 * 131072) }')" 1 'which is one of 128 KiB'
if (trap '' XFSZ && ulimit -f 1) 2>/dev/null; then
	rm -rf "$tmp/reg" "$tmp/report.xml"
	tap_status=0
	(trap '' XFSZ; ulimit -f 1200; exec "$WMSDIFF" -q -o "$tmp/report.xml" --restore \
		"$tmp/reg" "$tmp/big.hive" "$outlook_after") >"$tmp/out" 2>"$tmp/said" ||
		tap_status=$?
	is "$tap_status$(files "$tmp/reg")" 2 'a file that does not fit is not left half written'
	ok 'that is said' grep -q '^wmsdiff: .*Outlook-[0-9a-f]*\.reg: File too large$' "$tmp/said"
else
	skip 2 'files cannot be limited'
fi

# ---- very many ----

awk -v list="$wms\\\\Profiles" 'BEGIN {
	print "Windows Registry Editor Version 5.00\n"
	for (i = 0; i < 1003; i++)
		printf "[X\\%s\\P%04d]\n\"a\"=hex:%02x,%02x\n\n", list, i, i / 256, i % 256
}' >"$tmp/many.reg"
cp "$outlook_before" "$tmp/many.hive"
chmod u+w "$tmp/many.hive"
hivexregedit --merge --prefix X "$tmp/many.hive" "$tmp/many.reg"
rm -rf "$tmp/reg" "$tmp/report.xml"
tap_status=0
"$WMSDIFF" -q -o "$tmp/report.xml" --restore "$tmp/reg" "$tmp/many.hive" "$outlook_after" \
	2>"$tmp/said" || tap_status=$?
is "$tap_status" 2 'more profiles than files are written: the status says so'
is "$(files "$tmp/reg" | wc -l)" 1000 'no more files than that'
ok 'standard error says how many are left' \
	grep -qE '^wmsdiff: [0-9]+ more profiles could be brought back: no more than 1000 \.reg files are written$' \
	"$tmp/said"
is "$(grep -c 'reason="too_many"' "$tmp/report.xml")" \
	"$(sed -n 's/^wmsdiff: \([0-9]*\) more.*/\1/p' "$tmp/said")" 'and the report which'

# ---- the same bytes ----

for n in 1 2; do
	rm -rf "$tmp/same$n"
	SOURCE_DATE_EPOCH=1000000000 "$WMSDIFF" -q -o "$tmp/report.xml" --restore "$tmp/same$n" \
		-j $n "$log2016_before" "$log2016_after"
done
ok 'twice the same bytes' diff -r "$tmp/same1" "$tmp/same2"
for file in "$tmp/same1/"*; do
	iconv -f UTF-16 -t UTF-8 "$file" | sed -n 's/.*, \(2001.*Z\).*/\1/p'
done >"$tmp/times"
is "$(sort -u "$tmp/times")" 2001-09-09T01:46:40.0000000Z 'at the time that is given'

evidence >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
