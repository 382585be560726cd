#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The pictures in README.md, by `make picture`, as Debian's Chromium shows them: the page of
# the incident sample, its answer and its timeline; and the index of the sample fleet, of 40
# machines.  Other fonts give other letters and breaks.
set -eu
: "${srcdir:?is set by make}" "${builddir:?}" "${WMSDIFF:?}" "${SAMPLES_DIR:?}"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM
ln -s "$SAMPLES_DIR" "$work/samples"
cd "$work"
# Short paths, as in README.md; the time of the run stands at the end of the page.
SAMPLES_DIR=samples
SOURCE_DATE_EPOCH=1048248000
export SOURCE_DATE_EPOCH

# picture NAME PAGE: what Chromium shows of it, $width by $height
picture() {
	HOME=$work timeout 120 chromium --headless --no-sandbox --disable-gpu \
		--disable-lcd-text --force-device-scale-factor=1 --hide-scrollbars \
		--no-first-run --user-data-dir="$work/chromium" --screenshot="$work/page.png" \
		--window-size="$width,$height" "file://$work/$2" >chromium.log 2>&1 </dev/null || {
		cat chromium.log >&2
		exit 1
	}
	perl "$srcdir/doc/palette.pl" page.png "$1.png" "$width"
	cp "$1.png" "$srcdir/doc/$1.png"
}

page() {
	"$WMSDIFF" -q -o report.xml --html report.html --restore reg "$@"
}
ended=0
incident page || ended=$?
[ "$ended" -eq 1 ] || exit 1 # a profile is gone
width=1120 height=2052
picture incident report.html

# WS39 hangs: what runs it sleeps instead.
cat >stand-in <<END
#!/bin/sh
case "\$*" in
*/units/WS39*) exec sleep 1000 ;;
esac
exec '$WMSDIFF' "\$@"
END
chmod +x stand-in
"$builddir/wmsdiff-sweep" plan samples/fleet/before samples/fleet/after -o plan.tsv
"$builddir/wmsdiff-sweep" run plan.tsv --output-dir sweep --time-limit 20 \
	--wmsdiff ./stand-in || ended=$?
[ "$ended" -eq 2 ] || exit 1 # one is damaged, and one hangs
width=1120 height=2940
picture fleet sweep/index.html
