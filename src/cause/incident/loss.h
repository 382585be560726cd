/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profiles that are gone, from a comparison or, for a single hive, from
 * what was recovered of it; and when they went.
 */
#ifndef CAUSE_INCIDENT_LOSS_H
#define CAUSE_INCIDENT_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "compare/compare.h"
#include "mapi/profilename.h"
#include "mapi/servicename.h"
#include "recovery/recovery.h"

/* A profile that is gone. */
struct loss {
	const struct finding *finding;		   /* NULL for a recovered one */
	const struct recovered_profile *recovered; /* NULL for one known from before */
	const struct snapshot *where;		   /* in which its keys stand */
	const struct store *store;		   /* NULL if its list is not known */
	const struct profile *profile;
	struct text name; /* may be empty for a recovered one */
	/*
	 * Certain or probable.  What is only possible is not relied on: a condition that
	 * would be met by it alone is unknown, and its moment is no proof of anything.
	 * Nor is a profile relied on that is missing because another hive stands there:
	 * what became of it in its own hive since that was saved is not known.
	 */
	bool sure;
	uint64_t at_ft;			 /* the moment; 0 if not known */
	uint64_t earliest_ft, latest_ft; /* bounds; 0 if there is none */
	struct profile_generated_name generated;
	const struct servicename *pattern; /* that its name fits, or NULL */
};

struct losses {
	struct loss *items; /* in the order of the findings */
	size_t n;
	/*
	 * Changes that would be losses, but are unresolved: what could not be read may
	 * hold the profile.  They are none; what there is to say of all losses stays open.
	 */
	struct loss *open;
	size_t n_open;
	/* The earlier hive could not be read whole: more may be gone than it tells of. */
	bool unread;
	uint64_t *moments; /* proven ones, of those that are sure, in order */
	size_t n_moments;
	/* In which time those with a moment or bounds went; 0 if none has. */
	uint64_t from_ft, to_ft;
	bool some_untimed; /* others went at some other time, or in it */
};

/*
 * What a comparison of that snapshot says to be gone, and what it leaves open.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status loss_find(const struct comparison *comparison,
				 const struct snapshot *before,
				 const struct servicenames *names, struct losses *out);

/* The same of what was recovered from a single snapshot, and does not live on. */
MUST_CHECK enum status loss_find_recovered(const struct recovery *recovery,
					   const struct snapshot *snapshot,
					   const struct servicenames *names,
					   struct losses *out);
void loss_clear(struct losses *losses);

/* The list that it was in, by name; false if it is not known. */
bool loss_is_from(const struct loss *loss, enum store_list list);

/* True if some loss is only possible, or left open, or untold by what was not read. */
bool loss_is_in_doubt(const struct losses *losses);
/* How many are sure. */
size_t loss_count_sure(const struct losses *losses);

#endif
