/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the stages of the search share: look-ups, sizes of cells, times, the limit. */
#include "help/unit.h"

#include "help/stages.h"

#include <string.h>

#define DAY UINT64_C(864000000000)
#define YEAR_2100 UINT64_C(157469184000000000) /* 2100-01-01 */

static void test_records_are_found_by_their_cell(void **state)
{
	struct stages *s = stages_run(hives_new(5), STAGES_NONE);

	(void)state;
	assert_null(search_key_at(&s->search, 0x20));
	assert_null(search_value_at(&s->search, 0x20));
	for (uint32_t i = 1; i <= 100; i++) {
		assert_int_equal(search_add_key(&s->search,
						&(struct deleted_key){ .rel = 16 * i }),
				 STATUS_OK);
		assert_int_equal(
			search_add_value(&s->search,
					 &(struct deleted_value){ .rel = 16 * i + 8 }),
			STATUS_OK);
	}
	for (uint32_t i = 1; i <= 100; i++) {
		assert_int_equal(search_key_at(&s->search, 16 * i)->rel, 16 * i);
		assert_int_equal(search_value_at(&s->search, 16 * i + 8)->rel,
				 16 * i + 8);
		assert_null(search_key_at(&s->search, 16 * i + 8));
		assert_null(search_value_at(&s->search, 16 * i));
	}
	assert_null(search_key_at(&s->search, 0));
	assert_null(search_key_at(&s->search, UINT32_MAX));
	stages_close(s);
}

static void check_size(uint32_t stands, uint32_t size)
{
	uint8_t bytes[4] = { (uint8_t)stands, (uint8_t)(stands >> 8),
			     (uint8_t)(stands >> 16), (uint8_t)(stands >> 24) };
	struct search search = { .space = span_of(bytes, sizeof(bytes)) };

	assert_int_equal(search_cell_size(&search, 0), size);
	assert_int_equal(search_cell_size(&search, 1), 0);
	assert_int_equal(search_cell_size(&search, UINT32_MAX), 0);
}

static void test_sizes_of_cells(void **state)
{
	(void)state;
	check_size(8, 8);
	check_size(0x1000, 0x1000);
	check_size(0u - 8, 8); /* in use */
	check_size(0u - 0x1000, 0x1000);
	check_size(0, 0);
	check_size(4, 0);
	check_size(12, 0);
	check_size(0u - 12, 0);
	check_size(0x7ffffff8, 0x7ffffff8);
	check_size(0x80000000, 0);
	check_size(0x80000008, 0x7ffffff8);
}

static void test_cells_of_keys(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "a\\b", HIVES_TIME);

	(void)state;
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_NONE);
	assert_int_equal(search_rel(&s->search, stages_live(s, "a\\b")), key);
	assert_int_equal(search_rel(&s->search, &(struct key){ 0 }), IMAGE_NIL);
	stages_close(s);
}

/* ---- when a key can have been written ---- */

static void test_newest_time(void **state)
{
	struct builder *b = hives_new(5);

	(void)state;
	builder_path(b, "a", LATER(5));
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_NONE);
	assert_true(s->search.newest_ft == LATER(5) + DAY);
	assert_true(s->search.oldest_ft < HIVES_TIME);
	assert_false(s->search.zero_times);
	stages_close(s);
}

/* A base block whose checksum fits counts as well; without times there is no limit. */
static void test_times_of_the_base_block(void **state)
{
	struct builder *b = builder_new(
		&(struct builder_options){ .minor = 5, .last_written = LATER(9) });

	(void)state;
	builder_key_touch(b, builder_root(b), HIVES_TIME);
	builder_finish(b);
	struct stages *s = stages_run(builder_clone(b), STAGES_NONE);
	assert_true(s->search.newest_ft == LATER(9) + DAY);
	stages_close(s);
	builder_poke32(b, BASE_CHECKSUM, 0x12345678);
	s = stages_run(b, STAGES_NONE);
	assert_true(s->search.newest_ft == HIVES_TIME + DAY);
	stages_close(s);
}

static void test_no_times(void **state)
{
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = 5, .last_written = 0 });

	(void)state;
	builder_key_touch(b, builder_root(b), 0);
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_NONE);
	assert_true(s->search.zero_times);
	assert_true(s->search.newest_ft == YEAR_2100);
	stages_close(s);
}

/* ---- how much may be read ---- */

static void test_limit_of_reading(void **state)
{
	struct stages *s = stages_run(hives_new(5), STAGES_NONE);
	uint64_t most = 4 * (uint64_t)s->search.space.len;

	(void)state;
	assert_true(search_may_read(&s->search, most - 10));
	assert_true(search_may_read(&s->search, 0));
	assert_true(search_may_read(&s->search, 10));
	assert_int_equal(diag_count(s->hive.diags), 0);
	stages_close(s);

	s = stages_run(hives_new(5), STAGES_NONE);
	assert_true(search_may_read(&s->search, most - 10));
	assert_false(search_may_read(&s->search, 11));
	assert_int_equal(diag_count_of(s->hive.diags, DIAG_COUNT_LIMIT), 1);
	/* From then on nothing may, and that is reported once. */
	assert_false(search_may_read(&s->search, 1));
	assert_int_equal(diag_count(s->hive.diags), 1);
	stages_close(s);
}

/* ---- records ---- */

static void test_fields_of_a_key(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "parent\\key", LATER(3));
	struct reader_key_wire wire;
	struct deleted_key out;
	struct span cell;

	(void)state;
	builder_value_dword(b, key, "v", 1);
	builder_key parent = builder_key_find(b, builder_root(b), "parent");
	uint32_t values = hives_cell_at(builder_key_values_offset(b, key));
	size_t record = builder_key_offset(b, key);
	builder_finish(b);
	/* Behind the sizes of the largest subkeys: those of the largest value. */
	builder_poke32(b, record + 60, 111);
	builder_poke32(b, record + 64, 222);
	struct stages *s = stages_run(b, STAGES_NONE);
	assert_true(reader_key(s->hive.image, key, &cell, &wire));
	struct region region = { 0x40, 0x80, RECOVERED_TAIL };
	search_fill_key(&wire, &region, key, &out);
	assert_int_equal(out.rel, key);
	assert_int_equal(out.parent, parent);
	assert_true(out.mtime_ft == LATER(3));
	assert_int_equal(out.name_len, 3);
	assert_int_equal(out.n_values, 1);
	assert_int_equal(out.values, values);
	assert_int_equal(out.largest_name, 111);
	assert_int_equal(out.largest_data, 222);
	assert_int_equal(out.origin, RECOVERED_TAIL);
	assert_int_equal(out.above, DELETED_NONE);
	assert_int_equal(out.parent_is, PARENT_LOST);
	/* The count of values is something else there. */
	wire.flags[0] |= READER_KEY_PREDEFINED_HANDLE;
	search_fill_key(&wire, &region, key, &out);
	assert_int_equal(out.n_values, 0);
	stages_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_are_found_by_their_cell),
		cmocka_unit_test(test_sizes_of_cells),
		cmocka_unit_test(test_cells_of_keys),
		cmocka_unit_test(test_newest_time),
		cmocka_unit_test(test_times_of_the_base_block),
		cmocka_unit_test(test_no_times),
		cmocka_unit_test(test_limit_of_reading),
		cmocka_unit_test(test_fields_of_a_key),
	};

	return UNIT_RUN(tests);
}
