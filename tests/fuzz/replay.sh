#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every fuzz target takes all its seeds, which recipes make; those that have a mutator of
# their own take changed ones, too, always the same.  No engine and no clang is needed.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

# FUZZ_CHANGES: how often each seed is changed, one change upon the other.
changes=${FUZZ_CHANGES:-4}
seeds=$builddir/tests/fuzz/seeds

for source in "$srcdir"/tests/fuzz/*.c; do
	grep -q LLVMFuzzerTestOneInput "$source" || continue
	target=${source##*/}
	target=${target%.c}
	[ "$target" != replay ] || continue
	n=$(find "$seeds/$target" -type f | wc -l)
	ok "$target: there are seeds" test "$n" -gt 0
	ok "$target: takes them" "$builddir/tests/fuzz/$target" "$seeds/$target"
	is "$(cat "$tmp/out")" "$((n)) inputs" "$target: all of them"
	grep -q LLVMFuzzerCustomMutator "$source" || continue
	ok "$target: takes changed ones" "$builddir/tests/fuzz/$target" -m "$changes" \
		"$seeds/$target"
done

# What an input must never do is noticed: the bytes of a file that is not there.
status 1 'what cannot be read is an error' "$builddir/tests/fuzz/plan" "$tmp/missing"
# The mutator keeps the frame of hives: some changed ones are read to their profiles still.
mkdir "$tmp/changed"
ok 'changed inputs can be kept' "$builddir/tests/fuzz/hive" -k "$tmp/changed" -m 8 \
	"$seeds/hive/before-1.5"
is "$(find "$tmp/changed" -type f | wc -l)" 8 'each of them'
whole=0
for file in "$tmp"/changed/*; do
	tail -c +2 "$file" >"$tmp/hive"
	"$WMSDIFF" --no-recover --full -q -o "$tmp/report.xml" "$tmp/hive" 2>"$tmp/err"
	grep -q '<profile ' "$tmp/report.xml" && whole=$((whole + 1))
done
ok "the program still finds profiles in some ($whole)" test "$whole" -ge 4
done_testing
