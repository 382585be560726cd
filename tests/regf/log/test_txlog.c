// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One log by itself, in both formats: what makes it unusable, which entries count, and
 * where their pages are. The logs are the builder's, damaged by hand; hashes are made
 * right again where the test is about what comes behind them.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/logs.h"

#include "regf/log/txlog.h"

#include <stdlib.h>
#include <string.h>

enum { BITMAP = 516 }; /* old format: where it begins */

struct opened {
	struct span bytes;
	struct txlog *log; /* NULL if it is unsound */
	enum txlog_fault fault;
};

static struct opened open_bytes(const uint8_t *bytes, size_t len)
{
	struct opened o = { .bytes = logs_copy(bytes, len) };
	enum status status = txlog_open(o.bytes, &o.log, &o.fault);

	assert_int_equal(status, o.fault == TXLOG_SOUND ? STATUS_OK : STATUS_UNSUPPORTED);
	assert_true((o.log != NULL) == (status == STATUS_OK));
	return o;
}

static void close_log(struct opened *o)
{
	txlog_free(o->log);
	free((void *)(uintptr_t)o->bytes.ptr);
}

static void assert_fault(const struct builder_log *log, size_t len,
			 enum txlog_fault fault)
{
	struct opened o = open_bytes(log->bytes, len);

	assert_string_equal(txlog_fault_word(o.fault), txlog_fault_word(fault));
	assert_true(strlen(txlog_fault_sentence(o.fault)) > 0);
	close_log(&o);
}

/* So many entries count. */
static void assert_entries(const struct builder_log *log, size_t n, size_t n_stale)
{
	struct opened o = open_bytes(log->bytes, log->len);

	assert_int_equal(o.log ? o.log->n_entries : 0, n);
	if (o.log)
		assert_int_equal(o.log->n_stale, n_stale);
	else
		assert_int_equal(o.fault, TXLOG_NO_PAGES);
	close_log(&o);
}

struct logs {
	struct logs_story story;
	struct builder_log old, new;
};

static int set_up(void **state)
{
	struct logs *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	t->story = logs_story_make();
	t->old = builder_log_old(&t->story.states[0], &t->story.states[1], NULL);
	t->new = logs_new(&t->story, 0, 3, LOGS_FIRST);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct logs *t = *state;

	builder_log_free(&t->old);
	builder_log_free(&t->new);
	logs_story_free(&t->story);
	free(t);
	return 0;
}

/* --- sector 0 --- */

static void test_sector_0_faults(void **state)
{
	struct logs *t = *state;
	struct builder_log *const logs[] = { &t->old, &t->new };

	for (size_t i = 0; i < 2; i++) {
		struct builder_log *log = logs[i];
		uint32_t type = builder_log_get32(log, BASE_TYPE);

		assert_fault(log, log->len, TXLOG_SOUND);
		assert_fault(log, 0, TXLOG_EMPTY);
		assert_fault(log, 1, TXLOG_NO_BASE);
		assert_fault(log, 511, TXLOG_NO_BASE);
		log->bytes[3] = 'F';
		builder_log_checksum(log);
		assert_fault(log, log->len, TXLOG_NO_BASE);
		log->bytes[3] = 'f';
		builder_log_checksum(log);
		for (size_t bit = 0; bit < 32; bit += 5) {
			log->bytes[BASE_CHECKSUM + bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_fault(log, log->len, TXLOG_BASE_CHECKSUM);
			log->bytes[BASE_CHECKSUM + bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		log->bytes[BASE_SECONDARY]++;
		assert_fault(log, log->len, TXLOG_BASE_CHECKSUM);
		builder_log_checksum(log);
		assert_fault(log, log->len, TXLOG_BASE_SEQUENCES);
		log->bytes[BASE_SECONDARY]--;
		for (uint32_t other = 0; other < 9; other++) {
			if (other == 1 || other == 2 || other == 6)
				continue;
			builder_log_put32(log, BASE_TYPE, other);
			builder_log_checksum(log);
			assert_fault(log, log->len, TXLOG_TYPE);
		}
		builder_log_put32(log, BASE_TYPE, type);
		builder_log_checksum(log);
		assert_fault(log, log->len, TXLOG_SOUND);
	}
}

static void test_base_block_is_told(void **state)
{
	struct logs *t = *state;
	struct opened o = open_bytes(t->old.bytes, t->old.len);

	assert_int_equal(o.log->format, TXLOG_OLD);
	assert_int_equal(o.log->base.primary_sequence, LOGS_FIRST + 1);
	assert_int_equal(o.log->base.last_written_ft, HIVES_TIME + 10000000);
	assert_int_equal(o.log->entries[0].sequence, LOGS_FIRST + 1);
	assert_int_equal(o.log->entries[0].data_size,
			 builder_log_state_bins(&t->story.states[1]));
	close_log(&o);
	o = open_bytes(t->new.bytes, t->new.len);
	assert_int_equal(o.log->format, TXLOG_NEW);
	assert_int_equal(o.log->base.primary_sequence, LOGS_FIRST);
	close_log(&o);
}

/* --- the old format --- */

static void test_old_mark_and_bitmap(void **state)
{
	struct logs *t = *state;
	struct builder_log *log = &t->old;
	uint32_t size = builder_log_get32(log, BASE_DATA_SIZE);
	static const uint32_t wrong[] = { 0, 1, 4095, 4097, 0xFFFFF000, 0xFFFFFFFF };

	memcpy(log->bytes + 512, "INVL", 4);
	assert_fault(log, log->len, TXLOG_NO_MARK);
	memcpy(log->bytes + 512, "DIRT", 4);
	assert_fault(log, 512, TXLOG_NO_MARK);
	assert_fault(log, 515, TXLOG_NO_MARK);
	assert_fault(log, BITMAP, TXLOG_NO_PAGES);
	assert_fault(log, BITMAP + size / 4096 - 1, TXLOG_NO_PAGES);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		builder_log_put32(log, BASE_DATA_SIZE, wrong[i]);
		builder_log_checksum(log);
		assert_fault(log, log->len, TXLOG_NO_PAGES);
	}
	builder_log_put32(log, BASE_DATA_SIZE, size);
	builder_log_checksum(log);
	memset(log->bytes + BITMAP, 0, size / 4096);
	assert_fault(log, log->len, TXLOG_NO_PAGES);
}

/* One page too few spoils the log: a hive half old and half new helps nobody. */
static void test_old_all_pages_must_be_there(void **state)
{
	struct logs *t = *state;
	size_t len = t->old.len;

	assert_fault(&t->old, len - 1, TXLOG_CUT_SHORT);
	assert_fault(&t->old, len - 512, TXLOG_CUT_SHORT);
	assert_fault(&t->old, t->old.pages, TXLOG_CUT_SHORT);
	builder_log_resize(&t->old, len + 1000); /* older pages behind */
	struct opened o = open_bytes(t->old.bytes, t->old.len);
	assert_int_equal(o.log->n_entries, 1);
	assert_int_equal(o.log->entries[0].n_pages, (len - t->old.pages) / 512);
	assert_false(o.log->cut_short);
	close_log(&o);
}

/* Pages follow the bits, and begin where the bitmap's last sector ends. */
static void check_old_pages(const struct builder_log_state *from,
			    const struct builder_log_state *to,
			    const struct builder_log_options *options)
{
	struct builder_log log = builder_log_old(from, to, options);
	struct opened o = open_bytes(log.bytes, log.len);
	struct txlog_pages pages = txlog_pages(o.log, &o.log->entries[0]);
	struct txlog_page page;
	size_t at = log.pages, n = 0;

	for (uint32_t bit = 0; bit < builder_log_state_bins(to) / 512; bit++) {
		if (!(log.bytes[BITMAP + bit / 8] >> bit % 8 & 1))
			continue;
		assert_true(txlog_next_page(&pages, &page));
		assert_int_equal(page.rel, bit * 512);
		assert_int_equal(page.len, 512);
		assert_int_equal(page.log_off, at);
		assert_memory_equal(o.bytes.ptr + page.log_off,
				    to->bytes + FIRST_BIN + page.rel, page.len);
		at += 512;
		n++;
	}
	assert_true(n > 0);
	assert_false(txlog_next_page(&pages, &page));
	assert_int_equal(o.log->entries[0].n_pages, n);
	close_log(&o);
	builder_log_free(&log);
}

static void test_old_pages(void **state)
{
	struct logs *t = *state;

	for (size_t i = 0; i + 1 < LOGS_STATES; i++)
		for (uint32_t page = 512; page <= 4096; page *= 8)
			check_old_pages(&t->story.states[i], &t->story.states[i + 1],
					&(struct builder_log_options){ .page = page });
}

/* Over 508 bins' worth of bits the pages begin a sector later each time. */
static void test_old_pages_behind_a_long_bitmap(void **state)
{
	static const size_t sizes[] = { 2070000, 2200000, 4300000 };
	static uint8_t data[4300000];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct builder *b = hives_new(3);
		builder_value_set(b, builder_root(b), "x", BUILDER_BINARY, data,
				  sizes[i]);
		struct builder_log_state from = builder_log_state_take(b);

		builder_value_string(b, builder_root(b), "y", "z");
		builder_value_set(b, builder_root(b), "x", BUILDER_BINARY, "other", 5);
		struct builder_log_state to = builder_log_state_take(b);

		check_old_pages(&from, &to, NULL);
		check_old_pages(&from, &to, &(struct builder_log_options){ .page = 512 });
		builder_log_state_free(&from);
		builder_log_state_free(&to);
		builder_free(b);
	}
}

/* --- the new format --- */

static void test_new_entries_and_pages(void **state)
{
	struct logs *t = *state;
	struct opened o = open_bytes(t->new.bytes, t->new.len);

	assert_int_equal(o.log->n_entries, 3);
	assert_int_equal(o.log->n_stale, 0);
	for (size_t i = 0; i < 3; i++) {
		const struct txlog_entry *entry = &o.log->entries[i];
		const struct builder_log_state *to = &t->story.states[i + 1];
		struct txlog_pages pages = txlog_pages(o.log, entry);
		struct txlog_page page;
		uint32_t n = 0;

		assert_int_equal(entry->offset, t->new.entries[i]);
		assert_int_equal(entry->sequence, LOGS_FIRST + i);
		assert_int_equal(entry->data_size, builder_log_state_bins(to));
		for (; txlog_next_page(&pages, &page); n++)
			assert_memory_equal(o.bytes.ptr + page.log_off,
					    to->bytes + FIRST_BIN + page.rel, page.len);
		assert_int_equal(n, builder_log_get32(&t->new, entry->offset + 20));
		assert_int_equal(entry->n_pages, n);
	}
	close_log(&o);
}

/* A byte that the hashes cover takes its entry and all behind it away. */
static void test_new_bad_hashes(void **state)
{
	struct logs *t = *state;

	for (size_t i = 0; i < 3; i++) {
		static const size_t places[] = { ENTRY_HASH_1, ENTRY_HASH_1 + 7,
						 ENTRY_HASH_2, ENTRY_HASH_2 + 7,
						 ENTRY_FLAGS,  ENTRY_PAGES };
		size_t entry = t->new.entries[i];

		for (size_t k = 0; k < sizeof(places) / sizeof(places[0]); k++) {
			t->new.bytes[entry + places[k]] ^= 0x10;
			assert_entries(&t->new, i, 2 - i);
			t->new.bytes[entry + places[k]] ^= 0x10;
		}
		size_t last = entry + builder_log_get32(&t->new, entry + ENTRY_SIZE) - 1;
		t->new.bytes[last] ^= 1;
		assert_entries(&t->new, i, 2 - i);
		t->new.bytes[last] ^= 1;
		t->new.bytes[entry] = 'h';
		assert_entries(&t->new, i, 2 - i);
		t->new.bytes[entry] = 'H';
	}
	assert_entries(&t->new, 3, 0);
}

/* A field of the second entry with right hashes.  Return: it is sound. */
static bool is_sound_with(struct builder_log *log, size_t field, uint32_t number)
{
	size_t entry = log->entries[1];
	uint32_t before = builder_log_get32(log, entry + field);

	builder_log_put32(log, entry + field, number);
	builder_log_rehash_entry(log, entry);
	struct opened o = open_bytes(log->bytes, log->len);
	bool sound = o.log && o.log->n_entries > 1;
	close_log(&o);
	builder_log_put32(log, entry + field, before);
	builder_log_rehash_entry(log, entry);
	return sound;
}

static void test_new_fields_at_their_limits(void **state)
{
	struct logs *t = *state;
	struct builder_log *log = &t->new;
	size_t entry = log->entries[1];
	uint32_t size = builder_log_get32(log, entry + ENTRY_SIZE);
	uint32_t data_size = builder_log_get32(log, entry + ENTRY_DATA_SIZE);
	uint32_t rest = (uint32_t)(log->len - entry);
	uint32_t rel = builder_log_get32(log, entry + ENTRY_PAGES);
	uint32_t len = builder_log_get32(log, entry + ENTRY_PAGES + 4);

	assert_true(is_sound_with(log, ENTRY_SIZE, size));
	assert_true(is_sound_with(log, ENTRY_SIZE, size + 512));
	assert_true(is_sound_with(log, ENTRY_SIZE, rest));
	assert_false(is_sound_with(log, ENTRY_SIZE, rest + 512));
	assert_false(is_sound_with(log, ENTRY_SIZE, 0));
	assert_false(is_sound_with(log, ENTRY_SIZE, 511));
	assert_false(is_sound_with(log, ENTRY_SIZE, 512)); /* no room for its pages */
	assert_false(is_sound_with(log, ENTRY_SIZE, size + 8));
	assert_false(is_sound_with(log, ENTRY_SIZE, 0xFFFFFE00));
	assert_true(is_sound_with(log, ENTRY_DATA_SIZE, data_size + 4096));
	assert_true(is_sound_with(log, ENTRY_DATA_SIZE, 0xFFFFF000));
	assert_false(is_sound_with(log, ENTRY_DATA_SIZE, 0));
	assert_false(is_sound_with(log, ENTRY_DATA_SIZE, data_size + 512));
	assert_false(is_sound_with(log, ENTRY_DATA_SIZE, 4096)); /* pages go further */
	assert_false(is_sound_with(log, ENTRY_N_PAGES, 0));
	assert_false(is_sound_with(log, ENTRY_N_PAGES, size / 8));
	assert_false(is_sound_with(log, ENTRY_N_PAGES, 0x20000000)); /* 8 n overflows */
	assert_false(is_sound_with(log, ENTRY_N_PAGES, UINT32_MAX));
	assert_true(is_sound_with(log, ENTRY_PAGES, data_size - len));
	assert_false(is_sound_with(log, ENTRY_PAGES, data_size - len + 1));
	assert_false(is_sound_with(log, ENTRY_PAGES, UINT32_MAX));
	assert_true(is_sound_with(log, ENTRY_PAGES + 4, 0));
	assert_false(is_sound_with(log, ENTRY_PAGES + 4, data_size - rel + 1));
	assert_false(is_sound_with(log, ENTRY_PAGES + 4, UINT32_MAX));
}

/* The pages' bytes may fill the entry, but not by one byte too many. */
static void test_new_pages_fill_the_entry(void **state)
{
	struct logs *t = *state;
	struct builder_log *log = &t->new;
	size_t entry = log->entries[1];
	uint32_t used = ENTRY_PAGES, n = builder_log_get32(log, entry + ENTRY_N_PAGES);
	size_t last = ENTRY_PAGES + 8 * ((size_t)n - 1) + 4;

	for (uint32_t i = 0; i < n; i++)
		used += 8 + builder_log_get32(log, entry + ENTRY_PAGES + 8 * i + 4);
	uint32_t room = builder_log_get32(log, entry + ENTRY_SIZE) - used;
	uint32_t len = builder_log_get32(log, entry + last);

	builder_log_put32(log, entry + ENTRY_DATA_SIZE, 0x100000);
	builder_log_put32(log, entry + last - 4, 0);
	assert_true(is_sound_with(log, last, len + room));
	assert_false(is_sound_with(log, last, len + room + 1));
}

/* The smallest entry there can be: one page of nothing. */
static void test_new_smallest_entry(void **state)
{
	struct logs *t = *state;
	struct builder_log *log = &t->new;

	builder_log_put32(log, 512 + ENTRY_SIZE, 512);
	builder_log_put32(log, 512 + ENTRY_N_PAGES, 1);
	builder_log_put32(log, 512 + ENTRY_PAGES + 4, 512 - ENTRY_PAGES - 8);
	builder_log_rehash_entry(log, 512);
	builder_log_resize(log, 1024);
	assert_entries(log, 1, 0);
	assert_fault(log, 1023, TXLOG_CUT_SHORT);
	builder_log_put32(log, 512 + ENTRY_PAGES, 0);
	builder_log_put32(log, 512 + ENTRY_PAGES + 4, 0);
	builder_log_put32(log, 512 + ENTRY_DATA_SIZE, 4096);
	builder_log_rehash_entry(log, 512);
	assert_entries(log, 1, 0);
	builder_log_put32(log, 512 + ENTRY_DATA_SIZE, 0);
	builder_log_rehash_entry(log, 512);
	assert_fault(log, 1024, TXLOG_NO_PAGES);
}

static void test_new_sequences_must_follow(void **state)
{
	struct logs *t = *state;
	static const int off[] = { -1, 1, 100, -100 };

	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 4; k++) {
			size_t at = t->new.entries[i] + ENTRY_SEQUENCE;
			uint32_t right = builder_log_get32(&t->new, at);

			builder_log_put32(&t->new, at, right + (uint32_t)off[k]);
			builder_log_rehash_entry(&t->new, t->new.entries[i]);
			assert_entries(&t->new, i, 3 - i);
			builder_log_put32(&t->new, at, right);
			builder_log_rehash_entry(&t->new, t->new.entries[i]);
		}
	/* The sector's own number is that of the first entry. */
	builder_log_put32(&t->new, BASE_PRIMARY, LOGS_FIRST + 1);
	builder_log_put32(&t->new, BASE_SECONDARY, LOGS_FIRST + 1);
	builder_log_checksum(&t->new);
	assert_fault(&t->new, t->new.len, TXLOG_NO_PAGES);
}

static void test_new_stale_entries_are_counted_only(void **state)
{
	struct logs *t = *state;
	struct builder_log log = logs_new(&t->story, 0, 5, 100);

	builder_log_restart(&log, &t->story.states[0], 105);
	builder_log_add(&log, &t->story.states[0], &t->story.states[1], NULL);
	assert_entries(&log, 1, 4);
	builder_log_free(&log);
}

/* Wherever the file ends: whole entries before it count, and one begun is told. */
static void test_new_cut_off(void **state)
{
	struct logs *t = *state;
	const struct builder_log *log = &t->new;
	size_t n = 0;

	/* To the byte around the beginning of each sector. */
	for (size_t len = 512; len <= log->len; len += len % 512 < 44 ? 1 : 468) {
		struct opened o = open_bytes(log->bytes, len);
		if (n < 3 && len == (n < 2 ? log->entries[n + 1]
					   : log->end)) /* one more is whole */
			n++;
		bool begun = n < 3 && len >= log->entries[n] + 4;
		assert_int_equal(o.log ? o.log->n_entries : 0, n);
		if (o.log)
			assert_true(o.log->cut_short == begun);
		else
			assert_int_equal(o.fault,
					 begun ? TXLOG_CUT_SHORT : TXLOG_NO_PAGES);
		close_log(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(test_sector_0_faults),
		TEST(test_base_block_is_told),
		TEST(test_old_mark_and_bitmap),
		TEST(test_old_all_pages_must_be_there),
		TEST(test_old_pages),
		cmocka_unit_test(test_old_pages_behind_a_long_bitmap),
		TEST(test_new_entries_and_pages),
		TEST(test_new_bad_hashes),
		TEST(test_new_fields_at_their_limits),
		TEST(test_new_pages_fill_the_entry),
		TEST(test_new_smallest_entry),
		TEST(test_new_sequences_must_follow),
		TEST(test_new_stale_entries_are_counted_only),
		TEST(test_new_cut_off),
	};

	return UNIT_RUN(tests);
}
