/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code points: out of UTF-8 and UTF-16 and into them, the one place for it.
 *
 * No library does it, for these reasons.  Names in hives hold lone surrogates, which are
 * to be shown exactly; libunistring's UTF-16 and iconv refuse or replace them.  Of bytes
 * that are no UTF-8 each is to be shown, so the length of a broken sequence counts, and
 * that of libunistring has changed between its versions.  What a terminal must not be sent
 * may not depend on the Unicode version of a library either: reports of the same evidence
 * are the same everywhere.
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNICODE_REPLACEMENT 0xFFFDu

/* What unicode_from_utf8() gives for bytes that are no UTF-8, and for a sequence cut off. */
#define UNICODE_NOT_UTF8 UINT32_MAX
#define UNICODE_CUT_OFF (UINT32_MAX - 1)

/* The halves of a pair in UTF-16, the high one first. */
static inline bool unicode_is_high(uint32_t unit)
{
	return unit >= 0xD800 && unit < 0xDC00;
}

static inline bool unicode_is_low(uint32_t unit)
{
	return unit >= 0xDC00 && unit < 0xE000;
}

static inline bool unicode_is_surrogate(uint32_t c)
{
	return c >= 0xD800 && c < 0xE000;
}

/* The code point that both halves make. */
static inline uint32_t unicode_of_pair(uint32_t high, uint32_t low)
{
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/*
 * The code units of a code point, a lone surrogate as it is.
 * Return: how many there are, 1 or 2.
 */
size_t unicode_to_utf16(uint32_t c, uint16_t units[2]);

/* Bytes of a code point in UTF-8. */
size_t unicode_utf8_size(uint32_t c);
/* Writes so many bytes, which it returns; c is no surrogate and at most 0x10FFFF. */
size_t unicode_to_utf8(uint32_t c, char out[4]);

/*
 * One code point from the len bytes at utf8, len at least 1.  Where they are not UTF-8,
 * *c is UNICODE_NOT_UTF8, or UNICODE_CUT_OFF if more bytes could have made it so, and as
 * many bytes are taken as could have begun a sequence (Unicode 14, section 3.9, table 3-7
 * and "maximal subparts").
 * Return: the number of bytes taken, at least 1.
 */
size_t unicode_from_utf8(const uint8_t *utf8, size_t len, uint32_t *c);

/*
 * True for code points that a terminal obeys or does not show: categories Cc, Cf, Zl and
 * Zp and the property Default_Ignorable_Code_Point of Unicode 14, among them every
 * bidirectional control.
 */
bool unicode_is_hidden(uint32_t c);

#endif
