/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names made of hex digits: of values, sections, accounts and generated profiles. */
#ifndef MAPI_HEXNAME_H
#define MAPI_HEXNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * The number that the n units (at most eight) at `from` spell, in digits of
 * either case.
 * Return: false if they are not all there or not all hex digits.
 */
bool hexname_number(struct text name, size_t from, size_t n, uint32_t *out);

/* True if the name is n hex digits and nothing else. */
bool hexname_is(struct text name, size_t n);

#endif
