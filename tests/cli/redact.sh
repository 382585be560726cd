#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --redact: no output holds what looks like personal data in the strings of the evidence.
# What that is is taken from the bytes by strings(1) and awk, which know nothing of hives;
# that the search finds something is shown by outputs that are not redacted.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need xmllint strings iconv awk

samples=${SAMPLES_DIR:?is set by make check}
# Names that the recipes give and that have no form by which a search could know them.
names='mkeller
martina keller
jnowak
exch01
exch02
archive 2009
shared mailbox
gwise'

# texts FILE...: all strings of one-byte and of two-byte characters, a line each
texts() {
	for file; do
		strings -a -n 4 "$file"
		strings -a -el -n 4 "$file"
		# Beyond ASCII, at even and at odd offsets.
		iconv -c -f UTF-16LE -t UTF-8 "$file" 2>/dev/null
		tail -c +2 "$file" | iconv -c -f UTF-16LE -t UTF-8 2>/dev/null
	done | LC_ALL=C tr -c ' -~\200-\377' '\n'
}

# personal FILE...: addresses, security ids of accounts, paths, DNs, names of servers, and
# the names of users in them.  What Windows has on every machine, and words that the program
# has sentences with, are nobody's.
personal() {
	texts "$@" >"$tmp/texts"
	LC_ALL=C grep -aoE '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}|S-1-5-21(-[0-9]+)+|[A-Za-z]:\\[^"<>|*?]{3,}|\\\\[A-Za-z0-9._-]+\\[^"<>|*?]+|/[oO]=[^";]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.(com|org|net|local|example)$' \
		"$tmp/texts" | sort -u >"$tmp/found"
	{
		cat "$tmp/found"
		LC_ALL=C grep -aoiE '(\\Users\\|\\Documents and Settings\\|/cn=Recipients/cn=|/cn=Servers/cn=)[^\\/;]+' \
			"$tmp/found" | sed 's/.*[\\=]//'
		printf '%s\n' "$names"
	} | awk 'length($0) > 4' | sort -u |
		grep -vixE 'default|default user|all users|public|administrator|backup|exchange|system'
}

# folded FILE...: in lower case, separators as "/" whatever they were escaped as; then the
# same without anything but letters and digits
folded() {
	LC_ALL=C sed -e 's/&amp;/\&/g' -e 's/&lt;/</g' -e 's/%5[cC]/\//g' -e 's/\\\\/\//g' \
		-e 's/\\/\//g' "$@" | LC_ALL=C tr 'A-Z' 'a-z'
}
bare() {
	LC_ALL=C tr -cd 'a-z0-9\n\200-\377'
}

# leaks FOLDER: what of $tmp/personal stands in the files there, but for the list
leaks() {
	folded "$tmp/personal" | sort -u >"$tmp/searched"
	bare <"$tmp/searched" | awk 'length($0) > 7' | sort -u >"$tmp/searched.bare"
	find "$1" -type f ! -name '*.list' >"$tmp/files"
	while read -r file; do
		folded "$file" >"$tmp/folded"
		LC_ALL=C grep -aoFf "$tmp/searched" "$tmp/folded"
		bare <"$tmp/folded" | LC_ALL=C grep -aoFf "$tmp/searched.bare"
	done <"$tmp/files" | sort -u
	# Names of files and folders are outputs as well.
	folded "$tmp/files" | sed "s|^$tmp||" | grep -Ff "$tmp/searched"
}

# put_out FOLDER ARGUMENT...: every output of a run; its status in $worst
put_out() {
	to=$1
	shift
	mkdir -p "$to"
	worst=0
	timeout -k 1 120 "$WMSDIFF" -o "$to/report.xml" --html "$to/page.html" \
		--timeline "$to/t.jsonl" --timeline "$to/t.csv" --timeline "$to/t.body" \
		"$@" >"$to/summary" 2>"$to/told" || worst=$?
	timeout -k 1 120 "$WMSDIFF" --full -o /dev/null "$@" >"$to/full" 2>&1 || :
	timeout -k 1 120 "$WMSDIFF" --format csv "$@" >"$to/findings.csv" 2>&1 || :
	timeout -k 1 120 "$WMSDIFF" --format jsonl "$@" >"$to/findings.jsonl" 2>&1 || :
}

# clean NAME ARGUMENT...: outputs of these files hold nothing that is personal, are valid,
# and the run says the same as one that is not redacted.  $tmp/personal is made before.
clean() {
	name=$1
	shift
	rm -rf "$tmp/plain" "$tmp/redacted"
	put_out "$tmp/plain" "$@"
	plain=$worst
	put_out "$tmp/redacted" --redact "$@"
	is "$worst" "$plain" "$name: the status is the same"
	is "$(leaks "$tmp/redacted")" '' "$name: nothing personal"
	[ ! -s "$tmp/plain/report.xml" ] || ok "$name: the report is valid" \
		xmllint --noout --huge --schema "$SCHEMA_DIR/report.xsd" \
		"$tmp/redacted/report.xml"
}

# ---- the samples ----

personal "$samples/outlook-before.NTUSER.DAT" "$samples/outlook-after.NTUSER.DAT" \
	>"$tmp/personal"
clean outlook "$samples/outlook-before.NTUSER.DAT" "$samples/outlook-after.NTUSER.DAT"
ok 'outlook: the search finds them where nothing is redacted' \
	grep -q 'mkeller@example.com' "$tmp/plain/report.xml"
ok 'outlook: more than ten of them' test "$(leaks "$tmp/plain" | grep -c .)" -gt 10
for kept in '1 profile is gone' '2016-03-14 13:31:52 UTC' 'user-1' 'profile-1'; do
	ok "outlook: the summary has \"$kept\"" grep -q "$kept" "$tmp/redacted/summary"
done

is "$(xmllint --xpath "string(//*[local-name() = 'redacted' and @kind = 'sid']/@texts)" \
	"$tmp/redacted/report.xml")" 1 'outlook: the one security id is counted'
is "$(xmllint --xpath "count(//*[local-name() = 'cellobject'])" \
	"$tmp/redacted/report.xml")" 0 'outlook: there are no raw cells'
is "$(xmllint --xpath "string(//*[local-name() = 'left_out' and @what = 'cells']/@count)" \
	"$tmp/redacted/report.xml")" \
	"$(xmllint --xpath "count(//*[local-name() = 'cellobject'])" "$tmp/plain/report.xml")" \
	'outlook: and so many are counted'

personal "$samples"/outlook2016log-* >"$tmp/personal"
clean outlook2016log "$samples/outlook2016log-before.NTUSER.DAT" \
	"$samples/outlook2016log-after.NTUSER.DAT"

incident=$samples/exchange2000
personal "$incident"-* >"$tmp/personal"
clean incident --mapi32 "$incident-mapi32.dll" --system "$incident-SYSTEM" \
	--software "$incident-SOFTWARE" --modules "$incident-tlist-m.txt" \
	--modules "$incident-tlist-s.txt" --events "$incident-Application.evt" \
	"$incident-before.DEFAULT" "$incident-after.DEFAULT"
ok 'incident: what to stop is still told as far as it is nobody'"'"'s' \
	grep -q 'inetinfo.exe' "$tmp/redacted/summary"

for case in kb_818861 kb_303221 remove_all wrong_pair rolled_back office_upgrade; do
	mkdir "$tmp/$case"
	"$builddir/samples/causes" "$case" "$tmp/$case" 2>/dev/null || :
	personal "$tmp/$case"/* >"$tmp/personal"
	set -- "$tmp/$case/before" "$tmp/$case/after"
	[ ! -e "$tmp/$case/SYSTEM" ] || set -- --system "$tmp/$case/SYSTEM" "$@"
	[ ! -e "$tmp/$case/SOFTWARE" ] || set -- --software "$tmp/$case/SOFTWARE" "$@"
	clean "$case" --same-subject "$@"
done

# ---- many subjects ----

# lay FOLDER USER FILE: a collection with the hive of a user
lay() {
	mkdir -p "$1/WS-KELLER7/C/Users/$2"
	cp "$samples/$3" "$1/WS-KELLER7/C/Users/$2/NTUSER.DAT"
}

lay "$tmp/c/before" mkeller outlook-before.NTUSER.DAT
lay "$tmp/c/after" mkeller outlook-after.NTUSER.DAT
lay "$tmp/c/before" Anna.Schmidt outlook2016log-before.NTUSER.DAT
lay "$tmp/c/after" Anna.Schmidt outlook2016log-after.NTUSER.DAT
printf 'PK\003\004 no archive' >"$tmp/c/after/Bernd Hofmann.zip"
names=$(printf '%s\n' "$names" WS-KELLER7 anna.schmidt 'bernd hofmann')
personal "$samples"/outlook-* "$samples"/outlook2016log-* >"$tmp/personal"
for jobs in 1 2; do
	mkdir "$tmp/many$jobs"
	"$WMSDIFF" -j "$jobs" --redact --redact-list "$tmp/many$jobs/of.list" \
		--output-dir "$tmp/many$jobs/out" --html page.html --timeline t.jsonl \
		"$tmp/c/before" "$tmp/c/after" >"$tmp/many$jobs/summary" 2>"$tmp/many$jobs/told"
	is "$(leaks "$tmp/many$jobs")" '' "many subjects, $jobs at once: nothing personal"
done
ok 'the same stand-ins, however many are done at once' \
	sh -c "sed '/many[12]/d' '$tmp/many1/of.list' >'$tmp/a' &&
		sed '/many[12]/d' '$tmp/many2/of.list' >'$tmp/b' && cmp '$tmp/a' '$tmp/b'"
ok 'and the same findings' cmp "$tmp/many1/out/findings.jsonl" "$tmp/many2/out/findings.jsonl"
is "$(ls "$tmp/many1/out" | grep -c '^user-')" 2 'folders are called by stand-ins'
for report in $(awk -F, 'NR > 1 { print $16 }' "$tmp/many1/out/findings.csv" | sort -u); do
	ok "the table leads to $report" test -s "$tmp/many1/out/$report"
done
user=$(awk -F'\t' '$2 == "mkeller" { print $1 }' "$tmp/many1/of.list")
ok 'a user has one stand-in in the table' grep -q "^$user," "$tmp/many1/out/findings.csv"
ok 'in the index' grep -q "<bdi>$user</bdi>" "$tmp/many1/out/index.html"
ok 'the index says that it is redacted' grep -q 'id="page-redaction"' "$tmp/many1/out/index.html"
ok 'and in a report' grep -rq " user=\"$user\"" "$tmp/many1/out" --include=report.xml
mkdir "$tmp/one"
"$WMSDIFF" --redact -o "$tmp/one/report.xml" "$tmp/c/before" "$tmp/c/after" \
	>"$tmp/one/summary" 2>"$tmp/one/told"
is "$(leaks "$tmp/one")" '' 'one report for all: nothing personal'

# ---- what the command line gives ----

names='petra lindqvist
ticket of petra
acme corp'
cp "$samples/outlook-before.NTUSER.DAT" "$tmp/hive"
personal "$tmp/hive" >"$tmp/personal"
clean 'case and examiner' --case 'Acme Corp 17' --examiner 'Petra Lindqvist' \
	--note 'Ticket of Petra Lindqvist' "$tmp/hive"
printf '%s\n' "$tmp/hive" 'acme corp 17' >>"$tmp/personal"
is "$(leaks "$tmp/redacted")" '' 'nor the paths that were given'

# ---- real hives ----

names=nobody-is-called-so
if [ -d "${HIVES:-}/real" ]; then
	for hive in "$HIVES"/real/* "$HIVES"/deleted/* "$HIVES"/logs/* "$HIVES"/odd/*; do
		case $hive in *.LOG* | *.md | *.xz) continue ;; esac
		personal "$hive" >"$tmp/personal"
		clean "${hive##*/}" "$hive"
	done
	personal "$HIVES"/real/pair-* >"$tmp/personal"
	clean 'a real pair' "$HIVES/real/pair-before.NTUSER.DAT" \
		"$HIVES/real/pair-after.NTUSER.DAT"
else
	skip 1 'there are no real hives'
fi

done_testing
