#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Run again, a sweep does what is missing, has failed, or has changed, and nothing else.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel perl sha256sum

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sweep_stand_in "$tmp/stand-in"
for name in a b c d nothing; do
	sweep_machine $name
done
"$sweep" plan before after -o plan || exit 99

# again NAME: another run; what it did anew
again() {
	: >"$tmp/mark"
	# A file system's clock may stand still for some ms.
	while [ -z "$(find "$tmp/mark" -newer out/plan.tsv)" ]; do
		sleep 0.01
		: >"$tmp/mark"
	done
	"$sweep" run plan --output-dir out --wmsdiff "$tmp/stand-in" \
		>"$tmp/out" 2>"$tmp/err"
	anew=$(cd out/outcomes && find . -name '*.tsv' -newer "$tmp/mark" | sort |
		sed 's|^\./||; s|\.tsv$||' | tr '\n' ' ')
}
status 2 'all of it' "$sweep" run plan --output-dir out \
	--wmsdiff "$tmp/stand-in"
again
is "$anew" 'nothing ' 'what failed is done again'
is "$(grep -c '4 units are done already, 1 to do: 1 failed before, 0 changed' "$tmp/err")" 1 \
	'and it says so'

rm out/outcomes/b.tsv
again
is "$anew" 'b nothing ' 'what is missing'
printf 'unit\toutcome\nc\tcomp' >out/outcomes/c.tsv
again
is "$anew" 'c nothing ' 'an outcome that was cut off is none'
: >out/outcomes/c.tsv
again
is "$anew" 'c nothing ' 'nor is an empty one'
touch -d '2020-01-01' after/a/C/Users/jdoe/NTUSER.DAT
again
is "$anew" 'a nothing ' 'inputs of another time'
# The same size and time, as a tool that hides its traces leaves it.
cp -p after/d/C/Users/jdoe/NTUSER.DAT saved
printf 'x' | dd of=after/d/C/Users/jdoe/NTUSER.DAT bs=1 seek=600 conv=notrunc 2>/dev/null
touch -r saved after/d/C/Users/jdoe/NTUSER.DAT
again
is "$anew" 'd nothing ' 'other bytes under the same size and time'
: >after/d/C/Users/jdoe/more.txt
again
is "$anew" 'd nothing ' 'a file more'
rm after/d/C/Users/jdoe/more.txt
again
is "$anew" 'd nothing ' 'a file less'
: >"$tmp/beside.log"

# Files and logs beside them.
printf 'hives\tbefore/a/C/Users/jdoe/NTUSER.DAT\tafter/a/C/Users/jdoe/NTUSER.DAT\n' >plan
again
is "$anew" 'hives ' 'hives as operands'
is "$(cd out/dropped/outcomes && echo *)" 'a.tsv b.tsv c.tsv d.tsv nothing.tsv' \
	'what the plan no longer has is put aside'
is "$(cd out && echo units/* dropped/units/*)" \
	'units/hives dropped/units/a dropped/units/b dropped/units/c dropped/units/d' \
	'with its reports'
again
is "$anew" '' 'and done'
: >after/a/C/Users/jdoe/ntuser.dat.LOG1
again
is "$anew" 'hives ' 'a log beside a hive'
printf 'hives\tbefore/a/C/Users/jdoe/NTUSER.DAT\tafter/a/C/Users/jdoe/NTUSER.DAT\t--full\n' >plan
again
is "$anew" 'hives ' 'other options'
again
is "$anew" '' 'and done again'

# Another version of the program.
sed "s|^--version.*|--version) echo wmsdiff 9.9 ;;|" "$tmp/stand-in" >"$tmp/newer"
chmod +x "$tmp/newer"
status 0 'another version' "$sweep" run plan --output-dir out --wmsdiff "$tmp/newer"
is "$(sweep_field out hives 9)" 'wmsdiff 9.9' 'does all again'
done_testing
