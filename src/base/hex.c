/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hex digits.  Not nettle's, which writes whole bytes only: code units and code points
 * have three, five or six digits too.
 */
#include "base/hex.h"

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
