#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The page of a report, and what is done with reports of earlier runs.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"
need xmllint openssl
"$WMSDIFF" --version | grep -q '^libxslt ' || skip_all 'built without HTML'
S=$SAMPLES_DIR

# value PAGE XPATH: its value as text; count PAGE XPATH: how many nodes it finds
value() {
	xmllint --html --huge --xpath "string($2)" "$1" 2>/dev/null
}
count() {
	xmllint --html --huge --xpath "count($2)" "$1" 2>/dev/null
}

# strangers PAGE: what the parser, which knows HTML 4, says beside names of HTML 5 and SVG
strangers() {
	xmllint --html --huge --noout "$1" 2>&1 | grep 'parser error' |
		grep -vE 'Tag (header|main|nav|section|article|footer|details|summary|time|bdi|svg|title|desc|line|path|rect|circle|text) invalid'
}

# outline PAGE: headings that skip a level, or a first one that is not the highest
outline() {
	grep -oE '<h[1-6]' "$1" | awk '{ n = substr($0, 3) }
		NR == 1 && n != 1 || n > last + 1 { print "h" n " after h" last }
		{ last = n }'
}

# sound NAME PAGE: what holds for every page
sound() {
	is "$(strangers "$2")" '' "$1: the parser has nothing to say"
	is "$(count "$2" //h1) $(count "$2" //main) $(count "$2" //title)" '1 1 2' \
		"$1: one h1, one main, a title of page and drawing"
	is "$(value "$2" /html/@lang)" en "$1: its language is told"
	is "$(value "$2" /html/head/title)" "wmsdiff: $(value "$2" //h1)" \
		"$1: the title is the verdict"
	is "$(outline "$2")" '' "$1: headings are in order"
	is "$(count "$2" '//table[not(caption) or not(thead/tr/th)]')" 0 \
		"$1: every table has a caption and a head"
	is "$(count "$2" '//th[not(@scope)]')" 0 "$1: every th has a scope"
	is "$(count "$2" '//script|//img|//iframe|//object|//embed|//form|//link|//base|//a[not(starts-with(@href,"#"))]')" 0 \
		"$1: no script, nothing that is fetched, no way out"
	is "$(count "$2" '//@*[starts-with(name(),"on") or name()="src" or name()="style" or name()="srcset"]')" 0 \
		"$1: no attribute that acts"
	awk '/<style>/ { inside = 1; sub(/^.*<style>/, "") }
		inside && /<\/style>/ { sub(/<\/style>.*/, ""); printf "%s", $0; exit }
		inside { print }' "$2" >"$tmp/style"
	is "$(value "$2" '//meta[@http-equiv="Content-Security-Policy"]/@content')" \
		"default-src 'none'; style-src 'sha256-$(openssl dgst -sha256 -binary "$tmp/style" | openssl base64)'; base-uri 'none'; form-action 'none'" \
		"$1: the policy lets in its own style, by its hash, and nothing else"
	grep -oE ' id="[^"]*"' "$2" | sed 's/^ id="\(.*\)"$/\1/' | sort >"$tmp/ids"
	is "$(uniq -d "$tmp/ids")" '' "$1: every id stands once"
	grep -oE ' href="#[^"]*"' "$2" | sed 's/^ href="#\(.*\)"$/\1/' | sort -u |
		comm -23 - "$tmp/ids" >"$tmp/dangling"
	is "$(cat "$tmp/dangling")" '' "$1: every link leads somewhere"
	is "$(tr -d '\n' <"$2" | grep -cP '[\x00-\x1f\x7f-\x9f\x{61c}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]')" 0 \
		"$1: no character in it acts or hides"
}

# page NAME ARGUMENT...: a run that writes $tmp/NAME.xml and its page
page() {
	name=$1 expected=0
	shift
	"$WMSDIFF" -q -o "$tmp/x.xml" "$@" >/dev/null 2>&1 || expected=$?
	rm -rf "$tmp/reg" # nothing is written over
	status "$expected" "$name: runs, and ends as it does without a page" "$WMSDIFF" -q -o "$tmp/$name.xml" \
		--html "$tmp/$name.html" "$@"
	sound "$name" "$tmp/$name.html"
	ok "$name: its report is valid" "$WMSDIFF" -q --validate "$tmp/$name.xml"
	ok "$name: its page can be made again" "$WMSDIFF" --render "$tmp/$name.xml" \
		--html "$tmp/again.html"
	ok "$name: and is the same" cmp "$tmp/$name.html" "$tmp/again.html"
}

# ---- the page of every sample ----
samples page
if command -v hivexsh >/dev/null && without_account "$tmp/hurt"; then
	page hurt --restore "$tmp/reg" "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$tmp/hurt"
else
	skip 1 'there is no hivexsh'
fi
if [ -n "$HIVES" ]; then
	page real --full "$HIVES/real/NTUSER-WIN7.DAT" \
		"$HIVES/deleted/NTUSER-WIN7-profile-deleted.DAT"
	page real-alone "$HIVES/deleted/NTUSER-WIN7-account-deleted.DAT"
	page real-damaged "$HIVES/logs/TruncatedDirtyHive"
	page real-names --key \\ "$HIVES/odd/BogusKeyNamesHive" "$HIVES/odd/UnicodeHive"
else
	skip 1 'there are no real hives'
fi

# ---- what it says; expected from the recipe of the incident ----
p=$tmp/incident.html
is "$(value "$p" //h1)" '7 profiles are gone' 'the verdict'
answer=$(value "$p" '//*[@id="page-answer"]')
for word in 'Exchange Administrator' 'LocalSystem (HKU\.DEFAULT)' '2003-03-18 09:14:07 UTC' \
	'the moment' 'KB 817375' 'supported' 'net stop "ExampleBackupAgent"' \
	'its service remakes it' 'Exchange_Administrator-'; do
	case $answer in
	*"$word"*) tap ok "the answer says: $word" ;;
	*) tap 'not ok' "the answer says: $word" ;;
	esac
done
is "$(count "$p" '//table[@id="d1"]/tbody/tr[td[2]="not found"]')" 7 \
	'seven rows of the profiles side by side are not found after'
is "$(count "$p" '//article[starts-with(@id,"c")]')" 7 'a finding for each, by its id'
is "$(value "$p" '//article[@id="c3"]//table[caption="Exchange mailboxes"]/tbody/tr/td[1]')" \
	EXCH01 'a mailbox is told'
is "$(count "$p" '//svg/path[@class="moment"]')" 1 'one mark for the one moment'
is "$(count "$p" '//svg/line[@class="bar"]')" 0 'and no bar, since there is no doubt'
is "$(value "$p" '//tr[@id="i1"]//span[@class="mono hash"]')" \
	"$(sha256sum <"$S/exchange2000-before.DEFAULT" | cut -c1-64)" 'the hash of an input'
is "$(value "$p" '//p[@class="case"]')" 'Case A & B. Examiner: <E>. ' \
	'what the examiner gave is text'
p=$tmp/outlook.html
is "$(count "$p" '//svg/line[@class="bar"]')" 2 'bounds are bars'
case $(value "$p" '//*[@id="page-timeline"]') in
*'Shared mailbox: moved to another list, and not after this'*) tap ok 'a move is no deletion' ;;
*) tap 'not ok' 'a move is no deletion' ;;
esac
# Bytes: those of the value, from the file itself.
is "$(count "$tmp/incident.html" '//code[@class="hex"]')" \
	"$(grep -c '<regxml:data ' "$tmp/incident.xml")" 'every value shows its bytes'
first=$(value "$tmp/incident.html" '(//code[@class="hex"])[1]')
is "$(printf %s "$first" | tr -d ' ')" \
	"$(sed '1,/<change /d' "$tmp/incident.xml" |
		sed -n 's/.*<regxml:data [^>]*>\([^<]*\)<.*/\1/p' | head -n 1 | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')" \
	'the bytes are those of the report'

# Each run of bytes with a hash stands where the page says: of many, one in forty.
places() {
	xmllint --html --huge --xpath '//table[@class="cells"]//li[span]' "$1" 2>/dev/null |
		sed 's/<li>/\n&/g' | sed -n 's/<[^>]*>//gp' |
		awk 'NF == 6 && $2 == "at" && n++ % 40 == 0 { print $1, $3 + 0, $4, $6 }'
}
at_place() {
	while read -r input offset length hash; do
		file=$(value "$1" "//tr[@id='$input']/td[1]/bdi")
		[ "$(tail -c +$((offset + 1)) "$file" | head -c "$length" | sha256sum |
			cut -c1-64)" = "$hash" ] || echo "$input at $offset, $length bytes: not $hash"
	done <"$tmp/places"
}
for name in incident outlook outlook2016log dirty alone; do
	places "$tmp/$name.html" >"$tmp/places"
	ok "$name: there are places of bytes" test "$(wc -l <"$tmp/places")" -ge 5
	is "$(at_place "$tmp/$name.html")" '' "$name: the bytes stand there"
done
is "$(places "$tmp/outlook.html" | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')" 'i1 i2 ' \
	'what is new stands in the later hive'

# says NAME PLACE TEXT: what is read at an id of a page
says() {
	case $(value "$tmp/$1.html" "//*[@id='$2']") in
	*"$3"*) tap ok "$1: it says: $3" ;;
	*)
		tap 'not ok' "$1: it says: $3"
		note "$(value "$tmp/$1.html" "//*[@id='$2']")"
		;;
	esac
}
# Hints are no conditions of the grade.
counted() {
	xmllint --huge --xpath "count((//*[local-name()='diagnosis'])[1]/*[local-name()='condition'][@weight!='hint']${1-})" \
		"$tmp/incident.xml"
}
says incident page-answer "Of $(counted) conditions, $(counted '[@state="met"]') met, "
# The first fold of the cause has the same numbers, and says how many hints there are.
says incident page-causes "Conditions: $(counted '[@state="met"]') for, $(counted '[@state="not_met"]') against, $(counted '[@state="unknown"]') unknown; "
says incident page-answer 'The earlier hive holds 7 of 7 whole; the later one still holds parts of 7.'
says outlook page-answer 'The earlier hive holds 1 of 1 whole; the later one still holds 1 whole.'
# Nothing is gone, and yet something is to be done.
if [ -e "$tmp/hurt.html" ]; then
	is "$(value "$tmp/hurt.html" '//h1')" 'No profile is gone; 1 is damaged' 'hurt: the verdict'
	says hurt page-answer "Outlook damaged, certain: accounts that the profile's own lists name are gone"
	says hurt page-answer 'The earlier hive holds 1 of 1 whole.'
	says hurt page-answer "written 1 profile: $tmp/reg/Outlook-"
	says hurt page-answer '--restore brings back what was there before.'
else
	skip 5 'there is no hivexsh'
fi
# A list that was last written before the earlier hive bounds nothing, and so nothing is spanned.
says wrong_pair page-answer 'not before 2003-03-17 18:30:02 UTC and not after 2003-03-18 11:42:36 UTC (bounds; the moment is not known); the times contradict each other'
is "$(count "$tmp/wrong_pair.html" '//svg/line[@class="bar"]')" 0 'and no bar is drawn'
# One hive, before its logs and with them.
says dirty page-answer 'dirty, read as it stands without its logs'
is "$(value "$tmp/dirty.html" '//*[@id="page-answer"]//dd[1]/ul/li[1]/a/@href')" '#c1' \
	'dirty: a name leads to its finding'
# Two moments, both of keys that only the log shows deleted: hollow marks.
is "$(count "$tmp/dirty.html" '//svg/path[@class="bound"][starts-with(@d, "M74 ")]') $(count "$tmp/dirty.html" '//svg/path[@class="bound"]') $(count "$tmp/dirty.html" '//svg/path[@class="moment"]')" '2 2 0' \
	'dirty: what only a log tells has a mark of its own'
says dirty page-timeline 'only the log tells, from entry 816 on'
# A single hive: its recovered profiles can be linked to.
is "$(count "$tmp/alone.html" '//*[@id="page-answer"]//ul[@class="names"]/li/a[starts-with(@href, "#page-profile-")]')" 7 \
	'alone: what is gone leads to what was recovered of it'
says alone page-timeline 'list Profiles last written: the hive'
if [ -n "$HIVES" ]; then
	says real-damaged page-answer 'Not everything could be read'
	says real-damaged page-answer 'Look for a better copy'
fi

# ---- hostile and large reports ----
hostile_names >"$tmp/names"
report_of "$tmp/names" >"$tmp/hostile.xml"
ok 'a report with hostile names is valid' "$WMSDIFF" --validate "$tmp/hostile.xml"
ok 'and becomes a page' "$WMSDIFF" --render "$tmp/hostile.xml" --html "$tmp/hostile.html"
sound hostile "$tmp/hostile.html"
ok 'a name of a script is text' grep -qF '&lt;script&gt;window.pwned=1&lt;/script&gt;' "$tmp/hostile.html"
ok 'a turned name shows its controls' grep -qF 'right\u{202e}tfel and\u{2066} isolates\u{2069}' "$tmp/hostile.html"
ok 'a broken line shows its breaks' grep -qF 'tab\u{9}line\u{a}return\u{d}next\u{85}delete\u{7f}bom\u{feff}zero\u{200b}wide' "$tmp/hostile.html"
says hostile page-answer 'The report weighs no cause'
sed 's/<change /<change left_out="7" /' "$tmp/hostile.xml" >"$tmp/claims.xml"
ok 'a report that claims what the page adds' "$WMSDIFF" --render "$tmp/claims.xml" --html "$tmp/claims.html"
is "$(count "$tmp/claims.html" '//article/p[@class="cut"]')" 0 'is not believed'
sed -e 's/profile="tab[^"]*"/profile="A" profile_utf16="41000000d800dc00"/' \
	-e 's/ profile_utf16="41000000d800dc00"/ profile_utf16="4100000000d84200"/' \
	"$tmp/hostile.xml" >"$tmp/exact.xml"
ok 'names that XML cannot hold' "$WMSDIFF" --render "$tmp/exact.xml" --html "$tmp/exact.html"
ok 'are shown exactly' grep -qF 'A\u{0}\u{d800}B' "$tmp/exact.html"

report_of "$tmp/names" 10000 >"$tmp/many.xml"
ok 'a report of 10,000 changes is valid' "$WMSDIFF" --validate "$tmp/many.xml"
ok 'and becomes a page' "$WMSDIFF" --render "$tmp/many.xml" --html "$tmp/many.html"
sound many "$tmp/many.html"
is "$(value "$tmp/many.html" //h1)" '10011 profiles are gone' 'its verdict counts all'
is "$(count "$tmp/many.html" //article)" 200 'it spells out 200'
ok 'and says so' grep -q 'The first 200 of 10011 changes are spelled out' "$tmp/many.html"
ok 'it stays below 2 MB' test "$(wc -c <"$tmp/many.html")" -lt 2000000
is "$(count "$tmp/many.html" '//*[contains(text(), "= the same")]')" 0 \
	'what was left out is not called the same'

# A text of n zeros, by doubling: one that grows by a little at a time is copied each time.
long_text='function long_text(n,  text) {
	for (text = "0"; length(text) < n; text = text text)
		;
	return substr(text, 1, n)
}
'
awk "$long_text"'/ value="javascript/ { long = long_text(12000000); sub(/value="javascript/, "value=\"" long) }
	{ print }' "$tmp/hostile.xml" >"$tmp/long.xml"
status 2 'a text of 12 MB is not checked' "$WMSDIFF" --validate "$tmp/long.xml"
cp "$tmp/err" "$tmp/why"
ok 'and that is told' grep -q 'too large' "$tmp/why"
status 2 'nor shown' "$WMSDIFF" --render "$tmp/long.xml" --html "$tmp/long.html"
awk "$long_text"'/PHNjcmlwdD4=/ && !n++ { long = long_text(16000000); sub(/PHNjcmlwdD4=/, long) }
	{ print }' "$tmp/hostile.xml" >"$tmp/data.xml"
ok 'data of 12 MB are' "$WMSDIFF" --render "$tmp/data.xml" --html "$tmp/data.html"
is "$(value "$tmp/data.html" '(//table[@class="cells"]/tbody/tr/td[2]/span)[1]')" \
	'REG_SZ, 12000000 bytes' 'with their length'

# ---- reports that are not valid, and are read as far as they can be ----
doubted() {
	status 2 "$1: is not valid" "$WMSDIFF" --validate "$2"
	ok "$1: becomes a page all the same" "$WMSDIFF" --render "$2" --html "$tmp/doubted.html"
	sound "$1" "$tmp/doubted.html"
	is "$(count "$tmp/doubted.html" '//p[@class="notice"]')" 1 "$1: which says so"
}
sed -e 's|<summary |<x:note xmlns:x="urn:foreign">alien <x:script>window.pwned=1</x:script></x:note><summary |' \
	"$tmp/outlook.xml" >"$tmp/alien.xml"
doubted 'with a foreign namespace' "$tmp/alien.xml"
is "$(grep -c 'alien' "$tmp/doubted.html")" 0 'what is foreign is left out'
sed 's/ id="c2"/ id="c1"/' "$tmp/outlook.xml" >"$tmp/twice.xml"
doubted 'with an id twice' "$tmp/twice.xml"
sed 's/ id="c1"/ id="page-answer"/' "$tmp/outlook.xml" >"$tmp/taken.xml"
doubted "with one of the page's ids" "$tmp/taken.xml"
sed 's/ version="1.0">/ version="1.9" new="1">/' "$tmp/outlook.xml" >"$tmp/newer.xml"
doubted 'of a later version' "$tmp/newer.xml"
sed 's/kind="deleted"/kind="deleted" onclick="x()"/' "$tmp/outlook.xml" >"$tmp/acts.xml"
doubted 'with an attribute of a script' "$tmp/acts.xml"
echo '<report xmlns="urn:wmsdiff:report:1"/>' >"$tmp/nothing.xml"
status 2 'an empty report is not valid' "$WMSDIFF" --validate "$tmp/nothing.xml"
ok 'and becomes a page' "$WMSDIFF" --render "$tmp/nothing.xml" --html "$tmp/nothing.html"
is "$(value "$tmp/nothing.html" //h1)" 'This report has no summary' 'which says that nothing is told'
is "$(grep -c 'everything that was given could be read' "$tmp/nothing.html")" 0 'and not that all is well'

# ---- the command line ----
a=$S/outlook-before.NTUSER.DAT b=$S/outlook-after.NTUSER.DAT
status 2 'report and page cannot be one file' "$WMSDIFF" -o "$tmp/one" --html "$tmp/one" "$a" "$b"
ln -s one "$tmp/other"
status 2 'under no name' "$WMSDIFF" -o "$tmp/one" --html "$tmp/other" "$a" "$b"
ok 'the report stays' grep -q '<report ' "$tmp/one"
cp "$a" "$tmp/hive"
status 2 'a page is not written over evidence' "$WMSDIFF" -o "$tmp/one.xml" --html "$tmp/hive" "$tmp/hive" "$b"
ok 'the evidence stays' cmp "$a" "$tmp/hive"
status 1 'the page can go to standard output' "$WMSDIFF" -o "$tmp/x.xml" --html - "$a" "$b"
cp "$tmp/out" "$tmp/page" && cp "$tmp/err" "$tmp/told"
is "$(head -n 1 "$tmp/page") $(tail -c 8 "$tmp/page")" '<!DOCTYPE html> </html>' 'and is whole'
ok 'then the summary does not' grep -q 'profile is gone\|profiles are gone' "$tmp/told"
(
	SOURCE_DATE_EPOCH=1000000000
	export SOURCE_DATE_EPOCH
	"$WMSDIFF" -q -o "$tmp/x.xml" --html "$tmp/p1.html" "$a" "$b"
	"$WMSDIFF" -q -o "$tmp/x.xml" --html "$tmp/p2.html" "$a" "$b"
)
sed 's/p[12].html//' "$tmp/p1.html" >"$tmp/q1"
sed 's/p[12].html//' "$tmp/p2.html" >"$tmp/q2"
ok 'the same input gives the same page' cmp "$tmp/q1" "$tmp/q2"
done_testing
