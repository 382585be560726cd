/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files with a listing among other things: saved console sessions with their
 * prompts; and files that hold no listing.
 */
#include "help/listings.h"

#include <string.h>

#define MODULES LISTING_TLIST_MODULES, LISTING_LINES, true

static const char one[] = "1704 mad.exe m:MAPI32.DLL !\n";

static void test_prompts(void **state)
{
	static const char *const texts[] = {
		"C:\\>tlist -m mapi32.dll\r\nMAPI32.DLL - 1704 mad.exe\r\n\r\nC:\\>",
		"C:\\Documents and Settings\\Administrator>tlist -m mapi32.dll\r\n"
		"MAPI32.DLL - 1704 mad.exe\r\nC:\\Documents and Settings\\Administrator>exit",
		"\\\\server\\share\\tools>tlist -m mapi32.dll\nMAPI32.DLL - 1704 mad.exe\n",
		"PS C:\\> .\\tlist.exe /m mapi32.dll\nMAPI32.DLL - 1704 mad.exe\nPS C:\\> ",
		"tlist -m mapi32.dll\nMAPI32.DLL - 1704 mad.exe\n",
		"d:\\>\"C:\\Program Files\\Support Tools\\TLIST.EXE\" -m mapi32.dll\n"
		"MAPI32.DLL - 1704 mad.exe\n",
		"Microsoft Windows 2000 [Version 5.00.2195]\n"
		"(C) Copyright 1985-2000 Microsoft Corp.\n\n"
		"C:\\>tlist -m mapi32.dll\nMAPI32.DLL - 1704 mad.exe\n\f",
		"\n\nC:\\>\nC:\\>tlist -m mapi32.dll\nMAPI32.DLL - 1704 mad.exe\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		listings_check_clean(listings_read(texts[i], strlen(texts[i])), MODULES,
				     one);
}

/* A row that names Microsoft does not introduce a shell. */
static void test_row_before_the_first_prompt(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("MAPI32.DLL - 2004 OUTLOOK.EXE     Inbox - Microsoft Outlook\n"
			"C:\\>\n"),
		MODULES, "2004 OUTLOOK.EXE m:MAPI32.DLL w:Inbox - Microsoft Outlook !\n");
	listings_check_clean(LISTING("Microsoft Windows.dll - 12 a.exe\n"
				     "C:\\>\n"),
			     LISTING_TLIST_MODULES, LISTING_LINES, false,
			     "12 a.exe m:Microsoft Windows.dll\n");
}

/* The first listing is read; what else there is, is told. */
static void test_other_commands(void **state)
{
	static const char text[] = "C:\\>hostname\n"
				   "EXCH01\n" /* 13 */
				   "C:\\>tlist -m mapi32.dll\n"
				   "MAPI32.DLL - 1704 mad.exe\n"
				   "C:\\>tlist -s\n"
				   "1704 mad.exe Svcs: MSExchangeSA\n" /* 83 */
				   "C:\\>exit\n";
	struct listing *listing = LISTING(text);

	(void)state;
	listings_check_refused(listing, 2, 13);
	assert_int_equal(diag_item(listing->diags, 1)->offset, 83);
	assert_int_equal(listing->processes[0].line, 4);
	assert_int_equal(listing->processes[0].offset, 44);
	listings_check(listing, MODULES, one);
}

/* Without a prompt between them, the lines of the second are no rows. */
static void test_two_listings_without_prompts(void **state)
{
	struct listing *listing = LISTING("MAPI32.DLL - 1704 mad.exe\n"
					  "1704 mad.exe Svcs: MSExchangeSA\n");

	(void)state;
	listings_check_refused(listing, 1, 26);
	listings_check(listing, MODULES, one);
}

/* A password on a command line is never shown. */
static void test_password_is_not_shown(void **state)
{
	struct listing *listing = LISTING(
		"C:\\>tasklist /s exch01 /u admin /p Sekret /m mapi32.dll /fo csv\n"
		"\"mad.exe\",\"1704\",\"MAPI32.DLL\"\n"
		"C:\\>tasklist /s exch01 /u admin /p Sekret /m other.dll /fo csv\n"
		"\"x.exe\",\"12\",\"other.dll\"\n");

	(void)state;
	assert_int_equal(diag_count(listing->diags), 1);
	assert_null(strstr(diag_item(listing->diags, 0)->sentence, "Sekret"));
	listings_check(listing, LISTING_TASKLIST_MODULES, LISTING_CSV, true, one);
}

/* ---- no listing ---- */

static void test_other_texts(void **state)
{
	static const char *const texts[] = {
		"",
		"\r\n\r\n",
		"C:\\>",
		"C:\\>tlist -m mapi32.dll\r\n",
		"just a line",
		"10 Part Title: of a book\n",
		" Volume in drive C has no label.\r\n Directory of C:\\\r\n\r\n"
		"03/18/2003  10:14 AM               123 file.exe\r\n"
		"03/18/2003  10:14 AM    <DIR>          WINNT\r\n"
		"               1 File(s)            123 bytes\r\n",
		"18.03.2003  10:14               123 file.exe\r\n",
		"Active Connections\r\n\r\n"
		"  Proto  Local Address          Foreign Address        State   PID\r\n"
		"  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING  428\r\n",
		"  PID TTY          TIME CMD\n 1234 pts/0    00:00:00 bash\n",
		"USER  PID %CPU %MEM    VSZ   RSS TTY  STAT START   TIME COMMAND\n"
		"root    1  0.0  0.1 167744 11000 ?    Ss   08:00   0:01 /sbin/init\n",
		"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\.DEFAULT]\r\n"
		"\"a\"=dword:00000012\r\n",
		"MZ\x90\x03\x01\x04\xff\xff\xb8",
		"\"a,b",
		"==================== ====\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct listing *listing = listings_read(texts[i], strlen(texts[i]));
		if (listing->kind != LISTING_UNKNOWN)
			fail_msg("%s", texts[i]);
		/* No row of it is told as one that could not be read. */
		assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_LINE), 0);
		listings_check_wrong(listing);
	}
}

static void test_binary(void **state)
{
	uint8_t bytes[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * i * 31 + i / 7);
	listings_check_wrong(listings_read(bytes, sizeof(bytes)));
}

static void test_missing_file(void **state)
{
	struct listing *listing = NULL;
	struct failure failure = { 0 };

	(void)state;
	assert_int_equal(listing_read(NULL, "/nowhere/at/all", &listing, &failure),
			 STATUS_IO);
	assert_null(listing);
	assert_string_not_equal(failure.sentence, "");
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(listing_kind_word(LISTING_UNKNOWN), "unknown");
	assert_string_equal(listing_kind_word(LISTING_TLIST_MODULES), "tlist_modules");
	assert_string_equal(listing_kind_word(LISTING_TLIST_SERVICES), "tlist_services");
	assert_string_equal(listing_kind_word(LISTING_TASKLIST_MODULES),
			    "tasklist_modules");
	assert_string_equal(listing_kind_word(LISTING_TASKLIST_SERVICES),
			    "tasklist_services");
	assert_string_equal(listing_format_word(LISTING_LINES), "lines");
	assert_string_equal(listing_format_word(LISTING_TABLE), "table");
	assert_string_equal(listing_format_word(LISTING_LIST), "list");
	assert_string_equal(listing_format_word(LISTING_CSV), "csv");
	listing_free(NULL);
}

/* What nobody said to be a listing is one only beyond doubt. */
static void test_recognized(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} all[] = {
		{ "MAPI32.DLL - 1704 mad.exe\r\n", true },
		{ " 208 services.exe    Svcs:  AppMgmt,Browser\r\n", true },
		{ "No tasks found using MAPI32.DLL\r\n", true },
		{ "C:\\>dir\r\nx\r\nC:\\>tlist -m mapi32.dll\r\nMAPI32.DLL - 1 a.exe\r\n",
		  true },
		{ "C:\\>tasklist /m mapi32.dll\r\nINFO: No tasks are running\r\n", true },
		/* the last line is cut, as a file's first bytes end */
		{ "MAPI32.DLL - 1704 mad.exe\r\nMAPI32.DLL - 17", true },
		{ "INFO: No tasks are running which match the criteria.\r\n", false },
		{ "Dear all,\n1 - 2 apples.\n", false },
		{ "a.b - 1 x\na.b - 2 y.exe\na.b - 3 z\n", false },
		{ "C:\\>dir\r\nmad.exe\r\n", false },
		{ "", false },
	};
	bool is;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		assert_int_equal(
			listing_recognize(span_of(all[i].text, strlen(all[i].text)), &is),
			STATUS_OK);
		if (is != all[i].is)
			fail_msg("%s", all[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recognized),
		cmocka_unit_test(test_prompts),
		cmocka_unit_test(test_row_before_the_first_prompt),
		cmocka_unit_test(test_other_commands),
		cmocka_unit_test(test_two_listings_without_prompts),
		cmocka_unit_test(test_password_is_not_shown),
		cmocka_unit_test(test_other_texts),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
