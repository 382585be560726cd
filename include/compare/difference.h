/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Differences between two keys, key by key and value by value. */
#ifndef COMPARE_DIFFERENCE_H
#define COMPARE_DIFFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "regf/key.h"

enum difference_kind {
	DIFFERENCE_KEY_REMOVED,
	DIFFERENCE_KEY_ADDED,
	DIFFERENCE_VALUE_REMOVED,
	DIFFERENCE_VALUE_ADDED,
	DIFFERENCE_VALUE_CHANGED, /* other type or data */
};

/* Keys and values are borrowed from the two trees. */
struct difference {
	enum difference_kind kind;
	/* The keys at both places; for values the keys that hold them. */
	const struct key *before_key, *after_key; /* the one that is not there is NULL */
	const struct value *before, *after;	  /* NULL for keys and where not there */
};

/* Past this many the report would not be read by anyone; the rest is counted. */
#define DIFFERENCE_MAX 1000000

struct differences {
	struct difference *items;
	size_t n, cap;
	size_t n_left_out;
	uint64_t n_bytes; /* of data that was looked at, on both sides */
};

/*
 * Compares two subtrees; one of them may be NULL (then everything in the
 * other is removed or added, the top key included).  The names of the top
 * keys themselves are not compared, nor times, security and class names: they
 * are no content.  In order of path, a key before its values, these before its
 * subkeys.
 * More than DIFFERENCE_MAX are counted in n_left_out and are no error.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status differences_find(const struct key *before, const struct key *after,
					struct differences *out);
/* Frees the list; it may be cleared twice. */
void differences_clear(struct differences *differences);

/* "key_removed" and so on. */
const char *difference_word(enum difference_kind kind);

#endif
