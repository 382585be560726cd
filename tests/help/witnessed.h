/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hive in which a key is deleted, with an earlier state that had it: its witness. */
#ifndef TESTS_HELP_WITNESSED_H
#define TESTS_HELP_WITNESSED_H

#include "help/recoveredkeys.h"

/* live\gone, written at LATER(1), and "elsewhere", written at LATER(3). */
struct witnessed {
	struct builder *b;
	builder_key live, gone;
	size_t record;		     /* of "gone", offset in the file */
	struct recoveredkeys before; /* the state before anything was deleted */
};

struct witnessed witnessed_new(void);
/* Takes the earlier state anew: the hive as it was last finished. */
void witnessed_take(struct witnessed *t);
/* Adds a key, which the earlier state has too. */
void witnessed_add(struct witnessed *t, const char *path, uint64_t time);
/* Deletes "gone" with all below it at LATER(9), and finishes the hive. */
void witnessed_delete(struct witnessed *t);
/* Something else is written at LATER(12): the hive is finished again. */
void witnessed_go_on(struct witnessed *t);
/* Overwrites the fixed part of a key's record in the finished hive. */
void witnessed_wipe(struct builder *b, size_t record);

/* What is recovered from what is left of the recipe, which it takes. */
struct recoveredkeys witnessed_after(struct witnessed *t);
/* What is known of the recovered key whose record is there, which must be recovered. */
const struct recovered_key *witnessed_info(const struct recoveredkeys *l, size_t record);
/* Frees the earlier state, and what was recovered. */
void witnessed_close(struct witnessed *t, struct recoveredkeys *l);

#endif
