/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which Outlook is installed, by Windows Installer or as click-to-run. */
#include "help/machines.h"

static struct builder *windows_10(void)
{
	return server_software("Windows 10 Pro", "6.3", HIVES_TIME);
}

static void test_outlook(void **state)
{
	static const char *const expected[] = { "8.0", "9.0", "10.0", "16.0" };
	struct builder *b = windows_10();

	(void)state;
	server_add_outlook(b, false, "16.0", "C:\\Office16\\", HIVES_TIME);
	server_add_outlook(b, false, "9.0", "C:\\Office\\", HIVES_TIME);
	server_add_outlook(b, true, "9.0", "C:\\Office\\", HIVES_TIME);
	server_add_outlook(b, true, "10.0", "C:\\Office10\\", HIVES_TIME);
	builder_path(b, "Microsoft\\Office\\8.0\\Outlook", HIVES_TIME);
	/* None of these is an Outlook. */
	server_add_outlook(b, false, "11.0", "", HIVES_TIME);
	builder_path(b, "Microsoft\\Office\\12.0\\Outlook", HIVES_TIME);
	builder_path(b, "Microsoft\\Office\\14.0\\Word\\InstallRoot", HIVES_TIME);
	server_add_outlook(b, false, "Outlook", "C:\\", HIVES_TIME);
	server_add_outlook(b, false, "1.2.3", "C:\\", HIVES_TIME);
	server_add_outlook(b, false, "15.", "C:\\", HIVES_TIME);
	server_add_outlook(b, false, ".15", "C:\\", HIVES_TIME);
	server_add_outlook(b, false, "12345.00", "C:\\", HIVES_TIME);
	struct machine_software *s = machines_software(b);
	assert_int_equal(s->offices.n, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		assert_string_equal(s->offices.items[i].version, expected[i]);
	assert_text(key_name(s->offices.items[3].key), "16.0");
	assert_null(s->offices.click_to_run);
	machinesoftware_free(s);
}

static void test_click_to_run(void **state)
{
	struct builder *b = windows_10();
	builder_key key = builder_path(b, "Microsoft\\Office\\ClickToRun\\Configuration",
				       HIVES_TIME);

	(void)state;
	builder_value_string(b, key, "VersionToReport", "16.0.14332.20706");
	builder_value_string(b, key, "ProductReleaseIds", "O365ProPlusRetail");
	struct machine_software *s = machines_software(b);
	assert_non_null(s->offices.click_to_run);
	assert_text(s->offices.run_version, "16.0.14332.20706");
	assert_text(s->offices.products, "O365ProPlusRetail");
	machinesoftware_free(s);
}

/* The key that click-to-run works with is no configuration. */
static void test_no_configuration(void **state)
{
	struct builder *b = windows_10();

	(void)state;
	builder_path(b, "Microsoft\\Office\\ClickToRun\\REGISTRY", HIVES_TIME);
	struct machine_software *s = machines_software(b);
	assert_null(s->offices.click_to_run);
	assert_text(s->offices.run_version, "");
	machinesoftware_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outlook),
		cmocka_unit_test(test_click_to_run),
		cmocka_unit_test(test_no_configuration),
	};

	return UNIT_RUN(tests);
}
