/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys asked for by paths as people write them. */
#include "help/unit.h"

#include "help/pair.h"

#include "base/compiler.h"
#include "compare/keypath.h"

#define SID "S-1-5-21-1-2-3-1001"

/* ---- paths alone ---- */

static void test_is_below(void **state)
{
	static const struct {
		const char *path, *asked;
		bool below;
	} rows[] = {
		{ "Software\\Microsoft", "Software\\Microsoft", true },
		{ "Software\\Microsoft", "Software", true },
		{ "Software\\Microsoft", "SOFTWARE\\", true },
		{ "Software\\Microsoft", "\\software", true },
		{ "Software\\Microsoft", "\\", true },
		{ "Software\\Microsoft", "", true },
		{ "Software\\Microsoft", "HKCU\\Software", true },
		{ "Software\\Microsoft", "HKEY_CURRENT_USER\\Software", true },
		{ "Software\\Microsoft", "HKEY_CURRENT_USER", true },
		{ "Software\\Microsoft", "HKU\\" SID "\\Software", true },
		{ "Software\\Microsoft", "HKEY_USERS\\" SID, true },
		{ "", "", true },
		/* Above it, beside it, or only with the same beginning. */
		{ "Software", "Software\\Microsoft", false },
		{ "Software\\Microsoft", "Soft", false },
		{ "Software\\Microsoft", "Software\\Micro", false },
		{ "Software\\Microsoft", "Software\\Microsoft Office", false },
		{ "Software\\Microsoft", "Console", false },
		{ "", "Software", false },
		/* A key that is only called like a root. */
		{ "HKCU2\\Software", "HKCU2\\Software", true },
		{ "Software", "HKCU2\\Software", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (keypath_is_below(text_of(rows[i].path), rows[i].asked) !=
		    rows[i].below)
			fail_msg("%s, asked for %s", rows[i].path, rows[i].asked);
}

/* What is no UTF-8 is no path. */
static void test_no_utf8(void **state)
{
	(void)state;
	assert_false(keypath_is_below(text_of("Software"), "\xff"));
	assert_false(keypath_is_below(text_of(""), "Soft\xc3"));
}

static void test_asks_for_all(void **state)
{
	static const struct {
		const char *paths[2];
		bool all;
	} rows[] = {
		{ { "Software", "\\" }, true },
		{ { "HKCU", "Software" }, true },
		{ { "Software", "HKEY_USERS\\" SID "\\" }, true },
		{ { "Software", "\\Software" }, false },
	};

	(void)state;
	assert_false(keypath_asks_for_all(NULL, 0));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(keypath_asks_for_all(rows[i].paths, 2), rows[i].all);
		assert_false(keypath_asks_for_all(rows[i].paths, 0));
	}
}

/* ---- in a hive ---- */

static void test_find(void **state)
{
	static const char *const there[] = {
		PAIR_PROFILES,
		"\\" PAIR_PROFILES,
		"HKCU\\" PAIR_PROFILES,
		"HKEY_CURRENT_USER\\" PAIR_PROFILES,
		"HKU\\.DEFAULT\\" PAIR_PROFILES,
		"HKEY_USERS\\" SID "\\" PAIR_PROFILES,
	};
	static const char *const not_there[] = { PAIR_PROFILES "\\None", "None",
						 "HKLM\\" PAIR_PROFILES, "\xff" };
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	const struct key *list = key_at(pair->old->keys->root, PAIR_PROFILES);
	assert_non_null(list);
	for (size_t i = 0; i < ARRAY_LEN(there); i++)
		assert_ptr_equal(keypath_find(pair->old, there[i]), list);
	for (size_t i = 0; i < ARRAY_LEN(not_there); i++)
		assert_null(keypath_find(pair->old, not_there[i]));
	assert_ptr_equal(keypath_find(pair->old, "\\"), pair->old->keys->root);
	assert_ptr_equal(keypath_find(pair->old, "HKCU"), pair->old->keys->root);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_below),
		cmocka_unit_test(test_no_utf8),
		cmocka_unit_test(test_asks_for_all),
		PAIR_TEST(test_find),
	};

	return UNIT_RUN(tests);
}
