/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records in bytes that nothing uses: which are found, and which are none. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "regf/recover/carve.h"
#include "regf/recover/region.h"

#include <stdlib.h>
#include <string.h>

static bool is_named(const uint8_t *name, uint16_t len, const char *expected)
{
	return len == strlen(expected) && memcmp(name, expected, len) == 0;
}

static void check_order(const struct search *search)
{
	for (size_t i = 1; i < search->keys.n; i++)
		assert_true(search->keys.items[i - 1].rel < search->keys.items[i].rel);
	for (size_t i = 1; i < search->values.n; i++)
		assert_true(search->values.items[i - 1].rel <
			    search->values.items[i].rel);
}

static void test_all_that_was_deleted(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_CARVE);
	check_order(&s->search);
	assert_int_equal(s->search.keys.n, 1);
	const struct deleted_key *key = stages_key(s, t.record);
	assert_non_null(key);
	assert_true(is_named(key->name, key->name_len, "gone"));
	assert_false(key->utf16);
	assert_int_equal(key->parent, t.parent);
	assert_true(key->mtime_ft == LATER(1));
	assert_int_equal(key->n_values, 2);
	assert_int_equal(key->values, hives_cell_at(t.list));
	assert_int_equal(key->origin, RECOVERED_FREE);
	assert_int_equal(key->inferred, 0);
	assert_int_equal(s->search.values.n, 2);
	const struct deleted_value *value = stages_value(s, t.second_record);
	assert_non_null(value);
	assert_true(is_named(value->name, value->name_len, "other"));
	assert_int_equal(value->size, APART_SECOND_LEN);
	assert_int_equal(value->data, hives_cell_at(t.second_data));
	assert_int_equal(value->type, BUILDER_BINARY);
	assert_true(value->strict);
	/* Whose it is is for a later stage. */
	assert_int_equal(value->owner, DELETED_NONE);
	assert_int_equal(value->known, 0);
	assert_non_null(stages_value(s, t.first_record));
	stages_close(s);
}

static void test_nothing_deleted(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_finish(t.b);
	struct stages *s = stages_run(t.b, STAGES_CARVE);
	assert_int_equal(s->search.keys.n, 0);
	assert_null(stages_value(s, t.first_record));
	stages_close(s);
}

/* One number of the deleted key's record changed.  Return: whether it is still found. */
static bool is_found_with(size_t field, size_t size, uint32_t number)
{
	struct apart t = apart_plain();

	apart_delete(&t);
	if (size == 2)
		builder_poke16(t.b, t.record + field, (uint16_t)number);
	else
		builder_poke32(t.b, t.record + field, number);
	struct stages *s = stages_run(t.b, STAGES_CARVE);
	bool found = stages_key(s, t.record);
	assert_int_equal(s->search.values.n, 2);
	stages_close(s);
	return found;
}

static void test_bytes_that_are_no_key(void **state)
{
	(void)state;
	assert_true(is_found_with(0, 2, 'n' | 'k' << 8));
	assert_false(is_found_with(0, 2, 'n' | 'l' << 8));
	assert_false(is_found_with(0, 2, 'n' | 'K' << 8));
	/* Flags that nothing sets. */
	assert_true(is_found_with(NK_FLAGS, 2, 0x20 | 0x1000));
	assert_false(is_found_with(NK_FLAGS, 2, 0x20 | 0x0400));
	assert_false(is_found_with(NK_FLAGS, 2, 0x20 | 0x0800));
	assert_true(is_found_with(NK_PARENT, 4, 0x20));
	/* No place: but for that it is sound. */
	assert_true(is_found_with(NK_PARENT, 4, 0x21));
	assert_true(is_found_with(NK_PARENT, 4, 0xfffffff8));
	assert_false(is_found_with(NK_NAME_LEN, 2, 0));
	/* Its cell of 88 bytes has room for a name of 8. */
	assert_true(is_found_with(NK_NAME_LEN, 2, 8));
	assert_false(is_found_with(NK_NAME_LEN, 2, 9));
	assert_false(is_found_with(NK_NAME, 4, 'a' | '\\' << 8 | 'b' << 16));
}

/* The size in front of the record is what its cell had: less than it needs is none. */
static void test_size_of_the_cell(void **state)
{
	(void)state;
	for (uint32_t size = 80; size <= 96; size += 8) {
		struct apart t = apart_plain();
		apart_delete(&t);
		/* The image itself stays sound: what is beside it is one free cell. */
		uint32_t rel = hives_cell_at(t.record);
		struct stages *s = stages_run(t.b, STAGES_REGION);
		uint8_t *space = malloc(s->search.space.len);
		assert_non_null(space);
		assert_true(span_copy(s->search.space, 0, space, s->search.space.len));
		space[rel] = (uint8_t)size;
		s->search.space.ptr = space;
		assert_int_equal(carve_records(&s->search), STATUS_OK);
		/* 4 + 76 + 4 bytes are needed. */
		assert_int_equal(stages_key(s, t.record) != NULL, size >= 88);
		stages_close(s);
		free(space);
	}
}

/* A record that begins inside another one: the outer is a likeness or overwritten. */
static void test_record_inside_another(void **state)
{
	struct builder *b = hives_new(5);
	uint8_t cells[512] = { 0 };
	builder_key key = builder_path(b, "sound", HIVES_TIME);
	size_t record = builder_key_offset(b, key), len = 0;

	(void)state;
	builder_finish(b);
	/* A cell that nothing names, filled with two copies of the record. */
	uint32_t cell = hives_cell(b, sizeof(cells));
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	/* 4 + 76 + 5 bytes are 88; the next one begins there, or 8 before. */
	for (uint32_t at = 80; at <= 88; at += 8) {
		struct builder *copy = builder_clone(b);
		size_t to = hives_data(cell) + 4;
		for (size_t i = 0; i < 88; i++) {
			builder_poke8(copy, to + i, bytes[record - 4 + i]);
		}
		for (size_t i = 0; i < 88; i++)
			builder_poke8(copy, to + at + i, bytes[record - 4 + i]);
		struct stages *s = stages_run(copy, STAGES_CARVE);
		check_order(&s->search);
		assert_int_equal(stages_key(s, to + 4) != NULL, at == 88);
		assert_non_null(stages_key(s, to + at + 4));
		assert_int_equal(s->search.keys.n, at == 88 ? 2 : 1);
		stages_close(s);
	}
	builder_free(b);
}

/* Of another state only its own pages are looked at, and what is live is no find. */
static void test_pages_of_a_log(void **state)
{
	struct apart t = apart_plain();
	size_t len = 0;

	(void)state;
	/* The state before the deletion, over the one after it. */
	builder_finish(t.b);
	const uint8_t *bytes = builder_bytes(t.b, &len);
	uint8_t *before = malloc(len - FIRST_BIN);
	assert_non_null(before);
	assert_true(span_copy(span_of(bytes, len), FIRST_BIN, before, len - FIRST_BIN));
	uint32_t page = hives_cell_at(t.record) / 4096 * 4096;
	struct overlay_run run = { .rel = page, .len = 4096, .log_off = 512 };
	struct overlay overlay = { .runs = &run, .n = 1 };
	apart_delete(&t);
	struct stages *s = stages_run_over(
		t.b, &overlay, span_of(before, len - FIRST_BIN), STAGES_CARVE);
	check_order(&s->search);
	assert_non_null(stages_key(s, t.record));
	assert_int_equal(stages_key(s, t.record)->origin, RECOVERED_LOG);
	/* "sister", "old" and "parent" are in it too, but live. */
	assert_int_equal(s->search.keys.n, 1);
	stages_close(s);
	free(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_that_was_deleted),
		cmocka_unit_test(test_nothing_deleted),
		cmocka_unit_test(test_bytes_that_are_no_key),
		cmocka_unit_test(test_size_of_the_cell),
		cmocka_unit_test(test_record_inside_another),
		cmocka_unit_test(test_pages_of_a_log),
	};

	return UNIT_RUN(tests);
}
