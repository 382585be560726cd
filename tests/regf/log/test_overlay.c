/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states that logs of both formats still hold, as far as they have their pages. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"

#include "regf/log/overlay.h"

#include <stdlib.h>
#include <string.h>

enum { NO_LIMIT = 0x7ffff000, SECTOR = 512 };

static struct overlays read_log(const struct builder_log *log, uint32_t limit)
{
	struct overlays out = { 0 };
	struct span copy = logs_copy(log->bytes, log->len);

	assert_int_equal(overlay_read(copy, 5, limit, &out), STATUS_OK);
	free((void *)(uintptr_t)copy.ptr);
	return out;
}

/*
 * The runs are in order, apart, below the limit, and hold what the log has there,
 * which is what stands at that place in the state.
 */
static void check_runs(const struct overlay *overlay, const struct builder_log *log,
		       const struct builder_log_state *state, uint32_t limit)
{
	uint64_t end = 0;

	assert_int_equal(overlay->log, 5);
	for (size_t i = 0; i < overlay->n; i++) {
		const struct overlay_run *run = &overlay->runs[i];
		assert_true(run->len > 0 && run->rel >= end);
		end = (uint64_t)run->rel + run->len;
		assert_true(end <= limit && FIRST_BIN + end <= state->len);
		assert_true(run->log_off + (uint64_t)run->len <= log->len);
		assert_memory_equal(log->bytes + run->log_off,
				    state->bytes + FIRST_BIN + run->rel, run->len);
	}
}

/* True if a byte of the bins is in one of the runs. */
static bool covers(const struct overlay *overlay, size_t rel)
{
	for (size_t i = 0; i < overlay->n; i++)
		if (rel >= overlay->runs[i].rel &&
		    rel - overlay->runs[i].rel < overlay->runs[i].len)
			return true;
	return false;
}

/* Whatever a step changed of the bins is there. */
static void check_step(const struct overlay *overlay,
		       const struct builder_log_state *from,
		       const struct builder_log_state *to)
{
	for (size_t at = FIRST_BIN; at < to->len; at++)
		if (at >= from->len || from->bytes[at] != to->bytes[at])
			if (!covers(overlay, at - FIRST_BIN))
				fail_msg("byte 0x%zx of the step is not there", at);
}

static void test_entries_of_a_new_log(void **state)
{
	struct builder_log log = logs_new(&logs_story, 0, 3, LOGS_FIRST);
	struct overlays out = read_log(&log, NO_LIMIT);

	(void)state;
	assert_int_equal(out.n, 3);
	assert_int_equal(out.n_left_out, 0);
	for (size_t i = 0; i < out.n; i++) {
		check_runs(&out.items[i], &log, &logs_story.states[i + 1], NO_LIMIT);
		check_step(&out.items[i], &logs_story.states[i],
			   &logs_story.states[i + 1]);
	}
	overlays_clear(&out);
	assert_int_equal(out.n, 0);
	builder_log_free(&log);
}

/* One entry that its hashes do not prove costs that entry alone. */
static void test_damaged_entry(void **state)
{
	struct builder_log log = logs_new(&logs_story, 0, 3, LOGS_FIRST);

	(void)state;
	log.bytes[builder_log_entry_pages(&log, log.entries[1])] ^= 1;
	struct overlays out = read_log(&log, NO_LIMIT);
	assert_int_equal(out.n, 2);
	check_step(&out.items[0], &logs_story.states[0], &logs_story.states[1]);
	check_step(&out.items[1], &logs_story.states[2], &logs_story.states[3]);
	overlays_clear(&out);
	builder_log_free(&log);
}

/* Begun anew in the same file: what is left of the entries before still counts. */
static void test_entries_left_behind(void **state)
{
	struct builder_log log = logs_new(&logs_story, 0, 5, LOGS_FIRST);
	struct overlays before = read_log(&log, NO_LIMIT);
	size_t last = log.entries[4];

	(void)state;
	assert_int_equal(before.n, 5);
	builder_log_restart(&log, &logs_story.states[0], 100);
	builder_log_add(&log, &logs_story.states[0], &logs_story.states[1], NULL);
	assert_true(log.end <= last);
	struct overlays out = read_log(&log, NO_LIMIT);
	assert_true(out.n >= 2);
	check_step(&out.items[0], &logs_story.states[0], &logs_story.states[1]);
	check_step(&out.items[out.n - 1], &logs_story.states[4], &logs_story.states[5]);
	overlays_clear(&before);
	overlays_clear(&out);
	builder_log_free(&log);
}

/* What is past the limit is left out, a run across it cut.  Takes the log. */
static void check_limits(struct builder_log log, size_t first_state)
{
	const uint32_t most = 16384, step = 500;

	for (uint32_t limit = 0; limit <= most; limit += step) {
		struct overlays all = read_log(&log, NO_LIMIT);
		struct overlays out = read_log(&log, limit);
		assert_int_equal(out.n, all.n);
		for (size_t i = 0; i < out.n; i++) {
			check_runs(&out.items[i], &log,
				   &logs_story.states[first_state + i], limit);
			for (uint32_t rel = 0; rel < most; rel += step)
				assert_int_equal(covers(&out.items[i], rel),
						 rel < limit &&
							 covers(&all.items[i], rel));
		}
		overlays_clear(&all);
		overlays_clear(&out);
	}
	builder_log_free(&log);
}

static void test_limit(void **state)
{
	(void)state;
	check_limits(logs_new(&logs_story, 0, 2, LOGS_FIRST), 1);
	/* There the runs are of 512 bytes, many behind the first. */
	check_limits(builder_log_old(&logs_story.states[1], &logs_story.states[2], NULL),
		     2);
}

static void test_most_states(void **state)
{
	struct builder_log_state same = logs_story.states[0];
	struct builder_log log = builder_log_new(&same, 1);

	(void)state;
	for (size_t i = 0; i < OVERLAY_MAX; i++)
		builder_log_add(&log, &same, &same, NULL);
	struct overlays out = read_log(&log, NO_LIMIT);
	assert_int_equal(out.n, OVERLAY_MAX);
	assert_int_equal(out.n_left_out, 0);
	overlays_clear(&out);
	builder_log_add(&log, &same, &same, NULL);
	builder_log_add(&log, &same, &same, NULL);
	out = read_log(&log, NO_LIMIT);
	assert_int_equal(out.n, OVERLAY_MAX);
	assert_int_equal(out.n_left_out, 2);
	overlays_clear(&out);
	builder_log_free(&log);
}

/* ---- the old format ---- */

static void test_old_log(void **state)
{
	struct builder_log log =
		builder_log_old(&logs_story.states[1], &logs_story.states[2], NULL);
	struct overlays out = read_log(&log, NO_LIMIT);

	(void)state;
	assert_int_equal(out.n, 1);
	check_runs(&out.items[0], &log, &logs_story.states[2], NO_LIMIT);
	check_step(&out.items[0], &logs_story.states[1], &logs_story.states[2]);
	overlays_clear(&out);
	builder_log_free(&log);
}

/*
 * Behind its pages stands what a longer log left there: a page that begins a bin tells
 * its place, up to the next bin or the end; others tell nothing.
 */
static void test_pages_left_behind_an_old_log(void **state)
{
	struct builder_log log =
		builder_log_old(&logs_story.states[1], &logs_story.states[2], NULL);
	size_t end = (log.end + SECTOR - 1) / SECTOR * SECTOR;

	(void)state;
	builder_log_resize(&log, end + SECTOR + 4096 + SECTOR);
	/* A sector of zeros, a page of the bin at 0x1000, a sector of the one at 0x3000. */
	memcpy(log.bytes + end + SECTOR, "hbin", 4);
	builder_log_put32(&log, end + SECTOR + 4, 0x1000);
	memcpy(log.bytes + end + SECTOR + 4096, "hbin", 4);
	builder_log_put32(&log, end + SECTOR + 4096 + 4, 0x3000);
	struct overlays out = read_log(&log, NO_LIMIT);
	assert_int_equal(out.n, 2);
	const struct overlay *rest = &out.items[1];
	assert_int_equal(rest->n, 2);
	assert_int_equal(rest->runs[0].rel, 0x1000);
	assert_int_equal(rest->runs[0].len, 4096);
	assert_int_equal(rest->runs[0].log_off, end + SECTOR);
	assert_int_equal(rest->runs[1].rel, 0x3000);
	assert_int_equal(rest->runs[1].len, SECTOR);
	overlays_clear(&out);
	/* One that is no multiple of a page is no bin's place. */
	builder_log_put32(&log, end + SECTOR + 4, 0x1200);
	builder_log_put32(&log, end + SECTOR + 4096 + 4, 0x3200);
	out = read_log(&log, NO_LIMIT);
	assert_int_equal(out.n, 1);
	overlays_clear(&out);
	builder_log_free(&log);
}

/* ---- what is no log ---- */

static void test_no_log(void **state)
{
	struct builder_log log = logs_new(&logs_story, 0, 1, LOGS_FIRST);
	struct overlays out = { 0 };

	(void)state;
	assert_int_equal(overlay_read((struct span){ 0 }, 0, NO_LIMIT, &out), STATUS_OK);
	for (size_t len = 0; len < log.len; len += len < 600 ? 1 : 64) {
		struct span part = logs_copy(log.bytes, len);
		assert_int_equal(overlay_read(part, 0, NO_LIMIT, &out), STATUS_OK);
		/* An entry that is cut off has no hash that fits. */
		assert_int_equal(out.n, 0);
		free((void *)(uintptr_t)part.ptr);
	}
	overlays_clear(&out);
	builder_log_free(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries_of_a_new_log),
		cmocka_unit_test(test_damaged_entry),
		cmocka_unit_test(test_entries_left_behind),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_most_states),
		cmocka_unit_test(test_old_log),
		cmocka_unit_test(test_pages_left_behind_an_old_log),
		cmocka_unit_test(test_no_log),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, logs_set_up, logs_tear_down);
}
