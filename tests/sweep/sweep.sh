#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A sweep as a whole: two on one folder, shards, a folder in the evidence, a full disk, and
# how far it is while it runs.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel sha256sum

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sweep_stand_in "$tmp/stand-in"
for name in a b c d e f g; do
	sweep_machine $name -Work Home
done
status 0 'a plan' "$sweep" plan before after -o plan

# ---- statuses ----

status 1 'something is lost' "$sweep" run plan --output-dir whole
sweep_results whole >expected
is "$("$sweep" status whole)" 'units       7
compared    7,
  lost      7
left        0' 'how far it is'
status 1 'so says its status' "$sweep" status whole
sweep_machine kept
printf 'kept\tbefore/kept\tafter/kept\n' >kept
status 0 'nothing is lost' "$sweep" run kept --output-dir kept-out
status 2 'no such folder' "$sweep" status nowhere
is "$(cat "$tmp/err")" 'wmsdiff-sweep: nowhere/plan.tsv: No such file or directory' 'in a line'

# ---- the command on its own, and by the sweep ----

"$WMSDIFF" -q before/a after/a --output-dir alone
ok 'a report is what wmsdiff writes' cmp alone/findings.csv whole/units/a/findings.csv

# ---- in the evidence ----

status 2 'results in the evidence' "$sweep" run plan --output-dir after/a/out
is "$(cat "$tmp/err")" 'wmsdiff-sweep: after/a/out: lies in what unit a reads; '\
'nothing is written beside evidence' 'are refused'
status 2 'in the root' "$sweep" run kept --output-dir after/kept
is "$(find before after ! -name NTUSER.DAT -type f)$(find after -name out)" '' \
	'and nothing was written there'

# ---- two at once ----

SLOW=1 "$sweep" run plan --output-dir out -j 1 --wmsdiff "$tmp/stand-in" >first 2>&1 &
first=$!
while ! "$sweep" status out 2>/dev/null | grep -q '^running.* [1-6] of 7 done'; do
	kill -0 $first 2>/dev/null || break
	sleep 0.1
done
status 2 'a second sweep' "$sweep" run plan --output-dir out
is "$(sed "s/process $first on [^ )]*/it/; s|$PWD/||" "$tmp/err")" \
	'wmsdiff-sweep: out: another sweep runs there (it)' 'is refused, and told which runs'
status 2 'a shard of it' "$sweep" run plan --output-dir out --shard 1/2
status 2 'it is not done yet' "$sweep" status out
is "$(sed -n 's/^running     [1-6] of 7 done, 0 failed, [0-9]* a minute, [0-9]* s to go$/it/p' \
	"$tmp/out")" it 'how far it is, and how long it will take'
wait $first
is "$? $(head -n 1 first)" \
	'1 7 units: 7 compared (something is lost in 7), 0 incomplete, 0 failed, 0 left' \
	'the first is not disturbed'
sweep_same out expected 'the same results'

# ---- shards ----

for i in 1 2 3; do
	"$sweep" run plan --output-dir shards --shard $i/3 >"shard$i" 2>&1 &
	eval "shard$i=\$!"
done
# shellcheck disable=SC2154 # set by eval
wait "$shard1" "$shard2" "$shard3"
is "$(sed -n 's/ units: .*//p' shard1 shard2 shard3 | tr '\n' ' ')" '3 2 2 ' \
	'shards part the units'
sweep_same shards expected 'and are the whole together'
SLOW=2 "$sweep" run plan --output-dir parts --shard 1/3 --wmsdiff "$tmp/stand-in" \
	>/dev/null 2>&1 &
slow=$!
while [ ! -e parts/plan.tsv ]; do
	sleep 0.05
done
status 2 'the same shard' "$sweep" run plan --output-dir parts --shard 1/3
status 2 'one of another division' "$sweep" run plan --output-dir parts --shard 2/2
status 2 'the whole' "$sweep" run plan --output-dir parts
status 1 'another shard' "$sweep" run plan --output-dir parts --shard 2/3
status 2 'one of another plan' "$sweep" run kept --output-dir parts --shard 3/3
is "$(cat "$tmp/err")" \
	'wmsdiff-sweep: parts: has another plan: all shards of a folder are of one' 'is told'
wait $slow
for shard in 0/2 3/2 1 a/b 1/2x 1/100001; do
	status 2 "--shard $shard" "$sweep" run plan --output-dir parts --shard $shard
done

# ---- lines that are wrong ----

printf 'a\tbefore/a\tafter/a\nA\tbefore/b\tafter/b\nlone\n\tbefore/c\nesc\tbefore/\\d\n'\
'dir\tbefore/d\tafter/d\t--output-dir=x\nd\tbefore/d\tafter/d' >wrong
status 2 'a plan with lines that are wrong' "$sweep" run wrong --output-dir wrong-out
is "$(cat "$tmp/err")" 'wmsdiff-sweep: line 3: nothing to compare stands behind the name; left out
wmsdiff-sweep: line 4: its first field is no name of a unit; left out
wmsdiff-sweep: line 5: a backslash stands before something else than t, n, r or a backslash; left out
wmsdiff-sweep: line 6: --output-dir is given by the sweep itself; left out
wmsdiff-sweep: line 2: its name A is that of line 1, and both would write the same output; left out' \
	'each is told'
is "$(sweep_outcomes wrong-out)" 'a=compared d=compared' 'and the others are done'

# ---- what stands in the folder ----

mkdir taken
cp "$SAMPLES_DIR/outlook-after.NTUSER.DAT" taken/plan.tsv
status 2 'a hive is called plan.tsv' "$sweep" run plan --output-dir taken
is "$(cat "$tmp/err")" "wmsdiff-sweep: $tmp/w/taken/plan.tsv: is evidence by its bytes (one of: registry hives); it is never written over" \
	'it is refused'
ok 'it is as it was' cmp "$SAMPLES_DIR/outlook-after.NTUSER.DAT" taken/plan.tsv

# ---- a full disk ----

if [ "$(id -u)" -eq 0 ] && mkdir full && mount -t tmpfs -o size=256k none full 2>/dev/null; then
	trap 'cd /; umount "$tmp/w/full"; rm -rf "$tmp"' EXIT
	status 2 'a full disk' "$sweep" run plan --output-dir full/out
	told=$(cat "$tmp/err" "$tmp/out" full/out/outcomes/* | grep -c -e 'No space left')
	ok 'is told' test "$told" -gt 0
	is "$(sweep_outcomes full/out | tr ' ' '\n' | sed 's/.*=//' | sort -u | tr '\n' ' ')" \
		'compared failed ' 'and no unit counts as done for want of room'
	mount -o remount,size=64m none full
	status 1 'with room again' "$sweep" run plan --output-dir full/out
	sweep_same full/out expected 'it comes to its end'
else
	skip 5 'no small disk can be made'
fi
done_testing
