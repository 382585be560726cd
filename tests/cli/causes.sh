#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every other cause has a case that yields it, and a look-alike that does not, told by the
# recipes: causes.c, causes_services.c, causes_users.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/causes.shlib
. "$srcdir/tests/help/causes.shlib"
need xmllint od

# Options for the next case.
options=

# yields CAUSE STATUS: the case of that name supports it, and no other cause
yields() {
	weigh "$1" "$2"
	is "$(supported)" "$1 " "$1: supported, and nothing else"
	is "$(weighed | awk -v c="$1" '$2 == c && $4 != "hint" && $5 != "met" &&
		($4 != "expected" || $5 == "not_met")')" "" "$1: all that counts is met"
	is "$(weighed | awk -v c="$1" '$2 == c && $5 == "met" && $6 == "own" { n++ }
		END { print (n > 0) }')" 1 "$1: and something that only this cause leaves"
	ok "$1: the summary tells it" grep -q "cause $1 \[supported\]" "$tmp/$1/page"
	is "$([ "$(count "//diagnosis[@cause='$1']/advice")" -gt 0 ] && echo some)" some \
		"$1: something is advised"
}

# looks_like CAUSE STATUS CONDITION GRADE SUPPORTED: the look-alike is not supported, for
# that condition is not met; another cause may be, of which the recipe tells
looks_like() {
	weigh "$1-look-alike" "$2"
	is "$(state "$1" "$3") $(grade "$1")" "not_met $4" "$1-look-alike: $3 tells"
	is "$(supported)" "$5" "$1-look-alike: supported is ${5:-nothing}"
}

yields kb_818861 1
is "$(count "//diagnosis[@cause='kb_818861']/condition[@id='dynamic_profiles']/evidence")" 2 \
	"kb_818861: both profiles are shown"
is "$(query "//diagnosis[@cause='kb_818861']/condition[@id='terminal_server']/@basis")" \
	unconfirmed "kb_818861: how a terminal server is told is not confirmed"
# The owner's security id is shown where the root key's security stands.
place="//diagnosis[@cause='kb_818861']/condition[@id='account_hive']/evidence[starts-with(@value, 'S-1-5-21-')]"
is "$(query "$place/@value")" "S-1-5-21-1708537768-1343024091-725345543-1105" \
	"kb_818861: the security id is told"
is "$(od -An -c -j "$(query "$place/@offset")" -N 2 "$tmp/kb_818861/after" | tr -d ' ')" sk \
	"kb_818861: and shown in its record"
looks_like kb_818861 1 exchange_55 ruled_out ""

yields kb_303221 1
is "$(state session_end process_gone)" not_met "kb_303221: it is no end of sessions, they run"
looks_like kb_303221 1 deleted_emptied unlikely ""
is "$(state kb_303221 terminal_server)" not_met \
	"kb_303221-look-alike: nor is it a terminal server for applications"

yields user_deletion 1
is "$(state user_deletion panel_used)" met "user_deletion: the Mail control panel was used"
is "$(query "//condition[@id='panel_used']/@detail")" "MLCFG32.CPL at 2003-03-18 09:12:37 UTC" \
	"user_deletion: 90 seconds before"
is "$(query "//condition[@id='panel_used']/@basis")" unconfirmed \
	"user_deletion: which no source confirms"
looks_like user_deletion 1 user_hive possible ""

yields remove_all 1
looks_like remove_all 1 all_lost ruled_out ""
is "$(state user_deletion one_at_a_time)" not_met \
	"remove_all-look-alike: two at one instant are no click of a user"

yields office_upgrade 0
# Here a user did delete the old profile, but nothing in the hive tells of a person.
looks_like office_upgrade 1 copy_in_office ruled_out ""
is "$(grade user_deletion) $(state user_deletion panel_used)" "possible unknown" \
	"office_upgrade-look-alike: that it was a user is no more than possible"

yields first_run 0
is "$(state first_run first_run_state)" met "first_run: Setup holds First-Run"
# Outlook sets the profile aside first, and makes the new one later: both look alike then.
weigh first_run-look-alike 0
is "$(state first_run set_aside) $(state first_run original_replaced) $(grade first_run)" \
	"met unknown possible" "first_run-look-alike: that nothing has the name yet is no answer"
is "$(supported)" "" "first_run-look-alike: supported is nothing"

yields session_end 1
looks_like session_end 1 process_gone possible ""

yields rolled_back 1
is "$(grades | awk '$3 != "ruled_out" { print $2 }')" rolled_back \
	"rolled_back: nothing else can be told from an older state"
# One profile was deleted in a later state: that is what happened.
looks_like rolled_back 1 after_older ruled_out ""
is "$(grade user_deletion)" possible "rolled_back-look-alike: by whom nobody knows"
is "$(weighed | awk '$2 == "rolled_back" && $5 == "met" { print $3 }')" same_subject \
	"rolled_back-look-alike: sequence and keys went on, and what is gone is older"

# Hives of two subjects are not compared, unless it is stated that they are one's.
mkdir "$tmp/two"
ok 'wrong_pair: hives of two subjects' "$builddir/samples/causes" wrong_pair "$tmp/two"
status 0 'wrong_pair: each by itself' "$WMSDIFF" -o "$tmp/two/report.xml" "$tmp/two/before" "$tmp/two/after"
is "$(grep -c 'not compared: this hive is of .*, that before it of ' "$tmp/err")" 1 \
	'wrong_pair: whose each is'
is "$(xmllint --xpath 'concat(count(//*[local-name()="series"]), " ", count(//*[local-name()="comparison"]))' "$tmp/two/report.xml")" \
	'2 0' 'wrong_pair: nothing is stated of the two'
options=--same-subject
yields wrong_pair 1
options=
is "$(grades | awk '$3 != "ruled_out" { print $2 }')" wrong_pair \
	"wrong_pair: nothing else can be told from another's hive"
# The same, after the folder was renamed.
looks_like wrong_pair 1 subjects_differ ruled_out ""
is "$(grade user_deletion)" possible "wrong_pair-look-alike: by whom nobody knows"
is "$(query "//diagnosis[@cause='wrong_pair']/condition[@id='subjects_differ']/@detail")" \
	"they have one security id" "wrong_pair-look-alike: the security id decides"

# ---- what nobody can know stays unknown ----

weigh saved_anew 1
is "$(state remove_all all_lost) $(state remove_all list_made_anew) $(grade remove_all)" \
	"met unknown possible" "in a hive that was saved anew places tell nothing of a list"
is "$(state user_deletion list_kept)" unknown "nor that it was kept"
weigh saved_anew-look-alike 1
is "$(state remove_all list_made_anew) $(grade remove_all)" "met possible" \
	"in the same hive they tell, but not that all went at one instant"
is "$(state remove_all several_at_once)" unknown "for the moments are overwritten"
weigh later_start 1
is "$(query "//diagnosis[@cause='user_deletion']/condition[@id='panel_used']/@detail")" \
	"MLCFG32.CPL was started later, which hides earlier starts" "a later start hides those before"
is "$(state user_deletion panel_used)" unknown "so nobody knows of them"
weigh later_start-look-alike 1
is "$(state user_deletion panel_used)" not_met "an hour before is not shortly before"
weigh no_default 1
is "$(state kb_818861 wms_list) $(state session_end default_untouched)" "met met" \
	"no DefaultProfile before and after: it is as it was, whatever another Outlook has"
weigh no_default-look-alike 1
is "$(state session_end default_untouched)" not_met "a new one is no untouched one"

# ---- bounds tell too ----

# In that recipe one profile is moved by 13:23:05 at the latest, and another deleted at
# 13:31:52; without the moment of the deletion its bounds begin before the move.
for more in '' --no-recover; do
	status 1 "outlook $more: compared" "$WMSDIFF" -q -o "$tmp/outlook.xml" ${more:+"$more"} \
		"$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$SAMPLES_DIR/outlook-after.NTUSER.DAT"
	load "$tmp/outlook.xml"
	is "$(state user_deletion one_at_a_time) $(grade user_deletion)" \
		"$([ "$more" ] && echo unknown possible || echo met possible)" \
		"outlook $more: what the times of a move and a deletion tell"
done

done_testing
