/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code points out of UTF-8 and UTF-16 and into them. */
#include "base/unicode.h"

#include "base/compiler.h"

size_t unicode_to_utf16(uint32_t c, uint16_t units[2])
{
	units[0] = (uint16_t)c;
	if (c < 0x10000)
		return 1;
	units[0] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
	units[1] = (uint16_t)(0xDC00 + (c & 0x3FF));
	return 2;
}

size_t unicode_utf8_size(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

size_t unicode_to_utf8(uint32_t c, char out[4])
{
	/* The marks of the first byte by size: 0, 110, 1110 and 11110 in binary. */
	static const uint8_t mark[5] = { 0, 0x00, 0xC0, 0xE0, 0xF0 };
	size_t size = unicode_utf8_size(c);

	for (size_t i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	out[0] = (char)(mark[size] | c);
	return size;
}

size_t unicode_from_utf8(const uint8_t *utf8, size_t len, uint32_t *c)
{
	uint8_t first = utf8[0];
	uint8_t low = 0x80, high = 0xBF; /* what the second byte may be */
	size_t more;

	*c = first;
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF) {
		more = 1;
	} else if (first >= 0xE0 && first <= 0xEF) {
		more = 2;
		low = first == 0xE0 ? 0xA0 : 0x80;  /* no overlong forms */
		high = first == 0xED ? 0x9F : 0xBF; /* no surrogates */
	} else if (first >= 0xF0 && first <= 0xF4) {
		more = 3;
		low = first == 0xF0 ? 0x90 : 0x80;
		high = first == 0xF4 ? 0x8F : 0xBF; /* nothing past U+10FFFF */
	} else {
		*c = UNICODE_NOT_UTF8;
		return 1;
	}

	uint32_t value = first & (0x3Fu >> more);

	for (size_t i = 1; i <= more; i++) {
		if (i >= len || utf8[i] < low || utf8[i] > high) {
			*c = i >= len ? UNICODE_CUT_OFF : UNICODE_NOT_UTF8;
			return i;
		}
		value = value << 6 | (utf8[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*c = value;
	return more + 1;
}

static const struct {
	uint32_t first, last;
} hidden[] = {
	{ 0x0000, 0x001F },   { 0x007F, 0x009F },   { 0x00AD, 0x00AD },
	{ 0x034F, 0x034F },   { 0x0600, 0x0605 },   { 0x061C, 0x061C },
	{ 0x06DD, 0x06DD },   { 0x070F, 0x070F },   { 0x0890, 0x0891 },
	{ 0x08E2, 0x08E2 },   { 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },
	{ 0x180B, 0x180F },   { 0x200B, 0x200F },   { 0x2028, 0x202E },
	{ 0x2060, 0x206F },   { 0x3164, 0x3164 },   { 0xFE00, 0xFE0F },
	{ 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },   { 0xFFF0, 0xFFFB },
	{ 0x110BD, 0x110BD }, { 0x110CD, 0x110CD }, { 0x13430, 0x13438 },
	{ 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
};

bool unicode_is_hidden(uint32_t c)
{
	if (c < 0x7F)
		return c < 0x20;
	for (size_t i = 0; i < ARRAY_LEN(hidden) && c >= hidden[i].first; i++)
		if (c <= hidden[i].last)
			return true;
	return false;
}
