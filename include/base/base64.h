/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The characters of base64 (RFC 4648, section 4). */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline const char *base64_digits(void)
{
	return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

/* The four characters of the first three of n bytes, which stand in `group`, first on top. */
static inline void base64_put(uint32_t group, size_t n, char out[4])
{
	const char *digits = base64_digits();

	out[0] = digits[group >> 18 & 63];
	out[1] = digits[group >> 12 & 63];
	out[2] = n > 1 ? digits[group >> 6 & 63] : '=';
	out[3] = n > 2 ? digits[group & 63] : '=';
}

/* The six bits of a character, or -1. */
static inline int base64_value(char c)
{
	const char *at = c ? strchr(base64_digits(), c) : NULL;

	return at ? (int)(at - base64_digits()) : -1;
}

#endif
