/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Windows 2000: where a link hides what would decide, nothing is made up.  First
 * values that could be another's, links that look like elements, bytes that are
 * no records, and hives that are none of Windows 2000.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include <stdio.h>
#include <string.h>

/* ---- the first element of a list ---- */

/* Frees the data of the keeper that end, or begin, at that place. */
static void free_at(struct apart *t, size_t begin, size_t end)
{
	char name[16];

	for (unsigned i = 0; i < t->n_filled; i++) {
		(void)snprintf(name, sizeof(name), "%02u", i);
		size_t data = builder_value_data_offset(t->b, t->keeper, name);
		/* Inline data stand in the record. */
		if (data - builder_value_offset(t->b, t->keeper, name) == VK_DATA)
			continue;
		size_t size = 0u - hives_get(t->b, data - 4, 4);
		if (data - 4 != begin && data - 4 + size != end)
			continue;
		builder_value_dword(t->b, t->keeper, name, 0);
		return;
	}
	fail_msg("no data before 0x%zx or at 0x%zx", end, begin);
}

/* What is freed there will be merged with what is before it, and keep its head. */
static void free_before(struct apart *t, size_t data)
{
	free_at(t, 0, data - 4);
}

/* The list keeps its head, and so its first element; a link would look just so. */
static struct apart with_list(void)
{
	struct apart t = apart_2000();

	free_before(&t, t.list);
	builder_key_delete(t.b, t.gone, LATER(2));
	builder_finish(t.b);
	assert_int_equal(hives_get(t.b, t.list, 4), hives_cell_at(t.first_record));
	assert_int_not_equal(hives_get(t.b, t.first_record, 2), 0x6b76);
	return t;
}

/* Takes the recipe.  The flags of the first value, or -1 if it is not the key's. */
static int first_value(struct builder *b)
{
	struct recoveredkeys l = recoveredkeys_of(b);
	const struct key *key = recoveredkeys_key(&l, "parent\\gone");
	bool attached = key_value(key, text_of("first")) != NULL;
	int inferred = -1;

	assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
	assert_int_equal(key->n_values, 1 + (uint32_t)attached);
	if (attached)
		inferred = (int)recoveredkeys_of_value(&l, "parent\\gone", "first")
				   ->inferred;
	else
		assert_non_null(recoveredkeys_lone(&l, "first"));
	recoveredkeys_close(&l);
	return inferred;
}

/* It leads to where a key's first value stands in fresh space. */
static void test_likely_element(void **state)
{
	(void)state;
	assert_int_equal(first_value(with_list().b),
			 RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_NAME_LENGTH |
				 RECOVERED_INFERRED_FIRST_VALUE);
}

/* A key between them: the value may be that one's. */
static void test_key_between(void **state)
{
	struct apart t = with_list();
	size_t len = 0;

	(void)state;
	/* A live cell that is large enough gets the record of a key. */
	uint8_t *bytes = builder_bytes(t.b, &len);
	size_t cell = t.record - 4, size = 88;
	while (!(hives_get(t.b, cell, 4) >> 31) || size < 4 + 76 + 6) {
		cell += size;
		size = hives_get(t.b, cell, 4);
		size = size >> 31 ? (uint32_t)(0u - size) : size;
		assert_true(cell < t.first_record);
	}
	memcpy(bytes + cell + 4, bytes + builder_key_offset(t.b, t.parent), 76 + 6);
	assert_int_equal(first_value(t.b), -1);
}

/* Free lists link cells of one size: such a one is no element. */
static void test_element_of_the_size_of_a_link(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	free_before(&t, t.list);
	free_at(&t, t.list - 4 + 16, 0);
	builder_key_delete(t.b, t.gone, LATER(2));
	builder_finish(t.b);
	assert_int_equal(hives_get(t.b, t.first_record - 4, 4), 32);
	builder_poke32(t.b, t.list - 4, 32);
	assert_int_equal(first_value(t.b), -1);
}

/* A value that has kept its own head was no cell of a free list. */
static void test_sure_element(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	free_before(&t, t.list);
	free_before(&t, t.first_record);
	builder_key_delete(t.b, t.gone, LATER(2));
	builder_finish(t.b);
	assert_int_equal(hives_get(t.b, t.first_record, 2), 0x6b76);
	assert_int_equal(first_value(t.b), 0);
}

/* The same value is the second element, too: that one is sure. */
static void test_element_that_is_named_twice(void **state)
{
	struct apart t = with_list();

	(void)state;
	builder_poke32(t.b, t.list + 4, hives_cell_at(t.first_record));
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 1);
	assert_int_equal(recoveredkeys_of_value(&l, "parent\\gone", "first")->inferred,
			 RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_NAME_LENGTH);
	recoveredkeys_close(&l);
}

/* Longer data than the key ever had: another's. */
static void test_value_that_cannot_be_its(void **state)
{
	struct apart t = with_list();

	(void)state;
	builder_poke32(t.b, t.first_record + VK_SIZE, APART_SECOND_LEN + 1);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 1);
	recoveredkeys_close(&l);
}

/* ---- a link is no element ---- */

/*
 * A key of six values, the list of which has a cell as large as a value's.  Free
 * cells of one size are linked: the list's link leads to the deleted value of
 * another key, as an element would.
 */
static void test_link_to_a_value(void **state)
{
	const size_t sizes[] = { 88, 32, 32, 32, 32, 32, 32, 32, 32 };
	struct apart t = { .b = builder_new(
				   &(struct builder_options){ .minor = 3,
							      .windows_2000 = true,
							      .last_written = HIVES_TIME,
							      .sequence = 7 }) };
	char name[] = "001f3000";

	(void)state;
	t.keeper = builder_path(t.b, "keeper", HIVES_TIME);
	builder_key live = builder_path(t.b, "live", HIVES_TIME);
	builder_path(t.b, "live\\old", HIVES_TIME);
	builder_key_delete(t.b, builder_path(t.b, "live\\room", HIVES_TIME), HIVES_TIME);
	builder_value_dword(t.b, live, "stays", 1);
	builder_value_dword(t.b, live, "also", 1);
	apart_holes(&t, sizes, ARRAY_LEN(sizes));
	builder_key gone = builder_key_add(t.b, live, "gone", LATER(1));
	for (; name[7] < '6'; name[7]++)
		builder_value_dword(t.b, gone, name, 5);
	size_t list = builder_key_values_offset(t.b, gone);
	assert_int_equal(hives_get(t.b, list - 4, 4), 0u - 32);
	builder_value_dword(t.b, live, "001f6600", 7);
	size_t other = builder_value_offset(t.b, live, "001f6600");
	assert_int_equal(hives_get(t.b, other - 4, 4), 0u - 32);
	/* It is not the last one, so that no list keeps it. */
	builder_value_delete(t.b, live, "001f6600");
	builder_value_delete(t.b, live, "also");
	builder_key_delete(t.b, gone, LATER(2));
	builder_finish(t.b);
	assert_int_equal(hives_get(t.b, list - 4, 4), 32);
	assert_int_equal(hives_get(t.b, other - 4, 4), 32);
	/* What was freed last leads to what was freed before. */
	builder_poke32(t.b, list, hives_cell_at(other));
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
	const struct key *key = recoveredkeys_key(&l, "live\\gone");
	assert_null(key_value(key, text_of("001f6600")));
	recoveredkeys_close(&l);
}

/* ---- no records ---- */

struct field {
	size_t offset;
	uint32_t number;
};

static size_t count_keys(const struct field *fields, size_t n)
{
	struct apart t = apart_2000();

	apart_delete(&t);
	for (size_t i = 0; i < n; i++)
		builder_poke32(t.b, t.record + fields[i].offset, fields[i].number);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	size_t n_keys = l.found->n_keys;
	recoveredkeys_close(&l);
	return n_keys;
}

static void test_bytes_that_are_no_key(void **state)
{
	static const struct field fields[] = {
		{ 0, 0x1234567a }, /* no link */
		{ 4, 80 },	   /* the size of a free cell in its time */
		{ 8, 0 },	   /* written in 1601 */
		{ 8, 0x02000000 }, /* or in 2057 */
		{ NK_PARENT, 0x21 },
		{ NK_PARENT, 0 },
		{ NK_PARENT, 0x100000 },
		{ NK_SUBKEYS, 1 },
		{ NK_LIST, 0x20 },
		{ NK_VALUES, 0x10000 },
		{ NK_VALUE_LIST, 0x23 },
		{ NK_VALUE_LIST, NIL },
		{ NK_SECURITY, 0x21 },
		{ NK_NAME_LEN, 0 },
		{ NK_NAME_LEN, 9 },	 /* one more than its cell holds */
		{ NK_NAME, 0x5c656e6f }, /* "one\" */
		{ NK_NAME, 0x01656e6f }, /* an odd character that Latin-1 does not have */
	};

	(void)state;
	assert_int_equal(count_keys(NULL, 0), 1);
	for (size_t i = 0; i < ARRAY_LEN(fields) - 1; i++)
		if (count_keys(&fields[i], 1) != 0)
			fail_msg("0x%x at %zu passes", fields[i].number,
				 fields[i].offset);
}

/* Either security or parent must be known: one of both is enough. */
static void test_key_that_nothing_confirms(void **state)
{
	static const struct field fields[] = {
		{ NK_SECURITY, NIL },
		{ NK_PARENT, 0x1000 },
	};

	(void)state;
	assert_int_equal(count_keys(&fields[0], 1), 1);
	assert_int_equal(count_keys(&fields[1], 1), 1);
	assert_int_equal(count_keys(fields, 2), 0);
}

static void test_bytes_that_are_no_value(void **state)
{
	static const struct field fields[] = {
		{ 0, 0x1234567a }, { VK_SIZE, 0x80000005 }, { VK_SIZE, 0x7fffffff },
		{ VK_DATA, 0x21 }, { VK_DATA, 0x100000 },   { VK_TYPE, 12 },
		{ VK_FLAGS, 2 },   { VK_FLAGS, 0x100 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct apart t = apart_2000();
		apart_delete(&t);
		builder_poke32(t.b, t.second_record + fields[i].offset, fields[i].number);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		const struct key *key = recoveredkeys_key(&l, "parent\\gone");
		if (key_value(key, text_of("other")) || recoveredkeys_lone(&l, "other"))
			fail_msg("0x%x at %zu passes", fields[i].number,
				 fields[i].offset);
		recoveredkeys_close(&l);
	}
}

/* ---- other hives ---- */

/* One deleted key in a hive of fewer free cells than could tell, were it not that all fit. */
static struct builder *few_cells(size_t *record)
{
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = 3,
						       .windows_2000 = true,
						       .last_written = HIVES_TIME,
						       .sequence = 7 });
	builder_key gone = builder_path(b, "gone", LATER(1));

	*record = builder_key_offset(b, gone);
	builder_path(b, "live", LATER(1));
	builder_key_delete(b, gone, LATER(2));
	builder_finish(b);
	assert_int_not_equal(hives_get(b, *record, 2), 0x6b6e);
	return b;
}

static void test_few_free_cells(void **state)
{
	size_t record = 0;
	struct recoveredkeys l = recoveredkeys_of(few_cells(&record));

	(void)state;
	assert_true(l.hive.image->n_free < 8);
	assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
	assert_non_null(recoveredkeys_record(&l, record));
	recoveredkeys_close(&l);
}

/* A few cells, the last of which has no link.  Takes the recipe. */
static struct builder *last_unlinked(struct builder *b, size_t record)
{
	struct hive hive = hives_open(builder_clone(b));
	uint32_t rel = 0, last = 0;

	for (; cellmap_next(&hive.image->free, rel, &rel); rel += CELLMAP_UNIT)
		last = rel;
	hives_close(&hive);
	assert_true(hives_data(last) > record);
	builder_poke32(b, hives_data(last), 0x1234567a);
	return b;
}

/* That the others look so may be chance. */
static void test_too_few_free_cells(void **state)
{
	size_t record = 0;
	struct builder *b = few_cells(&record);

	(void)state;
	b = last_unlinked(b, record);
	/* What could prove more is no key any more. */
	builder_poke32(b, record + NK_LIST, 0x20);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->style, FREECELLS_UNKNOWN);
	assert_int_equal(l.found->n_keys, 0);
	recoveredkeys_close(&l);
}

/* But not where a key record lies behind one of them. */
static void test_few_free_cells_with_a_key(void **state)
{
	size_t record = 0;
	struct builder *b = few_cells(&record);

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(last_unlinked(b, record));
	assert_int_equal(l.found->style, FREECELLS_MIXED);
	assert_non_null(recoveredkeys_record(&l, record));
	recoveredkeys_close(&l);
}

/* Links everywhere, but in a version that Windows 2000 does not write. */
static void test_later_version(void **state)
{
	struct builder_options options = { .minor = 5,
					   .windows_2000 = true,
					   .last_written = HIVES_TIME,
					   .sequence = 7 };
	struct apart t = apart_new(&options, "first", "other");

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->style, FREECELLS_PLAIN);
	assert_int_equal(l.found->n_keys, 0);
	recoveredkeys_close(&l);
}

/* Later systems write no links: a record that lost its first bytes is none. */
static void test_plain_hive(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.record, NIL);
	builder_poke32(t.b, t.second_record, NIL);
	builder_poke32(t.b, t.second_data, NIL);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->style, FREECELLS_PLAIN);
	assert_int_equal(l.found->n_keys, 0);
	assert_int_equal(l.found->n_lone, 1);
	assert_true(recoveredkeys_data_is(recoveredkeys_lone(&l, "first"),
					  APART_FIRST_DATA, APART_FIRST_LEN));
	recoveredkeys_close(&l);
}

/* Nor is anything hidden of data there. */
static void test_data_in_a_plain_hive(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.second_data, NIL);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", "other");
	assert_int_equal(recoveredkeys_of_value(&l, "parent\\gone", "other")->n_head_lost,
			 0);
	assert_memory_equal(value->data, "\xff\xff\xff\xff", 4);
	recoveredkeys_close(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_likely_element),
		cmocka_unit_test(test_key_between),
		cmocka_unit_test(test_element_of_the_size_of_a_link),
		cmocka_unit_test(test_sure_element),
		cmocka_unit_test(test_element_that_is_named_twice),
		cmocka_unit_test(test_value_that_cannot_be_its),
		cmocka_unit_test(test_link_to_a_value),
		cmocka_unit_test(test_bytes_that_are_no_key),
		cmocka_unit_test(test_key_that_nothing_confirms),
		cmocka_unit_test(test_bytes_that_are_no_value),
		cmocka_unit_test(test_few_free_cells),
		cmocka_unit_test(test_too_few_free_cells),
		cmocka_unit_test(test_few_free_cells_with_a_key),
		cmocka_unit_test(test_later_version),
		cmocka_unit_test(test_plain_hive),
		cmocka_unit_test(test_data_in_a_plain_hive),
	};

	return UNIT_RUN(tests);
}
