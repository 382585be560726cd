/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the live keys use of a hive: every cell that one of them leads to and no
 * other, and in these cells what stands behind what they use.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"

#include <stdio.h>
#include <string.h>

#define SEGMENT 16344
#define SEGMENT_ROOM 16348
#define HEADER 4

struct used {
	struct hive hive;
	struct key_tree *keys;
	struct usage usage;
};

/* Takes the builder. */
static struct used use(struct builder *b)
{
	struct used used = { .hive = hives_open(b) };
	struct diag_list *again = diag_list_new();

	assert_non_null(again);
	assert_int_equal(used.hive.read, STATUS_OK);
	assert_int_equal(record_read(used.hive.image, again, &used.usage, &used.keys),
			 STATUS_OK);
	diag_list_free(again);
	return used;
}

static void done(struct used *used)
{
	usage_clear(&used->usage);
	assert_int_equal(used->usage.slack.n, 0);
	assert_null(used->usage.referenced.bits);
	key_tree_free(used->keys);
	hives_close(&used->hive);
}

/* The cells in use that nothing refers to, at most one of which is told. */
static size_t unreferenced(const struct used *used, uint32_t *first)
{
	const struct image *image = used->hive.image;
	size_t n = 0;

	for (uint32_t rel = 0; rel < image->bins.len; rel += CELLMAP_UNIT) {
		bool referenced = cellmap_has(&used->usage.referenced, rel);
		if (referenced && !cellmap_has(&image->allocated, rel))
			fail_msg("0x%x is no cell in use", rel);
		if (!cellmap_has(&image->allocated, rel) || referenced)
			continue;
		if (n++ == 0)
			*first = rel;
	}
	return n;
}

static void assert_all_referenced(struct builder *b)
{
	struct used used = use(b);
	uint32_t first = 0;

	if (unreferenced(&used, &first) > 0)
		fail_msg("nothing refers to cell 0x%x", first);
	done(&used);
}

static bool has_slack(const struct used *used, uint32_t rel, uint32_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < used->usage.slack.n; i++)
		n += used->usage.slack.items[i].rel == rel &&
		     used->usage.slack.items[i].len == len;
	return n == 1;
}

/* ---- cells ---- */

/* Keys with and without, and values of all kinds. */
static struct builder *all_kinds(unsigned minor)
{
	static uint8_t data[3 * SEGMENT + 7];
	struct builder *b = hives_new(minor);
	builder_key key = builder_path(b, "a\\b\\c", HIVES_TIME);

	builder_value_dword(b, key, "inline", 1);
	builder_value_set(b, key, "none", BUILDER_BINARY, NULL, 0);
	builder_value_string(b, key, "cell", "longer than four bytes");
	builder_value_set(b, key, "plain", BUILDER_BINARY, data, SEGMENT);
	builder_value_set(b, key, "big", BUILDER_BINARY, data, sizeof(data));
	builder_key_class(b, key, "a class");
	builder_key_security(b, builder_key_find(b, key, ""), "S-1-5-21-1-2-3-500");
	builder_key_class(b, builder_path(b, "a\\b\\d", HIVES_TIME), "another class");
	return b;
}

static void test_all_that_is_live(void **state)
{
	(void)state;
	for (unsigned minor = 0; minor <= 6; minor++) {
		struct builder *b = all_kinds(minor);
		builder_finish(b);
		assert_all_referenced(b);
	}
}

/* More than one list takes: a list of lists. */
static void test_many_subkeys(void **state)
{
	static const unsigned minors[] = { 1, 2, 3, 5 };
	char name[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(minors); i++) {
		struct builder *b = hives_new(minors[i]);
		for (unsigned k = 0; k < 1200; k++) {
			(void)snprintf(name, sizeof(name), "%04u", k);
			builder_key_add(b, builder_root(b), name, HIVES_TIME);
		}
		builder_finish(b);
		assert_all_referenced(b);
	}
}

static void test_deleted_is_not_referenced(void **state)
{
	struct builder *b = all_kinds(5);

	(void)state;
	builder_key_delete(b, builder_key_find(b, builder_root(b), "a\\b\\c"),
			   HIVES_TIME);
	builder_finish(b);
	assert_all_referenced(b);
}

static void test_lost_cell(void **state)
{
	struct builder *b = all_kinds(5);
	uint32_t lost = hives_cell(b, 100), first = 0;

	(void)state;
	builder_finish(b);
	struct used used = use(b);
	assert_int_equal(unreferenced(&used, &first), 1);
	assert_int_equal(first, lost);
	done(&used);
}

/* A key that its parent's list leaves out is lost with all that hangs on it. */
static void test_unlisted_key(void **state)
{
	struct builder *b = hives_new(5);
	builder_key p = builder_path(b, "p", HIVES_TIME);
	builder_key first = builder_path(b, "p\\a", HIVES_TIME);
	builder_key second = builder_path(b, "p\\b", HIVES_TIME);
	uint32_t rel = 0;

	(void)state;
	builder_value_string(b, second, "v", "longer than four bytes");
	builder_finish(b);
	builder_poke16(b, builder_key_list_offset(b, p) + LIST_COUNT, 1);
	builder_poke32(b, builder_key_offset(b, p) + NK_SUBKEYS, 1);
	struct used used = use(b);
	/* The record, its list of values, the value's record and its data. */
	assert_int_equal(unreferenced(&used, &rel), 4);
	assert_false(cellmap_has(&used.usage.referenced, second));
	assert_true(cellmap_has(&used.usage.referenced, first));
	done(&used);
}

/* ---- slack ---- */

/* A value whose data became so much shorter than its cell. */
static struct used shrunk(unsigned minor, size_t len, size_t rest, uint32_t *data)
{
	static const uint8_t bytes[4096] = { 1, 2, 3 };
	struct builder *b = hives_new(minor);
	builder_key root = builder_root(b);

	builder_value_set(b, root, "v", BUILDER_BINARY, bytes, len);
	builder_value_set(b, root, "v", BUILDER_BINARY, bytes, len - rest);
	builder_finish(b);
	*data = (uint32_t)builder_value_data_offset(b, root, "v") - FIRST_BIN;
	return use(b);
}

static void test_slack_of_data(void **state)
{
	uint32_t data = 0;

	(void)state;
	/* 100 bytes and 4 before them fill a cell of 104. */
	struct used used = shrunk(5, 100, 90, &data);
	assert_int_equal(used.usage.slack.n, 1);
	assert_true(has_slack(&used, data + 10, 90));
	done(&used);
	/* In versions 1.0 and 1.1 104 bytes and 8 before them fill a cell of 112. */
	used = shrunk(1, 104, 90, &data);
	assert_int_equal(used.usage.slack.n, 1);
	assert_true(has_slack(&used, data + 14, 90));
	done(&used);
}

static void test_slack_too_short_for_a_record(void **state)
{
	uint32_t data = 0;

	(void)state;
	struct used used = shrunk(5, 100, USAGE_MIN_SLACK - 1, &data);
	assert_int_equal(used.usage.slack.n, 0);
	done(&used);
	used = shrunk(5, 100, USAGE_MIN_SLACK, &data);
	assert_true(has_slack(&used, data + 100 - USAGE_MIN_SLACK, USAGE_MIN_SLACK));
	done(&used);
}

/* Eight subkeys in a list, of which two are left: four bytes, then eight for each. */
static void test_slack_of_a_list(void **state)
{
	struct builder *b = hives_new(5);
	builder_key p = builder_path(b, "p", HIVES_TIME);
	char name[2] = "a";

	(void)state;
	for (name[0] = 'a'; name[0] < 'i'; name[0]++)
		builder_key_add(b, p, name, HIVES_TIME);
	for (name[0] = 'c'; name[0] < 'i'; name[0]++)
		builder_key_delete(b, builder_key_find(b, p, name), HIVES_TIME);
	builder_finish(b);
	uint32_t list = (uint32_t)builder_key_list_offset(b, p) - FIRST_BIN;
	uint32_t size = 0u - hives_get(b, builder_key_list_offset(b, p) - HEADER, 4);
	assert_true(size >= HEADER + 4 + 8 * 8);
	struct used used = use(b);
	assert_int_equal(used.usage.slack.n, 1);
	assert_true(has_slack(&used, list + 20, size - HEADER - 20));
	done(&used);
}

/* Each segment of big data has a cell of full size. */
static void test_slack_of_segments(void **state)
{
	static const uint8_t bytes[SEGMENT + 100] = { 1, 2, 3 };
	struct builder *b = hives_new(5);
	builder_key root = builder_root(b);

	(void)state;
	builder_value_set(b, root, "v", BUILDER_BINARY, bytes, sizeof(bytes));
	builder_finish(b);
	size_t record = builder_value_offset(b, root, "v");
	uint32_t db = hives_get(b, record + VK_DATA, 4);
	uint32_t list = hives_get(b, hives_data(db) + 4, 4);
	uint32_t segment = hives_get(b, hives_data(list) + 4, 4);
	struct used used = use(b);
	assert_int_equal(used.usage.slack.n, 1);
	assert_true(has_slack(&used, segment + HEADER + 100, SEGMENT_ROOM - 100));
	done(&used);
}

/* A record in a cell that is larger than it, as a larger key left it. */
static void test_slack_of_records(void **state)
{
	struct builder *b = hives_new(5);
	builder_key root = builder_root(b);
	uint32_t cell = hives_cell(b, 200);
	uint8_t bytes[76 + 3];
	uint32_t size = 0u - hives_get(b, hives_data(cell) - HEADER, 4);
	size_t len = 0;

	(void)state;
	builder_key k = builder_key_add(b, root, "key", HIVES_TIME);
	builder_value_dword(b, k, "v", 1);
	builder_finish(b);
	memcpy(bytes, builder_bytes(b, &len) + builder_key_offset(b, k), sizeof(bytes));
	memcpy(builder_bytes(b, &len) + hives_data(cell), bytes, sizeof(bytes));
	builder_poke32(b, builder_key_list_offset(b, root) + LIST_ITEMS, cell);
	struct used used = use(b);
	assert_true(has_slack(&used, cell + HEADER + (uint32_t)sizeof(bytes),
			      size - HEADER - (uint32_t)sizeof(bytes)));
	assert_int_equal(used.usage.slack.n, 1);
	done(&used);
}

/* More is told than there is: nothing is left over. */
static void test_no_slack_behind_short_data(void **state)
{
	struct builder *b = hives_new(3);
	builder_key root = builder_root(b);

	(void)state;
	builder_value_set(b, root, "v", BUILDER_BINARY, "0123456789ab", 12);
	builder_finish(b);
	builder_poke32(b, builder_value_offset(b, root, "v") + VK_SIZE, 13);
	struct used used = use(b);
	assert_int_equal(used.usage.slack.n, 0);
	done(&used);
}

/* ---- lists of values with room ---- */

static void add_values(struct builder *b, builder_key key, const char *names)
{
	char name[2] = "";

	for (; *names; names++) {
		name[0] = *names;
		builder_value_dword(b, key, name, 1);
	}
}

static void test_tails(void **state)
{
	struct builder *b = hives_new(5);
	builder_key full = builder_path(b, "full", HIVES_TIME);
	builder_key room = builder_path(b, "room", HIVES_TIME);
	builder_key one = builder_path(b, "one", HIVES_TIME);

	(void)state;
	/* Cells have room for 1, 3, 5, 7 offsets. */
	add_values(b, full, "abc");
	add_values(b, room, "abcde");
	builder_value_delete(b, room, "b");
	builder_value_delete(b, room, "d");
	add_values(b, one, "a");
	builder_path(b, "none", HIVES_TIME);
	builder_finish(b);
	uint32_t list = hives_cell_at(builder_key_values_offset(b, room));
	struct used used = use(b);
	assert_int_equal(used.usage.tails.n, 1);
	const struct usage_tail *tail = &used.usage.tails.items[0];
	assert_int_equal(tail->list_rel, list);
	assert_int_equal(tail->n_values, 3);
	assert_ptr_equal(tail->key, key_at(used.keys->root, "room"));
	/* The rest of its list is too short for a record. */
	assert_int_equal(used.usage.slack.n, 0);
	done(&used);
}

/* A long rest may hold both, offsets and whole records. */
static void test_tail_and_slack(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "key", HIVES_TIME);

	(void)state;
	add_values(b, key, "abcdefghi");
	uint32_t list = hives_cell_at(builder_key_values_offset(b, key));
	uint32_t size = 0u - hives_get(b, hives_data(list) - HEADER, 4);
	for (char name[2] = "b"; name[0] < 'j'; name[0]++)
		builder_value_delete(b, key, name);
	builder_finish(b);
	struct used used = use(b);
	assert_int_equal(used.usage.tails.n, 1);
	assert_int_equal(used.usage.tails.items[0].n_values, 1);
	assert_int_equal(used.usage.slack.n, 1);
	assert_true(has_slack(&used, list + HEADER + 4, size - HEADER - 4));
	done(&used);
}

/* ---- by hand ---- */

static void test_adding(void **state)
{
	struct usage usage;
	struct key key = { .record_off = 1 };

	(void)state;
	assert_int_equal(usage_init(&usage, 4096), STATUS_OK);
	assert_int_equal(usage.referenced.limit, 4096);
	assert_int_equal(usage_add_slack(&usage, 0x24, 100, 101), STATUS_OK);
	assert_int_equal(usage_add_slack(&usage, 0x24, 100, 100), STATUS_OK);
	assert_int_equal(usage_add_slack(&usage, 0x24, 100, 77), STATUS_OK);
	assert_int_equal(usage.slack.n, 0);
	assert_int_equal(usage_add_slack(&usage, 0x24, 100, 76), STATUS_OK);
	assert_int_equal(usage_add_slack(&usage, 0x124, 24, 0), STATUS_OK);
	assert_int_equal(usage.slack.n, 2);
	assert_int_equal(usage.slack.items[0].rel, 0x24 + 76);
	assert_int_equal(usage.slack.items[0].len, 24);
	assert_int_equal(usage.slack.items[1].rel, 0x124);
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(usage_add_tail(&usage, &key, 8 * i, i), STATUS_OK);
	assert_int_equal(usage.tails.n, 100);
	assert_int_equal(usage.tails.items[99].list_rel, 8 * 99);
	assert_int_equal(usage.tails.items[99].n_values, 99);
	assert_ptr_equal(usage.tails.items[99].key, &key);
	usage_clear(&usage);
	assert_int_equal(usage.tails.n, 0);
	/* Once more does no harm. */
	usage_clear(&usage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_that_is_live),
		cmocka_unit_test(test_many_subkeys),
		cmocka_unit_test(test_deleted_is_not_referenced),
		cmocka_unit_test(test_lost_cell),
		cmocka_unit_test(test_unlisted_key),
		cmocka_unit_test(test_slack_of_data),
		cmocka_unit_test(test_slack_too_short_for_a_record),
		cmocka_unit_test(test_slack_of_a_list),
		cmocka_unit_test(test_slack_of_segments),
		cmocka_unit_test(test_slack_of_records),
		cmocka_unit_test(test_no_slack_behind_short_data),
		cmocka_unit_test(test_tails),
		cmocka_unit_test(test_tail_and_slack),
		cmocka_unit_test(test_adding),
	};

	return UNIT_RUN(tests);
}
