// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The old format, of which one log applies at most, and the limits that hold for both:
 * how many logs there may be, how much data they may ask for, and whether every byte of
 * an image is where it is said to be.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"

#include <stdlib.h>
#include <string.h>

enum { LAST_WRITTEN = 12, FIRST_BIN_TIME = FIRST_BIN + 20 };

/* --- one old log --- */

static const struct builder_log_options options[] = {
	{ .page = 4096, .file_type = 1 },
	{ .page = 4096, .file_type = 2 },
	{ .page = 512, .file_type = 1 },
	{ .page = 512, .file_type = 2 },
};

static void test_each_step_of_each_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		for (size_t to = 1; to < LOGS_STATES; to++) {
			struct builder_log_state hive = logs_dirty_old(&logs_story, to);
			struct builder_log log =
				builder_log_old(&logs_story.states[0],
						&logs_story.states[to], &options[i]);
			struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));

			logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
			assert_int_equal(replay_count(r.replay), 1);
			logs_step(&r, (uint32_t)(LOGS_FIRST + to), 0,
				  &logs_story.states[to]);
			logs_no_step(&r);
			logs_assert_origins(&r);
			/* The base block is the new state's in all that tells. */
			assert_memory_equal(replay_bytes(r.replay).ptr,
					    logs_story.states[to].bytes, 512);
			logs_end(&r);
			builder_log_free(&log);
			builder_log_state_free(&hive);
		}
}

/* Base block fields come from the log, also where the hive's cannot be believed. */
static void test_unsound_base_block(void **state)
{
	struct builder_log_state hive = logs_dirty_old(&logs_story, 2);
	struct builder_log log =
		builder_log_old(&logs_story.states[0], &logs_story.states[2], NULL);

	(void)state;
	builder_log_spoil_base(&hive);
	logs_put32(&hive, BASE_ROOT, 0x77777777);
	logs_put32(&hive, BASE_NAME, 0x00580058); /* another name counts as little */
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	logs_step(&r, LOGS_FIRST + 2, 0, &logs_story.states[2]);
	assert_memory_equal(replay_bytes(r.replay).ptr, logs_story.states[2].bytes, 512);
	logs_end(&r);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

/* More than 508 bins: the bitmap goes on into the second sector, and the third. */
static void test_hives_over_2_mib(void **state)
{
	static uint8_t data[4500000];
	static const size_t sizes[] = { 2070000, 2200000, 4400000 };

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i >> 3 ^ i >> 11);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t k = 0; k < 4; k += 3) {
			struct builder *b = hives_new(3);

			builder_value_set(b, builder_root(b), "x", BUILDER_BINARY, data,
					  sizes[i]);
			struct builder_log_state from = builder_log_state_take(b);
			builder_value_set(b, builder_root(b), "y", BUILDER_BINARY, data,
					  100000);
			builder_value_string(b, builder_root(b), "z", "the end");
			builder_stamp(b, HIVES_TIME + 1, 8);
			struct builder_log_state to = builder_log_state_take(b);
			struct builder_log_state hive =
				builder_log_dirty(&from, &to, 8, 7);
			struct builder_log log = builder_log_old(&from, &to, &options[k]);
			struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));

			logs_step(&r, 8, 0, &to);
			logs_assert_origins(&r);
			logs_end(&r);
			builder_log_free(&log);
			builder_log_state_free(&hive);
			builder_log_state_free(&to);
			builder_log_state_free(&from);
			builder_free(b);
		}
}

/* --- times --- */

static void put_time(struct builder_log_state *hive, size_t offset, uint64_t time)
{
	logs_put32(hive, offset, (uint32_t)time);
	logs_put32(hive, offset + 4, (uint32_t)(time >> 32));
	logs_checksum(hive);
}

/* What a log does for a hive whose time differs by so much. */
static void check_time(bool unsound, int64_t hive_is_later, enum replay_outcome outcome,
		       enum replay_reason reason)
{
	struct builder_log_state hive = logs_dirty_old(&logs_story, 1);
	struct builder_log log =
		builder_log_old(&logs_story.states[0], &logs_story.states[1], NULL);
	uint64_t time = HIVES_TIME + 10000000 + (uint64_t)hive_is_later;

	put_time(&hive, unsound ? FIRST_BIN_TIME : LAST_WRITTEN, time);
	if (unsound) {
		put_time(&hive, LAST_WRITTEN, UINT64_MAX); /* not to be believed */
		hive.bytes[BASE_CHECKSUM] ^= 1;
	}
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	logs_outcome(&r, 0, outcome, reason);
	assert_int_equal(replay_count(r.replay), outcome == REPLAY_APPLIED);
	if (outcome == REPLAY_APPLIED && !unsound)
		logs_step(&r, LOGS_FIRST + 1, 0, &logs_story.states[1]);
	logs_end(&r);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

static void test_times(void **state)
{
	(void)state;
	for (int unsound = 0; unsound < 2; unsound++) {
		check_time(unsound, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
		check_time(unsound, -1, REPLAY_APPLIED, REPLAY_COMPLETES_NEWER);
		check_time(unsound, -(INT64_C(1) << 40), REPLAY_APPLIED,
			   REPLAY_COMPLETES_NEWER);
		check_time(unsound, 1, REPLAY_IGNORED, REPLAY_TOO_OLD);
		check_time(unsound, INT64_C(1) << 40, REPLAY_IGNORED, REPLAY_TOO_OLD);
	}
}

/* Only one applies: the later, the first of equals. */
static void test_two_old_logs(void **state)
{
	struct builder_log_state hive = logs_dirty_old(&logs_story, 1);
	struct builder_log first =
		builder_log_old(&logs_story.states[0], &logs_story.states[1], NULL);
	struct builder_log later =
		builder_log_old(&logs_story.states[0], &logs_story.states[4], NULL);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&first, &later));

	(void)state;
	logs_outcome(&r, 0, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	logs_outcome(&r, 1, REPLAY_APPLIED, REPLAY_COMPLETES_NEWER);
	logs_step(&r, LOGS_FIRST + 4, 1, &logs_story.states[4]);
	logs_no_step(&r);
	logs_end(&r);

	r = logs_plan(&hive, LOGS_LIST(&later, &first));
	logs_outcome(&r, 1, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	logs_step(&r, LOGS_FIRST + 4, 0, &logs_story.states[4]);
	logs_end(&r);

	r = logs_plan(&hive, LOGS_LIST(&first, &first));
	logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
	logs_outcome(&r, 1, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	logs_step(&r, LOGS_FIRST + 1, 0, &logs_story.states[1]);
	logs_no_step(&r);
	logs_end(&r);
	builder_log_free(&first);
	builder_log_free(&later);
	builder_log_state_free(&hive);
}

/* --- limits --- */

static void test_number_of_logs(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, 1, LOGS_FIRST);
	struct span logs[REPLAY_MAX_LOGS + 1];
	struct replay *replay = NULL;
	struct memfile file = logs_file(hive.bytes, hive.len);
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i <= REPLAY_MAX_LOGS; i++)
		logs[i] = span_of(log.bytes, i == 9 ? log.len : 0);
	assert_int_equal(replay_plan(&file, logs, REPLAY_MAX_LOGS, &replay), STATUS_OK);
	assert_int_equal(replay_logs(replay, &n)[9].outcome, REPLAY_APPLIED);
	assert_int_equal(n, REPLAY_MAX_LOGS);
	replay_free(replay);
	replay = NULL;
	assert_int_equal(replay_plan(&file, logs, REPLAY_MAX_LOGS + 1, &replay),
			 STATUS_LIMIT);
	assert_null(replay);
	assert_int_equal(replay_plan(&file, NULL, 0, &replay), STATUS_OK);
	assert_int_equal(replay_count(replay), 0);
	replay_free(replay);
	memfile_clear(&file);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

/*
 * Data must come from somewhere: hive and logs together bound what a log may ask for.
 * The entry's page is moved to the end of what it asks for, to be seen there.
 */
static void check_size(uint32_t data_size, bool applies)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = builder_log_new(&logs_story.states[0], LOGS_FIRST);
	size_t entry =
		builder_log_add(&log, &logs_story.states[1], &logs_story.states[1], NULL);

	builder_log_put32(&log, entry + ENTRY_DATA_SIZE, data_size);
	builder_log_put32(&log, entry + ENTRY_PAGES, data_size - 4096);
	builder_log_rehash_entry(&log, entry);
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	if (applies) {
		uint32_t sequence = 0, at = 0;
		size_t from = 0;

		logs_outcome(&r, 0, REPLAY_APPLIED, REPLAY_COMPLETES);
		assert_int_equal(replay_step(r.replay, &sequence, &from), STATUS_OK);
		struct span image = replay_bytes(r.replay);
		assert_int_equal(image.len, FIRST_BIN + (size_t)data_size);
		assert_memory_equal(image.ptr + data_size,
				    logs_story.states[1].bytes + FIRST_BIN, 4096);
		/* Between the file's end and the page: what no file holds is zero. */
		for (size_t i = hive.len; i < data_size; i++)
			assert_int_equal(image.ptr[i], 0);
		assert_int_equal(
			replay_origin(r.replay, data_size + 100, 9999, &from, &at), 3996);
		assert_int_equal(from, 0);
		assert_int_equal(at, builder_log_entry_pages(&log, entry) + 100);
	} else {
		logs_outcome(&r, 0, REPLAY_REFUSED, REPLAY_TOO_LARGE);
		logs_no_step(&r);
	}
	logs_end(&r);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

static void test_data_size(void **state)
{
	struct builder_log log = builder_log_new(&logs_story.states[0], LOGS_FIRST);
	uint32_t room = (uint32_t)logs_story.states[0].len;

	(void)state;
	builder_log_add(&log, &logs_story.states[1], &logs_story.states[1], NULL);
	room = (room + (uint32_t)log.len) / 4096 * 4096;
	check_size(builder_log_state_bins(&logs_story.states[0]), true);
	check_size(room, true);
	check_size(room + 4096, false);
	check_size(0x7FFFF000, false);
	check_size(0xFFFFF000, false);
	builder_log_free(&log);
}

/* Of the old format too: 4 GiB are declared, with a bitmap to fit. */
static void test_data_size_of_an_old_log(void **state)
{
	struct builder_log_state hive = logs_dirty_old(&logs_story, 1);
	struct builder_log log =
		builder_log_old(&logs_story.states[0], &logs_story.states[1], NULL);

	(void)state;
	builder_log_put32(&log, BASE_DATA_SIZE, 0xFFFFF000);
	builder_log_checksum(&log);
	builder_log_resize(&log, 2 * 0x100000 + 512 * 64); /* some bits are set */
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));
	assert_int_equal(r.told[0].outcome, REPLAY_REFUSED);
	logs_no_step(&r);
	logs_end(&r);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

/* --- places --- */

/* Runs that begin and end anywhere: pieces join, and each stands where it is said to. */
static void test_any_run_is_where_it_is_said_to_be(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log early = builder_log_new(&logs_story.states[0], LOGS_FIRST);
	struct builder_log late = builder_log_new(&logs_story.states[0], LOGS_FIRST + 2);
	bool seen[3] = { false };

	(void)state;
	for (size_t i = 0; i < LOGS_LAST; i++)
		builder_log_add(
			i < 2 ? &early : &late, &logs_story.states[i],
			&logs_story.states[i + 1],
			&(struct builder_log_options){ .page = 512, .split = true });
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&early, &late));
	uint32_t sequence;
	size_t log;
	while (replay_step(r.replay, &sequence, &log) == STATUS_OK)
		;
	struct span image = replay_bytes(r.replay);
	for (uint32_t off = FIRST_BIN; off < image.len; off += 61)
		for (uint32_t len = 1; len < 9000 && len <= image.len - off; len *= 3) {
			uint32_t at = off;
			uint32_t n = replay_origin(r.replay, off, len, &log, &at);
			struct span from = log == SIZE_MAX ? r.hive : r.bytes[log];

			assert_true(n > 0 && n <= len);
			at = log == SIZE_MAX ? off : at;
			assert_true(span_has(from, at, n));
			assert_memory_equal(from.ptr + at, image.ptr + off, n);
			seen[log == SIZE_MAX ? 2 : log] = true;
		}
	assert_true(seen[0] && seen[1] && seen[2]);
	assert_int_equal(replay_origin(r.replay, FIRST_BIN, 0, &log, &sequence), 0);
	logs_end(&r);
	builder_log_free(&early);
	builder_log_free(&late);
	builder_log_state_free(&hive);
}

/* What stood behind a smaller hive stays there: it is the file's, or an earlier page's. */
static void test_smaller_hive_keeps_what_is_behind(void **state)
{
	struct builder_log_state hive =
		builder_log_dirty(&logs_story.states[LOGS_LAST - 1],
				  &logs_story.states[LOGS_LAST - 1], 21, 20);
	struct builder_log log = logs_new(&logs_story, LOGS_LAST - 1, LOGS_LAST, 20);
	size_t size = logs_story.states[LOGS_LAST].len;
	struct logs_replay r = logs_plan(&hive, LOGS_LIST(&log));

	(void)state;
	logs_step(&r, 20, 0, &logs_story.states[LOGS_LAST]);
	assert_int_equal(replay_bytes(r.replay).len, hive.len);
	assert_memory_equal(replay_bytes(r.replay).ptr + size, hive.bytes + size,
			    hive.len - size);
	logs_assert_origins(&r);
	logs_end(&r);
	builder_log_free(&log);
	builder_log_state_free(&hive);
}

/* Words and sentences of the report: one each. */
static void test_words(void **state)
{
	(void)state;
#define X(constant, word, sentence)                                                      \
	assert_string_equal(replay_reason_word(constant), word);                         \
	assert_string_equal(replay_reason_sentence(constant), sentence);
	REPLAY_REASONS(X)
#undef X
	assert_string_equal(replay_outcome_word(REPLAY_APPLIED), "applied");
	assert_string_equal(replay_outcome_word(REPLAY_IGNORED), "ignored");
	assert_string_equal(replay_outcome_word(REPLAY_REFUSED), "refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_step_of_each_kind),
		cmocka_unit_test(test_unsound_base_block),
		cmocka_unit_test(test_hives_over_2_mib),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_two_old_logs),
		cmocka_unit_test(test_number_of_logs),
		cmocka_unit_test(test_data_size),
		cmocka_unit_test(test_data_size_of_an_old_log),
		cmocka_unit_test(test_any_run_is_where_it_is_said_to_be),
		cmocka_unit_test(test_smaller_hive_keeps_what_is_behind),
		cmocka_unit_test(test_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, logs_set_up, logs_tear_down);
}
