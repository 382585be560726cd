#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Folders and archives, sorted by subject.  What is expected is told by how the hives were
# made: tests/help/user-hive.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint sha256sum

srcdir=$(cd "$srcdir" && pwd) builddir=$(cd "$builddir" && pwd)
domain=S-1-5-21-1085031214-1563985344-725345543
a=$domain-1001 b=$domain-1002 c=$domain-1003
mkdir "$tmp/w"
cd "$tmp/w" || exit 99

# hive PATH NAME SID HOURS PROFILE...
hive() {
	mkdir -p "$(dirname "$1")"
	"$builddir/tests/help/user-hive" "$@" || exit 99
}

# anew: nothing of what was made before
anew() {
	cd "$tmp" && rm -rf w && mkdir w && cd w || exit 99
}

# subjects: what the index says of each, one a line
subjects() {
	cut -d , -f 1-4 out/findings.csv | sed 1d | sort
}

# hives REPORT: where those of its snapshots lay, in their order
hives() {
	xmllint --xpath "//*[local-name()='snapshot']/*[local-name()='place']/*/text()" \
		"$1" | tr '\n' ' ' | sed 's/ $//'
}

# ---- two users in two folders ----

hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 0 Work Home
hive before/C/Users/asmith/NTUSER.DAT asmith $b 0 Mail
hive after/C/Users/jdoe/NTUSER.DAT jdoe $a 5 -Work Home
hive after/C/Users/asmith/NTUSER.DAT asmith $b 5 Mail
find before after -type f -exec sha256sum {} + | sort >evidence

status 1 'two users' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "asmith,$b,,unchanged
jdoe,$a,Work,deleted" 'who lost what'
is "$(sed -n '1,2s/  *[^ ]* gone.*//p' "$tmp/out")" 'lost        jdoe' 'the loss comes first'
is "$(find out -type f | sort | tr '\n' ' ')" \
	'out/asmith/report.xml out/findings.csv out/findings.jsonl out/index.html out/jdoe/report.xml ' \
	'a folder for each'
is "$(hives out/jdoe/report.xml)" \
	'before/C/Users/jdoe/NTUSER.DAT after/C/Users/jdoe/NTUSER.DAT' 'before and after'
load out/jdoe/report.xml
is "$(query //series/@paired_by) $(list //place/@drive | tr '\n' ' ')$(query //summary/@unpaired)" \
	'sid_root C C 0' 'by their ids'
is "$(list //collection/@kind | tr '\n' ' ')$(query 'sum(//seen[@kind="hive"]/@count)')" \
	'folder folder 4' 'what was looked at'
for report in out/*/report.xml; do
	ok "$report is valid" "$WMSDIFF" -q --validate "$report"
done
mv out first
status 1 'again' "$WMSDIFF" before after --output-dir out
ok 'the same table' cmp out/findings.csv first/findings.csv
status 1 'with more than a report' "$WMSDIFF" before after --output-dir out -o r.xml \
	--timeline t.csv --restore reg
is "$(find out/jdoe -type f | sed 's/-[0-9a-f]*\.reg/.reg/' | sort | tr '\n' ' ')" \
	'out/jdoe/r.xml out/jdoe/reg/Work.reg out/jdoe/report.xml out/jdoe/t.csv ' \
	'each has its own'

status 1 'with images' "$WMSDIFF" before after --output-dir images -q --save-image img
ok 'each has a folder for them' test -d images/jdoe/img -a -d images/asmith/img
status 1 'one of them' "$WMSDIFF" before after --user JDOE -o report.xml
is "$(sed -n 1p "$tmp/out")" 'wmsdiff: 1 profile is gone' 'has its summary'
is "$(hives report.xml)" \
	'before/C/Users/jdoe/NTUSER.DAT after/C/Users/jdoe/NTUSER.DAT' 'and its report'
status 0 'the other one, by its id' "$WMSDIFF" before after --user $b -o report.xml
status 2 'nobody of that name' "$WMSDIFF" before after --user nobody
is "$(cat "$tmp/err")" 'wmsdiff: --user nobody: no such subject; there are: asmith, jdoe' \
	'who there is, is told'
status 1 'lines' "$WMSDIFF" before after --format csv
is "$(cut -d , -f 1,3,4 "$tmp/out" | sed 1d | sort)" 'asmith,,unchanged
jdoe,Work,deleted' 'of all'

if "$WMSDIFF" --version | grep -q libxslt; then
	status 1 'pages' "$WMSDIFF" before after --output-dir out -q --html page.html
	is "$(grep -c 'What was looked through' out/jdoe/page.html out/asmith/page.html | sort)" \
		"out/asmith/page.html:1
out/jdoe/page.html:1" 'tell what was looked through'
fi

# Nothing is written into evidence, nor over it.
ln -s before/C link
for folder in before before/new before/new/ before/new/new before/C/Users link/new; do
	status 2 "outputs in $folder" "$WMSDIFF" before after --output-dir "$folder"
	status 2 "a report in $folder" "$WMSDIFF" before after --user jdoe -q -o "$folder/r.xml"
	status 2 ".reg files in $folder" "$WMSDIFF" before after --user jdoe -q -o r.xml \
		--restore "$folder"
	status 2 "a timeline in $folder" "$WMSDIFF" before after --user jdoe -q -o r.xml \
		--timeline "$folder/t.csv"
	is "$(grep -c 'lies in what was given; nothing is written there' "$tmp/err")" 1 'is told'
done
mkdir -p linked/jdoe
ln -s ../before/C linked/asmith
ln -s ../../before/C/Users/jdoe/NTUSER.DAT linked/jdoe/report.xml
ln -s ../../before/C linked/jdoe/reg
status 2 'links that lead into it' "$WMSDIFF" before after -q --output-dir linked
status 2 'for .reg files' "$WMSDIFF" before after -q --output-dir linked -o r.xml --restore reg
rm -r linked/jdoe
ln -sf ../before/C/Users/jdoe/NTUSER.DAT linked/findings.csv
status 2 'for the index' "$WMSDIFF" before after -q --output-dir linked --user jdoe
status 1 'outputs beside it' "$WMSDIFF" before after -q --output-dir before/../beside
ok 'nothing was made in it' test "$(find before after | wc -l | tr -d ' ')" = 14
status 2 'a report over a hive' "$WMSDIFF" before after --user asmith \
	-o before/C/Users/jdoe/NTUSER.DAT
status 2 'a log for a folder' "$WMSDIFF" before after --log evidence -o report.xml
is "$(find before after -type f -exec sha256sum {} + | sort)" "$(cat evidence)" \
	'evidence is as it was'

# ---- the same as archives ----

if command -v bsdtar >/dev/null && "$WMSDIFF" --version | grep -q libarchive; then
	(cd before && bsdtar -a -cf ../before.zip C) && (cd after && bsdtar -a -cf ../after.tar.gz C)
	sha256sum before.zip after.tar.gz >archives
	status 1 'two archives' "$WMSDIFF" before.zip after.tar.gz --output-dir out2
	is "$(cut -d , -f 1-9 out2/findings.csv)" "$(cut -d , -f 1-9 first/findings.csv)" \
		'the same is found in them'
	is "$(hives out2/jdoe/report.xml)" \
		'before.zip/C/Users/jdoe/NTUSER.DAT after.tar.gz/C/Users/jdoe/NTUSER.DAT' \
		'by their paths inside'
	status 1 'a folder and an archive' "$WMSDIFF" before after.tar.gz --user jdoe -o report.xml
	status 2 'a report over an archive' "$WMSDIFF" before.zip after.tar.gz --user jdoe \
		-o before.zip
	ok 'archives are as they were' sha256sum -c archives
else
	skip 1 'there is no bsdtar, or no libarchive'
fi

# ---- ids and names ----

anew
hive before/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive after/Users/jdoe.CORP/NTUSER.DAT jdoe $a 5 -Work
status 1 'one id under two names' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "jdoe,$a,Work,deleted" 'is one subject'
is "$(xmllint --xpath 'string(//*[local-name()="place"][2]/@conflict)' out/jdoe/report.xml)" \
	'' 'without a conflict before'
load out/jdoe/report.xml
is "$(list //place/@conflict)" 'it lies in the folder jdoe.CORP' 'and with one after'

anew
hive before/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive after/Users/jdoe/NTUSER.DAT jdoe $b 5 -Work
status 2 'one name with two ids' "$WMSDIFF" before after --output-dir out
is "$(subjects | cut -d , -f 1,2,4 | sort -u)" "jdoe,$a,unpaired
jdoe,$b,unpaired" 'is two subjects'
is "$(sed -n 's/^unpaired  *\(jdoe *([^)]*)\).*/\1/p' "$tmp/out" | tr -s ' ' | sort | tr '\n' ' ')" \
	'jdoe (-1001) jdoe (-1002) ' 'which are told apart on the screen'
status 2 'by name these are two' "$WMSDIFF" before after --user jdoe --html p.html
is "$(grep -c "here are 2 ($a, $b)" "$tmp/err")" 1 'and the ids are named to ask for one'
load "out/jdoe-$a/report.xml"
is "$(query //unpaired/@kind) $(query //unpaired)" \
	'unknown after has no hive of it, but another one lies in its place' \
	'and the first is not said to be gone'

# One name, and one last part of the id, in two domains.
anew
hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive after/C/Users/jdoe/NTUSER.DAT jdoe S-1-5-21-1-2-3-1001 5 Work
status 2 'two domains' "$WMSDIFF" before after
is "$(sed -n 's/^unpaired  *\(jdoe *([^)]*)\).*/\1/p' "$tmp/out" | tr -s ' ' | sort | tr '\n' ' ')" \
	'jdoe (-3-1001) jdoe (-725345543-1001) ' 'are told apart'

# Flat, renamed, told apart by what is in them; one is known by a SOFTWARE hive alone.
anew
hive before/h1 jdoe $a 0 Work
hive before/h2 asmith $b 0 Mail
hive before/C/Users/third.CORP/NTUSER.DAT - - 0 Old New
hive before/SOFTWARE - software 0 $c=third.CORP
hive after/x1 asmith $b 5 Mail
hive after/x2 jdoe $a 5 Work
hive after/C/Users/third.CORP/NTUSER.DAT - - 5 -Old New
hive after/SOFTWARE - software 5 $c=third.CORP
status 1 'three users, renamed' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "asmith,$b,,unchanged
jdoe,$a,,unchanged
third.CORP,$c,Old,deleted" 'are told apart'
load out/third.CORP/report.xml
is "$(query //series/@paired_by) $(query '//input[@role="software"]//filename')" \
	'profile_list after/SOFTWARE' 'the third by ProfileList'

# Named one by one they are not compared with each other.
status 0 'files of two subjects' "$WMSDIFF" before/h1 before/h2 after/x1 after/x2 \
	--output-dir out3
is "$(cut -d , -f 1-4 out3/findings.csv | sed 1d | sort)" "asmith,$b,,unchanged
jdoe,$a,,unchanged" 'are each compared with their own'
status 0 'in one report' "$WMSDIFF" before/h1 after/x1 -o report.xml
load report.xml
is "$(count //series) $(count //snapshot) $(count //comparison)" '2 2 0' 'they are two series'
is "$(grep -c 'not compared: this hive is of .*--same-subject' "$tmp/err")" 1 'and it is said that they are no pair'
status 2 'with a page' "$WMSDIFF" before/h1 after/x1 -o report.xml --html p.html
is "$(grep -c 'not compared:.*--same-subject.*--output-dir' "$tmp/err")" 1 'they are refused'
"$WMSDIFF" before/h1 after/x1 -q -o report.xml --same-subject
load report.xml
is "$(count //comparison)" 1 'stated to be one, they are compared'
"$WMSDIFF" before after -q -o report.xml --same-subject
load report.xml
is "$(count //series) $(count //snapshot)" '1 6' 'so is all that two folders hold'

# ---- a hive that is missing ----

anew
hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive before/C/Users/asmith/NTUSER.DAT asmith $b 0 Mail
hive after/C/Users/asmith/NTUSER.DAT asmith $b 5 Mail
hive after/C/Users/new/NTUSER.DAT new $c 5 Mail
status 1 'a hive is missing' "$WMSDIFF" before after --output-dir out
is "$(subjects | cut -d , -f 1,3,4)" 'asmith,,unchanged
jdoe,,hive_missing
new,,unpaired' 'and that is the finding'
load out/jdoe/report.xml
is "$(query //unpaired/@kind) $(query //summary/@deleted) $(query //summary/@exit_status)" \
	'hive_missing 0 1' 'no profile is said to be deleted'
is "$(query //summary/@verdict | cut -d ';' -f 1)" \
	'the whole hive is not in the later collection' 'the verdict says so'
load out/new/report.xml
is "$(query //unpaired/@kind) $(query //summary/@exit_status)" 'only_later 0' \
	'a new one is a note'
rm -r after/C/Users/asmith after/C/Users/new
mkdir -p after/C/Users
hive after/h new $c 5 Mail
status 2 'nothing else was collected there' "$WMSDIFF" before after --output-dir out4 \
	--user jdoe --user asmith
mkdir -p after/C/Users/jdoe after/C/Users/asmith
if [ "$(id -u)" != 0 ]; then
	chmod 0 after/C/Users/jdoe
	status 2 'its folder cannot be read' "$WMSDIFF" before after --user jdoe -q -o report.xml
	chmod 700 after/C/Users/jdoe
fi
status 1 'its own folder is there, without it' "$WMSDIFF" before after --user jdoe -q \
	-o report.xml

# ---- one folder: a series ----

rp() {
	echo "x/System Volume Information/_restore{1}/RP$1/snapshot/_REGISTRY_USER_NTUSER_$a"
}
anew
hive "$(rp 10)" jdoe $a 3 Work Home
hive "$(rp 9)" jdoe $a 1 Work Home
hive "x/Documents and Settings/jdoe/NTUSER.DAT" jdoe $a 8 -Work Home
mkdir x/copy
cp "x/Documents and Settings/jdoe/NTUSER.DAT" x/copy/NTUSER.DAT
status 1 'restore points' "$WMSDIFF" x -o report.xml
is "$(hives report.xml)" "$(rp 9) $(rp 10) x/Documents and Settings/jdoe/NTUSER.DAT x/copy/NTUSER.DAT" \
	'in the order of their times'
load report.xml
is "$(count //snapshot) $(count '//snapshot[3]/place') $(list //place/@number | tr '\n' ' ')" \
	'3 2 9 10 ' 'the same bytes twice are one'
is "$(list //change/@kind)" deleted 'one deletion'

# Equal times: by the number.
anew
hive "$(rp 10)" jdoe $a 1 Work Home
hive "$(rp 9)" jdoe $a 1 Home Work
status 0 'equal times' "$WMSDIFF" x -q -o report.xml
is "$(hives report.xml)" "$(rp 9) $(rp 10)" 'by their numbers'

# The order given, and the one of times.
anew
hive new/h jdoe $a 9 -Work
hive old/h jdoe $a 0 Work
status 0 'the order given' "$WMSDIFF" new old -q -o report.xml
is "$(hives report.xml)" 'new/h old/h' 'holds'
load report.xml
is "$(list //diagnostic/@code)" after_older 'what speaks against it is told'
status 1 'by time' "$WMSDIFF" new old -q -o report.xml --order time
is "$(hives report.xml)" 'old/h new/h' 'is another one'
hive new/C/Users/late/NTUSER.DAT late $b 9 Work
hive old/C/Users/other/NTUSER.DAT other $c 0 Work
status 1 'by time, a new subject' "$WMSDIFF" new old --output-dir out --order time
is "$(subjects | grep '^late' | cut -d , -f 1,4)" 'late,unpaired' 'is not said to be missing in the older one'
status 1 'of hives that are named' "$WMSDIFF" new/h old/h -q -o report.xml --order time

# ---- what lies beside ----

anew
mkdir -p before/C/WINNT/system32/config after/C/WINNT/system32/config
sample=$SAMPLES_DIR/exchange2000
cp "$sample-before.DEFAULT" before/C/WINNT/system32/config/default
cp "$sample-after.DEFAULT" after/C/WINNT/system32/config/default
cp "$sample-SYSTEM" after/C/WINNT/system32/config/system
cp "$sample-SOFTWARE" after/C/WINNT/system32/config/software
cp "$sample-Application.evt" after/C/WINNT/system32/config/AppEvent.Evt
cp "$sample-mapi32.dll" after/C/WINNT/system32/mapi32.dll
cp "$sample-tlist-m.txt" "$sample-tlist-s.txt" after
cp "$sample-tlist-m.txt" before
status 1 'an incident as it was collected' "$WMSDIFF" before after -o report.xml
load report.xml
is "$(list //input/@role | tr '\n' ' ')" 'hive hive mapi32 modules modules system software events ' \
	'what tells of the machine is found, the same listing once'
is "$(query '//diagnosis[1]/@cause') $(query '//diagnosis[1]/@grade')" \
	'kb_817375 supported' 'and the cause'
status 1 'the same, spelled out' "$WMSDIFF" before after --full -o report.xml
is "$(sed -n '/^beside /,/^$/p' "$tmp/out" | sed 's/^beside/      /; s/^ *//; /^$/d' | LC_ALL=C sort)" \
	"$(printf '%s\n' 'after/C/WINNT/system32/config/AppEvent.Evt (events)' \
		'after/C/WINNT/system32/config/software (software)' \
		'after/C/WINNT/system32/config/system (system)' \
		'after/C/WINNT/system32/mapi32.dll (mapi32)' 'after/exchange2000-tlist-s.txt (modules)' \
		'before/exchange2000-tlist-m.txt (modules)')" 'each file that was found is named'
status 1 'what is named wins' "$WMSDIFF" before after --mapi32 6.0.6448.0 -q -o report.xml
load report.xml
is "$(count '//input[@role="mapi32"]')" 0 'over what lies there'

cp "$SAMPLES_DIR/exchange2000-tlist-s.txt" named.txt
status 1 'a file of no collection' "$WMSDIFF" before after --modules named.txt -q -o report.xml
load report.xml
is "$(query '//input[@role="modules"]//filename')" named.txt 'is read, too'

# ---- logs ----

anew
sample=$SAMPLES_DIR/outlook2016log
mkdir -p before/Users/u after/Users/u
cp "$sample-before.NTUSER.DAT" before/Users/u/NTUSER.DAT
cp "$sample-after.NTUSER.DAT" after/Users/u/NTUSER.DAT
cp "$sample-after.NTUSER.DAT.LOG1" after/Users/u/ntuser.dat.LOG1
cp "$sample-after.NTUSER.DAT.LOG2" after/Users/u/ntuser.dat.LOG2
"$WMSDIFF" -q -o pair.xml before/Users/u/NTUSER.DAT after/Users/u/NTUSER.DAT
pair=$?
status $pair 'logs beside a hive' "$WMSDIFF" before after -q -o report.xml
load pair.xml
expected="$(list //log/@outcome) $(query //summary/@verdict)"
load report.xml
is "$(list //log/@outcome) $(query //summary/@verdict)" "$expected" 'as for a pair'
"$WMSDIFF" -q -o pair.xml --skip-logs before/Users/u/NTUSER.DAT after/Users/u/NTUSER.DAT
pair=$?
status $pair 'skipped' "$WMSDIFF" before after -q -o report.xml --skip-logs
load report.xml
is "$(count //log)" 0 'none is read'

# ---- exports ----

# export_of FILE ROOT=PROFILE,...: each root is exported whole; without profiles it has no
# list either
office='Software\Microsoft\Office\16.0\Outlook'
export_of() {
	mkdir -p "$(dirname "$1")"
	printf 'Windows Registry Editor Version 5.00\n\n' >"$1"
	export_file=$1
	shift
	for export_root; do
		export_names=${export_root#*=} export_root=${export_root%%=*}
		for export_key in '' '\Environment' '\Software' '\Software\Classes' \
			'\Software\Microsoft' '\Software\Microsoft\Keyboard' \
			'\Software\Microsoft\Office' ${export_names:+"\\$office" "\\$office\\Profiles"}; do
			printf '[%s%s]\n' "$export_root" "$export_key"
		done >>"$export_file"
		for export_name in $(echo "$export_names" | tr , ' '); do
			printf '[%s\%s\Profiles\%s]\n"x"="%s"\n' "$export_root" "$office" \
				"$export_name" "$export_name" >>"$export_file"
		done
	done
}

anew
export_of before/users.reg "HKEY_USERS\\$a=Work,Home" "HKEY_USERS\\$b=Mail" \
	'HKEY_USERS\.DEFAULT=Fax'
export_of after/users.reg "HKEY_USERS\\$a=Home" "HKEY_USERS\\$b=Mail" 'HKEY_USERS\.DEFAULT=Fax'
printf 'REGEDIT4\n\n[HKEY_CURRENT_USER\\x]\n"y"=-\n' >after/tweak.reg
printf 'REGEDIT4\n\n[HKEY_CURRENT_USER\\x]\n"y"="z"\n' >after/setting.reg
status 1 'exports of three users' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "LocalSystem,S-1-5-18,,unchanged
$a,$a,Work,deleted
$b,$b,,unchanged" 'each is compared with its own'
load "out/$a/report.xml"
is "$(hives "out/$a/report.xml")" 'before/users.reg after/users.reg' 'one file serves several'
is "$(list //reg/@root | sort -u) $(list //place/@paired_by | sort -u)" \
	"HKEY_USERS\\$a export_root" 'by the root that it holds'
is "$(query 'string(//change/@certainty)')" probable 'the order given is known'
is "$(query 'string(//diagnostic[@code="left_out"])')" \
	'after/tweak.reg: 0x20: a list of changes, not an export: it removes a value here, so it shows no state that could be compared' \
	'a list of changes is named'
is "$(query 'sum(//seen[@kind="reg"]/@count)')" 4 'and all are counted'
ok 'the report is valid' "$WMSDIFF" -q --validate "out/$a/report.xml"

status 1 'the same, named' "$WMSDIFF" before/users.reg after/users.reg --output-dir named
is "$(cut -d , -f 1-4 named/findings.csv)" "$(cut -d , -f 1-4 out/findings.csv)" 'is the same'
status 1 'one of them' "$WMSDIFF" before/users.reg after/users.reg --user $a -o report.xml
status 2 'without saying whom' "$WMSDIFF" before/users.reg
is "$(grep -c -e '--user NAME, or --output-dir DIR' "$tmp/err")" 1 'what to give is told'
status 0 'one of a single file' "$WMSDIFF" before/users.reg --user .default -o report.xml
load report.xml
is "$(list //profile/@name) $(query //series/@role)" 'Fax local_system' 'is that one'
export_of a.reg "HKEY_USERS\\$a=Work" && export_of b.reg "HKEY_USERS\\$b=Mail"
status 1 'files of different users' "$WMSDIFF" a.reg b.reg after/users.reg --output-dir grouped
is "$(cut -d , -f 1-4 grouped/findings.csv | grep "^$a" | sort)" "$a,$a,Home,added
$a,$a,Work,deleted" 'are grouped'
status 2 'a list of changes that is named' "$WMSDIFF" before/users.reg after/users.reg \
	after/tweak.reg --output-dir grouped
is "$(grep -c 'tweak.reg: 0x20: a list of changes' "$tmp/err")" 1 'is told, and the rest is done'
mkdir changes && cp after/tweak.reg changes
status 2 'nothing else' "$WMSDIFF" changes
is "$(grep -c 'changes/tweak.reg: 0x20: a list of changes' "$tmp/err")" 1 'says why'

# An export that is not there says nothing.
export_of before/c.reg "HKEY_USERS\\$c=Gone"
status 2 'an export is missing' "$WMSDIFF" before after --output-dir out
is "$(subjects | grep "^$c")" "$c,$c,,unpaired" 'no loss is claimed'
load "out/$c/report.xml"
is "$(query //unpaired/@kind)" unknown 'it cannot be told'

# A user's branch without the list; and one that does not export its place.
anew
export_of before/a.reg "HKEY_USERS\\$a=Work"
export_of after/a.reg "HKEY_USERS\\$a="
status 1 'the list is gone' "$WMSDIFF" before after -o report.xml
load report.xml
is "$(query 'string(//change[@profile="Work"]/@kind)')" deleted 'in a branch that is exported'
printf 'REGEDIT4\n\n[HKEY_USERS\\%s\\Software\\Other]\n' $a >after/a.reg
status 2 'another branch' "$WMSDIFF" before after -o report.xml
load report.xml
is "$(count //change)" 0 'proves nothing'

# Beside a hive of the same operand an export has no time.
anew
hive case/NTUSER.DAT jdoe $a 5 Home
export_of case/saved.reg "HKEY_USERS\\$a=Home,Work"
status 1 'an export beside a hive' "$WMSDIFF" case -o report.xml
is "$(hives report.xml)" 'case/saved.reg case/NTUSER.DAT' 'comes first'
load report.xml
is "$(query 'string(//change[@profile="Work"]/@certainty)') $(list //diagnostic/@code |
	grep -c export_undated)" 'possible 1' 'which is told to be a rule'
mkdir earlier && mv case/saved.reg earlier
status 1 'an export in an operand of its own' "$WMSDIFF" earlier case -o report.xml
load report.xml
is "$(query 'string(//change[@profile="Work"]/@certainty)') $(list //diagnostic/@code |
	grep -c export_undated)" 'probable 0' 'has the order given'

# Two hives of one time and number: which folder sorts first proves no order.
anew
hive case/m/NTUSER.DAT jdoe $a 5 Home Work
hive case/n/NTUSER.DAT jdoe $a 5 Home
status 1 'two hives of one time' "$WMSDIFF" case -o report.xml
load report.xml
is "$(query 'string(//change[@profile="Work"]/@certainty)') $(list //diagnostic/@code |
	grep -c order_unknown)" 'possible 1' 'nothing tells which is older'
is "$(query 'count(//condition[@id="later_state"][@state="met"])') $(query \
	'count(//condition[@id="after_older"][@state="not_met"])')" '0 0' 'no cause knows it'
mv case/m case/o
status 2 'the same, found the other way round' "$WMSDIFF" case -o report.xml
load report.xml
is "$(query 'concat(//change/@kind, " ", //summary/@gone, " ", //summary/@unresolved)')" \
	'added 0 1' 'may be gone'
mv case/o case/m
# The first has both, the last two have one time: whether Work is back or gone is not known.
anew
hive first/NTUSER.DAT jdoe $a 4 Home Work
hive case/m/NTUSER.DAT jdoe $a 5 Home
hive case/n/NTUSER.DAT jdoe $a 5 Home Work
status 2 'back in a hive that may be older' "$WMSDIFF" first case -o report.xml
load report.xml
is "$(query 'concat(//summary/@back, " ", //summary/@gone, " ", //summary/@unresolved)')" \
	'0 0 1' 'is not said to be back'
anew
hive case/m/NTUSER.DAT jdoe $a 5 Home Work
hive case/n/NTUSER.DAT jdoe $a 5 Home
mkdir earlier && mv case/m earlier
status 1 'one of them in an operand of its own' "$WMSDIFF" earlier case -o report.xml
load report.xml
is "$(count '//diagnostic[@code="order_unknown"]')" 0 'has the order given'

# Nothing tells whose they are: named in an order they are one subject's, but not where some
# belong to somebody, or in folders.
anew
export_of monday.reg HKEY_CURRENT_USER=Home,Work
export_of tuesday.reg HKEY_CURRENT_USER=Home
status 1 'of nobody, named' "$WMSDIFF" monday.reg tuesday.reg --output-dir out
is "$(cut -d , -f 3,4 out/findings.csv | sed 1d)" 'Work,deleted' 'are compared'
export_of users.reg "HKEY_USERS\\$a=Mail"
status 0 'beside those of a user' "$WMSDIFF" monday.reg tuesday.reg users.reg --output-dir out
is "$(grep -c deleted out/findings.csv)" 0 'are not'
export_of two.reg HKEY_CURRENT_USER=Home,Work 'HKEY_LOCAL_MACHINE\loaded=Home'
printf 'REGEDIT4\n\n[HKEY_CURRENT_USER\\x]\n"y"="z"\n' >setting.reg
status 2 'of two, in one file' "$WMSDIFF" two.reg setting.reg --output-dir out
is "$(grep -c deleted out/findings.csv)" 0 'are not'
mkdir before after && mv monday.reg before && mv tuesday.reg after
status 2 'of other names in folders' "$WMSDIFF" before after --output-dir out
is "$(grep -c deleted out/findings.csv)" 0 'are not either'
mv before/monday.reg before/c.reg && mv after/tuesday.reg after/c.reg
status 1 'of one name' "$WMSDIFF" before after --output-dir out
is "$(cut -d , -f 3,4 out/findings.csv | sed 1d)" 'Work,deleted' 'are compared'

done_testing
