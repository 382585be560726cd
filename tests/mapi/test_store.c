/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where profile lists are looked for in a whole hive: each kind, what is
 * absent, where DefaultProfile stands, which Office versions count.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "mapi/store.h"

#include "help/found.h"
#include "help/keys.h"

#include <stdio.h>
#include <string.h>

#define NT "Software\\Microsoft\\Windows NT\\CurrentVersion"
#define WMS NT "\\Windows Messaging Subsystem"
#define WMS9X "Software\\Microsoft\\Windows Messaging Subsystem"
#define OFFICE "Software\\Microsoft\\Office\\"

/* The store of that kind, list and version.  Fails if there is not exactly one. */
static const struct store *one(const struct found *found, enum store_kind kind,
			       enum store_list list, const char *version)
{
	const struct store *one = NULL;

	for (size_t i = 0; i < found->stores.n; i++) {
		const struct store *store = &found->stores.items[i];
		if (store->kind != kind || store->list != list)
			continue;
		if (version && (!store->office_version ||
				strcmp(store->office_version, version) != 0))
			continue;
		assert_null(one);
		one = store;
	}
	assert_non_null(one);
	return one;
}

static void test_empty_hive_has_both_lists_of_wms_absent(void **state)
{
	struct found found = find(keys_new("root"));

	(void)state;
	assert_int_equal(found.stores.n, 2);
	assert_string_equal(found.stores.prefix, "");
	for (int list = STORE_PROFILES; list <= STORE_DELETED_PROFILES; list++) {
		const struct store *store =
			one(&found, STORE_WMS, (enum store_list)list, NULL);
		assert_null(store->key);
		assert_ptr_equal(store->parent, found.root);
		assert_false(store->has_default);
		assert_null(store->office_version);
	}
	assert_string_equal(found.stores.items[0].path, WMS "\\Profiles");
	assert_string_equal(found.stores.items[1].path, WMS "\\Deleted Profiles");
	assert_int_equal(diag_count(found.diags), 0);
	done(&found);
}

/* An absent list is told with the nearest key above it that there is. */
static void test_nearest_key_above_an_absent_list(void **state)
{
	static const char *const there[] = {
		"Software", "Software\\Microsoft", "Software\\Microsoft\\Windows NT", NT,
		WMS,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(there); i++) {
		struct keys *keys = keys_new("root");
		keys_add(keys, there[i]);
		keys_add(keys, "Environment");
		struct found found = find(keys);
		assert_int_equal(found.stores.n, 2);
		assert_null(found.stores.items[0].key);
		assert_ptr_equal(found.stores.items[0].parent,
				 key_at(found.root, there[i]));
		assert_ptr_equal(found.stores.items[1].parent,
				 key_at(found.root, there[i]));
		assert_string_equal(found.stores.prefix, "");
		assert_int_equal(diag_count(found.diags), 0);
		done(&found);
	}
}

/* The key above both lists. */
static void check_parent(const struct found *found, const struct store *store)
{
	char above[256];

	assert_non_null(store->parent);
	(void)snprintf(above, sizeof(above), "%s", store->path);
	*strrchr(above, '\\') = '\0';
	assert_ptr_equal(store->parent, key_at(found->root, above));
}

static void test_each_kind_and_their_order(void **state)
{
	struct keys *keys = keys_new("root");
	static const struct {
		enum store_kind kind;
		enum store_list list;
		const char *version, *path;
		bool there;
	} expected[] = {
		{ STORE_WMS, STORE_PROFILES, NULL, WMS "\\Profiles", true },
		{ STORE_WMS, STORE_DELETED_PROFILES, NULL, WMS "\\Deleted Profiles",
		  true },
		{ STORE_WMS9X, STORE_PROFILES, NULL, WMS9X "\\Profiles", true },
		{ STORE_WMS9X, STORE_DELETED_PROFILES, NULL, WMS9X "\\Deleted Profiles",
		  false },
		{ STORE_OFFICE, STORE_PROFILES, "15.0", OFFICE "15.0\\Outlook\\Profiles",
		  false },
		{ STORE_OFFICE, STORE_DELETED_PROFILES, "15.0",
		  OFFICE "15.0\\Outlook\\Deleted Profiles", true },
		{ STORE_OFFICE, STORE_PROFILES, "16.0", OFFICE "16.0\\Outlook\\Profiles",
		  true },
		{ STORE_OFFICE, STORE_DELETED_PROFILES, "16.0",
		  OFFICE "16.0\\Outlook\\Deleted Profiles", false },
	};

	(void)state;
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles\\Outlook");
	keys_add(keys, OFFICE "15.0\\Outlook\\Deleted Profiles");
	keys_add(keys, WMS "\\Profiles\\a");
	keys_add(keys, WMS "\\Deleted Profiles\\b");
	keys_add(keys, WMS9X "\\Profiles");
	struct found found = find(keys);
	assert_int_equal(found.stores.n, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		const struct store *store = &found.stores.items[i];
		assert_int_equal(store->kind, expected[i].kind);
		assert_int_equal(store->list, expected[i].list);
		assert_string_equal(store->path, expected[i].path);
		assert_int_equal(store->key != NULL, expected[i].there);
		assert_ptr_equal(store->key, key_at(found.root, store->path));
		if (expected[i].version)
			assert_string_equal(store->office_version, expected[i].version);
		else
			assert_null(store->office_version);
		check_parent(&found, store);
	}
	assert_string_equal(found.stores.prefix, "");
	assert_int_equal(diag_count(found.diags), 0);
	done(&found);
}

static void test_names_are_found_whatever_their_case(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, "SOFTWARE\\microsoft\\windows nt\\CURRENTVERSION\\"
		       "windows MESSAGING subsystem\\PROFILES");
	struct found found = find(keys);
	assert_non_null(one(&found, STORE_WMS, STORE_PROFILES, NULL)->key);
	assert_string_equal(found.stores.items[0].path, WMS "\\Profiles");
	done(&found);
}

/* ---- DefaultProfile ---- */

static void check_default(struct keys *keys, enum store_kind kind, bool has,
			  bool resolved)
{
	struct found found = find(keys);
	const struct store *profiles = one(&found, kind, STORE_PROFILES, NULL);
	const struct store *deleted = one(&found, kind, STORE_DELETED_PROFILES, NULL);

	assert_int_equal(profiles->has_default, has);
	assert_int_equal(profiles->default_resolved, resolved);
	assert_false(deleted->has_default);
	assert_false(deleted->default_resolved);
	done(&found);
}

/* Up to Outlook 2010 the value stands in the list itself. */
static void test_default_of_wms_stands_in_the_list(void **state)
{
	static const char *const places[] = { WMS, WMS9X };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		enum store_kind kind = i ? STORE_WMS9X : STORE_WMS;
		char list[128], profile[256];
		(void)snprintf(list, sizeof(list), "%s\\Profiles", places[i]);
		(void)snprintf(profile, sizeof(profile), "%s\\My profile", list);

		struct keys *keys = keys_new("root");
		keys_add(keys, profile);
		keys_sz(keys, list, "DefaultProfile", "my PROFILE");
		check_default(keys, kind, true, true);

		keys = keys_new("root");
		keys_add(keys, profile);
		keys_sz(keys, places[i], "DefaultProfile", "My profile");
		check_default(keys, kind, false, false);

		keys = keys_new("root");
		keys_add(keys, profile);
		keys_sz(keys, list, "DefaultProfile", "another");
		check_default(keys, kind, true, false);
	}
}

/* From Outlook 2013 on it stands one level up. */
static void test_default_of_office_stands_above_the_list(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles\\Outlook");
	keys_sz(keys, OFFICE "16.0\\Outlook", "DefaultProfile", "OUTLOOK");
	check_default(keys, STORE_OFFICE, true, true);

	keys = keys_new("root");
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles\\Outlook");
	keys_sz(keys, OFFICE "16.0\\Outlook\\Profiles", "DefaultProfile", "Outlook");
	check_default(keys, STORE_OFFICE, false, false);

	keys = keys_new("root");
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles\\Outlook");
	keys_sz(keys, OFFICE "16.0\\Outlook", "DefaultProfile", "gone");
	check_default(keys, STORE_OFFICE, true, false);

	/* the list itself is gone: the value is what is left of it */
	keys = keys_new("root");
	keys_sz(keys, OFFICE "16.0\\Outlook", "DefaultProfile", "Outlook");
	check_default(keys, STORE_OFFICE, true, false);
}

static void test_defaults_that_name_nothing(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, WMS "\\Profiles\\a\\b");
	keys_sz(keys, WMS "\\Profiles", "DefaultProfile", "");
	check_default(keys, STORE_WMS, true, false);

	/* one name, not a path */
	keys = keys_new("root");
	keys_add(keys, WMS "\\Profiles\\a\\b");
	keys_sz(keys, WMS "\\Profiles", "DefaultProfile", "a\\b");
	check_default(keys, STORE_WMS, true, false);

	keys = keys_new("root");
	keys_add(keys, WMS "\\Profiles\\a");
	keys_dword(keys, WMS "\\Profiles", "DefaultProfile", 'a');
	check_default(keys, STORE_WMS, false, false);
}

static void test_default_is_read_up_to_its_nul(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, WMS "\\Profiles\\ab");
	keys_data(keys, WMS "\\Profiles", "DefaultProfile", KEY_TYPE_SZ, "a\0b\0\0\0c\0",
		  8);
	struct found found = find(keys);
	const struct store *store = one(&found, STORE_WMS, STORE_PROFILES, NULL);
	assert_true(store->default_resolved);
	assert_true(text_same(store->default_profile, text_of("ab")));
	done(&found);
}

/* ---- Office versions ---- */

static void check_version(const char *name, bool counts)
{
	struct keys *keys = keys_new("root");
	char path[128];

	(void)snprintf(path, sizeof(path), OFFICE "%s\\Outlook\\Profiles", name);
	keys_add(keys, path);
	struct found found = find(keys);
	assert_int_equal(found.stores.n, counts ? 4 : 2);
	if (counts) {
		assert_string_equal(found.stores.items[2].office_version, name);
		assert_string_equal(found.stores.items[2].path, path);
	}
	done(&found);
}

static void test_names_of_versions(void **state)
{
	(void)state;
	check_version("16.0", true);
	check_version("8.0", true);
	check_version("14.01", true);
	check_version("1.0", true);
	check_version("123456789012.0", true);
	check_version("1234567890123.0", true);
	check_version("12345678901234.0", false);
	check_version("16", false);
	check_version("160", false);
	check_version("x.0", false);
	check_version("16.x", false);
	check_version(".0", false);
	check_version("16.", false);
	check_version("1..0", false);
	check_version("16.0.1", false);
	check_version("-1.0", false);
	check_version("16,0", false);
	check_version("Common", false);
}

static void test_version_without_lists_and_default_does_not_count(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, OFFICE "10.0\\Word");
	keys_add(keys, OFFICE "11.0\\Outlook\\Security");
	keys_dword(keys, OFFICE "12.0\\Outlook", "Profiles", 1);
	keys_sz(keys, OFFICE "14.0\\Outlook", "DefaultProfil", "x");
	struct found found = find(keys);
	assert_int_equal(found.stores.n, 2);
	done(&found);
}

static void test_most_versions(void **state)
{
	(void)state;
	for (unsigned n = STORE_MAX_OFFICE; n <= STORE_MAX_OFFICE + 1; n++) {
		struct keys *keys = keys_new("root");
		char path[128];
		for (unsigned i = 0; i < n; i++) {
			(void)snprintf(path, sizeof(path),
				       OFFICE "%u.0\\Outlook\\Profiles", i);
			keys_add(keys, path);
		}
		struct found found = find(keys);
		assert_int_equal(found.stores.n, 2 + 2 * STORE_MAX_OFFICE);
		assert_int_equal(diag_count_of(found.diags, DIAG_COUNT_LIMIT),
				 n > STORE_MAX_OFFICE);
		assert_int_equal(diag_count(found.diags), n > STORE_MAX_OFFICE);
		done(&found);
	}
}

/* Settings of other programs must not use up the number of versions. */
static void test_other_keys_of_office_do_not_count(void **state)
{
	struct keys *keys = keys_new("root");
	char path[128];

	(void)state;
	for (unsigned i = 0; i < 150; i++) {
		(void)snprintf(path, sizeof(path), OFFICE "0Program%u\\Outlook\\Profiles",
			       i);
		keys_add(keys, path);
	}
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles");
	struct found found = find(keys);
	assert_int_equal(found.stores.n, 4);
	assert_int_equal(diag_count(found.diags), 0);
	done(&found);
}

/* ---- the rest ---- */

static void test_same_store(void **state)
{
	char v15[] = "15.0", v16[] = "16.0", again[] = "16.0";
	struct store a = { .kind = STORE_WMS, .list = STORE_PROFILES }, b = a;

	(void)state;
	assert_true(store_is_same(&a, &b));
	b.list = STORE_DELETED_PROFILES;
	assert_false(store_is_same(&a, &b));
	b.list = STORE_PROFILES;
	b.kind = STORE_WMS9X;
	assert_false(store_is_same(&a, &b));
	a.kind = b.kind = STORE_OFFICE;
	a.office_version = v16;
	assert_false(store_is_same(&a, &b));
	assert_false(store_is_same(&b, &a));
	b.office_version = v15;
	assert_false(store_is_same(&a, &b));
	b.office_version = again;
	assert_true(store_is_same(&a, &b));
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(store_kind_word(STORE_WMS), "wms");
	assert_string_equal(store_kind_word(STORE_WMS9X), "wms9x");
	assert_string_equal(store_kind_word(STORE_OFFICE), "office");
	assert_string_equal(store_list_word(STORE_PROFILES), "profiles");
	assert_string_equal(store_list_word(STORE_DELETED_PROFILES), "deleted_profiles");
}

static void test_out_of_memory(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, WMS9X "\\Profiles");
	keys_add(keys, OFFICE "16.0\\Outlook\\Profiles\\Outlook");
	struct key_tree tree = { .root = keys_root(keys) };
	struct diag_list *diags = diag_list_new();
	struct stores stores = { 0 };
	assert_non_null(diags);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, stores_find(&tree, diags, &stores));
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(stores.items);
		assert_null(stores.prefix);
	}
	assert_int_equal(stores.n, 6);
	stores_clear(&stores);
	diag_list_free(diags);
	keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_hive_has_both_lists_of_wms_absent),
		cmocka_unit_test(test_nearest_key_above_an_absent_list),
		cmocka_unit_test(test_each_kind_and_their_order),
		cmocka_unit_test(test_names_are_found_whatever_their_case),
		cmocka_unit_test(test_default_of_wms_stands_in_the_list),
		cmocka_unit_test(test_default_of_office_stands_above_the_list),
		cmocka_unit_test(test_defaults_that_name_nothing),
		cmocka_unit_test(test_default_is_read_up_to_its_nul),
		cmocka_unit_test(test_names_of_versions),
		cmocka_unit_test(test_version_without_lists_and_default_does_not_count),
		cmocka_unit_test(test_most_versions),
		cmocka_unit_test(test_other_keys_of_office_do_not_count),
		cmocka_unit_test(test_same_store),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
