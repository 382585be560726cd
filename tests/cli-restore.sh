#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --restore: what the .reg files bring back, as hivexregedit merges them into the later
# hive; what they declare to lack; what is refused, and that evidence stays as it is.
# What was lost is told by the recipes of the samples and by the README of the real hives.
# shellcheck source=tests/lib.sh
. "${srcdir:?is set by make check}/tests/lib.sh"
# shellcheck source=tests/xpath.shlib
. "$srcdir/tests/xpath.shlib"
need xmllint sha256sum hivexregedit iconv cmp ln

wms='Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem'
office='Software\Microsoft\Office\16.0\Outlook'
exchange_before=$SAMPLES_DIR/exchange2000-before.DEFAULT
exchange_alone=$SAMPLES_DIR/exchange2000alone-after.DEFAULT
exchange_after=$SAMPLES_DIR/exchange2000-after.DEFAULT
log_before=$SAMPLES_DIR/exchange2000log-before.DEFAULT
log_after=$SAMPLES_DIR/exchange2000log-after.DEFAULT
outlook_before=$SAMPLES_DIR/outlook-before.NTUSER.DAT
outlook_after=$SAMPLES_DIR/outlook-after.NTUSER.DAT
log2016_before=$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT
log2016_after=$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT

# evidence: the hashes of all that is read here, and what stands beside it
evidence() {
	find "$SAMPLES_DIR" ${HIVES:+"$HIVES"} -type f \( -path "${HIVES:-/no/hives}/*" \
		-o -name '*.DEFAULT' -o -name '*.DAT' -o -name '*.LOG*' \) -exec sha256sum {} + |
		sort
	find "$SAMPLES_DIR" ${HIVES:+"$HIVES"} -name '*.reg' -o -name '.wmsdiff-*'
}
evidence >"$tmp/evidence"

# restore STATUS NAME FOLDER ARGUMENT...: the page, what is said, and the report, loaded
restore() {
	restore_expected=$1 restore_name=$2 restore_folder=$3
	shift 3
	rm -rf "$tmp/report.xml" "$tmp/loaded.xml" "$restore_folder"
	status "$restore_expected" "$restore_name" "$WMSDIFF" -o "$tmp/report.xml" \
		--restore "$restore_folder" "$@"
	cp "$tmp/out" "$tmp/page"
	cp "$tmp/err" "$tmp/said"
	[ ! -e "$tmp/report.xml" ] || load "$tmp/report.xml"
}

# refused NAME FOLDER ARGUMENT...: one line says why, and nothing is written
refused() {
	refused_name=$1 refused_folder=$2
	shift 2
	rm -f "$tmp/report.xml"
	status 2 "$refused_name" "$WMSDIFF" -o "$tmp/report.xml" --restore \
		"$refused_folder" "$@"
	cp "$tmp/err" "$tmp/said"
	is "$(grep -c . "$tmp/err")$(wc -c <"$tmp/out")" 10 "$refused_name: one line"
	ok "$refused_name: no report" test ! -e "$tmp/report.xml"
}

# files FOLDER: the names of what stands in it
files() {
	(cd "$1" && find . ! -name .) | sed 's,^\./,,' | sort
}

# ---- what comes back ----

# decode FILE: a .reg file of any form for hivexregedit, which reads UTF-8 without CR
decode() {
	case $form in
	utf8) cat "$1" ;;
	utf16) iconv -f UTF-16 -t UTF-8 "$1" | tr -d '\r' ;;
	ansi) perl -MEncode -0777 -pe '
		$_ = decode("cp1252", $_, Encode::FB_CROAK);
		s/\r\n/\n/g;
		s/\\\n  //g;
		s{(=hex\([127]\):)(.*)}{
			my ($type, $hex) = ($1, $2);
			$hex =~ tr/,//d;
			$type . join ",", unpack "(H2)*", encode("UTF-16LE",
				decode("cp1252", pack("H*", $hex), Encode::FB_CROAK))
		}eg;
		$_ = encode("UTF-8", $_)' "$1" ;;
	esac
}

# merge HIVE ROOT FILE...: the hive with the files imported is $tmp/merged
merge() {
	cp "$1" "$tmp/merged"
	chmod u+w "$tmp/merged"
	merge_root=$2
	shift 2
	for file; do
		decode "$file" >"$tmp/decoded.reg"
		if [ "$form" = utf8 ]; then
			hivexregedit --merge --prefix "$merge_root" "$tmp/merged" \
				"$tmp/decoded.reg" || return 1
		else
			PERL_UNICODE=D hivexregedit --merge --prefix "$merge_root" \
				"$tmp/merged" "$tmp/decoded.reg" || return 1
		fi
	done
}

# subtree HIVE PATH: all keys, names, types and data below it
subtree() {
	hivexregedit --export "$1" "\\$2" 2>/dev/null
}

# equal NAME BEFORE PATH: every key and value is there as it was, and no other
equal() {
	subtree "$2" "$3" >"$tmp/was"
	subtree "$tmp/merged" "$3" >"$tmp/is"
	ok "$1: there was something in ${3##*\\}" grep -q '^"' "$tmp/was"
	ok "$1: every key and value of ${3##*\\} is as it was" cmp "$tmp/was" "$tmp/is"
}

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
		restore "$round_status" "$is_named" "$tmp/reg" "$@"
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
round_ansi=yes round_status=1

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
round_status=0
round 'outlook, one hive' HKEY_CURRENT_USER "$outlook_before" "$outlook_after" \
	"$wms\\Profiles\\Outlook" "$outlook_after"
round_status=1
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
	round_status=0
	round 'Windows 7, one hive' HKEY_CURRENT_USER "$win7" "$gone" \
		"$wms\\Profiles\\Outlook" "$gone"
	# An account of the profile is gone: the profile is damaged, not lost.
	round 'Windows 7, an account' HKEY_CURRENT_USER "$win7" "$account" \
		"$wms\\Profiles\\Outlook" "$win7" "$account"
else
	skip 63 'there are no real hives'
fi

# ---- what services make anew ----

agent='Mailbox Manager 000006a801c2e6cadf9b1e64'
restore 1 'nobody is asked for' "$tmp/reg" "$exchange_before" "$exchange_after"
is "$(files "$tmp/reg" | sed 's/-[0-9a-f]\{8\}\.reg$//')" Exchange_Administrator \
	'the profile of a person comes back'
is "$(count '//restore[@outcome="left_out" and @reason="made_anew"]')" 6 \
	'the report says why six do not'
is "$(list '//restore[@reason="made_anew"]/@basis' | sort | uniq -c | tr -s ' ' |
	tr -d '\n')" ' 3 documented 3 inferred' 'and on what that rests'
is "$(grep -c 'restore  *its service makes it anew; ask for it with --restore-profile$' \
	"$tmp/page")" 6 'so does the page'
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
is "$(list '//remnants//restore/@reason' | sort | uniq -c | tr -s ' ')" ' 7 other_state' \
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
is "$(grep -c 'restore  *another profile has its name now; choose one with --restore-as$' \
	"$tmp/page")" 1 'on the page too'

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
restore 0 'recovered' "$tmp/reg" --reg-encoding utf8 "$outlook_after"
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
	od -An -v -tx1 "$tmp/secret" | $AWK -f "$srcdir/tests/traces.awk" >"$tmp/traces"
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

# default HIVE KEY NAME: a copy of the hive with another DefaultProfile, or "-" for none
default() {
	cp "$1" "$tmp/default.hive"
	chmod u+w "$tmp/default.hive"
	if [ "$3" = - ]; then
		value='"DefaultProfile"=-'
	else
		value='"DefaultProfile"="'$3'"'
	fi
	printf 'Windows Registry Editor Version 5.00\n\n[X\\%s]\n%s\n' "$2" "$value" |
		hivexregedit --merge --prefix X "$tmp/default.hive" -
}
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
default "$tmp/s2-outlook2016log-after.NTUSER.DAT" "$office" -
restore 1 'DefaultProfile of Office' "$tmp/reg" --reg-encoding utf8 --restore-profile Projects \
	"$tmp/default.before" "$tmp/default.hive"
is "$(grep -B 1 '^"DefaultProfile"="Projects"$' "$tmp/reg/"* | head -n 1)" \
	"[HKEY_CURRENT_USER\\$office]" 'stands beside the list'
is "$(grep -c 'DefaultProfile' "$tmp/reg/"*)" 1 'and only there'

# ---- the whole list ----

# without HIVE KEY: a copy of the hive that lacks the key
without() {
	cp "$1" "$tmp/without.hive"
	chmod u+w "$tmp/without.hive"
	printf 'Windows Registry Editor Version 5.00\n\n[-X\\%s]\n' "$2" |
		hivexregedit --merge --prefix X "$tmp/without.hive" -
}
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

restore 0 'Windows 2000, one hive' "$tmp/reg" "$exchange_alone"
is "$(files "$tmp/reg")" '' 'nothing is whole'
is "$(query '//profile[@name="Exchange Administrator"]/restore/@outcome') $(query \
	'//profile[@name="Exchange Administrator"]/restore/@reason')" 'refused incomplete' \
	'and that is why'
restore 2 'asked for by name' "$tmp/reg" --restore-profile 'Exchange Administrator' \
	"$exchange_alone"
form=utf8
guid='{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}'
while IFS='|' read -r list name; do
	restore 0 "what is left of $name" "$tmp/reg" --reg-encoding utf8 --restore-partial \
		--restore-profile "$name" "$exchange_alone"
	is "$(files "$tmp/reg" | wc -l)" 1 'is written'
	cp "$tmp/reg/"* "$tmp/partial.reg"
	ok 'the file says INCOMPLETE' grep -q '^; INCOMPLETE: ' "$tmp/partial.reg"
	ok 'so does the page' grep -q '^    restore .*\.reg (INCOMPLETE)$' "$tmp/page"
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
restore 0 'the nameless one' "$tmp/reg" --restore-partial "$exchange_alone"
is "$(list '//remnants/profile[@name=""]/restore/@reason')" list_lost 'cannot be written'

# ---- version 4 ----

default "$outlook_before" "$wms\\Profiles\\Outlook\\0a0d020000000000c000000000000046" x
printf 'Windows Registry Editor Version 5.00\n\n[X\\%s]\n"Greek"=hex(1):95,03,bb,03,00,00\n' \
	"$wms\\Profiles\\Outlook\\0a0d020000000000c000000000000046" |
	hivexregedit --merge --prefix X "$tmp/default.hive" -
restore 2 'version 4 and a string of Greek' "$tmp/reg" --reg-version 4 "$tmp/default.hive" \
	"$outlook_after"
is "$(files "$tmp/reg")$(list //restore/@outcome) $(list //restore/@reason)" \
	'refused code_page' 'is refused'
ok 'and that is said' grep -q 'restore  *it holds text that a file of version 4 cannot' "$tmp/page"
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

# ---- a profile that is damaged, or made anew ----

damaged=$tmp/damaged.hive
cp "$outlook_before" "$damaged"
chmod u+w "$damaged"
printf 'Windows Registry Editor Version 5.00\n\n[-X\\%s]\n' \
	"$wms\\Profiles\\Outlook\\9207f3e0a3b11019908b08002b2a56c2" |
	hivexregedit --merge --prefix X "$damaged" -
restore 0 'damaged' "$tmp/reg" --reg-encoding utf8 "$outlook_before" "$damaged"
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
restore 1 'gone and back again' "$tmp/reg" "$outlook_before" "$outlook_after" \
	"$outlook_before"
is "$(files "$tmp/reg")$(list //change/restore/@outcome) $(list //change/restore/@reason)" \
	'left_out is_back' 'needs nothing'
restore 1 'gone, back, and gone again' "$tmp/reg" --reg-encoding utf8 "$outlook_before" \
	"$outlook_after" "$outlook_before" "$outlook_after"
is "$(list //change/restore/@outcome | tr '\n' ' ')$(list //change/restore/@reason)" \
	'left_out written other_state' 'is brought back once, as it was the last time'

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
