/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of one user's hive at one time: the evidence and all that was
 * read from it, from the base block to the profiles.
 */
#ifndef SNAPSHOT_SNAPSHOT_H
#define SNAPSHOT_SNAPSHOT_H

#include "base/diag.h"
#include "base/status.h"
#include "mapi/profile.h"
#include "mapi/store.h"
#include "regf/evidence.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/log/replay.h"
#include "regf/usage.h"
#include "regtext/regtext.h"
#include "snapshot/exportfile.h"
#include "snapshot/state.h"
#include "snapshot/subject.h"

/* Which readers the profile stores rest on. */
enum snapshot_readers {
	SNAPSHOT_AGREE,	 /* both read them, and read the same */
	SNAPSHOT_DIFFER, /* they contradict each other; the own reader's is shown */
	SNAPSHOT_HIVEX,	 /* hivex alone */
	SNAPSHOT_OWN,	 /* the own reader alone, in part at least */
	SNAPSHOT_TEXT,	 /* a .reg export, which only one reader knows */
};

struct snapshot_profile {
	struct profile profile;
	size_t store; /* index in snapshot.stores */
	bool is_default;
};

/* A hive file and the logs that may belong to it. */
struct snapshot_source {
	const char *path;
	const char *logs[REPLAY_MAX_LOGS];
	size_t n_logs;
	const struct evidence_opener *opener; /* of all these; NULL: the system */
	/* Of an export the path of the root that is read; NULL: it must have but one. */
	const char *root;
	/* An export that was read already, lent; NULL: the path is read. */
	const struct exportfile *export;
	bool lone_log; /* of LOG1 and LOG2 exactly one is there */
	/*
	 * A hive of the machine, no user's: no profile stores are looked for, and
	 * both readers are held against each other over its root only.
	 */
	bool machine;
	/* Who is told what is being done; NULL: nobody.  It outlives the snapshot. */
	struct stage_watch *watch;
	size_t number; /* of the snapshot in its series, or STAGE_NO_HIVE */
	/*
	 * Snapshots of one group have no order but their times'; groups have that of their
	 * numbers.  Where the hives' times and numbers are equal, the rank tells.
	 */
	size_t group;
	uint64_t rank;
	unsigned spare_threads; /* processors that are free: so many may work beside it */
	bool profiles_later; /* they are only listed; who asks for it reads them himself */
};

/* A hive that is read for what lies beside it, alone and untold: without its logs. */
static inline struct snapshot_source snapshot_source_beside(
	const char *path, const struct evidence_opener *opener)
{
	return (struct snapshot_source){
		.path = path,
		.opener = opener,
		.machine = true,
		.number = STAGE_NO_HIVE,
	};
}

/* It owns all of it but borrowed evidence; profiles, keys and texts borrow from it. */
struct snapshot {
	struct evidence *evidence;
	bool borrowed; /* the evidence is another snapshot's, see snapshotread_as_found() */
	char **twins; /* paths of files of the same bytes, which stand for nothing more */
	size_t n_twins;
	bool machine;		   /* as its source says */
	struct stage_watch *watch; /* likewise */
	size_t number;
	struct evidence *logs[REPLAY_MAX_LOGS];
	size_t n_logs;
	struct replay *replay;	 /* NULL without logs */
	struct memfile replayed; /* the image after replay; no file if nothing applied */
	struct states states;	 /* none if nothing applied */
	/*
	 * A hive whose file begins in its middle: with zeros for the bytes that it
	 * lacks there, so that every bin stands at its place; else no file and 0.
	 */
	struct memfile relaid;
	uint32_t missing;
	struct image_base found; /* the base block as the hive file has it */
	/* NULL if a machine's hive is no hive at all; without bytes if it is an export. */
	struct image *image;
	/* A .reg export and the user's root in it that the snapshot is of; NULL: a hive. */
	struct regtext *export;
	struct regtext_root *export_root;
	bool export_lent; /* with its bytes, by whom the source names */
	/*
	 * Whether it is newer than the one before it in its series, nothing tells: one of
	 * both is an export, or all that orders them is equal, and no order was given; see
	 * snapshotorder.c.
	 */
	bool order_unknown;
	struct usage usage; /* what the keys use of the image */
	/* NULL if no reader finds a root key; an export's are its own. */
	struct key_tree *keys;
	struct diag_list *diags;
	enum snapshot_readers readers;
	struct stores stores;
	struct subject subject;
	struct snapshot_profile *profiles; /* in order of store, then name */
	size_t n_profiles;
	/* Newest last write of all keys that can be true, FILETIME; see keytimes.h. */
	uint64_t newest_ft;
};

/* True if logs were applied: the image is another than the file. */
static inline bool snapshot_is_replayed(const struct snapshot *snapshot)
{
	return !span_is_empty(snapshot->replayed.bytes);
}

/* True if it is of a .reg export, in which keys have neither times nor places. */
static inline bool snapshot_is_export(const struct snapshot *snapshot)
{
	return snapshot->export != NULL;
}

/*
 * True if the hive says of itself that it was being written: a log may hold more.
 * The snapshot must have an image.
 */
static inline bool snapshot_is_dirty(const struct snapshot *snapshot)
{
	return snapshot->image->base.primary_sequence !=
	       snapshot->image->base.secondary_sequence;
}

/* True for the last write of a key of the snapshot, or its header's, that can be true. */
bool snapshot_time_holds(const struct snapshot *snapshot, uint64_t time_ft);

/*
 * The key of a subtree that was written last, by a time that snapshot_time_holds(); of
 * several the first one in the order of key_next().  Borrowed; NULL if there is none.
 */
const struct key *snapshot_newest_key(const struct snapshot *snapshot,
				      const struct key *top);

/* Takes the snapshot and all that it owns; NULL is allowed. */
void snapshot_free(struct snapshot *snapshot);
void snapshot_freep(struct snapshot **snapshot);

/* False if something that should be there could not be read, a log included. */
bool snapshot_is_complete(const struct snapshot *snapshot);

/* True if the hive itself is unsound, in its frame or inside its cells. */
bool snapshot_is_damaged(const struct snapshot *snapshot);

/* The store of a profile of this snapshot. */
static inline const struct store *snapshot_store(const struct snapshot *snapshot,
						 const struct snapshot_profile *profile)
{
	return &snapshot->stores.items[profile->store];
}

/*
 * The same store in another snapshot, borrowed from that; its list may be absent
 * there.  NULL if that has no such store at all.
 */
const struct store *snapshot_same_store(const struct snapshot *snapshot,
					const struct store *store);

/*
 * The profile of that name, without case, in the same list of another snapshot,
 * borrowed from that; NULL if it is not there.
 */
const struct snapshot_profile *snapshot_namesake(const struct snapshot *snapshot,
						 const struct store *store,
						 struct text name);

/*
 * The deepest key on a path from the user's root that is there, as
 * key_nearest(), borrowed; a subtree saved on its own lacks the beginning of the path,
 * so that beginning is passed over.  Return: NULL without a root key.
 */
const struct key *snapshot_nearest_key(const struct snapshot *snapshot, struct text path,
				       bool *whole);

/*
 * The file in which a byte of the snapshot's image stands; *offset becomes the
 * place in it, *log the number of the log, SIZE_MAX for the hive file.
 */
const struct evidence *snapshot_locate(const struct snapshot *snapshot, uint32_t *offset,
				       size_t *log);

/*
 * The file that a diagnostic of the snapshot is about; *offset becomes the place in it,
 * DIAG_NOWHERE if it is none.
 */
const struct evidence *snapshot_diag_file(const struct snapshot *snapshot,
					  const struct diag *diag, uint64_t *offset);

/* "agree" and so on: words of the report. */
const char *snapshot_readers_word(enum snapshot_readers readers);

#endif
