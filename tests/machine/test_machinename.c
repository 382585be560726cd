/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "machine/machinename.h"

#include "base/array.h"

static void test_names(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "EXCH01", "EXCH01", true },
		{ "EXCH01", "exch01", true },
		{ "EXCH01", "exch01.example.com", true },
		{ "EXCH01", "EXCH02", false },
		{ "EXCH01", "EXCH0", false },
		{ "EXCH01", "EXCH010", false },
		/* NetBIOS has 15 characters, and only a name of so many may be cut */
		{ "MAILSERVER-MUNI", "mailserver-munich-2.example.com", true },
		{ "MAILSERVER-MUN", "mailserver-munich-2", false },
		{ "MAILSERVER-MUNICH-1", "mailserver-munich-2", false },
		{ "10.0.0.5", "10.0.0.6", false },
		{ "10.0.0.5", "10.0.0.5", true },
		{ "10", "10.0.0.5", false },
		{ "", "", false },
		{ "", "EXCH01", false },
		{ ".", "EXCH01", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(machinename_same(rows[i].a, rows[i].b), rows[i].same);
		assert_int_equal(machinename_same(rows[i].b, rows[i].a), rows[i].same);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
	};

	return UNIT_RUN(tests);
}
