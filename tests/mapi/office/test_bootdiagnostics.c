/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How Outlook started. */
#include "help/unit.h"

#include "mapi/office/bootdiagnostics.h"

#include "help/office_keys.h"

#include <stdio.h>

#define OUTLOOK OFFICE_16 "\\Outlook"

static struct boot_values boot;

static void read_boot(void)
{
	find_offices("");
	assert_int_equal(offices.n, 1);
	assert_int_equal(bootdiagnostics_read(&offices.items[0], &boot), STATUS_OK);
}

static void name_is(size_t i, const char *name)
{
	assert_true(i < boot.n);
	assert_true(text_is(value_name(boot.items[i].value), name));
}

static void test_both_places(void **state)
{
	(void)state;
	keys_sz(keys, OUTLOOK "\\BootDiagnostics", "Profile", "Work");
	keys_sz(keys, OUTLOOK "\\BootDiagnostics\\Last", "Step", "5");
	keys_sz(keys, OUTLOOK "\\Diagnostics", "BootDiagnosticsLogFile", "C:\\boot.etl");
	keys_sz(keys, OUTLOOK "\\Diagnostics", "Other", "x");
	keys_sz(keys, OUTLOOK "\\Diagnostics\\BootDiagnostics", "Count", "1");
	keys_sz(keys, OUTLOOK "\\BootDiagnostics", "Token", "x");
	keys_sz(keys, OUTLOOK, "BootX", "x");
	read_boot();
	assert_false(boot.truncated);
	assert_int_equal(boot.n, 4);
	name_is(0, "Profile");
	name_is(1, "Step");
	name_is(2, "BootDiagnosticsLogFile");
	name_is(3, "Count");
	bootdiagnostics_clear(&boot);
}

static void test_none(void **state)
{
	(void)state;
	keys_sz(keys, OFFICE_16 "\\Common\\BootDiagnostics", "Profile", "Work");
	read_boot();
	assert_int_equal(boot.n, 0);
	bootdiagnostics_clear(&boot);
}

static void test_limit(void **state)
{
	char name[16];

	(void)state;
	for (int i = 0; i <= BOOTDIAGNOSTICS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "v%d", i);
		keys_sz(keys, OUTLOOK "\\BootDiagnostics", name, "x");
	}
	read_boot();
	assert_int_equal(boot.n, BOOTDIAGNOSTICS_MAX);
	assert_true(boot.truncated);
	bootdiagnostics_clear(&boot);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_both_places),
		TEST(test_none),
		TEST(test_limit),
	};

	return UNIT_RUN(tests);
}
