#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is wrong with a command line is said, and where help is.
# shellcheck disable=SC2016 # the inner shells expand
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/refusal.shlib
. "$srcdir/tests/help/refusal.shlib"
need dd mkfifo sha256sum ln cmp

# usage NAME REGEX ARGUMENT...: what is wrong, and where help is
usage() {
	usage_name=$1 usage_regex=$2
	shift 2
	status 2 "$usage_name" "$WMSDIFF" "$@"
	is "$(sed -n 1p "$tmp/err" | grep -c "$usage_regex")/$(sed -n 2p "$tmp/err")/$(wc -l \
		<"$tmp/err" | tr -d ' ')/$(cat "$tmp/out")" \
		"1/Try 'wmsdiff --help' for more information./2/" "$usage_name: said so"
}
usage 'no snapshot' '^wmsdiff: no snapshot'
usage 'no snapshot after --' '^wmsdiff: no snapshot' --
usage 'an option that there is not' '^wmsdiff: unrecognized option: --bogus' --bogus "$before"
usage 'a letter that there is not' '^wmsdiff: unrecognized option: -x' -x "$before"
usage 'no argument' '^wmsdiff: option requires an argument: --key' "$before" --key
usage 'an argument too many' "^wmsdiff: option doesn't allow an argument: --full=1" --full=1 "$before"
for jobs in 0 -1 65 two '' 1x 99999999999999999999; do
	usage "-j '$jobs'" '^wmsdiff: .*from 1 to 64' -j "$jobs" "$before"
done
# repeat N WORD ...: the words so many times
repeat() {
	repeat_left=$1
	shift
	while [ $((repeat_left -= 1)) -ge 0 ]; do
		printf '%s\n' "$@"
	done
}
# Each limit of the command line, and one more.
# shellcheck disable=SC2046 # one argument a line
{
	status 0 'as many snapshots as there may be' "$WMSDIFF" -q -o - $(repeat 64 "$before")
	is "$(grep -c '<snapshot ' "$tmp/out")" 64 'all are in the report'
	usage 'too many snapshots' '^wmsdiff: too many snapshots' $(repeat 65 "$before")
	status 0 'as many --key as there may be' \
		"$WMSDIFF" -q -o - $(repeat 64 --key Software) "$before" "$before"
	is "$(grep -c '<compared_key ' "$tmp/out")" 64 'each of them is compared'
	usage 'too many --key' '^wmsdiff: too many --key: 64 at most' \
		"$before" $(repeat 65 --key Software)
	usage 'too many --log' '^wmsdiff: too many --log: 16 at most' \
		"$before" $(repeat 17 --log "$before")
}
usage 'a file that is read as an option' "unrecognized option" "--$(basename "$before")"
ok 'is given behind --' sh -c 'cd "$2" && cp "$1" ./--hive && "$0" -q -o - -- --hive' \
	"$WMSDIFF" "$before" "$tmp"

untouched 'all of it'
done_testing
