#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is recovered from bytes that no live key refers to, from the command line: of real
# hives.  What is expected is told by the answer key of those hives and by
# reglookup-recover.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/recover.shlib
. "$srcdir/tests/help/recover.shlib"
[ -n "${HIVES:-}" ] || skip_all 'there are no real hives'
need xmllint sha256sum base64 od cmp

win7=$HIVES/real/NTUSER-WIN7.DAT
gone=$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT
account=$HIVES/deleted/NTUSER-WIN7-account-deleted.DAT
evidence >"$tmp/evidence"

# cells: kind, certainty and path of what was recovered and stands in no profile
cells() {
	awk '
		/<cellobject .*deleted_cell="1"/ {
			match($0, /path_certainty="[a-z]*"/)
			certainty = substr($0, RSTART + 16, RLENGTH - 17)
		}
		/<cellpath>/ { path = $0; gsub(/^.*<cellpath>|<\/cellpath>.*$/, "", path) }
		/<name_type>/ { kind = /<name_type>k</ ? "k" : "v" }
		/<alloc>0</ { print kind, certainty, path }
	' "$tmp/loaded.xml"
}

# content XPATH: what the profile holds, as it is decoded
content() {
	# How many accounts are gone is told of a profile in a list alone.
	xmllint --huge --xpath "$1/*[not(self::cellobject)]" "$tmp/loaded.xml" |
		sed 's/^ *//; /<account_numbers /s/ gone="0"//'
}
# bytes XPATH: of each cell of the profile its path, its kind, its type and its data
bytes() {
	xmllint --huge --xpath "$1/cellobject/*[self::cellpath or self::name_type or
		self::data_type or self::data]" "$tmp/loaded.xml"
}

run 0 'the live profile' "$win7"
digest=$(query //store/profile/@digest)
content //store/profile >"$tmp/live.content"
bytes //store/profile >"$tmp/live.bytes"
ok 'is spelled out' grep -q '<account ' "$tmp/live.content"
is "$(count //recovered/profile) $(query //summary/@recovered)" '0 0' 'no other is recovered'

run 1 'the deleted profile' "$gone"
is "$(count //store/profile)/$(count //recovered/profile)" 0/1 'is recovered'
is "$(query //recovered/profile/@name) $(query //recovered/profile/@completeness)" \
	'Outlook no_gaps' 'without gaps'
is "$(query //recovered/profile/@keys)/$(query //recovered/profile/@values)" 25/148 \
	'25 keys, 148 values'
is "$(count '//recovered/profile/cellobject[name_type="k"]')/$(count \
	'//recovered/profile/cellobject[name_type="v"]')" 25/148 'each is told'
is "$(query //recovered/profile/@digest)" "$digest" 'it holds what the live one held'
is "$(query //recovered/profile/@deleted_filetime)" 130000000000000000 'when it went'
is "$(query //recovered/profile/@store_path)" "$wms\\Profiles" 'from its list'
is "$(query //recovered/profile/@path_certainty)" certain 'for certain'
is "$(list '//recovered/profile/cellobject[@path_certainty="partial"]/@path_certainty')" '' \
	'no path in it is lost'
content //recovered/profile >"$tmp/gone.content"
bytes //recovered/profile >"$tmp/gone.bytes"
ok 'services, accounts, files and properties are those of the live one' \
	cmp "$tmp/live.content" "$tmp/gone.content"
ok 'and so is every path, type and byte' cmp "$tmp/live.bytes" "$tmp/gone.bytes"
is "$(count //recovered/cellobject)" 0 'nothing else is told'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 0 profiles in this hive, 1 deleted one recovered' \
	'the verdict on the page'

run 1 'the deleted profile, with the hive from before' "$win7" "$gone"
is "$(query //change/recovered_share/@completeness) $(query //change/recovered_share/@keys) $(query \
	//change/recovered_share/@values)" 'whole 25 148' 'is left whole'
is "$(query //change/deletion/@filetime) $(query //change/deletion/@confirmed)" \
	'130000000000000000 1' 'the moment, confirmed'
is "$(query //change/recovered_share/@since)" between 'it went in between'
full_page "$win7" "$gone"
ok 'the page says so' grep -q '^    left      whole in unreferenced bytes' "$tmp/full"

run 0 'the deleted account' "$account"
at="$wms\\Profiles\\Outlook\\9375CFF0413111d3B88A00104B2A6676\\00000003"
is "$(count //recovered/profile)" 0 'is no profile'
is "$(count '//recovered/cellobject[name_type="k"]')/$(count \
	'//recovered/cellobject[name_type="v"]')" 1/15 'one key with 15 values'
# Edited offline: the header is older than the keys, as after a clock that was set back.
is "$(cells | grep '^k')" "k probable $at" 'the key'
is "$(cells | grep '^v' | while read -r kind certainty path; do
	printf '%s %s %s\n' "$kind" "$certainty" "${path%\\*}"
done | sort | uniq -c | tr -s ' ')" " 15 v probable $at" 'the values'
is "$(count '//recovered//data[@redacted="1"]')" 1 'one of them a password'
ok 'the page counts them' grep -q '^recovered 1 key and 15 values inside what is still there$' \
	"$tmp/page"
full_page "$account"
ok 'spelled out too' grep -q '^recovered  *1 key and 15 values, deleted inside profiles' \
	"$tmp/full"

run 0 'DeletedTreeHive' --key "\\" "$HIVES/deleted/DeletedTreeHive"
is "$(cells | sed 's/ [a-z]* / /')" 'k 1\2\3
k 1\2\3\4
k 1\2\3\4\5
k 1\2\3\4\New Key #1' 'four keys'
is "$(list //recovered/cellobject/mtime/@filetime)" '131345184953072285
131345184953072285
131345184913496045
131345184906594029' 'and their last writes'
run 0 'DeletedDataHive' --key "\\" "$HIVES/deleted/DeletedDataHive"
is "$(cells | sed 's/ [a-z]* / /' | sort)" 'k 456
v 123\v2
v 456\v' 'a key with a value, and a value of a live key'
is "$(query '//recovered/cellobject[basename="v"]/data' | base64 -d | tr -d '\0')" 123456 \
	'the data of the one'
is "$(query '//recovered/cellobject[basename="v2"]/data' | base64 -d | tr -d '\0')" 456 \
	'and of the other'
run 0 'ManySubkeysHive' --key "\\" "$HIVES/odd/ManySubkeysHive"
is "$(cells | sed 's/ [a-z]* / /')" 'k key_with_many_subkeys\2119\New Key #1' 'one key'
run 0 'UnicodeHive' --key "\\" "$HIVES/odd/UnicodeHive"
is "$(cells | sed 's/ [a-z]* / /')" 'k Привет\New Key #1' 'one key'
run 0 'UnicodeHive: a key of it' --key 'ПРИВЕТ' "$HIVES/odd/UnicodeHive"
is "$(count //recovered/cellobject)" 1 'what is below it'
run 0 'UnicodeHive: another key' --key 'Приве' "$HIVES/odd/UnicodeHive"
is "$(count //recovered/cellobject)" 0 'what is not'
run 0 'UnicodeHive: no key' "$HIVES/odd/UnicodeHive"
is "$(count //recovered/cellobject) $(query //recovered/@keys)" '0 1' 'counted, not told'

run 0 'NTUSER-WIN7: the whole hive' --key "\\" "$win7"
is "$(cells | grep -c '^k') $(cells | grep -c '^v')" '82 457' '82 keys, 457 values'
is "$(query //recovered/@keys) $(query '//recovered/@values + //recovered/@lone_values')" \
	'82 457' 'as they are counted'
is "$(count //recovered/profile)" 0 'no profile'
if command -v reglookup-recover >/dev/null; then
	# Both name a record by its place: reglookup by its cell, which begins 4 bytes before.
	reglookup-recover "$win7" 2>/dev/null | awk -F , 'NR > 1 {
		print tolower(substr($3, 1, 1)), tolower($1)
	}' | sort >"$tmp/other"
	awk '
		/<name_type>/ { kind = /<name_type>k</ ? "k" : "v" }
		/<alloc>0</ { wanted = 1 }
		wanted && /<byte_run / {
			match($0, /file_offset="[0-9]*"/)
			printf "%s %08x\n", kind, substr($0, RSTART + 13, RLENGTH - 14) - 4
			wanted = 0
		}' "$tmp/loaded.xml" | sort >"$tmp/own"
	is "$(grep -c . "$tmp/other")" 539 'reglookup-recover finds as many'
	is "$(comm -3 "$tmp/own" "$tmp/other")" '' 'and they stand at the same places'
else
	skip 2 'there is no reglookup-recover'
fi

# The password of the real profile.
if command -v hivexml >/dev/null; then
	hivexml "$win7" >"$tmp/hive.xml" 2>/dev/null
	xmllint --xpath 'string(//value[@key="POP3 Password"]/@value)' "$tmp/hive.xml" |
		tr -d ' \n' | base64 -d >"$tmp/secret"
	is "$(wc -c <"$tmp/secret" | tr -d ' ')" 189 'the real password'
	traces "$tmp/secret" >"$tmp/traces"
	ok 'traces would be found in base64' grep -q -F -i -f "$tmp/traces" "$tmp/hive.xml"
	od -An -v -tx1 "$tmp/secret" | tr -d ' \n' >"$tmp/control"
	ok 'and in hex' grep -q -F -i -f "$tmp/traces" "$tmp/control"
	for hive in "$gone" "$account"; do
		# A deleted profile is gone; an account is none.
		gone_status=$([ "$hive" = "$gone" ] && echo 1 || echo 0)
		run "$gone_status" "${hive##*/}: all that can be recovered" -v --full --key "\\" "$hive"
		is "$(count '//recovered//data[@redacted="1"]')/$(count \
			'//recovered//data[@redacted="1"][string-length(.) > 0]')" 1/0 \
			'the password is recovered and held back'
		is "$(count '//recovered//cellobject[data/@redacted]//byte_run[2]/hashdigest')" 0 \
			'so is its hash'
		untold 'it is not told'
	done
	run 1 'with the hive from before' -v --full --key "\\" "$win7" "$gone"
	untold 'nor is it there'
else
	skip 16 'there is no hivexml'
fi

evidence >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
