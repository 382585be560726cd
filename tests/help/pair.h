/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pair of hives made for a test: built, written to files that are gone
 * again at once, read and compared as the program does it.
 *
 * pair_compare() also checks what holds for every pair: a hive compared with
 * itself yields nothing, and the way back mirrors the way there.
 */
#ifndef TESTS_HELP_PAIR_H
#define TESTS_HELP_PAIR_H

#include "samples/mapi.h"

#include "compare/compare.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

#define PAIR_PROFILES MAPI_WMS "\\Profiles"
#define PAIR_DELETED MAPI_WMS "\\Deleted Profiles"
#define PAIR_SID "S-1-5-21-1085031214-1563985344-725345543-1001"

struct pair {
	/* The recipes: after begins as a copy of before, see pair_fork(). */
	struct builder *before, *after;
	/* Finished already, and bytes were poked into it since. */
	bool spoilt_before, spoilt_after;
	struct snapshot *old, *new;
	struct recovery *recoveries[2]; /* of the new one, if a test asked for it */
	struct comparison *found;
};

/* Moments of a recipe, in this order: all keys made, saved, changed, saved again. */
uint64_t pair_made(void);
uint64_t pair_saved(void);
uint64_t pair_changed(void);
uint64_t pair_saved_again(void);

/* cmocka's fixtures: *state is a struct pair with a hive that holds no profile. */
int pair_set_up(void **state);
int pair_tear_down(void **state);

/* Recovers from pair->new what it holds of deleted profiles: pair->recoveries[1]. */
void pair_recover(struct pair *pair, const struct snapshot *const *earlier, size_t n);
/* Frees the new snapshot, and what was recovered from it. */
void pair_drop_new(struct pair *pair);

/* Starts anew with other options. */
void pair_restart(struct pair *pair, const struct builder_options *options);
/* What pair_set_up() takes: a user's hive of Windows 10. */
struct builder_options pair_options(void);

/*
 * A profile of Outlook 2010 below a list: personal folders, contacts and an
 * instance key; the same seed gives the same content.  Return: its key.
 */
builder_key pair_add(struct builder *b, const char *list, const char *name,
		     uint64_t seed);
/* The same below a key, at another time. */
struct mapi_profile pair_add_at(struct builder *b, builder_key list, const char *name,
				uint64_t seed, uint64_t filetime);
/* A profile of Exchange 2000, without instance key. */
builder_key pair_add_2000(struct builder *b, const char *list, const char *name,
			  uint64_t seed);

/* A key that must be there. */
builder_key pair_key(struct builder *b, const char *path);

/* Deletes a key that must be there, with all below it, at pair_changed(). */
void pair_delete(struct builder *b, const char *path);

/* Makes after a copy of before, saved later. */
void pair_fork(struct pair *pair);

/* Finishes the later or the earlier hive for bytes to be poked into it.  Return: it. */
struct builder *pair_spoil(struct pair *pair, bool after);
/* Spoils the signature of a key in it, so that what the key held cannot be read. */
void pair_spoil_key(struct pair *pair, bool after, const char *path);

/* Reads what a finished builder holds, as a file. */
struct snapshot *pair_read(struct builder *b);

/* Reads and compares; paths as for compare_snapshots(). */
void pair_compare(struct pair *pair);
void pair_compare_keys(struct pair *pair, const char *const *paths, size_t n);

/*
 * Gives the key whose record stands at an offset of the later hive, and is in that list,
 * another name of the same length, by its bytes alone.  The hive is finished by that.
 */
void pair_rename_record(struct pair *pair, const char *list, size_t record,
			const char *name);

/* The finding that there must be just one of, in all or of a kind. */
const struct finding *pair_only(const struct pair *pair);
const struct finding *pair_one(const struct pair *pair, enum finding_kind kind);
size_t pair_count(const struct pair *pair, enum finding_kind kind);
void pair_assert_nothing(const struct pair *pair);

/* Names are ASCII; NULL stands for no profile on that side. */
void pair_assert_names(const struct finding *finding, const char *before,
		       const char *after);
bool pair_has_reason(const struct finding *finding, enum finding_reason reason);
/* How many differences of a kind there are. */
size_t pair_differences(const struct finding *finding, enum difference_kind kind);
/* The difference of that kind whose value is called so. */
const struct difference *pair_difference(const struct finding *finding,
					 enum difference_kind kind, const char *name);
/* A profile of a snapshot by its ASCII name in any list. */
const struct snapshot_profile *pair_profile(const struct snapshot *snapshot,
					    const char *name);

#endif
