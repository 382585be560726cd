/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hive of one key with a few subkeys, and what a reader makes of those. */
#ifndef TESTS_HELP_PARENT_H
#define TESTS_HELP_PARENT_H

#include "help/unit.h"

#include "help/hives.h"

#include <stdbool.h>

/* root\p with the subkeys named; lists are lf, or li. */
struct parent {
	struct builder *b;
	builder_key p;
	size_t record, list; /* file offsets of p's record and of its list */
};

static inline struct parent parent_of(bool li, const char *names)
{
	struct parent t = { .b = builder_new(&(struct builder_options){
				    .minor = 3, .li_lists = li, .sequence = 1 }) };
	char name[2] = "";

	t.p = builder_key_add(t.b, builder_root(t.b), "p", HIVES_TIME);
	for (; *names; names++) {
		name[0] = *names;
		builder_key_add(t.b, t.p, name, HIVES_TIME);
	}
	builder_finish(t.b);
	t.record = builder_key_offset(t.b, t.p);
	t.list = builder_key_list_offset(t.b, t.p);
	return t;
}

/* The names of a key's children, one letter each, in their order. */
static inline const char *children_of(const struct key *key)
{
	static char names[64];

	assert_true(key->n_children < sizeof(names));
	for (uint32_t i = 0; i < key->n_children; i++)
		names[i] = (char)key->children[i].name[0];
	names[key->n_children] = '\0';
	return names;
}

#endif
