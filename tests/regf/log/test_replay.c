// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which logs apply, in which order, and what comes of it: the image after each step is
 * held against the state that the recipe had there, never against an output of ours.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"

#include <stdlib.h>
#include <string.h>

enum { FLAGS = 144 };

/* So many steps of one log, from one state on. */
static void walk(struct logs_replay *r, size_t log, uint32_t sequence, size_t from,
		 size_t to)
{
	for (size_t i = from; i < to; i++)
		logs_step(r, sequence + (uint32_t)(i - from), log,
			  &logs_story.states[i + 1]);
}

static void end_one(struct logs_replay *r, struct builder_log *log,
		    struct builder_log_state *hive)
{
	logs_end(r);
	builder_log_free(log);
	builder_log_state_free(hive);
}

static void free_two(struct builder_log *first, struct builder_log *second,
		     struct builder_log_state *hive)
{
	builder_log_free(first);
	builder_log_free(second);
	builder_log_state_free(hive);
}

/* --- the new format --- */

static void test_one_log_steps_through_all_states(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, LOGS_LAST, LOGS_FIRST);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));

	(void)state;
	assert_int_equal(replay_count(r.replay), LOGS_LAST);
	assert_int_equal(r.told[0].n_applied, LOGS_LAST);
	assert_int_equal(r.told[0].first_sequence, LOGS_FIRST);
	assert_int_equal(r.told[0].last_sequence, LOGS_FIRST + LOGS_LAST - 1);
	logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
	/* Before the first step it is the file. */
	assert_true(span_equal(replay_bytes(r.replay), r.hive));
	for (size_t i = 0; i < LOGS_LAST; i++) {
		logs_step(&r, LOGS_FIRST + (uint32_t)i, 0, &logs_story.states[i + 1]);
		logs_assert_origins(&r);
	}
	logs_no_step(&r);
	logs_assert_image(replay_bytes(r.replay), &logs_story.states[LOGS_LAST],
			  LOGS_FIRST + LOGS_LAST - 1);
	/* The other fields of the base block stay the file's. */
	struct span image = replay_bytes(r.replay);
	assert_memory_equal(image.ptr + 12, hive.bytes + 12, 16);
	assert_memory_equal(image.ptr + BASE_NAME, hive.bytes + BASE_NAME, 64);

	struct memfile file = { .fd = -1 };
	assert_int_equal(replay_store(r.replay, &file), STATUS_OK);
	assert_true(span_equal(file.bytes, image));
	memfile_clear(&file);
	end_one(&r, &log, &hive);
}

static void check_options(const struct builder_log_options *options)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = builder_log_new(&logs_story.states[0], LOGS_FIRST);

	for (size_t i = 0; i < LOGS_LAST; i++)
		builder_log_add(&log, &logs_story.states[i], &logs_story.states[i + 1],
				options);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	walk(&r, 0, LOGS_FIRST, 0, LOGS_LAST);
	logs_no_step(&r);
	logs_assert_origins(&r);
	end_one(&r, &log, &hive);
}

static void test_pages_of_every_kind(void **state)
{
	(void)state;
	check_options(&(struct builder_log_options){ .page = 512 });
	check_options(&(struct builder_log_options){ .page = 512, .split = true });
	check_options(&(struct builder_log_options){ .split = true, .tight = true });
	check_options(&(struct builder_log_options){ .page = 512, .tight = true });
}

/* Two logs, the earlier one with n entries, in both orders of the files. */
static void check_two(size_t n, uint32_t sequence)
{
	struct builder_log_state hive = logs_dirty(&logs_story, sequence);
	struct builder_log early = logs_new(&logs_story, 0, n, sequence);
	struct builder_log late =
		logs_new(&logs_story, n, LOGS_LAST, sequence + (uint32_t)n);

	for (size_t swapped = 0; swapped < 2; swapped++) {
		struct logs_replay r =
			swapped ? logs_plan(&hive, LOGS_LIST(&late, &early))
				: logs_plan(&hive, LOGS_LIST(&early, &late));

		logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
		logs_outcome(&r, 1, REPLAY_APPLIED, REPLAY_COMPLETES);
		walk(&r, swapped, sequence, 0, n);
		walk(&r, 1 - swapped, sequence + (uint32_t)n, n, LOGS_LAST);
		logs_no_step(&r);
		logs_assert_origins(&r);
		logs_end(&r);
	}
	free_two(&early, &late, &hive);
}

static void test_two_logs_in_both_orders(void **state)
{
	(void)state;
	for (size_t n = 1; n < LOGS_LAST; n++)
		check_two(n, LOGS_FIRST);
}

static void test_sequences_wrap_around(void **state)
{
	(void)state;
	check_two(2, UINT32_MAX);     /* the earlier log wraps */
	check_two(2, UINT32_MAX - 1); /* the later one begins with 0 */
	check_two(2, UINT32_MAX - 3); /* it wraps itself */
	check_two(2, INT32_MAX);      /* not a matter of signs */
	check_two(3, INT32_MAX - 1u);
}

/* Return: what a log with these numbers does for a hive with that one. */
static struct logs_replay plan_numbers(uint32_t secondary, uint32_t sequence)
{
	struct builder_log_state hive = logs_dirty(&logs_story, secondary);
	struct builder_log log = logs_new(&logs_story, 0, 1, sequence);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));

	builder_log_free(&log);
	builder_log_state_free(&hive);
	return r;
}

static void assert_numbers(uint32_t secondary, uint32_t sequence, bool applied)
{
	struct logs_replay r = plan_numbers(secondary, sequence);

	if (applied)
		logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
	else
		logs_outcome(&r, 0, REPLAY_IGNORED, REPLAY_TOO_OLD);
	assert_int_equal(replay_count(r.replay), applied);
	if (!applied) {
		logs_no_step(&r);
		assert_true(span_equal(replay_bytes(r.replay), r.hive));
	}
	logs_end(&r);
}

/* A gap before the first log is usual; an older log never applies. */
static void test_hive_against_log(void **state)
{
	(void)state;
	assert_numbers(10, 10, true);
	assert_numbers(10, 11, true);
	assert_numbers(10, 500, true);
	assert_numbers(10, 9, false);
	assert_numbers(0, UINT32_MAX, false);
	assert_numbers(UINT32_MAX, 0, true);
	assert_numbers(10, 10 + 0x7FFFFFFFu, true);
	assert_numbers(10, 10 + 0x80000001u, false);
}

/* Both logs by their first number and the hive's; whether each applies. */
static void check_numbers(uint32_t secondary, uint32_t a, enum replay_reason of_a,
			  uint32_t b, enum replay_reason of_b)
{
	struct builder_log_state hive = logs_dirty(&logs_story, secondary);
	struct builder_log first = logs_new(&logs_story, 0, 2, a); /* a and a + 1 */
	struct builder_log second = logs_new(&logs_story, 2, 4, b);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&first, &second));

	assert_string_equal(replay_reason_word(r.told[0].reason),
			    replay_reason_word(of_a));
	assert_string_equal(replay_reason_word(r.told[1].reason),
			    replay_reason_word(of_b));
	assert_int_equal(replay_count(r.replay),
			 2 * ((of_a == REPLAY_COMPLETES) + (of_b == REPLAY_COMPLETES)));
	logs_end(&r);
	free_two(&first, &second, &hive);
}

static void test_log_against_log(void **state)
{
	(void)state;
	check_numbers(10, 10, REPLAY_COMPLETES, 12, REPLAY_COMPLETES);
	check_numbers(10, 10, REPLAY_COMPLETES, 13, REPLAY_GAP);
	check_numbers(10, 20, REPLAY_COMPLETES, 22, REPLAY_COMPLETES);
	/* The earlier log was written to the hive already. */
	check_numbers(12, 10, REPLAY_TOO_OLD, 12, REPLAY_COMPLETES);
	check_numbers(11, 10, REPLAY_TOO_OLD, 12, REPLAY_COMPLETES);
	check_numbers(12, 10, REPLAY_TOO_OLD, 300, REPLAY_COMPLETES);
	check_numbers(14, 10, REPLAY_TOO_OLD, 12, REPLAY_TOO_OLD);
	check_numbers(0, UINT32_MAX, REPLAY_TOO_OLD, 1, REPLAY_COMPLETES);
}

static void test_stale_entries_do_not_apply(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, 50);
	struct builder_log log = logs_new(&logs_story, 0, LOGS_LAST, 45);

	(void)state;
	builder_log_restart(&log, &logs_story.states[0], 50);
	builder_log_add(&log, &logs_story.states[0], &logs_story.states[1], NULL);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	logs_step(&r, 50, 0, &logs_story.states[1]);
	logs_no_step(&r);
	end_one(&r, &log, &hive);
}

/* Entries up to the first that is not sound; a later log then has a gap before it. */
static void test_bad_entry_ends_its_log(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log early = logs_new(&logs_story, 0, 3, LOGS_FIRST);
	struct builder_log late = logs_new(&logs_story, 3, LOGS_LAST, LOGS_FIRST + 3);

	(void)state;
	early.bytes[early.entries[2] + 600] ^= 1;
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&early, &late));
	logs_outcome(&r, 1, REPLAY_REFUSED, REPLAY_GAP);
	walk(&r, 0, LOGS_FIRST, 0, 2);
	logs_no_step(&r);
	logs_end(&r);
	free_two(&early, &late, &hive);
}

static void test_entry_flag_is_copied(void **state)
{
	static const uint32_t before[] = { 0, 1, 2, 0xFFFFFFFE, 0xFFFFFFFF };

	(void)state;
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		for (uint32_t flags = 0; flags < 4; flags++) {
			struct builder_log_state hive =
				logs_dirty(&logs_story, LOGS_FIRST);
			struct builder_log log =
				builder_log_new(&logs_story.states[0], LOGS_FIRST);

			logs_put32(&hive, FLAGS, before[i]);
			logs_checksum(&hive);
			builder_log_add(&log, &logs_story.states[0],
					&logs_story.states[1],
					&(struct builder_log_options){ .flags = flags });
			struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
			walk(&r, 0, LOGS_FIRST, 0, 1);
			assert_int_equal(logs_get32(replay_bytes(r.replay).ptr, FLAGS),
					 (before[i] & ~1u) | (flags & 1));
			end_one(&r, &log, &hive);
		}
}

/* --- hives that are clean, or whose base block cannot be believed --- */

static void test_clean_hive_needs_no_log(void **state)
{
	struct builder_log log = logs_new(&logs_story, 0, LOGS_LAST, LOGS_FIRST + 1);
	struct builder_log old =
		builder_log_old(&logs_story.states[0], &logs_story.states[1], NULL);
	struct builder_log bad = logs_new(&logs_story, 0, 1, LOGS_FIRST);

	(void)state;
	bad.bytes[0] = 'x';
	struct logs_replay r =
		logs_plan(&logs_story.states[0], LOGS_LIST(&log, &old, &bad));
	for (size_t i = 0; i < 3; i++)
		logs_outcome(&r, i, REPLAY_IGNORED, REPLAY_HIVE_CLEAN);
	logs_no_step(&r);
	assert_true(span_equal(replay_bytes(r.replay), r.hive));
	size_t from = 0;
	uint32_t at = 0;
	assert_int_equal(replay_origin(r.replay, 0, 100, &from, &at), 100);
	assert_true(from == SIZE_MAX);
	logs_end(&r);
	builder_log_free(&log);
	builder_log_free(&old);
	builder_log_free(&bad);
}

/* Then Windows takes the later log alone, and its base block. */
static void test_unsound_base_block(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log early =
		logs_new(&logs_story, 0, 1, 3); /* too old, if believed */
	struct builder_log late = logs_new(&logs_story, 0, 3, 4);

	(void)state;
	builder_log_spoil_base(&hive);
	logs_put32(&hive, BASE_ROOT, 0x12345678);
	logs_put32(&hive, BASE_MINOR, 1);
	for (size_t swapped = 0; swapped < 2; swapped++) {
		struct logs_replay r =
			swapped ? logs_plan(&hive, LOGS_LIST(&late, &early))
				: logs_plan(&hive, LOGS_LIST(&early, &late));

		logs_outcome(&r, swapped, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
		logs_outcome(&r, 1 - swapped, REPLAY_APPLIED, REPLAY_COMPLETES);
		walk(&r, 1 - swapped, 4, 0, 3);
		logs_no_step(&r);
		assert_int_equal(logs_get32(replay_bytes(r.replay).ptr, BASE_ROOT),
				 logs_get32(late.bytes, BASE_ROOT));
		assert_int_equal(logs_get32(replay_bytes(r.replay).ptr, BASE_MINOR), 3);
		logs_assert_origins(&r);
		logs_end(&r);
	}
	free_two(&early, &late, &hive);
}

/* A wrong checksum makes a hive dirty, whatever its numbers. */
static void test_unsound_base_block_with_equal_numbers(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, 2, LOGS_FIRST);

	(void)state;
	logs_put32(&hive, BASE_PRIMARY, LOGS_FIRST);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	walk(&r, 0, LOGS_FIRST, 0, 2);
	logs_no_step(&r);
	end_one(&r, &log, &hive);
}

/* --- which of several --- */

static void test_empty_and_unsound_logs(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log good = logs_new(&logs_story, 0, 2, LOGS_FIRST);
	struct builder_log empty = { .len = 0 };
	struct builder_log bad = logs_new(&logs_story, 2, 3, LOGS_FIRST + 2);

	(void)state;
	bad.bytes[BASE_CHECKSUM] ^= 1;
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&empty, &good, &bad));
	logs_outcome(&r, 0, REPLAY_IGNORED, REPLAY_LOG_FAULT);
	assert_int_equal(r.told[0].fault, TXLOG_EMPTY);
	logs_outcome(&r, 1, REPLAY_APPLIED, REPLAY_COMPLETES);
	logs_outcome(&r, 2, REPLAY_REFUSED, REPLAY_LOG_FAULT);
	assert_int_equal(r.told[2].fault, TXLOG_BASE_CHECKSUM);
	assert_null(r.told[2].log);
	walk(&r, 1, LOGS_FIRST, 0, 2);
	logs_no_step(&r);
	logs_end(&r);
	free_two(&good, &bad, &hive);
}

static void test_three_new_logs(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST + 1);
	struct builder_log logs[3] = { logs_new(&logs_story, 0, 1, LOGS_FIRST),
				       logs_new(&logs_story, 1, 3, LOGS_FIRST + 1),
				       logs_new(&logs_story, 3, 5, LOGS_FIRST + 3) };
	static const size_t orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
					     { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

	(void)state;
	/* The hive is where the first log leads. */
	builder_log_state_free(&hive);
	hive = builder_log_dirty(&logs_story.states[1], &logs_story.states[1],
				 LOGS_FIRST + 2, LOGS_FIRST + 1);
	for (size_t i = 0; i < 6; i++) {
		struct logs_replay r = logs_plan(&hive, LOGS_LIST(&logs[orders[i][0]],
								  &logs[orders[i][1]],
								  &logs[orders[i][2]]));
		size_t at[3];

		for (size_t k = 0; k < 3; k++)
			at[orders[i][k]] = k;
		logs_outcome(&r, at[0], REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
		walk(&r, at[1], LOGS_FIRST + 1, 1, 3);
		walk(&r, at[2], LOGS_FIRST + 3, 3, 5);
		logs_no_step(&r);
		logs_end(&r);
	}
	for (size_t i = 0; i < 3; i++)
		builder_log_free(&logs[i]);
	builder_log_state_free(&hive);
}

/* The new format is preferred whatever the old log says. */
static void test_new_before_old(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log new = logs_new(&logs_story, 0, 2, LOGS_FIRST);
	struct builder_log old =
		builder_log_old(&logs_story.states[0], &logs_story.states[4], NULL);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&old, &new));

	(void)state;
	logs_outcome(&r, 0, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	logs_outcome(&r, 1, REPLAY_APPLIED, REPLAY_COMPLETES);
	walk(&r, 1, LOGS_FIRST, 0, 2);
	logs_no_step(&r);
	logs_end(&r);
	free_two(&new, &old, &hive);
}

/* The name in the log's own base block: whatever its case, if there is one. */
static void test_log_of_another_hive(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, 2, LOGS_FIRST);
	uint8_t name[64];

	(void)state;
	memcpy(name, log.bytes + BASE_NAME, sizeof(name));
	for (size_t i = 0; i < 4; i++) {
		/* Its numbers are those that the hive lacks: it applies all the same. */
		bool other = i == 0;

		log.bytes[BASE_NAME] = i == 0 ? 'D' : i == 1 ? 'c' : name[0];
		if (i == 2)
			memset(log.bytes + BASE_NAME, 0, sizeof(name));
		builder_log_checksum(&log);
		struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
		logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
		assert_int_equal(r.told[0].other_name, other);
		assert_int_equal(replay_applies_other_name(r.replay), other);
		assert_int_equal(replay_count(r.replay), 2);
		struct replay *named = NULL;
		assert_int_equal(replay_plan_named(&r.file, r.bytes, r.n, &named),
				 STATUS_OK);
		assert_int_equal(replay_count(named), other ? 0 : 2);
		assert_false(replay_applies_other_name(named));
		replay_free(named);
		logs_end(&r);
		memcpy(log.bytes + BASE_NAME, name, sizeof(name));
	}
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

/* Numbers that only follow later are another hive's. */
static void test_log_of_another_hive_with_other_numbers(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);

	(void)state;
	for (uint32_t more = 0; more < 4; more++) {
		struct builder_log log = logs_new(&logs_story, 0, 2, LOGS_FIRST + more);

		log.bytes[BASE_NAME] = 'D';
		builder_log_checksum(&log);
		struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
		if (more < 2)
			logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
		else
			logs_outcome(&r, 0, REPLAY_REFUSED, REPLAY_OTHER_HIVE);
		logs_end(&r);
		builder_log_free(&log);
	}
	builder_log_state_free(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_log_steps_through_all_states),
		cmocka_unit_test(test_pages_of_every_kind),
		cmocka_unit_test(test_two_logs_in_both_orders),
		cmocka_unit_test(test_sequences_wrap_around),
		cmocka_unit_test(test_hive_against_log),
		cmocka_unit_test(test_log_against_log),
		cmocka_unit_test(test_stale_entries_do_not_apply),
		cmocka_unit_test(test_bad_entry_ends_its_log),
		cmocka_unit_test(test_entry_flag_is_copied),
		cmocka_unit_test(test_clean_hive_needs_no_log),
		cmocka_unit_test(test_unsound_base_block),
		cmocka_unit_test(test_unsound_base_block_with_equal_numbers),
		cmocka_unit_test(test_empty_and_unsound_logs),
		cmocka_unit_test(test_three_new_logs),
		cmocka_unit_test(test_new_before_old),
		cmocka_unit_test(test_log_of_another_hive),
		cmocka_unit_test(test_log_of_another_hive_with_other_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, logs_set_up, logs_tear_down);
}
