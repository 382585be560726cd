/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits in names. */
#include "mapi/hexname.h"

#include "base/hex.h"

/*
 * The number that n digits from unit `from` on spell; of more than eight, the last ones.
 * Names in Latin-1, of which there are most, need no look at their encoding for each.
 * Return: false if one is no digit.
 */
static bool read_digits(struct text name, size_t from, size_t n, uint32_t *out)
{
	uint32_t number = 0;
	int all = 0; /* below 0 once there was no digit */
	struct span digits;

	if (name.encoding == TEXT_LATIN1 && span_sub(name.bytes, from, n, &digits)) {
		for (size_t i = 0; i < digits.len; i++) {
			int digit = hex_digit(digits.ptr[i]);
			all |= digit;
			number = number << 4 | ((uint32_t)digit & 15);
		}
	} else {
		for (size_t i = 0; i < n; i++) {
			int digit = hex_digit(text_unit(name, from + i));
			all |= digit;
			number = number << 4 | ((uint32_t)digit & 15);
		}
	}
	*out = number;
	return all >= 0;
}

bool hexname_number(struct text name, size_t from, size_t n, uint32_t *out)
{
	size_t length = text_length(name);
	uint32_t number = 0;

	if (from > length || n > length - from || !read_digits(name, from, n, &number))
		return false;
	*out = number;
	return true;
}

bool hexname_is(struct text name, size_t n)
{
	uint32_t number;

	return text_length(name) == n && read_digits(name, 0, n, &number);
}
