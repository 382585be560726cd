#!/bin/bash -eu
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds all fuzz targets in the manner of OSS-Fuzz: $CC, $CFLAGS, $LIB_FUZZING_ENGINE are
# given, $OUT gets each target with its seeds, its dictionary and its options, and in lib
# the shared libraries that the place where they run may lack.  Where it runs is the folder
# of the sources; WORK, if it is set, is where it builds.
#
# A trial without OSS-Fuzz, from the folder of the sources:
#   export CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address' \
#   LIB_FUZZING_ENGINE=-fsanitize=fuzzer OUT=/tmp/out WORK=/tmp/work
#   bash tests/fuzz/oss-fuzz/build.sh
source=$PWD
folder=${WORK:-$source}/build-oss-fuzz
mkdir -p "$folder" "$OUT/lib"
[ -x configure ] || autoreconf -fi
cd "$folder"
"$source/configure" -q CC="$CC" CFLAGS="$CFLAGS" LIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" \
	LDFLAGS="-Wl,-rpath,'\$\$ORIGIN/lib'"

# Recipes need no engine, and no sanitizer whose runtime an engine brings.
targets=
for file in "$source"/tests/fuzz/*.dict; do
	name=${file##*/}
	targets="$targets ${name%.dict}"
done
programs=
for target in $targets; do
	programs="$programs tests/fuzz/$target"
done
# shellcheck disable=SC2086 # words
make -s -j"$(nproc)" tests/fuzz/seeds.stamp $programs

for target in $targets; do
	cp "tests/fuzz/$target" "$OUT/$target"
	cp "$source/tests/fuzz/$target.dict" "$OUT/"
	(cd "tests/fuzz/seeds/$target" && zip -q -r - .) >"$OUT/${target}_seed_corpus.zip"
	printf '[libfuzzer]\nmax_len = 81920\ndict = %s.dict\n' "$target" >"$OUT/$target.options"
	ldd "tests/fuzz/$target" | awk '$3 ~ /^\// { print $3 }' |
		grep -vE '/(libc|libm|libpthread|libdl|librt|ld-linux[^/]*)\.so' |
		xargs -r cp -L -t "$OUT/lib"
done
