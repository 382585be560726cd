/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a hive calls a string, read unit by unit and compared as the Windows
 * kernel compares names.
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

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

static int compare_latin1(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	const uint8_t *p = a.ptr;
	const uint8_t *q = b.ptr;

	for (size_t i = 0; i < n; i++) {
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
	if (is_identical(a, b))
		return 0;
	if (a.encoding == TEXT_LATIN1 && b.encoding == TEXT_LATIN1)
		return compare_latin1(a.bytes, b.bytes);
	return compare(a, b, true);
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
		if (upcase(text_unit(t, i)) == first &&
		    text_equal(text_slice(t, i, part.bytes.len), part))
			return true;
	return false;
}

bool text_join(struct text a, struct text b, struct text *out)
{
	size_t n = text_length(a) + text_length(b);
	/* One more, for calloc(0) may be NULL. */
	uint8_t *units = calloc(n + 1, sizeof(uint16_t));

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
