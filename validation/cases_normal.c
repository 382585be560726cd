// SPDX-License-Identifier: GPL-2.0-or-later
/* NR: hives with nothing wrong in them, with what the format allows at its limits. */
#include "validation/cases.h"

#include <string.h>

enum {
	LEVELS = 512,	    /* keys may be nested so deep */
	KEY_NAME = 255,	    /* units of a key's name */
	VALUE_NAME = 16383, /* units of a value's name */
	BIG_DATA = 40000,   /* more than two segments of big data hold */
};

/* Values t0 to t11, each of the type of its number, and t500 of a type without a name. */
static void add_types(struct builder *b)
{
	static const uint8_t data[] = { 0x41, 0, 0x42, 0, 0, 0, 0, 0 };
	static const char *const names[] = { "t0", "t1", "t2", "t3", "t4",  "t5",
					     "t6", "t7", "t8", "t9", "t10", "t11" };
	builder_key key =
		builder_path(b, CASES_PROFILE("Archive") "\\Types", cases_made());

	for (uint32_t type = 0; type < sizeof(names) / sizeof(names[0]); type++)
		builder_value_set(b, key, names[type], type, data,
				  type == BUILDER_DWORD || type == 5 ? 4 : sizeof(data));
	builder_value_set(b, key, "t500", 500, data, sizeof(data));
}

/* A profile of 3 keys, each with 2 keys, each of which has one value. */
static void add_tree(struct builder *b)
{
	static const char *const paths[] = {
		CASES_PROFILE("Tree") "\\a\\x", CASES_PROFILE("Tree") "\\a\\y",
		CASES_PROFILE("Tree") "\\b\\x", CASES_PROFILE("Tree") "\\b\\y",
		CASES_PROFILE("Tree") "\\c\\x", CASES_PROFILE("Tree") "\\c\\y",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		builder_value_string(b, builder_path(b, paths[i], cases_made()), "v",
				     "text");
}

static void add_levels(struct builder *b)
{
	builder_key key = builder_root(b);

	for (size_t i = 1; i < LEVELS; i++)
		key = builder_key_add(b, key, "level", cases_made());
	builder_value_string(b, key, "v", "deepest");
}

/* A profile whose name is 255 times "k". */
static void add_long_key(struct builder *b)
{
	char name[KEY_NAME + 1];

	memset(name, 'k', KEY_NAME);
	name[KEY_NAME] = '\0';
	cases_profile(b, name, "a0000000000000000000000000000001", 11, cases_made());
}

static void delete_long_key(struct builder *b)
{
	char path[sizeof(CASES_LIST) + KEY_NAME + 1] = CASES_LIST "\\";
	size_t len = strlen(path);

	memset(path + len, 'k', KEY_NAME);
	path[len + KEY_NAME] = '\0';
	cases_delete(b, path);
}

/* A value whose name is 16,383 times "v". */
static void add_long_value(struct builder *b)
{
	static char name[VALUE_NAME + 1];

	memset(name, 'v', VALUE_NAME);
	builder_value_string(
		b, builder_path(b, CASES_PROFILE("Archive") "\\Long", cases_made()), name,
		"text");
}

/* The byte at place i is i modulo 251. */
static void add_big_data(struct builder *b)
{
	static uint8_t data[BIG_DATA];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i % 251);
	builder_value_set(b,
			  builder_path(b, CASES_PROFILE("Archive") "\\Big", cases_made()),
			  "big", BUILDER_BINARY, data, sizeof(data));
}

static void add_names(struct builder *b)
{
	cases_profile(b, "Übung Ελλάδα", "a0000000000000000000000000000001", 11,
		      cases_made());
	cases_profile(b, "メール", "a0000000000000000000000000000002", 12, cases_made());
	cases_profile(b, "почта", "a0000000000000000000000000000003", 13, cases_made());
}

static void delete_name(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("メール"));
}

static void add_profile(struct builder *b)
{
	cases_profile(b, "New", "a0000000000000000000000000000001", 11, cases_moment());
}

const struct cases_recipe cases_normal[] = {
	{ .id = "NR-01", .before = add_types },
	{ .id = "NR-02", .before = add_tree },
	{ .id = "NR-03", .before = add_levels },
	{ .id = "NR-04", .before = add_long_key, .between = delete_long_key },
	{ .id = "NR-05", .before = add_long_value },
	{ .id = "NR-06", .before = add_big_data },
	{ .id = "NR-07", .before = add_names, .between = delete_name },
	{ .id = "NR-08" },
	{ .id = "NR-09", .between = add_profile },
	{ .id = NULL },
};
