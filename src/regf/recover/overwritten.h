/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records whose first four bytes Windows 2000 overwrote. */
#ifndef REGF_RECOVER_OVERWRITTEN_H
#define REGF_RECOVER_OVERWRITTEN_H

#include "regf/recover/search.h"

/*
 * True if a free-list link can stand in the first four bytes of the cell's data: in
 * this hive there are such links, and the bytes could be one.
 */
bool overwritten_is_link(const struct search *search, uint32_t rel);

/*
 * The key or value whose cell begins at rel in the region, but for its first four
 * bytes.  What was inferred is marked in it.  Return: false if there is none.
 */
MUST_CHECK bool overwritten_key(const struct search *search, const struct region *region,
				uint32_t rel, struct deleted_key *key);
MUST_CHECK bool overwritten_value(const struct search *search,
				  const struct region *region, uint32_t rel,
				  struct deleted_value *value);

#endif
