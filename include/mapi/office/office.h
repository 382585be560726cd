/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Office keeps in a user's hive beside the lists of profiles:
 * Software\Microsoft\Office\NN.0, for each version NN.0 that is there.
 */
#ifndef MAPI_OFFICE_OFFICE_H
#define MAPI_OFFICE_OFFICE_H

#include <stddef.h>

#include "base/status.h"
#include "mapi/store.h"
#include "regf/key.h"

/* "16.0" and longer ones, and the NUL. */
#define OFFICE_VERSION_SIZE 16

struct office {
	char version[OFFICE_VERSION_SIZE];
	const struct key *outlook; /* NN.0\Outlook, or NULL */
	const struct key *common;  /* NN.0\Common, or NULL */
};

struct offices {
	struct office *items; /* by the names of their keys */
	size_t n, cap;
};

/*
 * Finds the versions that have one of both keys: STORE_MAX_OFFICE at most, as
 * stores_find() tells.  In a hive that is a saved subtree those that it still
 * holds at a known path.  Keys are borrowed from the tree.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status office_find(const struct key_tree *tree,
				   const struct stores *stores, struct offices *out);
void office_clear(struct offices *offices);

#endif
