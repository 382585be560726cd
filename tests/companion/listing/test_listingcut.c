/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of lines: columns, words, numbers, ends of names. */
#include "help/unit.h"

#include "companion/listing/listingcut.h"

#include <string.h>

static struct span text(const char *s)
{
	return span_of(s, strlen(s));
}

static void assert_span(struct span s, const char *expected)
{
	assert_int_equal(s.len, strlen(expected));
	if (s.len > 0)
		assert_memory_equal(s.ptr, expected, s.len);
}

static void test_blanks(void **state)
{
	(void)state;
	assert_span(listingcut_trim(text(" \t a b\t ")), "a b");
	assert_span(listingcut_trim(text(" \t ")), "");
	assert_span(listingcut_trim(text("")), "");
	assert_true(listingcut_blank_at(text("a "), 1));
	assert_true(listingcut_blank_at(text("\t"), 0));
	assert_false(listingcut_blank_at(text("a "), 0));
	assert_false(listingcut_blank_at(text("a "), 2));
	assert_true(listingcut_has_gap(text("a  b")));
	assert_true(listingcut_has_gap(text("a\tb")));
	assert_false(listingcut_has_gap(text("a b c")));
}

static void test_words(void **state)
{
	struct span rest = text("  one\ttwo  ");

	(void)state;
	assert_span(listingcut_word(&rest), "one");
	assert_span(rest, "two");
	assert_span(listingcut_word(&rest), "two");
	assert_span(rest, "");
	assert_span(listingcut_word(&rest), "");
}

/* A character is one of UTF-8, of one to four bytes. */
static void test_characters(void **state)
{
	struct span s = text("a\xc3\xbc\xe2\x82\xac\xf0\x9f\x93\xa7z");

	(void)state;
	assert_int_equal(listingcut_length(s), 5);
	assert_int_equal(listingcut_column(s, 0), 0);
	assert_int_equal(listingcut_column(s, 1), 1);
	assert_int_equal(listingcut_column(s, 2), 3);
	assert_int_equal(listingcut_column(s, 3), 6);
	assert_int_equal(listingcut_column(s, 4), 10);
	assert_int_equal(listingcut_column(s, 5), s.len);
	assert_int_equal(listingcut_column(s, 6), s.len);
	assert_int_equal(listingcut_length(text("")), 0);
}

static void test_case_does_not_count(void **state)
{
	(void)state;
	assert_int_equal(listingcut_find(text("x.EXE y.exe"), ".exe"), 1);
	assert_int_equal(listingcut_find(text("x.ex"), ".exe"), 4);
	/* Bit 0x20 makes a letter's other case, but of '.' another character. */
	assert_int_equal(listingcut_find(text("x\x0e.exe"), ".exe"), 2);
	assert_true(listingcut_is(text("MAPI32.dll"), "mapi32.DLL"));
	assert_false(listingcut_is(text("MAPI32.dll "), "mapi32.dll"));
	assert_true(listingcut_starts(text("Svcs: a"), "svcs:"));
	assert_false(listingcut_starts(text("Svcs"), "svcs:"));
	assert_true(listingcut_ends(text("a.EXE"), ".exe"));
	assert_false(listingcut_ends(text("exe"), ".exe"));
	/* A byte of UTF-8 equals no ASCII letter. */
	assert_false(listingcut_is(text("\xc3\xa1"), "a"));
}

static void test_numbers(void **state)
{
	uint32_t number;

	(void)state;
	assert_true(listingcut_number(span_of("4294967295", 10), &number));
	assert_int_equal(number, UINT32_MAX);
	assert_false(listingcut_number(span_of("4294967296", 10), &number));
	assert_false(listingcut_number(span_of("42949672950", 11), &number));
	assert_false(listingcut_number(span_of("", 0), &number));
	assert_false(listingcut_number(span_of("-1", 2), &number));
	assert_false(listingcut_number(span_of("0x1", 3), &number));
	assert_true(listingcut_number(span_of("007", 3), &number));
	assert_int_equal(number, 7);
}

/* A dot, a letter, and one to four letters or digits. */
static void test_extensions(void **state)
{
	static const char *const with[] = { "a.dll", "a.b.exe", "a.oc", "a.winmd",
					    "a.x86" };
	static const char *const without[] = { "",	 "a",	      "dll",
					       ".dll",	 "a.d",	      "a.",
					       "a.7zip", "a.toolong", "clr_v2.0.50727",
					       "a.d l" };

	(void)state;
	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++)
		if (!listingcut_has_extension(text(with[i])))
			fail_msg("%s", with[i]);
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++)
		if (listingcut_has_extension(text(without[i])))
			fail_msg("%s", without[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_case_does_not_count),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_extensions),
	};

	return UNIT_RUN(tests);
}
