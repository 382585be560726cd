/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which roots of a .reg export can be a snapshot, and whose each is: a file may hold the
 * keys of several users.
 */
#ifndef SNAPSHOT_EXPORTROOTS_H
#define SNAPSHOT_EXPORTROOTS_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "regf/evidence.h"
#include "regtext/regtext.h"
#include "snapshot/subject.h"

/* Users of one file: more than are logged on to a terminal server. */
#define EXPORTROOTS_MOST 512

struct exportroot {
	char *path; /* as in struct regtext_root; "" if unnamed */
	enum regtext_root_kind kind;
	struct subject subject;
};

struct exportroots {
	struct exportroot *items; /* in the order of the file */
	size_t n, cap;
	size_t n_left_out; /* past EXPORTROOTS_MOST */
};

/*
 * The roots with lists of profiles, borrowed, to `chosen`, which has room for all; if none
 * has any, all of them.  *n becomes their number.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status exportroots_choose(const struct regtext *export,
					  struct regtext_root **chosen, size_t *n);

/*
 * Reads a file through an opener and lists the roots that are snapshots by themselves:
 * those with lists of profiles, and those that export the place of the lists and have
 * none there.  A root that only repeats another one of the file is passed over.  *out
 * may be empty; it is to be cleared by exportroots_clear().
 * Return: STATUS_OK; STATUS_UNSUPPORTED if it is no export, or a list of changes;
 * STATUS_NOMEM; STATUS_IO; STATUS_LIMIT; else than STATUS_OK *failure is set.
 */
MUST_CHECK enum status exportroots_read(const char *path,
					const struct evidence_opener *opener,
					struct exportroots *out, struct failure *failure);
void exportroots_clear(struct exportroots *roots);

#endif
