/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes among the bins that the walk of the cells passed over: no map tells
 * what is a cell there.  What a live pointer leads to in such bytes can still
 * be read; what only lies there may be alive or deleted, nobody can tell.
 */
#ifndef REGF_GAP_H
#define REGF_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum gap_kind {
	GAP_UNMAPPED, /* of this hive, but its cells are not known */
	GAP_FOREIGN,  /* bins that tell another place than their own: not of this hive */
	GAP_GIVEN_UP, /* behind the data: bins at their own place, which this hive gave up */
};

struct gap {
	uint32_t rel, len; /* counted from the first bin; bytes */
	enum gap_kind kind;
};

/* In order of place; they do not overlap. */
struct gaps {
	struct gap *items;
	size_t n, cap;
};

/*
 * Adds bytes behind all that were added before; neighbours of one kind become
 * one.  No length adds nothing.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status gaps_add(struct gaps *gaps, uint32_t rel, uint32_t len,
				enum gap_kind kind);
void gaps_clear(struct gaps *gaps);

/* The gap that holds the byte at rel; NULL if none does.  Borrowed. */
const struct gap *gaps_at(const struct gaps *gaps, uint32_t rel);

#endif
