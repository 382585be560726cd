#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# .reg exports as snapshots: beside hives, in a series, alone; what --restore writes is
# read again as the profile that it came from.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/restore.shlib
. "$srcdir/tests/help/restore.shlib"
need xmllint hivexregedit iconv

# export_hive HIVE ROOT REG: as regedit writes it
export_hive() {
	PERL_UNICODE=O hivexregedit --export --prefix "$2" "$1" "\\\\" 2>/dev/null |
		sed 's/$/\r/' | iconv -f UTF-8 -t UTF-16 >"$3"
}

# run STATUS NAME ARGUMENT...: with a report, loaded, that is valid
run() {
	run_status=$1 run_name=$2
	shift 2
	status "$run_status" "$run_name" "$WMSDIFF" -o "$tmp/report.xml" \
		--html "$tmp/page.html" "$@"
	load "$tmp/report.xml"
	ok "$run_name: the report is valid" "$WMSDIFF" --validate "$tmp/report.xml"
}

# gone: kind and name of all changes, sorted
gone() {
	paste -d ' ' - - <<-END | sort
		$(xmllint --xpath '//*[local-name()="change"][@profile]/@*[name()="kind" or name()="profile"]' \
		"$tmp/report.xml" | sed 's/^ *[a-z]*="//; s/"$//')
	END
}

export_hive "$exchange_before" 'HKEY_USERS\.DEFAULT' "$tmp/before.reg"
export_hive "$exchange_after" 'HKEY_USERS\.DEFAULT' "$tmp/after.reg"
run 1 'two hives' "$exchange_before" "$exchange_after"
gone >"$tmp/expected"
is "$(grep -c '^deleted ' "$tmp/expected")" 7 'of which seven profiles are gone'

# ---- the same changes, whatever is text ----
for pair in "$tmp/before.reg $tmp/after.reg" "$exchange_before $tmp/after.reg" \
	"$tmp/before.reg $exchange_after"; do
	# shellcheck disable=SC2086 # two names
	run 1 "${pair##*/}" $pair
	gone >"$tmp/found"
	ok 'the same changes' cmp "$tmp/expected" "$tmp/found"
	is "$(list '//change/@certainty' | sort -u)" probable 'none is surer than probable'
	is "$(list '//diagnostic/@code')" '' 'nothing is wrong with them'
	is "$(list '//series/@role')" local_system 'the root tells whose it is'
done

run 1 'two exports' "$tmp/before.reg" "$tmp/after.reg"
is "$(count '//change//bound | //change/@at')" 0 'nothing dates a change between texts'
is "$(list '//input/@role' | sort -u)" reg 'they are inputs of their own kind'
is "$(list '//reg/@encoding' | sort -u)/$(list '//reg/@version' | sort -u)" utf-16le/5 \
	'encoding and version'
is "$(list '//reg/@root' | sort -u)/$(list '//reg/@whole' | sort -u)" \
	'HKEY_USERS\.DEFAULT/1' 'the root, which is whole'
is "$(list '//snapshot/@readers' | sort -u)" text 'read as text'
ok 'the page tells it' grep -q 'reg export' "$tmp/page.html"

# When the list was stamped before the text was made, its last write bounds nothing.
run 1 'a text, then a hive' "$tmp/before.reg" "$exchange_after"
is "$(count '//change/bound[@which="latest"]')" 0 'no last write shows that it is a new one'

run 1 'a series' "$exchange_before" "$tmp/before.reg" "$tmp/after.reg" "$exchange_after"
is "$(count '//comparison[@id="d1"]/change')" 0 'a hive and its export are one state'
is "$(count '//comparison[@id="d2"]/change')" "$(grep -c . "$tmp/expected")" \
	'what went, went between the exports'
is "$(count '//comparison[@id="d3"]/change')" 0 'and then nothing more'

run 0 'alone' "$tmp/before.reg"
is "$(list '//summary/@profiles_after')" 8 'it holds eight profiles'
is "$(count '//recovered')" 0 'and nothing deleted'

# ---- whose ----
export_hive "$exchange_after" 'HKEY_USERS\S-1-5-21-1-2-3-1001' "$tmp/other.reg"
status 2 'exports of two users' "$WMSDIFF" "$tmp/before.reg" "$tmp/other.reg"
cat "$tmp/before.reg" "$tmp/other.reg" >"$tmp/both.reg"
status 2 'an export of two users' "$WMSDIFF" "$tmp/both.reg"
is "$(sed 's/^.*0x0: //' "$tmp/err")" "a .reg export of 2 users' keys \
(HKEY_USERS\.DEFAULT, HKEY_USERS\S-1-5-21-1-2-3-1001); give each in a file of its own" \
	'both are named, in one line'

# ---- restored and read again ----
for form in '' '--reg-encoding utf8' '--reg-version 4'; do
	for source in "$exchange_before $exchange_after" "$tmp/before.reg $tmp/after.reg"; do
		rm -rf "$tmp/restored"
		# shellcheck disable=SC2086 # options and names
		run 1 "restored ${form:-as usual} from ${source##*/}" $form --restore \
			"$tmp/restored" --restore-profile 'EXCH01-LME-NOTES' $source
		list '//change/profile[@name="EXCH01-LME-NOTES"]/@digest' | sort -u >"$tmp/digest"
		run 0 'what was written, alone' "$tmp"/restored/*.reg
		is "$(list '//profile/@name')" EXCH01-LME-NOTES 'holds that profile'
		is "$(list '//profile/@digest')" "$(cat "$tmp/digest")" 'to the last byte'
	done
done
# It lists one profile, which says nothing of others.
run 2 'a restored profile is no list' "$exchange_before" "$tmp"/restored/*.reg
is "$(list '//change[@kind="deleted"]/@certainty' | sort -u)" unresolved \
	'what it does not hold is not gone'

# ---- bad ones ----
printf 'REGEDIT4\n\n[HKEY_USERS\\.DEFAULT\\x]\n"y"=-\n' >"$tmp/changes.reg"
status 2 'a list of changes' "$WMSDIFF" "$tmp/changes.reg"
is "$(grep -c ': 0x22: a list of changes, not an export' "$tmp/err")" 1 'the reason is told'
dd if="$tmp/before.reg" of="$tmp/cut.reg" bs=99999 count=1 2>/dev/null
status 2 'one that was cut' "$WMSDIFF" -o "$tmp/report.xml" "$tmp/cut.reg"
load "$tmp/report.xml"
is "$(list '//diagnostic[@severity="error"]/@code' | sort -u)" export_cut 'that is told'
done_testing
