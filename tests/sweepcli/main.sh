#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# wmsdiff-sweep as its users call it: which program it runs, what it says on a terminal and
# without one, and a sum that cannot be written.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
sweep_machine a
sweep_machine b
"$sweep" plan before after -o plan || exit 99

status 0 'without a terminal' "$sweep" run plan --output-dir quiet
is "$(cat "$tmp/err")" '' 'it says nothing on the way'
is "$(cat "$tmp/out")" \
	'2 units: 2 compared (something is lost in 0), 0 incomplete, 0 failed, 0 left' 'and a sum'
status 2 'a sum that cannot be written' sh -c "'$sweep' run plan --output-dir quiet >/dev/full"
status 2 'nor a status' sh -c "'$sweep' status quiet >/dev/full"

# The wmsdiff beside it, one that is named, and one that PATH finds.
is "$(sweep_field quiet a 9)" "$("$WMSDIFF" --version | head -n 1)" 'the wmsdiff beside it'
mkdir bin
printf '#!/bin/sh\necho stand-in 7\n' >bin/other
chmod +x bin/other
status 2 'one that PATH finds' env PATH="$PWD/bin:$PATH" "$sweep" run plan --output-dir path \
	--wmsdiff other
is "$(sweep_field path a 9)" 'stand-in 7' 'is the one'
status 2 'one by a path' "$sweep" run plan --output-dir named --wmsdiff bin/other
is "$(sweep_field named a 9)" 'stand-in 7' 'is the one, too'

# Without an engine.
mkdir empty
ln -s "$(command -v sh)" empty/sh
status 2 'no engine' env PATH="$PWD/empty" "$sweep" run plan --output-dir none
is "$(cat "$tmp/err")" 'wmsdiff-sweep: GNU parallel did not start: is it installed?' 'is told'
status 2 'no cluster' env PATH="$PWD/empty" "$sweep" run plan --output-dir none --engine slurm
is "$(cat "$tmp/err")" 'wmsdiff-sweep: Slurm did not start: is it installed?' 'is told'

if command -v script >/dev/null; then
	sweep_stand_in "$tmp/stand-in"
	TERM=xterm SLOW=1 script -qec "'$sweep' run plan --output-dir tty -j 1 \
		--wmsdiff '$tmp/stand-in'" /dev/null >typed 2>&1 </dev/null
	ok 'on a terminal it shows how far it is' grep -q '1 of 2 done, 0 failed, .* to go' typed
	rm -rf tty
	TERM=xterm script -qec "'$sweep' run plan --output-dir tty --progress never" \
		/dev/null >typed 2>&1 </dev/null
	is "$(grep -c ' of 2 done' typed)" 0 'unless it is told not to'
else
	skip 2 'there is no script'
fi
done_testing
