/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the free cells of a hive tell of who freed them: Windows 2000, later systems,
 * or both, one after the other; and what can be a link.
 */
#include "help/unit.h"

#include "help/apart.h"

#include "regf/freecells.h"

#include <stdio.h>
#include <string.h>

#define PAGE 4096u

/* ---- how many begin with a link ---- */

/* Frees n values of different sizes with allocated cells between them. */
static struct hive with_free_cells(bool windows_2000, size_t n)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3, .windows_2000 = windows_2000, .sequence = 1 });
	builder_key root = builder_root(b);
	uint8_t data[128];
	char name[32];

	memset(data, 0x31, sizeof(data));
	for (size_t i = 0; i < n; i++)
		(void)hives_cell(b, 4 + 2 * i % 100);
	for (size_t i = 0; i < 2 * n; i++) {
		(void)snprintf(name, sizeof(name), "v%zu", i);
		builder_value_set(b, root, name, BUILDER_BINARY, data, 20 + i % 100);
	}
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "v%zu", 2 * i);
		builder_value_delete(b, root, name);
	}
	builder_finish(b);
	return hives_open(b);
}

static void test_free_cells_tell_windows_2000(void **state)
{
	struct hive hive = with_free_cells(true, 40);

	(void)state;
	assert_true(hive.image->n_free >= 8);
	assert_int_equal(freecells_of(hive.image), FREECELLS_WINDOWS_2000);
	hives_close(&hive);
	hive = with_free_cells(false, 40);
	assert_true(hive.image->n_free >= 8);
	assert_int_equal(freecells_of(hive.image), FREECELLS_PLAIN);
	hives_close(&hive);
}

/* Turns the last free cell, behind all else, into n free cells of 8 bytes. */
static enum freecells split_free(uint32_t n, uint32_t link)
{
	struct builder *b = hives_new(3);
	builder_finish(b);
	uint32_t rel = 32;

	while ((int32_t)hives_get(b, FIRST_BIN + rel, 4) < 0)
		rel += 0u - hives_get(b, FIRST_BIN + rel, 4);
	uint32_t size = hives_get(b, FIRST_BIN + rel, 4);
	assert_int_equal(rel + size, PAGE);
	for (uint32_t i = 0; i < n; i++) {
		builder_poke32(b, FIRST_BIN + rel, 8);
		builder_poke32(b, FIRST_BIN + rel + 4, link);
		rel += 8;
	}
	builder_poke32(b, FIRST_BIN + rel, 0u - (PAGE - rel));
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.image->n_free, n);
	enum freecells kind = freecells_of(hive.image);
	hives_close(&hive);
	return kind;
}

static void test_few_free_cells_must_all_tell(void **state)
{
	(void)state;
	assert_int_equal(split_free(0, NIL), FREECELLS_UNKNOWN);
	assert_int_equal(split_free(7, 0), FREECELLS_UNKNOWN);
	assert_int_equal(split_free(7, NIL), FREECELLS_WINDOWS_2000);
	assert_int_equal(split_free(8, NIL), FREECELLS_WINDOWS_2000);
	assert_int_equal(split_free(8, 0), FREECELLS_PLAIN);
	/* an allocated cell is no link */
	assert_int_equal(split_free(8, 0x20), FREECELLS_PLAIN);
}

/* The last free cell behind all else becomes n of 8 bytes, the first of them linked. */
static enum freecells linked_of(uint32_t linked, uint32_t n)
{
	struct builder *b = hives_new(3);
	uint32_t rel = 32;

	builder_finish(b);
	while ((int32_t)hives_get(b, FIRST_BIN + rel, 4) < 0)
		rel += 0u - hives_get(b, FIRST_BIN + rel, 4);
	for (uint32_t i = 0; i < n; i++, rel += 8) {
		builder_poke32(b, FIRST_BIN + rel, 8);
		builder_poke32(b, FIRST_BIN + rel + 4, i < linked ? NIL : 0);
	}
	builder_poke32(b, FIRST_BIN + rel, 0u - (PAGE - rel));
	struct hive hive = hives_open(b);
	assert_int_equal(hive.image->n_free, n);
	enum freecells kind = freecells_of(hive.image);
	hives_close(&hive);
	return kind;
}

/* More than chance makes, and less than most: some. */
static void test_a_minority(void **state)
{
	(void)state;
	assert_int_equal(linked_of(7, 70), FREECELLS_PLAIN);
	assert_int_equal(linked_of(8, 70), FREECELLS_MIXED);
	assert_int_equal(linked_of(35, 70), FREECELLS_MIXED);
	assert_int_equal(linked_of(36, 70), FREECELLS_WINDOWS_2000);
	/* Of so few a share says nothing. */
	assert_int_equal(linked_of(20, 60), FREECELLS_PLAIN);
	assert_int_equal(linked_of(20, 61), FREECELLS_MIXED);
}

/* ---- a record behind a link ---- */

/* A key that Windows 2000 deleted, alone among what a later system freed. */
static struct apart upgraded(unsigned minor)
{
	struct apart t = apart_new(&(struct builder_options){ .minor = minor,
							      .last_written = HIVES_TIME,
							      .sequence = 7 },
				   "first", "other");

	apart_delete(&t);
	builder_poke32(t.b, t.record, 0x40);
	return t;
}

/* Takes the recipe. */
static enum freecells kind_of(struct builder *b)
{
	struct hive hive = hives_open(b);
	enum freecells kind = freecells_of(hive.image);

	hives_close(&hive);
	return kind;
}

static void test_headless_key(void **state)
{
	struct apart t = upgraded(3);

	(void)state;
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
	/* Whole, it is a key of any system's. */
	t = upgraded(3);
	builder_poke32(t.b, t.record, 0x00206b6e);
	assert_int_equal(kind_of(t.b), FREECELLS_PLAIN);
	/* No link, no head of a record. */
	t = upgraded(3);
	builder_poke32(t.b, t.record, 0x41);
	assert_int_equal(kind_of(t.b), FREECELLS_PLAIN);
	/* Windows 2000 writes no such version. */
	assert_int_equal(kind_of(upgraded(4).b), FREECELLS_PLAIN);
}

/* Inside a free cell, too: a later system merges, and changes nothing of it. */
static void test_headless_key_that_was_merged(void **state)
{
	struct apart t = upgraded(3);
	uint32_t size = hives_get(t.b, t.record - 4, 4);
	const uint32_t before = hives_cell_at(t.record);

	(void)state;
	/* What follows is in use: both become one free cell, of which it is the end. */
	for (uint32_t rel = 0x20; rel < before;) {
		uint32_t raw = hives_get(t.b, FIRST_BIN + rel, 4);
		uint32_t whole = raw >> 31 ? 0u - raw : raw;
		if (rel + whole == before) {
			builder_poke32(t.b, FIRST_BIN + rel, whole + size);
			builder_poke32(t.b, FIRST_BIN + rel + 4, 0x41);
		}
		rel += whole;
	}
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
}

struct field {
	size_t offset;
	uint32_t number;
};

static void test_bytes_that_prove_nothing(void **state)
{
	static const struct field fields[] = {
		{ 4, 80 },	   /* the size of a free cell in the time */
		{ 8, 0x01000000 }, /* written in 1829 */
		{ 8, 0x03000000 }, /* or in 2285 */
		{ NK_SUBKEYS, 1 },   { NK_LIST, 0x20 },
		{ NK_PARENT, 0x21 }, { NK_PARENT, 0x100000 },
		{ NK_PARENT, 8 },    { NK_NAME_LEN, 0 },
		{ NK_NAME_LEN, 9 }, /* one more than its cell holds */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct apart t = upgraded(3);
		builder_poke32(t.b, t.record + fields[i].offset, fields[i].number);
		if (kind_of(t.b) != FREECELLS_PLAIN)
			fail_msg("0x%x at %zu proves links", fields[i].number,
				 fields[i].offset);
	}
}

/* One of both is enough: a parent that is live, or a security descriptor. */
static void test_what_confirms(void **state)
{
	struct apart t = upgraded(3);

	(void)state;
	builder_poke32(t.b, t.record + NK_SECURITY, NIL);
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
	t = upgraded(3);
	builder_poke32(t.b, t.record + NK_PARENT, 0x100);
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
	t = upgraded(3);
	builder_poke32(t.b, t.record + NK_SECURITY, NIL);
	builder_poke32(t.b, t.record + NK_PARENT, 0x100);
	assert_int_equal(kind_of(t.b), FREECELLS_PLAIN);
}

/* The same of a value, whose data are inline or elsewhere. */
static struct apart upgraded_value(void)
{
	struct apart t = upgraded(3);

	builder_poke32(t.b, t.record, 0x00206b6e);
	builder_poke32(t.b, t.second_record, 0x40);
	/* 40 bytes could be the size of a free cell. */
	builder_poke32(t.b, t.second_record + VK_SIZE, 37);
	return t;
}

static void test_headless_value(void **state)
{
	struct apart t = upgraded_value();

	(void)state;
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
	t = upgraded_value();
	builder_poke32(t.b, t.second_record + VK_SIZE, 0x80000004);
	builder_poke32(t.b, t.second_record + VK_DATA, 0xffffffff);
	assert_int_equal(kind_of(t.b), FREECELLS_MIXED);
	t = upgraded_value();
	builder_poke32(t.b, t.second_record, 0x41);
	assert_int_equal(kind_of(t.b), FREECELLS_PLAIN);
}

static void test_bytes_that_are_no_value(void **state)
{
	static const struct field fields[] = {
		{ VK_SIZE, 40 },	 { VK_SIZE, 0 },	  { VK_SIZE, 0x80000000 },
		{ VK_SIZE, 0x80000005 }, { VK_SIZE, 0x00ffffff }, { VK_DATA, 0x41 },
		{ VK_DATA, 0x20 },	 { VK_DATA, 0x01000000 }, { VK_TYPE, 12 },
		{ VK_FLAGS, 0 },	 { VK_FLAGS, 3 },	  { VK_NAME, 0x00006f6e },
		{ VK_NAME, 0xe9656e6f },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct apart t = upgraded_value();
		builder_poke32(t.b, t.second_record + fields[i].offset, fields[i].number);
		if (kind_of(t.b) != FREECELLS_PLAIN)
			fail_msg("0x%x at %zu proves links", fields[i].number,
				 fields[i].offset);
	}
}

static void test_all_linked(void **state)
{
	struct hive hive = with_free_cells(true, 40);
	uint32_t last = 0;

	(void)state;
	assert_true(freecells_are_all_linked(hive.image));
	hives_close(&hive);
	hive = with_free_cells(false, 40);
	assert_false(freecells_are_all_linked(hive.image));
	hives_close(&hive);
	/* One that is none is enough. */
	struct apart t = apart_2000();
	apart_delete(&t);
	hive = hives_open(builder_clone(t.b));
	assert_true(freecells_are_all_linked(hive.image));
	for (uint32_t rel = 0; cellmap_next(&hive.image->free, rel, &rel); rel += 8)
		last = rel;
	hives_close(&hive);
	builder_poke32(t.b, hives_data(last), 0x41);
	hive = hives_open(t.b);
	assert_int_equal(freecells_of(hive.image), FREECELLS_WINDOWS_2000);
	assert_false(freecells_are_all_linked(hive.image));
	hives_close(&hive);
}

/* ---- what can be a link ---- */

static void test_links(void **state)
{
	(void)state;
	assert_true(freecells_is_link(NIL));
	assert_true(freecells_is_link(0x28));
	assert_true(freecells_is_link(0x12345678));
	assert_true(freecells_is_link(0x1ffffff8));
	/* No cell begins before the root's, none at an odd place, and none so far behind. */
	assert_false(freecells_is_link(0));
	assert_false(freecells_is_link(0x20));
	assert_false(freecells_is_link(0x2c));
	assert_false(freecells_is_link(0x20000000));
	assert_false(freecells_is_link(0xfffffff8));
	assert_false(freecells_is_link(0x00206b6e));
}

static void test_words(void **state)
{
	(void)state;
	assert_null(freecells_word(FREECELLS_UNKNOWN));
	assert_string_equal(freecells_word(FREECELLS_PLAIN), "plain");
	assert_string_equal(freecells_word(FREECELLS_MIXED), "mixed");
	assert_string_equal(freecells_word(FREECELLS_WINDOWS_2000), "windows_2000");
	assert_false(freecells_have_links(FREECELLS_UNKNOWN));
	assert_false(freecells_have_links(FREECELLS_PLAIN));
	assert_true(freecells_have_links(FREECELLS_MIXED));
	assert_true(freecells_have_links(FREECELLS_WINDOWS_2000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_cells_tell_windows_2000),
		cmocka_unit_test(test_few_free_cells_must_all_tell),
		cmocka_unit_test(test_a_minority),
		cmocka_unit_test(test_headless_key),
		cmocka_unit_test(test_headless_key_that_was_merged),
		cmocka_unit_test(test_bytes_that_prove_nothing),
		cmocka_unit_test(test_what_confirms),
		cmocka_unit_test(test_headless_value),
		cmocka_unit_test(test_bytes_that_are_no_value),
		cmocka_unit_test(test_all_linked),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
