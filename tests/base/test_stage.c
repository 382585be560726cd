/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stages tell, and that few of many calls are told. */
#include "help/unit.h"

#include "base/stage.h"

#include <string.h>

struct listener {
	struct stage_watch watch; /* first: told() gets its address */
	size_t n[STAGE_ENDS + 1];
	struct stage last;
};

static void told(struct stage_watch *watch, const struct stage *stage)
{
	struct listener *listener = (struct listener *)watch;

	listener->n[stage->event]++;
	listener->last = *stage;
}

static void test_from_beginning_to_end(void **state)
{
	struct listener listener = { .watch = { told } };
	struct stage stage;

	(void)state;
	stage_begin(&stage, &listener.watch, STAGE_KEYS, "hive", 3);
	assert_int_equal(listener.last.event, STAGE_BEGINS);
	assert_int_equal(listener.last.kind, STAGE_KEYS);
	assert_string_equal(listener.last.path, "hive");
	assert_int_equal(listener.last.hive, 3);
	assert_string_equal(listener.last.note, "");
	stage_note(&stage, "%d keys", 12);
	stage_end(&stage, 4096);
	assert_int_equal(listener.last.event, STAGE_ENDS);
	assert_int_equal(listener.last.bytes, 4096);
	assert_string_equal(listener.last.note, "12 keys");
	assert_true(listener.last.took_ns <= stage_now_ns() - listener.last.began_ns);
	assert_int_equal(listener.n[STAGE_BEGINS], 1);
	assert_int_equal(listener.n[STAGE_GOES_ON], 0);
	assert_int_equal(listener.n[STAGE_ENDS], 1);
}

/* A million calls: some hundreds are told, and the last of them is near the end. */
static void test_few_calls_are_told(void **state)
{
	struct listener listener = { .watch = { told } };
	struct stage stage;

	(void)state;
	stage_begin(&stage, &listener.watch, STAGE_READ, NULL, STAGE_NO_HIVE);
	for (uint64_t i = 0; i <= 1000000; i++)
		stage_advance(&stage, i, 1000000);
	assert_in_range(listener.n[STAGE_GOES_ON], 200, 300);
	assert_true(listener.last.done > 990000 && listener.last.done <= 1000000);
	assert_int_equal(listener.last.total, 1000000);
	/* Another total is told at once. */
	size_t before = listener.n[STAGE_GOES_ON];
	stage_advance(&stage, 1, 2);
	assert_int_equal(listener.n[STAGE_GOES_ON], before + 1);
	assert_int_equal(listener.last.done, 1);
}

static void test_nobody_listens(void **state)
{
	struct stage stage;

	(void)state;
	stage_begin(&stage, NULL, STAGE_PAGE, NULL, STAGE_NO_HIVE);
	stage_advance(&stage, 1, 2);
	stage_advance(NULL, 1, 2);
	stage_end(&stage, 7);
	assert_int_equal(stage.bytes, 7);
}

static void test_long_note_is_cut(void **state)
{
	char text[2 * STAGE_NOTE_SIZE];
	struct stage stage;

	(void)state;
	memset(text, 'n', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	stage_begin(&stage, NULL, STAGE_READ, NULL, 0);
	stage_note(&stage, "%s", text);
	assert_int_equal(strlen(stage.note), STAGE_NOTE_SIZE - 1);
}

static void test_sentences(void **state)
{
	(void)state;
	assert_string_equal(stage_sentence(STAGE_READ), "reading and hashing");
	assert_string_equal(stage_sentence(STAGE_TIMELINE), "writing timelines");
	for (unsigned i = 0; i < STAGE_N_KINDS; i++)
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(stage_sentence((enum stage_kind)i),
						stage_sentence((enum stage_kind)k));
}

static void test_clock_goes_forward(void **state)
{
	uint64_t before = stage_now_ns();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		uint64_t now = stage_now_ns();
		assert_true(now >= before);
		before = now;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_from_beginning_to_end),
		cmocka_unit_test(test_few_calls_are_told),
		cmocka_unit_test(test_nobody_listens),
		cmocka_unit_test(test_long_note_is_cut),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_clock_goes_forward),
	};

	return UNIT_RUN(tests);
}
