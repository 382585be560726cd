/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first value of a deleted key, where a link of Windows 2000 hides what names it. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include <stdlib.h>
#include <string.h>

enum { NK_LARGEST_NAME = 60, NK_LARGEST_DATA = 64 };

#define SECTION "0123456789abcdef0123456789abcdef"
enum { INFERRED_FIRST = RECOVERED_INFERRED_FIRST_VALUE };

static const struct builder_options of_2000 = {
	.minor = 3,
	.windows_2000 = true,
	.last_written = HIVES_TIME,
	.sequence = 7,
};

/* A section with two properties; the link in its list hides the first. */
static struct apart section(const char *name, const char *first, const char *second)
{
	struct apart t = apart_named(&of_2000, name, first, second);

	apart_delete(&t);
	return t;
}

/* True if the key has got its first value, which no other key has. */
static bool has_first(struct stages *s, const struct apart *t)
{
	const struct deleted_key *key = stages_key(s, t->record);
	const struct deleted_value *first = stages_value(s, t->first_record);

	assert_non_null(first);
	assert_non_null(key);
	/* Whatever is given so is that one. */
	for (size_t i = 0; i < s->search.values.n; i++)
		if (s->search.values.items[i].inferred & INFERRED_FIRST)
			assert_ptr_equal(&s->search.values.items[i], first);
	assert_int_equal(stages_value(s, t->second_record)->owner,
			 key - s->search.keys.items);
	if (first->owner == DELETED_NONE)
		return false;
	assert_ptr_equal(&s->search.keys.items[first->owner], key);
	return first->inferred & INFERRED_FIRST;
}

/* The same of a recipe, which it takes. */
static bool gets_first(struct apart *t)
{
	struct stages *s = stages_run(t->b, STAGES_VALUES);
	bool has = has_first(s, t);

	stages_close(s);
	return has;
}

static void test_only_loose_value(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");

	(void)state;
	assert_true(gets_first(&t));
	t = section("00000001", "Email", "Display Name");
	assert_true(gets_first(&t));
}

/* Not what profiles hold: other keys, other names. */
static void test_loose_value_of_no_profile(void **state)
{
	struct apart t =
		section("a name that is no section's at all", "001f3001", "001f6600");

	(void)state;
	assert_false(gets_first(&t));
	t = section(SECTION, "Settings", "001f6600");
	assert_false(gets_first(&t));
	t = section("00000001", "001f3001", "Display Name");
	assert_false(gets_first(&t));
	/* No key has two values of one name. */
	t = section(SECTION, "001f6600", "001f6601");
	builder_poke8(t.b, t.first_record + VK_NAME + 7, '1');
	assert_false(gets_first(&t));
}

/* With it the largest name and data that the key remembers must be there. */
static void test_sizes_of_a_loose_value(void **state)
{
	(void)state;
	for (uint32_t more = 0; more <= 1; more++) {
		struct apart t = section(SECTION, "001f3001", "001f6600");
		builder_poke32(t.b, t.record + NK_LARGEST_DATA, APART_SECOND_LEN + more);
		assert_int_equal(gets_first(&t), more == 0);
		t = section(SECTION, "001f3001", "001f6600");
		builder_poke32(t.b, t.first_record + VK_SIZE, APART_SECOND_LEN + more);
		assert_int_equal(gets_first(&t), more == 0);
		t = section(SECTION, "001f3001", "001f6600");
		builder_poke32(t.b, t.record + NK_LARGEST_NAME, 16 + 2 * more);
		assert_int_equal(gets_first(&t), more == 0);
	}
}

/* Of a value more than one may be lost: then it is not known which this is. */
static void test_two_values_missing(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");

	(void)state;
	builder_poke32(t.b, t.record + NK_VALUES, 3);
	builder_poke32(t.b, t.list + 8, hives_cell_at(t.record));
	assert_false(gets_first(&t));
}

/* A value without data is too little to be believed without a list. */
static void test_loose_value_without_data(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");

	(void)state;
	builder_poke32(t.b, t.first_record + VK_SIZE, 0);
	assert_false(gets_first(&t));
}

/* Where live keys do not keep the sizes of their largest values, those say nothing. */
static void test_loose_value_without_sizes(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");

	(void)state;
	builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_LARGEST_DATA, 0);
	assert_false(gets_first(&t));
}

/* Moves the record of the first value; takes nothing. */
static void move_first(struct apart *t, size_t to)
{
	size_t len = 0;
	uint8_t *bytes = builder_bytes(t->b, &len);

	/* Record and size of its cell. */
	memmove(bytes + to - 4, bytes + t->first_record - 4, 32);
	memset(bytes + t->first_record, 0, 28);
	t->first_record = to;
}

/* The offset of a free cell's data, or of bytes in it, from `from` on. */
static size_t free_bytes(struct apart *t, size_t from)
{
	struct hive hive = hives_open(builder_clone(t->b));
	uint32_t rel = hives_cell_at(from);
	size_t found = 0;

	while (!found && cellmap_next(&hive.image->free, rel, &rel)) {
		if (hives_get(t->b, hives_data(rel) - 4, 4) >= 64)
			found = hives_data(rel) + 16;
		rel += 8;
	}
	hives_close(&hive);
	assert_true(found > 0);
	return found;
}

/* A value in another part of the hive. */
static void test_loose_value_far_away(void **state)
{
	(void)state;
	for (int far = 0; far <= 1; far++) {
		struct apart t = apart_named(&of_2000, SECTION, "001f3001", "001f6600");
		uint8_t data[4000] = { 0 };
		/* The end of its bin is free. */
		builder_value_set(t.b, t.keeper, "more", BUILDER_BINARY, data, 3000);
		builder_value_set(t.b, t.keeper, "most", BUILDER_BINARY, data, 4000);
		builder_value_set(t.b, t.keeper, "last", BUILDER_BINARY, data, 3000);
		size_t last = builder_value_data_offset(t.b, t.keeper, "last");
		apart_delete(&t);
		size_t to = free_bytes(&t, far ? last : t.second_data - 4 + 44);
		assert_int_equal(to > t.record + 4096, far);
		move_first(&t, to);
		assert_int_equal(gets_first(&t), !far);
	}
}

/* The record of a live key between both. */
static void test_key_before_the_loose_value(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");
	size_t len = 0;
	uint8_t *bytes = builder_bytes(t.b, &len);
	size_t cell = t.record - 4, size = 112;

	(void)state;
	/* A live cell that is large enough gets it. */
	while (!(hives_get(t.b, cell, 4) >> 31) || size < 4 + 76 + 6) {
		cell += size;
		size = hives_get(t.b, cell, 4);
		size = size >> 31 ? (uint32_t)(0u - size) : size;
		assert_true(cell < t.first_record);
	}
	memcpy(bytes + cell + 4, bytes + builder_key_offset(t.b, t.parent), 76 + 6);
	assert_false(gets_first(&t));
}

/* In another state of the hive a loose value may be a live one. */
static void test_loose_value_in_a_log(void **state)
{
	struct apart t = section(SECTION, "001f3001", "001f6600");
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(t.b, &len);
	uint8_t *copy = malloc(len - FIRST_BIN);
	struct span overlaid = span_of(copy, len - FIRST_BIN);

	(void)state;
	assert_non_null(copy);
	assert_true(span_copy(span_of(bytes, len), FIRST_BIN, copy, overlaid.len));
	struct overlay_run run = { .len = (uint32_t)overlaid.len };
	struct overlay overlay = { .runs = &run, .n = 1 };
	struct stages *s = stages_run_over(t.b, &overlay, overlaid, STAGES_VALUES);
	assert_false(has_first(s, &t));
	stages_close(s);
	free(copy);
}

/*
 * The recipe with another value that could be the key's: the live keeper's, deleted,
 * which no list names any more.
 */
static struct apart two_loose(const char *name, size_t len)
{
	struct apart t = apart_named(&of_2000, SECTION, "001f3001", "001f6600");
	uint8_t data[64] = { 0 };

	builder_value_set(t.b, t.keeper, name, BUILDER_BINARY, data, len);
	builder_value_dword(t.b, t.keeper, "stays", 7);
	size_t at = builder_value_offset(t.b, t.keeper, name);
	assert_true(at < t.record + 4096 && at + 4096 > t.record);
	builder_value_delete(t.b, t.keeper, name);
	apart_delete(&t);
	return t;
}

static void test_two_loose_values(void **state)
{
	struct apart t = two_loose("0003660a", 4);

	(void)state;
	assert_false(gets_first(&t));
	t = two_loose("0003660a", APART_SECOND_LEN);
	assert_false(gets_first(&t));
	/* One that is larger than all the key had is none of the two. */
	t = two_loose("0003660a", APART_SECOND_LEN + 1);
	assert_true(gets_first(&t));
	/* Nor is one that no section holds. */
	t = two_loose("Settings", 4);
	assert_true(gets_first(&t));
}

/* Another key without its first value, of which it could be as well. */
static void test_two_keys_without_their_first(void **state)
{
	struct apart t = apart_named(&of_2000, SECTION, "001f3001", "001f6600");
	builder_key other = builder_key_add(t.b, t.parent,
					    "fedcba9876543210fedcba9876543210", LATER(1));

	(void)state;
	builder_value_dword(t.b, other, "00036601", 1);
	builder_value_dword(t.b, other, "00036602", 2);
	size_t record = builder_key_offset(t.b, other);
	size_t value = builder_value_offset(t.b, other, "00036601");
	assert_true(record < t.first_record + 4096 && record + 4096 > t.first_record);
	builder_key_delete(t.b, other, LATER(2));
	apart_delete(&t);
	/* Its own first value is no more: the other's is the only one that is loose. */
	builder_poke32(t.b, value + VK_TYPE, 12);
	/* It could be its own, as far as its size goes. */
	builder_poke32(t.b, record + NK_LARGEST_DATA, APART_FIRST_LEN);
	assert_false(gets_first(&t));
}

/* Another key that lacks none, as its list leads to what is likely its first. */
static void test_key_that_has_its_first(void **state)
{
	struct apart t = apart_named(&of_2000, SECTION, "001f3001", "001f6600");
	builder_key other = builder_key_add(t.b, t.parent,
					    "fedcba9876543210fedcba9876543210", LATER(1));
	uint32_t rel = 0;

	(void)state;
	builder_value_dword(t.b, other, "S00036601", 1);
	builder_value_dword(t.b, other, "S00036602", 2);
	size_t record = builder_key_offset(t.b, other);
	size_t value = builder_value_offset(t.b, other, "S00036601");
	size_t list = builder_key_values_offset(t.b, other);
	builder_key_delete(t.b, other, LATER(2));
	apart_delete(&t);
	builder_poke32(t.b, list, hives_cell_at(value));
	builder_poke32(t.b, value, 0x40);
	/* The other value of the section could be its own, too. */
	builder_poke32(t.b, record + NK_LARGEST_DATA, APART_FIRST_LEN);
	/* Some cell of a later system: what begins the list may be no link. */
	struct hive hive = hives_open(builder_clone(t.b));
	assert_true(cellmap_next(&hive.image->free, 0, &rel));
	hives_close(&hive);
	assert_true(hives_data(rel) < t.record);
	builder_poke32(t.b, hives_data(rel), 0x41);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	assert_int_equal(stages_value(s, value)->owner,
			 stages_key(s, record) - s->search.keys.items);
	assert_int_equal(stages_value(s, t.first_record)->owner,
			 stages_key(s, t.record) - s->search.keys.items);
	stages_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_loose_value),
		cmocka_unit_test(test_loose_value_of_no_profile),
		cmocka_unit_test(test_sizes_of_a_loose_value),
		cmocka_unit_test(test_two_values_missing),
		cmocka_unit_test(test_loose_value_without_data),
		cmocka_unit_test(test_loose_value_without_sizes),
		cmocka_unit_test(test_loose_value_far_away),
		cmocka_unit_test(test_key_before_the_loose_value),
		cmocka_unit_test(test_loose_value_in_a_log),
		cmocka_unit_test(test_two_loose_values),
		cmocka_unit_test(test_two_keys_without_their_first),
		cmocka_unit_test(test_key_that_has_its_first),
	};

	return UNIT_RUN(tests);
}
