/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records in other places than free cells: in cells in use that nothing refers
 * to, behind what a live cell uses, behind the last bin, and in what is passed
 * over as damaged.
 */
#include "help/unit.h"

#include "help/recoveredkeys.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells in use that nothing refers to ---- */

/* root\p with "a", "b", "c"; the last one has a value in two cells. */
struct family {
	struct builder *b;
	builder_key p, c;
};

static struct family family(unsigned minor)
{
	struct family t = { .b = hives_new(minor) };

	t.p = builder_path(t.b, "p", HIVES_TIME);
	builder_path(t.b, "p\\a", HIVES_TIME);
	builder_path(t.b, "p\\b", HIVES_TIME);
	t.c = builder_path(t.b, "p\\c", LATER(1));
	builder_value_set(t.b, t.c, "v", BUILDER_BINARY, "0123456789ab", 12);
	builder_finish(t.b);
	return t;
}

/* Takes the last of p's subkeys off its list, without freeing a cell. */
static void unlist_last(const struct family *t)
{
	builder_poke16(t->b, builder_key_list_offset(t->b, t->p) + LIST_COUNT, 2);
	builder_poke32(t->b, builder_key_offset(t->b, t->p) + NK_SUBKEYS, 2);
}

static void test_lost_key(void **state)
{
	(void)state;
	for (unsigned minor = 1; minor < 6; minor += 2) {
		struct family t = family(minor);
		size_t record = builder_key_offset(t.b, t.c);
		unlist_last(&t);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		const struct key *key = recoveredkeys_key(&l, "p\\c");
		assert_int_equal(key->record_off, record);
		assert_int_equal(recoveredkeys_of_key(&l, key)->places[0].origin,
				 RECOVERED_LOST);
		assert_int_equal(
			recoveredkeys_of_value(&l, "p\\c", "v")->places[0].origin,
			RECOVERED_LOST);
		assert_true(recoveredkeys_data_is(recoveredkeys_value(&l, "p\\c", "v"),
						  "0123456789ab", 12));
		assert_int_equal(l.found->n_keys, 1);
		recoveredkeys_close(&l);
	}
}

static void test_lost_tree(void **state)
{
	struct family t = family(5);

	(void)state;
	builder_value_dword(t.b, builder_path(t.b, "p\\c\\d", LATER(2)), "w", 1);
	builder_key_touch(t.b, t.p, LATER(2));
	builder_finish(t.b);
	unlist_last(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "p\\c\\d")->n_values, 1);
	assert_int_equal(recoveredkeys_of_key(&l, recoveredkeys_key(&l, "p\\c\\d"))
				 ->places[0]
				 .origin,
			 RECOVERED_LOST);
	assert_int_equal(l.found->n_keys, 2);
	recoveredkeys_close(&l);
}

/* The value of a live key that its list leaves out. */
static void test_lost_value(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);

	(void)state;
	builder_value_set(b, live, "first", BUILDER_BINARY, "11111111", 8);
	builder_value_set(b, live, "second", BUILDER_BINARY, "22222222", 8);
	builder_finish(b);
	builder_poke32(b, builder_key_offset(b, live) + NK_VALUES, 1);
	struct recoveredkeys l = recoveredkeys_of(b);
	const struct value *value = recoveredkeys_value(&l, "live", "second");
	assert_true(recoveredkeys_data_is(value, "22222222", 8));
	const struct recovered_value *info = recoveredkeys_of_value(&l, "live", "second");
	assert_int_equal(info->places[0].origin, RECOVERED_LOST);
	assert_true(info->of_live_key);
	recoveredkeys_close(&l);
}

/* ---- the unused end of a live cell ---- */

/*
 * Bytes at an offset in the data of a value that were longer: of the deleted
 * record, with the size before it, in the place where a cell could begin.
 */
struct slack {
	struct builder *b;
	builder_key live, old;
	size_t record;
};

static struct slack slack_of(bool key, size_t shift)
{
	struct slack t = { .b = hives_new(5) };
	uint8_t bytes[256] = { 0 };
	size_t len = 0;

	t.live = builder_path(t.b, "live", HIVES_TIME);
	t.old = builder_path(t.b, "live\\old", HIVES_TIME);
	builder_key gone = builder_path(t.b, "live\\gone", LATER(1));
	builder_value_dword(t.b, gone, "deleted", 7);
	size_t at = key ? builder_key_offset(t.b, gone)
			: builder_value_offset(t.b, gone, "deleted");
	memcpy(bytes + 100 + shift, builder_bytes(t.b, &len) + at - 4, 92);
	memset(builder_bytes(t.b, &len) + at, 0, 27);
	builder_value_set(t.b, t.live, "v", BUILDER_BINARY, bytes, sizeof(bytes));
	builder_value_set(t.b, t.live, "v", BUILDER_BINARY, bytes, 16);
	builder_finish(t.b);
	t.record = builder_value_data_offset(t.b, t.live, "v") + 104 + shift;
	return t;
}

/* The key whose record was copied is deleted by hand. */
static void unlist_gone(const struct slack *t)
{
	size_t list = builder_key_list_offset(t->b, t->live);

	builder_poke16(t->b, list + LIST_COUNT, 1);
	builder_poke32(t->b, builder_key_offset(t->b, t->live) + NK_SUBKEYS, 1);
	/* "gone" came before "old"; a hash of 0 fits every name. */
	builder_poke32(t->b, list + LIST_ITEMS, t->old);
	builder_poke32(t->b, list + LIST_ITEMS + 4, 0);
}

static void test_key_in_slack(void **state)
{
	struct slack t = slack_of(true, 0);

	(void)state;
	unlist_gone(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_key(&l, "live\\gone");
	assert_int_equal(key->record_off, t.record);
	assert_int_equal(recoveredkeys_of_key(&l, key)->places[0].origin,
			 RECOVERED_SLACK);
	assert_true(recoveredkeys_data_is(
		recoveredkeys_value(&l, "live\\gone", "deleted"), "\7\0\0\0", 4));
	recoveredkeys_close(&l);
}

static void test_value_in_slack(void **state)
{
	struct slack t = slack_of(false, 0);

	(void)state;
	unlist_gone(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct value *value = recoveredkeys_lone(&l, "deleted");
	assert_non_null(value);
	assert_int_equal(value->record_off, t.record);
	assert_int_equal(l.found->lone_info[value->position].places[0].origin,
			 RECOVERED_SLACK);
	recoveredkeys_close(&l);
}

/* A copy of a page inside a value's data: no cell begins there. */
static void test_no_record_off_the_steps_of_cells(void **state)
{
	static const size_t shifts[] = { 1, 2, 3, 4, 5, 6, 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shifts); i++) {
		struct slack t = slack_of(true, shifts[i]);
		unlist_gone(&t);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(l.found->n_keys, 0);
		recoveredkeys_close(&l);
	}
}

/* What a live value still uses is its own, whatever it looks like. */
static void test_no_record_in_live_data(void **state)
{
	struct slack t = slack_of(true, 0);

	(void)state;
	unlist_gone(&t);
	builder_poke32(t.b, builder_value_offset(t.b, t.live, "v") + VK_SIZE, 256);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->n_keys, 0);
	recoveredkeys_close(&l);
}

/* ---- behind the last bin ---- */

/* A key with a value whose cells all stand in the second bin, which is given up. */
static struct builder *trimmed(unsigned minor, size_t *record)
{
	static const uint8_t bytes[3500];
	char name[201] = "", value[101] = "";
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = minor,
						       .file_step = 0x10000,
						       .last_written = HIVES_TIME,
						       .sequence = 7 });
	builder_key live = builder_path(b, "live", HIVES_TIME);

	builder_path(b, "live\\old", HIVES_TIME);
	builder_path(b, "live\\room", HIVES_TIME);
	builder_key_delete(b, builder_path(b, "live\\room", HIVES_TIME), HIVES_TIME);
	builder_value_set(b, live, "filler", BUILDER_BINARY, bytes, sizeof(bytes) - 200);
	memset(name, 'k', sizeof(name) - 1);
	memset(value, 'v', sizeof(value) - 1);
	builder_key gone = builder_key_add(b, live, name, LATER(1));
	builder_value_dword(b, gone, value, 1);
	builder_value_set(b, gone, "data", BUILDER_BINARY, bytes, 400);
	*record = builder_key_offset(b, gone);
	assert_true(*record > FIRST_BIN + 4096);
	builder_key_delete(b, gone, LATER(2));
	builder_trim(b);
	builder_finish(b);
	return b;
}

static void test_key_behind_the_last_bin(void **state)
{
	static const unsigned minors[] = { 3, 5 };
	size_t record = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(minors); i++) {
		struct recoveredkeys l = recoveredkeys_of(trimmed(minors[i], &record));
		assert_int_equal(l.hive.image->bins.len, 4096);
		const struct key *key = recoveredkeys_record(&l, record);
		assert_non_null(key);
		assert_ptr_equal(key->parent, recoveredkeys_at(&l, "live"));
		assert_int_equal(recoveredkeys_of_key(&l, key)->places[0].origin,
				 RECOVERED_TAIL);
		recoveredkeys_close(&l);
	}
}

/* The file ends in the middle of the record, or of a cell's size. */
static void test_file_that_ends_behind_the_last_bin(void **state)
{
	size_t record = 0;

	(void)state;
	builder_free(trimmed(5, &record));
	for (size_t len = record - 12; len < record + 300; len += 7) {
		struct builder *b = trimmed(5, &record);
		struct recoveredkeys l = recoveredkeys_of_hive(hives_open_part(b, len));
		bool whole = len >= record + 76 + 200;
		assert_int_equal(recoveredkeys_record(&l, record) != NULL, whole);
		recoveredkeys_close(&l);
	}
}

/* ---- what is passed over ---- */

/* The walk of the cells ends at one of impossible size; what follows is still looked at. */
static void test_records_behind_a_damaged_cell(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);

	(void)state;
	builder_path(b, "live\\old", HIVES_TIME);
	uint32_t damaged = hives_cell(b, 40);
	builder_key gone = builder_path(b, "live\\gone", LATER(1));
	size_t record = builder_key_offset(b, gone);
	builder_key_delete(b, gone, LATER(2));
	builder_finish(b);
	assert_true(hives_data(damaged) < record);
	builder_poke32(b, hives_data(damaged) - 4, 3);
	(void)live;
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(diag_count_of(l.hive.diags, DIAG_CELL_DAMAGED), 1);
	const struct key *key = recoveredkeys_record(&l, record);
	assert_non_null(key);
	/* Nothing tells whether its cell is free. */
	assert_int_equal(recoveredkeys_of_key(&l, key)->places[0].origin,
			 RECOVERED_UNMAPPED);
	recoveredkeys_close(&l);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(recovered_origin_word(RECOVERED_FREE), "free");
	assert_string_equal(recovered_origin_word(RECOVERED_LOST), "lost");
	assert_string_equal(recovered_origin_word(RECOVERED_SLACK), "slack");
	assert_string_equal(recovered_origin_word(RECOVERED_TAIL), "tail");
	assert_string_equal(recovered_origin_word(RECOVERED_UNMAPPED), "unmapped");
	assert_string_equal(recovered_origin_word(RECOVERED_LOG), "log");
	assert_string_equal(recovered_certainty_word(RECOVERED_CERTAIN), "certain");
	assert_string_equal(recovered_certainty_word(RECOVERED_PROBABLE), "probable");
	assert_string_equal(recovered_certainty_word(RECOVERED_POSSIBLE), "possible");
	assert_string_equal(recovered_certainty_word(RECOVERED_PARTIAL), "partial");
	assert_string_equal(recovered_since_word(RECOVERED_SINCE_UNKNOWN), "unknown");
	assert_string_equal(recovered_since_word(RECOVERED_SINCE_EARLIER), "earlier");
	assert_string_equal(recovered_since_word(RECOVERED_SINCE_BETWEEN), "between");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lost_key),
		cmocka_unit_test(test_lost_tree),
		cmocka_unit_test(test_lost_value),
		cmocka_unit_test(test_key_in_slack),
		cmocka_unit_test(test_value_in_slack),
		cmocka_unit_test(test_no_record_off_the_steps_of_cells),
		cmocka_unit_test(test_no_record_in_live_data),
		cmocka_unit_test(test_key_behind_the_last_bin),
		cmocka_unit_test(test_file_that_ends_behind_the_last_bin),
		cmocka_unit_test(test_records_behind_a_damaged_cell),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
