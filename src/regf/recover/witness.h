/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deleted keys in other states of the hive. */
#ifndef REGF_RECOVER_WITNESS_H
#define REGF_RECOVER_WITNESS_H

#include "regf/recover/search.h"

/*
 * Asks the source's witnesses, the newest first.  A key that one of them has live
 * in the same cell, under the same name and parent, gets it as its witness and its
 * parent with it (PARENT_WITNESS, certain so far); the first to have it counts.
 * The newest witness also says since when each key is deleted.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status witness_ask_all(struct search *search);

/* True if both keys have the same path, each in its own tree. */
bool witness_is_same_place(const struct key *a, const struct key *b);

/* The key of the same path in a tree of another state, given by its root, or NULL. */
const struct key *witness_of_live(const struct key *root, const struct key *key);

/*
 * True if a live key is surely the one of that path and cell in an earlier state, and not
 * one that was made anew there: it, or a key below it, was not written since.
 */
bool witness_is_still(const struct search *search, const struct key *live,
		      const struct key *then);

/* True if the live key had a later last write in an earlier state that is sound. */
bool witness_had_later(const struct search *search, const struct key *live);

/*
 * True if the live key, which stands where the deleted one names its parent, came there
 * after that one was deleted: the newest earlier state has the deleted one as such
 * already, and another key in the cell, or none.
 */
bool witness_lacked_parent(const struct search *search, const struct deleted_key *key,
			   const struct key *live);

#endif
