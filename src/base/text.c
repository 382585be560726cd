/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a hive calls a string, read unit by unit and compared as the Windows
 * kernel compares names; shown as UTF-8 and taken from it.
 */
#include "base/text.h"

#include "base/hex.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

/* "\u{10ffff}": the longest escape of text_visible(), without NUL. */
#define ESCAPE_MAX 10

/*
 * What to add, modulo 65536, to a unit to get its upper case.  The units of
 * Latin-1 fill its first 512 bytes, so names in ASCII touch few cache lines.
 */
static const uint16_t upcase_add[65536] = {
#include "base/upcase.inc"
};

static inline uint16_t upcase(uint16_t unit)
{
	return (uint16_t)(unit + upcase_add[unit]);
}

uint16_t text_upcase(uint16_t unit)
{
	return upcase(unit);
}

/* Many callers only show less when there is no memory. */
static void *noted(void *allocated)
{
	if (!allocated)
		status_note_nomem();
	return allocated;
}

char *text_of_stream(FILE *stream, char **text)
{
	bool whole = stream && !ferror(stream);

	whole = stream && fclose(stream) == 0 && whole;
	if (whole && *text)
		return *text;
	status_note_nomem();
	free(*text);
	return NULL;
}

/* Bytes per unit. */
static inline size_t width_of(struct text t)
{
	return t.encoding == TEXT_LATIN1 ? 1 : 2;
}

struct text text_slice(struct text t, size_t from, size_t n)
{
	size_t length = text_length(t);

	if (from > length)
		from = length;
	/* The end may be the odd last byte, which both span calls respect. */
	t.bytes = span_from(t.bytes, from * width_of(t));
	if (n < length - from)
		t.bytes = span_clip(t.bytes, n * width_of(t));
	return t;
}

struct text text_until_nul(struct text t)
{
	size_t n = text_length(t);
	size_t i = 0;

	while (i < n && text_unit(t, i) != 0)
		i++;
	return text_slice(t, 0, i);
}

static int sign(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* How many of the n bytes are surely the same at the beginning of both, by eights. */
static inline size_t first_unlike(const uint8_t *p, const uint8_t *q, size_t n)
{
	size_t i = 0;

	for (; n - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t unlike = le64(p + i) ^ le64(q + i);
		if (unlike)
			return i + (unsigned)__builtin_ctzll(unlike) / 8;
	}
	return i;
}

static int compare_latin1(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	const uint8_t *p = a.ptr;
	const uint8_t *q = b.ptr;

	for (size_t i = first_unlike(p, q, n); i < n; i++) {
		if (p[i] == q[i])
			continue;

		uint16_t up = upcase(p[i]);
		uint16_t uq = upcase(q[i]);

		if (up != uq)
			return up < uq ? -1 : 1;
	}
	return sign(a.len, b.len);
}

static inline int compare(struct text a, struct text b, bool fold)
{
	size_t na = text_length(a);
	size_t nb = text_length(b);
	size_t n = na < nb ? na : nb;

	for (size_t i = 0; i < n; i++) {
		uint16_t ua = text_unit(a, i);
		uint16_t ub = text_unit(b, i);

		if (ua == ub)
			continue;
		if (fold) {
			ua = upcase(ua);
			ub = upcase(ub);
		}
		if (ua != ub)
			return ua < ub ? -1 : 1;
	}
	return sign(na, nb);
}

/* The same bytes in the same encoding: the usual case of equal names. */
static inline bool is_identical(struct text a, struct text b)
{
	return a.encoding == b.encoding && span_equal(a.bytes, b.bytes);
}

int text_compare(struct text a, struct text b)
{
	if (a.encoding == TEXT_LATIN1 && b.encoding == TEXT_LATIN1)
		return compare_latin1(a.bytes, b.bytes);
	return is_identical(a, b) ? 0 : compare(a, b, true);
}

bool text_equal(struct text a, struct text b)
{
	/* Folding maps one unit to one unit: equal names are equally long. */
	return text_length(a) == text_length(b) && text_compare(a, b) == 0;
}

int text_order(struct text a, struct text b)
{
	return is_identical(a, b) ? 0 : compare(a, b, false);
}

bool text_same(struct text a, struct text b)
{
	return text_length(a) == text_length(b) && text_order(a, b) == 0;
}

bool text_is(struct text t, const char *ascii)
{
	return text_equal(t, text_of(ascii));
}

bool text_starts_with(struct text t, const char *ascii)
{
	struct text start = text_of(ascii);

	return text_equal(text_slice(t, 0, start.bytes.len), start);
}

bool text_ends_with(struct text t, const char *ascii)
{
	struct text end = text_of(ascii);
	size_t length = text_length(t);

	return end.bytes.len <= length &&
	       text_equal(text_slice(t, length - end.bytes.len, end.bytes.len), end);
}

bool text_has(struct text t, const char *ascii)
{
	struct text part = text_of(ascii);
	size_t length = text_length(t);

	if (part.bytes.len == 0 || part.bytes.len > length)
		return part.bytes.len == 0;
	uint16_t first = upcase(text_unit(part, 0));
	for (size_t i = 0; i <= length - part.bytes.len; i++)
		/* Most names are of bytes: these need no second look. */
		if (upcase(t.encoding == TEXT_LATIN1 ? t.bytes.ptr[i]
						     : text_unit(t, i)) == first &&
		    text_equal(text_slice(t, i, part.bytes.len), part))
			return true;
	return false;
}

bool text_join(struct text a, struct text b, struct text *out)
{
	size_t n = text_length(a) + text_length(b);
	/* One more, for calloc(0) may be NULL. */
	uint8_t *units = noted(calloc(n + 1, sizeof(uint16_t)));

	if (!units)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = i < text_length(a) ? text_unit(a, i)
						   : text_unit(b, i - text_length(a));
		units[2 * i] = (uint8_t)unit;
		units[2 * i + 1] = (uint8_t)(unit >> 8);
	}
	*out = (struct text){ .bytes = span_of(units, 2 * n), .encoding = TEXT_UTF16LE };
	return true;
}

/*
 * ---- shown as UTF-8 and taken from it ----
 * The usual case, plain ASCII in Latin-1, has a path of its own, since a report holds
 * millions of names.
 */

/* Char of XML 1.0 (section 2.2), for a code point that is no surrogate. */
static bool xml_can_hold(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c != 0xFFFE && c != 0xFFFF;
}

static inline bool can_show(uint32_t c)
{
	return !unicode_is_surrogate(c) && xml_can_hold(c);
}

/* The code point that shows what is at *i, and *i moved past it. */
static inline uint32_t next_shown(struct text t, size_t *i, bool *lossy)
{
	uint32_t c = text_next(t, i);

	if (can_show(c))
		return c;
	*lossy = true;
	return UNICODE_REPLACEMENT;
}

static inline bool is_printable(uint16_t unit)
{
	return unit - 0x20u <= 0x5Eu;
}

/* True if every unit is printable ASCII, which needs no decoding; false says nothing. */
static bool is_plain(struct text t)
{
	const uint8_t *p = t.bytes.ptr;
	size_t width = width_of(t);

	if (t.bytes.len % width != 0)
		return false;
	for (size_t i = 0; i < t.bytes.len; i += width)
		if (!is_printable(width == 1 ? p[i] : le16(p + i)))
			return false;
	return true;
}

static char *plain_to_utf8(struct text t)
{
	size_t n = text_length(t), width = width_of(t);
	char *out = noted(malloc(n + 1));

	if (!out)
		return NULL;
	for (size_t i = 0; i < n; i++)
		out[i] = (char)t.bytes.ptr[width * i];
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
		size += unicode_utf8_size(next_shown(t, &i, &lost));

	char *out = noted(malloc(size + 1));

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0; i < n;)
		p += unicode_to_utf8(next_shown(t, &i, &lost), p);
	*p = '\0';
	if (lossy)
		*lossy = lost;
	return out;
}

char *text_to_utf16_hex(struct text t)
{
	size_t n = text_length(t);
	size_t size;

	if (ckd_mul(&size, n, (size_t)4) || ckd_add(&size, size, (size_t)1))
		return NULL;

	char *out = noted(malloc(size));

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
	uint8_t *units = noted(malloc(n / 2 + 1));
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

/* False for what unicode_from_utf8() gives for other bytes. */
static inline bool is_utf8(uint32_t c)
{
	return c <= 0x10FFFF;
}

static uint8_t *unit_put(uint8_t *p, uint16_t unit)
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

	uint8_t *units = noted(malloc(size));

	if (!units)
		return false;

	uint8_t *p = units;

	for (size_t i = 0; i < len;) {
		uint16_t pair[2];
		uint32_t c;

		i += unicode_from_utf8(in + i, len - i, &c);
		size_t n = unicode_to_utf16(is_utf8(c) ? c : UNICODE_REPLACEMENT, pair);
		for (size_t k = 0; k < n; k++)
			p = unit_put(p, pair[k]);
	}
	out->bytes = span_of(units, (size_t)(p - units));
	out->encoding = TEXT_UTF16LE;
	return true;
}

/* Writes \u{c}, or \x{c} for a byte that is not UTF-8.  Return: its size. */
static size_t escape_put(char *out, char kind, uint32_t c)
{
	char *p = out;

	*p++ = '\\';
	*p++ = kind;
	*p++ = '{';
	p = hex_put(p, c, hex_length(c));
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
	if (!is_utf8(c)) {
		size_t size = 0;

		for (size_t i = 0; i < used; i++)
			size += escape_put(out + size, 'x', in[i]);
		return size;
	}
	if (unicode_is_hidden(c) || (ascii && c > 0x7E))
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
		used = unicode_from_utf8(in + i, len - i, &c);
		if (ckd_add(&size, size, visible_put(one, in + i, used, c, ascii)))
			return NULL;
	}
	if (size == SIZE_MAX)
		return NULL;

	char *out = noted(malloc(size + 1));

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0, used; i < len; i += used) {
		used = unicode_from_utf8(in + i, len - i, &c);
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
	return unicode_is_hidden(c) || !can_show(c) ? escape_put(out, 'u', c)
						    : unicode_to_utf8(c, out);
}

char *text_exact(struct text t)
{
	size_t n = text_length(t), size = 0;
	char one[ESCAPE_MAX];

	/* No unit takes more. */
	if (n > SIZE_MAX / ESCAPE_MAX - 1)
		return NULL;
	for (size_t i = 0; i < n;)
		size += exact_put(one, text_next(t, &i));

	char *out = noted(malloc(size + 1));

	if (!out)
		return NULL;

	char *p = out;

	for (size_t i = 0; i < n;)
		p += exact_put(p, text_next(t, &i));
	*p = '\0';
	return out;
}

void text_free(struct text text)
{
	free((void *)(uintptr_t)text.bytes.ptr);
}
