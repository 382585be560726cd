/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profile stores at one moment of a replay: before it, and after each
 * entry of the logs.  Only what tells profiles apart is kept, since the bytes
 * go on changing.
 */
#ifndef SNAPSHOT_STATE_H
#define SNAPSHOT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"
#include "mapi/profile.h"
#include "mapi/store.h"
#include "regf/log/touched.h"

struct state_profile {
	size_t store; /* in stores[] of the state */
	struct text name;
	struct digest digest, secrets;
	bool has_instance;
	uint8_t instance[PROPERTY_UID_SIZE];
};

struct state_store {
	enum store_kind kind;
	enum store_list list;
	const char *office_version; /* NULL or owned by the state */
	bool present;
	bool has_default;
	struct text default_profile;
};

struct state {
	bool first;	   /* before any entry */
	uint32_t sequence; /* of the entry that led here */
	size_t log;	   /* number of its log */
	bool walkable;	   /* false: a state in the middle that cannot be read */
	struct arena
		*arena; /* owns names and arrays; NULL if shared with the one before */
	struct state_store *stores;
	size_t n_stores;
	struct state_profile *profiles; /* in order of store, then name */
	size_t n_profiles;
};

struct states {
	struct state *items;
	size_t n, cap;
	size_t n_left_out;	/* entries applied without being looked at */
	uint64_t n_walked;	/* bytes of all hives that were walked */
	struct touched touched; /* what the last state that was walked was read from */
};

/*
 * States kept of one replay: real logs hold some tens of entries.  Each of which a page
 * may belong to the stores costs a walk through the hive, and so many times the bytes of
 * the hive are walked at most, of a small one so many bytes.
 */
#define STATES_MAX 1000
#define STATES_MAX_WALKS 100
#define STATES_MIN_WALKED ((uint64_t)64 << 20)

/*
 * Reads the stores of a hive as it is at this moment; the bytes may change
 * afterwards.  first, sequence and log are kept as they are given.  pages: what was
 * written since the state before; NULL: anything.  Where that touches nothing that the
 * stores were read from, they are the same, and the hive is not walked again: what is
 * elsewhere in it does not count.  What cannot be read makes the state unwalkable;
 * nothing is said about it.  Past STATES_MAX, or what may be walked, no state is kept any
 * more, but counted in n_left_out.
 * Return: STATUS_OK; STATUS_NOMEM, the states being to be cleared all the same.
 */
MUST_CHECK enum status states_add(struct states *states, struct span hive, bool first,
				  uint32_t sequence, size_t log,
				  const struct txlog_pages *pages);
/* Frees all states; they may be cleared twice. */
void states_clear(struct states *states);

/* The list as the state has it, borrowed; NULL if none is of that kind and version. */
const struct state_store *state_store(const struct state *state,
				      const struct store *store);
/*
 * The profile of that name, without case, in such a list, borrowed; NULL if it is
 * not there.
 */
const struct state_profile *state_profile(const struct state *state,
					  const struct store *store, struct text name);
/*
 * The profile of that name in that list, as another state has it, borrowed; NULL if it
 * is not there.  `profile` is one of `from`.
 */
const struct state_profile *state_profile_in(const struct state *other,
					     const struct state *from,
					     const struct state_profile *profile);

#endif
