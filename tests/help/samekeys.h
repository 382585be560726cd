/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two trees of keys held against each other: names, types and data, but no times. */
#ifndef TESTS_HELP_SAMEKEYS_H
#define TESTS_HELP_SAMEKEYS_H

#include "regf/key.h"

/*
 * What differs first, as a sentence in `out`, or NULL if nothing does.  The names of the
 * roots are not compared: a hive's own is none that an export has.
 */
const char *samekeys_difference(const struct key *a, const struct key *b, char *out,
				size_t size);

#endif
