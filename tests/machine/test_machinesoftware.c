/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SOFTWARE hive: which Exchange with which service pack, and where profiles are kept.
 * Expected values are those of the recipes.
 */
#include "help/machines.h"

#define SID "S-1-5-21-1708537768-1343024091-725345543"

static struct builder *windows_2000(void)
{
	return server_software("Microsoft Windows 2000", "5.0", HIVES_TIME);
}

/* ---- the incident's server ---- */

static void test_server_of_the_incident(void **state)
{
	struct machine_software *s = machines_software(incident_server_software());

	(void)state;
	machines_say_nothing(s->snapshot);
	assert_text(s->product_name, "Microsoft Windows 2000");
	assert_text(s->windows_version, "5.0");
	assert_true(s->has_exchange);
	assert_text(key_name(s->exchange), "Setup");
	assert_int_equal(s->exchange_major, 6);
	assert_int_equal(s->exchange_minor, 0);
	assert_int_equal(s->exchange_build, 6249);
	assert_true(s->has_service_pack);
	assert_int_equal(s->exchange_service_pack, 3);
	assert_text(value_name(s->exchange_value), "ServicePackBuild");
	assert_int_equal(s->offices.n, 0);
	assert_int_equal(s->profiles.n, 2);
	assert_null(s->containers);
	assert_null(machinehotfix_of(&s->hotfixes, 824282));
	assert_null(machinehotfix_of(&s->hotfixes, 817375));
	assert_int_equal(s->snapshot->stores.n, 0);
	machinesoftware_free(s);
}

/* ---- Exchange ---- */

static const struct {
	struct server_exchange told;
	uint32_t major, minor, build, service_pack;
	bool has, has_service_pack;
} exchanges[] = {
	/* The service pack by the value, or else by the build. */
	{ { "C:\\e", 60, 4417, 2, 5762 }, 6, 0, 5762, 2, true, true },
	{ { "C:\\e", 60, 4417, 0, 0 }, 6, 0, 4417, 0, true, true },
	{ { "C:\\e", 60, 4417, 0, 4712 }, 6, 0, 4712, 1, true, true },
	{ { "C:\\e", 60, 6249, 0, 4712 }, 6, 0, 6249, 3, true, true },
	{ { "C:\\e", 60, 6487, 0, 0 }, 6, 0, 6487, 3, true, true },
	{ { "C:\\e", 60, 6248, 0, 0 }, 6, 0, 6248, 2, true, true },
	{ { "C:\\e", 60, 0, 0, 0 }, 6, 0, 0, 0, true, false },
	{ { "C:\\e", 60, 0, 3, 0 }, 6, 0, 0, 3, true, true },
	{ { "C:\\e", 65, 6944, 0, 0 }, 6, 5, 6944, 0, true, true },
	{ { "C:\\e", 65, 6944, 1, 7226 }, 6, 5, 7226, 1, true, true },
	{ { "C:\\e", 65, 7638, 0, 0 }, 6, 5, 7638, 2, true, true },
	{ { "C:\\e", 55, 1960, 4, 2653 }, 5, 5, 2653, 4, true, true },
	{ { "C:\\e", 55, 1960, 0, 2650 }, 5, 5, 2650, 3, true, true },
	/* A build of another version tells nothing of this one. */
	{ { "C:\\e", 60, 1960, 0, 0 }, 6, 0, 1960, 0, true, false },
	{ { "C:\\e", 65, 6249, 0, 0 }, 6, 5, 6249, 0, true, false },
	{ { "C:\\e", 60, 9000, 0, 0 }, 6, 0, 9000, 0, true, false },
	/* Without "Services Version" the build tells it, of a server only. */
	{ { "C:\\e", 0, 1960, 0, 2448 }, 5, 5, 2448, 2, true, true },
	{ { "C:\\e", 0, 6944, 0, 0 }, 6, 5, 6944, 0, true, true },
	{ { "C:\\e", 0, 1959, 0, 0 }, 0, 0, 0, 0, false, false },
	{ { "C:\\e", 0, 8000, 0, 0 }, 0, 0, 0, 0, false, false },
	{ { "C:\\e", 0, 0, 3, 0 }, 0, 0, 0, 0, false, false },
	{ { "C:\\e", 6, 0, 0, 0 }, 0, 0, 0, 0, false, false },
	{ { NULL, 0, 6249, 0, 6249 }, 0, 0, 0, 0, false, false },
};

static void test_exchange(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(exchanges); i++) {
		struct builder *b = windows_2000();
		server_add_exchange(b, &exchanges[i].told, HIVES_TIME);
		struct machine_software *s = machines_software(b);
		assert_non_null(s->exchange);
		assert_int_equal(s->has_exchange, exchanges[i].has);
		assert_int_equal(s->exchange_major, exchanges[i].major);
		assert_int_equal(s->exchange_minor, exchanges[i].minor);
		assert_int_equal(s->exchange_build, exchanges[i].build);
		assert_int_equal(s->has_service_pack, exchanges[i].has_service_pack);
		assert_int_equal(s->exchange_service_pack, exchanges[i].service_pack);
		assert_int_equal(s->exchange_value != NULL, exchanges[i].has);
		machines_say_nothing(s->snapshot);
		machinesoftware_free(s);
	}
}

static void test_exchange_of_windows_installer(void **state)
{
	static const char *const keys[] = { "Microsoft\\Exchange\\Setup",
					    "Microsoft\\ExchangeServer\\v14\\Setup",
					    "Microsoft\\ExchangeServer\\v15\\Setup" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct builder *b = windows_2000();
		if (i > 0)
			builder_path(b, keys[0], HIVES_TIME);
		builder_key key = builder_path(b, keys[i], HIVES_TIME);
		builder_value_dword(b, key, "MsiProductMajor", 15);
		builder_value_dword(b, key, "MsiProductMinor", 1);
		builder_value_dword(b, key, "MsiBuildMajor", 2507);
		struct machine_software *s = machines_software(b);
		assert_true(s->has_exchange);
		assert_int_equal(s->exchange_major, 15);
		assert_int_equal(s->exchange_minor, 1);
		assert_int_equal(s->exchange_build, 2507);
		/* That number is one of 5.5 only in the table of its time. */
		assert_false(s->has_service_pack);
		assert_text(value_name(s->exchange_value), "MsiBuildMajor");
		machinesoftware_free(s);
	}
}

static void test_no_exchange(void **state)
{
	struct machine_software *s = machines_software(windows_2000());

	(void)state;
	machines_say_nothing(s->snapshot);
	assert_false(s->has_exchange);
	assert_null(s->exchange);
	assert_null(s->exchange_value);
	assert_int_equal(s->hotfixes.n, 0);
	assert_int_equal(s->profiles.n, 0);
	assert_null(machinehotfix_of(&s->hotfixes, 0));
	assert_null(machinehotfix_of(&s->hotfixes, 824282));
	machinesoftware_free(s);
}

static void test_values_of_other_types(void **state)
{
	struct builder *b = windows_2000();
	builder_key key = builder_path(b, "Microsoft\\Exchange\\Setup", HIVES_TIME);

	(void)state;
	builder_value_string(b, key, "Services Version", "60");
	builder_value_string(b, key, "NewestBuild", "6249");
	builder_value_set(b, key, "ServicePackBuild", BUILDER_DWORD, "\x69\x18\0", 3);
	builder_value_dword(b, key, "Services", 1);
	key = builder_path(b, "Microsoft\\Windows NT\\CurrentVersion", HIVES_TIME);
	builder_value_dword(b, key, "ProductName", 1);
	key = builder_path(b, "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\" SID,
			   HIVES_TIME);
	builder_value_dword(b, key, "ProfileImagePath", 1);
	server_add_owner(b, "ProfilesDirectory", "C:\\Users", HIVES_TIME);
	struct machine_software *s = machines_software(b);

	assert_non_null(s->exchange);
	assert_false(s->has_exchange);
	assert_int_equal(s->exchange_build, 0);
	assert_text(s->product_name, "");
	assert_int_equal(s->profiles.n, 0);
	machinesoftware_free(s);
}

/* ---- where profiles are kept ---- */

static void test_containers(void **state)
{
	static const uint32_t enabled[] = { 1, 0, 2 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(enabled); i++) {
		struct builder *b = windows_2000();
		builder_value_dword(b, builder_path(b, "FSLogix\\Profiles", HIVES_TIME),
				    "Enabled", enabled[i]);
		struct machine_software *s = machines_software(b);
		assert_non_null(s->containers);
		assert_int_equal(s->has_containers, enabled[i] == 1);
		machinesoftware_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server_of_the_incident),
		cmocka_unit_test(test_exchange),
		cmocka_unit_test(test_exchange_of_windows_installer),
		cmocka_unit_test(test_no_exchange),
		cmocka_unit_test(test_values_of_other_types),
		cmocka_unit_test(test_containers),
	};

	return UNIT_RUN(tests);
}
