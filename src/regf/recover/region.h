/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a hive that no live key refers to, and which of them are used up. */
#ifndef REGF_RECOVER_REGION_H
#define REGF_RECOVER_REGION_H

#include "regf/recover/search.h"

/* Finds all such bytes: fills search->regions.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status region_find_all(struct search *search);

/*
 * The region that holds the len bytes at rel whole, lent.  Return: NULL if some
 * of them are in use, or not there.
 */
const struct region *region_of(const struct search *search, uint32_t rel, uint64_t len);

/* Where len bytes at rel stand: in the hive's file, or in the overlay's log. */
struct recovered_run region_run(const struct search *search, uint32_t rel, uint32_t len);

/* True if none of the 8-byte units of [rel, rel + len) is taken. */
bool region_is_untaken(const struct search *search, uint32_t rel, uint64_t len);
void region_take(struct search *search, uint32_t rel, uint64_t len);

/*
 * True if the size of the cell at rel is one that a cell with len bytes of
 * data had there: one used again for less tells less, and one that was free
 * does not go past the free bytes.  The end of a live cell is cut off anywhere.
 */
bool region_is_old_cell(const struct search *search, const struct region *region,
			uint32_t rel, uint64_t len);

#endif
