/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small hive that both readers have opened. */
#ifndef TESTS_HELP_BOTHREADERS_H
#define TESTS_HELP_BOTHREADERS_H

#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>

struct both {
	struct hive hive;
	struct tree *tree;
};

static inline struct both open_both(struct builder *b)
{
	struct both both = { .hive = hives_open(b) };

	assert_int_equal(both.hive.read, STATUS_OK);
	assert_int_equal(hives_hivex(&both.hive, &both.tree), STATUS_OK);
	return both;
}

static inline void close_both(struct both *both)
{
	tree_close(both->tree);
	hives_close(&both->hive);
}

/* root\p with subkeys a (a value "below"), b, c and values 1, 2, 3. */
struct small {
	struct builder *b;
	size_t list, values; /* file offsets */
	builder_key p, a;
};

static inline struct small small_hive(void)
{
	struct small t = { .b = hives_new(5) };
	static uint8_t data[20000];

	data[19999] = 0xA5;
	t.p = builder_key_add(t.b, builder_root(t.b), "p", HIVES_TIME);
	t.a = builder_key_add(t.b, t.p, "a", HIVES_TIME + 1);
	builder_key_add(t.b, t.p, "b", HIVES_TIME + 2);
	builder_key_add(t.b, t.p, "Ключ", HIVES_TIME + 3);
	builder_value_string(t.b, t.p, "1", "one");
	builder_value_set(t.b, t.p, "ä", 0xFFFF0012, data, sizeof(data));
	builder_value_set(t.b, t.p, "", BUILDER_NONE, "", 0);
	builder_value_dword(t.b, t.a, "below", 4);
	builder_finish(t.b);
	t.list = builder_key_list_offset(t.b, t.p);
	t.values = builder_key_values_offset(t.b, t.p);
	return t;
}

static inline struct builder *chain(unsigned levels)
{
	struct builder *b = hives_new(3);
	builder_key key = builder_root(b);

	for (unsigned i = 0; i < levels; i++)
		key = builder_key_add(b, key, "k", HIVES_TIME);
	builder_finish(b);
	return b;
}

#endif
