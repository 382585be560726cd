/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page is made of strings that the report holds: each passes through here. */
#include "report/page/pagetext.h"

#include "base/hex.h"
#include "base/text.h"
#include "report/base64.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of data that the page shows: a screen or so; the report has them all. */
#define HEX_MAX 256
#define HEX_SIZE (3 * HEX_MAX + 1)

/* Not in the middle of a character. */
static size_t whole_characters(const char *utf8, size_t n)
{
	while (n > 0 && ((unsigned char)utf8[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* What was cut off is told behind the text. */
static char *with_rest(char *text, size_t rest)
{
	char *whole = NULL;
	size_t size = 0;

	if (!text || rest == 0)
		return text;
	size = strlen(text) + 64;
	whole = malloc(size);
	if (whole)
		(void)snprintf(whole, size,
			       "%s\xE2\x80\xA6 [%zu bytes more: see the XML]", text,
			       rest);
	free(text);
	return whole;
}

char *pagetext_visible(const char *utf8, size_t n, size_t all)
{
	size_t kept = n > PAGETEXT_MAX ? whole_characters(utf8, PAGETEXT_MAX) : n;
	char *copy = strndup(utf8, kept);
	char *shown = copy ? text_visible(copy) : NULL;

	free(copy);
	return with_rest(shown, all - kept);
}

/* Not between the two units of a character. */
static size_t whole_units(struct text text, size_t n)
{
	bool pair = n > 0 && unicode_is_high(text_unit(text, n - 1)) &&
		    unicode_is_low(text_unit(text, n));

	return n - pair;
}

char *pagetext_exact(const char *hex, size_t n)
{
	struct text text;
	size_t all, kept;
	char *shown;

	if (!text_from_utf16_hex(hex, n, &text))
		return NULL;
	all = text_length(text);
	kept = all > PAGETEXT_MAX ? whole_units(text, PAGETEXT_MAX) : all;
	shown = with_rest(text_exact(text_slice(text, 0, kept)), 2 * (all - kept));
	text_free(text);
	return shown;
}

char *pagetext_hex(const char *base64, size_t n)
{
	uint8_t bytes[HEX_MAX];
	size_t n_bytes = base64_read(base64, n, bytes, sizeof(bytes));
	char *hex = malloc(HEX_SIZE), *p = hex;

	for (size_t i = 0; hex && i < n_bytes; i++) {
		if (i > 0)
			*p++ = ' ';
		p = hex_put(p, bytes[i], 2);
	}
	if (hex)
		*p = '\0';
	return hex;
}
