#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports are input: whatever they are, the index is made of the others, in little memory.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"

fleet=$tmp/fleet
mkdir "$fleet"
begin='<?xml version="1.0"?>
<report xmlns="urn:wmsdiff:report:1" xmlns:dfxml="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML" version="1.0">'
nothing='<series id="series1" subject="amy" role="user" user="amy"/>
<summary exit_status="0" verdict="no profile is gone"/>'
end='</report>'

# report NAME TEXT...: a report of that
report() {
	report_name=$1
	shift
	printf '%s\n' "$@" >"$fleet/$report_name.xml"
}

# repeat N TEXT: the text so often
repeat() {
	awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

report good "$begin" "$nothing" "$end"
report deep "$begin" "$(repeat 100000 '<x>')"
report attribute "$begin" "<series id=\"$(repeat 1200000 0123456789)\"/>" "$end"
report many_attributes "$begin<x $(repeat 300000 'a="" ')/>" "$nothing" "$end"
report entities '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
	<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>' \
	"$begin&d;&d;&d;" "$nothing" "$end"
report fetched '<!DOCTYPE r SYSTEM "fetched.dtd">' "$begin" "$nothing" "$end"
report included "$begin" '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>' \
	"$nothing" "$end"
report text "$begin" "<diagnostic>$(repeat 200000 0123456789)</diagnostic>" "$nothing" "$end"
report empty
: >"$fleet/none.xml"
report twice "$begin" "$nothing" "$nothing" "$end"
report behind "$begin" "$nothing" "$end" "$begin"
printf '\377\376<\0r\0' >"$fleet/utf16.xml"
head -c 100000 /dev/urandom >"$fleet/random.xml"
mkdir "$fleet/folder.xml"
ln -s good.xml "$fleet/link.xml"
mkfifo "$fleet/fifo.xml"

# Memory for the program, its libraries, and not for what is thrown at it.  A sanitizer
# reserves more than that by itself.
cat >"$tmp/limited" <<'END'
# shellcheck disable=SC3045 # where there is none, memory is not limited
sh -c 'ulimit -v 250000 && "$0" --version; exit $?' "$WMSDIFF_REPORT" >/dev/null 2>&1 &&
	ulimit -v 250000
exec "$WMSDIFF_REPORT" "$@"
END
limited() {
	sh "$tmp/limited" "$@"
}
# lacks NAME TEXT FILE: it is nowhere in it
lacks() {
	is "$(grep -cF -e "$2" "$3")" 0 "$1"
}

status 2 'the index of hostile reports' limited index "$fleet"
is "$(sed -n 's/^good,/&/p' "$fleet/findings.csv" | cut -d , -f 1,2,5)" good,amy,none_found \
	'the good one is in it'
is "$(cut -d , -f 1,5 "$fleet/findings.csv" | sed 1d)" 'attribute,unreadable
behind,unreadable
deep,unreadable
empty,unreadable
entities,unreadable
fetched,unreadable
good,none_found
included,none_found
many_attributes,unreadable
none,unreadable
random,unreadable
text,unreadable
twice,unreadable
utf16,unreadable' 'and nothing of the others'
is "$(grep -c 'document type declaration' "$tmp/err")" 2 'a declaration is refused as such'
is "$(grep -cx '\(fifo\|link\).xml: is \(no file\|a link, and is not followed\)' "$tmp/err")" 2 \
	'what is no file is told'
lacks 'nothing of another file is in it' root: "$fleet/findings.csv"

# ---- large ones, which never stand in memory ----

rm -f "$fleet"/*.xml 2>/dev/null
report good "$begin" "$nothing" "$end"
# A hole of four gigabytes, which a file system holds without room: it is no text, and the
# reading ends there.
printf '%s\n<x>' "$begin" >"$fleet/large.xml"
if truncate -s 4300000000 "$fleet/large.xml" 2>/dev/null; then
	status 2 'a hole of 4 GB' limited index "$fleet"
	is "$(cut -d : -f 1-2 "$tmp/err")" 'large.xml: line 3' 'it is named'
fi
{
	printf '%s\n<x>' "$begin"
	repeat 2000000 0123456789012345678901234567890123456789
	printf '</x>%s%s' "$nothing" "$end"
} >"$fleet/large.xml"
status 0 '80 MB of text that is passed over' limited index "$fleet"
ok 'the report is in it' grep -q '^large,amy,' "$fleet/findings.csv"
rm "$fleet/large.xml"

# ---- names ----

# Whatever a name holds, it is a name: for SQL, HTML, CSV and a terminal.
mkdir "$tmp/names"
fleet=$tmp/names
# shellcheck disable=SC2016 # a name
for name in "'); DROP TABLE machine; --" '"><script>alert(1)' '=cmd()' '$(id)' \
	"$(printf 'a\033[31mb')" "$(printf 'a\377b')" "$(printf 'new\nline')" '-o' 'ä €'; do
	mkdir "$fleet/$name"
	printf '%s\n' "$begin" "<series id='x' user='&lt;b&gt; &quot;&apos;; DROP TABLE finding;&#x202e;' role='user'/>" \
		"<summary exit_status='0'/>" "$end" >"$fleet/$name/r.xml"
done
status 0 'hostile names' "$WMSDIFF_REPORT" index "$fleet"
is "$(sed 1d "$fleet/findings.csv" | wc -l)" 9 'a line each, and no more'
is "$(grep -c '^'"'"'=cmd()' "$fleet/findings.csv")" 1 'no formula'
lacks 'no control in the table' "$(printf '\033')" "$fleet/findings.csv"
is "$(grep -ciE '<script|<b>' "$fleet/index.html")" 0 'no markup in the page'
lacks 'no control in the page' "$(printf '\033')" "$fleet/index.html"
if [ -e "$fleet/index.sqlite" ] && command -v sqlite3 >/dev/null; then
	is "$(sqlite3 -readonly "$fleet/index.sqlite" "SELECT count(*) FROM machine
		WHERE name IN ('''); DROP TABLE machine; --', '=cmd()', 'ä €')")" 3 \
		'in the database they are what they are'
	is "$(sqlite3 -readonly "$fleet/index.sqlite" 'SELECT count(*) FROM finding')" 9 \
		'the tables are there'
fi
# What is said of it acts on no terminal.
printf '<x/>' >"$fleet/$(printf 'a\033[31mb')/bad.xml"
status 2 'a bad one of such a name' "$WMSDIFF_REPORT" index "$fleet"
lacks 'no control in the messages' "$(printf '\033')" "$tmp/err"

# ---- a full disk, and a folder that cannot be written ----

mkdir "$tmp/disk"
cp "$fleet/-o/r.xml" "$tmp/disk/pc1.xml"
# shellcheck disable=SC2016 # the inner shell expands
status 2 'a disk that is full' sh -c 'ulimit -f 1 && exec "$0" index "$1"' "$WMSDIFF_REPORT" \
	"$tmp/disk"
# SQLite has a sentence of its own.
is "$(sed 's|/[a-z.]*: |/FILE: |; s|disk I/O error|File too large|' "$tmp/err")" \
	"wmsdiff-report: $tmp/disk/FILE: File too large" 'is told'
is "$(find "$tmp/disk" -name '.wmsdiff-*')" '' 'nothing is left behind'
if [ -w /dev/full ]; then
	ln -s /dev/full "$tmp/disk/findings.csv"
	status 2 'a link that leads out of the folder' "$WMSDIFF_REPORT" index "$tmp/disk"
	is "$(cut -d : -f 1-2 "$tmp/err")" "wmsdiff-report: $tmp/disk/findings.csv" 'is named'
fi
if [ "$(id -u)" -ne 0 ]; then
	mkdir "$tmp/closed"
	chmod 555 "$tmp/closed"
	status 2 'a folder that cannot be written' "$WMSDIFF_REPORT" index "$tmp/closed"
	ok 'is told' grep -q 'Permission denied' "$tmp/err"
fi
done_testing
