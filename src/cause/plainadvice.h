/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What to do about a cause where that is the same on every machine: a sentence or two, in
 * the order in which they are to be taken.
 */
#ifndef CAUSE_PLAINADVICE_H
#define CAUSE_PLAINADVICE_H

#include <stddef.h>

#include "cause/cause.h"

struct plainadvice {
	enum cause cause;
	const char *code; /* a word of the report */
	const char *text; /* a sentence without a full stop, UTF-8 */
};

/* All rows, *n of them; static storage. */
const struct plainadvice *plainadvice_rows(size_t *n);

#endif
