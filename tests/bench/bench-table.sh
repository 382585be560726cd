#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The end of make bench: what wmsdiff takes against reading and hashing the same files, as
# one table with the figures that it should reach.  All figures are of this run.
#   BENCH_RUNS=N                the best of so many runs, 3 if not given
#   BENCH_PAIR=MEGABYTES:PROFILES      the large pair, 64:2500
#   BENCH_SINGLE=MEGABYTES:PROFILES    the single hive with deleted profiles, 256:1000
#   BENCH_RESTORE="FEW MANY"    so many deleted profiles are restored, 1000 10000
#   BENCH_PAGE=PROFILES         so many are lost in the report of which a page is made, 520:
#                               it has about 100 MB
#   BENCH_LARGE=MEGABYTES       the largest hive, 1024; 0: none
set -eu
: "${builddir:?is set by make bench}" "${WMSDIFF:?is set by make bench}" "${AWK:=awk}"
[ "${BENCH_ONLY:-table}" = table ] || exit 0
runs=${BENCH_RUNS:-3}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

hives() {
	"$builddir/tests/bench/bench-hives" "$@"
}

# take COMMAND...: $ms and $kib of the best run; one that cannot work ends all
take() {
	# shellcheck disable=SC2046 # three numbers
	set -- $("$builddir/tests/bench/bench-run" "$runs" "$@") "$1"
	ms=$1 kib=$2
	case $3 in
	0) ;;
	1) [ "$4" = "$WMSDIFF" ] || exit 1 ;; # a profile is gone
	*)
		echo "bench: $4 ended with $3" >&2
		exit 1
		;;
	esac
}

# calc EXPRESSION: a number with two digits behind its point
calc() {
	$AWK "BEGIN { printf \"%.2f\", $1 }"
}

# row WORK AGAINST FIGURE OF_OPENSSL AIM
row() {
	printf '%-42s %-22s %8s %10s  %s\n' "$@"
}

# unit FILE...: $sha and $ssl, what hashing these takes, and $input, their KiB
unit() {
	take sha256sum "$@"
	sha=$ms ssl=
	input=$(($(cat "$@" | wc -c) / 1024))
	if command -v openssl >/dev/null; then
		take openssl dgst -sha256 "$@"
		ssl=$ms
	fi
}

# against WORK AIM ARGUMENT...: a row for a run over these
against() {
	work=$1 aim=$2
	shift 2
	take "$WMSDIFF" -q -o "$tmp/report.xml" "$@"
	of_ssl=-
	[ -z "$ssl" ] || of_ssl=$(calc "$ms / $ssl")
	row "$work" sha256sum "$(calc "$ms / $sha")" "$of_ssl" "$aim"
	# A process has some MB of its own, which say nothing beside a small hive.
	if [ "$input" -ge 65536 ]; then
		calc "$kib / $input" >>"$tmp/memory"
		echo >>"$tmp/memory"
	fi
}

row work against figure 'of openssl' 'should be at most'

# ---- pairs ----
size=${BENCH_PAIR:-64:2500}
hives "${size%:*}" "${size#*:}" "$tmp/a" "$tmp/b"
: >"$tmp/memory"
unit "$tmp/a" "$tmp/b"
large="two hives of ${size%:*} MB"
against "$large" 0.8 "$tmp/a" "$tmp/b"
against "$large, --no-recover" 0.6 --no-recover "$tmp/a" "$tmp/b"
against "$large, -j 1" 1.3 -j 1 "$tmp/a" "$tmp/b"
take "$WMSDIFF" -q --no-recover -o "$tmp/report.xml" "$tmp/a"
small_ms=$ms small_kib=$kib small_size=${size%:*} small_profiles=${size#*:}
hives 1 50 "$tmp/a" "$tmp/b"
unit "$tmp/a" "$tmp/b"
against "two hives of $(calc "$input / 2048") MB" 1.2 "$tmp/a" "$tmp/b"
rm "$tmp/a" "$tmp/b"

# ---- one hive from which profiles were deleted ----
size=${BENCH_SINGLE:-256:1000}
hives "${size%:*}" "${size#*:}" "$tmp/a"
unit "$tmp/a"
against "one hive of ${size%:*} MB, ${size#*:} deleted" 0.9 "$tmp/a"
"$WMSDIFF" -v -o "$tmp/report.xml" "$tmp/a" >"$tmp/page" 2>"$tmp/said" || :
speed=$(sed -n 's|^wmsdiff: .*: looking for deleted profiles: .* s (\([0-9.]*\) MB/s);.*|\1|p' \
	"$tmp/said")
row 'recovery stage' 'MB/s of what is free' "${speed:--}" - '400 at least'
row 'peak memory, the most of these' input \
	"$(sort -n "$tmp/memory" | tail -n 1 | grep . || echo -)" - 1.7
rm -f "$tmp/a"

# ---- many are restored: so many that the later hive lost ----
few=${BENCH_RESTORE:-1000 10000}
many=${few#* } few=${few% *}

# lose PROFILES: $tmp/a has so many, $tmp/b one of them
lose() {
	hives $(($1 * 28 / 1000 + 2)) "$1" "$tmp/a" "$tmp/b"
	hives $(($1 * 28 / 1000 + 2)) "$1" "$tmp/b"
}

# restore PROFILES: $each, the ms that one takes
restore() {
	lose "$1"
	times=$runs runs=1
	# shellcheck disable=SC2016 # the inner shell expands
	take sh -c 'rm -rf "$2" && "$1" -q -o "$3" --restore "$2" "$4" "$5" || [ $? -eq 1 ]' \
		sh "$WMSDIFF" "$tmp/restored" "$tmp/report.xml" "$tmp/a" "$tmp/b"
	runs=$times
	found=$(find "$tmp/restored" -name '*.reg' | wc -l)
	[ "$((found))" -ge $(($1 - 1)) ] || {
		echo "bench: $((found)) of $1 profiles were restored" >&2
		exit 1
	}
	each=$(calc "$ms / $1")
	rm -rf "$tmp/a" "$tmp/b" "$tmp/restored" "$tmp/report.xml"
}

restore "$few"
few_each=$each
restore "$many"
row "restoring $many, ms for each" "of $few" "$(calc "$each / $few_each")" - 1.1

# ---- the page of a large report ----
if command -v xmllint >/dev/null && "$WMSDIFF" --version | grep -q '^libxslt '; then
	lose "${BENCH_PAGE:-520}"
	"$WMSDIFF" -q -o "$tmp/report.xml" "$tmp/a" "$tmp/b" || [ $? -eq 1 ]
	take xmllint --stream --noout "$tmp/report.xml"
	pass=$ms
	take "$WMSDIFF" --render "$tmp/report.xml" --html "$tmp/page.html"
	row "page of a report of $(($(wc -c <"$tmp/report.xml") / 1000000)) MB" \
		'xmllint --stream' "$(calc "$ms / $pass")" - 2
	rm "$tmp/a" "$tmp/b" "$tmp/report.xml" "$tmp/page.html"
fi

# ---- growth ----
large=${BENCH_LARGE:-1024}
if [ "$large" -gt 0 ]; then
	times=$((large / small_size))
	hives "$large" $((small_profiles * times)) "$tmp/a" "$tmp/b"
	rm "$tmp/b"
	take "$WMSDIFF" -q --no-recover -o "$tmp/report.xml" "$tmp/a"
	row "one hive of $large MB, time" "$times x $small_size MB" \
		"$(calc "$ms / $small_ms / $times")" - 1.1
	row "one hive of $large MB, memory" "$times x $small_size MB" \
		"$(calc "$kib / $small_kib / $times")" - 1.1
fi
