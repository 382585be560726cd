#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the command line of wmsdiff-sweep refuses, each in a line and with status 2.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"

# refused SENTENCE ARGUMENT...
refused() {
	sentence=$1
	shift
	status 2 "wmsdiff-sweep $*" "$sweep" "$@"
	is "$(cat "$tmp/err")" "wmsdiff-sweep: $sentence
Try 'wmsdiff-sweep --help' for more information." "  $sentence"
}
cd "$tmp" || exit 99
refused 'no command given'
refused 'no command given' -- plan
refused 'no such command: sweep' sweep x
refused 'unrecognized option: --fast' --fast
refused 'too few operands: BEFORE AFTER' plan
refused 'too many operands: c' plan a b c
refused 'too few operands: PLAN --output-dir DIR' run
refused 'too few operands: DIR' status
refused 'run needs --output-dir DIR' run plan
refused 'run needs --output-dir DIR' run plan --output-dir=
refused 'option requires an argument: --output-dir' run plan --output-dir
refused 'this command has no such option: output-dir' plan a b --output-dir x
refused 'this command has no such option: output' run plan -o x
refused 'this command has no such option: jobs' status x -j 3
refused '--engine takes local|ssh|slurm: cloud' run plan --output-dir x --engine cloud
refused '--engine ssh and --hosts FILE go together' run plan --output-dir x --engine ssh
refused '--engine ssh and --hosts FILE go together' run plan --output-dir x --hosts f
refused '--bring-back goes with --engine ssh' run plan --output-dir x --bring-back
for number in x -1 100001 1x '' 99999999999999999999; do
	refused "--jobs takes a number up to 100000: $number" run plan --output-dir x "--jobs=$number"
done
refused '--time-limit takes a number up to 86400: 86401' run plan --output-dir x \
	--time-limit 86401
ok 'nothing was made' test ! -e x
status 0 'an abbreviation is taken' "$sweep" --vers
status 0 '--help behind a command' "$sweep" run --help
done_testing
