/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hotfixes of a SOFTWARE hive: the three places they stand in, and the articles in
 * their names.  Expected values are those of the recipes.
 */
#include "help/machines.h"

static struct builder *windows_2000(void)
{
	return server_software("Microsoft Windows 2000", "5.0", HIVES_TIME);
}

/* Places in their order: what is below Updates first, programs last. */
static void test_hotfixes_of_the_incident(void **state)
{
	static const struct {
		const char *name;
		uint32_t article;
		bool exchange;
	} expected[] = {
		{ "Q320436", 320436, true },
		{ "Q329115", 329115, false },
		{ "Q329834", 329834, false },
		{ "Q147222", 147222, false },
		{ "Q329115", 329115, false },
		{ "Q329834", 329834, false },
		{ "Windows 2000 Hotfix [See Q329115 for more information]", 329115,
		  false },
	};
	struct machine_software *s = machines_software(incident_server_software());

	(void)state;
	assert_int_equal(s->hotfixes.n, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		assert_text(s->hotfixes.items[i].name, expected[i].name);
		assert_int_equal(s->hotfixes.items[i].article, expected[i].article);
		assert_int_equal(s->hotfixes.items[i].exchange, expected[i].exchange);
	}
	assert_true(s->hotfixes.items[0].installed_ft ==
		    builder_filetime(2002, 6, 1, 6, 11, 5));
	assert_true(s->hotfixes.items[1].installed_ft ==
		    builder_filetime(2003, 1, 11, 7, 2, 53));
	assert_ptr_equal(machinehotfix_of(&s->hotfixes, 329115), &s->hotfixes.items[1]);
	machinesoftware_free(s);
}

static void test_articles(void **state)
{
	static const struct {
		const char *name;
		uint32_t article;
	} names[] = {
		{ "Q329115", 329115 },
		{ "q329115_W2K_SP4", 329115 },
		{ "KB5005112", 5005112 },
		{ "kb824282", 824282 },
		{ "Rollup (KB824282) of Q1", 824282 },
		{ "ServicePackUninstall", 0 },
		{ "Q32911", 0 },
		{ "Q32911511", 0 },
		{ "XQ329115", 0 },
		{ "SKB824282", 0 },
		{ "KB 824282", 0 },
		{ "824282", 0 },
		{ "Q", 0 },
		{ "KB", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct builder *b = windows_2000();
		server_add_hotfix(b, names[i].name, HIVES_TIME);
		struct machine_software *s = machines_software(b);
		assert_int_equal(s->hotfixes.n, 1);
		if (s->hotfixes.items[0].article != names[i].article)
			fail_msg("%s: %u", names[i].name, s->hotfixes.items[0].article);
		machinesoftware_free(s);
	}
}

/* The rollup in each of the places in which it might stand. */
static void test_rollup(void **state)
{
	(void)state;
	for (int place = 0; place < 8; place++) {
		struct builder *b = windows_2000();
		bool exchange = true;
		switch (place) {
		case 0:
			server_add_update(b, "Exchange Server 2000", "SP4", "824282",
					  HIVES_TIME);
			break;
		case 1:
			server_add_update(b, "Exchange Server 2000", "SP4", "KB824282",
					  HIVES_TIME);
			break;
		case 2:
			server_add_update(b, "Exchange Server 2000", NULL, "Q824282",
					  HIVES_TIME);
			break;
		case 3:
			server_add_update(b, "Exchange Server 2000", NULL, "824282",
					  HIVES_TIME);
			break;
		case 4:
			server_add_program(b, false, "824282",
					   "Exchange 2000 Rollup (KB824282)", HIVES_TIME);
			break;
		case 5:
			server_add_program(b, true, "KB824282", "Exchange 2000 Rollup",
					   HIVES_TIME);
			break;
		case 6:
			server_add_hotfix(b, "Q824282", HIVES_TIME);
			exchange = false;
			break;
		default:
			server_add_program(b, false, "KB824282", NULL, HIVES_TIME);
			exchange = false;
			break;
		}
		struct machine_software *s = machines_software(b);
		assert_int_equal(s->hotfixes.n, 1);
		assert_ptr_equal(machinehotfix_of(&s->hotfixes, 824282),
				 s->hotfixes.items);
		assert_int_equal(s->hotfixes.items[0].exchange, exchange);
		assert_true(s->hotfixes.items[0].installed_ft == HIVES_TIME);
		machinesoftware_free(s);
	}
}

static void test_what_is_no_hotfix(void **state)
{
	struct builder *b = windows_2000();

	(void)state;
	server_add_program(b, false, "{90280409-6000-11D3-8CFE-0050048383C9}",
			   "Example 2000", HIVES_TIME);
	/* A bare number means an article only where Exchange keeps them. */
	server_add_program(b, false, "824282", "Program 824282", HIVES_TIME);
	server_add_update(b, "Other", NULL, "824282", HIVES_TIME);
	server_add_update(b, "Exchange Server 2000", "Notes", "Something", HIVES_TIME);
	/* Installed is 0. */
	server_add_hotfix(b, "Q824282", HIVES_TIME);
	builder_value_dword(b,
			    builder_path(b,
					 "Microsoft\\Windows NT\\CurrentVersion\\Hotfix\\"
					 "Q824282",
					 HIVES_TIME),
			    "Installed", 0);
	struct machine_software *s = machines_software(b);
	assert_int_equal(s->hotfixes.n, 0);
	machinesoftware_free(s);
}

/* Of a service pack's group all keys are told, with what is below one left alone. */
static void test_updates_without_an_article(void **state)
{
	struct builder *b = windows_2000();

	(void)state;
	server_add_update(b, "Windows 2000", "SP5", "Update Rollup 1", HIVES_TIME);
	server_add_update(b, "Windows 2000", "SP5", "KB824141\\Filelist\\KB111111",
			  HIVES_TIME);
	struct machine_software *s = machines_software(b);
	assert_int_equal(s->hotfixes.n, 2);
	assert_text(s->hotfixes.items[0].name, "KB824141");
	assert_text(s->hotfixes.items[1].name, "Update Rollup 1");
	assert_int_equal(s->hotfixes.items[1].article, 0);
	machinesoftware_free(s);
}

/* Hotfix 817375 itself, the rollups 824282 and 870540; no neighbour of theirs. */
static void test_fixes_of_mapi32(void **state)
{
	static const uint32_t fixes[] = { 817375, 824282, 870540 };

	(void)state;
	assert_int_equal(MACHINEHOTFIX_MAPI32_FIXES, ARRAY_LEN(fixes));
	for (size_t i = 0; i < ARRAY_LEN(fixes); i++) {
		assert_int_equal(machinehotfix_mapi32_fix(i), fixes[i]);
		assert_true(machinehotfix_is_mapi32_fix(fixes[i]));
		assert_false(machinehotfix_is_mapi32_fix(fixes[i] - 1));
		assert_false(machinehotfix_is_mapi32_fix(fixes[i] + 1));
	}
	assert_false(machinehotfix_is_mapi32_fix(0));
}

/* Of several of one article the first is given; clearing twice does no harm. */
static void test_looking_up(void **state)
{
	struct machine_hotfixes hotfixes = { 0 };

	(void)state;
	assert_null(machinehotfix_of(&hotfixes, 824282));
	hotfixes.items = calloc(3, sizeof(*hotfixes.items));
	assert_non_null(hotfixes.items);
	hotfixes.n = hotfixes.cap = 3;
	hotfixes.items[1].article = hotfixes.items[2].article = 824282;
	assert_ptr_equal(machinehotfix_of(&hotfixes, 824282), &hotfixes.items[1]);
	/* Those without a number are no article. */
	assert_null(machinehotfix_of(&hotfixes, 0));
	machinehotfix_clear(&hotfixes);
	assert_null(hotfixes.items);
	assert_int_equal(hotfixes.n, 0);
	machinehotfix_clear(&hotfixes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hotfixes_of_the_incident),
		cmocka_unit_test(test_articles),
		cmocka_unit_test(test_rollup),
		cmocka_unit_test(test_what_is_no_hotfix),
		cmocka_unit_test(test_updates_without_an_article),
		cmocka_unit_test(test_fixes_of_mapi32),
		cmocka_unit_test(test_looking_up),
	};

	return UNIT_RUN(tests);
}
