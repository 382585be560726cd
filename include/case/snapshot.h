/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of one user's hive at one time: the evidence and all that was
 * read from it, from the base block to the profiles.
 */
#ifndef CASE_SNAPSHOT_H
#define CASE_SNAPSHOT_H

#include "base/diag.h"
#include "base/failure.h"
#include "base/status.h"
#include "case/subject.h"
#include "mapi/profile.h"
#include "mapi/store.h"
#include "regf/evidence.h"
#include "regf/image.h"
#include "regf/key.h"

/* Which readers the profile stores rest on. */
enum snapshot_readers {
	SNAPSHOT_AGREE,  /* both read them, and read the same */
	SNAPSHOT_DIFFER, /* they contradict each other; the own reader's is shown */
	SNAPSHOT_HIVEX,  /* hivex alone */
	SNAPSHOT_OWN,    /* the own reader alone, in part at least */
};

struct snapshot_profile {
	struct profile profile;
	size_t store;    /* index in snapshot.stores */
	bool is_default;
};

struct snapshot {
	struct evidence *evidence;
	struct image *image;
	struct key_tree *keys; /* NULL if no reader finds a root key */
	struct diag_list *diags;
	enum snapshot_readers readers;
	struct stores stores;
	struct subject subject;
	struct snapshot_profile *profiles; /* in order of store, then name */
	size_t n_profiles;
	uint64_t newest_ft; /* newest last write of all keys, FILETIME */
};

/*
 * Reads a hive file whole.
 * Return: STATUS_OK and *out given, also for a damaged hive (its diagnostics
 * tell); STATUS_NOMEM, STATUS_IO, STATUS_LIMIT or STATUS_UNSUPPORTED with
 * *failure set when it cannot serve as a snapshot at all.
 */
MUST_CHECK enum status snapshot_read(const char *path, struct snapshot **out,
				     struct failure *failure);

/* Takes the snapshot and all that it owns; NULL is allowed. */
void snapshot_free(struct snapshot *snapshot);
void snapshot_freep(struct snapshot **snapshot);

/* False if something that should be there could not be read. */
bool snapshot_is_complete(const struct snapshot *snapshot);

/* The store of a profile of this snapshot. */
static inline const struct store *snapshot_store(const struct snapshot *snapshot,
						 const struct snapshot_profile *profile)
{
	return &snapshot->stores.items[profile->store];
}

/* The same store in another snapshot, or NULL if that has no such store at all. */
const struct store *snapshot_same_store(const struct snapshot *snapshot,
					const struct store *store);

/*
 * The deepest key on a path from the user's root that is there, as
 * key_nearest(); a subtree saved on its own lacks the beginning of the path,
 * so that beginning is passed over.  Return: NULL without a root key.
 */
const struct key *snapshot_nearest_key(const struct snapshot *snapshot, struct text path,
				       bool *whole);

const char *snapshot_readers_word(enum snapshot_readers readers);

#endif
