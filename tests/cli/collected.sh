#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What of folders and archives could not be used, and what is told of it: a line each, exit
# status 2, and the rest is done.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint

srcdir=$(cd "$srcdir" && pwd) builddir=$(cd "$builddir" && pwd)
mkdir "$tmp/w"
cd "$tmp/w" || exit 99
a=S-1-5-21-1085031214-1563985344-725345543-1001

# hive PATH NAME SID HOURS PROFILE...
hive() {
	mkdir -p "$(dirname "$1")"
	"$builddir/tests/help/user-hive" "$@" || exit 99
}

hive before/jdoe jdoe $a 0 Work Home
hive after/jdoe jdoe $a 5 -Work Home

# ---- nobody ----

mkdir other
cp "$SAMPLES_DIR/exchange2000-SYSTEM" other/x1
status 2 'no user at all' "$WMSDIFF" other -o report.xml
is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 'is told in one line'
ok 'and nothing is written' test ! -e report.xml
status 2 'no such folder' "$WMSDIFF" none --output-dir out
is "$(cat "$tmp/err")" 'wmsdiff: none: No such file or directory' 'is told'
ok 'and nothing is made' test ! -e out

# ---- something beside the rest ----

status 2 'one of three is not there' "$WMSDIFF" before none after -q -o report.xml
is "$(grep -c '^wmsdiff: none: ' "$tmp/err")" 1 'is told'
load report.xml
is "$(list //change/@kind) $(query //summary/@exit_status)" 'deleted 2' 'the others are compared'
is "$(list '//diagnostic[@severity="error"]/@code')" operand_unusable 'the report tells it, too'

# What begins as a hive and is none.
printf 'regf' >after/broken
status 2 'a hive that is none' "$WMSDIFF" before after -q -o report.xml
is "$(wc -l <"$tmp/err" | tr -d ' ')$(grep -c '^wmsdiff: after/broken' "$tmp/err")" 11 \
	'is told in one line'
load report.xml
is "$(list //change/@kind)" deleted 'the others are compared'
is "$(list '//diagnostic[@severity="error"]/@code' | sort -u)" file_unreadable \
	'the report tells it, too'
status 2 'with an index' "$WMSDIFF" before after --output-dir out
is "$(tail -n 1 "$tmp/out")" 'index       out/index.html (exit status 2)' 'it has the status'
ok 'and says why' grep -q 'not all that was given could be read' out/index.html
is "$(grep -c ',unread,.*,after/broken: ' out/findings.csv)$(
	grep -c '"kind":"unread","note":"after/broken: ' out/findings.jsonl)" 11 \
	'the tables say what could not be read'
is "$(sed -n '/id="page-unread"/,/<.section>/p' out/index.html | grep -c '<li.*after/broken: ')" 1 \
	'so does the page'
rm -r after/broken out

# Too short to be read, it costs nothing of the other states.
mkdir -p mid/C/Users/jdoe
head -c 8191 before/jdoe >mid/C/Users/jdoe/NTUSER.DAT
status 2 'a state that is cut' "$WMSDIFF" before mid after -q -o report.xml
is "$(grep -c '^wmsdiff: mid/C/Users/jdoe/NTUSER.DAT: 0x1fff: the file ends' "$tmp/err")" 1 'is told'
load report.xml
is "$(count //snapshot) $(list //change/@kind)" '2 deleted' 'the others are compared'
rm -r mid

# What is called as a hive and is none: its place is not empty.
hive was/C/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive was/C/Users/asmith/NTUSER.DAT asmith ${a}1 0 Work
hive is/C/Users/asmith/NTUSER.DAT asmith ${a}1 5 Work
status 1 'a hive is missing' "$WMSDIFF" was is --user jdoe -q -o report.xml
mkdir is/C/Users/jdoe
place=is/C/Users/jdoe/NTUSER.DAT
for what in 'empty' 'its first bytes' 'a link' 'a device, socket or pipe'; do
	rm -f "$place"
	case $what in
	empty) : >"$place" ;;
	its*) head -c 20000 /dev/zero >"$place" ;;
	*link) ln -s /dev/null "$place" ;;
	*pipe) mkfifo "$place" ;;
	esac
	status 2 "in its place: $what" "$WMSDIFF" was is --user jdoe -q -o report.xml
	is "$(grep -c "^wmsdiff: $place: is called as a user's hive is, and is none: .*$what" "$tmp/err")" 1 'is told'
	load report.xml
	is "$(query //unpaired/@kind)" unknown 'and the hive is not said to be missing'
done
rm "$place"
: >"$place.LOG1"
: >is/C/Users/jdoe/ntuser.ini
status 1 'an empty log is no hive' "$WMSDIFF" was is --user jdoe -q -o report.xml
rm -r is/C/Users/jdoe
ln -s /nonexistent is/C/Users/jdoe
status 2 'the folder is a link' "$WMSDIFF" was is --user jdoe -q -o report.xml
load report.xml
is "$(query //unpaired/@kind)" unknown 'and was not read'

# More listings than one run takes.
i=0
while [ $i -lt 17 ]; do
	{
		cat "$SAMPLES_DIR/exchange2000-tlist-s.txt"
		echo "$i"
	} >"after/t$i.txt"
	i=$((i + 1))
done
status 2 'too many listings' "$WMSDIFF" before after -q -o report.xml
load report.xml
is "$(list '//diagnostic[@code="count_limit"]/@severity') $(count '//input[@role="modules"]')" \
	'error 16' 'are counted'
is "$(sed -n 1p "$tmp/err")" \
	'wmsdiff: listings of processes past the first 16 are not read: 1' 'are told'
rm after/t*.txt

# Of many faults the first are told, and how many more there are.
i=0
while [ $i -lt 25 ]; do
	printf 'regf' >"after/broken$i"
	i=$((i + 1))
done
status 2 'many faults' "$WMSDIFF" before after -q -o report.xml
is "$(wc -l <"$tmp/err" | tr -d ' ') $(tail -n 1 "$tmp/err")" '21 wmsdiff: and 5 more' \
	'are told in part'

# A name with what acts on a terminal.
rm after/broken*
printf 'regf' >"after/$(printf 'x\033[31m\n')"
status 2 'a name with escapes' "$WMSDIFF" before after -q -o report.xml
is "$(tr -cd '\033' <"$tmp/err" | wc -c | tr -d ' ')$(wc -l <"$tmp/err" | tr -d ' ')" 01 \
	'is shown without, in one line'

# ---- why it is 2, where nothing else is shown ----

# A user of whom nothing tells whether the later hive is gone; one hive that is damaged.
rm -rf "$tmp/w"
mkdir "$tmp/w" && cd "$tmp/w" || exit 99
b=S-1-5-21-1085031214-1563985344-725345543-1002
mkdir -p before after damaged/C/Users/jdoe damaged/C/Users/asmith
hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 1 Work Home
hive before/C/Users/asmith/NTUSER.DAT asmith $b 1 Mail
hive after/asmith.DAT asmith $b 9 Mail
cp before/C/Users/asmith/NTUSER.DAT damaged/C/Users/asmith
cp before/C/Users/jdoe/NTUSER.DAT damaged/C/Users/jdoe
# the size of the first cell, which is the root key's
printf XXXX | dd of=damaged/C/Users/jdoe/NTUSER.DAT bs=1 seek=4128 conv=notrunc 2>/dev/null
for later in after damaged; do
	for how in '' '--format csv' '--format jsonl' '--output-dir out' '--user jdoe --format csv' \
		'--user jdoe -o report.xml'; do
		# shellcheck disable=SC2086
		status 2 "$later: -q $how" "$WMSDIFF" before $later -q $how
		is "$(grep -c '^wmsdiff: .*jdoe' "$tmp/err")$(grep -c asmith "$tmp/err")" 10 'why is told'
	done
done

done_testing
