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

struct finding;

struct state_profile {
	size_t store; /* in stores[] of the state */
	struct text name;
	struct digest digest, secrets;
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
	size_t n_left_out; /* entries applied without being looked at */
};

/*
 * States kept of one replay: real logs hold some tens of entries, and each
 * state costs a walk through the hive.
 */
#define STATES_MAX 1000

/*
 * Reads the stores of a hive as it is at this moment.  What cannot be read
 * makes the state unwalkable; nothing is said about it.
 * Return: STATUS_OK, with the state added; STATUS_NOMEM.
 */
MUST_CHECK enum status states_add(struct states *states, struct span hive, bool first,
				  uint32_t sequence, size_t log);
void states_clear(struct states *states);

/*
 * The state from which on a finding holds: what it says to be gone is gone and
 * stays gone, what it says to be there is there as the later snapshot has it.
 * Return: NULL if the states do not tell; else the state (the first one: the
 * change stands in the hive file itself).
 */
const struct state *states_place(const struct states *states,
				 const struct finding *finding,
				 const struct store *after_store);

#endif
