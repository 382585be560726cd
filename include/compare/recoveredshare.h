/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is left of a profile that an earlier snapshot still has: the recovered
 * keys and values held against it.  That is also the measure of the recovery.
 */
#ifndef COMPARE_RECOVEREDSHARE_H
#define COMPARE_RECOVEREDSHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "mapi/store.h"
#include "recovery/recovery.h"

enum recovered_share_completeness {
	RECOVERED_SHARE_NONE,
	RECOVERED_SHARE_PARTIAL,
	RECOVERED_SHARE_WHOLE, /* every key and value, with all its data */
};

/* How much of an earlier profile was recovered; the profile is borrowed. */
struct recovered_share {
	const struct recovered_profile *profile; /* NULL: nothing was found */
	size_t n_keys, n_values;		 /* of the earlier ones, found again */
	size_t n_keys_lost, n_values_lost;	 /* not found */
	size_t n_data_lost;    /* values found, all or the end of whose data are lost */
	size_t n_heads_lost;   /* values found that lack only the first bytes of them */
	size_t n_data_changed; /* values found with other data: written in between */
	size_t likeness; /* how much speaks for its being that profile; 0: nothing */
	bool disputed;	 /* both have an instance key, and not the same: never whole */
};

/*
 * Looks among recovered profiles for the one that was `before` in the list
 * `store`, and holds it against that.  recovery may be NULL.
 */
void recoveredshare_find(const struct recovery *recovery, const struct store *store,
			 const struct profile *before, struct recovered_share *out);

/* None if neither a key nor a value was found again; changed data are no loss. */
enum recovered_share_completeness recoveredshare_completeness(
	const struct recovered_share *share);

/* "whole", "partial", "none". */
const char *recoveredshare_word(enum recovered_share_completeness completeness);

#endif
