#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The picture in README.md, by `make picture`: the page of the incident sample, its answer and
# its timeline, as Debian's Chromium shows it.  Other fonts give other letters and breaks.
set -eu
: "${srcdir:?is set by make}" "${WMSDIFF:?}" "${SAMPLES_DIR:?}"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"
width=1120 height=2052

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM
ln -s "$SAMPLES_DIR" "$work/samples"
cd "$work"
# Short paths, as in README.md; the time of the run stands at the end of the page.
SAMPLES_DIR=samples
SOURCE_DATE_EPOCH=1048248000
export SOURCE_DATE_EPOCH
page() {
	"$WMSDIFF" -q -o report.xml --html report.html --restore reg "$@"
}
ended=0
incident page || ended=$?
[ "$ended" -eq 1 ] || exit 1 # a profile is gone
HOME=$work timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-lcd-text \
	--force-device-scale-factor=1 --hide-scrollbars --no-first-run \
	--user-data-dir="$work/chromium" --screenshot="$work/page.png" \
	--window-size="$width,$height" "file://$work/report.html" >chromium.log 2>&1 </dev/null || {
	cat chromium.log >&2
	exit 1
}
perl "$srcdir/doc/palette.pl" page.png incident.png "$width"
cp incident.png "$srcdir/doc/incident.png"
