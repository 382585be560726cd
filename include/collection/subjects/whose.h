/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose each hive of a collection is, and what kind of hive, before any user's hive is
 * read whole.
 */
#ifndef COLLECTION_SUBJECTS_WHOSE_H
#define COLLECTION_SUBJECTS_WHOSE_H

#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "collection/found.h"
#include "regf/evidence.h"
#include "snapshot/subject.h"

/* How it was found whose a hive is, in the order of what is believed; words of the report. */
#define WHOSE_WAYS(X)                                                                    \
	X(WHOSE_SID_ROOT, "sid_root")	      /* its root key's security */              \
	X(WHOSE_SID_NAME, "sid_name")	      /* the security id in its name */          \
	X(WHOSE_PROFILE_LIST, "profile_list") /* ProfileList of a SOFTWARE hive */       \
	X(WHOSE_BASE_BLOCK, "base_block")     /* the path in its base block */           \
	X(WHOSE_CONTENT, "content")	      /* what Explorer keeps in it */            \
	X(WHOSE_PATH, "path")		      /* where the file lies, or its name */

enum whose_way {
#define X(constant, word) constant,
	WHOSE_WAYS(X)
#undef X
};

enum whose_kind {
	WHOSE_USERS, /* a hive that can hold profiles */
	WHOSE_SYSTEM,
	WHOSE_SOFTWARE,
	WHOSE_OTHER,  /* SAM, UsrClass.dat and others: left */
	WHOSE_UNREAD, /* it could not be opened or is no hive after all; why says so */
};

struct whose_hive {
	size_t found; /* index in the finds */
	enum whose_kind kind;
	const char *kind_name; /* "UsrClass.dat" and so on; NULL for users' hives */
	char *why;	       /* of WHOSE_UNREAD, a sentence */
	/* Of users' hives: */
	enum subject_role role;
	char sid[SUBJECT_SID_SIZE]; /* "" if nothing tells */
	char *name;		    /* the user's, UTF-8, or NULL */
	enum whose_way way;
	char *conflict; /* what contradicts that, a sentence; or NULL */
	/* As the file has them: */
	uint64_t written_ft; /* the newer one of the header's time and the root key's */
	uint32_t sequence;
};

struct whose {
	struct whose_hive *items; /* in the order of the finds */
	size_t n, cap;
};

/*
 * Looks at every hive of the finds through an opener.  Those that tell nothing at first
 * sight, and SOFTWARE hives, are read whole, one at a time.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_LIMIT; *failure is set.
 */
MUST_CHECK enum status whose_read(const struct finds *finds,
				  const struct evidence_opener *opener,
				  struct whose **out, struct failure *failure);
void whose_free(struct whose *whose);
void whose_freep(struct whose **whose);

/* "sid_root" and so on. */
const char *whose_way_word(enum whose_way way);

#endif
