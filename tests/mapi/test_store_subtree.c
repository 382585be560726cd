/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profile lists in a hive whose root is not a user's root but a key on the
 * way to a list, or the list itself: saved subtrees.
 */
#include "help/unit.h"

#include "mapi/store.h"

#include "help/found.h"
#include "help/keys.h"

#include <stdio.h>
#include <string.h>

#define NT "Software\\Microsoft\\Windows NT\\"
#define CV NT "CurrentVersion\\"
#define WMS CV "Windows Messaging Subsystem\\"
#define OFFICE "Software\\Microsoft\\Office\\"
#define ROOT_SECTION "9207f3e0a3b11019908b08002b2a56c2"

/* The list that is present; fails if it is not the only one of both kinds. */
static const struct store *present(const struct found *found)
{
	const struct store *present = NULL;

	for (size_t i = 0; i < found->stores.n; i++)
		if (found->stores.items[i].key) {
			assert_null(present);
			present = &found->stores.items[i];
		}
	assert_non_null(present);
	return present;
}

/*
 * The root, by its name, is what stands at `prefix`; the list is `rest` below
 * it, with one profile.
 */
static void check(const char *root_name, const char *prefix, const char *rest,
		  enum store_kind kind, const char *version)
{
	struct keys *keys = keys_new(root_name);
	char path[512];

	(void)snprintf(path, sizeof(path), "%s%sMy profile\\" ROOT_SECTION, rest,
		       *rest ? "\\" : "");
	keys_add(keys, path);
	struct found found = find(keys);
	assert_string_equal(found.stores.prefix, prefix);
	const struct store *store = present(&found);
	assert_int_equal(store->kind, kind);
	assert_ptr_equal(store->key, key_at(found.root, rest));
	(void)snprintf(path, sizeof(path), "%s%s", prefix, rest);
	if (!*rest)
		path[strlen(path) - 1] = '\0';
	assert_string_equal(store->path, path);
	assert_int_equal(store->list, strstr(path, "Deleted") ? STORE_DELETED_PROFILES
							      : STORE_PROFILES);
	if (version)
		assert_string_equal(store->office_version, version);
	else
		assert_null(store->office_version);
	/* What is taken for something else than it is called must be said. */
	assert_int_equal(diag_count_of(found.diags, DIAG_ROOT_IS_SUBKEY),
			 *prefix != '\0');
	assert_int_equal(diag_count_of(found.diags, DIAG_STORE_AMBIGUOUS), *rest == '\0');
	done(&found);
}

static void test_ancestors_of_wms(void **state)
{
	static const char *const lists[] = { "Profiles", "Deleted Profiles" };
	static const struct {
		const char *name, *prefix, *rest;
	} roots[] = {
		{ "S-1-5-21-1-2-3-1001", "", WMS },
		{ "Software", "Software\\",
		  "Microsoft\\Windows NT\\CurrentVersion\\"
		  "Windows Messaging Subsystem\\" },
		{ "Microsoft", "Software\\Microsoft\\",
		  "Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\" },
		{ "Windows NT", NT, "CurrentVersion\\Windows Messaging Subsystem\\" },
		{ "CurrentVersion", CV, "Windows Messaging Subsystem\\" },
		{ "Windows Messaging Subsystem", WMS, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
			char rest[256];
			(void)snprintf(rest, sizeof(rest), "%s%s", roots[i].rest,
				       lists[k]);
			check(roots[i].name, roots[i].prefix, rest, STORE_WMS, NULL);
			/* Some programs give a saved root a name of their own. */
			check("ROOT", roots[i].prefix, rest, STORE_WMS, NULL);
			check("", roots[i].prefix, rest, STORE_WMS, NULL);
		}
}

static void test_ancestors_of_office(void **state)
{
	static const char *const lists[] = { "Profiles", "Deleted Profiles" };
	static const struct {
		const char *name, *prefix, *rest, *version;
	} roots[] = {
		{ "root", "", OFFICE "16.0\\Outlook\\", "16.0" },
		{ "Software", "Software\\", "Microsoft\\Office\\15.0\\Outlook\\",
		  "15.0" },
		{ "Microsoft", "Software\\Microsoft\\", "Office\\16.0\\Outlook\\",
		  "16.0" },
		{ "Office", OFFICE, "16.0\\Outlook\\", "16.0" },
		{ "ROOT", OFFICE, "16.0\\Outlook\\", "16.0" },
		{ "16.0", OFFICE "16.0\\", "Outlook\\", "16.0" },
		{ "ROOT", OFFICE "*\\", "Outlook\\", NULL },
		{ "Outlook", OFFICE "*\\Outlook\\", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
			char rest[256];
			(void)snprintf(rest, sizeof(rest), "%s%s", roots[i].rest,
				       lists[k]);
			check(roots[i].name, roots[i].prefix, rest, STORE_OFFICE,
			      roots[i].version);
		}
}

static void test_ancestors_of_wms9x(void **state)
{
	(void)state;
	check("root", "", "Software\\Microsoft\\Windows Messaging Subsystem\\Profiles",
	      STORE_WMS9X, NULL);
	check("Microsoft", "Software\\Microsoft\\",
	      "Windows Messaging Subsystem\\Profiles", STORE_WMS9X, NULL);
}

/* The list itself: nothing in it tells WMS from Office but its DefaultProfile. */
static void test_root_is_the_list(void **state)
{
	(void)state;
	check("Profiles", WMS "Profiles\\", "", STORE_WMS, NULL);
	check("Deleted Profiles", WMS "Deleted Profiles\\", "", STORE_WMS, NULL);
	check("ROOT", WMS "Profiles\\", "", STORE_WMS, NULL);
}

static void test_root_is_the_list_with_its_default(void **state)
{
	struct keys *keys = keys_new("Profiles");

	(void)state;
	keys_add(keys, "Outlook\\" ROOT_SECTION);
	keys_sz(keys, "", "DefaultProfile", "outlook");
	struct found found = find(keys);
	const struct store *store = present(&found);
	assert_int_equal(store->kind, STORE_WMS);
	assert_ptr_equal(store->key, found.root);
	assert_true(store->has_default);
	assert_true(store->default_resolved);
	assert_int_equal(diag_count_of(found.diags, DIAG_STORE_AMBIGUOUS), 0);
	assert_int_equal(diag_count_of(found.diags, DIAG_ROOT_IS_SUBKEY), 1);
	done(&found);
}

/* A list from which every profile is gone is still that list. */
static void test_root_is_an_empty_list(void **state)
{
	static const char *const names[] = { "Profiles", "Deleted Profiles" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct found found = find(keys_new(names[i]));
		const struct store *store = present(&found);
		assert_ptr_equal(store->key, found.root);
		assert_int_equal(store->list,
				 i ? STORE_DELETED_PROFILES : STORE_PROFILES);
		done(&found);
	}
}

/* Outlook's own key is told by DefaultProfile beside the lists. */
static void test_root_above_lists_with_a_default(void **state)
{
	struct keys *keys = keys_new("ROOT");

	(void)state;
	keys_add(keys, "Profiles\\a\\" ROOT_SECTION);
	keys_sz(keys, "", "DefaultProfile", "a");
	struct found found = find(keys);
	assert_string_equal(found.stores.prefix, OFFICE "*\\Outlook\\");
	const struct store *store = present(&found);
	assert_int_equal(store->kind, STORE_OFFICE);
	assert_true(store->default_resolved);
	done(&found);
}

/* Hives of a machine and others that have nothing to do with profiles. */
static void test_other_hives(void **state)
{
	static const char *const paths[] = {
		"ControlSet001\\Services\\MSExchangeIS",
		"SAM\\Domains\\Account\\Users",
		"Local Settings\\Software",
		"Classes\\.txt",
		"Profiler\\x",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct keys *keys = keys_new("ROOT");
		keys_add(keys, paths[i]);
		struct found found = find(keys);
		assert_int_equal(found.stores.n, 2);
		assert_null(found.stores.items[0].key);
		assert_null(found.stores.items[1].key);
		assert_string_equal(found.stores.prefix, "");
		assert_int_equal(diag_count(found.diags), 0);
		done(&found);
	}
}

/*
 * A whole hive with an odd key of a list's name at its root: the longest rest
 * of the path counts.
 */
static void test_longest_rest_of_the_path_counts(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, "Profiles\\a\\" ROOT_SECTION);
	keys_add(keys, WMS "Profiles\\b\\" ROOT_SECTION);
	struct found found = find(keys);
	assert_string_equal(found.stores.prefix, "");
	assert_ptr_equal(present(&found)->key, key_at(found.root, WMS "Profiles"));
	done(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ancestors_of_wms),
		cmocka_unit_test(test_ancestors_of_office),
		cmocka_unit_test(test_ancestors_of_wms9x),
		cmocka_unit_test(test_root_is_the_list),
		cmocka_unit_test(test_root_is_the_list_with_its_default),
		cmocka_unit_test(test_root_is_an_empty_list),
		cmocka_unit_test(test_root_above_lists_with_a_default),
		cmocka_unit_test(test_other_hives),
		cmocka_unit_test(test_longest_rest_of_the_path_counts),
	};

	return UNIT_RUN(tests);
}
