/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of an index: nothing of a name is lost, and files are called from the folder. */
#include "help/unit.h"

#include "report/index/indextext.h"

#include <string.h>

static struct index_texts texts;

static int set_up(void **state)
{
	(void)state;
	texts = (struct index_texts){ .arena = arena_new(), .folder = "a/out" };
	assert_non_null(texts.arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	assert_false(texts.nomem);
	arena_free(texts.arena);
	return 0;
}

static void test_keep(void **state)
{
	char text[] = "abc";

	(void)state;
	const char *kept = indextext_keep(&texts, text);
	text[0] = 'x';
	assert_string_equal(kept, "abc");
	assert_null(indextext_keep(&texts, NULL));
}

static void test_files(void **state)
{
	(void)state;
	assert_string_equal(indextext_file(&texts, "a/out/r.xml"), "r.xml");
	assert_string_equal(indextext_file(&texts, "a/out//x/r.xml"), "x/r.xml");
	/* The beginning of a name is no folder. */
	assert_string_equal(indextext_file(&texts, "a/outer/r.xml"), "a/outer/r.xml");
	assert_string_equal(indextext_file(&texts, "b/a/out/r.xml"), "b/a/out/r.xml");
	assert_null(indextext_file(&texts, "-"));
	assert_null(indextext_file(&texts, NULL));
	texts.folder = "a/out/";
	assert_string_equal(indextext_file(&texts, "a/out/r.xml"), "r.xml");
	texts.folder = "";
	assert_string_equal(indextext_file(&texts, "/r.xml"), "/r.xml");
}

static struct text of_units(const uint16_t *units, size_t n, uint8_t *bytes)
{
	for (size_t i = 0; i < n; i++) {
		bytes[2 * i] = (uint8_t)units[i];
		bytes[2 * i + 1] = (uint8_t)(units[i] >> 8);
	}
	return (struct text){ .bytes = span_of(bytes, 2 * n), .encoding = TEXT_UTF16LE };
}

/* Hex is there where UTF-8 lacks something, or where it would not show. */
static void test_names(void **state)
{
	static const uint16_t lone[] = { 'A', 0xd800 }, bidi[] = { 0x202e, 'A' },
			      plain[] = { 0xe9 };
	uint8_t bytes[8];
	const char *utf16 = "";

	(void)state;
	assert_string_equal(indextext_name(&texts, text_of("Outlook"), &utf16),
			    "Outlook");
	assert_null(utf16);
	assert_string_equal(indextext_name(&texts, of_units(plain, 1, bytes), &utf16),
			    "\xC3\xA9");
	assert_null(utf16);
	assert_string_equal(indextext_name(&texts, of_units(lone, 2, bytes), &utf16),
			    "A\xEF\xBF\xBD");
	assert_string_equal(utf16, "410000d8");
	assert_string_equal(indextext_name(&texts, of_units(bidi, 2, bytes), &utf16),
			    "\xE2\x80\xAE"
			    "A");
	assert_string_equal(utf16, "2e204100");
}

static void test_units(void **state)
{
	struct text text;

	(void)state;
	assert_true(indextext_units("x", "410000d8", &text));
	assert_int_equal(text_length(text), 2);
	assert_int_equal(text_unit(text, 1), 0xd800);
	text_free(text);
	assert_true(indextext_units("a\xFF", NULL, &text));
	assert_int_equal(text_length(text), 2);
	assert_int_equal(text_unit(text, 1), 0xfffd);
	text_free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keep),
		TEST(test_files),
		TEST(test_names),
		TEST(test_units),
	};
	return UNIT_RUN(tests);
}
