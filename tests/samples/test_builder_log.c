// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The log writers held against the format: a replay of its own, of a few lines, brings
 * dirty hives up to date, and the bins must then be the new state's, byte for byte.
 */
#include "help/unit.h"

#include "samples/builder_log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENING 127298034000000000u /* some FILETIME of 2004 */

enum { BASE = 4096, STATES_MAX = 8 };

static uint32_t get(const uint8_t *bytes, size_t at)
{
	return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 |
	       (uint32_t)bytes[at + 2] << 16 | (uint32_t)bytes[at + 3] << 24;
}

static uint64_t get64(const uint8_t *bytes, size_t at)
{
	return get(bytes, at) | (uint64_t)get(bytes, at + 4) << 32;
}

static bool has_sum(const uint8_t *bytes)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < 508; i += 4)
		sum ^= get(bytes, i);
	return sum == get(bytes, 508); /* 0 and its complement do not come up here */
}

/* --- the replay --- */

/* The file's length is no concern of a log; it only grows. */
static void reach(struct builder_log_state *image, size_t len)
{
	if (len <= image->len)
		return;
	image->bytes = realloc(image->bytes, len);
	assert_non_null(image->bytes);
	memset(image->bytes + image->len, 0xEE, len - image->len);
	image->len = len;
}

static void check_sector(const struct builder_log *log, uint32_t type)
{
	assert_memory_equal(log->bytes, "regf", 4);
	assert_int_equal(get(log->bytes, 4), get(log->bytes, 8));
	assert_int_equal(get(log->bytes, 28), type);
	assert_true(has_sum(log->bytes));
}

/* Return: the pages. */
static size_t replay_old(struct builder_log_state *image, const struct builder_log *log,
			 uint32_t type)
{
	size_t bins_len = get(log->bytes, 40);
	size_t from = (512 + 4 + bins_len / 4096 + 511) / 512 * 512;
	size_t n_pages = 0;

	check_sector(log, type);
	assert_memory_equal(log->bytes + 512, "DIRT", 4);
	assert_int_equal(from, log->pages);
	reach(image, BASE + bins_len);
	for (size_t bit = 0; bit < bins_len / 512; bit++) {
		if (!(log->bytes[516 + bit / 8] >> bit % 8 & 1))
			continue;
		assert_true(from + 512 <= log->len);
		memcpy(image->bytes + BASE + 512 * bit, log->bytes + from, 512);
		from += 512;
		n_pages++;
	}
	assert_int_equal(from, log->len);
	memcpy(image->bytes + 40, log->bytes + 40, 4);
	return n_pages;
}

static bool is_valid(const struct builder_log *log, size_t at, uint32_t sequence)
{
	const uint8_t *entry = log->bytes + at;

	if (at + 512 > log->len || memcmp(entry, "HvLE", 4) != 0)
		return false;
	size_t size = get(entry, 4);
	return get(entry, 12) == sequence && size >= 512 && size <= log->len - at &&
	       builder_log_marvin32(entry, 32) == get64(entry, 32) &&
	       builder_log_marvin32(entry + 40, size - 40) == get64(entry, 24);
}

static void replay_entry(struct builder_log_state *image, const uint8_t *entry)
{
	size_t n_pages = get(entry, 20);
	size_t from = 40 + 8 * n_pages;

	assert_true(n_pages > 0);
	reach(image, BASE + get(entry, 16));
	for (size_t i = 0; i < n_pages; i++) {
		size_t offset = get(entry, 40 + 8 * i);
		size_t size = get(entry, 44 + 8 * i);

		assert_true(from + size <= get(entry, 4));
		assert_true(offset + size <= get(entry, 16));
		memcpy(image->bytes + BASE + offset, entry + from, size);
		from += size;
	}
	memcpy(image->bytes + 40, entry + 16, 4);
}

static void check_bins(const struct builder_log_state *image,
		       const struct builder_log_state *state)
{
	assert_memory_equal(image->bytes + 40, state->bytes + 40, 4);
	assert_memory_equal(image->bytes + BASE, state->bytes + BASE,
			    builder_log_state_bins(state));
}

/* Holds the image against the state that follows each entry. Return: the entries. */
static size_t replay_new(struct builder_log_state *image, const struct builder_log *log,
			 const struct builder_log_state *after)
{
	uint32_t sequence = get(log->bytes, 4);
	size_t n = 0;

	check_sector(log, 6);
	for (size_t at = 512; is_valid(log, at, sequence); sequence++) {
		assert_int_equal(at, log->entries[n]);
		replay_entry(image, log->bytes + at);
		check_bins(image, &after[n++]);
		at += get(log->bytes, at + 4);
	}
	return n;
}

/* --- recipes --- */

static struct builder *hive(uint32_t file_step)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.file_step = file_step,
		.embedded_name = "C:\\WINNT\\Profiles\\x\\NTUSER.DAT",
		.last_written = EVENING,
		.sequence = 7,
	});

	for (uint32_t i = 0; i < 60; i++) {
		char path[64];

		snprintf(path, sizeof(path), "Software\\Room %u\\Desk", (unsigned)i);
		builder_value_dword(b, builder_path(b, path, EVENING), "Number", i);
	}
	return b;
}

static void set_bytes(struct builder *b, const char *name, size_t len)
{
	uint8_t *bytes = malloc(len);

	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(i ^ (i >> 8) ^ (unsigned char)name[0]);
	builder_value_set(b, builder_root(b), name, BUILDER_BINARY, bytes, len);
	free(bytes);
}

/* Changes here and there; with `grow` the hive needs more bins than it had. */
static void change(struct builder *b, uint32_t number, size_t grow)
{
	char name[16];

	snprintf(name, sizeof(name), "Big %u", (unsigned)number);
	builder_key_delete(b, builder_path(b, "Software\\Room 33", EVENING + number),
			   EVENING + number);
	builder_value_dword(b, builder_path(b, "Software\\Room 51\\Desk", EVENING),
			    "Number", 1000 + number);
	if (grow > 0)
		set_bytes(b, name, grow);
}

/* --- the hashes and the dirty hive --- */

static void test_marvin32_known_vectors_match(void **state)
{
	uint8_t bytes[32] = { 0 };

	(void)state;
	assert_true(builder_log_marvin32(bytes, 0) == 0xb39efca403966e08);
	assert_true(builder_log_marvin32(bytes, 32) == 0xda91a06ac5359223);
	for (uint8_t i = 0; i < 32; i++)
		bytes[i] = i;
	assert_true(builder_log_marvin32(bytes, 32) == 0xc64feee425c2e24c);
}

/* A step of a hive, the old log's way: the new base block comes first. */
struct step {
	struct builder_log_state old;
	struct builder_log_state new;
	struct builder_log_state dirty;
};

static struct step take_step(struct builder *b, size_t grow)
{
	struct step step = { .old = builder_log_state_take(b) };

	change(b, 1, grow);
	builder_stamp(b, EVENING + 70000000, 8);
	step.new = builder_log_state_take(b);
	step.dirty = builder_log_dirty(&step.old, &step.new, 8, 7);
	return step;
}

static void free_step(struct step *step)
{
	builder_log_state_free(&step->old);
	builder_log_state_free(&step->new);
	builder_log_state_free(&step->dirty);
}

static void test_dirty_base_of_one_bins_of_other(void **state)
{
	struct builder *b = hive(0x40000);
	struct step step = take_step(b, 9000);
	uint8_t *bytes = step.dirty.bytes;

	(void)state;
	assert_int_equal(step.dirty.len, step.old.len);
	assert_memory_equal(bytes + BASE, step.old.bytes + BASE, step.old.len - BASE);
	assert_true(get64(bytes, 4) == (8 | (uint64_t)7 << 32));
	assert_true(get64(bytes, 12) == EVENING + 70000000);
	assert_int_equal(get(bytes, 40), builder_log_state_bins(&step.new));
	assert_true(has_sum(bytes));

	builder_log_spoil_base(&step.dirty);
	assert_int_equal(get(bytes, 40), 4096);
	assert_false(has_sum(bytes));
	free_step(&step);
	free_step(&step);
	builder_free(b);
}

/* --- the old format --- */

static const struct builder_log_options windows_2000 = { .page = 512, .file_type = 2 };

/* Return: the 512-byte pages in the log. Options: those, or NULL. */
static size_t check_old(struct builder *b, size_t grow,
			const struct builder_log_options *options)
{
	struct step step = take_step(b, grow);
	struct builder_log log = builder_log_old(&step.old, &step.new, options);

	assert_int_equal(get(log.bytes, 4), 8);
	assert_true(get64(log.bytes, 12) == EVENING + 70000000);
	size_t n_pages = replay_old(&step.dirty, &log, options != NULL ? 2 : 1);
	check_bins(&step.dirty, &step.new);
	assert_int_equal(log.len, log.pages + 512 * n_pages);
	for (size_t i = 0; options == NULL && i < get(log.bytes, 40) / 4096; i++)
		assert_true(log.bytes[516 + i] == 0 || log.bytes[516 + i] == 0xFF);
	builder_log_free(&log);
	free_step(&step);
	return n_pages;
}

static void test_old_each_option_replays(void **state)
{
	static const size_t growths[] = { 0, 9000, 70000 };

	(void)state;
	for (size_t i = 0; i < sizeof(growths) / sizeof(growths[0]); i++)
		for (uint32_t file_step = 0; file_step <= 0x40000; file_step += 0x40000) {
			struct builder *fine = hive(file_step);
			struct builder *coarse = builder_clone(fine);
			size_t n = check_old(fine, growths[i], &windows_2000);

			assert_true(check_old(coarse, growths[i], NULL) > n);
			builder_free(fine);
			builder_free(coarse);
		}
}

static void test_old_bitmap_over_a_sector_moves_the_pages(void **state)
{
	struct builder *b = hive(0);

	(void)state;
	set_bytes(b, "Two MiB and more", 2200000);
	struct builder_log_state old = builder_log_state_take(b);
	struct builder_log log = builder_log_old(&old, &old, NULL);

	assert_true(get(log.bytes, 40) / 4096 + 4 > 512);
	assert_int_equal(log.pages, 1536);
	assert_int_equal(log.len, 1536); /* nothing differs */
	check_old(b, 5000, &windows_2000);
	check_old(b, 300000, NULL);
	builder_log_free(&log);
	builder_log_state_free(&old);
	builder_free(b);
}

/* --- the new format --- */

static const struct builder_log_options new_options[] = {
	{ .page = 0 },
	{ .page = 512 },
	{ .page = 4096, .split = true },
	{ .page = 512, .split = true, .tight = true, .flags = 1 },
	{ .tight = true },
};

enum { NEW_OPTIONS = sizeof(new_options) / sizeof(new_options[0]) };

/* Grows twice, shrinks, and grows again. */
static void take_states(struct builder_log_state *states)
{
	struct builder *b = hive(0x40000);

	states[0] = builder_log_state_take(b);
	for (uint32_t i = 1; i < STATES_MAX; i++) {
		change(b, i, i == 2 || i == 3 || i == 6 ? 20000 + 100 * i : 0);
		if (i == 4) {
			builder_value_delete(b, builder_root(b), "Big 3");
			builder_trim(b);
		}
		states[i] = builder_log_state_take(b);
	}
	assert_true(get(states[4].bytes, 40) < get(states[3].bytes, 40));
	assert_true(get(states[6].bytes, 40) > get(states[5].bytes, 40));
	builder_free(b);
}

static void free_states(struct builder_log_state *states)
{
	for (size_t i = 0; i < STATES_MAX; i++)
		builder_log_state_free(&states[i]);
}

/* Logs the steps from states[first] to states[last]. */
static void add_steps(struct builder_log *log, const struct builder_log_state *states,
		      size_t first, size_t last,
		      const struct builder_log_options *options)
{
	for (size_t i = first; i < last; i++)
		builder_log_add(log, &states[i], &states[i + 1], options);
}

static void test_new_each_option_replays_over_two_logs(void **state)
{
	struct builder_log_state states[STATES_MAX];

	(void)state;
	take_states(states);
	for (size_t i = 0; i < NEW_OPTIONS; i++) {
		/* The second log's numbers wrap around. */
		struct builder_log log1 = builder_log_new(&states[0], 0xFFFFFFFB);
		add_steps(&log1, states, 0, 3, &new_options[i]);
		struct builder_log log2 = builder_log_new(&states[3], log1.sequence);
		add_steps(&log2, states, 3, 7, &new_options[i]);
		struct builder_log_state dirty =
			builder_log_dirty(&states[0], &states[0], 0xFFFFFFFC, 0xFFFFFFFB);

		assert_int_equal(replay_new(&dirty, &log1, states + 1), 3);
		assert_int_equal(replay_new(&dirty, &log2, states + 4), 4);
		assert_int_equal(get(log1.bytes, 512 + 12), 0xFFFFFFFB);
		assert_int_equal(get(log2.bytes, 4), 0xFFFFFFFE);
		assert_int_equal(get(log2.bytes, log2.entries[3] + 12), 1);
		assert_int_equal(get(log1.bytes, 512 + 8), new_options[i].flags);
		assert_int_equal(log1.end, log1.len);
		builder_log_state_free(&dirty);
		builder_log_free(&log1);
		builder_log_free(&log2);
	}
	free_states(states);
}

static void test_new_pages_are_runs_of_the_asked_size(void **state)
{
	struct builder_log_state states[STATES_MAX];
	size_t n_pages[NEW_OPTIONS];

	(void)state;
	take_states(states);
	for (size_t i = 0; i < NEW_OPTIONS; i++) {
		const struct builder_log_options *o = &new_options[i];
		struct builder_log log = builder_log_new(&states[0], 1);
		size_t entry = builder_log_add(&log, &states[0], &states[2], o);
		uint32_t page = o->page != 0 ? o->page : 4096;
		size_t end = 0;

		n_pages[i] = get(log.bytes, entry + 20);
		for (size_t k = 0; k < n_pages[i]; k++) {
			size_t offset = get(log.bytes, entry + 40 + 8 * k);
			size_t size = get(log.bytes, entry + 44 + 8 * k);

			assert_true(o->split ? size == page : size % page == 0);
			assert_int_equal(offset % page, 0);
			assert_true(o->split || k == 0 ? offset >= end : offset > end);
			end = offset + size;
		}
		assert_int_equal(builder_log_entry_pages(&log, 512),
				 552 + 8 * n_pages[i]);
		assert_int_equal(log.end % (o->tight ? 512 : 4096), 0);
		builder_log_free(&log);
	}
	assert_true(n_pages[2] > n_pages[0]);
	assert_true(n_pages[3] > n_pages[1]);
	assert_int_equal(n_pages[4], n_pages[0]);
	free_states(states);
}

static void test_restart_leaves_old_entries_behind(void **state)
{
	const struct builder_log_options tight = { .page = 512, .tight = true };
	struct builder_log_state states[STATES_MAX];

	(void)state;
	take_states(states);
	struct builder_log log = builder_log_new(&states[0], 40);
	add_steps(&log, states, 0, 5, &tight);
	size_t len = log.len;
	size_t last = log.entries[4];
	/* The second life begins as long as the first did: an old entry follows at once. */
	builder_log_restart(&log, &states[0], 45);
	assert_int_equal(builder_log_add(&log, &states[0], &states[1], &tight), 512);
	struct builder_log_state image = builder_log_dirty(&states[0], &states[0], 2, 1);

	assert_int_equal(log.len, len);
	assert_int_equal(log.n_entries, 1);
	assert_true(is_valid(&log, log.end, 41));
	assert_true(is_valid(&log, last, 44));
	assert_int_equal(replay_new(&image, &log, states + 1), 1);
	builder_log_state_free(&image);
	builder_log_free(&log);
	free_states(states);
}

static void test_damage_is_made_and_hashed(void **state)
{
	struct builder_log_state states[STATES_MAX];

	(void)state;
	take_states(states);
	struct builder_log log = builder_log_new(&states[0], 9);
	/* Nothing differs: one page is logged. */
	size_t entry = builder_log_add(&log, &states[1], &states[1], NULL);

	assert_int_equal(get(log.bytes, entry + 20), 1);
	struct builder_log_state image = builder_log_dirty(&states[1], &states[1], 2, 1);
	assert_int_equal(replay_new(&image, &log, states + 1), 1);
	builder_log_state_free(&image);
	builder_log_put32(&log, entry + 20, 0x10000000); /* pages by the million */
	assert_false(is_valid(&log, entry, 9));
	builder_log_rehash_entry(&log, entry);
	assert_true(is_valid(&log, entry, 9));
	size_t len = log.len;
	builder_log_resize(&log, len - 512);
	assert_false(is_valid(&log, entry, 9));
	builder_log_resize(&log, len + 512); /* the padding was zeros before, too */
	assert_true(is_valid(&log, entry, 9));
	log.bytes[len - 1] ^= 1;
	assert_false(is_valid(&log, entry, 9));
	/* Sizes that cover nothing, or more than there is, can be hashed too. */
	for (uint32_t size = 0xFFFFFE00; size != 64; size += 8) {
		builder_log_put32(&log, entry + 4, size);
		builder_log_rehash_entry(&log, entry);
	}
	assert_true(builder_log_marvin32(log.bytes + entry, 32) ==
		    get64(log.bytes, entry + 32));

	builder_log_put32(&log, 4, 10);
	assert_false(has_sum(log.bytes));
	builder_log_checksum(&log);
	assert_true(has_sum(log.bytes));
	builder_log_free(&log);
	free_states(states);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marvin32_known_vectors_match),
		cmocka_unit_test(test_dirty_base_of_one_bins_of_other),
		cmocka_unit_test(test_old_each_option_replays),
		cmocka_unit_test(test_old_bitmap_over_a_sector_moves_the_pages),
		cmocka_unit_test(test_new_each_option_replays_over_two_logs),
		cmocka_unit_test(test_new_pages_are_runs_of_the_asked_size),
		cmocka_unit_test(test_restart_leaves_old_entries_behind),
		cmocka_unit_test(test_damage_is_made_and_hashed),
	};

	return UNIT_RUN(tests);
}
