#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One failed allocation in each place: whole runs of the programs, each with one allocation
# that fails, of every call stack that allocates.  Either the run ends with status 2, says so
# in a sentence and leaves no file, or all it puts out is what it puts out else.
# FAULTS: how many stacks of each run, spread evenly, or "all" (make faults).
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"
need awk diff hivexregedit iconv setarch sort
most=${FAULTS:-25}
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

# faulty KIND NUMBER: that run with the allocation of that number failing
faulty() {
	rm -rf "$tmp/made"
	mkdir "$tmp/made"
	code=0
	(
		preload=$shim FAULT_AT=$2 FAULT_LOG=$tmp/stack
		export FAULT_AT FAULT_LOG
		run "$1"
	) >"$tmp/said.out" 2>"$tmp/said.err" </dev/null || code=$?
}

# judge KIND: what that run came to
judge() {
	if [ "$code" -gt 2 ] && grep -q 'libseccomp\.so' "$tmp/stack"; then
		echo library
	elif [ "$code" -gt 2 ]; then
		echo crashed
	elif [ "$code" -eq "$usual" ] && cmp -s "$tmp/said.out" "$tmp/whole.out" &&
		cmp -s "$tmp/said.err" "$tmp/whole.err" && diff -r "$tmp/made" "$tmp/whole" >"$tmp/diff"; then
		echo same
	elif [ "$code" -ne 2 ]; then
		echo shortened
	elif [ ! -s "$tmp/said.err" ]; then
		echo silent
	elif [ -n "$(find "$tmp/made" -type f ! -path '*/pc1/*')" ]; then
		partial_outputs
	else
		echo refused
	fi
}

# partial_outputs: files that stand after a fault have to be those of a run without one
partial_outputs() {
	find "$tmp/made" -type f | while read -r file; do
		cmp -s "$file" "$tmp/whole${file#"$tmp/made"}" || echo "$file"
	done >"$tmp/partial"
	if [ -s "$tmp/partial" ]; then
		echo partial
	else
		echo refused
	fi
}

# each KIND: all faults of a run; its counts go to $tmp/table
each() {
	kind=$1
	rm -rf "$tmp/whole" "$tmp/made"
	mkdir "$tmp/made"
	usual=0
	(run "$kind") >"$tmp/whole.out" 2>"$tmp/whole.err" </dev/null || usual=$?
	mv "$tmp/made" "$tmp/whole"
	mkdir "$tmp/made"
	(
		preload=$shim FAULTS_LIST=$tmp/stacks
		export FAULTS_LIST
		run "$kind"
	) >"$tmp/said.out" 2>"$tmp/said.err" </dev/null || :
	n_stacks=$(wc -l <"$tmp/stacks")
	awk -v most="$most" -v n="$n_stacks" \
		'most == "all" || int(NR * most / n) != int((NR - 1) * most / n) { print $1 }' \
		"$tmp/stacks" >"$tmp/chosen"
	: >"$tmp/verdicts"
	while read -r number; do
		rm -f "$tmp/stack"
		faulty "$kind" "$number"
		verdict=$(judge)
		[ -s "$tmp/stack" ] || verdict=unreached
		echo "$verdict" >>"$tmp/verdicts"
		case $verdict in
		same | refused | unreached | library) ;;
		*)
			# shellcheck disable=SC2016 # sed's own dollar
			note "$kind: allocation $number: $verdict, status $code" \
				"$(sed -n '2,${s/.*\///;p}' "$tmp/stack" | head -n "${FAULTS_DEPTH:-14}")" \
				"$(head -n 3 "$tmp/said.err")"
			;;
		esac
	done <"$tmp/chosen"
	for word in same refused unreached library shortened silent partial crashed; do
		grep -cx "$word" "$tmp/verdicts" | tr '\n' ' '
	done >"$tmp/counts"
	note "$(printf '%-11s %6d stacks %5d tried: %s' "$kind" "$n_stacks" \
		"$(wc -l <"$tmp/chosen")" "$(cat "$tmp/counts")")"
	is "$(grep -cxE 'shortened|silent|partial|crashed' "$tmp/verdicts")" 0 \
		"$kind: all is put out, or nothing and a sentence"
	ok "$kind: allocations failed" grep -qx refused "$tmp/verdicts"
}

# library: libseccomp 2.5 does not survive a lack of memory while it makes the filter, which
# is before anything is read or put out.
note "same refused unreached library shortened silent partial crashed"
for kind in ${FAULTS_KINDS:-incident reg collection validate page index}; do
	each "$kind"
done
done_testing
