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
#   BENCH_EXPORT=MEGABYTES                size of the .reg exports, 100
#   BENCH_USERS=N                         hives of so many users in two folders, 200
#   BENCH_REPORTS=N                       reports of many machines, 10000
#   BENCH_SWEEP=N                         units of a sweep, 500
#   BENCH_ONLY=users|index|sweep          nothing but these
#   BENCH_ONLY=table                      nothing but the table of bench-table.sh
#   BENCH_ONLY=worst                      nothing but the worst cases of bench-worst.sh
set -eu
: "${builddir:?is set by make bench}" "${WMSDIFF:?is set by make bench}" \
	"${WMSDIFF_REPORT:?is set by make bench}"
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
				name, $2 + 0.5, unit ? $2 / unit : 0, $3 / 1024, $3 / kib, $4
		}' "$tmp/lines"
}

: "${AWK:=awk}"

# ---- collections: many users in two folders, and in two archives ----
users=${BENCH_USERS:-200}

# check_users FOLDER: every tenth user lost one profile, and nobody else
check_users() {
	found="$(cut -d , -f 4 "$1/findings.csv" | sed 1d | sort | uniq -c | tr -s ' \n' ' ')"
	lost=$(((users + 9) / 10))
	[ "$found" = " $lost deleted $((users - lost)) unchanged " ] && return
	echo "bench: wmsdiff found:$found" >&2
	exit 1
}

# many NAME JOBS BEFORE AFTER: a line for a run that was right
many() {
	rm -rf "$tmp/out"
	measure "$runs" "$1" "$WMSDIFF" -q -j "$2" --output-dir "$tmp/out" "$3" "$4"
	check_users "$tmp/out"
}

collections() {
	before=$tmp/before after=$tmp/after unit=0
	"$builddir/tests/bench/bench-hives" users "$users" "$before" "$after"
	kib=$(($(find "$before" "$after" -type f -exec cat {} + | wc -c) / 1024))
	size=$((kib / 1024)) profiles=$users
	printf '%5s %8s  %-22s %8s %7s %9s %7s  %s\n' MB users command ms 'of sha' \
		'peak MB' 'of in' status
	: >"$tmp/lines"
	measure "$runs" sha256sum find "$before" "$after" -type f -exec sha256sum '{}' +
	many wmsdiff_-j_1 1 "$before" "$after"
	many wmsdiff_-j_2 2 "$before" "$after"
	if command -v bsdtar >/dev/null && "$WMSDIFF" --version | grep -q '^libarchive '; then
		for folder in "$before" "$after"; do
			bsdtar -C "$folder" -a -cf "$folder.zip" Users
			rm -r "$folder"
		done
		# shellcheck disable=SC2016 # the inner shell expands
		measure "$runs" bsdtar_-xOf sh -c 'bsdtar -xOf "$1" && bsdtar -xOf "$2"' sh \
			"$before.zip" "$after.zip"
		many wmsdiff_-j_2,_zip 2 "$before.zip" "$after.zip"
	fi
	table
	# shellcheck disable=SC2016 # awk's own variables
	$AWK -v users="$users" '
		{ ms[$1] = $2 }
		function rate(name) { return ms[name] ? users * 1000 / ms[name] : 0 }
		function of(a, b) { return b ? a / b : 0 }
		END {
			printf "      subjects per second: %.1f with -j 1, %.1f with -j 2\n",
				rate("wmsdiff_-j_1"), rate("wmsdiff_-j_2")
			printf "      wmsdiff -j 2: %.2f times sha256sum (should be 1.5 at most)\n",
				of(ms["wmsdiff_-j_2"], ms["sha256sum"])
			if (ms["bsdtar_-xOf"])
				printf "      of zip more than of folders: %.2f times bsdtar -xOf" \
					" (should be 1.3 at most)\n",
					of(ms["wmsdiff_-j_2,_zip"] - ms["wmsdiff_-j_2"], ms["bsdtar_-xOf"])
		}' "$tmp/lines"
	rm -rf "$before" "$after" "$before.zip" "$after.zip" "$tmp/out"
}

# ---- a sweep: many machines of three users ----

# Machines are made for a tenth of the units: the files are the same, and fit a disk.
sweep() {
	units=${BENCH_SWEEP:-500}
	machines=$(((units + 9) / 10))
	mkdir "$tmp/before" "$tmp/after"
	i=0
	while [ $i -lt $machines ]; do
		"$builddir/tests/bench/bench-hives" users 3 "$tmp/before/pc$i" "$tmp/after/pc$i"
		i=$((i + 1))
	done
	i=0
	while [ $i -lt "$units" ]; do
		printf 'unit%d\t%s\t%s\n' $i "$tmp/before/pc$((i % machines))" \
			"$tmp/after/pc$((i % machines))"
		i=$((i + 1))
	done >"$tmp/plan"
	: >"$tmp/lines"
	# Each has a user who lost a profile: status 1.
	measure 1 sweep "$builddir/wmsdiff-sweep" run "$tmp/plan" --output-dir "$tmp/sweep"
	# shellcheck disable=SC2016 # awk's own variables
	$AWK -F '\t' -v units="$units" -v cpus="$(getconf _NPROCESSORS_ONLN)" \
		-v ms="$(cut -d ' ' -f 2 "$tmp/lines")" '
		FNR == 2 { n += $2 == "compared" && $3 == 1; sum += $7 * 1000 }
		END {
			if (n != units) {
				print "bench: compared units:", n >"/dev/stderr"
				exit 1
			}
			printf "sweep of %d units of 3 users: %.1f s on %d processors, %.1f ms a unit\n",
				units, ms / 1000, cpus, sum / units
			printf "      of the units'"'"' own time: %.2f (should be 0.9 at least)\n",
				sum / cpus / ms
			printf "      cost of the engine: %.1f ms a unit (should be 15 at most)\n",
				(ms * cpus - sum) / units
		}' "$tmp"/sweep/outcomes/*.tsv
	rm -rf "$tmp/before" "$tmp/after" "$tmp/sweep"
}

# ---- the index over the reports of many machines ----
reports=${BENCH_REPORTS:-10000}

# machines FOLDER: so many, with a report of the Outlook sample each; of a hundred forms, which
# differ in user and time, for as many files of their own would be 1.5 GB
machines() {
	mkdir -p "$1/forms" "$1/results/units"
	"$WMSDIFF" -q -o "$1/report.xml" "$builddir/samples/outlook-before.NTUSER.DAT" \
		"$builddir/samples/outlook-after.NTUSER.DAT" || :
	form=0
	while [ $form -lt 100 ]; do
		sed -e "s/2016-03-14T13:31/2016-03-14T$((10 + form / 60)):$((10 + form % 50))/g" \
			-e "s/mkeller/user$form/g" "$1/report.xml" >"$1/forms/$form"
		form=$((form + 1))
	done
	machine=0
	while [ "$machine" -lt "$reports" ]; do
		mkdir -p "$1/results/units/pc$machine/user"
		ln "$1/forms/$((machine % 100))" "$1/results/units/pc$machine/user/report.xml"
		machine=$((machine + 1))
	done
}

index() {
	machines "$tmp/fleet"
	kib=$(($(wc -c <"$tmp/fleet/report.xml") * reports / 1024))
	size=$((kib / 1024)) profiles=$reports unit=0
	printf '%5s %8s  %-22s %8s %7s %9s %7s  %s\n' MB reports command ms 'of sha' \
		'peak MB' 'of in' status
	: >"$tmp/lines"
	measure "$runs" sha256sum find "$tmp/fleet/results/units" -type f -exec sha256sum '{}' +
	measure "$runs" wmsdiff-report_index "$WMSDIFF_REPORT" index "$tmp/fleet/results"
	found=$("$WMSDIFF_REPORT" index "$tmp/fleet/results" | tail -n 1)
	[ "$found" = "$reports reports of $reports machines are in the index" ] ||
		{ echo "bench: wmsdiff-report found: $found" >&2; exit 1; }
	table
	# shellcheck disable=SC2016 # awk's own variables
	$AWK -v reports="$reports" '
		{ ms[$1] = $2; peak[$1] = $3 }
		END {
			name = "wmsdiff-report_index"
			printf "      reports per second: %.0f (should be 500 at least)\n",
				ms[name] ? reports * 1000 / ms[name] : 0
			printf "      peak: %.0f MB (should be less than 200)\n",
				peak[name] / 1024
		}' "$tmp/lines"
	rm -rf "$tmp/fleet"
}

case ${BENCH_ONLY-} in
users)
	collections
	exit
	;;
index)
	index
	exit
	;;
sweep)
	sweep
	exit
	;;
table | worst) exit ;;
esac

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
	ms=$(sed -n 's/^wmsdiff \([0-9.]*\) .*/\1/p' "$tmp/lines")
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

# ---- exports: how fast a .reg file is read, in 8 bits and as regedit writes it ----
exports=${BENCH_EXPORT:-100}
list='HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles'

# export_text MEGABYTES: keys of bytes, strings and numbers, of which the first hundred are
# profiles; how many profiles
export_text() {
	# -v would take the backslashes for escapes.
	LIST=$list LC_ALL=C $AWK -v bytes="$(($1 * 1000000))" -v out="$tmp/export" '
		function put(line) { print line "\r" >out; n += length(line) + 2 }
		BEGIN {
			for (i = 0; i < 25; i++)
				hex = hex sprintf("%02x,", i * 9)
			list = ENVIRON["LIST"]
			other = "HKEY_CURRENT_USER\\Software\\Other"
			put("Windows Registry Editor Version 5.00"); put("")
			put("[" list "]"); put("")
			while (n < bytes) {
				name = sprintf("%s\\Profile %06d", p < 100 ? list : other, p)
				p++
				if (p == 101) {
					put("[" other "]"); put("")
				}
				put("[" name "]"); put("")
				for (s = 0; s < 14; s++) {
					put(sprintf("[%s\\%032x]", name, s))
					for (v = 0; v < 4; v++) {
						put(sprintf("\"001f%04x\"=hex:%s\\", v, hex))
						put("  " hex "\\"); put("  00,00")
					}
					put("\"Name\"=\"C:\\\\Users\\\\name\\\\AppData\"")
					put("\"Number\"=dword:0000001f"); put("")
				}
			}
			print p < 100 ? p : 100
		}'
}

printf '\n%5s %8s  %-22s %8s %7s %9s %7s  %s\n' MB profiles command ms 'of sha' 'peak MB' \
	'of in' status
for form in UTF-8 UTF-16; do
	size=$exports unit=0
	[ "$form" = UTF-8 ] || size=$((exports / 2))
	profiles=$(export_text "$size")
	if [ "$form" = UTF-16 ]; then
		iconv -f UTF-8 -t UTF-16 "$tmp/export" >"$tmp/export16"
		mv "$tmp/export16" "$tmp/export"
	fi
	kib=$(($(wc -c <"$tmp/export") / 1024)) size=$exports
	: >"$tmp/lines"
	measure "$runs" sha256sum sha256sum "$tmp/export"
	measure "$runs" wc_-m wc -m "$tmp/export"
	run=0
	: >"$tmp/speed"
	while [ "$run" -lt "$runs" ]; do
		"$WMSDIFF" -v --no-recover -o "$tmp/report.xml" "$tmp/export" >"$tmp/page" \
			2>"$tmp/said"
		sed -n "s|^wmsdiff: .*: reading keys and values: $number bytes in $number s ($number MB/s);.*|\3|p" \
			"$tmp/said" >>"$tmp/speed"
		run=$((run + 1))
	done
	left=$(sed -n 's/.*<summary.* profiles_after="\([0-9]*\)".*/\1/p' "$tmp/report.xml")
	[ "$left" = "$profiles" ] || {
		echo "bench: wmsdiff found ${left:-no} profiles, not $profiles" >&2
		exit 1
	}
	measure "$runs" wmsdiff "$WMSDIFF" -q --no-recover -o "$tmp/report.xml" "$tmp/export"
	table
	echo "      $form: keys and values at $(sort -n "$tmp/speed" | tail -n 1) MB/s (should be 100 at least)"
	rm -f "$tmp/export" "$tmp/report.xml"
done

echo
collections

echo
index

echo
sweep
