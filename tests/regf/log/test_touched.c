/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which steps of a log may change how some keys are read. */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/log/touched.h"

#include "samples/builder_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OTHERS = 200, BIG = 40000 };

/* One key of two values, one of them big data, and many keys in bins of their own. */
static struct builder *recipe(void)
{
	static uint8_t data[BIG];
	struct builder *b = hives_new(5);
	char name[16];

	for (unsigned i = 0; i < OTHERS; i++) {
		(void)snprintf(name, sizeof(name), "other%u", i);
		builder_key key = builder_path(b, name, HIVES_TIME);
		builder_value_set(b, key, "x", BUILDER_BINARY, data, 500);
	}
	builder_key key = builder_path(b, "key", HIVES_TIME);
	builder_value_set(b, key, "big", BUILDER_BINARY, data, BIG);
	builder_value_set(b, key, "small", BUILDER_BINARY, data, 100);
	builder_finish(b);
	return b;
}

/* What "key" is read from is noted; what a log makes of `from` is asked for. */
struct story {
	struct hive hive;
	struct touched touched;
};

static struct story begin(struct builder *b)
{
	struct story s = { .hive = hives_open(b) };
	const struct key *key;

	assert_int_equal(s.hive.read, STATUS_OK);
	assert_int_equal(touched_begin(&s.touched, s.hive.image), STATUS_OK);
	touched_add(&s.touched, s.hive.image, s.hive.tree->root);
	key = key_at(s.hive.tree->root, "key");
	assert_non_null(key);
	touched_add(&s.touched, s.hive.image, key);
	touched_end(&s.touched, s.hive.image);
	return s;
}

static void end(struct story *s)
{
	touched_clear(&s->touched);
	hives_close(&s->hive);
}

/* The bytes with what was poked into them. */
static struct builder_log_state take_as_it_is(struct builder *b)
{
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	struct builder_log_state state = { malloc(len), len };

	assert_non_null(state.bytes);
	memcpy(state.bytes, bytes, len);
	return state;
}

/* Whether the step from one hive to the other touches the key; both are freed. */
static bool is_touched(const struct story *s, struct builder *from, struct builder *to)
{
	struct builder_log_state before = builder_log_state_take(from);
	struct builder_log_state after = take_as_it_is(to);
	struct builder_log log = builder_log_new(&before, 7);
	struct txlog *opened = NULL;
	enum txlog_fault fault;

	builder_log_add(&log, &before, &after, NULL);
	assert_int_equal(txlog_open(span_of(log.bytes, log.len), &opened, &fault),
			 STATUS_OK);
	assert_int_equal(opened->n_entries, 1);
	bool touched = touched_by(&s->touched, txlog_pages(opened, &opened->entries[0]),
				  span_of(after.bytes, after.len));
	txlog_free(opened);
	builder_log_free(&log);
	builder_log_state_free(&before);
	builder_log_state_free(&after);
	builder_free(from);
	builder_free(to);
	return touched;
}

/* The same after the bits of one byte were changed. */
static bool is_byte_touched(const struct story *s, size_t offset)
{
	struct builder *from = recipe(), *to = builder_clone(from);

	builder_poke8(to, offset, (uint8_t)(hives_get(from, offset, 1) ^ 0x5A));
	return is_touched(s, from, to);
}

static void test_bytes_of_the_key(void **state)
{
	struct builder *b = recipe();
	builder_key key = builder_path(b, "key", HIVES_TIME);
	const size_t places[] = {
		builder_key_offset(b, key),
		builder_key_values_offset(b, key),
		builder_value_offset(b, key, "small"),
		builder_value_data_offset(b, key, "small") + 99,
		builder_value_offset(b, key, "big"),
		builder_key_list_offset(b, builder_root(b)),
	};

	(void)state;
	/* Of the big data: their record, the list that it names, and the third of these. */
	size_t db = hives_data(hives_get(b, places[4] + VK_DATA, 4));
	size_t list = hives_data(hives_get(b, db + 4, 4));
	size_t segment = hives_data(hives_get(b, list + 8, 4)) + 100;
	struct story s = begin(b);
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		assert_true(is_byte_touched(&s, places[i]));
	assert_true(is_byte_touched(&s, db));
	assert_true(is_byte_touched(&s, list));
	assert_true(is_byte_touched(&s, segment));
	end(&s);
}

static void test_bytes_of_others(void **state)
{
	struct builder *b = recipe();
	size_t n = 0;

	(void)state;
	struct story s = begin(b);
	for (unsigned i = 5; i < OTHERS - 5; i += 10) {
		char name[16];
		(void)snprintf(name, sizeof(name), "other%u", i);
		struct builder *to = recipe();
		size_t place = builder_value_data_offset(
			to, builder_path(to, name, HIVES_TIME), "x");
		builder_free(to);
		n += !is_byte_touched(&s, place + 400);
	}
	/* But for those that share a bin with the key or its lists. */
	assert_true(n >= 15);
	end(&s);
}

/* Of a subkey that is not added the name counts, and whose it is; its time does not. */
static void test_names_of_others(void **state)
{
	struct builder *b = recipe();
	size_t record = builder_key_offset(b, builder_path(b, "other100", HIVES_TIME));

	(void)state;
	struct story s = begin(b);
	assert_false(s.touched.pages[(record - FIRST_BIN) / 4096]);
	assert_true(is_byte_touched(&s, record));
	assert_true(is_byte_touched(&s, record + NK_FLAGS));
	assert_true(is_byte_touched(&s, record + NK_PARENT));
	assert_true(is_byte_touched(&s, record + NK_NAME + 7));
	assert_true(is_byte_touched(&s, record + NK_NAME_LEN));
	assert_false(is_byte_touched(&s, record + NK_FLAGS + 2));
	assert_false(is_byte_touched(&s, record + NK_SUBKEYS));
	end(&s);
}

/* An old offset behind the end of the hive: bins may come there. */
static void test_offset_behind_the_end(void **state)
{
	struct builder *b = recipe();
	size_t record = builder_key_offset(b, builder_path(b, "key", HIVES_TIME));

	(void)state;
	assert_int_equal(hives_get(b, record + NK_SUBKEYS, 4), 0);
	builder_poke32(b, record + NK_LIST, 0x7FFFFFF8);
	struct story s = begin(b);
	assert_true(is_touched(&s, recipe(), recipe()));
	end(&s);
}

/* What is written as it was, or only tells a time, is the same. */
static void test_same_bytes(void **state)
{
	struct builder *b = recipe();

	(void)state;
	struct story s = begin(b);
	assert_true(s.touched.pages[0]);
	/* A step without a change writes the first page. */
	assert_false(is_touched(&s, recipe(), recipe()));
	assert_false(is_byte_touched(&s, FIRST_BIN + 20));
	assert_true(is_byte_touched(&s, FIRST_BIN + 8));
	assert_true(is_byte_touched(&s, FIRST_BIN + 32));
	end(&s);
}

/* A bin that tells another size or place may hide or show cells of the key. */
static void test_other_bins(void **state)
{
	struct builder *b = recipe();
	size_t page = 0;

	(void)state;
	struct story s = begin(b);
	while (s.touched.pages[page] || s.touched.bins[page] == 0)
		page++;
	size_t bin = FIRST_BIN + page * 4096;
	assert_true(bin + 4096 < s.hive.len);
	assert_true(is_byte_touched(&s, bin));
	assert_true(is_byte_touched(&s, bin + 4));
	assert_true(is_byte_touched(&s, bin + 10));
	assert_false(is_byte_touched(&s, bin + 20));
	end(&s);
}

static void test_base_block(void **state)
{
	struct builder *b = recipe();

	(void)state;
	struct story s = begin(b);
	for (int what = 0; what < 4; what++) {
		struct builder *from = recipe(), *to = builder_clone(from);
		size_t place = builder_value_data_offset(
			to, builder_path(to, "other100", HIVES_TIME), "x");
		builder_poke8(to, place + 400, 0x5A);
		if (what == 1)
			builder_poke32(to, 36, 0x28);
		if (what == 2)
			builder_poke32(to, 24, 3);
		if (what == 3)
			builder_poke32(to, 40, 4096);
		builder_checksum(to);
		assert_int_equal(is_touched(&s, from, to), what > 0);
	}
	end(&s);
}

/* Nothing is known before anything was noted, nor of a hive whose block does not fit. */
static void test_nothing_known(void **state)
{
	struct story none = { .touched = { 0 } };
	struct builder *b = recipe();

	(void)state;
	assert_true(is_byte_touched(&none, 4096 + 20));
	builder_poke32(b, BASE_CHECKSUM, 1);
	struct hive hive = hives_open(b);
	assert_int_equal(touched_begin(&none.touched, hive.image), STATUS_OK);
	touched_add(&none.touched, hive.image, hive.tree->root);
	touched_end(&none.touched, hive.image);
	assert_true(is_byte_touched(&none, 4096 + 20));
	touched_clear(&none.touched);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_of_the_key),
		cmocka_unit_test(test_bytes_of_others),
		cmocka_unit_test(test_names_of_others),
		cmocka_unit_test(test_offset_behind_the_end),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_other_bins),
		cmocka_unit_test(test_base_block),
		cmocka_unit_test(test_nothing_known),
	};

	return UNIT_RUN(tests);
}
