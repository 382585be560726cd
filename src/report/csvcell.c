/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/csvcell.h"

#include "base/unicode.h"

#include <string.h>

static void put(struct output *output, const char *utf8, size_t len)
{
	(void)output_write(output, span_of(utf8, len));
}

/* Its bytes, quotes doubled. */
static void put_quoted(struct output *output, const char *cell)
{
	size_t len;

	for (; *cell; cell += len) {
		len = strcspn(cell, "\"");
		if (len == 0) {
			put(output, "\"\"", 2);
			len = 1;
		} else {
			put(output, cell, len);
		}
	}
}

static void put_cell(struct output *output, const char *prefix, const char *cell,
		     bool last)
{
	const char *quote = strpbrk(cell, "\",\r\n") ? "\"" : "";

	put(output, quote, strlen(quote));
	put(output, prefix, strlen(prefix));
	put_quoted(output, cell);
	put(output, quote, strlen(quote));
	put(output, last ? "\r\n" : ",", last ? 2 : 1);
}

void csvcell_put(struct output *output, const char *cell, bool last)
{
	put_cell(output, "", cell, last);
}

/* Blanks that a reader may take away before it looks at the cell. */
static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x202F || c == 0x205F || c == 0x1680 || unicode_is_hidden(c);
}

/* The signs with which a formula begins; of full width, some take them likewise. */
static bool begins_formula(uint32_t c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D ||
	       c == 0xFF0B || c == 0xFF0D || c == 0xFF20 || c == 0x2212;
}

static bool is_dangerous(const char *text)
{
	size_t len = strlen(text), n;
	uint32_t c = 0;

	if (*text == '\'')
		return true;
	for (size_t i = 0; i < len; i += n) {
		n = unicode_from_utf8((const uint8_t *)text + i, len - i, &c);
		if (!is_blank(c))
			return begins_formula(c);
	}
	return false;
}

void csvcell_put_defused(struct output *output, const char *text, bool last)
{
	put_cell(output, is_dangerous(text) ? "'" : "", text, last);
}
