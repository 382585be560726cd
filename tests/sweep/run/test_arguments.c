/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments in a row, and words for sh. */
#include "help/unit.h"

#include "base/compiler.h"
#include "sweep/run/arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_row(void **state)
{
	struct arguments arguments = { 0 };

	(void)state;
	arguments_add(&arguments, "%s", "parallel");
	arguments_add(&arguments, "--jobs=%d", 3);
	assert_false(arguments.failed);
	assert_int_equal(arguments.n, 2);
	assert_string_equal(arguments.items[1], "--jobs=3");
	assert_null(arguments.items[2]);
	arguments_clear(&arguments);
	assert_null(arguments.items);
}

/* What sh makes of the word is the text again. */
static void test_words(void **state)
{
	static const char *const texts[] = { "a",    "",  "a b",
					     "it's", "'", "$HOME `x` \"\\",
					     "*\n;" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		char command[256], read_back[64] = "";
		char *word = arguments_quote(texts[i]);
		(void)snprintf(command, sizeof(command), "printf %%s %s", word);
		FILE *sh = popen(command, "r");
		assert_non_null(sh);
		assert_int_equal(fread(read_back, 1, sizeof(read_back) - 1, sh),
				 strlen(texts[i]));
		assert_int_equal(pclose(sh), 0);
		assert_string_equal(read_back, texts[i]);
		free(word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row),
		cmocka_unit_test(test_words),
	};
	return UNIT_RUN(tests);
}
