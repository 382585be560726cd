/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits in names: value names, section uids, account ids, generated names. */
#ifndef MAPI_HEX_H
#define MAPI_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hex.h"
#include "base/text.h"

/*
 * The number that the n units (at most eight) at `from` spell.
 * Return: false if they are not all there or not all hex digits.
 */
static inline bool hex_number(struct text t, size_t from, size_t n, uint32_t *out)
{
	size_t length = text_length(t);
	uint32_t number = 0;

	if (from > length || n > length - from)
		return false;
	for (size_t i = 0; i < n; i++) {
		int digit = hex_digit(text_unit(t, from + i));
		if (digit < 0)
			return false;
		number = number << 4 | (uint32_t)digit;
	}
	*out = number;
	return true;
}

/* True if the text is n hex digits and nothing else. */
static inline bool hex_is(struct text t, size_t n)
{
	if (text_length(t) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (hex_digit(text_unit(t, i)) < 0)
			return false;
	return true;
}

#endif
