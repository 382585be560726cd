/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits in names. */
#include "mapi/hexname.h"

#include "base/hex.h"

/* A unit that is there.  Most names are of bytes: these need no second look. */
static inline uint16_t unit_at(struct text name, size_t i)
{
	return name.encoding == TEXT_LATIN1 ? name.bytes.ptr[i] : text_unit(name, i);
}

/* The n digits of one byte each; any other byte makes their sum of bits negative. */
static bool number_of_bytes(const uint8_t *at, size_t n, uint32_t *out)
{
	uint32_t number = 0;
	int all = 0;

	for (size_t i = 0; i < n; i++) {
		int digit = hex_digit(at[i]);
		all |= digit;
		number = number << 4 | ((uint32_t)digit & 15);
	}
	if (all < 0)
		return false;
	*out = number;
	return true;
}

bool hexname_number(struct text name, size_t from, size_t n, uint32_t *out)
{
	size_t length = text_length(name);
	uint32_t number = 0;

	if (from > length || n > length - from)
		return false;
	/* The usual name, of bytes that are all there. */
	if (name.encoding == TEXT_LATIN1 && n > 0)
		return number_of_bytes(name.bytes.ptr + from, n, out);
	for (size_t i = from; i < from + n; i++) {
		int digit = hex_digit(text_unit(name, i));
		if (digit < 0)
			return false;
		number = number << 4 | (uint32_t)digit;
	}
	*out = number;
	return true;
}

bool hexname_is(struct text name, size_t n)
{
	if (text_length(name) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (hex_digit(unit_at(name, i)) < 0)
			return false;
	return true;
}
