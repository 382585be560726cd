// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Logs cut off everywhere and with every byte changed that steers a replay: what comes of
 * them is a state that the recipe had, however many entries it took; where the hashes were
 * made right again, something that can be read as a hive without harm. Run it under a
 * sanitizer: hives and logs are exact copies on the heap.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"
#include "help/steps.h"

#include <stdlib.h>
#include <string.h>

/* A dirty hive and its logs, of either format. */
struct case_of_damage {
	struct builder_log_state hive;
	struct builder_log logs[2];
	size_t n_logs;
};

/* The first log leads to the third state, the second one to the last. */
static struct case_of_damage new_case(size_t n_logs)
{
	struct case_of_damage c = {
		.hive = logs_dirty(&logs_story, LOGS_FIRST),
		.logs = { logs_new(&logs_story, 0, 3, LOGS_FIRST) },
		.n_logs = n_logs,
	};

	if (n_logs > 1)
		c.logs[1] = logs_new(&logs_story, 3, LOGS_LAST, LOGS_FIRST + 3);
	return c;
}

static struct case_of_damage old_case(uint32_t page)
{
	return (struct case_of_damage){
		.hive = logs_dirty_old(&logs_story, 2),
		.logs = { builder_log_old(
			&logs_story.states[0], &logs_story.states[2],
			&(struct builder_log_options){ .page = page }) },
		.n_logs = 1,
	};
}

static void free_case(struct case_of_damage *c)
{
	builder_log_state_free(&c->hive);
	for (size_t i = 0; i < c->n_logs; i++)
		builder_log_free(&c->logs[i]);
}

/* All steps; the image is what comes of them. */
static struct logs_replay replay_all(const struct case_of_damage *c)
{
	const struct builder_log *logs[] = { &c->logs[0],
					     c->n_logs > 1 ? &c->logs[1] : NULL, NULL };
	struct logs_replay r = logs_plan(&c->hive, logs);
	size_t n = 0, log = 0;
	uint32_t sequence = 0;

	while (replay_step(r.replay, &sequence, &log) == STATUS_OK) {
		assert_true(log < r.n);
		n++;
	}
	assert_int_equal(n, replay_count(r.replay));
	logs_assert_origins(&r);
	return r;
}

/* Return: the number of the state that came of it; it must be one. */
static size_t replay_to_state(const struct case_of_damage *c)
{
	struct logs_replay r = replay_all(c);
	struct span image = replay_bytes(r.replay);
	size_t n = replay_count(r.replay), found = n;

	if (n == 0) {
		assert_true(span_equal(image, r.hive));
	} else {
		/* An old log leads to its state in one step. */
		found = r.told[0].log && r.told[0].log->format == TXLOG_OLD ? 2 : n;
		assert_true(found < LOGS_STATES);
		assert_true(logs_is_state(image, &logs_story.states[found]));
	}
	logs_end(&r);
	return found;
}

/* Whatever came of it can be opened, or is refused in words. */
static void replay_to_anything(const struct case_of_damage *c)
{
	struct logs_replay r = replay_all(c);
	struct span image = replay_bytes(r.replay);
	struct span copy = logs_copy(image.ptr, image.len);
	struct diag_list *diags = diag_list_new();
	struct image *opened = NULL;
	struct failure failure;

	assert_non_null(diags);
	if (image_open(copy, diags, &opened, &failure) == STATUS_OK)
		image_free(opened);
	diag_list_free(diags);
	free((void *)(uintptr_t)copy.ptr);
	logs_end(&r);
}

/* --- cut off --- */

static void cut_everywhere(struct case_of_damage *c, size_t number)
{
	size_t len = c->logs[number].len, most = 0;

	for (size_t at = 0; at <= len; at += 512)
		for (size_t odd = 0; odd < 2; odd++) {
			c->logs[number].len = at + 17 * odd < len ? at + 17 * odd : len;
			size_t state = replay_to_state(c);
			/* More bytes never mean fewer entries. */
			assert_true(state >= most);
			most = state;
		}
	assert_true(most > 0);
	c->logs[number].len = len;
}

static void test_logs_cut_off_everywhere(void **state)
{
	struct case_of_damage new = new_case(1);

	(void)state;
	cut_everywhere(&new, 0);
	assert_int_equal(replay_to_state(&new), 3);
	free_case(&new);
	new = new_case(2);
	cut_everywhere(&new, 1);
	assert_int_equal(replay_to_state(&new), LOGS_LAST);
	free_case(&new);
	for (uint32_t page = 512; page <= 4096; page *= 8) {
		struct case_of_damage old = old_case(page);

		cut_everywhere(&old, 0);
		free_case(&old);
	}
}

/* --- changed bytes --- */

static const uint8_t patterns[] = { 0x01, 0x80, 0xFF };

/* Bytes of a log that steer the replay: the sector, entries' heads, pages' references. */
static bool steers(const struct builder_log *log, size_t at)
{
	if (at < 512)
		return true;
	if (log->n_entries == 0)
		return at < log->pages;
	for (size_t i = 0; i < log->n_entries; i++)
		if (at >= log->entries[i] &&
		    at < builder_log_entry_pages(log, log->entries[i]))
			return true;
	return false;
}

static void change_every_byte(struct case_of_damage *c, size_t number)
{
	struct builder_log *log = &c->logs[number];
	size_t end = log->len;

	for (size_t at = 0; at < end; at++) {
		/* The builder asks the page count: so with the byte as it was. */
		if (!steers(log, at))
			continue;
		/* What no hash covers in an old log: its map may ask for other pages. */
		bool hashed = at < 512 || log->n_entries > 0;
		for (size_t i = 0; i < sizeof(patterns); i++) {
			log->bytes[at] ^= patterns[i];
			if (hashed)
				replay_to_state(c);
			else
				replay_to_anything(c);
			log->bytes[at] ^= patterns[i];
		}
	}
}

static void test_any_byte_changed(void **state)
{
	struct case_of_damage c = new_case(1);

	(void)state;
	change_every_byte(&c, 0);
	free_case(&c);
	c = new_case(2);
	change_every_byte(&c, 1);
	free_case(&c);
	c = old_case(512);
	change_every_byte(&c, 0);
	free_case(&c);
}

/* The sector with a right checksum: another type, number, size, name, root. */
static void test_any_byte_of_the_sector_repaired(void **state)
{
	(void)state;
	for (size_t format = 0; format < 2; format++) {
		struct case_of_damage c = format ? old_case(4096) : new_case(2);
		struct builder_log *log = &c.logs[0];

		for (size_t at = 0; at < 508; at++)
			for (size_t i = 0; i < sizeof(patterns); i++) {
				log->bytes[at] ^= patterns[i];
				builder_log_checksum(log);
				replay_to_anything(&c);
				log->bytes[at] ^= patterns[i];
			}
		builder_log_checksum(log);
		assert_true(replay_to_state(&c) > 0);
		free_case(&c);
	}
}

/* Entries that lie with right hashes: what only the bounds can catch. */
static void test_any_byte_of_an_entry_repaired(void **state)
{
	struct case_of_damage c = new_case(2);
	struct builder_log *log = &c.logs[0];

	(void)state;
	for (size_t n = 0; n < log->n_entries; n++) {
		size_t entry = log->entries[n];
		size_t end = builder_log_entry_pages(log, entry);

		for (size_t at = entry; at < end; at++)
			for (size_t i = 0; i < sizeof(patterns); i++) {
				uint8_t before = log->bytes[at];

				log->bytes[at] ^= patterns[i];
				builder_log_rehash_entry(log, entry);
				replay_to_anything(&c);
				log->bytes[at] = before;
			}
		builder_log_rehash_entry(log, entry);
	}
	assert_int_equal(replay_to_state(&c), LOGS_LAST);
	free_case(&c);
}

/* Fields at values that overflow what is added to them. */
static void test_numbers_that_overflow(void **state)
{
	static const uint32_t numbers[] = { 0,		1,	    511,
					    512,	4095,	    4096,
					    0x7FFFFFFF, 0x7FFFF000, 0x80000000,
					    0xFFFFFFFF, 0xFFFFFFF8, 0xFFFFFE00,
					    0xFFFFF000, 0x1FFFFFFB, 0x20000000 };
	struct case_of_damage c = new_case(2);
	struct builder_log *log = &c.logs[0];
	size_t entry = log->entries[1];

	(void)state;
	for (size_t field = ENTRY_SIZE; field < ENTRY_PAGES + 8; field += 4)
		for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
			uint32_t before = builder_log_get32(log, entry + field);

			builder_log_put32(log, entry + field, numbers[i]);
			builder_log_rehash_entry(log, entry);
			replay_to_anything(&c);
			builder_log_put32(log, entry + field, before);
			builder_log_rehash_entry(log, entry);
		}
	assert_int_equal(replay_to_state(&c), LOGS_LAST);
	free_case(&c);
}

/* Both ends of a hive may be missing, too. */
static void test_short_hives(void **state)
{
	struct case_of_damage c = new_case(2);
	size_t len = c.hive.len;

	(void)state;
	for (size_t at = 0; at < len; at += at < 8192 ? 256 : 1024) {
		c.hive.len = at;
		replay_to_anything(&c);
	}
	c.hive.len = len;
	for (size_t at = 0; at < 512; at++) {
		c.hive.bytes[at] ^= 0xFF;
		replay_to_anything(&c);
		c.hive.bytes[at] ^= 0xFF;
	}
	free_case(&c);
}

/*
 * A storm of heads behind the last entry, each with a right second hash and the whole rest
 * of the file for its size: counting what is stale must not hash the rest each time.
 */
static void test_storm_of_heads_is_cheap(void **state)
{
	enum { STORM = 4 << 20 };
	struct case_of_damage c = new_case(2);
	struct builder_log *log = &c.logs[1];
	size_t begin = log->end;

	(void)state;
	builder_log_resize(log, begin + STORM);
	for (size_t at = begin; at < log->len; at += 512) {
		uint8_t *head = log->bytes + at;

		memcpy(head, "HvLE", 4);
		builder_log_put32(log, at + ENTRY_SIZE, (uint32_t)(log->len - at));
		builder_log_put32(log, at + ENTRY_SEQUENCE, 1);
		builder_log_put32(log, at + ENTRY_DATA_SIZE, 4096);
		builder_log_put32(log, at + ENTRY_N_PAGES, 1);
		uint64_t hash = builder_log_marvin32(head, 32);
		builder_log_put32(log, at + ENTRY_HASH_2, (uint32_t)hash);
		builder_log_put32(log, at + ENTRY_HASH_2 + 4, (uint32_t)(hash >> 32));
	}
	uint64_t began = steps_now();
	assert_int_equal(replay_to_state(&c), LOGS_LAST);
	steps_assert_few("a storm of heads", steps_now() - began, log->len, 50);
	free_case(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_logs_cut_off_everywhere),
		cmocka_unit_test(test_any_byte_changed),
		cmocka_unit_test(test_any_byte_of_the_sector_repaired),
		cmocka_unit_test(test_any_byte_of_an_entry_repaired),
		cmocka_unit_test(test_numbers_that_overflow),
		cmocka_unit_test(test_short_hives),
		cmocka_unit_test(test_storm_of_heads_is_cheap),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, logs_set_up, logs_tear_down);
}
