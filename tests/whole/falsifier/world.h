/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine with one user's hive, and the acts that change it: what Windows, Outlook and
 * people do, each written down in the truth. The hive is the recipe builder's.
 */
#ifndef FALSIFIER_WORLD_H
#define FALSIFIER_WORLD_H

#include "samples/builder.h"
#include "whole/falsifier/random.h"
#include "whole/falsifier/truth.h"

enum { WORLD_BACKUPS = 4 };

/* An older state of the hive, which may come back. */
struct world_backup {
	struct builder *b;
	uint32_t alive[TRUTH_MAX_ALIVE];
	size_t n_alive;
	uint32_t list_made[TRUTH_LISTS];
	uint32_t hive;
};

struct world {
	struct builder *b;
	struct builder_options options;
	struct random random;
	struct random extra; /* decides on what is odd, so that other histories stay */
	struct random daily; /* likewise, on daily use and on hives made anew */
	struct truth *truth;
	uint64_t clock;
	uint64_t started; /* what the header says where nobody keeps it up to date */
	bool plain;	  /* only creates, writes and deletes */
	bool odd;	  /* acts and files happen too that are seldom seen */
	bool used;   /* the hive is used daily outside of mail, and may be replaced */
	bool coarse; /* the clock moves in steps, so that acts have the same time */
	bool stale_header; /* Windows 8.1 and later: the header's time is not kept */
	uint32_t alive[TRUTH_MAX_ALIVE];
	size_t n_alive;
	uint32_t list_made[TRUTH_LISTS];
	struct world_backup backups[WORLD_BACKUPS];
	size_t n_backups;
	uint32_t lists_made;
	uint32_t hive, hives; /* which one it is, and how many there were */
	unsigned programs;    /* that were used in it so far */
	uint32_t state;	      /* the last one that was written down */
	unsigned replaced;    /* how often the hive was exchanged behind Windows' back */
};

/* Makes the machine of a seed, with a few profiles. Borrows the truth, which is empty. */
void world_init(struct world *w, struct truth *truth, uint64_t seed);
void world_clear(struct world *w);

/* --- for the acts --- */

/* The clock moves on by a little, as between two steps of one act; or by a pause. */
uint64_t world_tick(struct world *w);
void world_pause(struct world *w);

/* Writes down the hive as it is now. Return: the state. */
uint32_t world_record(struct world *w, bool deletes_only);

/* Return: the key of a list, made if it is missing. */
builder_key world_list(struct world *w, enum truth_list list);

/* Return: the key of a tenure that is there. */
builder_key world_key(const struct world *w, uint32_t tenure);

/* Begins a tenure; the state that shows it comes with world_record(). */
uint32_t world_begin(struct world *w, enum truth_list list, const char *name);

/* Ends one: not alive from the next state on. */
void world_end(struct world *w, uint32_t tenure, enum truth_end end);

/* Return: a tenure that is there, at random, of that list or of any (TRUTH_LISTS). */
uint32_t world_choose(struct world *w, enum truth_list list);

/* Return: a tree of the hive as it is now, lent by the truth. */
const struct walk *world_walk(struct world *w);

/* Deletes what is below a profile, section by section; a state is written down. */
void world_empty(struct world *w, uint32_t tenure);

/*
 * Deletes what is in a profile as Windows does, section by section, then the profile;
 * states are written down when it is empty and when it is gone.
 */
void world_delete(struct world *w, uint32_t tenure, enum truth_end end);

#endif
