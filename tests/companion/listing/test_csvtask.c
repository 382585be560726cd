/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV of tasklist, whole and damaged. */
#include "help/tasklists.h"

#include <string.h>

static void test_csv(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("\"Image Name\",\"PID\",\"Modules\"\r\n"
			"\"System Idle Process\",\"0\",\"N/A\"\r\n"
			"\"mad.exe\",\"1704\",\"ntdll.dll,kernel32.dll,MAPI32.DLL\"\r\n"
			"\"a \"\"b\"\".exe\",\"12\",\"x.dll\"\r\n"),
		MODULES, LISTING_CSV, true,
		"0 System Idle Process\n"
		"1704 mad.exe m:ntdll.dll|kernel32.dll|MAPI32.DLL !\n"
		"12 a \"b\".exe m:x.dll\n");
	/* /nh, of services, in German; and a break inside a field */
	listings_check_clean(
		LISTING("\"System\",\"4\",\"Nicht zutreffend\"\r\n"
			"\"svchost.exe\",\"816\",\"AudioSrv,Browser,\r\nDhcp,Nla\"\r\n"
			"\"winlogon.exe\",\"820\",\"Nicht zutreffend\"\r\n"),
		SERVICES, LISTING_CSV, false,
		"4 System\n"
		"816 svchost.exe s:AudioSrv|Browser|Dhcp|Nla\n"
		"820 winlogon.exe\n");
}

static void test_damaged_csv(void **state)
{
	struct listing *listing = LISTING("\"Image Name\",\"PID\",\"Services\"\n"
					  "\"a.exe\",\"12\",\"Alpha\"\n" /* 30 */
					  "\"b.exe\",\"13\"\n"		 /* 51 */
					  "\"c.exe\",\"x\",\"Gamma\"\n"
					  "\"d.exe\"x,\"14\",\"Delta\"\n"
					  "\"e.exe\",\"15\",\"Epsilon,Zeta\n"
					  "\"f.exe\",\"16\",\"Phi\"\n");

	(void)state;
	/* The quote that e.exe lacks would take f.exe with it. */
	listings_check_refused(listing, 4, 51);
	listings_check(listing, SERVICES, LISTING_CSV, false,
		       "12 a.exe s:Alpha\n"
		       "16 f.exe s:Phi\n");
}

/* A quote is looked for in 256 lines: of the record with one more it is lost. */
static void test_csv_field_of_many_lines(void **state)
{
	(void)state;
	for (size_t lines = 256; lines <= 257; lines++) {
		char text[2048] = "\"z.exe\",\"8\",\"A\"\n\"a.exe\",\"12\",\"B,";
		struct listing *listing;

		for (size_t i = 1; i < lines; i++)
			strcat(text, "\nx,");
		strcat(text, "C\"\n");
		listing = listings_read(text, strlen(text));
		assert_int_equal(listing->n_processes, lines == 256 ? 2 : 1);
		assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_LINE),
				 lines == 256 ? 0 : 257);
		if (lines == 256)
			assert_int_equal(listing->processes[1].services.n, 257);
		listing_free(listing);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_damaged_csv),
		cmocka_unit_test(test_csv_field_of_many_lines),
	};

	return UNIT_RUN(tests);
}
