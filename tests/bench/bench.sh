#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bench: time and memory of wmsdiff on growing pairs of hives, on replay and on
# hives with deleted profiles to recover, beside tools that must read the same bytes.
# Nothing is passed or failed by a time; but what wmsdiff finds must be right before any
# of them is printed.
#   BENCH_SIZES="MEGABYTES:PROFILES..."   other sizes
#   BENCH_RUNS=N                          the best of so many runs, 3 if not given
#   BENCH_REPLAY=MEGABYTES                size of the hive whose logs are replayed, 64
#   BENCH_RECOVERY="MEGABYTES:PROFILES..."  other hives with so many deleted profiles
set -eu
: "${builddir:?is set by make bench}" "${WMSDIFF:?is set by make bench}"
sizes=${BENCH_SIZES:-4:160 64:2500 256:10000}
recovery=${BENCH_RECOVERY:-64:1000 256:1000}
runs=${BENCH_RUNS:-3}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

# count KIND: changes of it in the report
count() {
	grep -c "<change [^>]*kind=\"$1\"" "$tmp/report.xml" || :
}

# check PROFILES: what bench-hives changed, and nothing else
check() {
	found="$(count deleted) $(count renamed) $(count modified) $(grep -c '<change ' \
		"$tmp/report.xml") $(sed -n 's/.*<summary.* profiles_before="\([0-9]*\)" profiles_after="\([0-9]*\)".*/\1 \2/p' \
		"$tmp/report.xml")"
	[ "$found" = "10 5 5 20 $1 $(($1 - 10))" ] && return
	echo "bench: wmsdiff found: $found" >&2
	exit 1
}

# measure RUNS NAME COMMAND...: a line of the table; the first one gives the unit
measure() {
	times=$1 name=$2
	shift 2
	# shellcheck disable=SC2046 # three numbers
	set -- $("$builddir/tests/bench/bench-run" "$times" "$@")
	[ "$name" != sha256sum ] || unit=$1
	printf '%s %s %s %s\n' "$name" "$1" "$2" "$3" >>"$tmp/lines"
}

# shellcheck disable=SC2016 # awk's own variables
table() {
	$AWK -v unit="$unit" -v kib="$kib" -v size="$size" -v profiles="$profiles" '
		{
			name = $1
			gsub(/_/, " ", name)
			printf "%5d %8d  %-22s %8d %7.2f %9.1f %7.2f  %s\n", size, profiles,
				name, $2, unit ? $2 / unit : 0, $3 / 1024, $3 / kib, $4
		}' "$tmp/lines"
}

: "${AWK:=awk}"
printf '%5s %8s  %-22s %8s %7s %9s %7s  %s\n' MB profiles command ms 'of sha' 'peak MB' \
	'of in' status
for pair in $sizes; do
	size=${pair%:*} profiles=${pair#*:} unit=0
	"$builddir/tests/bench/bench-hives" "$size" "$profiles" "$tmp/before" "$tmp/after"
	kib=$(($(cat "$tmp/before" "$tmp/after" | wc -c) / 1024))
	status=0
	"$WMSDIFF" -q -o "$tmp/report.xml" "$tmp/before" "$tmp/after" || status=$?
	[ "$status" -eq 1 ] || { echo "bench: exit status $status" >&2; exit 1; }
	check "$profiles"
	: >"$tmp/lines"
	measure "$runs" sha256sum sha256sum "$tmp/before" "$tmp/after"
	if command -v openssl >/dev/null; then
		measure "$runs" openssl_dgst openssl dgst -sha256 "$tmp/before" "$tmp/after"
	fi
	measure "$runs" wmsdiff "$WMSDIFF" -q -o "$tmp/report.xml" "$tmp/before" "$tmp/after"
	measure "$runs" wmsdiff_-j_1 "$WMSDIFF" -q -j 1 -o "$tmp/report.xml" "$tmp/before" \
		"$tmp/after"
	# shellcheck disable=SC2016 # the inner shell expands
	if command -v hivexml >/dev/null; then
		measure 1 hivexml,_diff sh -c \
			'hivexml "$1" >"$1.xml"; hivexml "$2" >"$2.xml"; diff "$1.xml" "$2.xml"' \
			sh "$tmp/before" "$tmp/after"
	fi
	table
	echo "      report: $(wc -c <"$tmp/report.xml") bytes; pair: $((kib / 1024)) MB"
	rm -f "$tmp/before" "$tmp/after" "$tmp"/*.xml
done
"$builddir/tests/bench/bench-replay" "${BENCH_REPLAY:-64}" "$runs"

# ---- recovery: one hive, from which all profiles but one were deleted ----
number='\([0-9.]*\)'

# recover: a run that tells how long its recovery took
recover() {
	status=0
	"$WMSDIFF" -v -o "$tmp/report.xml" "$tmp/hive" >"$tmp/page" 2>"$tmp/said" ||
		status=$?
	[ "$status" -le 1 ] || { cat "$tmp/said" >&2; exit 1; }
	told="looking for deleted profiles: $number bytes in $number s ($number MB/s)"
	sed -n "s|^wmsdiff: .*: $told;.*|\2 \1 \3|p" "$tmp/said" >>"$tmp/recovery"
}

# check_recovered PROFILES: each of those that bench-hives deleted, and the one it left
check_recovered() {
	found=$(grep -o 'Profile [0-9]\{6\}' "$tmp/report.xml" | sort -u | wc -l)
	left=$(sed -n 's/.*<summary.* profiles_after="\([0-9]*\)".*/\1/p' "$tmp/report.xml")
	[ "$((found)) $left" = "$1 1" ] && return
	echo "bench: wmsdiff recovered $((found)) profiles, and ${left:-none} are left" >&2
	exit 1
}

printf '\n%5s %8s  %-22s %8s %7s %9s %7s  %s\n' MB deleted command ms 'of sha' 'peak MB' \
	'of in' status
: >"$tmp/growth"
for hive in $recovery; do
	size=${hive%:*} profiles=${hive#*:} unit=0
	"$builddir/tests/bench/bench-hives" "$size" "$profiles" "$tmp/hive"
	kib=$(($(wc -c <"$tmp/hive") / 1024))
	: >"$tmp/recovery"
	run=0
	while [ "$run" -lt "$runs" ]; do
		recover
		run=$((run + 1))
	done
	check_recovered "$profiles"
	: >"$tmp/lines"
	measure "$runs" sha256sum sha256sum "$tmp/hive"
	measure "$runs" wmsdiff "$WMSDIFF" -q -o "$tmp/report.xml" "$tmp/hive"
	table
	# shellcheck disable=SC2046 # three numbers, those of the quickest run
	set -- $(sort -n "$tmp/recovery" | head -n 1)
	echo "      recovery: ${2:?does wmsdiff -v tell of it?} bytes searched in $1 s ($3 MB/s)"
	ms=$(sed -n 's/^wmsdiff \([0-9]*\) .*/\1/p' "$tmp/lines")
	echo "$kib $ms" >>"$tmp/growth"
	$AWK -v unit="$unit" -v ms="$ms" 'BEGIN {
		printf "      wmsdiff: %.2f times sha256sum (should be 3 at most)\n",
			unit ? ms / unit : 0
	}'
	rm -f "$tmp/hive" "$tmp/report.xml"
done
# shellcheck disable=SC2016 # awk's own variables
$AWK 'NR == 1 { kib = $1; ms = $2 }
	END {
		printf "      growth: %.2f times the bytes, %.2f times the time\n", $1 / kib,
			ms ? $2 / ms : 0
	}' "$tmp/growth"
