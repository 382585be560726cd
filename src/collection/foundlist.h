/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found so far: items, folders, counts and diagnostics, while operands are read. */
#ifndef COLLECTION_FOUNDLIST_H
#define COLLECTION_FOUNDLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/diag.h"
#include "base/failure.h"
#include "base/hashtable.h"
#include "base/status.h"
#include "collection/filekind.h"
#include "collection/finds.h"
#include "collection/spool.h"

enum found_way { FOUND_BY_PATH, FOUND_IN_FOLDER, FOUND_IN_SPOOL };

/* How the bytes of a file are had again. */
struct found_source {
	enum found_way way;
	int folder; /* FOUND_IN_FOLDER: of the operand, borrowed of the state */
	const struct spool *spool;
	uint64_t off; /* in the spool */
	/* Of a file in the file system: what says that it is still the same. */
	dev_t dev;
	ino_t ino;
	struct timespec mtime;
};

struct found_state {
	struct spool *spool; /* NULL until something comes out of an archive */
	bool lent;	     /* the spool is another's, who frees it */
	int *folders;	     /* a descriptor for each operand; -1: none */
	uint8_t *head;	     /* FILEKIND_HEAD bytes, for whoever looks at a file */
	struct hashtable members, places; /* paths of kept members; of folders */
	uint64_t path_bytes;
	size_t n_lost; /* files of the operand at hand */
};

/* The operand that is being read, and where what cannot be done is said. */
struct foundlist {
	struct finds *finds;
	size_t operand;
	struct failure *failure;
};

/* A file that was looked at, of this kind. */
void foundlist_see(const struct foundlist *list, enum filekind kind);

/*
 * The operand's path with '/' and what is inside of it; "" is the operand itself.
 * Return: malloc'ed; NULL when out of memory.
 */
char *foundlist_path(const struct foundlist *list, const char *inside) MUST_CHECK;

/*
 * Lists a file: what of item is its path (copied), kind, size, mtime_ft and in_archive; its
 * place is found here.  source: copied.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT.
 */
MUST_CHECK enum status foundlist_add(const struct foundlist *list,
				     const struct found *item,
				     const struct found_source *source);

/* Files of an operand that are lost one by one; past it, none of its folders is whole. */
#define FOUNDLIST_MAX_LOST 1000

/*
 * A file whose bytes cannot be had, and why.  It is counted, the folder around it is not
 * whole, and it is listed if its name is that of a hive.
 * Return: as foundlist_add().
 */
MUST_CHECK enum status foundlist_lose(const struct foundlist *list, const char *path,
				      bool in_archive, const char *why);

/*
 * What is called as a user's hive is and holds none: it is told and listed as what could
 * not be read, for the hive may be gone or spoilt, but its place is not empty.  Nothing is
 * done for other names; foundlist_see() counted it before.
 * Return: as foundlist_add().
 */
MUST_CHECK enum status foundlist_no_hive(const struct foundlist *list, const char *path,
					 bool in_archive, enum filekind kind);

/*
 * Lists the folders in which hives have to lie that lead to this path, from first bytes of
 * it on: what is above was not looked through.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT.
 */
MUST_CHECK enum status foundlist_folders(const struct foundlist *list, const char *path,
					 bool is_folder, size_t first);

/*
 * A link, or something else that is not followed: where hives would lie in it if it were
 * a folder, that folder is listed as one that was not looked through.
 * Return: as foundlist_folders().
 */
MUST_CHECK enum status foundlist_link(const struct foundlist *list, const char *path,
				      size_t first);

/*
 * The folder with this path could not be looked through whole; with all: nor those below.
 * "" with all: none of the operand.
 */
void foundlist_incomplete(const struct foundlist *list, const char *path, bool all);

/* A diagnostic about a path, which is cut in the sentence if it is very long. */
void foundlist_note(const struct foundlist *list, enum diag_code code, const char *path,
		    const char *format, ...) PRINTF_LIKE(4, 5);

/* The spool, made when it is first asked for.  Return: as spool_new(). */
MUST_CHECK enum status foundlist_spool(const struct foundlist *list, struct spool **out);

/* STATUS_NOMEM, and says so. */
MUST_CHECK enum status foundlist_no_memory(const struct foundlist *list);

#endif
