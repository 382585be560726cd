/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files beside the hives may be of the machine and time of the users' hives in their
 * operand, by where they lay.
 */
#ifndef COLLECTION_SUBJECTS_BELONGS_H
#define COLLECTION_SUBJECTS_BELONGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/whose.h"

/* What of a disk's trees and times the users' hives lie in. */
struct belongs {
	struct belongs_tree {
		size_t operand;
		const char *path; /* borrowed from the finds */
		size_t len;	  /* bytes of it up to the tree */
	} * trees;		  /* each once, in order */
	size_t n_trees;
	struct belongs_operand {
		bool in_use; /* a user's hive that lies neither in Windows.old ... */
		bool now;    /* ... nor, for this, in a shadow copy or restore point */
		bool in_tree;
	} * operands;
};

/* Return: STATUS_OK; STATUS_NOMEM.  To be cleared by belongs_clear() in any case. */
MUST_CHECK enum status belongs_read(const struct finds *finds, const struct whose *whose,
				    struct belongs *out);
void belongs_clear(struct belongs *belongs);

/*
 * False for what lies in the tree of another disk than any user's hive of its operand, or
 * in Windows.old beside hives in use: another installation's.  dated: it tells itself from
 * when it is; what does not, and lies in a shadow copy or restore point beside hives of
 * now, does not belong either.
 */
bool belongs_to_users(const struct belongs *belongs, const struct found *found,
		      bool dated);

#endif
