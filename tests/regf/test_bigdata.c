/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Data in segments: when they are, when they only look so, both sides of each
 * segment's end, missing and small segments, and where the bytes stand.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"

#include <stdlib.h>
#include <string.h>

#define SEGMENT 16344u

enum { DB_COUNT = 2, DB_LIST = 4 };

static uint8_t pattern(size_t i)
{
	return (uint8_t)(i * 31 + i / 251);
}

static uint8_t *make_data(size_t len)
{
	uint8_t *data = malloc(len);

	assert_non_null(data);
	for (size_t i = 0; i < len; i++)
		data[i] = pattern(i);
	return data;
}

/* root with a value "v" of len bytes. */
struct big {
	struct builder *b;
	size_t v, db,
		list; /* file offsets: record, and in versions with big data those */
};

static struct big big(unsigned minor, size_t len)
{
	struct big t = { .b = hives_new(minor) };
	uint8_t *data = make_data(len);

	builder_value_set(t.b, builder_root(t.b), "v", BUILDER_BINARY, data, len);
	builder_finish(t.b);
	free(data);
	t.v = builder_value_offset(t.b, builder_root(t.b), "v");
	t.db = hives_data(hives_get(t.b, t.v + VK_DATA, 4));
	if (minor >= 4 && len > SEGMENT)
		t.list = hives_data(hives_get(t.b, t.db + DB_LIST, 4));
	return t;
}

/* The first n bytes of the pattern, all in runs that hold them. */
static void check_bytes(const struct hive *hive, size_t n, size_t n_runs)
{
	const struct value *value = hives_value(hive, "", "v");
	struct record_run runs[16] = { 0 };
	size_t done = 0;

	assert_int_equal(value->data_len, n);
	for (size_t i = 0; i < n; i++)
		if (value->data[i] != pattern(i))
			fail_msg("byte %zu is 0x%02x", i, value->data[i]);
	assert_int_equal(record_data_runs(hive->image, value, NULL, 0), n_runs);
	assert_true(n_runs <= ARRAY_LEN(runs));
	assert_int_equal(record_data_runs(hive->image, value, runs, ARRAY_LEN(runs)),
			 n_runs);
	for (size_t i = 0; i < n_runs; i++) {
		assert_true(runs[i].file_off + runs[i].len <= hive->len);
		assert_true(done + runs[i].len <= n);
		assert_memory_equal(hive->bytes + runs[i].file_off, value->data + done,
				    runs[i].len);
		done += runs[i].len;
	}
	assert_int_equal(done, n);
}

static void check_sound(unsigned minor, size_t len, size_t n_runs)
{
	struct hive hive = hives_open(big(minor, len).b);
	const struct value *value = hives_value(&hive, "", "v");

	assert_true(hives_are_silent(&hive));
	assert_int_equal(value->declared_len, len);
	assert_int_equal(!!(value->flags & VALUE_FLAG_SEGMENTED),
			 minor >= 4 && len > SEGMENT);
	assert_int_equal(value_has_own_cell(value), minor < 4 || len <= SEGMENT);
	check_bytes(&hive, len, n_runs);
	hives_close(&hive);
}

static void test_both_sides_of_each_limit(void **state)
{
	(void)state;
	for (unsigned minor = 4; minor <= 6; minor++) {
		check_sound(minor, SEGMENT - 1, 1);
		check_sound(minor, SEGMENT, 1);
		check_sound(minor, SEGMENT + 1, 2);
		check_sound(minor, 2 * SEGMENT - 1, 2);
		check_sound(minor, 2 * SEGMENT, 2);
		check_sound(minor, 2 * SEGMENT + 1, 3);
		check_sound(minor, 5 * SEGMENT + 7, 6);
	}
}

static void test_version_3_has_one_cell_for_any_size(void **state)
{
	(void)state;
	check_sound(3, SEGMENT, 1);
	check_sound(3, SEGMENT + 1, 1);
	check_sound(3, 100000, 1);
}

/* Plain data that begin like a record of segments, in a version that has none. */
static void test_plain_data_that_begin_with_db(void **state)
{
	const size_t len = SEGMENT + 100;
	struct big t = big(3, len);

	(void)state;
	builder_poke32(t.b, t.db, 0x00026264); /* "db", 2 */
	builder_poke32(t.b, t.db + DB_LIST, 0x20);
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	const struct value *value = hives_value(&hive, "", "v");
	assert_int_equal(value->data_len, len);
	assert_int_equal(value->flags, 0);
	assert_memory_equal(value->data, "db\2\0\x20\0\0\0", 8);
	assert_int_equal(value->data[len - 1], pattern(len - 1));
	hives_close(&hive);
}

/* The same with a cell too small for what the value tells of: still plain. */
static void test_short_plain_data_that_begin_with_db(void **state)
{
	const size_t len = SEGMENT + 100;
	struct big t = big(3, len);

	(void)state;
	builder_poke32(t.b, t.db, 0x00026264);
	builder_poke32(t.b, t.db + DB_LIST, 0x20);
	builder_poke32(t.b, t.v + VK_SIZE, 2 * SEGMENT);
	uint32_t room = 0u - hives_get(t.b, t.db - 4, 4) - 4;
	struct hive hive = hives_open(t.b);
	const struct value *value = hives_value(&hive, "", "v");
	assert_true(hives_say_only(&hive, DIAG_DATA_SHORT, t.v));
	assert_int_equal(value->flags, VALUE_FLAG_SHORT);
	assert_int_equal(value->data_len, room);
	assert_memory_equal(value->data, "db\2\0\x20\0\0\0", 8);
	hives_close(&hive);
}

/* Small data that begin so are never in segments, whatever the version. */
static void test_small_data_that_begin_with_db(void **state)
{
	struct big t = big(5, SEGMENT);

	(void)state;
	builder_poke32(t.b, t.db, 0x00026264);
	builder_poke32(t.b, t.db + DB_LIST, 0x20);
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_value(&hive, "", "v")->data_len, SEGMENT);
	assert_int_equal(hives_value(&hive, "", "v")->flags, 0);
	hives_close(&hive);
}

/*
 * A version with big data whose large value is in one cell all the same, also
 * if it begins like a record of segments: such a record has a small cell.
 */
static void test_plain_large_data_of_version_5(void **state)
{
	const size_t len = SEGMENT + 100;

	(void)state;
	for (unsigned db = 0; db < 2; db++) {
		struct big t = big(3, len);
		builder_poke32(t.b, BASE_MINOR, 5);
		builder_checksum(t.b);
		if (db)
			builder_poke32(t.b, t.db, 0x00026264);
		struct hive hive = hives_open(t.b);
		const struct value *value = hives_value(&hive, "", "v");
		assert_true(hives_are_silent(&hive));
		assert_int_equal(value->flags, 0);
		assert_int_equal(value->data_len, len);
		assert_memory_equal(value->data, db ? "db\2" : "\0\37\76", 3);
		assert_int_equal(value->data[len - 1], pattern(len - 1));
		hives_close(&hive);
	}
}

/* ---- segments that are missing or small ---- */

static void check_short(struct big t, size_t got, size_t n_runs)
{
	struct hive hive = hives_open(t.b);
	const struct value *value = hives_value(&hive, "", "v");

	assert_true(hives_say_only(&hive, DIAG_DATA_SHORT, t.v));
	assert_true(value->flags & VALUE_FLAG_SHORT);
	assert_true(value->flags & VALUE_FLAG_SEGMENTED);
	check_bytes(&hive, got, n_runs);
	hives_close(&hive);
}

static void test_missing_segment_ends_the_data(void **state)
{
	const size_t len = 3 * SEGMENT + 10;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct big t = big(5, len);
		builder_poke32(t.b, t.list + 4 * i, NIL);
		check_short(t, i * SEGMENT, i);
	}
}

static void test_segment_that_is_free(void **state)
{
	struct big t = big(5, 2 * SEGMENT + 10);
	size_t segment = hives_data(hives_get(t.b, t.list + 4, 4));

	(void)state;
	builder_poke32(t.b, segment - 4, 0u - hives_get(t.b, segment - 4, 4));
	check_short(t, SEGMENT, 1);
}

static void test_segment_named_twice(void **state)
{
	struct big t = big(5, 3 * SEGMENT);

	(void)state;
	builder_poke32(t.b, t.list + 8, hives_get(t.b, t.list + 4, 4));
	check_short(t, 2 * SEGMENT, 2);
}

/* The value tells of more than its record of segments. */
static void test_fewer_segments_than_data(void **state)
{
	struct big t = big(5, 2 * SEGMENT);

	(void)state;
	builder_poke32(t.b, t.v + VK_SIZE, 2 * SEGMENT + 1);
	check_short(t, 2 * SEGMENT, 2);
	t = big(5, 3 * SEGMENT);
	builder_poke16(t.b, t.db + DB_COUNT, 2);
	check_short(t, 2 * SEGMENT, 2);
	t = big(5, 3 * SEGMENT);
	builder_poke16(t.b, t.db + DB_COUNT, 0);
	check_short(t, 0, 0);
}

/* A count that the list's cell cannot hold is cut to it. */
static void test_more_segments_than_the_list_holds(void **state)
{
	struct big t = big(5, 3 * SEGMENT);

	(void)state;
	assert_int_equal(hives_get(t.b, t.list - 4, 4), 0u - 16);
	builder_poke16(t.b, t.db + DB_COUNT, 0xFFFF);
	struct hive hive = hives_open(t.b);
	check_bytes(&hive, 3 * SEGMENT, 3);
	hives_close(&hive);
	t = big(5, 3 * SEGMENT);
	builder_poke16(t.b, t.db + DB_COUNT, 0xFFFF);
	builder_poke32(t.b, t.v + VK_SIZE, 0x7FFFFFFF);
	check_short(t, 3 * SEGMENT, 3);
}

/* A segment before the last with a small cell: what follows would be shifted. */
static void test_small_segment_ends_the_data(void **state)
{
	struct big t = big(5, 3 * SEGMENT);
	uint32_t cell = hives_cell(t.b, 100);

	(void)state;
	for (size_t i = 0; i < 100; i++)
		builder_poke8(t.b, hives_data(cell) + i, pattern(SEGMENT + i));
	builder_poke32(t.b, t.list + 4, cell);
	builder_finish(t.b);
	assert_int_equal(hives_get(t.b, hives_data(cell) - 4, 4), 0u - 104);
	check_short(t, SEGMENT + 100, 2);
}

/* The last segment in the smallest cell that holds it: all bytes come back. */
static void test_smallest_last_segment(void **state)
{
	(void)state;
	for (unsigned rest = 1; rest <= 4; rest++) {
		struct big t = big(5, SEGMENT + rest);
		uint32_t cell = hives_cell(t.b, 12);
		size_t data = hives_data(cell);

		builder_poke32(t.b, data - 4, 0u - 8);
		builder_poke32(t.b, data + 4, 8);
		for (unsigned i = 0; i < rest; i++)
			builder_poke8(t.b, data + i, pattern(SEGMENT + i));
		builder_poke32(t.b, t.list + 4, cell);
		builder_finish(t.b);
		struct hive hive = hives_open(t.b);
		assert_true(hives_are_silent(&hive));
		check_bytes(&hive, SEGMENT + rest, 2);
		hives_close(&hive);
	}
}

/* The list of segments leads nowhere: nothing can be read, and that is said. */
static void test_list_of_segments_that_is_not_there(void **state)
{
	const uint32_t places[] = { NIL, 0, 4096 * 1000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct big t = big(5, 2 * SEGMENT);
		builder_poke32(t.b, t.db + DB_LIST, places[i]);
		struct hive hive = hives_open(t.b);
		const struct value *value = hives_value(&hive, "", "v");
		assert_true(diag_count_from(hive.diags, DIAG_ERROR) > 0);
		assert_true(value->flags & VALUE_FLAG_SHORT);
		/* The record of segments is no part of the data. */
		assert_int_equal(value->data_len, 0);
		hives_close(&hive);
	}
}

/* Two values with one record of segments: one of them has the data. */
static void test_segments_of_two_values(void **state)
{
	struct big t = big(5, 2 * SEGMENT);
	uint8_t *data = make_data(2 * SEGMENT);

	(void)state;
	builder_value_set(t.b, builder_root(t.b), "w", BUILDER_BINARY, data, 2 * SEGMENT);
	free(data);
	builder_finish(t.b);
	size_t w = builder_value_offset(t.b, builder_root(t.b), "w");
	builder_poke32(t.b, w + VK_DATA, hives_cell_at(t.db));
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_DATA_LOST, w));
	check_bytes(&hive, 2 * SEGMENT, 2);
	hives_close(&hive);
}

static void test_runs_fill_no_more_than_they_may(void **state)
{
	struct hive hive = hives_open(big(5, 3 * SEGMENT).b);
	struct record_run runs[3] = { { 0 }, { 0 }, { 7, 7 } };

	(void)state;
	assert_int_equal(
		record_data_runs(hive.image, hives_value(&hive, "", "v"), runs, 2), 3);
	assert_int_equal(runs[1].len, SEGMENT);
	assert_int_equal(runs[2].file_off, 7);
	assert_int_equal(runs[2].len, 7);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_sides_of_each_limit),
		cmocka_unit_test(test_version_3_has_one_cell_for_any_size),
		cmocka_unit_test(test_plain_data_that_begin_with_db),
		cmocka_unit_test(test_short_plain_data_that_begin_with_db),
		cmocka_unit_test(test_small_data_that_begin_with_db),
		cmocka_unit_test(test_plain_large_data_of_version_5),
		cmocka_unit_test(test_missing_segment_ends_the_data),
		cmocka_unit_test(test_segment_that_is_free),
		cmocka_unit_test(test_segment_named_twice),
		cmocka_unit_test(test_fewer_segments_than_data),
		cmocka_unit_test(test_more_segments_than_the_list_holds),
		cmocka_unit_test(test_small_segment_ends_the_data),
		cmocka_unit_test(test_smallest_last_segment),
		cmocka_unit_test(test_list_of_segments_that_is_not_there),
		cmocka_unit_test(test_segments_of_two_values),
		cmocka_unit_test(test_runs_fill_no_more_than_they_may),
	};

	return UNIT_RUN(tests);
}
