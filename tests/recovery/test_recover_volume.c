/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Very many freed records: the search takes steps in proportion to the hive,
 * whatever they name.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/sanitized.h"
#include "help/steps.h"

#include "regf/record.h"
#include "regf/recover/recoverkeys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEYS = 200000 };

/* At most so many steps for each byte of the hive: some five times what it takes. */
static void check_work(const struct recoveredhive_hive *h, const char *what,
		       uint64_t most)
{
	const struct recovered_keys *recovered = h->recovery->recovered;

	print_message("# %s: %zu keys, %zu values\n", what, recovered->n_keys,
		      recovered->n_values + recovered->n_lone);
	steps_assert_few(what, h->steps, h->hive.image->bytes.len, most);
}

/* ---- keys ---- */

/* So many deleted keys below one that is live; keys[] are their cells. */
static struct builder *many_keys(builder_key *keys)
{
	struct builder *b = hives_new(5);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	char name[16];

	for (unsigned i = 0; i < KEYS; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		keys[i] = builder_key_add(b, many, name, HIVES_TIME);
	}
	for (unsigned i = KEYS; i-- > 0;)
		builder_key_delete(b, keys[i], HIVES_TIME);
	builder_finish(b);
	return b;
}

/* What stands in for the parent of key i. */
typedef unsigned parent(unsigned i);

static unsigned below_the_last(unsigned i)
{
	return i > 0 ? i - 1 : 0;
}

static unsigned below_the_next(unsigned i)
{
	return i + 1 < KEYS ? i + 1 : i;
}

static unsigned below_any(unsigned i)
{
	return (unsigned)((uint64_t)i * 2654435761u % KEYS);
}

static unsigned below_half(unsigned i)
{
	return i / 2;
}

static void test_many_keys(void **state)
{
	static const struct {
		const char *what;
		parent *parent;
	} shapes[] = {
		{ "all below one key", NULL },
		{ "each below the one before", below_the_last },
		{ "each below the one behind", below_the_next },
		{ "each below any other", below_any },
		{ "a tree", below_half },
	};
	builder_key *keys = calloc(KEYS, sizeof(*keys));

	(void)state;
	assert_non_null(keys);
	struct builder *b = many_keys(keys);
	for (size_t s = 0; s < ARRAY_LEN(shapes); s++) {
		struct builder *copy = builder_clone(b);
		for (unsigned i = 0; shapes[s].parent && i < KEYS; i++)
			builder_poke32(copy, FIRST_BIN + keys[i] + 4 + NK_PARENT,
				       keys[shapes[s].parent(i)]);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(copy));
		assert_int_equal(h.recovery->recovered->n_keys, KEYS);
		assert_int_equal(h.recovery->n_profiles, 0);
		check_work(&h, shapes[s].what, 20);
		recoveredhive_hive_close(&h);
	}
	builder_free(b);
	free(keys);
}

/* ---- values ---- */

/* Their records first, then all data, so that the ones are far from the others. */
static void test_many_values(void **state)
{
	enum { OWNERS = 500, OF_EACH = 200 };
	struct builder *b = hives_new(5);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	char name[16];

	(void)state;
	for (int data = 0; data < 2; data++)
		for (unsigned i = 0; i < OWNERS; i++) {
			(void)snprintf(name, sizeof(name), "%06u", i);
			builder_key key = builder_key_add(b, many, name, HIVES_TIME);
			for (unsigned k = 0; k < OF_EACH; k++) {
				(void)snprintf(name, sizeof(name), "value %03u", k);
				builder_value_set(b, key, name, BUILDER_BINARY,
						  "0123456789", data ? 10 : 4);
			}
		}
	builder_key_delete(b, many, LATER(1));
	builder_finish(b);
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
	assert_int_equal(h.recovery->recovered->n_keys, OWNERS + 1);
	assert_int_equal(h.recovery->recovered->n_values, OWNERS * OF_EACH);
	check_work(&h, "values and their data apart", 60);
	recoveredhive_hive_close(&h);
}

/* Many keys that all name one long list of nothing as theirs. */
static void test_one_long_list(void **state)
{
	enum { OWNERS = 2000, ELEMENTS = 1000000 };
	struct builder *b = hives_new(3);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	builder_key junk = builder_path(b, "junk", HIVES_TIME);
	builder_key *keys = calloc(OWNERS, sizeof(*keys));
	uint8_t *list = malloc(4 * (size_t)ELEMENTS);
	char name[16];

	(void)state;
	assert_non_null(keys);
	assert_non_null(list);
	for (size_t i = 0; i < ELEMENTS; i++)
		put_le32(list + 4 * i, 0x1000 + 8 * (uint32_t)(i % 100000));
	builder_value_set(b, junk, "list", BUILDER_BINARY, list, 4 * (size_t)ELEMENTS);
	free(list);
	size_t data = builder_value_data_offset(b, junk, "list");
	for (unsigned i = 0; i < OWNERS; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		keys[i] = builder_key_add(b, many, name, HIVES_TIME);
	}
	builder_key_delete(b, many, LATER(1));
	builder_key_delete(b, junk, LATER(1));
	builder_finish(b);
	for (unsigned i = 0; i < OWNERS; i++) {
		builder_poke32(b, builder_key_offset(b, keys[i]) + NK_VALUES, ELEMENTS);
		builder_poke32(b, builder_key_offset(b, keys[i]) + NK_VALUE_LIST,
			       hives_cell_at(data));
	}
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
	assert_int_equal(h.recovery->recovered->n_keys, OWNERS + 2);
	check_work(&h, "one list for all", 40);
	recoveredhive_hive_close(&h);
	free(keys);
}

/* All but one value of many live keys are gone, and stand behind their lists. */
static void test_long_tails(void **state)
{
	enum { OWNERS = 300, OF_EACH = 400 };
	struct builder *b = hives_new(5);
	char name[16], value[32];

	(void)state;
	for (int del = 0; del < 2; del++)
		for (unsigned i = 0; i < OWNERS; i++) {
			(void)snprintf(name, sizeof(name), "%06u", i);
			builder_key key = builder_path(b, name, HIVES_TIME);
			/* From the end, or what follows would move up. */
			for (unsigned k = OF_EACH; k-- > 0;) {
				(void)snprintf(value, sizeof(value), "value %03u",
					       del ? k : OF_EACH - 1 - k);
				if (!del)
					builder_value_dword(b, key, value, k);
				else if (k > 0)
					builder_value_delete(b, key, value);
			}
		}
	builder_finish(b);
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
	assert_int_equal(h.recovery->recovered->n_values, OWNERS * (OF_EACH - 1));
	check_work(&h, "values behind lists", 80);
	recoveredhive_hive_close(&h);
}

/* ---- data ---- */

/* Deleted values in so many keys; their records are at records[]. */
static struct builder *many_values(unsigned minor, size_t *records, unsigned owners)
{
	enum { OF_EACH = 100 };
	struct builder *b = hives_new(minor);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	char name[16];

	for (unsigned i = 0; i < owners; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		builder_key key = builder_key_add(b, many, name, HIVES_TIME);
		for (unsigned k = 0; k < OF_EACH; k++) {
			(void)snprintf(name, sizeof(name), "value %03u", k);
			builder_value_dword(b, key, name, k);
			records[i * OF_EACH + k] = builder_value_offset(b, key, name);
		}
	}
	return b;
}

static void set_data(struct builder *b, size_t record, uint32_t size, uint32_t rel)
{
	builder_poke32(b, record + VK_SIZE, size);
	builder_poke32(b, record + VK_DATA, rel);
	builder_poke32(b, record + VK_TYPE, BUILDER_BINARY);
}

/* They all name the same bytes, the last of which are another record. */
static void test_one_large_data(void **state)
{
	enum { OWNERS = 100, VALUES = 100 * OWNERS, LEN = 16000000 };
	size_t *records = calloc(VALUES, sizeof(*records)), len = 0;
	uint8_t *data = calloc(LEN, 1);

	(void)state;
	assert_non_null(records);
	assert_non_null(data);
	struct builder *b = many_values(3, records, OWNERS);
	builder_key junk = builder_path(b, "junk", HIVES_TIME);
	/* A cell begins 4 bytes before its data, so the next one may at 4 modulo 8. */
	memcpy(data + LEN - 44, builder_bytes(b, &len) + records[0] - 4, 40);
	builder_value_set(b, junk, "data", BUILDER_BINARY, data, LEN);
	uint32_t cell = hives_cell_at(builder_value_data_offset(b, junk, "data"));
	free(data);
	builder_key_delete(b, builder_path(b, "many", 0), LATER(1));
	builder_key_delete(b, junk, LATER(1));
	builder_finish(b);
	for (unsigned i = 0; i < VALUES; i++)
		set_data(b, records[i], LEN, cell);
	free(records);
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
	assert_int_equal(h.recovery->recovered->n_keys, OWNERS + 2);
	check_work(&h, "one place for all data", 30);
	recoveredhive_hive_close(&h);
}

/* Reads in a process of its own that may not have much more than there is. */
static void recover_in(struct hive hive, uint64_t bytes)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct rlimit limit = { bytes, bytes };
		struct usage usage = { 0 };
		struct key_tree *keys = NULL;
		struct recovered_keys *found = NULL;
		(void)setrlimit(RLIMIT_AS, &limit);
		if (record_read(hive.image, hive.diags, &usage, &keys) != STATUS_OK)
			_exit(2);
		struct recovered_source source = { .image = hive.image,
						   .free_cells = freecells_of(hive.image),
						   .keys = keys,
						   .usage = &usage,
						   .diags = hive.diags };
		_exit(recoverkeys_find(&source, &found) == STATUS_OK ? 0 : 3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* Values that each tell of big data as long as the hive, of which nothing is left. */
static void test_big_data_of_nothing(void **state)
{
	enum { OWNERS = 100, VALUES = 100 * OWNERS, LEN = 16000000, SEGMENT = 16344 };
	enum { SEGMENTS = LEN / SEGMENT + 1, NK_MAX_VALUE_DATA = 64 };
	size_t *records = calloc(VALUES, sizeof(*records));
	uint8_t *data = calloc(LEN, 1), list[4 * SEGMENTS] = { 0 }, db[8] = "db";

	(void)state;
	assert_non_null(records);
	assert_non_null(data);
	struct builder *b = many_values(5, records, OWNERS);
	builder_value_set(b, builder_root(b), "stays", BUILDER_BINARY, data, LEN);
	free(data);
	builder_key junk = builder_path(b, "junk", HIVES_TIME);
	builder_value_set(b, junk, "list", BUILDER_BINARY, list, sizeof(list));
	put_le32(db + 4, hives_cell_at(builder_value_data_offset(b, junk, "list")));
	db[2] = SEGMENTS & 0xff;
	db[3] = SEGMENTS >> 8;
	builder_value_set(b, junk, "db", BUILDER_BINARY, db, sizeof(db));
	uint32_t cell = hives_cell_at(builder_value_data_offset(b, junk, "db"));
	builder_key_delete(b, builder_path(b, "many", 0), LATER(1));
	builder_key_delete(b, junk, LATER(1));
	builder_finish(b);
	for (unsigned i = 0; i < VALUES; i++)
		set_data(b, records[i], LEN, cell);
	free(records);
	/* No writer kept how long values were. */
	builder_poke32(b, builder_key_offset(b, builder_root(b)) + NK_MAX_VALUE_DATA, 0);
	struct hive hive = hives_open(b);
#ifndef SANITIZED
	recover_in(hive, 50 * (uint64_t)LEN);
#else
	(void)recover_in;
#endif
	struct recoveredhive_hive h = recoveredhive_hive_of(hive);
	assert_int_equal(h.recovery->recovered->n_keys, OWNERS + 2);
	check_work(&h, "big data of nothing", 8);
	recoveredhive_hive_close(&h);
}

/* ---- names ---- */

/* A value's record with the size of its cell before it. */
struct pattern {
	const char *what;
	uint32_t words[6];
};

/* Free bytes full of records that each claim the longest name, over the next ones. */
static void test_long_names(void **state)
{
	enum { LEN = 4000000, SIZE = 24 };
	static const struct pattern patterns[] = {
		{ "names of Latin-1",
		  { 0x9000, 0x7ffe6b76, 0x80000004, 0x41414141, 1, 1 } },
		/* All of it could be read as characters. */
		{ "names of UTF-16",
		  { 0x209058, 0x7ffe6b76, 0x202020, 0x202020, 0x41414141, 0x20200020 } },
	};
	uint8_t *data = calloc(LEN, 1);

	(void)state;
	assert_non_null(data);
	for (size_t p = 0; p < ARRAY_LEN(patterns); p++) {
		struct builder *b = hives_new(3);
		builder_key junk = builder_path(b, "junk", HIVES_TIME);
		/* At the steps of cells. */
		for (size_t i = 4; i + SIZE <= LEN; i += SIZE)
			for (size_t k = 0; k < 6; k++)
				put_le32(data + i + 4 * k, patterns[p].words[k]);
		builder_value_set(b, junk, "data", BUILDER_BINARY, data, LEN);
		builder_key_delete(b, junk, LATER(1));
		builder_finish(b);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
		assert_int_equal(h.recovery->recovered->n_keys, 1);
		check_work(&h, patterns[p].what, 40);
		recoveredhive_hive_close(&h);
	}
	free(data);
}

/* ---- profiles ---- */

/* Sections of one name, each below another lost parent: as many torn profiles. */
static void test_many_torn_profiles(void **state)
{
	enum { SECTIONS = 20000 };
	struct builder *b = hives_new(5);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	builder_key *keys = calloc(SECTIONS, sizeof(*keys));
	char name[40];

	(void)state;
	assert_non_null(keys);
	for (unsigned i = 0; i < SECTIONS; i++) {
		(void)snprintf(name, sizeof(name), "%032x", i);
		keys[i] = builder_key_add(b, many, name, HIVES_TIME);
	}
	for (unsigned i = SECTIONS; i-- > 0;)
		builder_key_delete(b, keys[i], HIVES_TIME);
	builder_finish(b);
	for (unsigned i = 0; i < SECTIONS; i++) {
		size_t record = FIRST_BIN + keys[i] + 4;
		/* Where values stand, no key does. */
		builder_poke32(b, record + NK_PARENT, keys[i] + 8);
		for (size_t k = 0; k < 32; k++)
			builder_poke8(b, record + NK_NAME + k, (uint8_t)MAPI_ROOT[k]);
	}
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
	assert_int_equal(h.recovery->n_profiles, SECTIONS);
	check_work(&h, "torn profiles", 25);
	recoveredhive_hive_close(&h);
	free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_many_values),
		cmocka_unit_test(test_one_long_list),
		cmocka_unit_test(test_long_tails),
		cmocka_unit_test(test_one_large_data),
		cmocka_unit_test(test_big_data_of_nothing),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_many_torn_profiles),
	};

	return UNIT_RUN(tests);
}
