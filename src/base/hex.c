/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hex digits.  Not nettle's, which writes whole bytes only: code units and code points
 * have three, five or six digits too.
 */
#include "base/hex.h"

const uint8_t hex_values[256] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

char *hex_put(char *out, uint32_t value, unsigned n)
{
	while (n-- > 0)
		*out++ = "0123456789abcdef"[value >> (4 * n) & 15];
	return out;
}

unsigned hex_length(uint32_t value)
{
	unsigned n = 1;

	while (n < 8 && value >> (4 * n) != 0)
		n++;
	return n;
}

void hex_bytes(char *out, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out = hex_put(out, bytes[i], 2);
	*out = '\0';
}
