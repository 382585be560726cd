#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever a unit does is its outcome, and the others are done: GNU parallel on this machine,
# with a stand-in for wmsdiff where that has no such fault.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel perl sha256sum pgrep

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sweep_stand_in "$tmp/stand-in"
for name in crash fat hang nothing odd whole; do
	sweep_machine $name
done
sweep_machine lost -Work Home
sweep_machine torn
truncate -s 6000 after/torn/C/Users/jdoe/NTUSER.DAT
find before after -type f -exec sha256sum {} + | sort >evidence

status 0 'a plan of all' "$sweep" plan before after -o plan
# One whose evidence is not there.
printf 'absent\tbefore/absent\tafter/absent\n' >>plan
status 2 'a sweep of it' "$sweep" run plan --output-dir out --time-limit "$sweep_limit" \
	--memory-limit 300 --wmsdiff "$tmp/stand-in"
is "$(sweep_outcomes out)" 'absent=failed crash=crashed fat=out_of_memory hang=timed_out '\
'lost=compared nothing=failed odd=crashed torn=incomplete whole=compared' 'what became of each'
is "$(head -n 1 "$tmp/out")" \
	'9 units: 2 compared (something is lost in 1), 1 incomplete, 6 failed, 0 left' 'the sum'

# field UNIT NUMBER EXPECTED NAME
field() {
	is "$(sweep_field out "$1" "$2")" "$3" "$1: $4"
}
field absent 4 'before/absent: No such file or directory' 'why'
field crash 3 - 'no status'
field crash 4 'ended by signal 11 (Segmentation fault)' 'why'
field hang 4 "ran longer than $sweep_limit s" 'why'
field nothing 4 'ended with status 1 and left no report' 'why'
field odd 3 77 'its status'
field odd 4 'ended with status 77, which wmsdiff never does' 'why'
field torn 3 2 'its status'
field lost 3 1 'its status'
field whole 3 0 'its status'
field whole 4 '' 'nothing to say'
field whole 9 "$("$WMSDIFF" --version | head -n 1)" 'the program'
ok 'fat: how much it held' expr "$(sweep_field out fat 4)" : \
	'held [0-9][0-9]* MiB, more than 300 MiB$'
ok 'hang: about as long as it may' awk -v s="$(sweep_field out hang 7)" \
	-v limit="$sweep_limit" 'BEGIN { exit !(s >= limit && s < 10 * limit) }'
ok 'when it started, in UTC' expr "$(sweep_field out whole 6)" : \
	'2[0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z$'

is "$(cd out/units && echo *)" 'lost torn whole' 'reports of those that have some, and no others'
is "$(cd out && find work | sort)" work 'nothing is left half done'
is "$(cd out/errors && echo *)" 'absent.txt torn.txt' 'what they said on standard error'
ok 'a report as wmsdiff writes it' "$WMSDIFF" -q --validate out/units/lost/jdoe/report.xml
ok 'evidence is as it was' sha256sum --quiet -c evidence
is "$(pgrep -f "sleep 100[0]" | while read -r pid; do
	readlink "/proc/$pid/cwd"
done | grep -Fx "$tmp/w")" '' 'what hung has ended'

# A worker that a unit takes with it.
for name in a b c d kills; do
	printf '%s\tbefore/whole\tafter/whole\n' $name
done >table
status 2 'one that ends its worker' "$sweep" run table --output-dir killed -j 1 \
	--wmsdiff "$tmp/stand-in"
told=$(grep -c 'came to no end with their worker' "$tmp/err")
is "$(sweep_outcomes killed)" 'a=compared b=compared c=compared d=compared kills=killed' \
	'is an outcome, and the others are done'
is "$(sweep_field killed kills 4)" 'its worker was ended while at it, twice' 'and it says so'
is "$told" 1 'it was told'

# A program that is another one by now, or none.
status 2 'no program' "$sweep" run table --output-dir none --wmsdiff "$tmp/nowhere"
is "$(cat "$tmp/err")" "wmsdiff-sweep: $tmp/nowhere: No such file or directory" 'is told'
status 2 'no version' "$sweep" run table --output-dir none --wmsdiff /bin/false
is "$(cat "$tmp/err")" 'wmsdiff-sweep: /bin/false: does not tell its version' 'is told'
ok 'and nothing was begun' test ! -e none
done_testing
