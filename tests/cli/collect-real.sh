#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two trees of real hives, each in the folder of a user with its logs, compare as each pair
# does alone.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint
[ -d "${HIVES:-}/real" ] || skip_all 'there are no real hives'

mkdir "$tmp/w"
cd "$tmp/w" || exit 99

# lay USER BEFORE AFTER: hives of one user, below the folder of hives
lay() {
	for lay_state in before after; do
		mkdir -p "$lay_state/C/Users/$1"
		lay_from=$HIVES/$2
		cp "$lay_from" "$lay_state/C/Users/$1/NTUSER.DAT" || exit 99
		for lay_end in LOG LOG1 LOG2; do
			[ ! -e "$lay_from.$lay_end" ] ||
				cp "$lay_from.$lay_end" "$lay_state/C/Users/$1/ntuser.dat.$lay_end"
		done
		set -- "$1" "$3" "$3"
	done
}

lay nfury real/NTUSER-WIN7.DAT deleted/NTUSER-WIN7-profile-deleted.DAT
lay pair real/pair-before.NTUSER.DAT real/pair-after.NTUSER.DAT
lay ten real/NTUSER-WIN10.DAT real/NTUSER-WIN10.DAT
lay xp real/NTUSER-XP.DAT real/NTUSER-XP.DAT
lay clean real/clean-with-log.NTUSER.DAT real/clean-with-log.NTUSER.DAT

# told: what the loaded report says of the hives, their logs and their profiles; ids are
# those of the report, and paths differ only by where it was run
told() {
	query "concat(//summary/@deleted, ' ', //summary/@verdict)"
	xmllint --huge --xpath '//input | //change | //log | //diagnosis |
		//recovered | //store' "$tmp/loaded.xml" 2>/dev/null
}

"$WMSDIFF" before after --output-dir out >"$tmp/page" 2>&1
all=$?
worst=0
for user in nfury pair ten xp clean; do
	"$WMSDIFF" -q -o pair.xml --same-subject "before/C/Users/$user/NTUSER.DAT" \
		"after/C/Users/$user/NTUSER.DAT" >"$tmp/out" 2>&1
	alone=$?
	[ "$alone" -le "$worst" ] || worst=$alone
	load pair.xml
	told >"$tmp/alone"
	ok "$user: something is told of the pair" grep -q '<input' "$tmp/alone"
	found=$(grep -l "before/C/Users/$user/NTUSER.DAT" out/*/report.xml)
	is "$(printf '%s\n' "$found" | grep -c .)" 1 "$user: has one report"
	load "$found"
	told >"$tmp/found"
	ok "$user: it says the same" cmp "$tmp/alone" "$tmp/found"
done
is "$all" "$worst" 'the status is the worst of them'
is "$(cut -d , -f 4 out/findings.csv | grep -c '^deleted')" 1 'one profile is gone of all'
done_testing
