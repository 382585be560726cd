/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens files of a collection by the paths that the report shows them by. */
#ifndef COLLECTION_FOUNDOPENER_H
#define COLLECTION_FOUNDOPENER_H

#include <stddef.h>

#include "base/status.h"
#include "collection/found.h"
#include "regf/evidence.h"

struct foundopener {
	struct evidence_opener opener; /* lent as long as this is not cleared nor moved */
	const struct found **by_path;
	size_t n;
};

/*
 * Borrows the finds.  A path that none of them has is the system's: what was named by an
 * option need not lie in a collection.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status foundopener_init(struct foundopener *opener,
					const struct finds *finds);
void foundopener_clear(struct foundopener *opener);

#endif
