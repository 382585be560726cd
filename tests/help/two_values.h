/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hive of two values, one of them in its record, and where all parts stand. */
#ifndef TESTS_HELP_TWO_VALUES_H
#define TESTS_HELP_TWO_VALUES_H

#include "help/unit.h"

#include "help/hives.h"

/* root with a value "v" of 12 bytes in a cell of room 12, and "w" of 2 inline. */
struct values {
	struct builder *b;
	size_t root, list, v, w, data; /* file offsets */
};

static inline struct values two_values(unsigned minor)
{
	struct values t = { .b = hives_new(minor) };
	builder_key root = builder_root(t.b);

	builder_value_set(t.b, root, "v", BUILDER_BINARY, "0123456789ab", 12);
	builder_value_set(t.b, root, "w", 0xFFFF0012, "xy", 2);
	builder_finish(t.b);
	t.root = builder_key_offset(t.b, root);
	t.list = builder_key_values_offset(t.b, root);
	t.v = builder_value_offset(t.b, root, "v");
	t.w = builder_value_offset(t.b, root, "w");
	t.data = builder_value_data_offset(t.b, root, "v");
	assert_int_equal(hives_get(t.b, t.data - 4, 4), 0u - 16);
	return t;
}

#endif
