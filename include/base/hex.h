/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits, the one place for them; written ones are lower case. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/*
 * The value of a hex digit of either case, or -1.  Without a branch that depends on which
 * digit it is: names of random digits would make the processor guess wrong at each.
 */
static inline int hex_digit(uint16_t unit)
{
	unsigned digit = unit - (unsigned)'0', letter = (unit | 0x20u) - (unsigned)'a';
	int value = letter <= 5 ? (int)letter + 10 : -1;

	return digit <= 9 ? (int)digit : value;
}

/*
 * Writes the last n digits of value, without NUL.
 * Return: the place behind them.
 */
char *hex_put(char *out, uint32_t value, unsigned n);

/* Digits of a number without leading zeros, at least 1. */
unsigned hex_length(uint32_t value);

/* Writes two digits for each of n bytes, and a NUL: out has room for 2 * n + 1. */
void hex_bytes(char *out, const uint8_t *bytes, size_t n);

#endif
