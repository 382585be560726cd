/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows while a listing is read: their names, lines on which they go on, and merging. */
#include "help/unit.h"

#include "companion/listing/listingrow.h"

#include "help/listings.h"

#include <stdlib.h>
#include <string.h>

static struct listing *listing;
static struct listingrow_reader reader;
static const struct listingtext_line line = {
	.text = "the line", .len = 8, .number = 3, .offset = 40
};

static int set_up(void **state)
{
	(void)state;
	listing = calloc(1, sizeof(*listing));
	assert_non_null(listing);
	listing->diags = diag_list_new();
	assert_non_null(listing->diags);
	reader = (struct listingrow_reader){ .listing = listing };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	listingrow_clear(listing);
	assert_int_equal(listing->n_processes, 0);
	diag_list_free(listing->diags);
	free(listing);
	return 0;
}

static struct span text(const char *s)
{
	return span_of(s, strlen(s));
}

static void begin(const char *image, uint32_t pid)
{
	assert_int_equal(listingrow_begin(&reader, &line, text(image), pid), STATUS_OK);
}

static void names(const char *list)
{
	assert_int_equal(listingrow_names(&reader, &reader.open->modules, text(list)),
			 STATUS_OK);
}

static void assert_rows(const char *expected)
{
	char *rows = listings_rows(listing);

	assert_string_equal(rows, expected);
	free(rows);
}

static void test_rows(void **state)
{
	(void)state;
	begin(" a.exe ", 12);
	names("x.dll, y.dll,, ,z.dll");
	assert_false(reader.comma);
	assert_int_equal(listing->processes[0].line, 3);
	assert_int_equal(listing->processes[0].offset, 40);
	begin("b.exe", UINT32_MAX);
	assert_rows("12 a.exe m:x.dll|y.dll|z.dll\n4294967295 b.exe\n");
}

static void test_further_lines(void **state)
{
	(void)state;
	begin("a.exe", 12);
	names("one,");
	assert_true(reader.comma);
	assert_int_equal(listingrow_more(&reader, text(" two, three")), STATUS_OK);
	/* Without a comma before, the first goes on with the last name. */
	assert_int_equal(listingrow_more(&reader, text("times, four")), STATUS_OK);
	/* And without a blank where the line was full. */
	reader.filled = true;
	assert_int_equal(listingrow_more(&reader, text("teen")), STATUS_OK);
	assert_rows("12 a.exe m:one|two|three times|fourteen\n");
}

static void test_nothing_goes_on(void **state)
{
	(void)state;
	assert_int_equal(listingrow_more(&reader, text("x")), STATUS_ABSENT);
	begin("a.exe", 12);
	assert_int_equal(listingrow_more(&reader, text("x")), STATUS_ABSENT);
	names("one");
	listingrow_refuse(&reader, &line);
	assert_int_equal(listingrow_more(&reader, text("x")), STATUS_ABSENT);
	listings_check_refused(listing, 1, 40);
	assert_non_null(strstr(diag_item(listing->diags, 0)->sentence, "line 3 "));
	assert_rows("12 a.exe m:one\n");
}

/* A name as long as one may be, and one byte more. */
static void test_longest_name(void **state)
{
	char *part = calloc(LISTINGROW_MAX_NAME, 1);

	(void)state;
	assert_non_null(part);
	memset(part, 'x', LISTINGROW_MAX_NAME - 1);
	begin("a.exe", 12);
	names("y");
	reader.filled = true;
	assert_int_equal(listingrow_more(&reader, text(part)), STATUS_OK);
	assert_int_equal(strlen(listing->processes[0].modules.items[0]),
			 LISTINGROW_MAX_NAME);
	assert_int_equal(listingrow_more(&reader, text("z")), STATUS_ABSENT);
	assert_int_equal(strlen(listing->processes[0].modules.items[0]),
			 LISTINGROW_MAX_NAME);
	free(part);
}

static void test_merge(void **state)
{
	(void)state;
	begin("b.exe", 13);
	names("Q.dll,q.DLL");
	begin("a.exe", 12);
	names("x.dll,y.dll");
	begin("A.EXE", 12);
	names("Y.DLL,z.dll");
	begin("other.exe", 12);
	begin("a.exe", 13);
	assert_int_equal(listingrow_merge(listing), STATUS_OK);
	/* In the order of the file; a row that stands alone stays as it is. */
	assert_rows("13 b.exe m:Q.dll|q.DLL\n"
		    "12 a.exe m:x.dll|y.dll|z.dll\n"
		    "12 other.exe\n"
		    "13 a.exe\n");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
		TEST(test_further_lines),
		TEST(test_nothing_goes_on),
		TEST(test_longest_name),
		TEST(test_merge),
	};

	return UNIT_RUN(tests);
}
