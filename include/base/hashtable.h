/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds again what was seen before: a number for each hash of 64 bits.  What has the same
 * hash is taken for the same thing.
 */
#ifndef BASE_HASHTABLE_H
#define BASE_HASHTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

struct hashtable {
	struct hashtable_slot *slots;
	size_t n_slots, n;
};

/* The hash of bytes that follow those of another hash; the first begins with any number. */
uint64_t hashtable_hash(uint64_t before, struct span bytes);

/*
 * The number that was added with this hash goes to *number and *known is true; else
 * *number is added.
 * Return: STATUS_OK; STATUS_NOMEM, and the table is as it was.
 */
MUST_CHECK enum status hashtable_add(struct hashtable *table, uint64_t hash,
				     size_t *number, bool *known);

/* Frees what it holds; it is empty then. */
void hashtable_clear(struct hashtable *table);

#endif
