#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Pages in a real browser: no script runs, nothing is fetched, nothing overflows on a
# phone and on a desk, and axe-core finds nothing.  Needs Chromium, node, and npm to get
# playwright-core and axe-core into a temporary folder (or NODE_TOOLS, a folder that has
# them); skipped without.  With SCREENSHOTS=FOLDER the pages are left there as pictures.
# shellcheck source=tests/lib.sh
. "${srcdir:?is set by make check}/tests/lib.sh"
# shellcheck source=tests/reports.shlib
. "$srcdir/tests/reports.shlib"
need chromium node
# A browser takes minutes, and shows the same pages whichever build made them.
if "${NM:-nm}" "$WMSDIFF" | grep -q ' __asan_init'; then
	skip_all 'left to the build without sanitizers'
fi
"$WMSDIFF" --version | grep -q '^libxslt ' || skip_all 'built without HTML'
S=$SAMPLES_DIR

tools=${NODE_TOOLS:-}
if [ -z "$tools" ]; then
	need npm
	tools=$tmp/tools
	mkdir -p "$tools"
	(cd "$tools" && HOME=$tmp timeout -k 1 120 npm install --no-audit --no-fund --ignore-scripts \
		playwright-core axe-core >"$tmp/npm.log" 2>&1 </dev/null) ||
		skip_all 'npm cannot get playwright-core and axe-core'
fi
mkdir -p "$tmp/pages" "${SCREENSHOTS:=$tmp/shots}"

set -- --mapi32 "$S/exchange2000-mapi32.dll" --modules "$S/exchange2000-tlist-m.txt" \
	--modules "$S/exchange2000-tlist-s.txt" --system "$S/exchange2000-SYSTEM" \
	--software "$S/exchange2000-SOFTWARE"
"$WMSDIFF" -q -o "$tmp/x" --html "$tmp/pages/incident.html" --restore "$tmp/reg" "$@" \
	"$S/exchange2000-before.DEFAULT" "$S/exchange2000-after.DEFAULT" >"$tmp/out" 2>&1
"$WMSDIFF" -q -o "$tmp/x" --html "$tmp/pages/alone.html" \
	"$S/exchange2000alone-after.DEFAULT" >"$tmp/out" 2>&1
"$WMSDIFF" -q -o "$tmp/x" --html "$tmp/pages/log.html" \
	"$S/exchange2000log-before.DEFAULT" "$S/exchange2000log-after.DEFAULT" >"$tmp/out" 2>&1
"$WMSDIFF" -q -o "$tmp/x" --html "$tmp/pages/outlook.html" --key \\ \
	"$S/outlook-before.NTUSER.DAT" "$S/outlook-after.NTUSER.DAT" >"$tmp/out" 2>&1
hostile_names >"$tmp/names"
report_of "$tmp/names" >"$tmp/hostile.xml"
report_of "$tmp/names" 10000 >"$tmp/many.xml"
echo '<report xmlns="urn:wmsdiff:report:1"/>' >"$tmp/nothing.xml"
for name in hostile many nothing; do
	"$WMSDIFF" --render "$tmp/$name.xml" --html "$tmp/pages/$name.html"
done

# A page of which each check must complain, so that none can be silent for another reason.
cat >"$tmp/bad.html" <<'HTML'
<!DOCTYPE html><html><head><title>x</title><style>h2 { border-bottom: 0 }</style></head>
<body><h2>x</h2><div style="width: 3000px">wide</div><img src="nowhere.png">
<script>window.pwned = 1; console.log("ran")</script></body></html>
HTML
browse() {
	(cd "$tools" && timeout -k 5 500 node "$srcdir/tests/chromium.mjs" "$(command -v chromium)" \
		node_modules/axe-core/axe.min.js "$@" </dev/null)
}
browse - "$tmp/bad.html" >"$tmp/bad.tap" 2>&1
for check in 'desk: nothing overflows' 'desk: no script ran' 'desk: nothing was fetched' \
	'desk: there is no script' 'desk: its own style' 'desk: axe-core finds no violation'; do
	ok "would be seen: not $check" grep -q "^not ok .*$check" "$tmp/bad.tap"
done

browse "$SCREENSHOTS" "$tmp"/pages/*.html >"$tmp/tap" 2>"$tmp/err"
ok 'the browser got through' grep -q '^1\.\.' "$tmp/tap"
while IFS= read -r line; do
	case $line in
	'ok '*) tap ok "${line#ok * - }" ;;
	'not ok '*) tap 'not ok' "${line#not ok * - }" ;;
	1..*) ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$tmp/tap"
done_testing
