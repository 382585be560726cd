/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One harmless line for each thing that is said, and faults counted. */
#include "help/unit.h"

#include "sweep/plan/voice.h"

#include <stdlib.h>
#include <string.h>

static void test_lines(void **state)
{
	char *text = NULL;
	size_t size = 0;
	struct voice voice = { .out = open_memstream(&text, &size) };

	(void)state;
	assert_non_null(voice.out);
	voice_fault(&voice, "%s: %d", "a\nb\033[2J", 7);
	voice_say(&voice, "only said");
	assert_int_equal(fclose(voice.out), 0);
	assert_int_equal(voice.faults, 1);
	assert_string_equal(text, "wmsdiff-sweep: a\\u{a}b\xEF\xBF\xBD[2J: 7\n"
				  "wmsdiff-sweep: only said\n");
	free(text);
}

static void test_counts_without_a_place(void **state)
{
	struct voice voice = { .out = NULL };

	(void)state;
	voice_fault(&voice, "%s", "x");
	voice_fault(&voice, "%s", "y");
	voice_say(&voice, "%s", "z");
	assert_int_equal(voice.faults, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_counts_without_a_place),
	};
	return UNIT_RUN(tests);
}
