/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values, and bytes, that may be another key's. */
#include "help/unit.h"

#include "help/apart.h"

#include "regf/recover/doubtvalues.h"

#include "regf/record.h"

enum { REG_SZ = 1, REG_BINARY = 3 };

/* A space of 256 bytes: at 64 a cell of 32 bytes that holds a value's record. */
static void add_space(struct search *search)
{
	static uint8_t space[256];

	space[64] = 32;
	memcpy(space + 68, "vk", 2);
	search->space = span_of(space, sizeof(space));
	search->cell_header = 4;
}

static bool is_other(const void *bytes, size_t len)
{
	struct search search = { .cell_header = 0 };

	add_space(&search);
	return doubtvalues_is_other(&search, span_of(bytes, len));
}

static void test_marks(void **state)
{
	static const uint8_t list[] = { 'l', 'h', 1, 0, 96, 0, 0, 0, 1, 2, 3, 4 };
	static const uint8_t no_list[] = { 'l', 'h', 1, 0, 97, 0, 0, 0, 1, 2, 3, 4 };
	static const uint8_t offsets[] = { 96, 0, 0, 0, 104, 0, 0, 0 };

	(void)state;
	assert_true(is_other(list, sizeof(list)));
	assert_false(is_other(no_list, sizeof(no_list)));
	assert_false(is_other(offsets, sizeof(offsets)));
}

/* One key with two values, "a" and "b", of which the data are inline. */
struct recipe {
	struct deleted_key key;
	struct deleted_value values[2];
	struct search search;
};

static void recipe(struct recipe *t)
{
	static const uint8_t names[] = "ab", data[] = { 1, 2, 3, 4 };

	*t = (struct recipe){ .key = { .largest_name = 2, .largest_data = 4 } };
	for (size_t i = 0; i < 2; i++)
		t->values[i] = (struct deleted_value){ .name = names + i,
						       .name_len = 1,
						       .size = 4,
						       .known = 4,
						       .bytes = data };
	t->search.trust_largest = true;
	t->search.keys.items = &t->key;
	t->search.keys.n = 1;
	t->search.values.items = t->values;
	t->search.values.n = 2;
}

static void check(struct recipe *t, enum recovered_certainty first,
		  enum recovered_certainty second)
{
	assert_int_equal(doubtvalues_all(&t->search), STATUS_OK);
	assert_int_equal(t->values[0].certainty, first);
	assert_int_equal(t->values[1].certainty, second);
}

static void test_largest(void **state)
{
	struct recipe t;

	(void)state;
	recipe(&t);
	check(&t, RECOVERED_CERTAIN, RECOVERED_CERTAIN);
	t.key.largest_data = 5;
	check(&t, RECOVERED_POSSIBLE, RECOVERED_POSSIBLE);
	recipe(&t);
	t.key.largest_name = 4;
	check(&t, RECOVERED_POSSIBLE, RECOVERED_POSSIBLE);
	/* Other writers do not keep the sizes. */
	recipe(&t);
	t.key.largest_name = 4;
	t.search.trust_largest = false;
	check(&t, RECOVERED_CERTAIN, RECOVERED_CERTAIN);
}

static void test_same_names_and_places(void **state)
{
	struct recipe t;

	(void)state;
	recipe(&t);
	t.values[1].name = t.values[0].name;
	check(&t, RECOVERED_POSSIBLE, RECOVERED_POSSIBLE);
	recipe(&t);
	t.values[1].origin = RECOVERED_LOST;
	check(&t, RECOVERED_CERTAIN, RECOVERED_POSSIBLE);
}

/* The certainty of a value of that type, whose data stand in a cell. */
static enum recovered_certainty certainty_of(const void *bytes, uint32_t len,
					     uint32_t type, bool head_lost)
{
	struct recipe t;

	recipe(&t);
	add_space(&t.search);
	t.values[0].head_lost = head_lost;
	t.key.largest_data = len & ~READER_DATA_INLINE;
	t.values[0].size = len;
	t.values[0].known = t.key.largest_data;
	t.values[0].bytes = bytes;
	t.values[0].type = type;
	assert_int_equal(doubtvalues_all(&t.search), STATUS_OK);
	assert_false(t.values[0].data_lost);
	assert_int_equal(t.values[0].known, t.key.largest_data);
	return t.values[0].certainty;
}

/* What may be a list stays, but is less sure. */
static void test_lists(void **state)
{
	static const uint8_t to_record[] = { 64, 0, 0, 0, 'S', 'e' };
	static const uint8_t to_none[] = { 72, 0, 0, 0, 'S', 'e', 't', 't' };
	static const uint8_t offsets[] = { 96, 0, 0, 0, 104, 0, 0, 0 };
	static const uint8_t numbers[] = { 96, 0, 0, 0, 105, 0, 0, 0 };
	static const uint8_t outside[] = { 96, 0, 0, 0, 0, 1, 0, 0 };

	(void)state;
	assert_int_equal(certainty_of(to_record, 6, REG_BINARY, false),
			 RECOVERED_POSSIBLE);
	assert_int_equal(certainty_of(to_none, 8, REG_BINARY, false), RECOVERED_CERTAIN);
	assert_int_equal(certainty_of(offsets, 8, REG_BINARY, false), RECOVERED_POSSIBLE);
	assert_int_equal(certainty_of(numbers, 8, REG_BINARY, false), RECOVERED_CERTAIN);
	assert_int_equal(certainty_of(outside, 8, REG_BINARY, false), RECOVERED_CERTAIN);
	/* In the record itself no list has stood. */
	assert_int_equal(
		certainty_of(to_record, 4 | READER_DATA_INLINE, REG_BINARY, false),
		RECOVERED_CERTAIN);
	/* A link over the head says nothing of the rest. */
	assert_int_equal(certainty_of(to_record, 6, REG_BINARY, true), RECOVERED_CERTAIN);
	assert_int_equal(certainty_of(offsets, 8, REG_BINARY, true), RECOVERED_CERTAIN);
}

/* What is no text stays where the type says text, but is less sure. */
static void test_text(void **state)
{
	(void)state;
	assert_int_equal(certainty_of("a\0b\0\0\0", 6, REG_SZ, false), RECOVERED_CERTAIN);
	assert_int_equal(certainty_of("a\0b\0c\0", 6, REG_SZ, false), RECOVERED_POSSIBLE);
	assert_int_equal(certainty_of("a\0b\0\0", 5, REG_SZ, false), RECOVERED_POSSIBLE);
	assert_int_equal(certainty_of("a\0b\0c\0", 6, REG_BINARY, false),
			 RECOVERED_CERTAIN);
	/* In the record itself. */
	assert_int_equal(certainty_of("a\0b\0", 4 | READER_DATA_INLINE, REG_SZ, false),
			 RECOVERED_CERTAIN);
}

/* Behind the list of a live key: of that key only if an earlier state has it there. */
static void test_behind_a_live_list(void **state)
{
	enum { NOTHING, THE_SAME, OTHER_DATA, OTHER_CELL, OTHER_NAME, CASES };
	enum { REL = 64 };
	static uint8_t data[4];
	struct value was = { .name_len = 1, .data = data, .data_len = sizeof(data) };
	struct key then = { .values = &was, .n_values = 1 };
	struct key_tree tree = { .root = &then };
	struct recovered_witness witness = { .keys = &tree };
	struct recovered_source source = { .witnesses = &witness };
	struct key live = { .n_values = 0 };
	struct recipe t;

	(void)state;
	for (int i = NOTHING; i < CASES; i++) {
		recipe(&t);
		t.search.source = &source;
		t.values[0].rel = REL;
		t.values[0].owner = DELETED_NONE;
		t.values[0].owner_live = &live;
		source.n_witnesses = i != NOTHING;
		was.name = (const uint8_t *)(i == OTHER_NAME ? "c" : "a");
		was.record_off =
			IMAGE_BASE_SIZE + REL + (i == OTHER_CELL ? CELLMAP_UNIT : 0);
		memcpy(data, t.values[0].bytes, sizeof(data));
		data[3] = i == OTHER_DATA ? 9 : data[3];
		check(&t, i == THE_SAME ? RECOVERED_CERTAIN : RECOVERED_POSSIBLE,
		      RECOVERED_CERTAIN);
	}
}

/* An earlier state has "a" with other data, and no "b". */
static void test_earlier_state(void **state)
{
	static const uint8_t other[] = { 1, 2, 3, 5 };
	struct value then = {
		.name = (const uint8_t *)"a", .name_len = 1, .data = other, .data_len = 4
	};
	struct key witness = { .mtime_ft = 7, .values = &then, .n_values = 1 };
	struct recipe t;

	(void)state;
	recipe(&t);
	t.key.witness = &witness;
	t.key.mtime_ft = 8;
	check(&t, RECOVERED_POSSIBLE, RECOVERED_POSSIBLE);
	/* Not written since: neither is the key's. */
	recipe(&t);
	t.key.witness = &witness;
	t.key.mtime_ft = 7;
	assert_int_equal(doubtvalues_all(&t.search), STATUS_OK);
	assert_true(t.values[0].data_lost);
	assert_int_equal(t.values[0].known, 0);
	assert_int_equal(t.values[1].owner, DELETED_NONE);
	/* Unless its name may be another: then it is only unsure. */
	recipe(&t);
	t.key.witness = &witness;
	t.key.mtime_ft = 7;
	t.values[1].inferred = RECOVERED_INFERRED_NAME_LENGTH;
	assert_int_equal(doubtvalues_all(&t.search), STATUS_OK);
	assert_int_equal(t.values[1].owner, 0);
	assert_int_equal(t.values[1].certainty, RECOVERED_POSSIBLE);
	/* The same data. */
	recipe(&t);
	t.key.witness = &witness;
	t.key.mtime_ft = 8;
	then.data = t.values[0].bytes;
	check(&t, RECOVERED_CERTAIN, RECOVERED_POSSIBLE);
}

/* The record of a value stays where it is: one in another cell is another key's. */
static void test_cell_in_the_earlier_state(void **state)
{
	enum { CELL = 128 };
	struct value then = { .name = (const uint8_t *)"a",
			      .name_len = 1,
			      .data_len = 4 };
	struct key witness = { .mtime_ft = 7, .values = &then, .n_values = 1 };
	struct recipe t;

	(void)state;
	for (int moved = 0; moved < 2; moved++) {
		recipe(&t);
		t.key.witness = &witness;
		t.key.mtime_ft = 7;
		t.values[0].rel = CELL;
		t.search.cell_header = 4;
		then.data = t.values[0].bytes;
		then.record_off = IMAGE_BASE_SIZE + 4 + CELL + (moved ? 32 : 0);
		assert_int_equal(doubtvalues_all(&t.search), STATUS_OK);
		assert_int_equal(t.values[0].owner, moved ? DELETED_NONE : 0);
	}
}

/* ---- a first value that no element names ---- */

#define SECTION "0123456789abcdef0123456789abcdef"

static struct apart section(void)
{
	return apart_named(&(struct builder_options){ .minor = 3,
						      .windows_2000 = true,
						      .last_written = LATER(9),
						      .sequence = 7 },
			   SECTION, "001f3001", "01026600");
}

static enum recovered_certainty certainty_by_name(const struct recoveredkeys *l,
						  const char *name)
{
	return recoveredkeys_of_value(l, "parent\\" SECTION, name)->certainty;
}

/* No text ends so: another value's data may stand there. Bytes of any kind may. */
static void test_end_of_the_data(void **state)
{
	static const struct {
		const char *name;
		enum recovered_certainty certainty;
	} rows[] = {
		{ "01026600", RECOVERED_CERTAIN },
		{ "001f6600", RECOVERED_POSSIBLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct apart t = apart_named(
			&(struct builder_options){
				.minor = 5, .last_written = LATER(9), .sequence = 7 },
			SECTION, "01023001", rows[i].name);
		apart_delete(&t);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(certainty_by_name(&l, rows[i].name), rows[i].certainty);
		assert_int_equal(certainty_by_name(&l, "01023001"), RECOVERED_CERTAIN);
		recoveredkeys_close(&l);
	}
}

static void test_first_value_that_nothing_names(void **state)
{
	struct apart t = section();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(certainty_by_name(&l, "01026600"), RECOVERED_CERTAIN);
	assert_int_equal(certainty_by_name(&l, "001f3001"), RECOVERED_POSSIBLE);
	assert_true(recoveredkeys_of_value(&l, "parent\\" SECTION, "001f3001")->inferred &
		    RECOVERED_INFERRED_FIRST_VALUE);
	recoveredkeys_close(&l);
}

/* An earlier state has the key with it: that is a proof. */
static void test_first_value_that_a_state_has(void **state)
{
	struct apart t = section();
	struct builder *before = builder_clone(t.b);

	(void)state;
	builder_finish(before);
	struct recoveredkeys earlier = recoveredkeys_of(before);
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_after(t.b, &earlier, NULL);
	assert_int_equal(certainty_by_name(&l, "01026600"), RECOVERED_CERTAIN);
	assert_int_equal(certainty_by_name(&l, "001f3001"), RECOVERED_CERTAIN);
	recoveredkeys_close(&l);
	recoveredkeys_close(&earlier);
}

/* An earlier state has the key without it, and it was not written since. */
static void test_first_value_that_a_state_has_not(void **state)
{
	struct apart t = section();
	struct builder *before = builder_clone(t.b);

	(void)state;
	builder_value_delete(
		before,
		builder_key_find(before, builder_root(before), "parent\\" SECTION),
		"001f3001");
	builder_finish(before);
	struct recoveredkeys earlier = recoveredkeys_of(before);
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_after(t.b, &earlier, NULL);
	assert_null(key_value(recoveredkeys_key(&l, "parent\\" SECTION),
			      text_of("001f3001")));
	/* It stays what it was without a key. */
	const struct value *lone = recoveredkeys_lone(&l, "001f3001");
	assert_non_null(lone);
	assert_int_equal(l.found->lone_info[lone->position].inferred,
			 RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_NAME_LENGTH);
	recoveredkeys_close(&l);
	recoveredkeys_close(&earlier);
}

/* Behind the list of a live key: it is the key's if a state has it in that very cell. */
static void test_behind_the_list(void **state)
{
	enum { REL = 64 };
	struct recipe t;

	(void)state;
	for (int moved = 0; moved < 2; moved++) {
		recipe(&t);
		struct value then = { .name = t.values[0].name,
				      .name_len = 1,
				      .data = t.values[0].bytes,
				      .data_len = 4,
				      .record_off = IMAGE_BASE_SIZE + REL +
						    (moved ? CELLMAP_UNIT : 0) };
		struct key root = { .values = &then, .n_values = 1 }, live = { 0 };
		struct key_tree keys = { .root = &root };
		struct recovered_witness witness = { .keys = &keys };
		struct recovered_source source = { .witnesses = &witness,
						   .n_witnesses = 1 };
		t.search.source = &source;
		t.search.values.n = 1;
		t.values[0].rel = REL;
		t.values[0].owner = DELETED_NONE;
		t.values[0].owner_live = &live;
		assert_int_equal(doubtvalues_all(&t.search), STATUS_OK);
		assert_int_equal(t.values[0].certainty,
				 moved ? RECOVERED_POSSIBLE : RECOVERED_CERTAIN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_behind_a_live_list),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_same_names_and_places),
		cmocka_unit_test(test_earlier_state),
		cmocka_unit_test(test_cell_in_the_earlier_state),
		cmocka_unit_test(test_end_of_the_data),
		cmocka_unit_test(test_first_value_that_nothing_names),
		cmocka_unit_test(test_first_value_that_a_state_has),
		cmocka_unit_test(test_first_value_that_a_state_has_not),
		cmocka_unit_test(test_behind_the_list),
	};

	return UNIT_RUN(tests);
}
