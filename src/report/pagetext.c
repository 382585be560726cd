/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page is made of strings that the report holds: each passes through here. */
#include "report/pagetext.h"

#include "base/text.h"

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

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit at hex[i], four digits in memory order; -1 if there is none. */
static int32_t unit_at(const char *hex, size_t n, size_t i)
{
	int32_t unit = 0;

	if (n < 4 || i > n - 4)
		return -1;
	for (size_t k = 0; k < 4; k++) {
		int digit = hex_digit(hex[i + (k ^ 2)]);
		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

static void put_utf8(FILE *out, uint32_t c)
{
	if (c < 0x80) {
		fputc((int)c, out);
		return;
	}
	if (c < 0x800) {
		fputc((int)(0xC0 | c >> 6), out);
	} else {
		if (c < 0x10000) {
			fputc((int)(0xE0 | c >> 12), out);
		} else {
			fputc((int)(0xF0 | c >> 18), out);
			fputc((int)(0x80 | (c >> 12 & 0x3F)), out);
		}
		fputc((int)(0x80 | (c >> 6 & 0x3F)), out);
	}
	fputc((int)(0x80 | (c & 0x3F)), out);
}

/* One character from the units at *i; what no text can hold is escaped. */
static void put_units(FILE *out, const char *hex, size_t n, size_t *i)
{
	uint32_t unit = (uint32_t)unit_at(hex, n, *i);
	int32_t low = unit_at(hex, n, *i + 4);

	*i += 4;
	if (unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
		put_utf8(out,
			 0x10000 + ((unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00));
		*i += 4;
	} else if (unit == 0 || (unit >= 0xD800 && unit < 0xE000) || unit >= 0xFFFE) {
		fprintf(out, "\\u{%x}", (unsigned)unit);
	} else {
		put_utf8(out, unit);
	}
}

char *pagetext_exact(const char *hex, size_t n)
{
	char *raw = NULL, *shown;
	size_t size = 0;
	FILE *out = open_memstream(&raw, &size);

	if (!out)
		return NULL;
	for (size_t i = 0; unit_at(hex, n, i) >= 0;)
		put_units(out, hex, n, &i);
	if (fclose(out) != 0) {
		free(raw);
		return NULL;
	}
	shown = pagetext_visible(raw, size, size);
	free(raw);
	return shown;
}

static int base64_digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

char *pagetext_hex(const char *base64, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = malloc(HEX_SIZE), *p = hex;
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0, shown = 0; hex && i < n && shown < HEX_MAX; i++) {
		int digit = base64_digit(base64[i]);
		if (digit < 0)
			break;
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		if (shown++ > 0)
			*p++ = ' ';
		*p++ = digits[bits >> have >> 4 & 15];
		*p++ = digits[bits >> have & 15];
	}
	if (hex)
		*p = '\0';
	return hex;
}
