/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stories of a hive that are told entry by entry of its log: the recipe knows in which one
 * each change was made, and which state comes of it.
 */
#ifndef TESTS_HELP_ENTRIES_H
#define TESTS_HELP_ENTRIES_H

#include "help/unit.h"

#include "help/pair.h"

#include "compare/findingstate.h"

/* The sequence number of the first entry. */
enum { ENTRIES_FIRST = 100 };

struct entries {
	struct pair *pair; /* borrowed */
	struct states states;
	uint32_t next; /* sequence number of the next entry */
};

/* From here on the recipe of pair->after is told entry by entry; *state is the pair. */
struct entries entries_begin(void **state);
/* The same, of a hive to which a profile is added before, or two unless second is NULL. */
struct entries entries_begin_with(void **state, const char *first, const char *second);

/* The hive as it is now becomes the state after the next entry. */
void entries_next(struct entries *s);
/* The same with these bytes for a hive. */
void entries_add_bytes(struct entries *s, const uint8_t *bytes, size_t len);
/* An entry that is no concern of profiles. */
void entries_other(struct entries *s);

/* The key of a profile in the list, which must be there. */
builder_key entries_profile(struct entries *s, const char *name);
/* Changes to profiles of the list at pair_changed(), for the next entry. */
void entries_copy(struct entries *s, const char *name, const char *copy);
void entries_delete(struct entries *s, const char *name);
/* Another one, made when it was written last. */
void entries_make_anew(struct entries *s, const char *name);

/* The end of the story: compares; what is found must be one change. */
const struct finding *entries_only(struct entries *s);
/* Return: the entry from which on it holds, 0 for the hive file, UINT32_MAX for none. */
uint32_t entries_place(const struct entries *s, const struct finding *finding);
/* Frees the states. */
void entries_finish(struct entries *s);

/* All three: there is one change, of that kind, which holds from that place on. */
void entries_end(struct entries *s, enum finding_kind kind, uint32_t from);
/* The same of the only one of its kind, beside others. */
void entries_end_beside(struct entries *s, enum finding_kind kind, uint32_t from);

#endif
