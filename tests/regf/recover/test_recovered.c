/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted keys and values of hives whose freed cells stay as they were: all
 * kinds of values, names, trees, all versions.  What is used again since is
 * the matter of test_recovered_reuse.c, where else than in free cells records
 * stand that of test_recovered_places.c.
 */
#include "help/unit.h"

#include "help/recoveredkeys.h"

#include <stdlib.h>
#include <string.h>

#define SEGMENT 16344

static const uint16_t cyrillic[] = { 0x418, 0x43c, 0x44f };	 /* "Имя" */
static const uint16_t umlauts[] = { 'G', 'r', 0xf6, 0xdf, 'e' }; /* "Größe" */

/* ---- one key ---- */

/* root\live\gone with values of all kinds, deleted. */
struct recipe {
	struct builder *b;
	builder_key live, gone;
	size_t record, inline_record, cell_record, cell_data;
};

static struct recipe recipe(unsigned minor)
{
	struct recipe t = { .b = hives_new(minor) };

	t.live = builder_key_add(t.b, builder_root(t.b), "live", HIVES_TIME);
	t.gone = builder_key_add(t.b, t.live, "gone", LATER(1));
	builder_value_dword(t.b, t.gone, "inline", 0x12345678);
	builder_value_set(t.b, t.gone, "cell", BUILDER_BINARY, "0123456789ab", 12);
	builder_value_set(t.b, t.gone, "none", BUILDER_SZ, NULL, 0);
	builder_value_set(t.b, t.gone, "two", BUILDER_BINARY, "xy", 2);
	builder_value_string(t.b, t.gone, "", "default");
	builder_value_set_units(t.b, t.gone, cyrillic, 3, BUILDER_BINARY, "12345678", 8);
	builder_value_set_units(t.b, t.gone, umlauts, 5, BUILDER_MULTI_SZ, "\0\0\0\0", 4);
	builder_value_set(t.b, t.gone, "odd", 0xFFFF0012, "12345", 5);
	t.record = builder_key_offset(t.b, t.gone);
	t.inline_record = builder_value_offset(t.b, t.gone, "inline");
	t.cell_record = builder_value_offset(t.b, t.gone, "cell");
	t.cell_data = builder_value_data_offset(t.b, t.gone, "cell");
	builder_key_delete(t.b, t.gone, LATER(2));
	builder_finish(t.b);
	return t;
}

static void check_key(const struct recipe *t, const struct recoveredkeys *l)
{
	const struct key *key = recoveredkeys_key(l, "live\\gone");
	const struct recovered_key *info = recoveredkeys_of_key(l, key);

	assert_int_equal(key->mtime_ft, LATER(1));
	assert_int_equal(key->record_off, t->record);
	assert_int_equal(key->n_children, 0);
	assert_int_equal(key->n_values, 8);
	assert_int_equal(info->n_values_recorded, 8);
	assert_int_equal(info->inferred, 0);
	assert_int_equal(info->since, RECOVERED_SINCE_UNKNOWN);
	assert_int_equal(info->places[0].origin, RECOVERED_FREE);
	assert_int_equal(info->rel, t->gone);
	assert_int_equal(info->parent_rel, t->live);
	assert_null(info->witness);
	assert_false(info->had_subkeys);
	assert_int_equal(l->found->n_keys, 1);
	assert_int_equal(l->found->n_values, 8);
	assert_int_equal(l->found->n_lone, 0);
	assert_int_equal(l->found->adrift->n_children, 0);
}

/* The live key above it is there as a placeholder, and nothing else is. */
static void check_placeholder(const struct recipe *t, const struct recoveredkeys *l)
{
	const struct key *live = recoveredkeys_at(l, "live");

	assert_true(recovered_is_placeholder(live));
	assert_int_equal(live->n_children, 1);
	assert_int_equal(live->n_values, 0);
	assert_int_equal(live->record_off,
			 FIRST_BIN + t->live + l->hive.image->cell_header);
	assert_int_equal(live->mtime_ft, LATER(2));
	assert_true(recovered_is_placeholder(live->parent));
	assert_ptr_equal(live->parent, l->found->tree->root);
	assert_true(text_is(key_name(l->found->tree->root), "ROOT"));
	assert_int_equal(l->found->tree->root->n_children, 1);
}

static void check_value(const struct recoveredkeys *l, struct text name, uint32_t type,
			const void *bytes, size_t len)
{
	const struct key *key = recoveredkeys_key(l, "live\\gone");
	const struct value *value = key_value(key, name);

	assert_non_null(value);
	assert_true(text_same(value_name(value), name));
	assert_int_equal(value->type, type);
	assert_true(recoveredkeys_data_is(value, bytes, len));
	assert_int_equal(!!(value->flags & VALUE_FLAG_INLINE), len <= 4);
	const struct recovered_value *info = recovered_of_value(l->found, key, value);
	assert_int_equal(info->inferred, 0);
	assert_int_equal(info->places[0].origin, RECOVERED_FREE);
	assert_int_equal(info->n_head_lost, 0);
	assert_false(info->data_lost);
	assert_false(info->of_live_key);
	assert_int_equal(info->n_runs, len > 4);
}

static void check_values(const struct recoveredkeys *l)
{
	static const char text[] = "d\0e\0f\0a\0u\0l\0t\0\0";
	struct text name = { span_of("\x18\x04\x3c\x04\x4f\x04", 6), TEXT_UTF16LE };

	check_value(l, text_of("inline"), BUILDER_DWORD, "\x78\x56\x34\x12", 4);
	check_value(l, text_of("cell"), BUILDER_BINARY, "0123456789ab", 12);
	check_value(l, text_of("none"), BUILDER_SZ, "", 0);
	check_value(l, text_of("two"), BUILDER_BINARY, "xy", 2);
	check_value(l, text_of(""), BUILDER_SZ, text, sizeof(text));
	check_value(l, name, BUILDER_BINARY, "12345678", 8);
	check_value(l, text_of("Gr\xf6\xdf\x65"), BUILDER_MULTI_SZ, "\0\0\0\0", 4);
	check_value(l, text_of("odd"), 0xFFFF0012, "12345", 5);
}

static void check_offsets(const struct recipe *t, const struct recoveredkeys *l)
{
	const struct recovered_value *cell =
		recoveredkeys_of_value(l, "live\\gone", "cell");

	assert_int_equal(recoveredkeys_value(l, "live\\gone", "inline")->record_off,
			 t->inline_record);
	assert_int_equal(recoveredkeys_value(l, "live\\gone", "cell")->record_off,
			 t->cell_record);
	assert_int_equal(cell->places[0].offset, t->cell_record);
	assert_int_equal(cell->runs[0].offset, t->cell_data);
	assert_int_equal(cell->runs[0].len, 12);
}

static void test_key_with_all_kinds_of_values(void **state)
{
	(void)state;
	for (unsigned minor = 0; minor <= 6; minor++) {
		struct recipe t = recipe(minor);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_true(hives_are_silent(&l.hive));
		check_key(&t, &l);
		check_placeholder(&t, &l);
		check_values(&l);
		check_offsets(&t, &l);
		recoveredkeys_close(&l);
	}
}

/* Every free cell is looked through, and nothing else where nothing else is left over. */
static void test_bytes_that_are_searched(void **state)
{
	struct recipe t = recipe(5);
	uint64_t n = 0;
	uint32_t size = 0;

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(t.b);
	for (uint32_t rel = 0; cellmap_next(&l.hive.image->free, rel, &rel);
	     rel += size) {
		assert_true(span_le32(l.hive.image->bins, rel, &size));
		n += size;
	}
	assert_int_equal(l.found->n_searched, n);
	recoveredkeys_close(&l);
}

static void test_nothing_deleted(void **state)
{
	struct builder *b = hives_new(5);

	(void)state;
	builder_value_string(b, builder_path(b, "a\\b", HIVES_TIME), "v", "some text");
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_keys, 0);
	assert_int_equal(l.found->n_values, 0);
	assert_int_equal(l.found->n_lone, 0);
	assert_int_equal(l.found->tree->root->n_children, 0);
	assert_int_equal(l.found->adrift->n_children, 0);
	recoveredkeys_close(&l);
}

/* ---- several keys ---- */

static void test_tree(void **state)
{
	struct builder *b = hives_new(5);
	builder_key a = builder_path(b, "live\\a", LATER(1));
	builder_key c = builder_path(b, "live\\a\\b\\c", LATER(1));

	(void)state;
	builder_key_touch(b, c, LATER(0));
	builder_value_dword(b, builder_key_add(b, a, "d", LATER(2)), "v", 4);
	builder_value_dword(b, c, "w", 5);
	builder_key_delete(b, a, LATER(3));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_keys, 4);
	/* Each loses its subkeys before it goes: that stamps it. */
	assert_int_equal(recoveredkeys_key(&l, "live\\a")->mtime_ft, LATER(3));
	assert_int_equal(recoveredkeys_key(&l, "live\\a\\b")->mtime_ft, LATER(3));
	assert_int_equal(recoveredkeys_key(&l, "live\\a\\b\\c")->mtime_ft, LATER(0));
	assert_int_equal(recoveredkeys_key(&l, "live\\a\\d")->mtime_ft, LATER(2));
	assert_int_equal(recoveredkeys_key(&l, "live\\a")->n_children, 2);
	assert_true(
		recoveredkeys_of_key(&l, recoveredkeys_key(&l, "live\\a"))->had_subkeys);
	assert_true(recoveredkeys_of_key(&l, recoveredkeys_key(&l, "live\\a\\b"))
			    ->had_subkeys);
	assert_false(recoveredkeys_of_key(&l, recoveredkeys_key(&l, "live\\a\\d"))
			     ->had_subkeys);
	assert_true(recoveredkeys_data_is(recoveredkeys_value(&l, "live\\a\\d", "v"),
					  "\4\0\0\0", 4));
	assert_true(recoveredkeys_data_is(recoveredkeys_value(&l, "live\\a\\b\\c", "w"),
					  "\5\0\0\0", 4));
	recoveredkeys_close(&l);
}

/* Free neighbours are one cell: the second record stands in the middle of it. */
static void test_merged_neighbours(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	builder_key keys[6];
	char name[] = "key0";

	(void)state;
	for (size_t i = 0; i < 6; i++, name[3]++)
		keys[i] = builder_key_add(b, live, name, LATER(1));
	for (size_t i = 0; i < 6; i++)
		builder_key_delete(b, keys[(i * 5 + 2) % 6], LATER(2));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_keys, 6);
	size_t n_merged = 0;
	for (size_t i = 0; i < 6; i++) {
		n_merged += !cellmap_has(&l.hive.image->free, keys[i]);
		assert_non_null(recoveredkeys_record(&l, FIRST_BIN + keys[i] + 4));
	}
	assert_true(n_merged >= 4);
	assert_int_equal(recoveredkeys_at(&l, "live")->n_children, 6);
	recoveredkeys_close(&l);
}

static void test_key_below_the_root(void **state)
{
	struct builder *b = hives_new(3);
	builder_key root = builder_root(b), gone = builder_path(b, "gone", LATER(1));

	(void)state;
	builder_value_dword(b, gone, "v", 1);
	builder_key_delete(b, gone, LATER(2));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	const struct key *key = recoveredkeys_key(&l, "gone");
	assert_ptr_equal(key->parent, l.found->tree->root);
	assert_int_equal(recoveredkeys_of_key(&l, key)->parent_rel, root);
	recoveredkeys_close(&l);
}

/* The live one of that name stands elsewhere, and so does an older deleted one. */
static void test_keys_of_one_name(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	builder_key first = builder_key_add(b, live, "name", LATER(1));
	builder_key second = builder_key_add(b, live, "nome", LATER(2));
	size_t at_first = builder_key_offset(b, first);
	size_t at_second = builder_key_offset(b, second);

	(void)state;
	builder_key third = builder_key_add(b, live, "nume", LATER(3));
	builder_key_delete(b, first, LATER(4));
	builder_key_delete(b, second, LATER(5));
	builder_finish(b);
	builder_poke8(b, at_second + NK_NAME + 1, 'a');
	builder_poke8(b, builder_key_offset(b, third) + NK_NAME + 1, 'a');
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(recoveredkeys_count(&l, "name"), 2);
	assert_int_equal(recoveredkeys_at(&l, "live")->n_children, 2);
	assert_int_equal(recoveredkeys_record(&l, at_first)->mtime_ft, LATER(1));
	assert_int_equal(recoveredkeys_record(&l, at_second)->mtime_ft, LATER(2));
	recoveredkeys_close(&l);
}

static void test_names_of_keys(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	builder_key wide = builder_key_add_units(b, live, cyrillic, 3, LATER(1));
	builder_key narrow = builder_key_add_units(b, live, umlauts, 5, LATER(1));
	size_t at_wide = builder_key_offset(b, wide);
	size_t at_narrow = builder_key_offset(b, narrow);

	(void)state;
	builder_key_delete(b, wide, LATER(2));
	builder_key_delete(b, narrow, LATER(2));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	struct text name = key_name(recoveredkeys_record(&l, at_wide));
	assert_int_equal(name.encoding, TEXT_UTF16LE);
	assert_true(span_equal(name.bytes, span_of("\x18\x04\x3c\x04\x4f\x04", 6)));
	name = key_name(recoveredkeys_record(&l, at_narrow));
	assert_true(text_same(name, text_of("Gr\xf6\xdf\x65")));
	recoveredkeys_close(&l);
}

/* ---- values of live keys ---- */

/* root\live with "a", "b", "c" of 8 bytes each; their list has room for three. */
static struct builder *three_values(void)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);

	builder_value_set(b, live, "first", BUILDER_BINARY, "11111111", 8);
	builder_value_set(b, live, "second", BUILDER_BINARY, "22222222", 8);
	builder_value_set(b, live, "third", BUILDER_BINARY, "33333333", 8);
	return b;
}

/* What stands behind the list's last element is known to be this key's. */
static void test_value_behind_the_list(void **state)
{
	struct builder *b = three_values();
	builder_key live = builder_path(b, "live", HIVES_TIME);
	size_t record = builder_value_offset(b, live, "third");

	(void)state;
	builder_value_delete(b, live, "third");
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_keys, 0);
	assert_int_equal(l.found->n_values, 1);
	assert_int_equal(l.found->n_lone, 0);
	const struct value *value = recoveredkeys_value(&l, "live", "third");
	assert_true(recovered_is_placeholder(recoveredkeys_at(&l, "live")));
	assert_int_equal(value->record_off, record);
	assert_true(recoveredkeys_data_is(value, "33333333", 8));
	assert_true(recoveredkeys_of_value(&l, "live", "third")->of_live_key);
	recoveredkeys_close(&l);
}

/* What follows moves up, so that nothing names the first one any more. */
static void test_value_that_nothing_names(void **state)
{
	struct builder *b = three_values();

	(void)state;
	builder_value_delete(b, builder_path(b, "live", HIVES_TIME), "first");
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_values, 0);
	assert_int_equal(l.found->n_lone, 1);
	const struct value *value = recoveredkeys_lone(&l, "first");
	assert_non_null(value);
	assert_true(recoveredkeys_data_is(value, "11111111", 8));
	assert_false(l.found->lone_info[value->position].of_live_key);
	recoveredkeys_close(&l);
}

static void test_two_values_behind_the_list(void **state)
{
	struct builder *b = three_values();
	builder_key live = builder_path(b, "live", HIVES_TIME);

	(void)state;
	builder_value_delete(b, live, "third");
	builder_value_delete(b, live, "second");
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_values, 2);
	assert_true(recoveredkeys_data_is(recoveredkeys_value(&l, "live", "second"),
					  "22222222", 8));
	assert_true(recoveredkeys_data_is(recoveredkeys_value(&l, "live", "third"),
					  "33333333", 8));
	recoveredkeys_close(&l);
}

/* The first element that no cell could have ends the list. */
static void test_end_of_the_tail(void **state)
{
	static const uint32_t ends[] = { 0, 4, 0x1001 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct builder *b = three_values();
		builder_key live = builder_path(b, "live", HIVES_TIME);
		builder_value_delete(b, live, "third");
		builder_value_delete(b, live, "second");
		builder_finish(b);
		builder_poke32(b, builder_key_values_offset(b, live) + 4, ends[i]);
		struct recoveredkeys l = recoveredkeys_of(b);
		assert_int_equal(l.found->n_values, 0);
		assert_int_equal(l.found->n_lone, 2);
		recoveredkeys_close(&l);
	}
}

/* With the last value the list goes. */
static void test_last_value(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);

	(void)state;
	builder_value_set(b, live, "only", BUILDER_BINARY, "11111111", 8);
	builder_value_delete(b, live, "only");
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_values, 0);
	assert_true(recoveredkeys_data_is(recoveredkeys_lone(&l, "only"), "11111111", 8));
	recoveredkeys_close(&l);
}

/* ---- big data ---- */

static void fill(uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
}

static void check_size(unsigned minor, size_t len, size_t n_runs)
{
	struct builder *b = hives_new(minor);
	builder_key gone = builder_path(b, "live\\gone", LATER(1));
	uint8_t *data = malloc(len);

	assert_non_null(data);
	fill(data, len);
	builder_value_set(b, gone, "big", BUILDER_BINARY, data, len);
	builder_value_dword(b, gone, "small", 1);
	builder_key_delete(b, gone, LATER(2));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	const struct value *value = recoveredkeys_value(&l, "live\\gone", "big");
	assert_true(recoveredkeys_data_is(value, data, len));
	assert_int_equal(!!(value->flags & VALUE_FLAG_SEGMENTED), n_runs > 1);
	assert_int_equal(recoveredkeys_of_value(&l, "live\\gone", "big")->n_runs, n_runs);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone")->n_values, 2);
	recoveredkeys_close(&l);
	free(data);
}

static void test_big_data(void **state)
{
	(void)state;
	check_size(5, SEGMENT, 1);
	check_size(5, SEGMENT + 1, 2);
	check_size(5, 2 * SEGMENT, 2);
	check_size(4, 100000, 7);
	/* Before version 1.4 a cell holds any length. */
	check_size(3, 100000, 1);
	check_size(1, 100000, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_with_all_kinds_of_values),
		cmocka_unit_test(test_bytes_that_are_searched),
		cmocka_unit_test(test_nothing_deleted),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_merged_neighbours),
		cmocka_unit_test(test_key_below_the_root),
		cmocka_unit_test(test_keys_of_one_name),
		cmocka_unit_test(test_names_of_keys),
		cmocka_unit_test(test_value_behind_the_list),
		cmocka_unit_test(test_value_that_nothing_names),
		cmocka_unit_test(test_two_values_behind_the_list),
		cmocka_unit_test(test_end_of_the_tail),
		cmocka_unit_test(test_last_value),
		cmocka_unit_test(test_big_data),
	};

	return UNIT_RUN(tests);
}
