/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Listings of tasklist: whether modules or services are listed, whether that answers
 * for Mapi32.dll, and what is none.
 */
#include "help/tasklists.h"

#include <stdio.h>
#include <string.h>

/* ---- modules or services ---- */

static void test_which_is_told_by_content(void **state)
{
	(void)state;
	/* The heading of a page that joined two listings is wrong. */
	listings_check_clean(LISTING("\"Image Name\",\"PID\",\"Services\"\n"
				     "\"a.exe\",\"12\",\"a.dll,b.drv,c.ocx\"\n"),
			     MODULES, LISTING_CSV, false,
			     "12 a.exe m:a.dll|b.drv|c.ocx\n");
	/* Services may have dots. */
	listings_check_clean(LISTING("\"a.exe\",\"12\",\"clr_v2.0.50727,Foo\"\n"
				     "\"b.exe\",\"16\",\"Bar\"\n"),
			     SERVICES, LISTING_CSV, false,
			     "12 a.exe s:clr_v2.0.50727|Foo\n16 b.exe s:Bar\n");
	/* Mapi32.dll decides alone. */
	listings_check_clean(LISTING("\"a.exe\",\"12\",\"one,two,mapi32.dll\"\n"),
			     MODULES, LISTING_CSV, true,
			     "12 a.exe m:one|two|mapi32.dll !\n");
}

static void test_which_is_told_by_the_heading(void **state)
{
	(void)state;
	listings_check_clean(LISTING("\"Image Name\",\"PID\",\"Services\"\n"
				     "\"a.exe\",\"12\",\"N/A\"\n"),
			     SERVICES, LISTING_CSV, false, "12 a.exe\n");
	listings_check_clean(LISTING("\"Image Name\",\"PID\",\"Modules\"\n"
				     "\"a.exe\",\"12\",\"N/A\"\n"),
			     MODULES, LISTING_CSV, false, "12 a.exe\n");
	listings_check_clean(LISTING("C:\\>tasklist /svc /fo csv /nh\n"
				     "\"a.exe\",\"12\",\"N/A\"\n"),
			     SERVICES, LISTING_CSV, false, "12 a.exe\n");
	/* Nothing tells. */
	listings_check_wrong(LISTING("\"a.exe\",\"12\",\"N/A\"\n"));
}

/* ---- what answers ---- */

static void test_what_answers_for_mapi32(void **state)
{
	static const struct {
		const char *text;
		bool answers;
	} cases[] = {
		/* all modules of all processes */
		{ "\"System\",\"4\",\"N/A\"\n\"a.exe\",\"12\",\"NTDLL.DLL,KERNEL32.dll\"\n",
		  true },
		/* perhaps of one process only */
		{ "\"a.exe\",\"12\",\"NTDLL.DLL,KERNEL32.dll\"\n", false },
		/* perhaps of one module only */
		{ "\"System\",\"4\",\"N/A\"\n\"a.exe\",\"12\",\"ntdll.dll\"\n", false },
		{ "C:\\>tasklist /m /fo csv\n\"a.exe\",\"12\",\"x.dll\"\n", true },
		{ "C:\\>tasklist /m *.dll /fo csv\n\"a.exe\",\"12\",\"x.dll\"\n", true },
		{ "C:\\>tasklist /m x* /fo csv\n\"a.exe\",\"12\",\"x.dll\"\n", false },
		{ "C:\\>tasklist /m /fo csv /fi \"PID eq 12\"\n"
		  "\"a.exe\",\"12\",\"x.dll\"\n",
		  false },
		/* who holds it, holds it */
		{ "C:\\>tasklist /m /fo csv /fi \"PID eq 12\"\n"
		  "\"a.exe\",\"12\",\"mapi32.dll\"\n",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct listing *listing =
			listings_read(cases[i].text, strlen(cases[i].text));
		assert_int_equal(listing->kind, MODULES);
		if (listing->answers_mapi32 != cases[i].answers)
			fail_msg("%s", cases[i].text);
		listing_free(listing);
	}
}

static void test_none(void **state)
{
	static const char english[] =
		"INFO: No tasks are running which match the specified criteria.\r\n";
	static const char german[] =
		"INFORMATION: Es werden keine Aufgaben mit den angegebenen Kriterien "
		"ausgef\x81hrt.\r\n";
	char text[256];

	(void)state;
	listings_check_clean(LISTING(english), MODULES, LISTING_LINES, false, "");
	listings_check_clean(LISTING(german), MODULES, LISTING_LINES, false, "");
	(void)snprintf(text, sizeof(text), "C:\\>tasklist /m mapi32.dll\r\n%s", english);
	listings_check_clean(listings_read(text, strlen(text)), MODULES, LISTING_LINES,
			     true, "");
	(void)snprintf(text, sizeof(text), "C:\\>tasklist /m mapi32.dll\r\n%s", german);
	listings_check_clean(listings_read(text, strlen(text)), MODULES, LISTING_LINES,
			     true, "");
	(void)snprintf(text, sizeof(text), "C:\\>tasklist /m other.dll\r\n%s", english);
	listings_check_clean(listings_read(text, strlen(text)), MODULES, LISTING_LINES,
			     false, "");
	(void)snprintf(text, sizeof(text), "C:\\>tasklist /svc\r\n%s", english);
	listings_check_clean(listings_read(text, strlen(text)), SERVICES, LISTING_LINES,
			     false, "");
	(void)snprintf(text, sizeof(text), "C:\\>tasklist\r\n%s", english);
	listings_check_wrong(listings_read(text, strlen(text)));
	(void)snprintf(text, sizeof(text), "C:\\>dir\r\n%s", english);
	listings_check_wrong(listings_read(text, strlen(text)));
}

/* An error is not the answer that nobody holds it. */
static void test_error_is_no_answer(void **state)
{
	(void)state;
	listings_check_wrong(LISTING("C:\\>tasklist /m mapi32.dll\r\n"
				     "ERROR: The RPC server is unavailable.\r\n"));
	listings_check_wrong(LISTING("C:\\>tasklist /m mapi32.dll\r\n"
				     "FEHLER: Zugriff verweigert\r\n"));
	listings_check_wrong(LISTING("INFO: one\nand another line\n"));
}

/* A sentence in another language, in a line or two; what is no known word is no answer. */
static void test_answers_in_other_languages(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("C:\\>tasklist /m mapi32.dll\r\n"
			"INFORMACI\xe0N: no hay tareas ejecut\xa0ndose que "
			"coincidan con los\r\ncriterios especificados.\r\n\r\n"
			"C:\\>"),
		LISTING_TASKLIST_MODULES, LISTING_LINES, true, "");
	listings_check_clean(LISTING("C:\\>tasklist /m mapi32.dll\r\n"
				     "\u60c5\u5831: \u6307\u5b9a\u3055\u308c\r\n"),
			     LISTING_TASKLIST_MODULES, LISTING_LINES, true, "");
	listings_check_wrong(LISTING("INFO: one.\nand another line.\n"));
	listings_check_wrong(LISTING("WORD: nothing is known of it\n"));
}

/* ---- what is none ---- */

static void test_other_texts_of_the_same_form(void **state)
{
	(void)state;
	listings_check_wrong(LISTING("From: somebody\nLines: 12\nSubject: hello\n"));
	listings_check_wrong(LISTING("\"city\",\"12\",\"more,of,it\"\n"));
	listings_check_wrong(LISTING("What                           No Of\n" RULE_VISTA
				     "apples                          12 baskets\n"));
	listings_check_wrong(LISTING("Page 12 of the book\n"));
}

static void test_other_options(void **state)
{
	(void)state;
	listings_check_wrong(LISTING(
		"\r\nImage Name                   PID Session Name     Session#    "
		"Mem Usage\r\n"
		"========================= ====== ================ ======== "
		"============\r\n"
		"System Idle Process            0 Console                 0         "
		"16 K\r\n"
		"mad.exe                     1704 Console                 0      "
		"8,112 K\r\n"));
	listings_check_wrong(LISTING(
		"System Idle Process              0 Services                   0   "
		"      8 K\r\n"
		"mad.exe                       1704 Services                   0     "
		"8,112 K\r\n"));
	listings_check_wrong(LISTING(
		"\"Image Name\",\"PID\",\"Session Name\",\"Session#\",\"Mem Usage\"\n"
		"\"mad.exe\",\"1704\",\"Console\",\"0\",\"8,112 K\"\n"));
	listings_check_wrong(LISTING("Image Name:   mad.exe\n"
				     "PID:          1704\n"
				     "Session Name: Console\n"
				     "Session#:     0\n"
				     "Mem Usage:    8,112 K\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_is_told_by_content),
		cmocka_unit_test(test_which_is_told_by_the_heading),
		cmocka_unit_test(test_what_answers_for_mapi32),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_error_is_no_answer),
		cmocka_unit_test(test_answers_in_other_languages),
		cmocka_unit_test(test_other_texts_of_the_same_form),
		cmocka_unit_test(test_other_options),
	};

	return UNIT_RUN(tests);
}
