#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Slurm, the real one: an array of chunks, more units than it takes jobs, and a coordinator
# that is killed.  Only with ENGINES=1, for the daemons that its packages may start.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
# shellcheck source=tests/help/slurm.shlib
. "$srcdir/tests/help/slurm.shlib"
[ -n "${ENGINES-}" ] || skip_all 'Slurm is started only with ENGINES=1'
[ "$(id -u)" -eq 0 ] || skip_all 'Slurm is started by root only'
need parallel sbatch slurmctld slurmd munged
# In a folder that plays the machine (chroot) it may be missing.
[ -e /sys/devices/system/cpu ] || skip_all 'slurmd needs /sys, which is not mounted here'

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
if ! slurm_start 6; then
	tap 'not ok' 'Slurm starts'
	note "$(cat "$tmp/slurm/"*.log)"
	done_testing
	exit
fi
sweep_stand_in "$tmp/stand-in"
for name in a b; do
	sweep_machine $name -Work Home
done
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	[ $((i % 2)) -eq 0 ] && name=a || name=b
	printf 'unit%s\tbefore/%s\tafter/%s\n' $i "$name" "$name"
done >plan
printf 'hang\tbefore/a\tafter/a\ncrash\tbefore/a\tafter/a\n' >>plan
status 2 'on this machine' "$sweep" run plan --output-dir whole --time-limit "$sweep_limit" \
	--wmsdiff "$tmp/stand-in"
sweep_results whole >expected

status 2 'on Slurm' "$sweep" run plan --output-dir out --engine slurm -j 2 --time-limit "$sweep_limit" \
	--wmsdiff "$tmp/stand-in"
note "$(cat "$tmp/err")"
sweep_same out expected 'the same results'
is "$(awk -F '\t' 'FNR == 2 { print $5 }' out/outcomes/*.tsv | sort -u)" "$(hostname -s)" \
	'done on its node'
is "$(tr ' ' '\n' <"$(ls out/engine/*-1.accounting)" | grep -c '^ArrayTaskId=')" 5 \
	'as many jobs as it takes, and its account of them is kept'
status 2 'again' "$sweep" run plan --output-dir out --engine slurm --time-limit 1 \
	--wmsdiff "$tmp/stand-in"
is "$(grep -c '12 units are done already, 2 to do: 2 failed before' "$tmp/err")" 1 \
	'only what failed'
status 2 'what sbatch refuses' "$sweep" run plan --output-dir none --engine slurm \
	--engine-option=--partition=none
is "$(grep -c 'Slurm: sbatch: error: invalid partition' "$tmp/err")" 1 'is told'

# The coordinator is killed: its jobs end by themselves, and the next run goes on.
SLOW=0.3
export SLOW
sed '/^hang\|^crash/d' plan >good
"$sweep" run good --output-dir killed --engine slurm --wmsdiff "$tmp/stand-in" >said 2>&1 &
run=$!
until ls killed/outcomes/*.tsv >/dev/null 2>&1 || ! kill -0 $run 2>/dev/null; do
	sleep 0.1
done
kill -KILL $run
wait $run 2>/dev/null
status 1 'killed, and run again' "$sweep" run good --output-dir killed --engine slurm \
	--wmsdiff "$tmp/stand-in"
grep -v -e crash -e hang expected >good-expected
sweep_same killed good-expected 'the same results'

# Told to stop, it ends its jobs.
"$sweep" run good --output-dir stopped --engine slurm --wmsdiff "$tmp/stand-in" >said 2>&1 &
run=$!
until ls stopped/outcomes/*.tsv >/dev/null 2>&1 || ! kill -0 $run 2>/dev/null; do
	sleep 0.1
done
kill -TERM $run
wait $run
is "$? $(squeue -h -t pending,running | wc -l | tr -d ' ')" '2 0' 'told to stop, it ends its jobs'
done_testing
