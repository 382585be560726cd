#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each layout in which hives are sent: whose hives are found, in which order, and what is
# missing.  What is expected is told by how the hives were made (tests/help/user-hive.c):
# the hours of each say its place in the series, "-Work" that Work was deleted by then.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint

srcdir=$(cd "$srcdir" && pwd) builddir=$(cd "$builddir" && pwd)
domain=S-1-5-21-1085031214-1563985344-725345543
a=$domain-1001 b=$domain-1002 c=$domain-1003
samples=${SAMPLES_DIR:?is set by make check}
archives=
if command -v bsdtar >/dev/null && "$WMSDIFF" --version | grep -q libarchive; then
	archives=1
fi

# anew: nothing of what was made before
anew() {
	cd "$tmp" && rm -rf w && mkdir w && cd w || exit 99
}

# hive PATH NAME SID HOURS PROFILE...
hive() {
	mkdir -p "$(dirname "$1")"
	"$builddir/tests/help/user-hive" "$@" || exit 99
}

# lay FROM TO: a file of the samples
lay() {
	mkdir -p "$(dirname "$2")"
	cp "$samples/$1" "$2" || exit 99
}

# subjects: what the index says of each: name, id, profile, kind
subjects() {
	cut -d , -f 1-4 out/findings.csv | sed 1d | sort
}

# series SUBJECT: how it was known, then the places of each snapshot, a snapshot a line;
# "=" stands before one more place of the same bytes
series() {
	load "out/$1/report.xml"
	query //series/@paired_by
	series_n=$(count //snapshot)
	series_i=1
	while [ "$series_i" -le "$series_n" ]; do
		xmllint --xpath "//snapshot[$series_i]/place/*/text()" "$tmp/loaded.xml" |
			sed '2,$s/^/= /'
		series_i=$((series_i + 1))
	done
}

# lost_in: the snapshot that is the first without what is gone
lost_in() {
	list '//comparison[change/@kind="deleted"]/@after'
}

# ---- KAPE: two drives, shadow copies of both, one name on two of them ----

anew
hive k/C/Users/jdoe/NTUSER.DAT jdoe $a 9 -Work Home
hive k/VSS1/C/Users/jdoe/NTUSER.DAT jdoe $a 3 Work Home
hive k/VSS2/C/Users/jdoe/NTUSER.DAT jdoe $a 6 Work Home
hive k/D/Users/asmith/NTUSER.DAT asmith $b 9 Mail
hive k/VSS1/D/Users/asmith/NTUSER.DAT asmith $b 3 Mail
hive k/D/Users/jdoe/NTUSER.DAT jdoe $c 9 Other
status 1 'KAPE' "$WMSDIFF" k --output-dir out
is "$(subjects)" "asmith,$b,,unchanged
jdoe,$a,Work,deleted
jdoe,$c,,none_found" 'KAPE: three users, two of one name'
is "$(series "jdoe-$a")" 'sid_root
k/VSS1/C/Users/jdoe/NTUSER.DAT
k/VSS2/C/Users/jdoe/NTUSER.DAT
k/C/Users/jdoe/NTUSER.DAT' 'KAPE: shadow copies before the drive'
is "$(list //place/@layout | tr '\n' ' ')$(list //place/@number | tr '\n' ' ')$(
	list //place/@drive | tr '\n' ' ')" 'shadow_copy shadow_copy live 1 2 C C C ' \
	'KAPE: the places are told'
is "$(list //change/@kind) $(lost_in)" 'deleted s3' 'KAPE: gone in the last one'
is "$(series asmith)" 'sid_root
k/VSS1/D/Users/asmith/NTUSER.DAT
k/D/Users/asmith/NTUSER.DAT' 'KAPE: the other drive'
is "$(series "jdoe-$c")" 'sid_root
k/D/Users/jdoe/NTUSER.DAT' 'KAPE: one of the same name'

# ---- Velociraptor: a zip, its names percent-encoded ----

anew
device='%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy'
for n in 1 12; do
	hive "v/uploads/ntfs/${device}$n/Users/j doe/NTUSER.DAT" 'j doe' $a $n Work Home
done
hive 'v/uploads/auto/C%3A/Users/j%20doe/NTUSER.DAT' 'j doe' $a 20 -Work Home
hive 'v/uploads/ntfs/%5C%5C.%5CC%3A/Users/m%C3%BCller/NTUSER.DAT' - - 20 Mail
mkdir v/results
echo '{"hostname":"PC1"}' >v/client_info.json
echo '{"Timestamp":1}' >v/uploads.json
echo '{"x":1}' >v/results/Windows.KapeFiles.Targets.json
if [ "$archives" ]; then
	(cd v && bsdtar -a -cf ../v.zip -- *) || exit 99
	given=v.zip
	rm -r v
else
	given=v
fi
status 1 'Velociraptor' "$WMSDIFF" $given --output-dir out
is "$(subjects)" "j doe,$a,Work,deleted
müller,,,none_found" 'Velociraptor: both users, one by the path alone'
is "$(series "$(cd out && echo j_doe*)")" "sid_root
$given/uploads/ntfs/${device}1/Users/j doe/NTUSER.DAT
$given/uploads/ntfs/${device}12/Users/j doe/NTUSER.DAT
$given/uploads/auto/C%3A/Users/j%20doe/NTUSER.DAT" \
	'Velociraptor: by time, each by the name that the archive has'
is "$(list //place/@layout | tr '\n' ' ')$(list //place/@number | tr '\n' ' ')" \
	'shadow_copy shadow_copy live 1 12 ' 'Velociraptor: the places are told'
is "$(series müller)" "path
$given/uploads/ntfs/%5C%5C.%5CC%3A/Users/m%C3%BCller/NTUSER.DAT" \
	'Velociraptor: the name is decoded'

# ---- restore points of Windows XP: three users, one of them no more on the disk ----

anew
guid='{E4A7B3F2-0000-4C5D-8E9F-001122334455}'
point() {
	echo "x/System Volume Information/_restore$guid/RP$1/snapshot/_REGISTRY_USER_NTUSER_$2"
}
hive "$(point 12 $a)" jdoe $a 4 Work Home
hive "$(point 5 $a)" jdoe $a 1 Work Home
hive "$(point 12 $b)" asmith $b 4 Keep -Mail
hive "$(point 5 $b)" asmith $b 1 Keep Mail
hive "$(point 12 $c)" - - 1 Old New
hive "$(point 5 $c)" - - 1 Old
hive 'x/Documents and Settings/jdoe/NTUSER.DAT' jdoe $a 9 -Work Home
hive 'x/Documents and Settings/asmith.CORP/NTUSER.DAT' asmith $b 9 Keep
status 1 'restore points' "$WMSDIFF" x --output-dir out
is "$(subjects)" "$c,$c,New,added
asmith,$b,Mail,deleted
jdoe,$a,Work,deleted" 'restore points: three users'
is "$(series jdoe)" "sid_root
$(point 5 $a)
$(point 12 $a)
x/Documents and Settings/jdoe/NTUSER.DAT" 'restore points: by time, then the disk'
is "$(list //change/@kind) $(lost_in)" 'deleted s3' 'restore points: gone last'
is "$(series asmith)" "sid_root
$(point 5 $b)
$(point 12 $b)
x/Documents and Settings/asmith.CORP/NTUSER.DAT" 'restore points: another folder, the same id'
is "$(list //change/@kind) $(lost_in)" 'deleted s2' 'restore points: gone in RP12'
is "$(series $c)" "sid_name
$(point 5 $c)
$(point 12 $c)" 'restore points: equal times, by the number; whose, by the name'
is "$(query //summary/@unpaired)" 0 'restore points: nobody is missing in one operand'

# ---- one user under two paths ----

anew
hive before/C/Users/jdoe/NTUSER.DAT jdoe $a 2 Work Home
hive before/Backup/jdoe-old.bin jdoe $a 0 Work Home
mkdir before/again
cp before/C/Users/jdoe/NTUSER.DAT before/again/NTUSER.DAT
hive after/C/Users/jdoe/NTUSER.DAT jdoe $a 9 Work -Home
status 1 'two paths' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "jdoe,$a,Home,deleted" 'two paths: one user'
is "$(series jdoe)" 'sid_root
before/Backup/jdoe-old.bin
before/C/Users/jdoe/NTUSER.DAT
= before/again/NTUSER.DAT
after/C/Users/jdoe/NTUSER.DAT' 'two paths: by time, the same bytes once'

# ---- three users flat in one folder ----

anew
hive before/C_jdoe_NTUSER.DAT jdoe $a 0 Work Home
hive before/C_asmith_ntuser.dat asmith $b 0 Mail
hive "before/NTUSER-$c.DAT" - - 0 Old
hive after/C_jdoe_NTUSER.DAT jdoe $a 9 -Work Home
hive "after/NTUSER-$c.DAT" - - 9 Old
status 2 'flat' "$WMSDIFF" before after --output-dir out
is "$(subjects)" "$c,$c,,unchanged
asmith,$b,,unpaired
jdoe,$a,Work,deleted" 'flat: three users'
is "$(series jdoe)" 'sid_root
before/C_jdoe_NTUSER.DAT
after/C_jdoe_NTUSER.DAT' 'flat: one is known by its root key'
is "$(series $c)" "sid_name
before/NTUSER-$c.DAT
after/NTUSER-$c.DAT" 'flat: one by its name'
is "$(series asmith) $(query //unpaired/@kind) $(query //summary/@deleted)" \
	'sid_root
before/C_asmith_ntuser.dat unknown 0' \
	'flat: of the third nothing is said, for nothing tells that its place was collected'

# ---- RegBack, repair: the hive of LocalSystem ----

anew
config=r/C/WINNT/system32/config
lay exchange2000-before.DEFAULT $config/RegBack/DEFAULT
: >$config/RegBack/SYSTEM
lay exchange2000-after.DEFAULT $config/DEFAULT
lay exchange2000-before.DEFAULT r/C/WINNT/repair/default
status 1 'RegBack' "$WMSDIFF" r --output-dir out
is "$(subjects | cut -d , -f 1,2,4 | sort -u)" 'LocalSystem,S-1-5-18,deleted' \
	'RegBack: LocalSystem'
is "$(series LocalSystem)" "base_block
r/C/WINNT/repair/default
= $config/RegBack/DEFAULT
$config/DEFAULT" 'RegBack, repair: the same bytes are one snapshot, before the live hive'
is "$(list //place/@layout | tr '\n' ' ')" 'repair regback live ' 'RegBack: the places are told'
is "$(count '//change[@kind="deleted"]')" 7 'RegBack: seven are gone'

# ---- Windows.old ----

anew
hive w/C/Windows.old/Users/jdoe/NTUSER.DAT jdoe $a 0 Work Home
hive w/C/Users/jdoe/NTUSER.DAT jdoe $a 9 -Work Home
hive w/C/Windows.old/Users/asmith/NTUSER.DAT asmith $b 0 Mail
status 1 'Windows.old' "$WMSDIFF" w --output-dir out
is "$(subjects)" "asmith,$b,,none_found
jdoe,$a,Work,deleted" 'Windows.old: both users'
is "$(series jdoe)" 'sid_root
w/C/Windows.old/Users/jdoe/NTUSER.DAT
w/C/Users/jdoe/NTUSER.DAT' 'Windows.old: before what came after it'
is "$(list //place/@layout | tr '\n' ' ')" 'windows_old live ' 'Windows.old: the places are told'

# ---- CyLR: a zip of a host, before and after, with logs ----

anew
logs=outlook2016log
lay $logs-before.NTUSER.DAT before/C/Users/u/NTUSER.DAT
lay $logs-after.NTUSER.DAT after/C/Users/u/NTUSER.DAT
lay $logs-after.NTUSER.DAT.LOG1 after/C/Users/u/ntuser.dat.LOG1
lay $logs-after.NTUSER.DAT.LOG2 after/C/Users/u/ntuser.dat.LOG2
lay exchange2000-SYSTEM after/C/Windows/System32/config/SYSTEM
"$WMSDIFF" -q -o pair.xml before/C/Users/u/NTUSER.DAT after/C/Users/u/NTUSER.DAT
pair=$?
load pair.xml
outcome=$(list //log/@outcome)
changes=$(list //change/@kind)
first=before second=after
if [ "$archives" ]; then
	for state in before after; do
		(cd $state && bsdtar -a -cf ../PC1-$state.zip C) || exit 99
		rm -r $state
	done
	first=PC1-before.zip second=PC1-after.zip
fi
status $pair 'CyLR' "$WMSDIFF" $first $second --output-dir out
folder=$(cd out && echo */report.xml)
is "$(series "${folder%/report.xml}" | sed 1d)" "$first/C/Users/u/NTUSER.DAT
$second/C/Users/u/NTUSER.DAT" 'CyLR: one user'
is "$(list //log/@outcome) $(list //change/@kind)" "$outcome $changes" \
	'CyLR: logs are applied as beside a pair'
is "$(query '//input[@role="system"]//filename')" \
	"$second/C/Windows/System32/config/SYSTEM" 'CyLR: the machine'

# ---- a mounted disk: accounts of the system, the template, what is left ----

anew
hive m/Windows/ServiceProfiles/LocalService/NTUSER.DAT - - 1 A
hive m/Windows/ServiceProfiles/NetworkService/NTUSER.DAT - - 1 B
hive m/Users/Default/NTUSER.DAT - - 1
hive m/users/JDOE/ntuser.dat jdoe $a 1 Work Home
hive m/vss3/Users/jdoe/NTUSER.DAT jdoe $a 0 Work Home
hive m/HarddiskVolumeShadowCopy2/Users/jdoe/NTUSER.DAT jdoe $a 0 Work
hive m/Users/jdoe/AppData/Local/Microsoft/Windows/UsrClass.dat - - 1
status 0 'a mounted disk' "$WMSDIFF" m --output-dir out
is "$(subjects | cut -d , -f 1,2,4 | tr '\n' ' ')" \
	"LocalService,S-1-5-19,none_found NetworkService,S-1-5-20,none_found jdoe,$a,added template,,none_found " \
	'a mounted disk: each account by itself'
is "$(series jdoe)" 'sid_root
m/HarddiskVolumeShadowCopy2/Users/jdoe/NTUSER.DAT
m/vss3/Users/jdoe/NTUSER.DAT
m/users/JDOE/ntuser.dat' 'a mounted disk: whatever the case, by time and number'
is "$(query '//seen[@kind="hive"]/@count')" 7 'a mounted disk: UsrClass.dat is counted, too'
done_testing
