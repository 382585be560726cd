/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits, the one place for them; written ones are lower case. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/* One more than the value of the digit that a byte is in ASCII; 0 for any other byte. */
extern const uint8_t hex_values[256];

/*
 * The value of a hex digit of either case, or -1.  By a table, so without a branch that
 * depends on which digit it is: names of random digits would make the processor guess
 * wrong at each.
 */
static inline int hex_digit(uint16_t unit)
{
	return unit < sizeof(hex_values) ? hex_values[unit] - 1 : -1;
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
