/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens evidence by the path under which it was found: for whatever reads evidence. */
#ifndef COLLECTION_FOUNDOPENER_H
#define COLLECTION_FOUNDOPENER_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/status.h"
#include "collection/finds.h"
#include "regf/evidence.h"

struct foundopener {
	struct evidence_opener opener; /* to be given on */
	const struct found **by_path;  /* in the order of paths, each once */
	size_t n;
};

/*
 * An opener for the paths of all items; it and the finds must stay where they are.  Other
 * paths it does not know.  Several threads may use it.
 * Return: STATUS_OK; STATUS_NOMEM.  To be cleared in any case.
 */
MUST_CHECK enum status foundopener_init(struct foundopener *out,
					const struct finds *finds);
void foundopener_clear(struct foundopener *opener);

/* The item with this path, borrowed; NULL if there is none. */
const struct found *foundopener_find(const struct foundopener *opener, const char *path);

#endif
