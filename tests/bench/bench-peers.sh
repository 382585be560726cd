#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make bench-peers: other programs that read whole hives, or compare two, on the same pair
# of files as wmsdiff, and how many times as long they take.  None of them is needed: one
# that is not installed is left out without a word.
#   BENCH_SIZES="MEGABYTES:PROFILES..."   other sizes, 4:160 64:2500 if not given
#   BENCH_RUNS=N                          the best of so many runs, 3 if not given
set -eu
: "${builddir:?is set by make bench-peers}" "${WMSDIFF:?is set by make bench-peers}"
: "${AWK:=awk}"
runs=${BENCH_RUNS:-3}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

# found NAME...: the first of these programs that is there, in $found
found() {
	for found; do
		! command -v "$found" >/dev/null || return 0
	done
	return 1
}

# peer NAME COMMAND...: a line; what does not end with 0 has not done the work
peer() {
	name=$1
	shift
	# shellcheck disable=SC2046 # three numbers
	set -- $("$builddir/tests/bench/bench-run" "$runs" "$@")
	[ "$name" != wmsdiff ] || unit=$1
	case $name,$3 in
	wmsdiff,1 | *,0) ;;
	*)
		printf '%5d  %-34s ended with %s\n' "$size" "$name" "$3"
		return
		;;
	esac
	$AWK -v size="$size" -v name="$name" -v ms="$1" -v unit="$unit" -v kib="$2" 'BEGIN {
		printf "%5d  %-34s %9.0f %9.2f %9.1f\n", size, name, ms, ms / unit, kib / 1024
	}'
}

# each NAME COMMAND...: one that takes a hive, on one after the other
each() {
	name=$1
	shift
	# shellcheck disable=SC2016 # the inner shell expands
	peer "$name, each" sh -c 'a=$1 b=$2; shift 2; "$@" "$a" && "$@" "$b"' sh \
		"$tmp/a" "$tmp/b" "$@"
}

# python MODULE: true if it can be imported
python() {
	command -v python3 >/dev/null && python3 -c "import $1" 2>/dev/null
}

printf '%5s  %-34s %9s %9s %9s\n' MB program ms 'of ours' 'peak MB'
for pair in ${BENCH_SIZES:-4:160 64:2500}; do
	size=${pair%:*}
	"$builddir/tests/bench/bench-hives" "$size" "${pair#*:}" "$tmp/a" "$tmp/b"
	peer wmsdiff "$WMSDIFF" -q -o "$tmp/report.xml" "$tmp/a" "$tmp/b"
	peer 'wmsdiff --no-recover' sh -c '"$@" || [ $? -eq 1 ]' sh "$WMSDIFF" -q \
		--no-recover -o "$tmp/report.xml" "$tmp/a" "$tmp/b"
	! found hivexml || each hivexml hivexml
	! found reglookup || each reglookup reglookup
	! found regfexport || each regfexport regfexport
	! found regdiff.pl regdiff || peer 'Parse::Win32Registry regdiff' "$found" -v \
		"$tmp/a" "$tmp/b"
	! found reg_compare || peer 'notatin reg_compare' "$found" --base "$tmp/a" \
		--comparison "$tmp/b" --output "$tmp/compared"
	! found regipy-diff || peer 'regipy-diff' "$found" "$tmp/a" "$tmp/b"
	! python yarp || each 'yarp' python3 -c '
import sys
from yarp import Registry
with open(sys.argv[1], "rb") as file:
    keys = [Registry.RegistryHive(file).root_key()]
    while keys:
        key = keys.pop()
        for value in key.values():
            value.data_raw()
        keys.extend(key.subkeys())
'
	rm -rf "$tmp/a" "$tmp/b" "$tmp/compared" "$tmp/report.xml"
done
