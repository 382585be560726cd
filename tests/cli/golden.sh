#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whole reports and pages against those in tests/cli/golden, byte by byte but for what differs
# from machine to machine.  The hives are made by tests/help/golden-hives.c.  After a change
# that is meant, GOLDEN_UPDATE=1 writes the files anew; their difference is then to be
# read, and values in it to be checked.
#
# The values were checked against other tools: file hashes, and the hash of every byte run
# over the bytes at its offset, with sha256sum; keys, types, times and the data of every
# value with reglookup and hivexml; the digests of profiles and the names' UTF-16 with a
# script of its own; bounds, kinds and names against the recipe; what is recovered and lost
# with a script that holds each cell of the earlier hive against the bytes of the later one.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/normal.shlib
. "$srcdir/tests/help/normal.shlib"
golden=$srcdir/tests/cli/golden

# golden NAME GOT: the same as the file of that name
golden() {
	normal "$2" >"$tmp/normal"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$golden"
		cp "$tmp/normal" "$golden/$1"
	fi
	if diff "$golden/$1" "$tmp/normal" >"$tmp/difference"; then
		tap ok "$1"
	else
		tap 'not ok' "$1"
		note "$(head -n 40 "$tmp/difference")"
	fi
}

# report NAME ARGUMENT...: of that pair, at a fixed time
report() {
	report_name=$1
	shift
	(cd "$tmp" && SOURCE_DATE_EPOCH=1000000000 "$WMSDIFF" -o report.xml "$@" \
		"$report_name-before" "$report_name-after" >page)
	is $? 1 "$report_name: a profile is gone"
	golden "$report_name.xml" "$tmp/report.xml"
	golden "$report_name.txt" "$tmp/page"
	(cd "$tmp" && SOURCE_DATE_EPOCH=1000000000 "$WMSDIFF" --full -o report.xml "$@" \
		"$report_name-before" "$report_name-after" >page)
	golden "$report_name-full.txt" "$tmp/page"
}

ok 'the hives are made' "$builddir/tests/help/golden-hives" "$tmp"
report ansi --case 2002-17 --examiner 'A. Nobody'
report names --key 'Software\Microsoft\Office'
done_testing
