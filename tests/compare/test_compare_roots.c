/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where profiles are looked for: several Office versions, hives whose root is
 * any key above Profiles down to Profiles itself, and names of profiles that
 * no display form can hold.
 */
#include "help/unit.h"

#include "help/pair.h"

#include "base/compiler.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- several lists ---- */

static void test_three_office_versions(void **state)
{
	static const char *const lists[] = {
		MAPI_OFFICE("14.0") "\\Profiles",
		MAPI_OFFICE("15.0") "\\Profiles",
		MAPI_OFFICE("16.0") "\\Profiles",
	};
	struct pair *pair = *state;
	const struct finding *finding;

	/* One name in each, and in the list of Messaging Subsystem. */
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		pair_add(pair->before, lists[i], "Outlook", 2 + i);
	/* Not a version, so not looked at. */
	pair_add(pair->before, MAPI_OFFICE("Common") "\\Profiles", "Outlook", 9);
	pair_fork(pair);
	builder_key_delete(
		pair->after,
		pair_key(pair->after, MAPI_OFFICE("15.0") "\\Profiles\\Outlook"),
		pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->old->n_profiles, 4);
	assert_int_equal(pair->new->n_profiles, 3);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_string_equal(finding->store->office_version, "15.0");
	assert_string_equal(finding->store->path, lists[1]);
}

/*
 * A profile below Deleted Profiles of one version is gone; that of a later version was
 * made anew, and is found all the same.
 */
static void test_recreated_behind_a_shorter_version(void **state)
{
	static const char list[] = MAPI_OFFICE("16.0") "\\Profiles";
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, MAPI_OFFICE("15.0") "\\Profiles", "Archive", 1);
	pair_add(pair->before, MAPI_OFFICE("15.0") "\\Deleted Profiles", "Old", 2);
	pair_add(pair->before, list, "Outlook", 3);
	pair_fork(pair);
	builder_key_delete(
		pair->after,
		pair_key(pair->after, MAPI_OFFICE("15.0") "\\Deleted Profiles\\Old"),
		pair_changed());
	builder_key_delete(
		pair->after,
		pair_key(pair->after, MAPI_OFFICE("16.0") "\\Profiles\\Outlook"),
		pair_changed());
	pair_add_at(pair->after, pair_key(pair->after, list), "Outlook", 4,
		    pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	pair_assert_names(pair_one(pair, FINDING_DELETED), "Old", NULL);
	finding = pair_one(pair, FINDING_RECREATED);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_string_equal(finding->store->path, list);
}

static void test_windows_9x_list(void **state)
{
	static const char list[] =
		"Software\\Microsoft\\Windows Messaging Subsystem\\Profiles";
	struct pair *pair = *state;

	pair_add_2000(pair->before, list, "MS Exchange Settings", 1);
	pair_fork(pair);
	builder_key_delete(pair->after,
			   builder_key_find(pair->after, pair_key(pair->after, list),
					    "MS Exchange Settings"),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DELETED);
	assert_int_equal(pair_only(pair)->store->kind, STORE_WMS9X);
	assert_string_equal(pair_only(pair)->store->path, list);
}

/* ---- a saved subtree ---- */

/* The key at the n-th backslash of a path is the root: what is left below it. */
struct subtree {
	const char *root; /* its name */
	const char *rest; /* from the root to the list; "" if it is the list */
};

#define NT "Windows NT\\CurrentVersion\\"
#define WMS "Windows Messaging Subsystem"

static const struct subtree wms_subtrees[] = {
	{ "S-1-5-21-1-2-3-1001", "Software\\Microsoft\\" NT WMS "\\Profiles" },
	{ "Software", "Microsoft\\" NT WMS "\\Profiles" },
	{ "Microsoft", NT WMS "\\Profiles" },
	{ "Windows NT", "CurrentVersion\\" WMS "\\Profiles" },
	{ "CurrentVersion", WMS "\\Profiles" },
	{ WMS, "Profiles" },
	{ "Profiles", "" },
};

static const struct subtree office_subtrees[] = {
	{ "S-1-5-21-1-2-3-1001", "Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles" },
	{ "Software", "Microsoft\\Office\\16.0\\Outlook\\Profiles" },
	{ "Microsoft", "Office\\16.0\\Outlook\\Profiles" },
	{ "Office", "16.0\\Outlook\\Profiles" },
	{ "16.0", "Outlook\\Profiles" },
	{ "Outlook", "Profiles" },
};

static void compare_subtree(struct pair *pair, const struct subtree *subtree,
			    const char *root_name, bool default_in_list)
{
	struct builder_options options = pair_options();
	builder_key list;

	options.root_name = root_name;
	pair_restart(pair, &options);
	list = builder_path(pair->before, subtree->rest, pair_made());
	pair_add_at(pair->before, list, "Outlook", 1, pair_made());
	pair_add_at(pair->before, list, "Stays", 2, pair_made());
	if (default_in_list)
		builder_value_string(pair->before, list, "DefaultProfile", "Stays");
	pair_fork(pair);
	list = builder_key_find(pair->after, builder_root(pair->after), subtree->rest);
	builder_key_delete(pair->after, builder_key_find(pair->after, list, "Outlook"),
			   pair_changed());
	pair_compare(pair);
}

static void assert_deleted_from(const struct pair *pair, enum store_kind kind,
				const char *path)
{
	const struct finding *finding = pair_only(pair);

	assert_int_equal(finding->kind, FINDING_DELETED);
	pair_assert_names(finding, "Outlook", NULL);
	assert_int_equal(finding->store->kind, kind);
	assert_string_equal(finding->store->path, path);
	assert_int_equal(finding->latest_ft, pair_changed());
}

static void test_each_key_above_as_root(void **state)
{
	struct pair *pair = *state;

	for (size_t i = 0; i < ARRAY_LEN(wms_subtrees); i++) {
		compare_subtree(pair, &wms_subtrees[i], wms_subtrees[i].root, true);
		assert_deleted_from(pair, STORE_WMS, PAIR_PROFILES);
		assert_int_equal(diag_count_of(pair->old->diags, DIAG_ROOT_IS_SUBKEY),
				 i > 0);
	}
}

/* regsave and some tools give the root a name of their own. */
static void test_each_key_above_as_root_without_its_name(void **state)
{
	struct pair *pair = *state;

	for (size_t i = 0; i < ARRAY_LEN(wms_subtrees); i++) {
		compare_subtree(pair, &wms_subtrees[i],
				"{0A1B2C3D-0000-0000-0000-000000000000}", true);
		assert_deleted_from(pair, STORE_WMS, PAIR_PROFILES);
	}
}

static void test_each_key_above_an_office_list_as_root(void **state)
{
	struct pair *pair = *state;

	for (size_t i = 0; i < ARRAY_LEN(office_subtrees); i++) {
		/* Nothing tells the version any more when its key is not there. */
		bool known = i + 1 < ARRAY_LEN(office_subtrees);
		compare_subtree(pair, &office_subtrees[i], office_subtrees[i].root,
				false);
		assert_deleted_from(pair, STORE_OFFICE,
				    known ? MAPI_OFFICE("16.0") "\\Profiles"
					  : MAPI_OFFICE("*") "\\Profiles");
	}
}

static void test_deleted_profiles_as_root(void **state)
{
	static const struct subtree subtree = { "Deleted Profiles", "" };
	struct pair *pair = *state;

	compare_subtree(pair, &subtree, subtree.root, false);
	assert_deleted_from(pair, STORE_WMS, PAIR_DELETED);
	assert_int_equal(pair_only(pair)->store->list, STORE_DELETED_PROFILES);
}

/* A list that lost its last profile is a list still. */
static void test_profiles_as_root_and_empty(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();
	builder_key root;

	options.root_name = "Profiles";
	pair_restart(pair, &options);
	root = builder_root(pair->before);
	pair_add_at(pair->before, root, "Outlook", 1, pair_made());
	pair_fork(pair);
	root = builder_root(pair->after);
	builder_key_delete(pair->after, builder_key_find(pair->after, root, "Outlook"),
			   pair_changed());
	pair_compare(pair);
	assert_deleted_from(pair, STORE_WMS, PAIR_PROFILES);
}

/* The whole hive on one side, a saved subtree on the other. */
static void test_whole_hive_against_subtree(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Stays", 2);
	pair_fork(pair);
	builder_free(pair->after);
	options.root_name = WMS;
	pair->after = builder_new(&options);
	list = builder_path(pair->after, "Profiles", pair_changed());
	pair_add_at(pair->after, list, "Stays", 2, pair_made());
	builder_key_touch(pair->after, list, pair_changed());
	builder_stamp(pair->after, pair_saved_again(), 30);
	pair_compare(pair);
	assert_deleted_from(pair, STORE_WMS, PAIR_PROFILES);
}

/* A path asked for with --key is completed as well. */
static void test_key_asked_for_in_a_subtree(void **state)
{
	static const char *const paths[] = {
		PAIR_PROFILES,
		"HKEY_CURRENT_USER\\" PAIR_PROFILES,
		"\\Profiles",
	};
	struct pair *pair = *state;

	compare_subtree(pair, &wms_subtrees[5], WMS, true);
	pair_compare_keys(pair, paths, ARRAY_LEN(paths));
	size_t n = pair_profile(pair->old, "Outlook")->profile.n_keys +
		   pair_profile(pair->old, "Outlook")->profile.n_values;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		assert_non_null(pair->found->keys[i].before);
		assert_int_equal(pair->found->keys[i].differences.n, n);
	}
}

/* ---- names ---- */

struct odd_name {
	size_t n;
	uint16_t units[12];
};

static const struct odd_name odd_names[] = {
	{ 3, { 'a', 0xd800, 'b' } },	     /* half a pair */
	{ 3, { 'a', 0xdc00, 'b' } },	     /* the other half */
	{ 4, { 0xdc00, 0xd800, 'x', 'y' } }, /* the wrong way round */
	{ 3, { 'a', 0, 'b' } },		     /* NUL inside */
	{ 2, { 'a', 0 } },		     /* and at the end */
	{ 4, { 1, 7, 0x1b, 0x7f } },	     /* controls */
	{ 4, { '\r', '\n', '\t', 'x' } },
	{ 8, { '<', '&', '"', '>', ']', ']', '>', '\'' } }, /* markup */
	{ 3, { 0xfffe, 0xffff, 'x' } },			    /* no characters */
	{ 3, { 0x202e, 'a', 0x2066 } },			    /* turns the text round */
	{ 2, { 0xd83d, 0xde00 } },			    /* a sound pair */
	{ 1, { 0xa0 } },
};

static bool has_units(const struct finding *finding, const struct odd_name *odd)
{
	struct text name = key_name(finding->before->profile.key);

	if (text_length(name) != odd->n)
		return false;
	for (size_t i = 0; i < odd->n; i++)
		if (text_unit(name, i) != odd->units[i])
			return false;
	return true;
}

static void test_names_that_nothing_can_show(void **state)
{
	struct pair *pair = *state;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	pair_add(pair->before, PAIR_PROFILES, "Stays", 99);
	for (size_t i = 0; i < ARRAY_LEN(odd_names); i++) {
		builder_key key =
			builder_key_add_units(pair->before, list, odd_names[i].units,
					      odd_names[i].n, pair_made());
		builder_value_dword(pair->before, key, "number", (uint32_t)i);
	}
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	pair_add(pair->after, PAIR_PROFILES, "Stays", 99);
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, ARRAY_LEN(odd_names));
	assert_int_equal(pair_count(pair, FINDING_DELETED), ARRAY_LEN(odd_names));
	for (size_t i = 0; i < ARRAY_LEN(odd_names); i++) {
		size_t n = 0;
		for (size_t k = 0; k < pair->found->n_findings; k++)
			n += has_units(&pair->found->findings[k], &odd_names[i]);
		assert_int_equal(n, 1);
	}
}

/* Names that only look alike, or are alike up to a NUL, are two names. */
static void test_names_that_look_alike(void **state)
{
	static const struct odd_name names[] = {
		{ 1, { 'a' } },
		{ 2, { 'a', 0 } },
		{ 2, { 'a', ' ' } },
		{ 1, { 0x430 } },
		{ 2, { 'a', 0x301 } },
		{ 1, { 0xe1 } },
		{ 3, { 'a', 0xd800, 0 } },
		{ 2, { 'a', 0xd800 } },
	};
	struct pair *pair = *state;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		builder_value_dword(pair->before,
				    builder_key_add_units(pair->before, list,
							  names[i].units, names[i].n,
							  pair_made()),
				    "number", (uint32_t)i);
	pair_fork(pair);
	pair_compare(pair);
	assert_int_equal(pair->old->n_profiles, ARRAY_LEN(names));
	pair_assert_nothing(pair);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_three_office_versions),
		RECIPE(test_recreated_behind_a_shorter_version),
		RECIPE(test_windows_9x_list),
		RECIPE(test_each_key_above_as_root),
		RECIPE(test_each_key_above_as_root_without_its_name),
		RECIPE(test_each_key_above_an_office_list_as_root),
		RECIPE(test_deleted_profiles_as_root),
		RECIPE(test_profiles_as_root_and_empty),
		RECIPE(test_whole_hive_against_subtree),
		RECIPE(test_key_asked_for_in_a_subtree),
		RECIPE(test_names_that_nothing_can_show),
		RECIPE(test_names_that_look_alike),
	};

	return UNIT_RUN(tests);
}
