/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds made by hand: each file has a path as in a collection and the bytes of a recipe,
 * which an opener gives by that path.  Nothing of the collection is on the disk.
 */
#ifndef TESTS_HELP_MADEFINDS_H
#define TESTS_HELP_MADEFINDS_H

#include "collection/found.h"
#include "regf/evidence.h"
#include "samples/builder.h"

enum { MADEFINDS_MOST = 32 };

struct madefinds {
	struct evidence_opener opener; /* the first member: cast from it */
	struct finds finds;
	struct found_operand operands[4];
	struct found items[MADEFINDS_MOST];
	char *files[MADEFINDS_MOST]; /* where the bytes are; NULL: none are to be had */
	struct found_folder folders[MADEFINDS_MOST];
};

/* Empty ones of folders with these names; NULL ends them. */
void madefinds_init(struct madefinds *all, const char *const *operands);
void madefinds_clear(struct madefinds *all);

/*
 * Adds a file to the last operand whose name begins the path.  Takes the builder; NULL: of
 * no bytes.  The place is read from the path.
 */
void madefinds_add(struct madefinds *all, const char *path, enum filekind kind,
		     struct builder *b);
/* A folder in which hives have to lie. */
void madefinds_folder(struct madefinds *all, const char *path, bool whole);

/*
 * A user's hive: base block and root key tell what is not NULL; all is written at that
 * moment, FILETIME.
 */
struct builder *madefinds_hive(const char *embedded, const char *sid, uint64_t time);

#endif
