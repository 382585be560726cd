/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdint.h>

/* The value of a hex digit of either case, or -1. */
static inline int hex_digit(uint16_t unit)
{
	if (unit >= '0' && unit <= '9')
		return unit - '0';
	if (unit >= 'a' && unit <= 'f')
		return unit - 'a' + 10;
	if (unit >= 'A' && unit <= 'F')
		return unit - 'A' + 10;
	return -1;
}

#endif
