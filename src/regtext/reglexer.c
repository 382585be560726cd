/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What regedit takes, which is more than it writes: blanks around all parts, one digit for
 * a byte, a comment behind a value, a backslash straight behind "hex:".  In a quoted text
 * only \\ and \" are escapes; a line break there is part of it.
 */
#include "regtext/reglexer.h"

#include "regf/key.h"

#include <stdlib.h>

#define HEX_DWORD_DIGITS 8

void reglexer_clear(struct reglexer_bytes *bytes)
{
	free(bytes->items);
	*bytes = (struct reglexer_bytes){ 0 };
}

/* One more than the value of a hexadecimal digit; 0 for anything else. */
static const uint8_t digits[256] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The value of a hexadecimal digit; 16 for anything else. */
static uint32_t digit(uint32_t unit)
{
	return unit < 256 && digits[unit] ? digits[unit] - 1u : 16;
}

/*
 * In the code pages of the Far East the second byte of a character can be a backslash.
 * One before the last quotation mark of a line escapes nothing then.
 */
static bool is_second_byte(const struct regsource *source, size_t backslash)
{
	size_t at = backslash + 2;

	return source->encoding == REGTEXT_ANSI && backslash > 0 &&
	       regsource_unit(source, backslash - 1) >= 0x81 &&
	       reglexer_at_end(source, &at);
}

enum reglexer_result reglexer_quoted(const struct regsource *source, size_t *at,
				     size_t *from, size_t *to, bool *escapes)
{
	size_t i = *at + source->width;

	*from = i;
	*escapes = false;
	for (;; i += source->width) {
		uint32_t unit = regsource_unit(source, i);
		if (unit == REGSOURCE_END)
			return REGLEXER_CUT;
		if (unit == '"')
			break;
		if (unit != '\\')
			continue;
		*escapes = true;
		uint32_t next = regsource_unit(source, i + source->width);
		if (next == '\\' || (next == '"' && !is_second_byte(source, i)))
			i += source->width;
	}
	*to = i;
	*at = i + source->width;
	return REGLEXER_OK;
}

enum reglexer_result reglexer_dword(const struct regsource *source, size_t *at,
				    uint32_t *value)
{
	size_t n = 0;

	*at = regsource_skip_blanks(source, *at);
	for (*value = 0; digit(regsource_unit(source, *at)) < 16; *at += source->width) {
		if (++n > HEX_DWORD_DIGITS)
			return REGLEXER_NONE;
		*value = *value << 4 | digit(regsource_unit(source, *at));
	}
	return n > 0 ? REGLEXER_OK : REGLEXER_NONE;
}

enum reglexer_result reglexer_hex_type(const struct regsource *source, size_t *at,
				       uint32_t *type)
{
	size_t i = *at;
	unsigned n = 0;

	if (!regsource_is(source, i, "hex"))
		return REGLEXER_NONE;
	i += 3 * source->width;
	*type = KEY_TYPE_BINARY;
	if (regsource_unit(source, i) == '(') {
		i = regsource_skip_blanks(source, i + source->width);
		for (*type = 0; digit(regsource_unit(source, i)) < 16; n++) {
			if (*type > UINT32_MAX >> 4)
				return REGLEXER_NONE;
			*type = *type << 4 | digit(regsource_unit(source, i));
			i += source->width;
		}
		i = regsource_skip_blanks(source, i);
		if (n == 0 || regsource_unit(source, i) != ')')
			return REGLEXER_NONE;
		i += source->width;
	}
	i = regsource_skip_blanks(source, i);
	if (regsource_unit(source, i) != ':')
		return REGLEXER_NONE;
	*at = i + source->width;
	return REGLEXER_OK;
}

static bool reserve(struct reglexer_bytes *out)
{
	if (out->n < out->cap)
		return true;
	size_t cap = out->cap ? out->cap * 2 : 4096;
	uint8_t *items = realloc(out->items, cap);
	if (!items)
		return false;
	out->items = items;
	out->cap = cap;
	return true;
}

/*
 * Most of an export is this: two digits and a comma, again and again.  As many of them as
 * there is room for; what is written otherwise is left.
 */
static void put_plain(const struct regsource *source, size_t *at,
		      struct reglexer_bytes *out)
{
	size_t width = source->width, most = out->cap;
	size_t low = source->encoding == REGTEXT_UTF16BE, zero = 1 - low;
	struct span run;

	if (most > REGTEXT_MAX_DATA)
		most = REGTEXT_MAX_DATA;
	while (out->n < most && span_sub(source->bytes, *at, 3 * width, &run)) {
		const uint8_t *p = run.ptr;
		if (width == 2 && (p[zero] | p[2 + zero] | p[4 + zero]))
			return;
		p += width == 2 ? low : 0;
		uint32_t high = digits[p[0]], other = digits[p[width]];
		if (!high || !other || p[2 * width] != ',')
			return;
		out->items[out->n++] = (uint8_t)((high - 1) << 4 | (other - 1));
		*at += 3 * width;
	}
}

bool reglexer_at_end(const struct regsource *source, size_t *at)
{
	size_t i = regsource_skip_blanks(source, *at);

	if (regsource_unit(source, i) == ';')
		i = regsource_line_end(source, i);
	if (!regsource_ends_line(regsource_unit(source, i)))
		return false;
	*at = i;
	return true;
}

/*
 * Behind the backslash that continues a line: to the first byte of a line that follows;
 * empty lines and comments are passed over.
 */
static enum reglexer_result continue_line(const struct regsource *source, size_t *at)
{
	do {
		if (!reglexer_at_end(source, at))
			return REGLEXER_NONE;
		if (regsource_unit(source, *at) == REGSOURCE_END)
			return REGLEXER_CUT;
		*at = regsource_next_line(source, *at);
		*at = regsource_skip_blanks(source, *at);
	} while (regsource_ends_line(regsource_unit(source, *at)) ||
		 regsource_unit(source, *at) == ';');
	return REGLEXER_OK;
}

enum reglexer_result reglexer_hex_bytes(const struct regsource *source, size_t *at,
					struct reglexer_bytes *out)
{
	out->n = 0;
	for (;;) {
		if (!reserve(out))
			return REGLEXER_NOMEM;
		put_plain(source, at, out);
		*at = regsource_skip_blanks(source, *at);
		uint32_t unit = regsource_unit(source, *at), high = digit(unit);
		if (high == 16 && unit == '\\') {
			*at += source->width;
			enum reglexer_result result = continue_line(source, at);
			if (result != REGLEXER_OK)
				return result;
			continue;
		}
		/* A list may be empty, but nothing ends with a comma. */
		if (high == 16 && out->n == 0 && reglexer_at_end(source, at))
			return REGLEXER_OK;
		if (high == 16)
			return unit == REGSOURCE_END ? REGLEXER_CUT : REGLEXER_NONE;
		*at += source->width;
		uint32_t low = digit(regsource_unit(source, *at));
		if (low < 16) {
			high = high << 4 | low;
			*at += source->width;
		}
		if (out->n == REGTEXT_MAX_DATA)
			return REGLEXER_LONG;
		if (!reserve(out))
			return REGLEXER_NOMEM;
		out->items[out->n++] = (uint8_t)high;
		*at = regsource_skip_blanks(source, *at);
		if (regsource_unit(source, *at) != ',')
			return REGLEXER_OK;
		*at += source->width;
	}
}
