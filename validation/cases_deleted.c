// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * NRD: keys and values that were deleted, changed or renamed between the two files, as
 * Windows and MAPI do it.
 */
#include "validation/cases.h"

#include <string.h>

#define DATA "Archive\\Data"
#define SECTION "a0000000000000000000000000000001"

enum { BIG_DATA = 40000 };

/* ---- profiles ---- */

/* A profile with two values and no keys. */
static void add_values_only(struct builder *b)
{
	builder_key key = builder_path(b, CASES_PROFILE("Plain"), cases_made());

	builder_value_string(b, key, "one", "first text");
	builder_value_dword(b, key, "two", 0x11223344);
}

static void delete_values_only(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("Plain"));
}

static void delete_outlook(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("Outlook"));
}

static void add_empty(struct builder *b)
{
	builder_path(b, CASES_PROFILE("Empty"), cases_made());
}

static void delete_empty(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("Empty"));
}

static void rename_archive(struct builder *b, const char *name)
{
	mapi_profile_move(b, cases_key(b, CASES_PROFILE("Archive")),
			  cases_key(b, CASES_LIST), name, cases_moment());
}

static void rename_same(struct builder *b)
{
	rename_archive(b, "Erchive");
}

static void rename_smaller(struct builder *b)
{
	rename_archive(b, "Arch");
}

static void rename_larger(struct builder *b)
{
	rename_archive(b, "Archive of the years 2012 to 2024");
}

static void move_archive(struct builder *b)
{
	mapi_profile_move(b, cases_key(b, CASES_PROFILE("Archive")),
			  builder_path(b, MAPI_WMS "\\Deleted Profiles", cases_moment()),
			  "Archive", cases_moment());
}

/* A second later another profile has the name. */
static void recreate_archive(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("Archive"));
	cases_profile(b, "Archive", SECTION, 21, cases_moment() + 10000000);
}

static void delete_list(struct builder *b)
{
	cases_delete(b, CASES_LIST);
}

static void change_default(struct builder *b)
{
	builder_key list = cases_key(b, CASES_LIST);

	builder_value_string(b, list, "DefaultProfile", "Archive");
	builder_key_touch(b, list, cases_moment());
}

/* The section that holds the store's file goes; what names it stays. */
static void damage_archive(struct builder *b)
{
	builder_key_delete(b, cases_key(b, CASES_PROFILE("Archive") "\\" MAPI_ROOT),
			   cases_moment());
}

/* ---- values of a profile ---- */

/* Texts one, two and three, and 40,000 bytes of 0x5a. */
static void add_data(struct builder *b)
{
	static uint8_t big[BIG_DATA];
	builder_key key = builder_path(b, CASES_LIST "\\" DATA, cases_made());

	memset(big, 0x5a, sizeof(big));
	builder_value_string(b, key, "one", "0123456789");
	builder_value_string(b, key, "two", "second");
	builder_value_string(b, key, "three", "third");
	builder_value_set(b, key, "big", BUILDER_BINARY, big, sizeof(big));
}

static builder_key data_key(struct builder *b)
{
	builder_key key = cases_key(b, CASES_LIST "\\" DATA);

	builder_key_touch(b, key, cases_moment());
	return key;
}

static void delete_value(struct builder *b)
{
	builder_value_delete(b, data_key(b), "one");
}

static void delete_big(struct builder *b)
{
	builder_value_delete(b, data_key(b), "big");
}

static void delete_three(struct builder *b)
{
	delete_value(b);
	builder_value_delete(b, data_key(b), "two");
	builder_value_delete(b, data_key(b), "three");
}

static void change_same(struct builder *b)
{
	builder_value_string(b, data_key(b), "one", "9876543210");
}

static void change_smaller(struct builder *b)
{
	builder_value_string(b, data_key(b), "one", "0123");
}

static void change_larger(struct builder *b)
{
	builder_value_string(b, data_key(b), "one",
			     "0123456789 and a good deal more than there was before");
}

static void shrink_big(struct builder *b)
{
	builder_value_set(b, data_key(b), "big", BUILDER_BINARY, "small", 5);
}

/* Windows has no renaming of values: a new one is set, the old one deleted. */
static void rename_value(struct builder *b, const char *name)
{
	builder_value_string(b, data_key(b), name, "0123456789");
	builder_value_delete(b, data_key(b), "one");
}

static void rename_value_same(struct builder *b)
{
	rename_value(b, "uno");
}

static void rename_value_smaller(struct builder *b)
{
	rename_value(b, "1");
}

static void rename_value_larger(struct builder *b)
{
	rename_value(b, "the first of all values");
}

const struct cases_recipe cases_deleted[] = {
	{ .id = "NRD-01", .before = add_values_only, .between = delete_values_only },
	{ .id = "NRD-02", .between = delete_outlook },
	{ .id = "NRD-03", .before = add_empty, .between = delete_empty },
	{ .id = "NRD-04", .before = add_data, .between = delete_value },
	{ .id = "NRD-05", .before = add_data, .between = delete_big },
	{ .id = "NRD-06", .before = add_data, .between = delete_three },
	{ .id = "NRD-07", .before = add_data, .between = change_same },
	{ .id = "NRD-08", .before = add_data, .between = change_smaller },
	{ .id = "NRD-09", .before = add_data, .between = change_larger },
	{ .id = "NRD-10", .before = add_data, .between = shrink_big },
	{ .id = "NRD-11", .between = rename_same },
	{ .id = "NRD-12", .between = rename_smaller },
	{ .id = "NRD-13", .between = rename_larger },
	{ .id = "NRD-14", .before = add_data, .between = rename_value_same },
	{ .id = "NRD-15", .before = add_data, .between = rename_value_smaller },
	{ .id = "NRD-16", .before = add_data, .between = rename_value_larger },
	{ .id = "NRD-17", .between = move_archive },
	{ .id = "NRD-18", .between = recreate_archive },
	{ .id = "NRD-19", .between = delete_list },
	{ .id = "NRD-20", .between = change_default },
	{ .id = "NRD-21", .between = damage_archive },
	{ .id = NULL },
};
