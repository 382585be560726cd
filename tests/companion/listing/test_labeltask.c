/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of tasklist, in several languages, whole and damaged. */
#include "help/tasklists.h"

static void test_list(void **state)
{
	(void)state;
	listings_check_clean(LISTING("\r\n"
				     "Image Name:   mad.exe\r\n"
				     "PID:          1704\r\n"
				     "Modules:      ntdll.dll, kernel32.dll,\r\n"
				     "              MAPI32.DLL\r\n"
				     "\r\n"
				     "Image Name:   store.exe\r\n"
				     "PID:          1760\r\n"
				     "Modules:      N/A\r\n"),
			     MODULES, LISTING_LIST, true,
			     "1704 mad.exe m:ntdll.dll|kernel32.dll|MAPI32.DLL !\n"
			     "1760 store.exe\n");
}

/* French, and without the blank lines; wide colons. */
static void test_list_in_another_language(void **state)
{
	(void)state;
	listings_check_clean(LISTING("Nom de l'image : System Idle Process\n"
				     "PID :            0\n"
				     "Services :       N/A\n"
				     "Nom de l'image : spoolsv.exe\n"
				     "PID :            616\n"
				     "Services :       Spooler\n"),
			     SERVICES, LISTING_LIST, false,
			     "0 System Idle Process\n"
			     "616 spoolsv.exe s:Spooler\n");
	listings_check_clean(LISTING("Name\xef\xbc\x9a spoolsv.exe\n"
				     "PID\xef\xbc\x9a  616\n"
				     "S\xef\xbc\x9a    Spooler\n"),
			     SERVICES, LISTING_LIST, false,
			     "616 spoolsv.exe s:Spooler\n");
}

static void test_damaged_list(void **state)
{
	struct listing *listing = LISTING("Image Name:   a.exe\n"
					  "PID:          12\n"
					  "Services:     Alpha\n"
					  "\n"
					  "Image Name:   b.exe\n" /* 57 */
					  "Services:     Beta\n"
					  "\n"
					  "Image Name:   c.exe\n"
					  "PID:          x\n"
					  "Services:     Gamma\n"
					  "\n"
					  "stray\n"
					  "Image Name:   d.exe\n"
					  "PID:          16\n"
					  "Services:     Delta\n"
					  "Image Name:   e.exe\n");

	(void)state;
	/* two of b.exe, three of c.exe, the stray one, that of e.exe */
	assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_LINE), 7);
	listings_check(listing, SERVICES, LISTING_LIST, false,
		       "12 a.exe s:Alpha\n"
		       "16 d.exe s:Delta\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_list_in_another_language),
		cmocka_unit_test(test_damaged_list),
	};

	return UNIT_RUN(tests);
}
