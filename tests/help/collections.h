/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds made by hand: each file has a path as in a collection and the bytes of a recipe,
 * which an opener gives by that path.  Nothing of the collection is on the disk.
 */
#ifndef TESTS_HELP_COLLECTIONS_H
#define TESTS_HELP_COLLECTIONS_H

#include "collection/found.h"
#include "regf/evidence.h"
#include "samples/builder.h"

enum { COLLECTIONS_MOST = 32 };

struct collections {
	struct evidence_opener opener; /* the first member: cast from it */
	struct finds finds;
	struct found_operand operands[4];
	struct found items[COLLECTIONS_MOST];
	char *files[COLLECTIONS_MOST]; /* where the bytes are; NULL: none are to be had */
	struct found_folder folders[COLLECTIONS_MOST];
};

/* Empty ones of folders with these names; NULL ends them. */
void collections_init(struct collections *all, const char *const *operands);
void collections_clear(struct collections *all);

/*
 * Adds a file to the last operand whose name begins the path.  Takes the builder; NULL: of
 * no bytes.  The place is read from the path.
 */
void collections_add(struct collections *all, const char *path, enum filekind kind,
		     struct builder *b);
/* A folder in which hives have to lie. */
void collections_folder(struct collections *all, const char *path, bool whole);

/*
 * A user's hive: base block and root key tell what is not NULL; all is written at that
 * moment, FILETIME.
 */
struct builder *collections_hive(const char *embedded, const char *sid, uint64_t time);

#endif
