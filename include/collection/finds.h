/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found in all that was given: found.h finds it. */
#ifndef COLLECTION_FINDS_H
#define COLLECTION_FINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "collection/filekind.h"
#include "collection/place.h"

enum found_operand_kind { FOUND_FILE, FOUND_FOLDER, FOUND_ARCHIVE };

/* An operand, in the order given. */
struct found_operand {
	const char *path; /* as given; borrowed */
	enum found_operand_kind kind;
	bool whole;		   /* all that it holds could be looked at */
	uint64_t seen[FILEKIND_N]; /* all that was looked at, evidence too, by kind */
	uint64_t n_left; /* of these, regular files and members that are not listed */
};

struct found_source; /* how its bytes are had again */

/* A file that can be used, or that could not be read. */
struct found {
	/*
	 * Operand, and '/' and the path inside of it: bytes as the system or the archive has
	 * them, to be shown by failure_path().  No other of the operand has the same: a
	 * repeated member has a number behind it.
	 */
	char *path;
	/* The part of it inside the operand; "" if it is the operand. */
	const char *inside;
	size_t operand; /* its index */
	/* FILEKIND_UNREAD: it is there, but what it is, is not known; unread says why. */
	enum filekind kind;
	struct place place; /* by the whole path */
	uint64_t size;	    /* bytes */
	/*
	 * FILETIME of its last change as the system or the archive has it, that of the
	 * archive where a member has none; 0: not known.  In a zip it is a local time.
	 */
	uint64_t mtime_ft;
	bool in_archive; /* member of an archive, or of one inside the folder */
	char *unread;	 /* why its bytes are not to be had, a sentence; NULL: they are */
	struct found_source *source;
};

/* A folder in which users' hives have to lie: place_folder(). */
struct found_folder {
	char *path; /* as in struct found */
	size_t operand;
	struct place place; /* of it */
	bool whole;	    /* all that it holds itself could be looked at */
};

struct finds {
	/* By operand; in folders by the bytes of names, in archives as they stand. */
	struct found *items;
	size_t n, cap;
	struct found_operand *operands;
	size_t n_operands;
	struct found_folder *folders; /* each once, by operand */
	size_t n_folders, cap_folders;
	struct diag_list *diags; /* each sentence begins with the path it is about */
	struct found_state *state;
};

/* Files that are listed: hives, logs and companions of some 100,000 users. */
#define FOUND_MAX 1000000
/* Bytes of their paths: at 1000 each. */
#define FOUND_MAX_PATHS (UINT64_C(1) << 30)
/* Bytes that are kept of archives: the hives of some 10,000 users. */
#define FOUND_MAX_KEPT (UINT64_C(64) << 30)

#endif
