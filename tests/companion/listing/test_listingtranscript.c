/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listings saved by PowerShell: transcripts, and tables that it exported. */
#include "help/listings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STARS "**********************\r\n"
#define START                                                                            \
	STARS "Windows PowerShell transcript start\r\n"                                  \
	      "Start time: 20240229101500\r\n"                                           \
	      "Username: EXAMPLE\\admin\r\n" STARS
#define STARTED "Transcript started, output file is C:\\t.txt\r\n"
#define END                                                                              \
	STARS "Windows PowerShell transcript end\r\n"                                    \
	      "End time: 20240229101600\r\n" STARS

static const char table[] = "\"Image Name\",\"PID\",\"Modules\"\r\n"
			    "\"mad.exe\",\"1704\",\"MAPI32.DLL\"\r\n";

#define MODULES LISTING_TASKLIST_MODULES, LISTING_CSV, true
static const char one[] = "1704 mad.exe m:MAPI32.DLL !\n";

static struct listing *read_parts(const char *before, const char *after)
{
	char text[4096];

	(void)snprintf(text, sizeof(text), "%s%s%s", before, table, after);
	return listings_read(text, strlen(text));
}

#define COMMAND "PS C:\\> tasklist /fo csv /m mapi32.dll\r\n"

static void test_transcripts(void **state)
{
	static const struct {
		const char *before, *after;
	} texts[] = {
		{ START STARTED COMMAND, "PS C:\\> Stop-Transcript\r\n" END },
		{ START STARTED STARS
		  "Command start time: 20240229101501\r\n" STARS COMMAND,
		  STARS "Command start time: 20240229101502\r\n" STARS
			"PS C:\\> Stop-Transcript\r\n" END },
		/* Another language; and no sentence behind the frame. */
		{ STARS
		  "Beginn der Windows PowerShell-Aufzeichnung\r\n" STARS
		  "Die Aufzeichnung wurde gestartet. Ausgabedatei: C:\\t.txt\r\n" COMMAND,
		  END },
		{ START COMMAND, END },
		/* Without a console there is no folder in the prompt. */
		{ START STARTED "PS>tasklist /fo csv /m mapi32.dll\r\n", END },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		listings_check_clean(read_parts(texts[i].before, texts[i].after), MODULES,
				     one);
}

/* Lines keep their numbers and places in the file. */
static void test_places_stay(void **state)
{
	struct listing *listing = read_parts(START STARTED COMMAND, END);

	(void)state;
	assert_int_equal(listing->processes[0].line, 9);
	assert_int_equal(listing->processes[0].offset,
			 strlen(START STARTED COMMAND) + strlen("\"Image Name\",\"PID\","
								"\"Modules\"\r\n"));
	listing_free(listing);
}

/* The sentence goes only behind the first frame, and only before a prompt. */
static void test_rows_behind_a_frame_stay(void **state)
{
	static const char rows[] =
		START "MAPI32.DLL - 1704 mad.exe\r\nMAPI32.DLL - 1705 b.exe\r\n" END;
	static const char second[] = START STARTED STARS
		"x\r\n" STARS "MAPI32.DLL - 1704 mad.exe\r\nPS C:\\> exit\r\n";

	(void)state;
	listings_check_clean(LISTING(rows), LISTING_TLIST_MODULES, LISTING_LINES, true,
			     "1704 mad.exe m:MAPI32.DLL !\n1705 b.exe m:MAPI32.DLL !\n");
	listings_check_clean(LISTING(second), LISTING_TLIST_MODULES, LISTING_LINES, true,
			     one);
}

static void test_what_is_no_frame_stays(void **state)
{
	char text[8192] = STARS;
	struct listing *listing;

	(void)state;
	/* One that does not end, and one that ends too late to be one. */
	listings_check_refused(listing = LISTING(STARS "MAPI32.DLL - 1704 mad.exe\r\n"),
			       1, 0);
	listings_check(listing, LISTING_TLIST_MODULES, LISTING_LINES, true, one);
	for (size_t i = 0; i < 39; i++)
		(void)strncat(text, "MAPI32.DLL - 1704 mad.exe\r\n",
			      sizeof(text) - strlen(text) - 1);
	(void)strncat(text, STARS, sizeof(text) - strlen(text) - 1);
	listings_check_refused(listing = listings_read(text, strlen(text)), 2, 0);
	listings_check(listing, LISTING_TLIST_MODULES, LISTING_LINES, true, one);
	/* Nine asterisks are no ruler. */
	listings_check_refused(listing = LISTING("*********\r\n"
						 "MAPI32.DLL - 1704 mad.exe\r\n"
						 "MAPI32.DLL - 1704 mad.exe\r\n"
						 "MAPI32.DLL - 1704 mad.exe\r\n"
						 "*********\r\n"),
			       2, 0);
	listings_check(listing, LISTING_TLIST_MODULES, LISTING_LINES, true, one);
}

static void test_type_line(void **state)
{
	(void)state;
	listings_check_clean(
		read_parts("#TYPE System.Management.Automation.PSCustomObject\r\n", ""),
		MODULES, one);
	listings_check_wrong(LISTING("#TYPE x\r\n"));
}

#define ON(machine)                                                                      \
	STARS "Windows PowerShell transcript start\r\n"                                  \
	      "Machine: " machine " (Microsoft Windows NT 10.0.19045.0)\r\n" STARS

/* The nearest word on where it was taken: command, prompt, then the frame above. */
static void test_machines(void **state)
{
	static const struct {
		const char *before, *machine;
	} texts[] = {
		{ START STARTED COMMAND, NULL },
		{ ON("PC1") STARTED COMMAND, "PC1" },
		/* as Windows PowerShell 2 writes it, in German */
		{ STARS
		  "Beginn der Aufzeichnung\r\nComputer\t  : PC1 (Microsoft Windows NT "
		  "6.1.7601 Service Pack 1) \r\n" STARS COMMAND,
		  "PC1" },
		{ ON("PC1") ON("PC3") COMMAND, "PC3" },
		{ ON("PC1") STARTED "[PC2]: PS C:\\> tasklist /fo csv /m mapi32.dll\r\n",
		  "PC2" },
		{ ON("PC1") STARTED "PS C:\\> tasklist /s PC2 /fo csv /m mapi32.dll\r\n",
		  "PC2" },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct listing *listing = read_parts(texts[i].before, "");
		assert_int_equal(listing->n_processes, 1);
		if (texts[i].machine)
			assert_string_equal(listing->machine, texts[i].machine);
		else
			assert_null(listing->machine);
		listing_free(listing);
	}
}

/* A hundred thousand frames are dropped in one pass. */
static void test_many_frames(void **state)
{
	static const char frame[] = STARS "x\r\n" STARS;
	const size_t n = 20000, len = sizeof(frame) - 1;
	char *text = calloc(n, len);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * len, frame, len);
	struct listing *listing = listings_read(text, n * len);
	assert_int_equal(listing->n_processes, 0);
	listing_free(listing);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transcripts),
		cmocka_unit_test(test_places_stay),
		cmocka_unit_test(test_rows_behind_a_frame_stay),
		cmocka_unit_test(test_what_is_no_frame_stays),
		cmocka_unit_test(test_type_line),
		cmocka_unit_test(test_machines),
		cmocka_unit_test(test_many_frames),
	};

	return UNIT_RUN(tests);
}
