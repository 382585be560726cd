/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which double-byte code page a text can be in, by lead and trail bytes. */
#include "help/unit.h"

#include "companion/listing/listingdbcs.h"

#include <string.h>

static const char *find(const char *text)
{
	const struct listingdbcs *page = listingdbcs_find(span_of(text, strlen(text)));

	return page ? listingdbcs_number(page) : "none";
}

static void test_which_page(void **state)
{
	(void)state;
	assert_string_equal(find(""), "none");
	assert_string_equal(find("mad.exe 1704"), "none");
	/* Katakana, with a trail byte that looks like a backslash. */
	assert_string_equal(find("\x83\x81\x81\x5b\x83\x8b\x83\x5c.exe"), "932");
	/* A single high byte before a letter is one of Europe, though it could be a pair. */
	assert_string_equal(find("INFORMACI\xe0N: ejecut\xa0ndose"), "none");
	assert_string_equal(find("caf\x82\\a.exe"), "none");
	/* Each word for "information" is in its own page, whatever others it fits. */
	assert_string_equal(find("\x8f\xee\x95\xf1: \x8e\x77"), "932");
	assert_string_equal(find("\xd0\xc5\xcf\xa2: \xc3\xbb\xd3\xd0"), "936");
	assert_string_equal(find("\xc1\xa4\xba\xb8: \xc0\xdb\xbe\xf7"), "949");
	assert_string_equal(find("\xb8\xea\xb0T: \xa8S\xa6\xb3"), "950");
	/* A lead byte at the end has no trail. */
	assert_string_equal(find("\x83\x81\x83"), "none");
}

/* Half of width are A1 to DF in 932; 80, A0 and FD to FF begin nothing. */
static void test_bytes_of_932(void **state)
{
	static const struct {
		const char *bytes;
		size_t width;
	} rows[] = {
		{ "\x80\x40", 1 }, { "\x81\x40", 2 }, { "\x9f\x7e", 2 },
		{ "\xa0\x40", 1 }, { "\xa1\x40", 1 }, { "\xdf\x40", 1 },
		{ "\xe0\x80", 2 }, { "\xfc\xfc", 2 }, { "\xfd\x40", 1 },
		{ "\x81\x3f", 1 }, { "\x81\x7f", 1 }, { "\x81\xfd", 1 },
		{ "\x81\x5c", 2 }, { "\x81\x7c", 2 }, { "\x81", 1 },
	};
	const struct listingdbcs *page = listingdbcs_find(span_of("\x83\x81\x83\x81", 4));

	(void)state;
	assert_non_null(page);
	assert_string_equal(listingdbcs_number(page), "932");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(
			listingdbcs_width(
				page, span_of(rows[i].bytes, strlen(rows[i].bytes)), 0),
			rows[i].width);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_page),
		cmocka_unit_test(test_bytes_of_932),
	};
	return UNIT_RUN(tests);
}
