/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which hives are no user's: by what stands below their root, then by their own name. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/pair.h"

#include "snapshot/hivekind.h"

#include <string.h>

static struct builder *recipe(const char *embedded_name)
{
	return builder_new(&(struct builder_options){
		.minor = 5, .embedded_name = embedded_name, .sequence = 1 });
}

/* Takes the builder; expected: NULL for a user's hive. */
static void check(struct builder *b, const char *expected, bool by_marks)
{
	struct hivekind kind = { 0 };
	struct stores stores = { 0 };

	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.read, STATUS_OK);
	assert_int_equal(stores_find(hive.tree, hive.diags, &stores), STATUS_OK);
	bool other = hivekind_is_other(hive.image, hive.tree, &stores, &kind);
	assert_int_equal(other, expected != NULL);
	if (expected) {
		assert_string_equal(kind.name, expected);
		assert_true(strlen(kind.what) > 0);
		assert_int_equal(kind.marks != NULL, by_marks);
	}
	stores_clear(&stores);
	hives_close(&hive);
}

static void test_by_the_root(void **state)
{
	static const struct {
		const char *name, *paths[3];
	} kinds[] = {
		{ "SYSTEM", { "Select", "MountedDevices", "Software" } },
		{ "SYSTEM", { "Select", "ControlSet001\\Control" } },
		{ "SYSTEM", { "ControlSet001\\Control", "ControlSet001\\Services" } },
		{ "SAM", { "SAM\\Domains\\Account" } },
		{ "SECURITY", { "Policy\\Accounts" } },
		{ "SECURITY", { "Policy\\PolAdtEv" } },
		{ "UsrClass.dat", { "CLSID", "Interface" } },
		{ "UsrClass.dat",
		  { "Local Settings\\Software", "Local Settings\\MuiCache" } },
		{ "BCD", { "Description", "Objects" } },
		{ "Amcache.hve", { "Root\\File" } },
		{ "Amcache.hve", { "Root\\InventoryApplication" } },
		{ "Syscache.hve", { "DefaultObjectStore" } },
		{ "COMPONENTS", { "CanonicalData", "DerivedData" } },
		{ "DRIVERS", { "DriverDatabase" } },
		{ "settings.dat", { "LocalState", "RoamingState" } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		/* Whatever the file was called when it was saved. */
		struct builder *b = recipe("\\??\\C:\\Users\\joe\\ntuser.dat");
		for (size_t k = 0; k < 3 && kinds[i].paths[k]; k++)
			builder_path(b, kinds[i].paths[k], HIVES_TIME);
		check(b, kinds[i].name, true);
		/* One of several keys is not enough. */
		if (!kinds[i].paths[1])
			continue;
		b = recipe(NULL);
		builder_path(b, kinds[i].paths[0], HIVES_TIME);
		check(b, NULL, false);
	}
}

/* A machine's SOFTWARE looks like a user's Software but for the version of Windows. */
static void test_software(void **state)
{
	static const char windows[] = "Microsoft\\Windows NT\\CurrentVersion";

	(void)state;
	for (int machine = 0; machine < 2; machine++) {
		struct builder *b = recipe(NULL);
		builder_key key = builder_path(b, windows, HIVES_TIME);
		builder_path(b, "Classes", HIVES_TIME);
		if (machine)
			builder_value_string(b, key, "ProductName", "Windows");
		check(b, machine ? "SOFTWARE" : NULL, true);
	}
}

static void test_root_of_classes(void **state)
{
	(void)state;
	check(builder_new(&(struct builder_options){
		      .minor = 5,
		      .root_name = "S-1-5-21-1-2-3-1001_Classes",
		      .sequence = 1 }),
	      "UsrClass.dat", false);
}

static void test_by_name(void **state)
{
	static const char *const names[][2] = {
		{ "\\SystemRoot\\System32\\Config\\SAM", "SAM" },
		{ "SYSTEM", "SYSTEM" },
		{ "\\??\\C:\\x\\Microsoft\\Windows\\UsrClass.dat", "UsrClass.dat" },
		{ "\\Device\\HarddiskVolume1\\Boot\\BCD", "BCD" },
		{ "\\SystemRoot\\System32\\Config\\DEFAULT", NULL },
		{ "\\??\\C:\\Users\\joe\\ntuser.dat", NULL },
		{ "\\??\\C:\\Users\\sam\\NTUSER.DAT", NULL },
		{ "\\??\\C:\\copies\\MYSYSTEM", NULL },
		{ NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		check(recipe(names[i][0]), names[i][1], false);
		/* A list of profiles outweighs the name, in a saved subtree, too. */
		struct builder *b = recipe(names[i][0]);
		builder_path(b, PAIR_PROFILES, HIVES_TIME);
		check(b, NULL, false);
		b = recipe(names[i][0]);
		builder_path(b, "Control Panel", HIVES_TIME);
		check(b, NULL, false);
	}
}

/* Without keys, for damage, the name is all that there is. */
static void test_without_keys(void **state)
{
	struct builder *b = recipe("\\SystemRoot\\System32\\Config\\SECURITY");
	struct stores stores = { 0 };
	struct hivekind kind = { 0 };

	(void)state;
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_true(hivekind_is_other(hive.image, NULL, &stores, &kind));
	assert_string_equal(kind.name, "SECURITY");
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_the_root),	cmocka_unit_test(test_software),
		cmocka_unit_test(test_root_of_classes), cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_without_keys),
	};
	return UNIT_RUN(tests);
}
