/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Subjects are told in an order that does not tell in which they came. */
#include "help/indexes.h"

#include "report/index/indexorder.h"

#include <stdlib.h>
#include <string.h>

static const char *const one_path[] = { "a" }, *const other_path[] = { "b" },
			 *const two_paths[] = { "a", "b" };

/* In the order that is expected by name; the states make another one. */
static const struct index_subject sorted[] = {
	{ .name = "", .state = INDEX_UNREADABLE },
	{ .name = "amy", .state = INDEX_UNCHANGED },
	{ .name = "amy", .sid = "S-1-1", .state = INDEX_LOST },
	{ .name = "amy", .sid = "S-1-2", .state = INDEX_LOST },
	{ .name = "bob", .report = "1.xml", .state = INDEX_LOST },
	{ .name = "bob", .report = "2.xml", .state = INDEX_MISSING },
	{ .name = "bob", .report = "2.xml", .paths = one_path, .n_paths = 1 },
	{ .name = "bob", .report = "2.xml", .paths = two_paths, .n_paths = 2 },
	{ .name = "bob", .report = "2.xml", .paths = other_path, .n_paths = 1 },
};

enum { N = ARRAY_LEN(sorted) };

/* The index among `sorted`, told by the text that only it has. */
static bool is(const struct index_subject *subject, const struct index_subject *expected)
{
	return strcmp(subject->name, expected->name) == 0 &&
	       subject->sid == expected->sid && subject->report == expected->report &&
	       subject->paths == expected->paths && subject->state == expected->state;
}

static void test_by_name(void **state)
{
	(void)state;
	/* From each beginning, backwards. */
	for (size_t from = 0; from < N; from++) {
		struct index *index = indexes_new();
		const struct index_subject **order = NULL;
		for (size_t i = 0; i < N; i++)
			indexes_put(index, sorted[(from + N - i) % N], NULL, 0);
		assert_int_equal(indexorder_by_name(index, &order), STATUS_OK);
		for (size_t i = 0; i < N; i++)
			assert_true(is(order[i], &sorted[i]));
		free(order);
		index_free(index);
	}
}

static void test_by_state(void **state)
{
	static const size_t expected[N] = { 2, 3, 4, 6, 7, 8, 5, 0, 1 };
	struct index *index = indexes_new();
	const struct index_subject **order = NULL;

	(void)state;
	for (size_t i = N; i-- > 0;)
		indexes_put(index, sorted[i], NULL, 0);
	assert_int_equal(indexorder_by_state(index, &order), STATUS_OK);
	for (size_t i = 0; i < N; i++)
		assert_true(is(order[i], &sorted[expected[i]]));
	free(order);
	index_free(index);
}

/* The earlier side may have lost something, the later one is only new. */
static void test_by_side(void **state)
{
	struct index *index = indexes_new();
	const struct index_subject **order = NULL;

	(void)state;
	indexes_put(index,
		    (struct index_subject){ .name = "a",
					    .state = INDEX_UNPAIRED,
					    .side = INDEX_LATER_SIDE },
		    NULL, 0);
	indexes_put(index,
		    (struct index_subject){ .name = "b",
					    .state = INDEX_UNPAIRED,
					    .side = INDEX_EARLIER_SIDE },
		    NULL, 0);
	assert_int_equal(indexorder_by_state(index, &order), STATUS_OK);
	assert_string_equal(order[0]->name, "b");
	assert_string_equal(order[1]->name, "a");
	free(order);
	index_free(index);
}

static void test_none(void **state)
{
	struct index *index = indexes_new();
	const struct index_subject **order = NULL;

	(void)state;
	assert_int_equal(indexorder_by_name(index, &order), STATUS_OK);
	free(order);
	index_free(index);
}

/* Alike in all else, as roots of one export without names: by their numbers. */
static void test_alike(void **state)
{
	struct index *index = indexes_new();
	const struct index_subject **order = NULL;
	static const size_t numbers[] = { 2, 0, 1, 1 };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		indexes_put(index,
			    (struct index_subject){ .name = "", .order = numbers[i] },
			    NULL, 0);
	assert_int_equal(indexorder_by_name(index, &order), STATUS_OK);
	assert_ptr_equal(order[0], &index->subjects.items[1]);
	assert_ptr_equal(order[1], &index->subjects.items[2]);
	assert_ptr_equal(order[2], &index->subjects.items[3]);
	assert_ptr_equal(order[3], &index->subjects.items[0]);
	free(order);
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_name), cmocka_unit_test(test_by_state),
		cmocka_unit_test(test_by_side), cmocka_unit_test(test_alike),
		cmocka_unit_test(test_none),
	};
	return UNIT_RUN(tests);
}
