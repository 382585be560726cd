/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts shown as UTF-8 and taken from it.  The usual case, plain ASCII in
 * Latin-1, has a path of its own, since a report holds millions of names.
 */
#include "base/text.h"

#include "base/hex.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFDu

/* What decode() gives for bytes that are not UTF-8. */
#define NOT_UTF8 UINT32_MAX

/* "\u{10ffff}": the longest escape of text_visible(), without NUL. */
#define ESCAPE_MAX 10

/* Char of XML 1.0 (section 2.2), for a code point that is no surrogate. */
static bool xml_can_hold(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c != 0xFFFE && c != 0xFFFF;
}

/* The code point at *i, or half of one that stands alone, and *i moved past it. */
static inline uint32_t next_point(struct text t, size_t *i, size_t n)
{
	uint32_t c = text_unit(t, (*i)++);

	if (c >= 0xD800 && c < 0xDC00 && *i < n) {
		uint32_t low = text_unit(t, *i);

		if (low >= 0xDC00 && low < 0xE000) {
			(*i)++;
			return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		}
	}
	return c;
}

static inline bool can_show(uint32_t c)
{
	return (c < 0xD800 || c >= 0xE000) && xml_can_hold(c);
}

/* The code point that shows what is at *i, and *i moved past it. */
static inline uint32_t next_shown(struct text t, size_t *i, size_t n, bool *lossy)
{
	uint32_t c = next_point(t, i, n);

	if (can_show(c))
		return c;
	*lossy = true;
	return REPLACEMENT;
}

static size_t utf8_size(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Writes a code point as UTF-8.  Return: the number of bytes. */
static size_t utf8_put(uint32_t c, char *out)
{
	/* The marks of the first byte by size: 0, 110, 1110 and 11110 in binary. */
	static const uint8_t mark[5] = { 0, 0x00, 0xC0, 0xE0, 0xF0 };
	size_t size = utf8_size(c);

	for (size_t i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	out[0] = (char)(mark[size] | c);
	return size;
}

/* True if every unit is printable ASCII, which needs no decoding. */
static bool is_plain(struct text t)
{
	size_t n = text_length(t);

	for (size_t i = 0; i < n; i++)
		if (text_unit(t, i) - 0x20u > 0x5Eu)
			return false;
	return true;
}

static char *plain_to_utf8(struct text t)
{
	size_t n = text_length(t);
	char *out = malloc(n + 1);

	if (!out)
		return NULL;
	if (t.encoding != TEXT_LATIN1 || !span_copy(t.bytes, 0, out, n))
		for (size_t i = 0; i < n; i++)
			out[i] = (char)text_unit(t, i);
	out[n] = '\0';
	return out;
}

char *text_to_utf8(struct text t, bool *lossy)
{
	bool lost = false;
	size_t n = text_length(t);
	size_t size = 0;

	if (lossy)
		*lossy = false;
	/* A unit becomes 3 bytes at most; so much is not in memory on any machine. */
	if (n > SIZE_MAX / 4)
		return NULL;
	if (is_plain(t))
		return plain_to_utf8(t);

	for (size_t i = 0; i < n;)
		size += utf8_size(next_shown(t, &i, n, &lost));

	char *out = malloc(size + 1);

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0; i < n;)
		p += utf8_put(next_shown(t, &i, n, &lost), p);
	*p = '\0';
	if (lossy)
		*lossy = lost;
	return out;
}

/* Writes n lower-case hex digits of value. */
static char *hex_put(char *p, uint32_t value, unsigned n)
{
	while (n-- > 0)
		*p++ = "0123456789abcdef"[value >> (4 * n) & 15];
	return p;
}

char *text_to_utf16_hex(struct text t)
{
	size_t n = text_length(t);
	size_t size;

	if (ckd_mul(&size, n, (size_t)4) || ckd_add(&size, size, (size_t)1))
		return NULL;

	char *out = malloc(size);

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(t, i);

		p = hex_put(p, unit & 0xFFu, 2);
		p = hex_put(p, (uint32_t)unit >> 8, 2);
	}
	*p = '\0';
	return out;
}

bool text_from_utf16_hex(const char *hex, size_t n, struct text *out)
{
	/* One byte more, for malloc(0) may be NULL. */
	uint8_t *units = malloc(n / 2 + 1);
	size_t size = 0;

	if (!units)
		return false;
	for (size_t i = 0; i + 1 < n; i += 2) {
		int high = hex_digit((uint8_t)hex[i]),
		    low = hex_digit((uint8_t)hex[i + 1]);

		if (high < 0 || low < 0)
			break;
		units[size++] = (uint8_t)(high << 4 | low);
	}
	out->bytes = span_of(units, size - size % 2);
	out->encoding = TEXT_UTF16LE;
	return true;
}

/*
 * One code point from the len bytes at p, len at least 1.  Where they are not
 * UTF-8, *c is NOT_UTF8 and as many bytes are taken as could have begun a
 * sequence (Unicode 14, section 3.9, table 3-7 and "maximal subparts").
 * Return: the number of bytes taken.
 */
static size_t decode(const uint8_t *p, size_t len, uint32_t *c)
{
	uint8_t first = p[0];
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
		*c = NOT_UTF8;
		return 1;
	}

	uint32_t value = first & (0x3Fu >> more);

	for (size_t i = 1; i <= more; i++) {
		if (i >= len || p[i] < low || p[i] > high) {
			*c = NOT_UTF8;
			return i;
		}
		value = value << 6 | (p[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*c = value;
	return more + 1;
}

static uint8_t *unit_put(uint8_t *p, uint32_t unit)
{
	*p++ = (uint8_t)(unit & 0xFF);
	*p++ = (uint8_t)(unit >> 8);
	return p;
}

bool text_from_utf8(const char *utf8, size_t len, struct text *out)
{
	const uint8_t *in = (const uint8_t *)utf8;
	size_t size;

	/* No byte yields more than one unit; one byte more, for malloc(0) may be NULL. */
	if (ckd_mul(&size, len, (size_t)2) || ckd_add(&size, size, (size_t)1))
		return false;

	uint8_t *units = malloc(size);

	if (!units)
		return false;

	uint8_t *p = units;

	for (size_t i = 0; i < len;) {
		uint32_t c;

		i += decode(in + i, len - i, &c);
		if (c == NOT_UTF8)
			c = REPLACEMENT;
		if (c < 0x10000) {
			p = unit_put(p, c);
		} else {
			p = unit_put(p, 0xD800 + ((c - 0x10000) >> 10));
			p = unit_put(p, 0xDC00 + (c & 0x3FF));
		}
	}
	out->bytes = span_of(units, (size_t)(p - units));
	out->encoding = TEXT_UTF16LE;
	return true;
}

/*
 * Code points that a terminal obeys or does not show: categories Cc, Cf, Zl
 * and Zp and the property Default_Ignorable_Code_Point of Unicode 14 (among
 * them every bidirectional control).
 */
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

static bool is_hidden(uint32_t c)
{
	if (c < 0x7F)
		return c < 0x20;
	for (size_t i = 0; i < ARRAY_LEN(hidden) && c >= hidden[i].first; i++)
		if (c <= hidden[i].last)
			return true;
	return false;
}

/* Writes \u{c}, or \x{c} for a byte that is not UTF-8.  Return: its size. */
static size_t escape_put(char *out, char kind, uint32_t c)
{
	char *p = out;
	unsigned digits = 1;

	while (digits < 6 && c >> (4 * digits) != 0)
		digits++;
	*p++ = '\\';
	*p++ = kind;
	*p++ = '{';
	p = hex_put(p, c, digits);
	*p++ = '}';
	return (size_t)(p - out);
}

/*
 * How the `used` bytes at in, decoded to c, are shown; outside ASCII as an escape
 * too, if `ascii`.  Return: bytes written.
 */
static size_t visible_put(char *out, const uint8_t *in, size_t used, uint32_t c,
			  bool ascii)
{
	if (c == NOT_UTF8) {
		size_t size = 0;

		for (size_t i = 0; i < used; i++)
			size += escape_put(out + size, 'x', in[i]);
		return size;
	}
	if (is_hidden(c) || (ascii && c > 0x7E))
		return escape_put(out, 'u', c);
	memcpy(out, in, used);
	return used;
}

static char *make_visible(const char *utf8, bool ascii)
{
	const uint8_t *in = (const uint8_t *)utf8;
	size_t len = strlen(utf8);
	size_t size = 0;
	uint32_t c;
	/* The longest: three bytes of a broken sequence, each shown as \x{hh}. */
	char one[3 * ESCAPE_MAX];

	for (size_t i = 0, used; i < len; i += used) {
		used = decode(in + i, len - i, &c);
		if (ckd_add(&size, size, visible_put(one, in + i, used, c, ascii)))
			return NULL;
	}
	if (size == SIZE_MAX)
		return NULL;

	char *out = malloc(size + 1);

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0, used; i < len; i += used) {
		used = decode(in + i, len - i, &c);
		p += visible_put(p, in + i, used, c, ascii);
	}
	*p = '\0';
	return out;
}

char *text_visible(const char *utf8)
{
	return make_visible(utf8, false);
}

char *text_ascii(const char *utf8)
{
	return make_visible(utf8, true);
}

/* Writes a code point of a text, or its escape.  Return: bytes written. */
static size_t exact_put(char *out, uint32_t c)
{
	return is_hidden(c) || !can_show(c) ? escape_put(out, 'u', c) : utf8_put(c, out);
}

char *text_exact(struct text t)
{
	size_t n = text_length(t), size = 0;
	char one[ESCAPE_MAX];

	/* No unit takes more. */
	if (n > SIZE_MAX / ESCAPE_MAX - 1)
		return NULL;
	for (size_t i = 0; i < n;)
		size += exact_put(one, next_point(t, &i, n));

	char *out = malloc(size + 1);

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0; i < n;)
		p += exact_put(p, next_point(t, &i, n));
	*p = '\0';
	return out;
}

void text_free(struct text text)
{
	free((void *)(uintptr_t)text.bytes.ptr);
}
