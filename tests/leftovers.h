/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives in which something was deleted, as the own reader and the recovery see
 * them.  Whatever is recovered is checked at once for what must always hold:
 * every key is there once, below a parent that knows it, and no byte belongs to
 * two things, live or deleted.
 */
#ifndef TESTS_LEFTOVERS_H
#define TESTS_LEFTOVERS_H

#include "hives.h"

#include "regf/remnant.h"

/* Moments of a recipe: 2000-11-14 08:00, and so many hours later. */
#define HOUR UINT64_C(36000000000)
#define LATER(hours) (HIVES_TIME + (hours)*HOUR)

struct leftovers {
	struct hive hive; /* its tree is another one than that below */
	struct usage usage;
	struct key_tree *keys; /* live ones */
	struct remnants *found;
};

typedef enum remnant_fit leftovers_fit(struct text name, struct text parent,
				       struct text above);

/* Opens what the builder holds as last finished and poked, which it takes, and recovers. */
struct leftovers leftovers_of(struct builder *b);
/* The same with other knowledge: up to two earlier states, newest first, NULL for none. */
struct leftovers leftovers_after(struct builder *b, const struct leftovers *earlier,
				 const struct leftovers *still_earlier);
struct leftovers leftovers_fitted(struct builder *b, leftovers_fit *fit);
/* The same of a hive that was opened already, which it takes. */
struct leftovers leftovers_of_hive(struct hive hive);
void leftovers_close(struct leftovers *l);

/* What must hold for every recovery; fails the test if it does not. */
void leftovers_check(const struct image *image, const struct key_tree *live,
		     const struct remnants *found);

/* The recovered key at a path from the root.  Fails the test if it is absent. */
const struct key *leftovers_key(const struct leftovers *l, const char *path);
/* What stands there, a stand-in too, or NULL. */
const struct key *leftovers_at(const struct leftovers *l, const char *path);
/* The value of that name of a key at a path.  Fails the test if it is absent. */
const struct value *leftovers_value(const struct leftovers *l, const char *path,
				    const char *name);
/* Those that no key is known of; NULL if it is absent. */
const struct value *leftovers_lone(const struct leftovers *l, const char *name);
/* The place of the keys whose lost parent was in that cell, or NULL. */
const struct key *leftovers_adrift(const struct leftovers *l, uint32_t parent_rel);
/* How many keys of that name were recovered, wherever. */
size_t leftovers_count(const struct leftovers *l, const char *name);
/* The recovered key whose record is there, wherever, or NULL. */
const struct key *leftovers_record(const struct leftovers *l, size_t record);

static inline const struct remnant_key *leftovers_of_key(const struct leftovers *l,
							 const struct key *key)
{
	return remnant_of(l->found, key);
}

static inline enum remnant_certainty leftovers_certainty(const struct leftovers *l,
							 const char *path)
{
	return leftovers_of_key(l, leftovers_key(l, path))->certainty;
}

const struct remnant_value *leftovers_of_value(const struct leftovers *l,
					       const char *path, const char *name);

bool leftovers_data_is(const struct value *value, const void *bytes, size_t len);

#endif
