#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs that are ended at random moments: evidence is as it was, what stands is whole, and
# nothing else is left but, after KILL, one file with a temporary name at most.
# KILLS: how many runs (300 for all of it); KILL_SEED: other moments.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
need awk date sha256sum tail
kills=${KILLS:-60}
seed=${KILL_SEED:-1}
before=$SAMPLES_DIR/exchange2000-before.DEFAULT
after=$SAMPLES_DIR/exchange2000-after.DEFAULT

mkdir "$tmp/in" "$tmp/in/Users" "$tmp/in/Users/anna" "$tmp/in/Users/ben" "$tmp/fleet"
cp "$before" "$tmp/in/before.hiv"
cp "$after" "$tmp/in/after.hiv"
for user in anna ben; do
	cp "$SAMPLES_DIR/outlook-after.NTUSER.DAT" "$tmp/in/Users/$user/NTUSER.DAT"
done
"$WMSDIFF" -q --output-dir "$tmp/fleet/pc1" "$tmp/in/Users" >"$tmp/said" 2>&1
(cd "$tmp/in" && find . -type f -exec sha256sum {} + | sort) >"$tmp/evidence"

# run KIND: one run, in place of this shell
run() {
	case $1 in
	outputs) exec "$WMSDIFF" -q -o "$tmp/out.d/r.xml" --html "$tmp/out.d/r.html" \
		--timeline "$tmp/out.d/r.csv" "$tmp/in/before.hiv" "$tmp/in/after.hiv" ;;
	folder) exec "$WMSDIFF" -q --output-dir "$tmp/out.d/all" "$tmp/in/Users" ;;
	index) exec "$WMSDIFF_REPORT" index "$tmp/fleet" ;;
	esac
}

# partial: names of files that are not whole
partial() {
	find "$tmp/out.d" "$tmp/fleet" -type f ! -name '.wmsdiff-*' | while read -r file; do
		last=$(tail -n 1 "$file")
		case $file in
		*.xml) [ "$last" = '</report>' ] || echo "$file" ;;
		*.html) echo "$last" | grep -q '</html>$' || echo "$file" ;;
		*.csv | *.jsonl | *.reg) [ -z "$(tail -c 1 "$file" | tr -d '\n')" ] || echo "$file" ;;
		*.sqlite) [ "$(head -c 15 "$file")" = 'SQLite format 3' ] || echo "$file" ;;
		esac
	done
}

# How long each kind takes, in microseconds: it is ended at any moment of that.
now() { date +%s%N; }
for kind in outputs folder index; do
	mkdir "$tmp/out.d"
	began=$(now)
	(run "$kind") >"$tmp/said" 2>&1
	echo "$kind $((($(now) - began) / 1000))"
	rm -rf "$tmp/out.d"
done >"$tmp/lengths"

: >"$tmp/faults"
# The moments: kind, signal and seconds of each run.
awk -v kills="$kills" -v seed="$seed" '
	{ kind[NR] = $1; length_of[NR] = $2 }
	END {
		srand(seed)
		split("KILL TERM INT HUP PIPE", signal, " ")
		for (i = 0; i < kills; i++) {
			k = i % NR + 1
			printf "%s %s %.6f\n", kind[k], signal[int(rand() * 5) + 1],
				rand() * 1.1 * length_of[k] / 1e6
		}
	}' "$tmp/lengths" >"$tmp/moments"
named=0 ended=0
while read -r kind signal seconds; do
	mkdir "$tmp/out.d"
	(run "$kind") >"$tmp/said" 2>&1 </dev/null &
	sleep "$seconds"
	kill -s "$signal" $! 2>"$tmp/gone" && ended=$((ended + 1))
	wait $! 2>"$tmp/gone" || :
	partial | sed "s/^/$kind $signal $seconds: /" >>"$tmp/faults"
	left=$(find "$tmp/out.d" "$tmp/fleet" "$tmp/in" -name '.wmsdiff-*' | wc -l)
	most=0
	# A name is there only while an older file is replaced, and until SQLite has opened its
	# file.
	[ "$signal" != KILL ] || most=1
	if [ "$left" -gt "$most" ]; then
		echo "$kind $signal $seconds: $left files left" >>"$tmp/faults"
	fi
	named=$((named + left))
	rm -rf "$tmp/out.d"
	find "$tmp/fleet" -name '.wmsdiff-*' -exec rm -f {} +
done <"$tmp/moments"
note "$ended of $kills runs were ended, $named of them by KILL beside a file with a temporary name"
is "$(cat "$tmp/faults")" '' 'what stands is whole, and nothing else is left'
ok 'runs were ended' test "$ended" -gt 0
(cd "$tmp/in" && find . -type f -exec sha256sum {} + | sort) >"$tmp/now"
ok 'evidence is as it was' cmp "$tmp/evidence" "$tmp/now"
done_testing
