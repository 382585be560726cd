/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes that no live key refers to, and which of them are used up. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "regf/recover/region.h"

#include <stdlib.h>

/* The size of a cell for so many bytes of data. */
static uint32_t cell_for(size_t len)
{
	return (uint32_t)((len + 4 + 7) / 8 * 8);
}

/* What must hold of all regions: in order, apart, in the file, and counted. */
static void check_all(const struct search *search)
{
	uint64_t end = 0, sum = 0;

	for (size_t i = 0; i < search->regions.n; i++) {
		const struct region *region = &search->regions.items[i];
		assert_int_equal(region->rel % 8, 0);
		assert_true(region->rel >= end);
		assert_true(region->len >= 8);
		end = (uint64_t)region->rel + region->len;
		sum += region->len;
	}
	assert_true(end <= search->space.len);
	assert_int_equal(search->n_searched, sum);
}

static void check_region(const struct search *search, uint32_t rel, uint32_t len,
			 enum recovered_origin origin)
{
	const struct region *region = region_of(search, rel, len);

	assert_non_null(region);
	assert_int_equal(region->rel, rel);
	assert_int_equal(region->len, len);
	assert_int_equal(region->origin, origin);
}

static void test_free_cell(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_REGION);
	uint32_t rel = hives_cell_at(t.record), size = cell_for(76 + 4);
	check_all(&s->search);
	check_region(&s->search, rel, size, RECOVERED_FREE);
	/* Whole or not at all. */
	assert_non_null(region_of(&s->search, rel + 1, size - 1));
	assert_null(region_of(&s->search, rel, size + 1));
	assert_null(region_of(&s->search, rel + 1, size));
	assert_null(region_of(&s->search, rel - 1, 1));
	assert_null(region_of(&s->search, rel, UINT64_MAX));
	/* What is in use is none; neither is what is not there. */
	assert_null(region_of(&s->search, t.parent, 1));
	assert_null(region_of(&s->search, 0, 1));
	assert_null(region_of(&s->search, (uint32_t)s->search.space.len, 1));
	assert_null(region_of(&s->search, UINT32_MAX, 1));
	stages_close(s);
}

static void test_cell_that_nothing_names(void **state)
{
	struct builder *b = hives_new(5);
	uint32_t cell = hives_cell(b, 60);

	(void)state;
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_REGION);
	check_all(&s->search);
	check_region(&s->search, cell, cell_for(60), RECOVERED_LOST);
	stages_close(s);
}

/* Without live keys nothing can be said to be unreferenced: only what is free. */
static void test_no_live_keys(void **state)
{
	struct builder *b = hives_new(5);
	uint32_t cell = hives_cell(b, 60);

	(void)state;
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_NONE);
	s->source.keys = NULL;
	assert_int_equal(region_find_all(&s->search), STATUS_OK);
	check_all(&s->search);
	assert_null(region_of(&s->search, cell, 8));
	for (size_t i = 0; i < s->search.regions.n; i++)
		assert_int_equal(s->search.regions.items[i].origin, RECOVERED_FREE);
	stages_close(s);
}

/* A value's cell of 104 bytes of which so many are used. */
static struct stages *with_slack(uint32_t used, uint32_t *data)
{
	struct builder *b = hives_new(5);
	builder_key root = builder_root(b);
	uint8_t bytes[100] = { 0 };

	builder_value_set(b, root, "v", BUILDER_BINARY, bytes, sizeof(bytes));
	builder_finish(b);
	*data = hives_cell_at(builder_value_data_offset(b, root, "v"));
	builder_poke32(b, builder_value_offset(b, root, "v") + VK_SIZE, used);
	return stages_run(b, STAGES_REGION);
}

static void test_end_of_a_live_cell(void **state)
{
	uint32_t data = 0;

	(void)state;
	/* Header and used bytes, rounded up; the cell ends behind 104. */
	struct stages *s = with_slack(60, &data);
	check_all(&s->search);
	check_region(&s->search, data + 64, 40, RECOVERED_SLACK);
	stages_close(s);
	s = with_slack(61, &data);
	check_region(&s->search, data + 72, 32, RECOVERED_SLACK);
	stages_close(s);
	/* Too little for any record. */
	s = with_slack(100 - USAGE_MIN_SLACK + 1, &data);
	assert_null(region_of(&s->search, data + 96, 8));
	stages_close(s);
}

/* The header of a bin at an offset of the file, that tells a place and a size. */
static void poke_bin(struct builder *b, size_t offset, uint32_t rel, uint32_t size)
{
	builder_poke32(b, offset, 0x6e696268);
	builder_poke32(b, offset + 4, rel);
	builder_poke32(b, offset + 8, size);
}

/* Only bins that tell their own place are this hive's: it gave them up. */
static void test_behind_the_last_bin(void **state)
{
	enum { PAGE = 4096 };
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5, .file_step = 65536, .last_written = HIVES_TIME });
	size_t len = 0;

	(void)state;
	builder_finish(b);
	(void)builder_bytes(b, &len);
	assert_int_equal(len, 65536);
	uint32_t bins = hives_get(b, BASE_DATA_SIZE, 4);
	assert_true(bins + FIRST_BIN + 5 * PAGE < len);
	poke_bin(b, FIRST_BIN + bins, bins, 2 * PAGE);
	poke_bin(b, FIRST_BIN + bins + 2 * PAGE, 64 * PAGE, PAGE);
	poke_bin(b, FIRST_BIN + bins + 4 * PAGE, bins + 4 * PAGE, PAGE);
	struct stages *s = stages_run(b, STAGES_REGION);
	check_all(&s->search);
	check_region(&s->search, bins, 2 * PAGE, RECOVERED_TAIL);
	assert_null(region_of(&s->search, bins + 2 * PAGE, 8));
	assert_null(region_of(&s->search, bins + 3 * PAGE, 8));
	check_region(&s->search, bins + 4 * PAGE, PAGE, RECOVERED_TAIL);
	stages_close(s);
}

/* ---- another state ---- */

static void test_pages_of_a_log(void **state)
{
	struct apart t = apart_plain();
	size_t len = 0;

	(void)state;
	apart_delete(&t);
	const uint8_t *bytes = builder_bytes(t.b, &len);
	uint8_t *copy = malloc(len - FIRST_BIN);
	struct span overlaid = span_of(copy, len - FIRST_BIN);
	assert_non_null(copy);
	assert_true(span_copy(span_of(bytes, len), FIRST_BIN, copy, overlaid.len));
	/* A page with free cells, and others without it. */
	uint32_t page = hives_cell_at(t.record) / 4096 * 4096;
	struct overlay_run run = { .rel = page, .len = 4096, .log_off = 1024 };
	struct overlay overlay = { .runs = &run, .n = 1, .log = 3 };
	struct stages *s = stages_run_over(t.b, &overlay, overlaid, STAGES_REGION);
	/* All of the page is looked at, in use or not, and counted alone. */
	const struct region *region = region_of(&s->search, page, 4096);
	assert_non_null(region);
	assert_int_equal(region->origin, RECOVERED_LOG);
	assert_int_equal(s->search.n_searched, 4096);
	for (size_t i = 0; i < s->search.regions.n; i++) {
		const struct region *other = &s->search.regions.items[i];
		assert_true(other == region || other->rel + other->len <= page ||
			    other->rel >= page + 4096);
	}
	stages_close(s);
	free(copy);
}

static void check_run(const struct search *search, uint32_t rel, size_t log,
		      uint32_t offset)
{
	struct recovered_run run = region_run(search, rel, 7);

	assert_int_equal(run.log, log);
	assert_int_equal(run.offset, offset);
	assert_int_equal(run.len, 7);
}

static void test_where_bytes_stand(void **state)
{
	struct overlay_run runs[] = { { 4096, 4096, 1024 }, { 16384, 512, 9000 } };
	struct overlay overlay = { .runs = runs, .n = 2, .log = 3 };
	struct recovered_source source = { 0 };
	struct search search = { .source = &source };

	(void)state;
	check_run(&search, 0x20, SIZE_MAX, FIRST_BIN + 0x20);
	check_run(&search, 4096, SIZE_MAX, FIRST_BIN + 4096);
	source.overlay = &overlay;
	check_run(&search, 4095, SIZE_MAX, FIRST_BIN + 4095);
	check_run(&search, 4096, 3, 1024);
	check_run(&search, 8191, 3, 1024 + 4095);
	check_run(&search, 8192, SIZE_MAX, FIRST_BIN + 8192);
	check_run(&search, 16384, 3, 9000);
	check_run(&search, 16384 + 511, 3, 9511);
	check_run(&search, 16384 + 512, SIZE_MAX, FIRST_BIN + 16384 + 512);
}

/* ---- what is used up ---- */

static void test_bytes_are_taken_by_eight(void **state)
{
	struct stages *s = stages_run(hives_new(5), STAGES_NONE);

	(void)state;
	assert_true(region_is_untaken(&s->search, 0, s->search.space.len));
	region_take(&s->search, 68, 1);
	assert_false(region_is_untaken(&s->search, 64, 1));
	assert_false(region_is_untaken(&s->search, 71, 1));
	assert_true(region_is_untaken(&s->search, 72, 8));
	assert_true(region_is_untaken(&s->search, 56, 8));
	assert_false(region_is_untaken(&s->search, 56, 9));
	region_take(&s->search, 127, 2);
	assert_true(region_is_untaken(&s->search, 112, 8));
	assert_false(region_is_untaken(&s->search, 120, 1));
	assert_false(region_is_untaken(&s->search, 128, 1));
	assert_true(region_is_untaken(&s->search, 136, 8));
	/* Nothing takes nothing, and is free everywhere. */
	region_take(&s->search, 256, 0);
	assert_true(region_is_untaken(&s->search, 256, 8));
	assert_true(region_is_untaken(&s->search, 64, 0));
	stages_close(s);
}

static void test_size_of_an_old_cell(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_REGION);
	uint32_t rel = hives_cell_at(t.second_data), size = cell_for(APART_SECOND_LEN);
	const struct region *region = region_of(&s->search, rel, size);
	assert_non_null(region);
	assert_true(region_is_old_cell(&s->search, region, rel, size - 4));
	assert_false(region_is_old_cell(&s->search, region, rel, size - 3));
	assert_true(region_is_old_cell(&s->search, region, rel, 0));
	/* Zeros are no size. */
	assert_false(region_is_old_cell(&s->search, region, rel + 8, 0));
	stages_close(s);
}

/* A free cell goes no further than its region; what is cut off from a live one may. */
static void test_old_cell_past_its_region(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	uint32_t rel = hives_cell_at(t.second_data), size = cell_for(APART_SECOND_LEN);
	struct stages *s = stages_run(t.b, STAGES_REGION);
	const struct region *region = region_of(&s->search, rel, size);
	struct region shorter = { rel, size - 8, RECOVERED_FREE };
	assert_non_null(region);
	assert_false(region_is_old_cell(&s->search, &shorter, rel, 8));
	shorter.origin = RECOVERED_SLACK;
	assert_true(region_is_old_cell(&s->search, &shorter, rel, 8));
	stages_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_cell),
		cmocka_unit_test(test_cell_that_nothing_names),
		cmocka_unit_test(test_no_live_keys),
		cmocka_unit_test(test_end_of_a_live_cell),
		cmocka_unit_test(test_behind_the_last_bin),
		cmocka_unit_test(test_pages_of_a_log),
		cmocka_unit_test(test_where_bytes_stand),
		cmocka_unit_test(test_bytes_are_taken_by_eight),
		cmocka_unit_test(test_size_of_an_old_cell),
		cmocka_unit_test(test_old_cell_past_its_region),
	};

	return UNIT_RUN(tests);
}
