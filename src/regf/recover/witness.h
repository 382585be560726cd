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

#endif
