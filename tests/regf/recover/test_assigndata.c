/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which bytes are a deleted value's data. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "regf/recover/region.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENT = 16344 };

static void check_data(const struct deleted_value *value, const void *bytes,
		       uint32_t known, size_t place)
{
	assert_non_null(value);
	assert_false(value->data_lost);
	assert_false(value->head_lost);
	assert_int_equal(value->known, known);
	assert_memory_equal(value->bytes, bytes, known);
	assert_int_equal(value->n_runs, 1);
	assert_int_equal(value->runs[0].log, SIZE_MAX);
	assert_int_equal(value->runs[0].offset, place);
	assert_int_equal(value->runs[0].len, known);
}

static void check_lost(const struct deleted_value *value)
{
	assert_non_null(value);
	assert_true(value->data_lost);
	assert_int_equal(value->known, 0);
	assert_int_equal(value->n_runs, 0);
}

static void test_data_in_cells(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_DATA);
	check_data(stages_value(s, t.first_record), APART_FIRST_DATA, APART_FIRST_LEN,
		   t.first_data);
	check_data(stages_value(s, t.second_record), APART_SECOND_DATA, APART_SECOND_LEN,
		   t.second_data);
	assert_false(region_is_untaken(&s->search, hives_cell_at(t.first_data), 24));
	stages_close(s);
}

static void test_data_in_the_record(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "live\\gone", HIVES_TIME);
	size_t four, none;

	(void)state;
	builder_value_dword(b, key, "four", 0x64636261);
	builder_value_set(b, key, "none", BUILDER_SZ, NULL, 0);
	four = builder_value_offset(b, key, "four");
	none = builder_value_offset(b, key, "none");
	builder_key_delete(b, key, LATER(1));
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_DATA);
	assert_int_equal(stages_value(s, four)->known, 4);
	assert_memory_equal(stages_value(s, four)->bytes, "abcd", 4);
	assert_int_equal(stages_value(s, four)->n_runs, 0);
	assert_int_equal(stages_value(s, none)->known, 0);
	assert_false(stages_value(s, none)->data_lost);
	stages_close(s);
}

static void test_cell_in_use_again(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, 24), t.first_data);
	struct stages *s = stages_run(t.b, STAGES_DATA);
	check_lost(stages_value(s, t.first_record));
	check_data(stages_value(s, t.second_record), APART_SECOND_DATA, APART_SECOND_LEN,
		   t.second_data);
	stages_close(s);
}

/* The size of data that the cell of the second value, 48 bytes, has room for. */
static void test_data_larger_than_their_cell(void **state)
{
	(void)state;
	for (uint32_t len = 44; len <= 45; len++) {
		struct apart t = apart_plain();
		apart_delete(&t);
		/* The key has had values of that size. */
		builder_poke32(t.b, t.record + 64, 100);
		builder_poke32(t.b, t.second_record + VK_SIZE, len);
		struct stages *s = stages_run(t.b, STAGES_DATA);
		const struct deleted_value *value = stages_value(s, t.second_record);
		if (len == 44) {
			assert_non_null(value);
			assert_int_equal(value->known, len);
			assert_memory_equal(value->bytes, APART_SECOND_DATA,
					    APART_SECOND_LEN);
			assert_int_equal(value->runs[0].len, len);
		} else {
			check_lost(value);
		}
		stages_close(s);
	}
}

/* Bytes are used once: of one key's values the first that names them has them. */
static void test_data_that_two_values_name(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.second_record + VK_DATA, hives_cell_at(t.first_data));
	builder_poke32(t.b, t.second_record + VK_SIZE, APART_FIRST_LEN);
	struct stages *s = stages_run(t.b, STAGES_DATA);
	check_data(stages_value(s, t.first_record), APART_FIRST_DATA, APART_FIRST_LEN,
		   t.first_data);
	check_lost(stages_value(s, t.second_record));
	stages_close(s);
}

/* Data that would stand in the record of a deleted key are none. */
static void test_data_in_a_record(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.first_record + VK_DATA, hives_cell_at(t.record));
	struct stages *s = stages_run(t.b, STAGES_DATA);
	check_lost(stages_value(s, t.first_record));
	stages_close(s);
}

static void test_overwritten_head(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_DATA);
	const struct deleted_value *value = stages_value(s, t.second_record);
	assert_non_null(value);
	assert_true(value->head_lost);
	assert_int_equal(value->known, APART_SECOND_LEN);
	assert_memory_equal(value->bytes + 4, &APART_SECOND_DATA[4],
			    APART_SECOND_LEN - 4);
	stages_close(s);
}

/* ---- big data ---- */

/* A key with a value of so many bytes, deleted. */
struct large {
	struct builder *b;
	size_t record, list; /* of the value; of its segments, or 0 */
};

static uint8_t *pattern(size_t len)
{
	uint8_t *bytes = malloc(len);

	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 251);
	return bytes;
}

static struct large large(unsigned minor, size_t len)
{
	struct large t = { .b = hives_new(minor) };
	builder_key key = builder_path(t.b, "live\\gone", HIVES_TIME);
	uint8_t *bytes = pattern(len);

	builder_value_set(t.b, key, "v", BUILDER_BINARY, bytes, len);
	free(bytes);
	t.record = builder_value_offset(t.b, key, "v");
	builder_finish(t.b);
	size_t data = hives_data(hives_get(t.b, t.record + VK_DATA, 4));
	if (hives_get(t.b, data, 2) == ('d' | 'b' << 8))
		t.list = hives_data(hives_get(t.b, data + 4, 4));
	builder_key_delete(t.b, key, LATER(1));
	builder_finish(t.b);
	return t;
}

/* So many bytes of the value are known, in so many runs. */
static void check_large(struct large t, uint32_t known, uint32_t n_runs)
{
	struct stages *s = stages_run(t.b, STAGES_DATA);
	const struct deleted_value *value = stages_value(s, t.record);
	uint8_t *bytes = pattern(known + 1);

	assert_non_null(value);
	assert_int_equal(value->known, known);
	assert_int_equal(value->data_lost, known == 0);
	assert_int_equal(value->n_runs, n_runs);
	if (known > 0)
		assert_memory_equal(value->bytes, bytes, known);
	free(bytes);
	stages_close(s);
}

static void test_segments(void **state)
{
	(void)state;
	struct large t = large(5, SEGMENT);
	assert_int_equal(t.list, 0);
	check_large(t, SEGMENT, 1);
	t = large(5, SEGMENT + 1);
	assert_true(t.list > 0);
	check_large(t, SEGMENT + 1, 2);
	check_large(large(5, 3 * SEGMENT), 3 * SEGMENT, 3);
	/* Before 1.4 there are none. */
	t = large(3, SEGMENT + 1);
	assert_int_equal(t.list, 0);
	check_large(t, SEGMENT + 1, 1);
}

/* What follows a segment that is gone is lost too. */
static void test_segments_that_are_gone(void **state)
{
	(void)state;
	struct large t = large(5, 3 * SEGMENT);
	builder_poke32(t.b, t.list + 8, NIL);
	check_large(t, 2 * SEGMENT, 2);
	t = large(5, 3 * SEGMENT);
	builder_poke32(t.b, t.list + 4, NIL);
	check_large(t, SEGMENT, 1);
	t = large(5, 3 * SEGMENT);
	builder_poke32(t.b, t.list, NIL);
	check_large(t, 0, 0);
	/* The same segment twice: the second time it is taken. */
	t = large(5, 3 * SEGMENT);
	builder_poke32(t.b, t.list + 4, hives_get(t.b, t.list, 4));
	check_large(t, SEGMENT, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data_in_cells),
		cmocka_unit_test(test_data_in_the_record),
		cmocka_unit_test(test_cell_in_use_again),
		cmocka_unit_test(test_data_larger_than_their_cell),
		cmocka_unit_test(test_data_that_two_values_name),
		cmocka_unit_test(test_data_in_a_record),
		cmocka_unit_test(test_overwritten_head),
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_segments_that_are_gone),
	};

	return UNIT_RUN(tests);
}
