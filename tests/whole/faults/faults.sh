#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One failed allocation in each place: whole runs of the programs, in which one allocation
# fails, of every call stack that allocates.  Either the run ends with status 2, says so in a
# sentence and leaves no file, or all it puts out is what it puts out else.  shim.c says how.
# FAULTS_EVERY: only every so many places are tried, 1 for all of them (make faults).
# FAULTS_KINDS: which runs.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
need awk diff hivexregedit iconv setarch sort
every=${FAULTS_EVERY:-40}
shim=${builddir:?}/tests/whole/faults/shim.so
[ -e "$shim" ] || skip_all 'the shim is not built'
if "${NM:-nm}" "$WMSDIFF" 2>/dev/null | grep -qE '__(asan|tsan|msan)_init'; then
	skip_all 'a sanitizer has an allocator of its own'
fi
setarch -R true 2>/dev/null || skip_all 'addresses cannot be kept the same'
sample=${SAMPLES_DIR:?is set by make check}/exchange2000
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH

mkdir "$tmp/in" "$tmp/in/Users" "$tmp/in/Users/anna" "$tmp/in/Users/ben"
cp "$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$tmp/in/Users/anna/NTUSER.DAT"
cp "$SAMPLES_DIR/outlook-after.NTUSER.DAT" "$tmp/in/Users/ben/NTUSER.DAT"
for side in before after; do
	PERL_UNICODE=O hivexregedit --export --prefix 'HKEY_USERS\.DEFAULT' \
		"$sample-$side.DEFAULT" "\\\\" 2>/dev/null |
		sed 's/$/\r/' | iconv -f UTF-8 -t UTF-16 >"$tmp/in/$side.reg"
done
mkdir "$tmp/in/fleet"
"$WMSDIFF" -q --output-dir "$tmp/in/fleet/pc1" "$tmp/in/Users" >"$tmp/said" 2>&1
cp "$(find "$tmp/in/fleet" -name report.xml | sort | head -n 1)" "$tmp/in/report.xml"

preload='' # what is loaded before the program

# run KIND: the program of that run, in the folder made, in place of this shell
run() {
	cd "$tmp/made" || exit 99
	case $1 in
	incident) exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF" -j 1 -o r.xml --html r.html --timeline r.csv \
		--timeline r.jsonl --timeline r.body --restore r --full \
		--software "$sample-SOFTWARE" --system "$sample-SYSTEM" \
		--modules "$sample-tlist-s.txt" --modules "$sample-tlist-m.txt" \
		--mapi32 "$sample-mapi32.dll" --events "$sample-Application.evt" \
		"$sample-before.DEFAULT" "$sample-after.DEFAULT" ;;
	reg) exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF" -j 1 -o r.xml --html r.html --timeline r.csv \
		"$tmp/in/before.reg" "$tmp/in/after.reg" ;;
	collection) exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF" -j 1 --output-dir all "$tmp/in/Users" ;;
	validate) exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF" --validate "$tmp/in/report.xml" ;;
	page) exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF" --render "$tmp/in/report.xml" --html r.html ;;
	index)
		cp -R "$tmp/in/fleet" fleet
		exec setarch -R env LD_PRELOAD="$preload" "$WMSDIFF_REPORT" index fleet
		;;
	esac
}

# each KIND: all faults of a run; its counts are a line of the table
each() {
	kind=$1
	rm -rf "$tmp/whole" "$tmp/made" "$tmp/grave"
	mkdir "$tmp/made" "$tmp/grave"
	usual=0
	(run "$kind") >"$tmp/whole.out" 2>"$tmp/whole.err" </dev/null || usual=$?
	mv "$tmp/made" "$tmp/whole"
	mkdir "$tmp/made"
	code=0
	(
		preload=$shim FAULTS_RESULTS=$tmp/results FAULTS_FOUND=$tmp/stacks \
			FAULTS_EVERY=$every FAULTS_STATUS=$usual FAULTS_MADE=$tmp/made \
			FAULTS_WHOLE=$tmp/whole FAULTS_GRAVE=$tmp/grave
		export FAULTS_RESULTS FAULTS_FOUND FAULTS_EVERY FAULTS_STATUS FAULTS_MADE \
			FAULTS_WHOLE FAULTS_GRAVE
		run "$kind"
	) >"$tmp/made.out" 2>"$tmp/made.err" </dev/null || code=$?
	is "$code" "$usual" "$kind: the run itself goes on to its end"
	ok "$kind: what it puts out is what it puts out else" \
		diff -r "$tmp/made" "$tmp/whole"
	note "$(awk -v kind="$kind" -v words="same refused threads shortened silent partial crashed" '
		{ n[$2]++ }
		END {
			printf "%-11s %6d places:", kind, NR
			for (i = split(words, word, " "); i > 0; i--) line = " " word[i] " " n[word[i]] + 0 line
			print line
		}' "$tmp/results")"
	# shellcheck disable=SC2016 # sed's own dollar
	[ ! -s "$tmp/stacks" ] || note "$(sed 's/.*\///' "$tmp/stacks" | head -n "${FAULTS_LINES:-60}")"
	is "$(grep -cE ' (shortened|silent|partial|crashed) ' "$tmp/results")" 0 \
		"$kind: all is put out, or nothing and a sentence"
	ok "$kind: allocations failed" grep -q ' refused 2$' "$tmp/results"
}

for kind in ${FAULTS_KINDS:-incident reg collection validate page index}; do
	each "$kind"
done
done_testing
