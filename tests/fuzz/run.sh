#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh TARGET...: runs fuzz targets with libFuzzer, FUZZ_TIME seconds each, as
# `make fuzz` does.  All of it goes to the folder build-fuzz of the build:
#   seeds/TARGET      what recipes made      findings/TARGET-*  inputs that ended a target
#   corpus/TARGET     what was found and kept from run to run
#   TARGET.log        what the engine said
set -eu
: "${builddir:?is set by make fuzz}"
: "${FUZZ_TIME:=60}"
source=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd)
compiler=${FUZZ_CC:-clang}
folder=$builddir/build-fuzz

command -v "$compiler" >/dev/null || {
	echo "fuzzing needs clang, with its runtime for libFuzzer: on Debian the package clang." >&2
	echo "FUZZ_CC names another one.  make check replays the seeds without it." >&2
	exit 1
}
mkdir -p "$folder/findings"
cd "$folder"
[ -f Makefile ] || "$source/configure" -q CC="$compiler" LIB_FUZZING_ENGINE=-fsanitize=fuzzer \
	CFLAGS="-O2 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
-fno-sanitize-recover=undefined ${FUZZ_CFLAGS:-}"
programs=
for target in "$@"; do
	programs="$programs tests/fuzz/$target"
done
# shellcheck disable=SC2086 # words
make -s ${FUZZ_JOBS:+-j"$FUZZ_JOBS"} tests/fuzz/seeds.stamp $programs

# The longest input of a target: what is longer is only slower.
longest() {
	case $1 in
	hive) echo 40960 ;;
	logs | archive | report | event) echo 81920 ;;
	*) echo 20480 ;;
	esac
}

UBSAN_OPTIONS=print_stacktrace=1
# Short traces, a small quarantine and no filling are faster by a fifth and more; so is a schedule without entropy,
# which takes as long as the target itself where a corpus has some thousand inputs.
ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=4:max_malloc_fill_size=0
export UBSAN_OPTIONS ASAN_OPTIONS
status=0
for target in "$@"; do
	mkdir -p "corpus/$target"
	echo "$target: $FUZZ_TIME seconds, see $folder/$target.log"
	"tests/fuzz/$target" -dict="$source/tests/fuzz/$target.dict" -timeout=60 \
		-entropic=0 -max_total_time="$FUZZ_TIME" -max_len="$(longest "$target")" \
		-print_final_stats=1 -artifact_prefix="findings/$target-" \
		"corpus/$target" "tests/fuzz/seeds/$target" >"$target.log" 2>&1 || {
		status=1
		echo "$target: a finding:"
		grep -E 'ERROR|runtime error|does not hold|SUMMARY|Test unit written' "$target.log" || :
	}
	grep -E '^#[0-9]+.*(DONE|pulse|NEW|REDUCE)' "$target.log" | tail -n 1 || :
done
exit "$status"
