/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the own reader have in common: one key record, taken once. */
#include "help/unit.h"

#include "help/hives.h"

#include "base/arena.h"
#include "regf/reader.h"

#include <stdlib.h>

/* A reader that has read nothing yet of root\a and root\b with a value. */
struct taking {
	struct hive hive;
	struct usage usage;
	struct reader reader;
	builder_key a, b;
	uint32_t value, data; /* cells */
};

static struct taking taking(void)
{
	struct builder *b = hives_new(5);
	struct taking t = { 0 };

	t.a = builder_path(b, "a", HIVES_TIME);
	t.b = builder_path(b, "b", HIVES_TIME);
	builder_value_string(b, t.b, "v", "some text");
	t.value = hives_cell_at(builder_value_offset(b, t.b, "v"));
	t.data = hives_cell_at(builder_value_data_offset(b, t.b, "v"));
	builder_finish(b);
	t.hive = hives_open(b);
	assert_int_equal(usage_init(&t.usage, (uint32_t)t.hive.image->bins.len),
			 STATUS_OK);
	return t;
}

static void start(struct taking *t)
{
	t->reader = (struct reader){ .image = t->hive.image,
				     .diags = t->hive.diags,
				     .usage = &t->usage };
}

static void end(struct taking *t)
{
	free(t->reader.elements.items);
	usage_clear(&t->usage);
	hives_close(&t->hive);
}

static void test_key_records(void **state)
{
	struct taking t = taking();
	struct reader_key_wire wire;
	struct span cell;

	(void)state;
	assert_true(reader_key(t.hive.image, t.a, &cell, &wire));
	assert_int_equal(le16(wire.name_len), 1);
	assert_true(span_starts(cell, READER_KEY_SIZE, "a", 1));
	assert_int_equal(le32(wire.parent), t.hive.image->base.root_rel);
	assert_true(le64(wire.time) == HIVES_TIME);
	/* A value's record, its data, the middle of a cell, no place at all. */
	assert_false(reader_key(t.hive.image, t.value, &cell, &wire));
	assert_false(reader_key(t.hive.image, t.data, &cell, &wire));
	assert_false(reader_key(t.hive.image, t.a + 8, &cell, &wire));
	assert_false(reader_key(t.hive.image, t.a + 4, &cell, &wire));
	assert_false(reader_key(t.hive.image, 0, &cell, &wire));
	assert_false(reader_key(t.hive.image, NIL, &cell, &wire));
	end(&t);
}

/* A cell whose data are one byte too short for the fixed part of a key, and one not. */
static void test_shortest_record(void **state)
{
	(void)state;
	for (size_t len = READER_KEY_SIZE - 8; len <= READER_KEY_SIZE; len += 8) {
		struct builder *b = hives_new(5);
		struct reader_key_wire wire;
		struct span cell;
		uint32_t rel = hives_cell(b, len);
		builder_finish(b);
		builder_poke16(b, hives_data(rel), 'n' | 'k' << 8);
		struct hive hive = hives_open(b);
		assert_int_equal(reader_key(hive.image, rel, &cell, &wire),
				 len == READER_KEY_SIZE);
		hives_close(&hive);
	}
}

static void test_elements_are_taken_once(void **state)
{
	struct taking t = taking();
	struct reader_element element = { t.a, 0x1234, READER_HINT_HASH };

	(void)state;
	start(&t);
	assert_int_equal(reader_take(&t.reader, 0x20, element), STATUS_OK);
	assert_int_equal(t.reader.elements.n, 1);
	assert_int_equal(t.reader.elements.items[0].rel, t.a);
	assert_int_equal(t.reader.elements.items[0].hint, 0x1234);
	assert_int_equal(t.reader.elements.items[0].kind, READER_HINT_HASH);
	assert_true(hives_are_silent(&t.hive));
	assert_true(cellmap_has(&t.usage.referenced, t.a));
	/* Again: reported at the record itself. */
	assert_int_equal(reader_take(&t.reader, 0x20, element), STATUS_OK);
	assert_int_equal(t.reader.elements.n, 1);
	assert_true(hives_say_only(&t.hive, DIAG_KEY_REPEATED, hives_data(t.a)));
	end(&t);
}

static void test_elements_that_are_no_keys(void **state)
{
	struct taking t = taking();

	(void)state;
	start(&t);
	/* Reported at the record of the key whose list it is. */
	assert_int_equal(
		reader_take(&t.reader, t.b, (struct reader_element){ .rel = t.value }),
		STATUS_OK);
	assert_true(hives_say_only(&t.hive, DIAG_KEY_DAMAGED, hives_data(t.b)));
	assert_int_equal(
		reader_take(&t.reader, t.b, (struct reader_element){ .rel = NIL }),
		STATUS_OK);
	assert_int_equal(diag_count_of(t.hive.diags, DIAG_KEY_DAMAGED), 2);
	assert_int_equal(t.reader.elements.n, 0);
	/* Refused, so not claimed: whose it is may still take it. */
	assert_true(reader_claim(&t.reader, t.value));
	assert_false(reader_claim(&t.reader, t.value));
	end(&t);
}

static void test_unused_ends(void **state)
{
	struct taking t = taking();
	struct reader_key_wire wire;
	struct span cell;

	(void)state;
	start(&t);
	assert_true(reader_key(t.hive.image, t.a, &cell, &wire));
	assert_int_equal(reader_used(&t.reader, cell, cell.len - USAGE_MIN_SLACK + 1),
			 STATUS_OK);
	assert_int_equal(t.usage.slack.n, 0);
	assert_int_equal(reader_used(&t.reader, cell, cell.len - USAGE_MIN_SLACK),
			 STATUS_OK);
	assert_int_equal(t.usage.slack.n, 1);
	/* Counted from the first bin; the cell's header is 4 bytes. */
	assert_int_equal(t.usage.slack.items[0].rel,
			 t.a + 4 + cell.len - USAGE_MIN_SLACK);
	assert_int_equal(t.usage.slack.items[0].len, USAGE_MIN_SLACK);
	assert_int_equal(reader_offset(&t.reader, t.a), hives_data(t.a));
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_records),
		cmocka_unit_test(test_shortest_record),
		cmocka_unit_test(test_elements_are_taken_once),
		cmocka_unit_test(test_elements_that_are_no_keys),
		cmocka_unit_test(test_unused_ends),
	};

	return UNIT_RUN(tests);
}
