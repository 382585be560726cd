/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives in which something was deleted, as the own reader and the recovery see
 * them.  Whatever is recovered is checked at once for what must always hold:
 * every key is there once, below a parent that knows it, and no byte belongs to
 * two things, live or deleted.
 */
#ifndef TESTS_HELP_RECOVEREDKEYS_H
#define TESTS_HELP_RECOVEREDKEYS_H

#include "help/hives.h"

#include "regf/recover/recoverkeys.h"

/* Moments of a recipe: 2000-11-14 08:00, and so many hours later. */
#define HOUR UINT64_C(36000000000)
#define LATER(hours) (HIVES_TIME + (hours)*HOUR)

struct recoveredkeys {
	struct hive hive; /* its tree is another one than that below */
	struct usage usage;
	struct key_tree *keys; /* live ones */
	struct recovered_keys *found;
};

typedef enum recovered_fit recoveredkeys_fit(struct text name, struct text parent,
					     struct text above);

/* Opens what the builder holds as last finished and poked, which it takes, and recovers. */
struct recoveredkeys recoveredkeys_of(struct builder *b);
/* The same with other knowledge: up to two earlier states, newest first, NULL for none. */
struct recoveredkeys recoveredkeys_after(struct builder *b,
					 const struct recoveredkeys *earlier,
					 const struct recoveredkeys *still_earlier);
struct recoveredkeys recoveredkeys_fitted(struct builder *b, recoveredkeys_fit *fit);
/* Always: keys named "common" are made everywhere alike, and "rival" has had another's cell. */
/* The same of a hive that was opened already, which it takes. */
struct recoveredkeys recoveredkeys_of_hive(struct hive hive);
void recoveredkeys_close(struct recoveredkeys *l);

/* What must hold for every recovery; fails the test if it does not. */
void recoveredkeys_check(const struct image *image, const struct key_tree *live,
			 const struct recovered_keys *found);

/* The recovered key at a path from the root.  Fails the test if it is absent. */
const struct key *recoveredkeys_key(const struct recoveredkeys *l, const char *path);
/* What stands there, a placeholder too, or NULL. */
const struct key *recoveredkeys_at(const struct recoveredkeys *l, const char *path);
/* The value of that name of a key at a path.  Fails the test if it is absent. */
const struct value *recoveredkeys_value(const struct recoveredkeys *l, const char *path,
					const char *name);
/* Those that no key is known of; NULL if it is absent. */
const struct value *recoveredkeys_lone(const struct recoveredkeys *l, const char *name);
/* The place of the keys whose lost parent was in that cell, or NULL. */
const struct key *recoveredkeys_adrift(const struct recoveredkeys *l,
				       uint32_t parent_rel);
/* How many keys of that name were recovered, wherever. */
size_t recoveredkeys_count(const struct recoveredkeys *l, const char *name);
/* The recovered key whose record is there, wherever, or NULL. */
const struct key *recoveredkeys_record(const struct recoveredkeys *l, size_t record);

static inline const struct recovered_key *recoveredkeys_of_key(
	const struct recoveredkeys *l, const struct key *key)
{
	return recovered_of(l->found, key);
}

static inline enum recovered_certainty recoveredkeys_certainty(
	const struct recoveredkeys *l, const char *path)
{
	return recoveredkeys_of_key(l, recoveredkeys_key(l, path))->certainty;
}

const struct recovered_value *recoveredkeys_of_value(const struct recoveredkeys *l,
						     const char *path, const char *name);

bool recoveredkeys_data_is(const struct value *value, const void *bytes, size_t len);

#endif
