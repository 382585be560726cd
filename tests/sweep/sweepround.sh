#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Coordinator, engine and workers are killed at random moments, again and again; what comes
# of it in the end is what an undisturbed sweep gives, and nothing is left half done.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel sha256sum pgrep

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
here=$(pwd -P)
sweep_stand_in "$tmp/stand-in"
seed=${KILL_SEED:-$(date +%s)}
note "KILL_SEED=$seed"
for i in 1 2 3 4 5; do
	sweep_machine pc$i -Work Home
done
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	n=$((i % 5 + 1))
	printf 'unit%s\tbefore/pc%s\tafter/pc%s\n' $i $n $n
done >plan
SLOW=0.2
export SLOW
status 1 'undisturbed' "$sweep" run plan --output-dir whole --wmsdiff "$tmp/stand-in"
sweep_results whole >expected
sweep_index whole >index

# random N: a number below N
random() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	echo $((seed / 65536 % $1))
}

# victims coordinator|engine|worker|program: processes of this test, by their folder
victims() {
	case $1 in
	coordinator) echo "$run" ;;
	engine) pgrep -P "$run" ;;
	worker)
		# Other tests have some, too.
		pgrep -f "^$sweep unit " | while read -r pid; do
			case $(readlink "/proc/$pid/cwd") in
			"$here"/*) echo "$pid" ;;
			esac
		done
		;;
	program) pgrep -f "^/bin/sh $tmp/stand-in --quiet" ;;
	esac
}

# kill_one KIND: the first of them
kill_one() {
	victims "$1" | head -n 1 | while read -r pid; do
		kill -KILL "$pid" 2>/dev/null
	done
}

rounds=0 hits=0
while [ $rounds -lt "${KILLS:-10}" ]; do
	rounds=$((rounds + 1))
	"$sweep" run plan --output-dir out -j 2 --wmsdiff "$tmp/stand-in" >said 2>&1 &
	run=$!
	sleep "0.$(random 8)$(random 10)"
	case $(random 4) in
	0) kind=coordinator ;;
	1) kind=engine ;;
	2) kind=worker ;;
	3) kind=program ;;
	esac
	kill_one "$kind"
	[ "$kind" = coordinator ] || { sleep 0.1; kill_one coordinator; }
	wait "$run" 2>/dev/null
	[ $? -eq 137 ] && hits=$((hits + 1))
	# What has an outcome is whole, at every moment.
	for file in out/outcomes/*.tsv; do
		[ -e "$file" ] || continue
		name=${file##*/}
		name=${name%.tsv}
		case $(sweep_field out "$name" 2) in
		compared) [ -s "out/units/$name/jdoe/report.xml" ] || echo "$name" ;;
		killed) ;;
		*) echo "$name: $(sweep_field out "$name" 2)" ;;
		esac
	done >>torn
done
ok 'coordinators were killed' test $hits -gt 3
is "$(cat torn)" '' 'an outcome that stands has its whole result'
status 1 'then to its end' "$sweep" run plan --output-dir out --wmsdiff "$tmp/stand-in"
sweep_same out expected 'the same results as undisturbed'
sweep_index out >got
ok 'and the same index' diff index got
ok 'there is one' grep -q . index
is "$(cd out && find work)" work 'nothing is left half done'
is "$(victims program)$(victims worker)" '' 'and nothing runs on'

# A worker alone, and an engine alone: the same run goes on, or says what is left.
for kind in worker program engine; do
	rm -rf out
	"$sweep" run plan --output-dir out -j 2 --wmsdiff "$tmp/stand-in" >said 2>&1 &
	run=$!
	# Such as are at a unit.
	until pid=$(victims program | head -n 1) && [ -n "$pid" ]; do
		kill -0 $run 2>/dev/null || break
	done
	[ $kind = program ] || pid=$(victims $kind | head -n 1)
	kill -KILL "$pid"
	wait $run
	ended=$?
	case $kind in
	worker)
		is "$ended" 1 'a worker is killed'
		sweep_same out expected 'its units are done by another'
		;;
	program) is "$ended $(sweep_outcomes out | tr ' ' '\n' | grep -c =killed)" '2 1' \
		'a unit is killed: that is its outcome' ;;
	engine)
		is "$ended" 1 'the engine is killed'
		sweep_same out expected 'another one does the rest'
		;;
	esac
	status 1 "$kind: run again" "$sweep" run plan --output-dir out --wmsdiff "$tmp/stand-in"
	sweep_same out expected "$kind: the same results"
done

# Told to stop, it does, long before it would come to its end.
rm -rf out
SLOW=3 "$sweep" run plan --output-dir out -j 1 --wmsdiff "$tmp/stand-in" >said 2>&1 &
run=$!
while [ -z "$(victims program)" ] && kill -0 $run 2>/dev/null; do
	sleep 0.05
done
kill -TERM $run
wait $run
is "$? $(grep -c '^wmsdiff-sweep: stopped: [0-9]* units are left; run it again to go on$' said)" \
	'2 1' 'told to stop, it says what is left'
status 1 'and goes on' "$sweep" run plan --output-dir out --wmsdiff "$tmp/stand-in"
sweep_same out expected 'to the same results'
done_testing
