#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Why profiles vanish today, told by the recipes of causes_today.c: each case is graded as far
# as all its evidence allows, lower with less of it, and nothing else beside it is supported;
# a look-alike that differs in the fact that tells is not.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/causes.shlib
. "$srcdir/tests/help/causes.shlib"
need xmllint
case $("$WMSDIFF" --version) in
*libevtx*) ;;
*) skip_all 'built without libevtx' ;;
esac

# Options of all cases.
options=

# kinds: of the changes, in order
kinds() {
	list '//change/@kind' | tr '\n' ' '
}

# first_line: the verdict, as the page begins with it
first_line() {
	sed 's/before .*//' "$case_dir/page"
}

# graded CAUSE STATUS GRADE SUPPORTED: of the case that is loaded
graded() {
	is "$(grade "$1")" "$2" "$case_name: $1 is $2"
	is "$(supported)" "${3:+$3 }" "$case_name: supported is ${3:-nothing}"
}

# ---- a temporary profile: .bak, State, and events 1515 and 1511 ----

weigh new_hive 1
graded new_hive supported new_hive
is "$(first_line)" \
	'wmsdiff: another hive stands in place of the earlier one (inferred); 2 profiles of the earlier one are not in it ' \
	'new_hive: that is the first line'
is "$(kinds)" 'other_hive other_hive ' 'new_hive: no profile was deleted, and no list removed'
is "$(list '//change/@certainty' | sort -u)" probable 'new_hive: it is inferred'
is "$(query '//other_hive/@is') $(query '//other_hive/@basis') $(query '//other_hive/@kept')" \
	'new inferred 0' 'new_hive: the report says from what'
# The logon was at 07:58:20.  The first key, five seconds later, may be the template's; the
# last was written two hours and nine seconds after the logon.
is "$(query '//change[1]/deletion/@latest')" '2024-03-12T09:58:29.0000000Z' \
	'new_hive: it was in place by its last key'
is "$(query '//change[1]/deletion/bound[@which="latest"]/@source')" new_hive_key_time \
	'new_hive: a bound of its own kind'
is "$(list '//diagnosis[@cause="new_hive"]/advice/@code' | tr '\n' ' ')" \
	'find_old_hive check_shadow_copies restore ' 'new_hive: the old hive first, .reg files last'
ok 'new_hive: the folder that was set aside is named' grep -q \
	'do Look for the old hive first, in C:.Users.mkeller: it may still hold the profiles' \
	"$case_dir/page"
# The user may have deleted a profile from the old hive after it was saved: these are the bytes
# of that case, too.  The hive is a user's, and SOFTWARE has no Outlook: that is all that speaks
# for another cause (user_deletion, office_removed) or against one (office_upgrade).
is "$(grades | awk '$2 != "new_hive" && $3 != "ruled_out" { print $3 }' | sort | uniq -c | tr -s ' ' | tr '\n' ',')" \
	' 2 possible, 5 undetermined, 1 unlikely,' 'new_hive: what became of the old hive is not told'
is "$(state user_deletion later_state) $(state user_deletion from_profiles)" 'unknown unknown' \
	'new_hive: a deletion before the hive was replaced is not ruled out'
is "$(state office_removed office_key_gone) $(state remove_all all_lost)" 'unknown unknown' \
	'new_hive: what the new hive lacks was not removed from it'
is "$(query '//condition[@id="replacement_told"]/@basis')" documented \
	'new_hive: what Windows sets aside is documented'
is "$(query 'count(//diagnosis[@cause="new_hive"]/condition[@id="replacement_told"]/evidence)')" 4 \
	'new_hive: a row, two events, and a path are shown'
is "$(list '//user_folder/@path' | tr '\n' ' ')$(list '//user_folder/@backup' | tr '\n' ' ')$(list '//user_folder/@temporary')" \
	'C:\Users\TEMP C:\Users\mkeller 1 1' 'new_hive: both rows of ProfileList are in the report'
is "$(query '//user_folder[@backup=1]/@state')" 33024 'new_hive: with State 0x8100'
is "$(query '//summary/@other_hive') $(query '//summary/@deleted') $(query '//summary/@gone')" \
	'2 0 2' 'new_hive: counted apart from deletions'

# The other outputs tell the same.
ok 'new_hive: a table, a timeline and a page' "$WMSDIFF" -q --exit-zero --format csv \
	--timeline "$tmp/new.jsonl" --html "$tmp/new.html" "$case_dir/before" "$case_dir/after"
is "$(grep -c ',other_hive,' "$tmp/out") $(grep -c ',deleted,' "$tmp/out")" '2 0' \
	'new_hive: the table of findings has no deletion'
is "$(grep -c 'hive_replaced_start\|hive_replaced_end' "$tmp/new.jsonl") $(grep -c '"kind":"delet' "$tmp/new.jsonl")" \
	'4 0' 'new_hive: nor has the timeline'
ok 'new_hive: the page begins with it' grep -q 'Another hive, begun since, stands in place' "$tmp/new.html"

weigh new_hive 1 SOFTWARE
graded new_hive supported new_hive
weigh new_hive 1 Application.evtx
graded new_hive supported new_hive
weigh new_hive-look-alike 1
graded new_hive possible ''
is "$(state new_hive replacement_told)" unknown 'new_hive-look-alike: Windows tells nothing'
is "$(kinds)" 'other_hive other_hive ' 'new_hive-look-alike: it is another hive nevertheless'

# ---- a profile made anew after the folder was deleted: event 1511 ----

weigh rebuilt 1
graded new_hive supported new_hive
is "$(kinds)" 'other_hive recreated ' 'rebuilt: one profile was made anew under its name'
is "$(query '//condition[@id="replacement_told"]/@basis')" unconfirmed \
	'rebuilt: the number of the event is in no description'
weigh rebuilt 1 Application.evtx
graded new_hive possible ''
weigh rebuilt 1 Application.evtx SOFTWARE
graded new_hive possible ''
# The same events near a deletion in the hive that is still there.
weigh rebuilt-look-alike 1
graded new_hive ruled_out ''
is "$(kinds)" 'deleted ' 'rebuilt-look-alike: a deletion'
is "$(first_line)" 'wmsdiff: 1 profile is gone ' 'rebuilt-look-alike: and told as one'

# ---- a container of a week before ----

weigh hive_reset 1
graded hive_reset supported hive_reset
is "$(first_line)" \
	'wmsdiff: an older copy of the hive stands in its place (inferred); 1 profile of the earlier one is not in it ' \
	'hive_reset: that is the first line'
is "$(grade rolled_back)" ruled_out 'hive_reset: it was used on, so it is not rolled back'
is "$(query '//other_hive/@is')" older_copy 'hive_reset: an older copy'
# Nothing bounds when it was put there.
is "$(list '//deletion/@latest')" '' 'hive_reset: when it came is not known'
weigh hive_reset 1 SOFTWARE
graded hive_reset possible ''
weigh hive_reset-look-alike 1
graded hive_reset ruled_out rolled_back

# ---- scripts ----

weigh script_removal 1
graded remove_all supported remove_all
is "$(list '//deletion/@at' | sort -u)" '2024-03-12T07:58:20.0000000Z' \
	'script_removal: both at the moment of the logon'
weigh script_removal-look-alike 1
graded remove_all ruled_out ''

weigh list_imported 1
graded list_imported supported list_imported
weigh list_imported-look-alike 1
graded list_imported ruled_out ''

# ---- Office ----

weigh office_removed 1
graded office_removed supported office_removed
is "$(state remove_all settings_kept) $(grade remove_all)" 'not_met possible' \
	'office_removed: that is more than the list'
weigh office_removed 1 SOFTWARE
graded office_removed undetermined ''
weigh office_removed-look-alike 1
graded office_removed ruled_out ''

weigh upgrade_2016 0
graded office_upgrade supported office_upgrade
is "$(state office_upgrade outlook_installed)" met 'upgrade_2016: click-to-run tells Outlook'
is "$(query '//click_to_run/@version') $(query '//click_to_run/@products')" \
	'16.0.17328.20162 O365ProPlusRetail' 'upgrade_2016: which is in the report'
weigh upgrade_2016-look-alike 0
is "$(kinds)$(query 'count(//diagnosis)')" 'added added 0' \
	'upgrade_2016-look-alike: what is only copied needs no cause'

# ---- the Mail control panel ----

weigh panel_today 1
graded user_deletion supported user_deletion
is "$(query '//condition[@id="panel_used"]/@detail')" \
	'outlook.exe /manageprofiles in the Run box at 2024-03-12 08:58:20 UTC' \
	'panel_today: a minute before'
weigh panel_today-look-alike 1
graded user_deletion possible ''

# ---- a damaged ProfileList ----

cp -R "$tmp/new_hive" "$tmp/spoilt"
software=$tmp/spoilt/SOFTWARE
# The record of a key has its name behind 76 bytes.
row=$(LC_ALL=C grep -abo 'S-1-5-21-[0-9-]*[.]bak' "$software" | head -n 1 | cut -d: -f1)
printf xx | dd of="$software" bs=1 seek=$((row - 76)) conv=notrunc 2>"$tmp/dd"
status 2 'a damaged ProfileList: it is told' "$WMSDIFF" -o "$tmp/spoilt.xml" \
	--software "$software" --events "$tmp/spoilt/Application.evtx" \
	"$tmp/spoilt/before" "$tmp/spoilt/after"
load "$tmp/spoilt.xml"
is "$(query '//diagnostic[@code="profile_list"]/@severity')" error 'a damaged ProfileList: an error'
is "$(list '//user_folder/@path')" 'C:\Users\TEMP' 'a damaged ProfileList: the other row is read'
is "$(grade new_hive) $(kinds)" 'supported other_hive other_hive ' \
	'a damaged ProfileList: the rest is done'

done_testing
