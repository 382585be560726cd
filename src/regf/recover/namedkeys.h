/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys that values name.  Many keys are called by the digits of a random id, and the
 * values of other keys hold that id in binary: such keys belong together.
 */
#ifndef REGF_RECOVER_NAMEDKEYS_H
#define REGF_RECOVER_NAMEDKEYS_H

#include "regf/recover/search.h"

struct namedkeys {
	const struct search *search;
	uint32_t *order; /* numbers of values, by owner */
	uint32_t *first; /* of each key's values in order; one more than there are keys */
	uint64_t work;	 /* bytes that may still be looked through */
};

/*
 * Sorts the values of the search by their owners; the search is borrowed.  To be
 * cleared either way.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status namedkeys_init(struct namedkeys *named,
				      const struct search *search);
void namedkeys_clear(struct namedkeys *named);

/* True for a name that tells an id: 32 hexadecimal digits. */
bool namedkeys_is_id(struct text name);

/* True if some value of the deleted key of number `by` holds the id that key is called by. */
bool namedkeys_by_deleted(struct namedkeys *named, uint32_t by,
			  const struct deleted_key *key);

/* The same of the values of a live key. */
bool namedkeys_by_live(struct namedkeys *named, const struct key *by,
		       const struct deleted_key *key);

/* True if two last writes, FILETIME, are a minute apart at most, as of keys made together. */
bool namedkeys_together(uint64_t a, uint64_t b);

#endif
