#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands under EXAMPLES in wmsdiff(1) run as they stand there, on the samples; what
# it and README.md show of the program's output is what the program prints.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

need xmllint sha256sum
samples=${SAMPLES_DIR:?is set by make check}

# The folders and files of which the manual speaks.
work=$tmp/work
mkdir -p "$work/bin" "$work/before" "$work/after"
ln -s "$WMSDIFF" "$work/bin/wmsdiff"
cp "${SCHEMA_DIR:?is set by make check}"/*.xsd "$work"
for state in before after; do
	cp "$samples/outlook-$state.NTUSER.DAT" "$work/$state/NTUSER.DAT"
	cp "$samples/exchange2000-$state.DEFAULT" "$work/$state/DEFAULT"
done
mkdir "$work/monday" "$work/tuesday" "$work/wednesday" "$work/disk" "$work/copy"
cp "$work/before/DEFAULT" "$work/monday"
cp "$work/before/DEFAULT" "$work/tuesday"
cp "$work/after/DEFAULT" "$work/wednesday"
for end in '' .LOG1 .LOG2; do
	cp "$samples/outlook2016log-after.NTUSER.DAT$end" "$work/disk/NTUSER.DAT$end"
done
cp "$work/disk/NTUSER.DAT" "$work/copy"
cp "$samples/exchange2000-mapi32.dll" "$work/Mapi32.dll"
for name in tlist-m.txt tlist-s.txt SYSTEM SOFTWARE Application.evt; do
	cp "$samples/exchange2000-$name" "$work/$name"
done
# Two users, of whom one lost a profile; and the exports of that one's list.
domain=S-1-5-21-1085031214-1563985344-725345543
branch='HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem'
for state in before after; do
	users=$work/$state-users/Users
	mkdir -p "$users/jdoe" "$users/asmith"
	hours=1 work_profile=Work
	[ $state = before ] || hours=9 work_profile=-Work
	"$builddir/tests/help/user-hive" "$users/jdoe/NTUSER.DAT" jdoe $domain-1001 $hours $work_profile Home
	"$builddir/tests/help/user-hive" "$users/asmith/NTUSER.DAT" asmith $domain-1002 $hours Mail
	{
		printf 'Windows Registry Editor Version 5.00\n\n[%s]\n\n' "$branch"
		printf '[%s\\Profiles]\n\n[%s\\Profiles\\Home]\n' "$branch" "$branch"
		[ $state = after ] || printf '\n[%s\\Profiles\\Work]\n' "$branch"
	} >"$work/$state.reg"
	if command -v bsdtar >/dev/null; then
		(cd "$work/$state-users" && bsdtar -a -cf "../users-$state.zip" Users)
	fi
done
archives=
if [ -e "$work/users-after.zip" ] && "$WMSDIFF" --version | grep -q '^libarchive '; then
	archives=1
fi
pages=1
"$WMSDIFF" --version | grep -q '^libxslt ' || pages=

# One command in a file: "$ " begins it, "> " or a backslash at the end goes on with it.
awk -v folder="$tmp/command" '
	/^\.Sh / { inside = $0 == ".Sh EXAMPLES" }
	!inside || /^\./ { open = 0; next }
	{ gsub(/\\e/, "\\") }
	/^\$ / { file = sprintf("%s%02d", folder, ++n); open = 1 }
	open { sub(/^[$>] /, ""); print >file }
' "$srcdir/doc/wmsdiff.1"

ok 'there are examples' test -s "$tmp/command01"
for command in "$tmp"/command*; do
	name=$(head -n 1 "$command")
	if ! [ "$pages" ] && grep -q -e --html "$command"; then
		skip 1 "built without HTML ($name)"
		continue
	fi
	if ! [ "$archives" ] && grep -q '\.zip' "$command"; then
		skip 1 "no archives ($name)"
		continue
	fi
	# Before and after are of one user: those of the copy are another's.
	sample=outlook
	! grep -q copy/ "$command" || sample=outlook2016log
	cp "$samples/$sample-before.NTUSER.DAT" "$work/before/NTUSER.DAT"
	ended=0
	(cd "$work" && PATH=$work/bin:$PATH exec sh -eu "$command") \
		>"$tmp/out" 2>"$tmp/err" </dev/null || ended=$?
	# 1: a profile is gone, as it should be.  Trouble has more, or a message.
	if [ "$ended" -le 1 ] && ! grep -q '^wmsdiff: ' "$tmp/err"; then
		tap ok "$name"
	else
		tap 'not ok' "$name"
		note "$(cat "$command")" "status $ended" "$(cat "$tmp/out" "$tmp/err")"
	fi
done

# ---- output that is shown ----

# A block with a verdict is an example: its commands, or else that of "bootstrap run", and
# what they print.
awk -v folder="$tmp/shown" '
	/^```/ && !inside { inside = 1; n = shows = 0; next }
	/^```/ {
		inside = 0
		if (!shows)
			next
		file = sprintf("%s%02d", folder, ++blocks)
		printf "" >(file ".sh")
		for (i = 1; i <= n; i++)
			if (sub(/^[$>] /, "", lines[i]))
				print lines[i] >(file ".sh")
			else
				print lines[i] >(file ".txt")
	}
	inside { lines[++n] = $0; shows = shows || /^wmsdiff: / }
' "$srcdir/README.md"

# same SHOWN PRINTED: the same lines; "[...]" stands for what is left out of a line, and
# alone in one for any lines
same() {
	awk -v shown="$1" '
		function fits(line, printed,    at, end) {
			at = index(line, "[...]")
			if (!at)
				return line == printed
			end = substr(line, at + 5)
			return substr(line, 1, at - 1) == substr(printed, 1, at - 1) &&
				end == substr(printed, length(printed) - length(end) + 1)
		}
		{ printed[NR] = $0 }
		END {
			at = 1
			while (!bad && (getline line <shown) > 0) {
				if (line == "[...]") {
					free = 1
					continue
				}
				while (free && at <= NR && !fits(line, printed[at]))
					at++
				free = 0
				bad = at > NR || !fits(line, printed[at])
				if (bad)
					printf "shown: %s\nprinted: %s\n", line, printed[at]
				at++
			}
			exit bad || (!free && at <= NR)
		}' "$2"
}

# The folder in which "bootstrap run" was called.
mkdir -p "$tmp/checkout/build"
ln -s "$samples" "$tmp/checkout/build/samples"
ln -s "$WMSDIFF" "$tmp/checkout/build/wmsdiff"
ok 'README.md shows what the program prints' test -s "$tmp/shown01.txt"
for shown in "$tmp"/shown*.txt; do
	commands=${shown%.txt}.sh
	if ! [ -s "$commands" ]; then
		sed -n '/^incident() {/,/^}/{//d;p;}' "$srcdir/bootstrap" >"$commands"
	fi
	# One folder, as where somebody follows them: what one leaves there is no other's.
	rm -f "$tmp/checkout/report.xml"
	(cd "$tmp/checkout" && exec sh -u "$commands") >"$tmp/printed" 2>&1 </dev/null
	ok "what it prints: $(grep -m 1 '^wmsdiff: ' "$shown") ($(sed 's/ *#.*//' "$commands" |
		head -n 1))" same "$shown" "$tmp/printed"
done

# ---- the pictures ----

bytes() {
	od -An -v -tx1 | tr -d ' \n'
}
# The sizes that the recipe states: width and height, then the name.
sed -n 's/^width=\([0-9]*\) height=\([0-9]*\)$/\1 \2/p; s/^picture \([a-z]*\) .*/\1/p' \
	"$srcdir/doc/picture.sh" | paste -d ' ' - - >"$tmp/pictures"
is "$(cut -d ' ' -f 3 "$tmp/pictures" | tr '\n' ' ')" 'incident fleet ' 'there are two pictures'
while read -r width height name; do
	picture=$srcdir/doc/$name.png
	is "$(head -c 8 "$picture" | bytes)$(tail -c 12 "$picture" | bytes)" \
		89504e470d0a1a0a0000000049454e44ae426082 "$name: the picture is a PNG, and whole"
	is "$(head -c 24 "$picture" | tail -c 8 | bytes)" "$(printf '%08x%08x' "$width" "$height")" \
		'of the size that its recipe states'
	ok 'and of less than 300 kB' test "$(wc -c <"$picture")" -lt 300000
	is "$(grep -cE "^!\[.{80,}\]\(doc/$name\.png\)\$" "$srcdir/README.md")" 1 \
		'README.md shows it, and says what is to be seen'
done <"$tmp/pictures"

awk '
	/^\.Sh / { inside = $0 == ".Sh OUTPUT" }
	/^\.Ed/ { literal = 0 }
	inside && literal { gsub(/\\e/, "\\"); print >file }
	/^\.Bd -literal/ { literal = 1; file = base (++n) }
' base="$tmp/shown." "$srcdir/doc/wmsdiff.1"
ok 'wmsdiff(1) shows what the program prints' test -s "$tmp/shown.2"
for form in 1: 2:--full; do
	# shellcheck disable=SC2086 # there may be no option
	(cd "$work" && PATH=$work/bin:$PATH exec wmsdiff ${form#*:} -o report.xml \
		before/NTUSER.DAT after/NTUSER.DAT) >"$tmp/printed" 2>&1 </dev/null
	ok "what it prints ${form#*:}" same "$tmp/shown.${form%:*}" "$tmp/printed"
done
done_testing
