#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Subjects side by side: what comes out does not depend on how many threads there are, nor
# on which subject is done first.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint sha256sum

srcdir=$(cd "$srcdir" && pwd) builddir=$(cd "$builddir" && pwd)
domain=S-1-5-21-1085031214-1563985344-725345543
mkdir "$tmp/w"
cd "$tmp/w" || exit 99

# hive PATH NAME SID HOURS PROFILE...
hive() {
	mkdir -p "$(dirname "$1")"
	"$builddir/tests/help/user-hive" "$@" || exit 99
}

# A user in ten lost a profile; the first ones are larger, so that others overtake them.
i=0
while [ $i -lt 30 ]; do
	extra=
	[ $i -gt 3 ] || extra=$(seq -f 'P%.0f' 300)
	lost=
	[ $((i % 10)) -ne 5 ] || lost=-
	# shellcheck disable=SC2086 # many words
	hive "before/C/Users/u$i/NTUSER.DAT" u$i "$domain-$((1000 + i))" 0 Work $extra
	# shellcheck disable=SC2086
	hive "after/C/Users/u$i/NTUSER.DAT" u$i "$domain-$((1000 + i))" 5 ${lost}Work $extra
	i=$((i + 1))
done
# What cannot be read whole, each with a line of its own: cells of the later hive.
for i in 0 7 8 20; do
	size=$(wc -c <after/C/Users/u$i/NTUSER.DAT)
	head -c $((size - 4096)) after/C/Users/u$i/NTUSER.DAT >short &&
		mv short after/C/Users/u$i/NTUSER.DAT
done
sample=$SAMPLES_DIR/exchange2000
mkdir -p after/C/WINNT/system32/config
cp "$sample-SYSTEM" after/C/WINNT/system32/config/system
cp "$sample-SOFTWARE" after/C/WINNT/system32/config/software
cp "$sample-Application.evt" after/C/WINNT/system32/config/AppEvent.Evt
# Cut short.
head -c 3000 "$sample-mapi32.dll" >after/C/WINNT/system32/mapi32.dll
html=
if "$WMSDIFF" --version | grep -q '^libxslt '; then
	html='--html page.html'
fi

# run JOBS: with all that can be written, into out
run() {
	rm -rf out
	# shellcheck disable=SC2086 # option and file
	status 2 "all of it, $1 at a time" "$WMSDIFF" -j "$1" before after --output-dir out $html \
		--timeline t.csv --timeline t.jsonl --restore reg --save-image img
	find out -type f | sort | while IFS= read -r file; do
		echo "== $file"
		sed -e '/<dfxml:command_line>/d' -e '/<dfxml:start_time>/d' \
			-e 's/ -j [0-9]* / /' -e '/<p class="colophon/d' "$file" |
			grep -av -e 'start_time' -e 'Made ' -e '-j'
	done >"all$1"
	cp "$tmp/out" "screen$1"
	cp "$tmp/err" "told$1"
}

SOURCE_DATE_EPOCH=1600000000
export SOURCE_DATE_EPOCH
run 1
for jobs in 2 7; do
	run $jobs
	ok "$jobs: the same is written" cmp all1 all$jobs
	ok "$jobs: the same is on the screen" cmp screen1 screen$jobs
	ok "$jobs: the same is told, in the same order" cmp told1 told$jobs
done
is "$(sed 's/^wmsdiff: after.C.//; s/[:\/].*//' told1 | uniq -c | tr -s ' ')" \
	"$(printf ' 1 WINNT\n 4 Users')" 'what serves all is told once'
is "$(sed -n 's/.*Users.\(u[0-9]*\).*/\1/p' told1 | tr '\n' ' ')" 'u0 u20 u7 u8 ' \
	'the others in their order'
status 2 'lines' "$WMSDIFF" -j 2 before after --format csv
is "$(cut -d , -f 1,4 "$tmp/out" | grep -c ',deleted')" 3 'who lost what'
is "$(grep -c . "$tmp/err")" 5 'and what could not be read is told'

# ---- what is told meanwhile ----

status 2 'each stage' "$WMSDIFF" -v -j 2 before after --output-dir out
is "$(grep -cv '^wmsdiff: ' "$tmp/err")" 0 'lines are whole'
is "$(grep -c 'Users.*NTUSER.DAT: reading and hashing: ' "$tmp/err")" 60 'one for each hive'
is "$(grep -c 'mapi32.dll\|reading what was given beside the hives' "$tmp/err")" 2 \
	'what lies beside is read once'

# ---- one that fails ----

mkdir -p one two
hive one/C/Users/x/NTUSER.DAT x "$domain-1" 0 Work
hive two/C/Users/x/NTUSER.DAT x "$domain-1" 5 Work
hive one/C/Users/y/NTUSER.DAT y "$domain-2" 0 Work
hive two/C/Users/y/NTUSER.DAT y "$domain-2" 5 Work
mkdir out2
: >out2/x
status 2 'one cannot be put out' "$WMSDIFF" one two --output-dir out2
is "$(grep -c . "$tmp/err")$(grep -c 'out2/x: ' "$tmp/err")" 11 'is told'
ok 'the other is there' test -s out2/y/report.xml
is "$(cut -d , -f 1,4 out2/findings.csv | sed 1d | sort | tr '\n' ' ')" 'x,unreadable y,unchanged ' \
	'the index says so'

done_testing
