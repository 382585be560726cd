// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of keys and values: UTF-8 in, one byte per character where all are below U+0100
 * and the version knows that, else UTF-16LE; upper case, order, and the hash or hint that
 * subkey lists keep.
 */
#include "builder_private.h"

#include <string.h>

/* Reads one character at text[*at]. Return: its code point. */
static uint32_t next_character(const char *text, size_t len, size_t *at)
{
	uint8_t first = (uint8_t)text[(*at)++];
	size_t more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	uint32_t c = more == 0 ? first : first & (0x3Fu >> more);

	if (more > len - *at || (first & 0xC0) == 0x80)
		builder_die("name is not UTF-8");
	while (more-- > 0)
		c = c << 6 | ((uint8_t)text[(*at)++] & 0x3Fu);
	return c;
}

static void add_unit(struct builder_name *name, uint32_t unit)
{
	if (name->n == BUILDER_NAME_MAX)
		builder_die("name too long");
	name->units[name->n++] = (uint16_t)unit;
}

void builder_name_utf8(struct builder_name *name, const char *text, size_t len)
{
	name->n = 0;
	for (size_t at = 0; at < len;) {
		uint32_t c = next_character(text, len, &at);

		if (c > 0xFFFF) {
			add_unit(name, 0xD800 + ((c - 0x10000) >> 10));
			add_unit(name, 0xDC00 + (c & 0x3FF));
		} else {
			add_unit(name, c);
		}
	}
}

size_t builder_utf16(const char *text, uint8_t *out)
{
	struct builder_name name;

	builder_name_utf8(&name, text, strlen(text));
	for (size_t i = 0; i < name.n; i++) {
		out[2 * i] = (uint8_t)name.units[i];
		out[2 * i + 1] = (uint8_t)(name.units[i] >> 8);
	}
	return 2 * name.n;
}

void builder_name_units(struct builder_name *name, const uint16_t *units, size_t n)
{
	name->n = 0;
	for (size_t i = 0; i < n; i++)
		add_unit(name, units[i]);
}

bool builder_name_is_latin1(const struct builder *b, const struct builder_name *name)
{
	if (builder_is_old(b))
		return false;
	for (size_t i = 0; i < name->n; i++)
		if (name->units[i] > 0xFF)
			return false;
	return true;
}

size_t builder_name_size(const struct builder *b, const struct builder_name *name)
{
	return builder_name_is_latin1(b, name) ? name->n : 2 * name->n;
}

void builder_name_store(const struct builder *b, const struct builder_name *name,
			uint8_t *out)
{
	bool latin1 = builder_name_is_latin1(b, name);

	for (size_t i = 0; i < name->n; i++) {
		*out++ = (uint8_t)name->units[i];
		if (!latin1)
			*out++ = (uint8_t)(name->units[i] >> 8);
	}
}

static uint16_t stored_unit(const uint8_t *stored, size_t i, bool latin1)
{
	return (uint16_t)(latin1 ? stored[i] : stored[2 * i] | stored[2 * i + 1] << 8);
}

void builder_name_load(struct builder_name *name, const uint8_t *stored, size_t size,
		       bool latin1)
{
	name->n = 0;
	for (size_t i = 0; i < (latin1 ? size : size / 2); i++)
		add_unit(name, stored_unit(stored, i, latin1));
}

/*
 * Upper case of one code unit. Windows has a table for all of them; this covers the
 * scripts that recipes use: Latin with Extended-A, Greek, Cyrillic.
 */
static uint16_t upper(uint16_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 0x20 : c;
	if (c >= 0xE0 && c <= 0xFE)
		return c != 0xF7 ? c - 0x20 : c;
	if (c == 0xFF)
		return 0x178;
	if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) ||
	    (c >= 0x14A && c <= 0x177))
		return c & 0xFFFE;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c & 1 ? c : c - 1;
	if (c >= 0x3B1 && c <= 0x3CB && c != 0x3C2)
		return c - 0x20;
	if (c >= 0x3AC && c <= 0x3AF)
		return c == 0x3AC ? 0x386 : c - 0x25;
	if (c >= 0x3CC && c <= 0x3CE)
		return c == 0x3CC ? 0x38C : c - 0x3F;
	if (c >= 0x430 && c <= 0x44F)
		return c - 0x20;
	if (c >= 0x450 && c <= 0x45F)
		return c - 0x50;
	return c;
}

int builder_name_compare(const struct builder_name *name, const uint8_t *stored,
			 size_t size, bool latin1)
{
	size_t n = latin1 ? size : size / 2;

	for (size_t i = 0; i < n && i < name->n; i++) {
		int difference =
			upper(name->units[i]) - upper(stored_unit(stored, i, latin1));

		if (difference != 0)
			return difference;
	}
	return (name->n > n) - (name->n < n);
}

uint32_t builder_name_hash(const struct builder_name *name)
{
	uint32_t hash = 0;

	for (size_t i = 0; i < name->n; i++)
		hash = hash * 37 + upper(name->units[i]);
	return hash;
}

/* The first four characters as bytes; none where one of them takes more than a byte. */
uint32_t builder_name_hint(const struct builder_name *name)
{
	uint32_t hint = 0;

	for (size_t i = 0; i < name->n && i < 4; i++) {
		if (name->units[i] > 0xFF)
			return 0;
		hint |= (uint32_t)name->units[i] << (8 * i);
	}
	return hint;
}
