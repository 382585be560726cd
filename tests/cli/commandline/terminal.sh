#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a person sees: the summary on one screen, colour, progress, stages, help.  Widths
# are measured by wc -L, which knows those of all scripts in a locale of UTF-8.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need script wc
S=$SAMPLES_DIR
rows=24 columns=80
unset NO_COLOR

# width FILE: columns of its widest line
width() {
	LC_ALL=C.UTF-8 wc -L <"$1" | tr -d ' '
}
[ "$(printf '\345\217\227\n' | LC_ALL=C.UTF-8 wc -L)" -eq 2 ] || skip_all 'wc knows no wide characters'

# fits NAME FILE: one screen, with a line left for the prompt
fits() {
	note "$1: $(wc -l <"$2" | tr -d ' ') lines, $(width "$2") columns"
	ok "$1: no more than $rows lines" test "$(wc -l <"$2")" -lt "$rows"
	ok "$1: no more than $columns columns" test "$(width "$2")" -le "$columns"
}

# summary NAME ARGUMENT...: in $tmp/page
summary() {
	shift
	"$WMSDIFF" -o "$tmp/report.xml" "$@" >"$tmp/page" 2>"$tmp/err"
}

# ---- one screen ----

set -- --mapi32 "$S/exchange2000-mapi32.dll" --modules "$S/exchange2000-tlist-m.txt" \
	--modules "$S/exchange2000-tlist-s.txt" --system "$S/exchange2000-SYSTEM" \
	--software "$S/exchange2000-SOFTWARE" \
	--events "$S/exchange2000-Application.evt"
cd "$S" || exit 99
summary incident "$@" exchange2000-before.DEFAULT exchange2000-after.DEFAULT
fits 'the incident' "$tmp/page"
cp "$tmp/page" "$tmp/incident"
is "$(grep -c '^ *EXCH01-LME\|^ *Exchange Admin\|^ *Mailbox M\|^ *Event S\|^ *Fax G\|^ *{5F2C' "$tmp/page")" 7 \
	'all seven are named'
for said in 'wmsdiff: 7 profiles are gone' 'at 2003-03-18 09:14:07 UTC' 'kb_817375' 'do  ' \
	'LocalSystem' 'both readers agree' '8 profiles' '1 profile,' 'report  '; do
	ok "it says $said" grep -qF "$said" "$tmp/page"
done
ln -s "$S" "$tmp/samples"
(cd "$tmp" && summary 'the incident, restored' --restore reg "$@" \
	samples/exchange2000-before.DEFAULT samples/exchange2000-after.DEFAULT)
rm -r "$tmp/reg"
fits 'the incident, restored' "$tmp/page"
ok 'the files are counted' grep -q '^restore   1 of 7 written to ' "$tmp/page"
while read -r name before after; do
	# shellcheck disable=SC2086 # there may be no second hive
	summary "$name" "$before" $after
	fits "$name" "$tmp/page"
done <<'LIST'
exchange2000 exchange2000-before.DEFAULT exchange2000-after.DEFAULT
exchange2000alone exchange2000alone-after.DEFAULT
exchange2000log exchange2000log-before.DEFAULT exchange2000log-after.DEFAULT
exchange2000log-alone exchange2000log-after.DEFAULT
outlook outlook-before.NTUSER.DAT outlook-after.NTUSER.DAT
outlook-alone outlook-before.NTUSER.DAT
outlook2016log outlook2016log-before.NTUSER.DAT outlook2016log-after.NTUSER.DAT
outlook2016log-alone outlook2016log-after.NTUSER.DAT
LIST
# One security id, and a name that only one of both hives tells: one subject.
if [ -n "$HIVES" ]; then
	(cd "$HIVES" && summary pair real/pair-before.NTUSER.DAT real/pair-after.NTUSER.DAT)
	is "$(grep '^hive of' "$tmp/page")" 'hive of   user vibranium; both readers agree' \
		'one subject is named once'
	(cd "$HIVES" && summary pair real/pair-after.NTUSER.DAT real/pair-before.NTUSER.DAT)
	is "$(grep '^hive of' "$tmp/page")" 'hive of   user vibranium; both readers agree' \
		'whichever hive tells the name'
else
	skip 2 'there are no hives'
fi
for hives in 'real/pair-before.NTUSER.DAT real/pair-after.NTUSER.DAT' real/NTUSER-WIN7.DAT \
	real/NTUSER-WIN10.DAT real/NTUSER-XP.DAT real/DEFAULT-WIN8 \
	deleted/NTUSER-WIN7-profile-deleted.DAT deleted/NTUSER-WIN7-account-deleted.DAT \
	odd/UNICODE_TESTS; do
	if [ -z "$HIVES" ]; then
		skip 2 "there are no hives ($hives)"
		continue
	fi
	# shellcheck disable=SC2086 # one or two
	(cd "$HIVES" && summary "$hives" $hives)
	fits "$hives" "$tmp/page"
done

# Evidence lies deep: a path that is too long for a line is shown by an end of it that
# tells it apart.
deep="$tmp/evidence-of-a-case/that-lies-deep/as-evidence-does/on-the-server/of-a-customer"
mkdir -p "$deep"
for side in before after; do
	mkdir -p "$deep/$side/config"
	cp "exchange2000-$side.DEFAULT" "$deep/$side/config/DEFAULT"
done
cp outlook-before.NTUSER.DAT "$deep/after/DEFAULT"
summary 'deep folders' "$deep/before/config/DEFAULT" "$deep/after/config/DEFAULT"
fits 'deep folders' "$tmp/page"
# shown NAME PATH...: the paths of that page, one a line
shown() {
	shown_name=$1
	shift
	is "$(sed -nE 's/^(before|after) +//p' "$tmp/page")" "$(printf '%s\n' "$@")" "$shown_name"
}
shown 'as much of a path as fits' …/as-evidence-does/on-the-server/of-a-customer/before/config/DEFAULT \
	…/as-evidence-does/on-the-server/of-a-customer/after/config/DEFAULT
"$WMSDIFF" -o "$deep/report.xml" "$deep/before/config/DEFAULT" "$deep/after/config/DEFAULT" >"$tmp/page"
is "$(tail -n 1 "$tmp/page")" \
	'report    …/of-a-customer/report.xml (exit status 1); --full spells out more' 'of the report, too'
(cd "$deep" && summary 'two folders' before/config/DEFAULT "$deep/before/config/../../after/config/DEFAULT")
shown 'one that fits is whole' before/config/DEFAULT \
	…/on-the-server/of-a-customer/before/config/../../after/config/DEFAULT
summary 'deep folders, restored' --restore "$deep/restored" "$@" \
	"$deep/before/config/DEFAULT" "$deep/after/config/DEFAULT"
fits 'deep folders, restored' "$tmp/page"
ok 'where to is told' grep -q '^restore   1 of 7 written to …/restored; 6 not: ' "$tmp/page"
(cd "$deep/after" && summary 'an end' DEFAULT "$deep/after/DEFAULT")
tr -d ' \n' <"$tmp/page" >"$tmp/joined"
ok 'an end that is not its own is not shown' grep -qF "$deep/after/DEFAULT" "$tmp/joined"
summary 'deep folders, spelled out' --full "$deep/before/config/DEFAULT" "$deep/after/config/DEFAULT"
tr -d ' \n' <"$tmp/page" >"$tmp/joined"
ok 'spelled out: whole paths' grep -qF "$deep/before/config/DEFAULT" "$tmp/joined"
# A series: a line each, with the number by which the changes call them.
for day in 1 2 3 4 5 6; do
	mkdir -p "$tmp/2016-03-0$day"
	cp "outlook-$([ $day -le 2 ] && echo before || echo after).NTUSER.DAT" "$tmp/2016-03-0$day/NTUSER.DAT"
done
(cd "$tmp" && summary 'a series' 2016-03-0?/NTUSER.DAT)
ok 'a series: no more than 80 columns' test "$(width "$tmp/page")" -le "$columns"
is "$(sed -n '2,7p' "$tmp/page" | cut -d ' ' -f -4)" "$(for day in 1 2 3 4 5 6; do
	echo "snapshot $day 2016-03-0$day/NTUSER.DAT "
done)" 'a series: a line each'
is "$(grep '^from' "$tmp/page")" 'from snapshot 1 to 2: no change
from snapshot 2 to 3:
from snapshot 3 to 6: no change' 'what did not change is told at once'
rm -r "$tmp"/2016-03-0?
summary 'spelled out' --full "$@" exchange2000-before.DEFAULT exchange2000-after.DEFAULT
ok 'spelled out: no more than 80 columns' test "$(width "$tmp/page")" -le "$columns"
ok 'spelled out: more is said' test "$(wc -l <"$tmp/page")" -gt "$(wc -l <"$tmp/incident")"

# Hostile names, and names in all scripts, as far as the recipe of odd names goes.
"$builddir/tests/help/golden-hives" "$tmp"
(cd "$tmp" && summary names --key 'Software\Microsoft\Office' names-before names-after)
ok 'odd names: no more than 80 columns' test "$(width "$tmp/page")" -le "$columns"

# ---- colour ----

esc=$(printf '\033')
# escapes FILE: how many
escapes() {
	LC_ALL=C grep -o "$esc" "$1" | wc -l | tr -d ' '
}
# plain FILE: without them
plain() {
	LC_ALL=C sed -e "s/$esc\[[0-9;]*[mK]//g" -e 's/\r//g' "$1"
}
set -- exchange2000-before.DEFAULT exchange2000-after.DEFAULT
summary 'no terminal' "$@"
cp "$tmp/page" "$tmp/plain"
is "$(escapes "$tmp/page")" 0 'no colour where there is no terminal'
summary 'asked for' --color always "$@"
ok 'colour where it is asked for' test "$(escapes "$tmp/page")" -gt 10
plain "$tmp/page" >"$tmp/page.plain"
ok 'which is all that differs' cmp "$tmp/plain" "$tmp/page.plain"

# typed ENVIRONMENT... -- ARGUMENT...: on a terminal; what it shows in $tmp/shown
typed() {
	typed_env=
	while [ "$1" != -- ]; do
		typed_env="$typed_env $1"
		shift
	done
	shift
	# shellcheck disable=SC2086 # words
	env TERM=xterm LC_ALL=C.UTF-8 $typed_env script -qec "'$WMSDIFF' -o '$tmp/report.xml' $*" \
		/dev/null </dev/null >"$tmp/shown" 2>&1
}
# A machine may be too busy for work to be over within a second.
for _ in 1 2 3; do
	typed -- "$@"
	grep -q '%' "$tmp/shown" || break
done
ok 'colour on a terminal' test "$(escapes "$tmp/shown")" -gt 10
plain "$tmp/shown" >"$tmp/shown.plain"
ok 'the same words' cmp "$tmp/plain" "$tmp/shown.plain"
is "$(grep -c '%' "$tmp/shown")" 0 'work that is soon over shows no progress'
typed -- --color never "$@"
is "$(escapes "$tmp/shown")" 0 'none if that is asked for'
typed NO_COLOR=1 -- "$@"
is "$(escapes "$tmp/shown")" 0 'NO_COLOR: none'
typed NO_COLOR= -- "$@"
ok 'an empty NO_COLOR says nothing' test "$(escapes "$tmp/shown")" -gt 10
typed NO_COLOR=1 -- --color always "$@"
ok 'what is asked for comes before NO_COLOR' test "$(escapes "$tmp/shown")" -gt 10
typed TERM=dumb -- "$@"
is "$(escapes "$tmp/shown")" 0 'none on a terminal that knows none'
for when in sometimes '' Always; do
	status 2 "--color '$when'" "$WMSDIFF" --color "$when" "$@"
	cp "$tmp/err" "$tmp/said"
	ok "--color '$when': said so" grep -q '^wmsdiff: --color takes auto, always or never' "$tmp/said"
done
for when in always yes; do
	status 2 "--progress '$when'" "$WMSDIFF" --progress "$when" "$@"
	cp "$tmp/err" "$tmp/said"
	ok "--progress '$when': said so" grep -q '^wmsdiff: --progress takes auto or never' "$tmp/said"
done

# ---- a terminal that does not take UTF-8 ----

(cd "$tmp" && typed LC_ALL=C -- --color never names-before names-after)
is "$(LC_ALL=C tr -d '\r\n -~' <"$tmp/shown" | wc -c | tr -d ' ')" 0 'no UTF-8: ASCII alone'
ok 'no UTF-8: the names are told' grep -q 'moved .*\\u{dc}b' "$tmp/shown"
(cd "$tmp" && typed -- --color never names-before names-after)
ok 'UTF-8: they are shown' grep -q 'moved .*Üb Ελ' "$tmp/shown"

# ---- stages ----

pages=
! "$WMSDIFF" --version | grep -q '^libxslt ' || pages=yes
status 1 '-v' "$WMSDIFF" -v -o "$tmp/report.xml" ${pages:+--html "$tmp/page.html"} \
	--timeline "$tmp/t.csv" --restore "$tmp/reg" "$@"
cp "$tmp/err" "$tmp/stages"
# stage FILE SENTENCE: the bytes that a line tells
stage() {
	grep -F "$1" "$tmp/stages" | sed -nE "s/^wmsdiff: .*$2: ([0-9]+) bytes in [0-9]+\.[0-9]{3} s.*/\1/p"
}
# bytes FILE: its size
bytes() {
	wc -c <"$1" | tr -d ' '
}
for hive; do
	is "$(stage "$hive" 'reading and hashing')" "$(bytes "$hive")" "$hive: bytes read"
	is "$(stage "$hive" 'reading keys and values')" "$(bytes "$hive")" "$hive: bytes of keys"
	ok "$hive: the search" test "$(stage "$hive" 'looking for deleted profiles')" -gt 0
done
# data HIVE: bytes of the data of its profiles, as another tool exports them
data() {
	for list in Profiles 'Deleted Profiles'; do
		hivexregedit --export "$1" "\\$wms\\$list"
	done | sed -nE '/^"DefaultProfile"=/d; s/^("[^"]*"|@)=(hex\([0-9a-f]+\)|dword)://p' | tr -d ',\n' | wc -c
}
wms='Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem'
if command -v hivexregedit >/dev/null; then
	is "$(stage comparing comparing)" \
		"$((($(data exchange2000-before.DEFAULT) + $(data exchange2000-after.DEFAULT)) / 2))" \
		'bytes of the data that was compared'
else
	skip 1 'there is no hivexregedit'
fi
is "$(sed -n 's/.*weighing causes: .*; //p' "$tmp/stages")" "$(grep -c '<diagnosis ' "$tmp/report.xml") weighed" \
	'causes that were weighed'
is "$(stage report.xml 'writing the report')" "$(bytes "$tmp/report.xml")" 'bytes of the report'
if [ "$pages" ]; then
	is "$(stage page.html 'making the page')" "$(bytes "$tmp/page.html")" 'bytes of the page'
else
	skip 1 'built without HTML'
fi
is "$(stage t.csv 'writing timelines')" "$(bytes "$tmp/t.csv")" 'bytes of the timeline'
is "$(stage 'writing .reg' 'writing .reg files')" "$(cat "$tmp/reg/"* | wc -c | tr -d ' ')" \
	'bytes of the .reg files'
is "$(grep -v '^wmsdiff: sandbox: ' "$tmp/stages" |
	grep -vc '^wmsdiff: .*: [0-9]* bytes in [0-9]*\.[0-9][0-9][0-9] s')" 0 \
	'each line tells bytes and time'
status 1 'not without -v' "$WMSDIFF" -o "$tmp/report.xml" "$@"
is "$(cat "$tmp/err")" '' 'nothing is told'

# ---- progress ----

# A run that is held for more than a second shows how far it is: 64 hives, one after the
# other, and again without.
many() {
	many_left=64
	while [ $((many_left -= 1)) -ge 0 ]; do
		printf ' outlook-before.NTUSER.DAT'
	done
}
# held DELAY ARGUMENT...: stopped after that for more than a second
held() {
	held_after=$1
	shift
	cat >"$tmp/held" <<END
'$WMSDIFF' -j 1 -o '$tmp/report.xml' $* &
pid=\$!
sleep $held_after
kill -STOP \$pid
sleep 1.2
kill -CONT \$pid
wait \$pid
END
	env TERM=xterm script -qec "sh '$tmp/held'" /dev/null </dev/null >"$tmp/shown" 2>&1
}
for delay in 0.05 0.1 0.2 0.4 0.8; do
	held "$delay" --full --key Software "$(many)"
	! grep -q '%' "$tmp/shown" || break
done
if grep -q '%' "$tmp/shown"; then
	tap ok 'progress is shown'
	is "$(tr '\r' '\n' <"$tmp/shown" | grep '%' | plain /dev/stdin |
		grep -vcE '^wmsdiff: [ 0-9]{3}%  [a-z .]+( \(hive [0-9]+ of 64\))?$')" 0 'by stage and percentage'
	is "$(tr '\r' '\n' <"$tmp/shown" | sed -nE 's/.*wmsdiff: +([0-9]+)%.*/\1/p' |
		awk '$1 < last { print "back" } { last = $1 }')" '' 'it never runs back'
else
	skip 3 'this machine was done before it could be shown'
fi
held "$delay" --full --progress never --key Software "$(many)"
is "$(grep -c '%' "$tmp/shown")" 0 'none with --progress never'
held "$delay" --full -q --key Software "$(many)"
is "$(cat "$tmp/shown")" '' 'none with -q'

# ---- help ----

"$WMSDIFF" --help >"$tmp/help"
fits help "$tmp/help"
is "$(awk '/^[A-Z][a-z]+  / { print $1 }' "$tmp/help" | tr '\n' ' ')" \
	'Output Hives Machine Restore Reports Record Running ' 'options stand in groups'
done_testing
