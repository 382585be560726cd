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

evidence >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
