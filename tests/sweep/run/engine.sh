#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the engine is given and leaves: its options passed on, its log kept, what it says
# told, and paths with all that a shell would take for something else.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel perl

mkdir "$tmp/w" "$tmp/w/it's a {} \$HOME;"
cd "$tmp/w/it's a {} \$HOME;" || exit 99
sweep_stand_in "$tmp/stand-in"
# shellcheck disable=SC2016 # a name that is no command
for name in "a b's" '$(c)' '{}'; do
	sweep_machine "$name"
done
"$sweep" plan before after -o plan || exit 99
status 0 'odd names' "$sweep" run plan --output-dir 'out {} %s'
is "$(sweep_outcomes 'out {} %s')" '%24%28c%29=compared %7B%7D=compared a%20b%27s=compared' \
	'all are done'
is "$(cat out*/engine/*.joblog | awk -F '\t' 'FNR > 1 { print $7, $8 }' | sort -u)" '0 0' \
	'its log is kept'
is "$(find out*/engine -type f ! -name '*.joblog')" '' 'and nothing that says nothing'

# Its own options.
printf 'hang1\tbefore/{}\tafter/{}\nx\tbefore/{}\tafter/{}\ncrash\tbefore/{}\tafter/{}\n' >table
status 2 'a limit of the engine' "$sweep" run table --output-dir halted -j 1 --time-limit 0 \
	--engine-option=--timeout=2 --wmsdiff "$tmp/stand-in"
is "$(sweep_outcomes halted)" 'crash=crashed hang1=killed x=compared' \
	'a job that the engine ends is an outcome, too'
status 2 'an option that it does not know' "$sweep" run table --output-dir odd \
	--engine-option=--no-such-option
is "$(grep -c 'GNU parallel: .*no-such-option' "$tmp/err")$(head -n 1 "$tmp/out" |
	sed 's/.*failed, //')" '23 left' 'is told, and all is left'
done_testing
