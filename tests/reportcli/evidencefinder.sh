#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where `verify` finds the evidence: at its path, moved and renamed, in archives; and what it
# says of files that are missing, changed or no files.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
: "${WMSDIFF_REPORT:?is set by make check}"

cd "$tmp" || exit 99
mkdir -p given/mon given/tue
cp "$SAMPLES_DIR/outlook-before.NTUSER.DAT" given/mon/NTUSER.DAT
cp "$SAMPLES_DIR/outlook-after.NTUSER.DAT" given/tue/NTUSER.DAT
"$WMSDIFF" -q -o report.xml given/mon/NTUSER.DAT given/tue/NTUSER.DAT
verify() { "$WMSDIFF_REPORT" verify report.xml "$@"; }

status 0 'at its path' verify
mkdir -p moved/deep/down
mv given/mon/NTUSER.DAT moved/deep/down/x
mv given/tue/NTUSER.DAT moved/y
status 2 'not at its path any more' verify
is "$(sed -n 's/^not there: \(.*\): No such file or directory$/\1/p' out)" \
	'i1 NTUSER.DAT: given/mon/NTUSER.DAT
i2 NTUSER.DAT: given/tue/NTUSER.DAT' 'is told of each'
is "$(tail -n 1 out)" '2 of 2 files are not there' 'and at the end'
status 0 'moved and renamed' verify --evidence moved
status 0 'the option in front, with its sign' "$WMSDIFF_REPORT" verify --evidence=moved report.xml
status 0 'in two places' verify --evidence moved/deep --evidence moved/y
status 2 'one of both' verify --evidence moved/deep
is "$(grep -c '^not there: i2 NTUSER.DAT: no file there has its size and SHA-256; of its name there are 0$' out)" 1 \
	'is told'
status 2 'a folder that is not there' verify --evidence nowhere
is "$(cat err)" 'wmsdiff-report: nowhere: No such file or directory' 'is told'

# ---- changed ----

# change FILE: its last byte
change() {
	change_at=$(($(wc -c <"$1") - 1))
	printf '\252' | dd of="$1" bs=1 seek="$change_at" conv=notrunc 2>/dev/null
}
mkdir renamed named
cp moved/y renamed/other && cp moved/deep/down/x renamed/x && change renamed/other
status 2 'changed, and of another name' verify --evidence renamed
cp moved/deep/down/x named/x && cp moved/y named/NTUSER.DAT && change named/NTUSER.DAT
# Another user's hive has that name too.
status 2 'changed, and of its own name' verify --evidence named
is "$(grep -c '^not there: i2 NTUSER.DAT: .*; of its name there are 1$' out)" 1 'is told'
is "$(grep -c '^wrong: ' out)" 0 'and nothing is said of its bytes'
cp moved/deep/down/x given/mon/NTUSER.DAT
cp named/NTUSER.DAT given/tue/NTUSER.DAT
status 1 'changed at its path' verify
is "$(grep '^wrong: ' out | cut -d ' ' -f 1-6)" 'wrong: i2 NTUSER.DAT: has the SHA-256' \
	'its hash does not hold, and nothing else'
printf x >>given/tue/NTUSER.DAT
status 1 'longer than it was' verify
is "$(grep -c '^wrong: i2 NTUSER.DAT: has [0-9]* bytes, the report says [0-9]*$' out)" 1 'is told'
rm given/mon/NTUSER.DAT given/tue/NTUSER.DAT

# ---- what is no file ----

mkdir given/mon/NTUSER.DAT
mkfifo given/tue/NTUSER.DAT
status 2 'a folder and a pipe at their paths' verify
is "$(grep -c '^not there: ' out)" 2 'are no evidence'
rm -r given/mon/NTUSER.DAT given/tue/NTUSER.DAT
ln -s "$tmp/moved/y" given/tue/NTUSER.DAT
mkdir linked && ln -s "$tmp/moved" linked/all
status 2 'links below a folder are not followed' verify --evidence linked
is "$(grep -c '^not there: ' out)" 2 'so nothing is there'

# ---- archives ----

if "$WMSDIFF" --version | grep -q '^libarchive ' && command -v bsdtar >/dev/null; then
	mkdir -p c/mon c/tue
	cp moved/deep/down/x c/mon/NTUSER.DAT
	cp moved/y c/tue/NTUSER.DAT
	bsdtar -cf mon.tar -C c mon
	bsdtar -a -cf tue.zip -C c tue
	"$WMSDIFF" -q -o report.xml mon.tar tue.zip
	is "$(grep -c '<dfxml:filename>.*\(tar\|zip\)/' report.xml)" 2 'inputs lie in archives'
	status 0 'in archives, at their paths' verify
	mkdir boxes && mv mon.tar boxes/1 && mv tue.zip boxes/2
	status 2 'archives that are gone' verify
	status 0 'archives that were moved and renamed' verify --evidence boxes
	status 0 'an archive that is named' verify --evidence boxes/1 --evidence boxes/2
	status 0 'files that were taken out' verify --evidence moved
	printf x >boxes/2
	status 2 'what is no archive any more' verify --evidence boxes
	if command -v xz >/dev/null; then
		xz -k moved/y
		"$WMSDIFF" -q -o report.xml moved/y.xz
		status 0 'a file that is packed by itself' verify
		status 0 'and found so' verify --evidence moved/y.xz
	else
		skip 2 'there is no xz'
	fi
else
	skip 9 'there are no archives'
fi
done_testing
