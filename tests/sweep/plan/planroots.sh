#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Plans: of two roots, by the names of machines; of a table that a person wrote; and read
# again.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
tab=$(printf '\t')

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
mkdir before after
# archive FILE: a tar archive of nothing much
archive() {
	: >x && tar cf "$1" x && rm x
}
for name in PC01 pc02 'PC%2D03' 'Stra%C3%9Fe' only-before; do
	mkdir "before/$name"
done
for name in PC01 PC02 PC-03 'Straße' .hidden; do
	mkdir "after/$name"
done
archive before/SRV.tar
archive after/Collection-srv-2024-03-18T10_11_12Z.zip
archive after/only-after.tar
mkdir before/twice after/twice
archive after/twice.tar
echo text >before/notes.txt
: >before/PC05.zip
mkdir after/PC05
mkfifo before/pipe
ln -s PC01 before/linked
mkdir after/linked

status 1 'a plan of two roots' "$sweep" plan before after -o plan
here=$(pwd -P)
is "$(cat plan)" "#wmsdiff-sweep plan 1
#folder${tab}$here
#unmatched${tab}after/only-after.tar${tab}nothing is called so before
#unmatched${tab}before/only-before${tab}nothing is called so later
#unmatched${tab}after/PC05${tab}nothing is called so before
#unmatched${tab}before/twice${tab}several are called so later
#unmatched${tab}after/twice${tab}several here have this name
#unmatched${tab}after/twice.tar${tab}several here have this name
linked${tab}before/linked${tab}after/linked
PC-03${tab}before/PC%2D03${tab}after/PC-03
PC01${tab}before/PC01${tab}after/PC01
PC02${tab}before/pc02${tab}after/PC02
srv${tab}before/SRV.tar${tab}after/Collection-srv-2024-03-18T10_11_12Z.zip
Stra%C3%9Fe${tab}before/Stra%C3%9Fe${tab}after/Straße" 'machines by their names'
is "$(sed 's/^wmsdiff-sweep: //' "$tmp/err" | sort)" 'after/PC05: nothing is called so before
after/only-after.tar: nothing is called so before
after/twice.tar: several here have this name
after/twice: several here have this name
before/PC05.zip: is neither a folder nor an archive; left out
before/notes.txt: is neither a folder nor an archive; left out
before/only-before: nothing is called so later
before/pipe: is neither a folder nor an archive; left out
before/twice: several are called so later' 'what has no match is listed'
cp plan first
"$sweep" plan before/ after// -o plan 2>/dev/null
is "$(cat plan)" "$(cat first)" 'twice the same, however the roots are written'
status 0 'a plan is a table, too' "$sweep" plan first -o again
is "$(grep -v '^#unm' first)" "$(cat again)" 'and stays the same'

# ---- a table ----

printf '\357\273\277# machines\r\nPC 1\tbefore/PC01\tafter/PC01\t--full\r\n\r\nb\tx\\ty\r\nc\tz' >table
status 0 'a table as Windows writes it' "$sweep" plan table
is "$(cat "$tmp/out")" "#wmsdiff-sweep plan 1
#folder${tab}$here
PC%201${tab}before/PC01${tab}after/PC01${tab}--full
b${tab}x\\ty
c${tab}z" 'becomes a plan'

# ---- bad input ----

# refused NAME SENTENCE ARGUMENT...
refused() {
	name=$1 sentence=$2
	shift 2
	status 2 "$name" "$sweep" plan "$@"
	is "$(cat "$tmp/err")" "wmsdiff-sweep: $sentence" "$name is told"
}
refused 'no root' 'nowhere: No such file or directory' nowhere after
refused 'a file as root' 'before/notes.txt: Not a directory' before/notes.txt after
refused 'a folder as table' 'before: Is a directory' before
refused 'a pipe as table' '/dev/null: is no file' /dev/null
: >empty
refused 'an empty table' 'empty: there is no unit' empty
printf '#wmsdiff-sweep plan 1\n#folder\t/x\na\tb\nc\td' >cut-off
refused 'a plan that is cut off' 'line 4: the plan is cut off in it; left out' cut-off
printf '#wmsdiff-sweep plan 1\n#folder\t/x\na b\tb\nc\td\n' >bad
refused 'a name that is no file' 'line 3: its first field is no name of a unit; left out' bad
printf '#wmsdiff-sweep plan 1\na\tb\n' >nofolder
status 0 'a plan without its folder' "$sweep" plan nofolder
printf '#wmsdiff-sweep plan 1\n#folder\tx\na\tb\n' >relative
refused 'a folder that is not absolute' 'line 2: names no folder; this one is taken' relative
printf 'a\tb\000c\nd\te\n' >nul
refused 'a NUL' 'line 1: holds a NUL; left out' ./nul
{
	printf 'long\t'
	head -c 70000 /dev/zero | tr '\0' x
	printf '\nd\te\n'
} >long
refused 'a line without end' 'line 1: longer than 65536 bytes; left out' long
is "$(tail -n 1 "$tmp/out")" "d${tab}e" 'and the next is read'
status 2 'where nothing can be written' "$sweep" plan table -o nowhere/plan
status 2 'standard output that is full' sh -c "'$sweep' plan table >/dev/full"
done_testing
