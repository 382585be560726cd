/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts as the page shows them: whole characters, and nothing that acts. */
#include "help/unit.h"

#include "report/page/pagetext.h"

#include <stdlib.h>
#include <string.h>

static void assert_text(char *got, const char *expected)
{
	assert_non_null(got);
	assert_string_equal(got, expected);
	free(got);
}

static void test_texts(void **state)
{
	static const char long_name[] = "a\xE2\x80\xAE"
					"b\n";
	char *many = malloc(PAGETEXT_MAX + 2), *shown;

	(void)state;
	assert_text(pagetext_visible(long_name, 6, 6), "a\\u{202e}b\\u{a}");
	assert_text(pagetext_visible("ab", 2, 12),
		    "ab\xE2\x80\xA6 [10 bytes more: see the XML]");
	/* Never cut in the middle of a character. */
	assert_non_null(many);
	memset(many, 'a', PAGETEXT_MAX - 1);
	memcpy(many + PAGETEXT_MAX - 1, "\xC3\xA9", 3);
	shown = pagetext_visible(many, PAGETEXT_MAX + 1, PAGETEXT_MAX + 1);
	assert_non_null(shown);
	assert_int_equal(strspn(shown, "a"), PAGETEXT_MAX - 1);
	assert_string_equal(shown + PAGETEXT_MAX - 1,
			    "\xE2\x80\xA6 [2 bytes more: see the XML]");
	free(shown);
	free(many);
}

static void test_exact_units(void **state)
{
	(void)state;
	assert_text(pagetext_exact("41000000", 8), "A\\u{0}");
	assert_text(pagetext_exact("3dd800de", 8), "\xF0\x9F\x98\x80"); /* U+1F600 */
	assert_text(pagetext_exact("00de3dd8", 8), "\\u{de00}\\u{d83d}");
	assert_text(pagetext_exact("e900ac20ffff", 12), "\xC3\xA9\xE2\x82\xAC\\u{ffff}");
	assert_text(pagetext_exact("4100x", 5), "A");
	assert_text(pagetext_exact("41", 2), "");
	assert_text(pagetext_exact("", 0), "");
}

/* Never cut in the middle of a character either. */
static void test_long_exact_units(void **state)
{
	size_t n = (size_t)4 * (PAGETEXT_MAX + 2);
	char *hex = malloc(n), *shown;

	(void)state;
	assert_non_null(hex);
	for (size_t i = 0; i < n; i += 4)
		memcpy(hex + i, "6100", 4);
	memcpy(hex + (size_t)4 * (PAGETEXT_MAX - 1), "3dd800de", 8);
	shown = pagetext_exact(hex, n);
	assert_non_null(shown);
	assert_int_equal(strspn(shown, "a"), PAGETEXT_MAX - 1);
	assert_string_equal(shown + PAGETEXT_MAX - 1,
			    "\xE2\x80\xA6 [6 bytes more: see the XML]");
	free(shown);
	free(hex);
}

static void test_data(void **state)
{
	(void)state;
	/* RFC 4648, section 10. */
	assert_text(pagetext_hex("Zm9vYmFy", 8), "66 6f 6f 62 61 72");
	assert_text(pagetext_hex("Zm9vYg==", 8), "66 6f 6f 62");
	assert_text(pagetext_hex("Zm9v!mFy", 8), "66 6f 6f");
	assert_text(pagetext_hex("", 0), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_exact_units),
		cmocka_unit_test(test_long_exact_units),
		cmocka_unit_test(test_data),
	};

	return UNIT_RUN(tests);
}
