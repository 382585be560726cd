/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where Outlook looked for accounts. */
#include "help/unit.h"

#include "mapi/office/autodiscover.h"

#include "help/office_keys.h"

static void test_autodiscover(void **state)
{
	const struct key *redirects;

	(void)state;
	keys_sz(keys, OFFICE_14 "\\Outlook\\AutoDiscover", "example.com",
		"C:\\PROGRA~1\\EXAMPL~1.XML");
	keys_sz(keys, OFFICE_14 "\\Outlook\\AutoDiscover", "example.org",
		"C:\\other.txt");
	keys_sz(keys, OFFICE_14 "\\Outlook\\AutoDiscover", "Setting", "C:\\other.xml");
	keys_dword(keys, OFFICE_14 "\\Outlook\\AutoDiscover", "a.example.net", 1);
	keys_sz(keys, OFFICE_14 "\\Outlook\\AutoDiscover\\RedirectServers",
		"autodiscover-s.example.com", "");
	keys_add(keys, OFFICE "\\15.0\\Common");
	keys_add(keys, OFFICE_16 "\\Outlook\\AutoDiscover");
	find_offices("");
	assert_int_equal(offices.n, 3);
	redirects = autodiscover_redirects(&offices.items[0]);
	assert_non_null(redirects);
	assert_int_equal(redirects->n_values, 1);
	assert_int_equal(autodiscover_n_local_files(&offices.items[0]), 1);
	for (size_t i = 1; i < 3; i++) {
		assert_null(autodiscover_redirects(&offices.items[i]));
		assert_int_equal(autodiscover_n_local_files(&offices.items[i]), 0);
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_autodiscover),
	};

	return UNIT_RUN(tests);
}
