#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bench: processor time and memory of wmsdiff on files that are as bad as their size
# allows (samples/worst.h), of 16, 64 and 256 MB. Both should grow with the bytes: four
# times the size takes at most six times as much, 1.5 for each byte.
#   BENCH_ONLY=worst                      nothing but this
#   BENCH_WORST="MEGABYTES..."            other sizes, each four times the one before
#   BENCH_KINDS="KIND..."                 only these
set -eu
: "${builddir:?is set by make bench}" "${WMSDIFF:?is set by make bench}"
[ "${BENCH_ONLY:-worst}" = worst ] || exit 0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
: "${AWK:=awk}"

# run COMMAND...: milliseconds of processor time, KiB, exit status
run() {
	BENCH_CPU=1 "$builddir/tests/bench/bench-run" 1 "$@"
}

printf '\n%-14s %5s %10s %10s %10s %7s  %s\n' worst MB 'cpu ms' 'of before' 'peak MB' \
	'of before' status
for kind in ${BENCH_KINDS:-$("$builddir/tests/bench/bench-worst")}; do
	for size in ${BENCH_WORST:-16 64 256}; do
		rm -rf "$tmp/in" "$tmp/out"
		mkdir "$tmp/in" "$tmp/out"
		file=$tmp/in/$("$builddir/tests/bench/bench-worst" "$kind" "$size" "$tmp/in")
		kib=$(($(cat "$tmp/in"/* | wc -c) / 1024))
		case $kind in
		attributes) set -- "$WMSDIFF" --validate "$file" ;;
		*) set -- "$WMSDIFF" -q -o "$tmp/out/report.xml" --restore "$tmp/out/reg" "$file" ;;
		esac
		printf '%s %s %s %s\n' "$kind" "$size" "$kib" "$(run "$@" 2>/dev/null)"
	done
done | $AWK '
	{
		again = $1 == last
		# for each byte, since a recipe meets its size only about
		time = again && before_ms ? $4 / before_ms / ($3 / before_kib) : 0
		memory = again && before_peak ? $5 / before_peak / ($3 / before_kib) : 0
		printf "%-14s %5d %10.0f %10s %10.1f %7s  %s%s\n", $1, $2, $4,
			again ? sprintf("%.2f", time) : "-", $5 / 1024,
			again ? sprintf("%.2f", memory) : "-", $6,
			(time > 1.5 || memory > 1.5) ? "  (should be 1.5 at most)" : ""
		last = $1; before_ms = $4; before_peak = $5; before_kib = $3
	}'
