#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Pages in a real browser: no script runs, nothing is fetched, nothing overflows on a
# phone and on a desk, axe-core finds nothing, and the pictures show what they should.
# Needs Chromium, node, and npm to get playwright-core and axe-core into a temporary folder
# (or NODE_TOOLS, a folder that has them); skipped without.  With SCREENSHOTS=FOLDER the
# pages are left there as pictures.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"
# shellcheck source=tests/help/fleet.shlib
. "$srcdir/tests/help/fleet.shlib"
need chromium node
# A browser takes minutes, and shows the same pages whichever build made them.
if "${NM:-nm}" "$WMSDIFF" | grep -q ' __asan_init'; then
	skip_all 'left to the build without sanitizers'
fi
"$WMSDIFF" --version | grep -q '^libxslt ' || skip_all 'built without HTML'

tools=${NODE_TOOLS:-}
if [ -z "$tools" ]; then
	need npm
	tools=$tmp/tools
	mkdir -p "$tools"
	# The newest playwright-core wants node 20; Debian 12 has 18.
	playwright='playwright-core'
	[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || playwright='playwright-core@1.50'
	(cd "$tools" && HOME=$tmp timeout -k 1 120 npm install --no-audit --no-fund --ignore-scripts \
		"$playwright" axe-core >"$tmp/npm.log" 2>&1 </dev/null) ||
		skip_all 'npm cannot get playwright-core and axe-core'
fi
(cd "$tools" && node -e 'require("playwright-core")') >"$tmp/node.log" 2>&1 ||
	skip_all 'this node cannot run playwright-core'
mkdir -p "$tmp/pages" "$tmp/brief" "$tmp/bad" "${SCREENSHOTS:=$tmp/shots}"

# page NAME ARGUMENT...: the page of a run.  Those that show all parts are opened in every
# state, the others, which are made of the same parts, briefly.
page() {
	name=$1 folder=$tmp/brief
	shift
	case $name in
	incident | alone | log | outlook) folder=$tmp/pages ;;
	esac
	"$WMSDIFF" -q -o "$tmp/$name.xml" --html "$folder/$name.html" "$@" >"$tmp/out" 2>&1
}
# Evidence lies in deep folders; how deep must not depend on this machine, since the answer
# has to stand on the first sheet.
deep=cases/2026-0117/evidence-of-the-customer/exch01/tape-of-the-day/C/WINNT/system32/config
mkdir -p "$tmp/${deep%/*}"
ln -s "$SAMPLES_DIR" "$tmp/$deep"
cd "$tmp" || exit 99
# shellcheck disable=SC2034 # for samples()
restored=cases/2026-0117/restored SAMPLES_DIR=$deep
samples page
hostile_names >"$tmp/names"
report_of "$tmp/names" >"$tmp/hostile.xml"
report_of "$tmp/names" 10000 >"$tmp/many.xml"
echo '<report xmlns="urn:wmsdiff:report:1"/>' >"$tmp/nothing.xml"
sed 's|<summary |<x:note xmlns:x="urn:foreign"><x:script>window.pwned=1</x:script></x:note><summary |' \
	"$tmp/hostile.xml" >"$tmp/foreign.xml"
for name in hostile many nothing foreign; do
	"$WMSDIFF" --render "$tmp/$name.xml" --html "$tmp/pages/$name.html"
done

# The index over many: users of every state, what could not be read, a name without a blank.
long=averyveryverylongnamethathasnoblankinitandgoesonfor300pixelsandmore
# user OPERAND NAME HOURS PROFILE...
user() {
	user_folder=$1/C/Users/$2 user_name=$2 user_hours=$3
	shift 3
	mkdir -p "$user_folder"
	user_sid=S-1-5-21-1085031214-1563985344-725345543-$(printf %s "$user_name" | cksum | cut -c 1-4)
	"$builddir/tests/help/user-hive" "$user_folder/NTUSER.DAT" "$user_name" "$user_sid" "$user_hours" "$@"
}
for name in lost gone same changed unread doubt back "$long"; do
	user monday "$name" 1 Work Home
done
for name in lost "$long"; do
	user tuesday "$name" 5 -Work Home
done
for name in same doubt back; do
	user tuesday "$name" 1 Work Home
done
user tuesday changed 5 Work Home More
user tuesday new 5 Work
user noon back 3 -Work Home
printf XXXX | dd of=tuesday/C/Users/doubt/NTUSER.DAT bs=1 seek=4128 conv=notrunc 2>/dev/null
mkdir -p tuesday/C/Users/unread tuesday/C/Users/gone
echo text >tuesday/C/Users/unread/NTUSER.DAT
printf regf >"tuesday/$long$long"
"$WMSDIFF" -q monday noon tuesday --output-dir index --html page.html --restore reg >"$tmp/out" 2>&1
cp index/index.html brief/

# The index of a small fleet, by its page.
(
	SAMPLES_DIR=$builddir/samples
	sample_fleet "$tmp/fleet"
	"$WMSDIFF_REPORT" index "$tmp/fleet" >/dev/null 2>&1
)
cp "$tmp/fleet/index.html" "$tmp/pages/fleet.html"

# A page of which each check must complain, so that none can be silent for another reason.
cat >"$tmp/bad/incident.html" <<'HTML'
<!DOCTYPE html><html><head><title>x</title><style>h2 { border-bottom: 0; color: #eee }</style></head>
<body><h2>x</h2><div style="width: 3000px; height: 3px; background: red"></div><img src="nowhere.png">
<svg width="100" height="100"></svg><div id="page-answer" style="height: 2000px"></div>
<script>window.pwned = 1; console.log("ran")</script></body></html>
HTML
browse() {
	# Chromium makes a socket in a folder of its own there: its path may have 107 bytes.
	[ "${#tmp}" -lt 50 ] && browse_in=$tmp || browse_in=/tmp
	(cd "$tools" && TMPDIR=$browse_in timeout -k 5 900 node "$srcdir/tests/cli/chromium.mjs" "$(command -v chromium)" \
		node_modules/axe-core/axe.min.js "$@" </dev/null)
}
browse - "$tmp/bad/incident.html" >"$tmp/bad.tap" 2>&1
for check in 'desk: nothing overflows' 'desk: no script ran' 'desk: nothing was fetched' \
	'desk: there is no script' 'desk: its own style' 'dark: axe-core finds no violation' \
	'dark: the paper is dark' 'desk: the picture is neither blank' \
	'desk: its head can be read' 'desk: a margin is left' 'desk: the timeline is drawn' \
	'print: the answer stands on the first page'; do
	ok "would be seen: not $check" grep -q "^not ok .*$check" "$tmp/bad.tap"
done

browse "$SCREENSHOTS" "$tmp"/pages/*.html --brief "$tmp"/brief/*.html >"$tmp/tap" 2>"$tmp/err"
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
