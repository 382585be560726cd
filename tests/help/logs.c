/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dirty hives and their logs for tests. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECOND = 10000000 };

uint32_t logs_get32(const uint8_t *bytes, size_t offset)
{
	return (uint32_t)bytes[offset] | (uint32_t)bytes[offset + 1] << 8 |
	       (uint32_t)bytes[offset + 2] << 16 | (uint32_t)bytes[offset + 3] << 24;
}

void logs_put32(struct builder_log_state *hive, size_t offset, uint32_t number)
{
	for (size_t i = 0; i < 4; i++)
		hive->bytes[offset + i] = (uint8_t)(number >> 8 * i);
}

/* Of the specification: 0 and its complement are never stored. */
static uint32_t checksum(const uint8_t *bytes)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		sum ^= logs_get32(bytes, i);
	return sum == 0 ? 1 : sum == UINT32_MAX ? UINT32_MAX - 1 : sum;
}

void logs_checksum(struct builder_log_state *hive)
{
	logs_put32(hive, BASE_CHECKSUM, checksum(hive->bytes));
}

/* --- the story --- */

static void set_bytes(struct builder *b, const char *name, size_t len)
{
	uint8_t *bytes = malloc(len);

	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(i * 13 ^ i >> 7);
	builder_value_set(b, builder_root(b), name, BUILDER_BINARY, bytes, len);
	free(bytes);
}

static void take_step(struct builder *b, size_t step)
{
	uint64_t time = HIVES_TIME + step * SECOND;
	char path[32];

	snprintf(path, sizeof(path), "House\\Room %zu", 3 * step);
	builder_key_delete(b, builder_path(b, path, time), time);
	snprintf(path, sizeof(path), "House\\Room %zu", 40 - step);
	builder_value_string(b, builder_path(b, path, time), "Guest", "Ada Lovelace");
	if (step == 2)
		set_bytes(b, "Large", 12000);
	if (step == LOGS_STATES - 1)
		builder_value_delete(b, builder_root(b), "Large");
	builder_trim(b);
	builder_stamp(b, time, (uint32_t)(LOGS_FIRST + step));
}

struct logs_story logs_story_make(void)
{
	struct logs_story story;
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.embedded_name = "C:\\house\\ntuser.dat",
		.last_written = HIVES_TIME,
		.sequence = LOGS_FIRST,
	});
	char path[32];

	for (unsigned i = 0; i < 50; i++) {
		snprintf(path, sizeof(path), "House\\Room %u", i);
		builder_value_dword(b, builder_path(b, path, HIVES_TIME), "Number", i);
	}
	for (size_t i = 0; i < LOGS_STATES; i++) {
		if (i > 0)
			take_step(b, i);
		story.states[i] = builder_log_state_take(b);
	}
	builder_free(b);
	assert_true(story.states[2].len > story.states[1].len);
	assert_true(story.states[LOGS_STATES - 1].len <
		    story.states[LOGS_STATES - 2].len);
	return story;
}

void logs_story_free(struct logs_story *story)
{
	for (size_t i = 0; i < LOGS_STATES; i++)
		builder_log_state_free(&story->states[i]);
}

struct logs_story logs_story;

int logs_set_up(void **state)
{
	(void)state;
	logs_story = logs_story_make();
	return 0;
}

int logs_tear_down(void **state)
{
	(void)state;
	logs_story_free(&logs_story);
	return 0;
}

struct builder_log logs_new(const struct logs_story *story, size_t from, size_t to,
			    uint32_t sequence)
{
	struct builder_log log = builder_log_new(&story->states[0], sequence);

	for (size_t i = from; i < to; i++)
		builder_log_add(&log, &story->states[i], &story->states[i + 1], NULL);
	return log;
}

struct builder_log_state logs_dirty(const struct logs_story *story, uint32_t secondary)
{
	return builder_log_dirty(&story->states[0], &story->states[0], secondary + 1,
				 secondary);
}

struct builder_log_state logs_dirty_old(const struct logs_story *story, size_t to)
{
	return builder_log_dirty(&story->states[0], &story->states[to],
				 (uint32_t)(LOGS_FIRST + to),
				 (uint32_t)(LOGS_FIRST + to - 1));
}

/* --- the replay --- */

struct span logs_copy(const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	if (len > 0)
		memcpy(copy, bytes, len);
	return span_of(copy, len);
}

struct memfile logs_file(const uint8_t *bytes, size_t len)
{
	struct memfile file;

	assert_int_equal(memfile_init(&file), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of(bytes, len)), STATUS_OK);
	assert_int_equal(memfile_seal(&file), STATUS_OK);
	return file;
}

struct logs_replay logs_plan(const struct builder_log_state *hive,
			     const struct builder_log *const logs[])
{
	struct logs_replay r = { .file = logs_file(hive->bytes, hive->len) };
	size_t n = 0;

	for (; logs[r.n]; r.n++)
		r.bytes[r.n] = logs_copy(logs[r.n]->bytes, logs[r.n]->len);
	r.hive = r.file.bytes;
	assert_int_equal(replay_plan(&r.file, r.bytes, r.n, &r.replay), STATUS_OK);
	r.told = replay_logs(r.replay, &n);
	/* Of what is no hive at all no log is looked at. */
	assert_true(n == r.n || (n == 0 && !span_starts(r.hive, 0, "regf", 4)) ||
		    r.hive.len < 512);
	return r;
}

void logs_end(struct logs_replay *r)
{
	replay_free(r->replay);
	memfile_clear(&r->file);
	for (size_t i = 0; i < r->n; i++)
		free((void *)(uintptr_t)r->bytes[i].ptr);
}

bool logs_is_state(struct span image, const struct builder_log_state *state)
{
	uint32_t size = builder_log_state_bins(state);

	return image.len >= FIRST_BIN + (size_t)size &&
	       logs_get32(image.ptr, BASE_DATA_SIZE) == size &&
	       memcmp(image.ptr + FIRST_BIN, state->bytes + FIRST_BIN, size) == 0;
}

void logs_assert_image(struct span image, const struct builder_log_state *state,
		       uint32_t sequence)
{
	assert_true(image.len >= IMAGE_MIN_SIZE);
	assert_memory_equal(image.ptr, "regf", 4);
	assert_int_equal(logs_get32(image.ptr, BASE_PRIMARY), sequence);
	assert_int_equal(logs_get32(image.ptr, BASE_SECONDARY), sequence);
	assert_int_equal(logs_get32(image.ptr, BASE_TYPE), 0);
	assert_int_equal(logs_get32(image.ptr, BASE_CHECKSUM), checksum(image.ptr));
	assert_int_equal(logs_get32(image.ptr, BASE_DATA_SIZE),
			 builder_log_state_bins(state));
	assert_true(logs_is_state(image, state));
}

void logs_step(struct logs_replay *r, uint32_t sequence, size_t log,
	       const struct builder_log_state *state)
{
	uint32_t got = 0;
	size_t from = SIZE_MAX;

	assert_int_equal(replay_step(r->replay, &got, &from), STATUS_OK);
	assert_int_equal(got, sequence);
	assert_int_equal(from, log);
	logs_assert_image(replay_bytes(r->replay), state, sequence);
}

void logs_no_step(struct logs_replay *r)
{
	uint32_t sequence = 0;
	size_t log = 0;

	assert_int_equal(replay_step(r->replay, &sequence, &log), STATUS_ABSENT);
}

void logs_outcome(const struct logs_replay *r, size_t log, enum replay_outcome outcome,
		  enum replay_reason reason)
{
	assert_string_equal(replay_outcome_word(r->told[log].outcome),
			    replay_outcome_word(outcome));
	assert_string_equal(replay_reason_word(r->told[log].reason),
			    replay_reason_word(reason));
}

void logs_assert_origins(const struct logs_replay *r)
{
	struct span image = replay_bytes(r->replay);
	size_t off = FIRST_BIN;

	while (off < image.len) {
		size_t log = 0;
		uint32_t at = (uint32_t)off;
		uint32_t len = replay_origin(r->replay, (uint32_t)off,
					     (uint32_t)(image.len - off), &log, &at);

		assert_true(len > 0 && len <= image.len - off);
		if (log != SIZE_MAX) {
			assert_true(log < r->n && span_has(r->bytes[log], at, len));
			assert_memory_equal(r->bytes[log].ptr + at, image.ptr + off, len);
		} else {
			/* What no file holds, because a log made the hive grow, is zero. */
			struct span file = span_clip(span_from(r->hive, off), len);
			assert_memory_equal(file.ptr, image.ptr + off, file.len);
			for (size_t i = file.len; i < len; i++)
				assert_int_equal(image.ptr[off + i], 0);
		}
		off += len;
	}
}
