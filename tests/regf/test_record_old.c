/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Versions 1.0 and 1.1, of Windows NT 3.1: cells have 8 bytes before their data,
 * names are always UTF-16, values carry no flags.  The recipe builder knows
 * later versions only, so the bin is written here record by record.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"

#include <string.h>

#define HEADER 8 /* size, and where the cell before it begins */

/* Cells of the one bin; sizes are multiples of 16 from 1.1 on. */
enum {
	ROOT = 0x20,
	CHILD = 0x90,
	LIST = 0x100,
	VALUES = 0x110,
	VALUE = 0x120,
	DATA = 0x150,
	REST = 0x170
};

static size_t at(uint32_t cell, size_t field)
{
	return FIRST_BIN + (size_t)cell + HEADER + field;
}

static void put_cell(struct builder *b, uint32_t cell, uint32_t end, uint32_t before)
{
	for (uint32_t i = cell; i < end; i++)
		builder_poke8(b, FIRST_BIN + i, 0);
	builder_poke32(b, FIRST_BIN + cell, 0u - (end - cell));
	builder_poke32(b, FIRST_BIN + cell + 4, before);
}

static void put_wide(struct builder *b, size_t offset, const char *text)
{
	for (; *text; text++, offset += 2)
		builder_poke16(b, offset, (uint8_t)*text);
}

static void put_key(struct builder *b, uint32_t cell, uint32_t parent, const char *name)
{
	builder_poke16(b, at(cell, 0), 0x6b6e);
	/* The flag of a one-byte name has no meaning yet. */
	builder_poke16(b, at(cell, NK_FLAGS), 0x20);
	builder_poke32(b, at(cell, NK_PARENT), parent);
	builder_poke32(b, at(cell, NK_LIST), NIL);
	builder_poke32(b, at(cell, NK_VALUE_LIST), NIL);
	builder_poke32(b, at(cell, NK_SECURITY), NIL);
	builder_poke16(b, at(cell, NK_NAME_LEN), (uint16_t)(2 * strlen(name)));
	put_wide(b, at(cell, NK_NAME), name);
}

static struct builder *old_hive(uint32_t minor)
{
	struct builder *b = hives_new(3);

	builder_finish(b);
	put_cell(b, ROOT, CHILD, NIL);
	put_key(b, ROOT, NIL, "root");
	builder_poke32(b, at(ROOT, NK_SUBKEYS), 1);
	builder_poke32(b, at(ROOT, NK_LIST), LIST);
	put_cell(b, CHILD, LIST, ROOT);
	put_key(b, CHILD, ROOT, "child");
	builder_poke32(b, at(CHILD, NK_VALUES), 1);
	builder_poke32(b, at(CHILD, NK_VALUE_LIST), VALUES);
	put_cell(b, LIST, VALUES, CHILD);
	builder_poke32(b, at(LIST, 0), 0x0001696c); /* "li", 1 */
	builder_poke32(b, at(LIST, LIST_ITEMS), CHILD);
	put_cell(b, VALUES, VALUE, LIST);
	builder_poke32(b, at(VALUES, 0), VALUE);
	put_cell(b, VALUE, DATA, VALUES);
	builder_poke16(b, at(VALUE, 0), 0x6b76);
	builder_poke16(b, at(VALUE, VK_NAME_LEN), 8);
	builder_poke32(b, at(VALUE, VK_SIZE), 20);
	builder_poke32(b, at(VALUE, VK_DATA), DATA);
	builder_poke32(b, at(VALUE, VK_TYPE), 3);
	/* A title index stands where later versions have flags: 3 is no tombstone. */
	builder_poke32(b, at(VALUE, VK_FLAGS), 3);
	put_wide(b, at(VALUE, VK_NAME), "name");
	put_cell(b, DATA, REST, VALUE);
	for (size_t i = 0; i < 20; i++)
		builder_poke8(b, at(DATA, i), (uint8_t)(i + 1));
	put_cell(b, REST, 4096, DATA);
	builder_poke32(b, FIRST_BIN + REST, 4096 - REST); /* free */
	builder_poke32(b, BASE_MINOR, minor);
	builder_checksum(b);
	return b;
}

static void test_old_hive_is_read(void **state)
{
	(void)state;
	for (uint32_t minor = 0; minor < 2; minor++) {
		struct hive hive = hives_open(old_hive(minor));
		struct record_run run = { 0 };
		assert_true(hives_are_silent(&hive));
		assert_int_equal(hive.image->cell_header, 8);
		assert_int_equal(hive.tree->n_keys, 2);
		const struct key *child = hives_key(&hive, "child");
		assert_true(text_same(key_name(child), text_of("child")));
		assert_int_equal(child->record_off, at(CHILD, 0));
		assert_int_equal(child->n_values, 1);
		const struct value *value = hives_value(&hive, "child", "name");
		assert_int_equal(value->data_len, 20);
		assert_int_equal(value->data[0], 1);
		assert_int_equal(value->data[19], 20);
		assert_int_equal(record_data_runs(hive.image, value, &run, 1), 1);
		assert_int_equal(run.file_off, at(DATA, 0));
		hives_close(&hive);
	}
}

/* The same bytes taken for version 1.2 make no sense: cells are read otherwise. */
static void test_version_decides(void **state)
{
	struct hive hive = hives_open(old_hive(2));

	(void)state;
	assert_int_equal(hive.image->cell_header, 4);
	assert_int_equal(hive.read, STATUS_MALFORMED);
	hives_close(&hive);
}

/* Data may fill their cell but for the 8 bytes before them. */
static void test_room_of_a_cell(void **state)
{
	struct builder *b = old_hive(1);
	struct span cell;

	(void)state;
	builder_poke32(b, at(VALUE, VK_SIZE), 24);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_value(&hive, "child", "name")->data_len, 24);
	assert_true(image_cell(hive.image, LIST, &cell));
	assert_int_equal(cell.len, 8);
	hives_close(&hive);
	b = old_hive(1);
	builder_poke32(b, at(VALUE, VK_SIZE), 25);
	hive = hives_open(b);
	assert_true(hives_say_only(&hive, DIAG_DATA_SHORT, at(VALUE, 0)));
	assert_int_equal(hives_value(&hive, "child", "name")->data_len, 24);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_old_hive_is_read),
		cmocka_unit_test(test_version_decides),
		cmocka_unit_test(test_room_of_a_cell),
	};

	return UNIT_RUN(tests);
}
