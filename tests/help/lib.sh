# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests in shell that speak TAP: source this file, state the checks, and end with
# done_testing.  What a test may use:
#   $srcdir $builddir   the sources and the build
#   $WMSDIFF            the program under test
#   $SAMPLES_DIR        the sample hives, built        $SCHEMA_DIR  the schemas
#   $HIVES              real hives, or empty: then skip_all, or skip
#   $tmp                a folder of its own, removed at the end
set -u
: "${builddir:?is set by make check}"
tap_count=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

# tap "ok"|"not ok" NAME: one result
tap() {
	tap_count=$((tap_count + 1))
	printf '%s %d - %s\n' "$1" "$tap_count" "$2"
}

# note TEXT...: shown in the log, beside a result
note() {
	printf '%s\n' "$@" | sed 's/^/#   /'
}

# status EXPECTED NAME COMMAND...: how the command ends.  What it prints is left
# in $tmp/out and $tmp/err.
status() {
	tap_expected=$1 tap_name=$2 tap_status=0
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err" </dev/null || tap_status=$?
	if [ "$tap_status" -eq "$tap_expected" ]; then
		tap ok "$tap_name"
	else
		tap 'not ok' "$tap_name"
		note "$*" "status $tap_status, not $tap_expected" \
			"$(head -n 20 "$tmp/out")" "$(head -n 50 "$tmp/err")"
	fi
}

# ok NAME COMMAND...: the command succeeds
ok() {
	tap_name=$1
	shift
	status 0 "$tap_name" "$@"
}

# is GOT EXPECTED NAME: two texts are the same
is() {
	if [ "$1" = "$2" ]; then
		tap ok "$3"
	else
		tap 'not ok' "$3"
		note "got:" "$1" "expected:" "$2"
	fi
}

# skip N REASON: instead of N results
skip() {
	tap_end=$((tap_count + $1))
	while [ "$tap_count" -lt "$tap_end" ]; do
		tap ok "# SKIP $2"
	done
}

# skip_all REASON: instead of the whole test, before its first result
skip_all() {
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

# need TOOL...: without them the whole test is skipped
need() {
	for tap_tool; do
		command -v "$tap_tool" >/dev/null || skip_all "there is no $tap_tool"
	done
}

# full_page ARGUMENT...: the summary of that run, spelled out, in $tmp/full
full_page() {
	"$WMSDIFF" --full -o "$tmp/full.xml" "$@" >"$tmp/full" 2>"$tmp/full.err" || :
}

# one_line FILE: the words of a summary, wherever its lines are broken: that depends
# on how long the paths in it are
one_line() {
	tr -s ' \n' '  ' <"$1"
}

done_testing() {
	printf '1..%d\n' "$tap_count"
}
