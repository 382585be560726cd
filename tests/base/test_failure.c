/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences about what failed, and paths in them that cannot act. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/failure.h"

#include <string.h>

static void test_sentence(void **state)
{
	struct failure failure = { "before" };

	(void)state;
	failure_set(&failure, "%s: %d", "a", 7);
	assert_string_equal(failure.sentence, "a: 7");
	failure_set(NULL, "%s", "nobody hears");
}

/* What does not fit is cut, and ends. */
static void test_long_sentence(void **state)
{
	static char text[sizeof(struct failure) + 100];
	static struct failure failure;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	failure_set(&failure, "%s", text);
	assert_int_equal(strlen(failure.sentence), sizeof(failure.sentence) - 1);
	assert_memory_equal(failure.sentence, text, sizeof(failure.sentence) - 1);
	text[sizeof(failure.sentence) - 1] = '\0';
	failure_set(&failure, "%s", text);
	assert_string_equal(failure.sentence, text);
}

static void test_paths(void **state)
{
	char out[64];

	(void)state;
	assert_ptr_equal(failure_path("a/b c", out, sizeof(out)), out);
	assert_string_equal(out, "a/b c");
	failure_path("Zo\xC3\xAB", out, sizeof(out));
	assert_string_equal(out, "Zo\xC3\xAB");
	failure_path("a\nb", out, sizeof(out));
	assert_string_equal(out, "a\\u{a}b");
	failure_path("\xE2\x80\xAEgpj", out, sizeof(out));
	assert_string_equal(out, "\\u{202e}gpj");
	/* No UTF-8, and what XML has no character for: U+FFFD. */
	failure_path("a\xFF\033[1m", out, sizeof(out));
	assert_string_equal(out, "a\xEF\xBF\xBD\xEF\xBF\xBD[1m");
}

static void test_path_is_cut(void **state)
{
	char out[4];

	(void)state;
	failure_path("abcdef", out, sizeof(out));
	assert_string_equal(out, "abc");
	failure_path("abc", out, sizeof(out));
	assert_string_equal(out, "abc");
}

/* A path is made for a sentence: without memory for it there is a sentence still. */
static void test_out_of_memory(void **state)
{
	struct unit_oom oom;
	char out[64];

	(void)state;
	UNIT_FAIL_EACH (oom) {
		assert_ptr_equal(
			UNIT_FAILING(oom, failure_path("a\xFF", out, sizeof(out))), out);
		assert_string_equal(out, oom.failed ? "?" : "a\xEF\xBF\xBD");
	}
	assert_true(oom.n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_long_sentence),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_path_is_cut),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
