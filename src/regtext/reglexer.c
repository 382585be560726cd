/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What regedit takes, which is more than it writes: blanks around all parts, one digit for
 * a byte, a comment behind a value, a backslash straight behind "hex:".  In a quoted text
 * only \\ and \" are escapes; a line break there is part of it.
 */
#include "regtext/reglexer.h"

#include <stdlib.h>

#define HEX_DWORD_DIGITS 8

void reglexer_clear(struct reglexer_bytes *bytes)
{
	free(bytes->items);
	*bytes = (struct reglexer_bytes){ 0 };
}

/* The value of a hexadecimal digit; 16 for anything else. */
static uint32_t digit(uint32_t unit)
{
	if (unit >= '0' && unit <= '9')
		return unit - '0';
	unit |= 0x20;
	return unit >= 'a' && unit <= 'f' ? unit - 'a' + 10 : 16;
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

static bool put_byte(struct reglexer_bytes *out, uint32_t byte)
{
	if (out->n == out->cap) {
		size_t cap = out->cap ? out->cap * 2 : 4096;
		uint8_t *items = realloc(out->items, cap);
		if (!items)
			return false;
		out->items = items;
		out->cap = cap;
	}
	out->items[out->n++] = (uint8_t)byte;
	return true;
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
		if (!put_byte(out, high))
			return REGLEXER_NOMEM;
		*at = regsource_skip_blanks(source, *at);
		if (regsource_unit(source, *at) != ',')
			return REGLEXER_OK;
		*at += source->width;
	}
}
