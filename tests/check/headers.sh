#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every header can be included alone, and compiles without a warning.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

# alone HEADER: $CC may be a command with options
alone() {
	printf '#include "%s"\nextern int alone;\n' "$1" |
		${CC:-cc} -std=gnu17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
			-include "$builddir/config.h" -I"$srcdir/include" -I"$srcdir/src" \
			-I"$srcdir" -x c -
}

cd "$srcdir" || exit 99
for header in $(find include src samples -name '*.h' | sort); do
	name=${header#include/}
	ok "$header" alone "${name#src/}"
done
done_testing
