/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Order of snapshots: by group, newest key, header's number, rank; and the same bytes twice
 * are one.  Each hive has a key of its own name, by which the test knows it.
 */
#include "help/unit.h"

#include "snapshot/snapshotorder.h"

#include "help/hives.h"
#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 8, HOUR = 36000000 };

struct set {
	struct snapshot_source sources[MOST];
	struct snapshotorder_item items[MOST];
	size_t n;
};

static void take(struct set *set, size_t group, uint64_t rank, const char *hive,
		 const char *const *logs, size_t n_logs)
{
	struct snapshot_source *source = &set->sources[set->n];
	struct failure failure;

	*source = (struct snapshot_source){ .root = source->root,
					    .path = hive,
					    .n_logs = n_logs,
					    .group = group,
					    .rank = rank };
	for (size_t i = 0; i < n_logs; i++)
		source->logs[i] = logs[i];
	set->items[set->n].source = source;
	assert_int_equal(
		snapshotread_source(source, &set->items[set->n].snapshot, &failure),
		STATUS_OK);
	set->n++;
}

static char *make(const char *name, uint64_t time, uint32_t sequence)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5, .last_written = HIVES_TIME, .sequence = sequence });

	builder_key_add(b, builder_root(b), name, time);
	builder_key_touch(b, builder_root(b), HIVES_TIME);
	char *path = hives_file(b);
	builder_free(b);
	return path;
}

/* A clean hive with one key, last written at that time. */
static void add(struct set *set, size_t group, uint64_t rank, const char *name,
		uint64_t time, uint32_t sequence)
{
	char *path = make(name, time, sequence);

	take(set, group, rank, path, NULL, 0);
	unlink(path);
	free(path);
}

/* The names of all keys in order, a blank behind each. */
static void check_order(struct set *set, bool by_time, const char *expected)
{
	char names[256] = "";

	assert_int_equal(snapshotorder_sort(set->items, &set->n, by_time), STATUS_OK);
	for (size_t i = 0; i < set->n; i++) {
		char *name = text_to_utf8(
			key_name(&set->items[i].snapshot->keys->root->children[0]), NULL);
		strncat(names, name, sizeof(names) - strlen(names) - 1);
		strncat(names, " ", sizeof(names) - strlen(names) - 1);
		free(name);
	}
	assert_string_equal(names, expected);
}

static void clear(struct set *set)
{
	for (size_t i = 0; i < set->n; i++)
		snapshot_free(set->items[i].snapshot);
}

/* In one folder: a live hive, and two copies that are older. */
static void test_newest_key_comes_first_of_all(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 9, "live", HIVES_TIME + 3 * HOUR, 1);
	add(&set, 0, 7, "rp7", HIVES_TIME + 1 * HOUR, 30);
	add(&set, 0, 2, "rp2", HIVES_TIME + 2 * HOUR, 20);
	check_order(&set, false, "rp7 rp2 live ");
	clear(&set);
}

static void test_numbers_where_times_are_equal(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 1, "c", HIVES_TIME + HOUR, 12);
	add(&set, 0, 2, "b", HIVES_TIME + HOUR, 11);
	add(&set, 0, 3, "a", HIVES_TIME + HOUR, UINT32_MAX);
	check_order(&set, false, "a b c "); /* the number runs over */
	clear(&set);
}

/* Restore points whose times and numbers are equal: theirs tell. */
static void test_rank_where_all_else_is_equal(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 12, "rp12", HIVES_TIME + HOUR, 5);
	add(&set, 0, UINT64_MAX, "live", HIVES_TIME + HOUR, 5);
	add(&set, 0, 9, "rp9", HIVES_TIME + HOUR, 5);
	check_order(&set, false, "rp9 rp12 live ");
	clear(&set);
}

/* Two operands, the second older by its times: the order given holds, but not by time. */
static void test_groups(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 1, "first", HIVES_TIME + 5 * HOUR, 1);
	add(&set, 1, 9, "second.live", HIVES_TIME + 4 * HOUR, 1);
	add(&set, 1, 1, "second.rp1", HIVES_TIME + 3 * HOUR, 1);
	check_order(&set, false, "first second.rp1 second.live ");
	check_order(&set, true, "second.rp1 second.live first ");
	clear(&set);
}

/* In one folder under two paths: one.  In two operands: two, since both were given. */
static void test_same_bytes_twice(void **state)
{
	struct set set = { 0 };
	char *a = make("a", HIVES_TIME, 1), *b = make("b", HIVES_TIME + HOUR, 2);
	char *copy = make("a", HIVES_TIME, 1);

	(void)state;
	take(&set, 0, 1, a, NULL, 0);
	take(&set, 0, 2, b, NULL, 0);
	take(&set, 0, 3, copy, NULL, 0);
	take(&set, 1, 0, copy, NULL, 0);
	check_order(&set, false, "a b a ");
	assert_int_equal(set.items[0].snapshot->n_twins, 1);
	assert_string_equal(set.items[0].snapshot->twins[0], copy);
	assert_string_equal(set.items[0].snapshot->evidence->path, a);
	assert_int_equal(set.items[1].snapshot->n_twins, 0);
	assert_int_equal(set.items[2].snapshot->n_twins, 0);
	clear(&set);
	for (char *const *path = (char *const[]){ a, b, copy, NULL }; *path; path++) {
		unlink(*path);
		free(*path);
	}
}

/* Of the same bytes with and without a log, the one with it is kept: it tells more. */
static void test_logs_of_twins(void **state)
{
	struct set set = { 0 };
	char *a = make("a", HIVES_TIME, 1), *copy = make("a", HIVES_TIME, 1);
	char *log = hives_temporary("x", 1), *other = hives_temporary("y", 1);

	(void)state;
	take(&set, 0, 1, a, NULL, 0);
	take(&set, 0, 2, copy, (const char *const[]){ log }, 1);
	check_order(&set, false, "a ");
	assert_string_equal(set.items[0].snapshot->evidence->path, copy);
	assert_string_equal(set.items[0].snapshot->twins[0], a);
	/* each has a log that the other has not: neither stands for both */
	take(&set, 0, 3, a, (const char *const[]){ other }, 1);
	check_order(&set, false, "a a ");
	clear(&set);
	for (char *const *path = (char *const[]){ a, copy, log, other, NULL }; *path;
	     path++) {
		unlink(*path);
		free(*path);
	}
}

/* ---- exports ---- */

static void add_export(struct set *set, size_t group, const char *roots, const char *root)
{
	char text[400];
	int len = snprintf(text, sizeof(text),
			   "Windows Registry Editor Version 5.00\n\n%s", roots);
	char *path = hives_temporary(text, (size_t)len);

	set->sources[set->n].root = root;
	take(set, group, 0, path, NULL, 0);
	unlink(path);
	free(path);
}

/* Whether the order of each to the one before it is known: '1' if it is not. */
static void check_unknown(const struct set *set, const char *expected)
{
	char found[MOST + 1] = "";

	for (size_t i = 0; i < set->n; i++)
		found[i] = set->items[i].snapshot->order_unknown ? '1' : '0';
	assert_string_equal(found, expected);
}

static void test_exports_among_hives(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 0, "a", HIVES_TIME + 5 * HOUR, UINT32_MAX);
	add(&set, 1, 0, "b2", HIVES_TIME + 4 * HOUR, UINT32_MAX);
	add_export(&set, 1, "[HKCU\\x1]\n", NULL);
	add(&set, 1, 0, "b1", HIVES_TIME + 3 * HOUR, 1);
	add_export(&set, 1, "[HKCU\\x2]\n", NULL);
	add_export(&set, 2, "[HKCU\\y]\n", NULL);
	check_order(&set, false, "a x1 x2 b1 b2 y ");
	check_unknown(&set, "001100");
	/* by time the hives change places, and the exports stay before those of theirs */
	check_order(&set, true, "x1 x2 b1 b2 a y ");
	check_unknown(&set, "011000");
	clear(&set);
}

/* How two folders are called, or that one was named first, does not tell times. */
static void test_hives_that_nothing_orders(void **state)
{
	struct set set = { 0 };

	(void)state;
	add(&set, 0, 0, "a", HIVES_TIME + HOUR, 5);
	add(&set, 0, 0, "b", HIVES_TIME + HOUR, 5);
	add(&set, 0, 1, "ranked", HIVES_TIME + HOUR, 5);
	add(&set, 1, 1, "given", HIVES_TIME + HOUR, 5);
	check_order(&set, false, "a b ranked given ");
	check_unknown(&set, "0100");
	check_order(&set, true, "a b ranked given ");
	check_unknown(&set, "0101");
	clear(&set);
}

/* The order in which they were given is known. */
static void test_exports_in_an_order(void **state)
{
	struct set set = { 0 };

	(void)state;
	add_export(&set, 1, "[HKCU\\after]\n", NULL);
	add_export(&set, 0, "[HKCU\\before]\n", NULL);
	add(&set, 2, 0, "last", HIVES_TIME, 1);
	check_order(&set, false, "before after last ");
	check_unknown(&set, "000");
	check_order(&set, true, "before after last ");
	clear(&set);
}

/* The same bytes are one only if they are of one root. */
static void test_roots_of_one_file(void **state)
{
	static const char roots[] = "[HKU\\a\\x]\n[HKU\\b\\y]\n";
	struct set set = { 0 };

	(void)state;
	add_export(&set, 0, roots, "HKEY_USERS\\a");
	add_export(&set, 0, roots, "HKEY_USERS\\b");
	add_export(&set, 0, roots, "HKEY_USERS\\a");
	check_order(&set, false, "x y ");
	assert_int_equal(set.items[0].snapshot->n_twins, 1);
	clear(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest_key_comes_first_of_all),
		cmocka_unit_test(test_numbers_where_times_are_equal),
		cmocka_unit_test(test_rank_where_all_else_is_equal),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_same_bytes_twice),
		cmocka_unit_test(test_logs_of_twins),
		cmocka_unit_test(test_exports_among_hives),
		cmocka_unit_test(test_hives_that_nothing_orders),
		cmocka_unit_test(test_exports_in_an_order),
		cmocka_unit_test(test_roots_of_one_file),
	};

	return UNIT_RUN(tests);
}
