#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is recovered from bytes that no live key refers to, from the command line: of the
# samples.  What is expected is told by their recipes (incident.c, exchange2000alone.c)
# and by the hives from before.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/recover.shlib
. "$srcdir/tests/help/recover.shlib"
need xmllint sha256sum base64 od cmp

before=${SAMPLES_DIR:?is set by make check}/exchange2000-before.DEFAULT
after=$SAMPLES_DIR/exchange2000-after.DEFAULT
alone=$SAMPLES_DIR/exchange2000alone-after.DEFAULT
outlook_before=$SAMPLES_DIR/outlook-before.NTUSER.DAT
outlook_after=$SAMPLES_DIR/outlook-after.NTUSER.DAT
evidence >"$tmp/evidence"

# data: of each value below $1 in the loaded report, a line: its path behind that, the
# bytes that are lost, those that are inferred, the others in hex
data() {
	below=$1 awk '
		function hex(text,    i, bits, n, out) {
			for (i = 1; i <= length(text); i++) {
				if (substr(text, i, 1) == "=")
					break
				bits = bits * 64 + index(digits, substr(text, i, 1)) - 1
				n += 6
				if (n >= 8) {
					n -= 8
					out = out sprintf("%02x", int(bits / 2 ^ n))
					bits %= 2 ^ n
				}
			}
			return out
		}
		function attribute(name) {
			if (!match($0, " " name "=\"[^\"]*\""))
				return "-"
			return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
		}
		BEGIN {
			digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		}
		/<cellpath>/ { path = $0; gsub(/^.*<cellpath>|<\/cellpath>.*$/, "", path) }
		/<data / && index(path, ENVIRON["below"]) == 1 {
			lost = attribute("unknown")
			inferred = attribute("inferred_bytes")
			gsub(/^.*<data [^>]*>|<\/data>.*$|^.*<data [^>]*\/>$/, "")
			printf "%s\t%s\t%s\t%s\n", substr(path, length(ENVIRON["below"]) + 1),
				lost, inferred, hex($0)
		}
	' "$2"
}

# ---- Windows 2000: two days later, and nothing from before ----

run 0 'the earlier hive' --no-recover "$before"
cp "$tmp/loaded.xml" "$tmp/before.xml"
run 1 'exchange2000alone: what is left in one hive' "$alone"
cp "$tmp/loaded.xml" "$tmp/alone.xml"
cp "$tmp/page" "$tmp/alone.txt"

# The tick of the purge in incident.c: 2003-03-18 09:14:07 and 19 of 15.625 ms.
purge=$(((1047978847 + 11644473600) * 10000000 + 19 * 156250))
whole='EXCH01-LME-GWISE V5.5
EXCH01-LME-NOTES
Exchange Administrator
Mailbox Manager 000006a801c2e6cadf9b1e64'
named="$whole
Fax Gateway 000007f001c2e6cb4af80334
{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}"
script='Event Script 0000051c01c2e6cb0341c82c'

is "$(count //recovered/profile) $(query //summary/@recovered)" '7 7' 'seven profiles'
is "$(query //recovered/@verdict)" searched 'it was searched'
is "$(list '//recovered/profile[@name!=""]/@name')" "$named" 'six with their names'
is "$(list '//recovered/profile/@deleted_filetime' | sort | uniq -c | tr -s ' ')" " 5 $purge" \
	'and of five the moment of the purge'
# Windows 2000 wrote a link over the mark of the sixth one's key: no moment, only a bound.
is "$(list '//recovered/profile[@name!=""][not(@deleted_at)]/@name')" 'Exchange Administrator' \
	'but not of the sixth'
is "$(query '//recovered/profile[@name="Exchange Administrator"]/@deleted_not_after')" \
	2003-03-18T09:14:07.2968750Z 'which went not after that'
marks() {
	list "//recovered/profile$1//cellobject[cellpath=concat(ancestor::profile/@store_path, \
		'\\', ancestor::profile/@name)]//byte_run/@file_offset" | while read -r offset; do
		tail -c +$((offset + 1)) "$alone" | head -c 2 | tr -c 'a-z' .
		echo
	done
}
is "$(marks '[@deleted_at]' | uniq -c | tr -s ' ')" ' 5 nk' 'five keys still have their mark'
is "$(marks '[not(@deleted_at)][@name!=""]' | grep -cvx nk)" 1 'the sixth has not'
is "$(list '//recovered/profile/@deleted_at' | sort -u)" 2003-03-18T09:14:07.2968750Z \
	'which is told as a time'
is "$(list '//recovered/profile[@name!=""]/@list' | uniq -c | tr -s ' ')" ' 4 profiles
 2 deleted_profiles' 'their lists'
is "$(list '//recovered/profile[@name!=""]/@path_certainty' | sort -u)" certain 'for certain'
is "$(list '//recovered/profile[@name!=""]/@recovered_by' | sort -u)" profile_key \
	'by their own keys'
is "$(count '//recovered/profile[@name!=""]/@name_from')" 0 'which tell their names'
is "$(query //store/default_profile/@name) $(query //store/default_profile/@resolved)" \
	'Exchange Administrator 0' 'one was the default profile'
is "$(list '//recovered/profile[@name!=""]/@keys' | tr '\n' ' ')" '8 8 9 9 8 6 ' \
	'their keys, but for two sections of one'

torn='//recovered/profile[@name=""]'
is "$(count "$torn")" 1 'one is nameless'
is "$(query "$torn/@recovered_by") $(query "$torn/@name_from") $(query "$torn/@path_certainty")" \
	'sections none partial' 'and torn'
is "$(query "$torn/@list") $(count "$torn/@store_path") $(query "$torn/@filetime")" \
	'unknown 0 0' 'its list is not known'
is "$(count "$torn/@deleted_at | $torn/@mtime")" 0 'nor when it went'
is "$(query "$torn/@sections") $(query "$torn/@keys") $(query "$torn/@completeness")" \
	'7 7 partial' 'seven sections'
if command -v hivexml >/dev/null; then
	hivexml "$before" >"$tmp/hive.xml" 2>/dev/null
	xmllint --xpath "//node[@name='$script']/node/@name" "$tmp/hive.xml" |
		sed 's/^ *name="//; s/"$//' | sort >"$tmp/sections"
	xmllint --xpath "$torn/cellobject[name_type='k']/basename/text()" "$tmp/loaded.xml" |
		sort >"$tmp/found"
	is "$(grep -c . "$tmp/sections") $(grep -c . "$tmp/found") $(comm -23 "$tmp/found" \
		"$tmp/sections")" '8 7 ' 'which are those of the Event Script'
else
	skip 1 'there is no hivexml'
fi

# What the recipe says of losses; what Windows 2000 overwrites comes on top.
is "$(list '//recovered/profile/@data_lost' | tr '\n' ' ')" '0 0 0 0 1 1 2 ' \
	'data that were used again are lost'
is "$(list '//recovered/profile/@heads_lost' | grep -cx 0)" 0 'first bytes are lost in each'

# Byte by byte against the earlier hive.
while read -r name; do
	for list in Profiles 'Deleted Profiles'; do
		data "$wms\\$list\\$name\\" "$tmp/before.xml" | sed "s/^/$name	/" >>"$tmp/were"
		data "$wms\\$list\\$name\\" "$tmp/alone.xml" | sed "s/^/$name	/" >>"$tmp/are"
	done
done <<END
$named
END
data "$wms\\Deleted Profiles\\$script\\" "$tmp/before.xml" | sed "s/^/$script	/" >>"$tmp/were"
sed -n '/<profile name=""/,/<\/profile>/p' "$tmp/alone.xml" >"$tmp/torn.xml"
data '' "$tmp/torn.xml" | sed "s/^/$script	/" >>"$tmp/are"
awk -F '\t' -v were="$tmp/were" '
	BEGIN {
		while ((getline line <were) > 0) {
			split(line, field, "\t")
			was[field[1] "\t" field[2]] = field[5]
		}
	}
	{
		key = $1 "\t" $2
		if (!(key in was))
			kind = "unheard of"
		else if ($3 == "0+4")
			kind = $5 == substr(was[key], 9) && $4 == "-" ? "without its head" : "wrong"
		else if ($3 == "0+" length(was[key]) / 2)
			kind = $5 == "" ? "lost" : "wrong"
		else if ($3 == "-")
			kind = $5 == was[key] ? ($4 == "-" ? "whole" : "mended") : "wrong"
		else
			kind = "wrong"
		n[kind]++
		if (kind == "wrong" || kind == "unheard of")
			print kind ": " $0
	}
	END { for (kind in n) print kind, n[kind] >"/dev/stderr" }
' "$tmp/are" >"$tmp/wrong" 2>"$tmp/kinds"
is "$(grep -c . "$tmp/are")" "$(count '//recovered/profile/cellobject[name_type="v"]')" \
	'every value is looked at'
is "$(cat "$tmp/wrong")" '' 'no byte is told that was another one'
for kind in whole mended 'without its head'; do
	ok "some data are $kind" grep -q "^$kind [0-9]" "$tmp/kinds"
done
is "$(sed -n 's/^lost //p' "$tmp/kinds")" 4 'four are lost'
is "$(count '//recovered//data[starts-with(@unknown, "0+4")][starts-with(., "AAAA")]')" 0 \
	'lost bytes are no zeros'
is "$(count '//recovered//cellobject[data/@inferred_bytes][not(contains(@inferred, "data"))]')" 0 \
	'what is mended is marked'
is "$(list '//recovered/profile/property/@value' | grep -ci '^fdfffdff')" 0 \
	'nor is a property rendered with other bytes in their place'
is "$(list '//recovered/profile//cellobject/@origin' | sort -u)" free 'all of it in free cells'
is "$(count '//recovered//cellobject[alloc!=0]')/$(count '//store//cellobject[alloc!=1]')" 0/0 \
	'recovered is recovered, live is live'

is "$(sed -n 1p "$tmp/alone.txt")" 'wmsdiff: 1 profile in this hive, 7 deleted ones recovered' \
	'the verdict on the page'
is "$(grep -c '^recovered .*, deleted at 2003-03-18 09:14:07 UTC  \[in part\]$' "$tmp/alone.txt")" 2 \
	'the moment, once for each list'
full_page "$alone"
is "$(grep -c '^    deleted   at 2003-03-18 09:14:07 UTC$' "$tmp/full")" 5 \
	'the moment on the page'
is "$(grep -c '^    deleted   not after 2003-03-18 09:14:07 UTC$' "$tmp/full")" 1 'and the bound'
is "$(sed -n 's/^recovered  *//p' "$tmp/full" | sed 's/  \[.*//')" "$named
(name lost)" 'each on the page'

run 0 'exchange2000alone: without recovery' --no-recover "$alone"
is "$(count //recovered)/$(count //profile)/$(query //summary/@recovered)" 0/1/0 \
	'what is live, and no more'
is "$(sed -n 1p "$tmp/page")" 'wmsdiff: 1 profile in this hive' 'on the page too'
is "$(grep -c recovered "$tmp/page")" 0 'of others nothing is said'

# ---- with a hive from before ----

run 1 'exchange2000alone: with the earlier hive' "$before" "$alone"
is "$(list //change/@kind | sort | uniq -c | tr -s ' ')" ' 7 deleted' 'seven are gone'
is "$(list '//change[deletion/@at]/@profile')" "$named" 'of six the moment is known'
is "$(list //deletion/@filetime | sort -u)" "$purge" 'the purge'
torn="//change[@profile='$script']"
is "$(count "$torn/deletion/@at")" 0 'of the torn one it is not'
is "$(query "$torn/recovered_share/@recovered_by") $(query "$torn/recovered_share/@name_from") $(query \
	"$torn/recovered_share/@name_certainty")" 'sections snapshot certain' 'but its name'
torn="//snapshot[2]/recovered/profile[@name='$script']"
is "$(count "$torn") $(query "$torn/@list")" '1 deleted_profiles' 'which the inventory tells'
is "$(list '//change/recovered_share/@keys_lost' | tr '\n' ' ')" '0 0 0 0 2 0 2 ' \
	'keys that are lost, as the recipe has it'
is "$(list '//change/recovered_share/@data_lost' | tr '\n' ' ')" '0 0 0 0 2 1 1 ' 'data likewise'
is "$(list '//change/recovered_share/@data_changed' | sort -u)" 0 'none of it is another'\''s'
is "$(list '//change/recovered_share/@completeness' | sort -u)" partial 'none is whole'
is "$(list '//snapshot[2]/recovered/profile/@since' | sort | uniq -c | tr -s ' ')" \
	' 7 between' 'all went in between'
changes=$(count //change)
while [ "$changes" -gt 0 ]; do
	is "$(query "//change[$changes]/recovered_share/@values + //change[$changes]/recovered_share/@values_lost")" \
		"$(query "//change[$changes]/profile/@values")" \
		"what is left and what is lost of $(query "//change[$changes]/@profile") is all"
	changes=$((changes - 1))
done

run 1 'exchange2000alone: behind the hive of the first evening' "$before" "$after" "$alone"
is "$(list '//snapshot[2]/recovered/profile/@since' | sort | uniq -c | tr -s ' ')" \
	' 7 between' 'the second hive has more deleted keys'
is "$(list '//snapshot[3]/recovered/profile/@since' | sort | uniq -c | tr -s ' ')" \
	' 7 earlier' 'which are old ones in the third'
is "$(count '//comparison[2]/change')" 0 'no change tells of them again'

run 1 'exchange2000alone: with the earlier hive, without recovery' --no-recover "$before" "$alone"
is "$(count //recovered)/$(count //recovered_share)/$(count //deletion/@at)" 0/0/0 'leaves all out'
is "$(list '//bound[@source="recovered_key_time"]/@source')" '' 'and no bound rests on it'
is "$(query //summary/@recovered) $(query //summary/@deleted)" '0 7' 'seven are gone all the same'

# ---- Outlook 2010: what is deleted is whole ----

run 1 'outlook: one hive' "$outlook_after"
outlook='//recovered/profile[@name="Outlook"]'
is "$(query "$outlook/@completeness") $(query "$outlook/@deleted_at")" \
	'no_gaps 2016-03-14T13:31:52.6200811Z' 'the deleted profile, and when it went'
digest=$(query "$outlook/@digest")
run 0 'outlook: before' --no-recover "$outlook_before"
is "$(query "//store[contains(@path, 'Messaging')]/profile[@name='Outlook']/@digest")" \
	"$digest" 'it is as it was'

# ---- logs ----

# outlook2016log.c: entries 814 and 816 delete a profile each; cells that the first one
# frees are used again by entry 815, so that only the logs still hold all of it.
mkdir "$tmp/outlook2016"
for end in '' .LOG1 .LOG2; do
	cp "$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT$end" "$tmp/outlook2016/NTUSER.DAT$end"
done
dirty=$tmp/outlook2016/NTUSER.DAT
run 1 'outlook2016log: with the earlier hive' --full \
	"$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT" "$dirty"
is "$(list '//snapshot[2]/recovered/profile/@name' | sort)" 'Archive 2015
Projects' 'two profiles, each once'
for name in 'Archive 2015' Projects; do
	at="//snapshot[2]/recovered/profile[@name='$name'][1]"
	is "$(query "$at/@completeness") $(query "$at/@digest")" \
		"no_gaps $(query "//snapshot[1]/store/profile[@name='$name']/@digest")" \
		"$name has no gaps, and is as it was"
	is "$(query "//change[@profile='$name']/recovered_share/@completeness")" whole \
		"$name: the change says so"
done
is "$(query '//change[@profile="Projects"]/deletion/@at')" 2019-06-14T10:12:05.9023376Z \
	'when the one went'
is "$(query '//change[@profile="Archive 2015"]/deletion/@at')" 2019-06-14T11:47:33.3318650Z \
	'and the other'
ok 'some of it stands in a log' grep -q '<cellobject .*origin="log"' "$tmp/loaded.xml"
awk '
	/<cellobject / { log_only = / origin="log"/ }
	log_only && /<byte_run / && !/ input="i[0-9]*"/
' "$tmp/loaded.xml" >"$tmp/found"
is "$(cat "$tmp/found")" '' 'and says in which'
run 0 'outlook2016log: logs skipped' --skip-logs --full "$dirty"
is "$(count '//cellobject[@origin="log"]')/$(count //recovered/profile)" 0/0 \
	'nothing is recovered from them'

# The log of another hive tells nothing of this one, dirty or clean.
other=$SAMPLES_DIR/exchange2000log-after.DEFAULT.LOG
cp "$dirty" "$tmp/dirty"
run 2 'a dirty hive with the log of another one' --full "$tmp/dirty" --log "$other"
is "$(list //log/@reason) $(count //recovered/profile) $(count '//cellobject[@origin="log"]')" \
	'another_hive 0 0' 'nothing of that is in this one'
cp "$outlook_before" "$tmp/clean"
run 0 'a clean hive with the log of another one' --full "$tmp/clean" --log "$other"
is "$(count //recovered/profile) $(count '//cellobject[@origin="log"]')" '0 0' \
	'nothing of that is in this one'

# ---- nothing deleted ----

run 0 'a hive from which no profile went' "$before"
is "$(count //recovered/profile)/$(query //recovered/@keys)/$(query //recovered/@values)" 0/0/0 \
	'nothing is recovered'
is "$(count //recovered/cellobject)" 0 'and nothing told'

# ---- the same bytes, whoever reads first ----

for jobs in 1 4; do
	SOURCE_DATE_EPOCH=1000000000 "$WMSDIFF" -q -o - -j $jobs --full --key "\\" --same-subject "$before" \
		"$after" "$alone" "$outlook_before" "$outlook_after" |
		grep -v '<dfxml:command_line>' >"$tmp/jobs$jobs"
done
ok 'there is a report' grep -q '<recovered ' "$tmp/jobs1"
ok '-j 4 changes nothing' cmp "$tmp/jobs1" "$tmp/jobs4"

# ---- secrets ----

if command -v hivexml >/dev/null; then
	hivexml "$outlook_before" >"$tmp/hive.xml" 2>/dev/null
	n=$(xmllint --xpath 'count(//value[@key="POP3 Password"])' "$tmp/hive.xml")
	while [ "$n" -gt 0 ]; do
		xmllint --xpath "string((//value[@key='POP3 Password'])[$n]/@value)" \
			"$tmp/hive.xml" | tr -d ' \n' | base64 -d >"$tmp/secret"
		traces "$tmp/secret"
		n=$((n - 1))
	done >"$tmp/traces"
	ok 'traces would be found' grep -q -F -i -f "$tmp/traces" "$tmp/hive.xml"
	run 1 'outlook: all that can be recovered' -v --full --key "\\" "$outlook_after"
	is "$(count '//recovered//data[@redacted="1"]')" 1 'a password is recovered'
	is "$(count '//recovered//data[@redacted="1"][string-length(.) > 0]')" 0 'and held back'
	untold 'so it is not told'
else
	skip 6 'there is no hivexml'
fi

evidence >"$tmp/evidence.now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/evidence.now"
done_testing
