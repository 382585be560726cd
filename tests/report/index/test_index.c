/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Subjects as they are added: who they are, what came of them, and their own rows. */
#define UNIT_OOM
#include "help/indexes.h"
#include "help/recoveredhive.h"

#include <stdlib.h>
#include <string.h>

static void add_two(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	pair_fork(pair);
}

static const struct index_subject *only(const struct index *index)
{
	assert_int_equal(index->subjects.n, 1);
	return &index->subjects.items[0];
}

/* ---- who it is ---- */

/* The hive tells the user's name by its paths, and the account by its root key. */
static void test_as_the_hive_tells(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	struct index *index = indexes_compare(pair);
	const struct index_subject *subject = only(index);
	assert_string_equal(subject->name, "tester");
	assert_string_equal(subject->sid, PAIR_SID);
	assert_string_equal(subject->role, "user");
	assert_int_equal(subject->n_paths, 2);
	assert_string_equal(subject->paths[0], pair->old->evidence->path);
	assert_string_equal(subject->paths[1], pair->new->evidence->path);
	assert_null(subject->report);
	index_free(index);
}

static void test_as_given(void **state)
{
	static const char *const paths[] = { "x.zip/before", "x.zip/after" };
	struct pair *pair = *state;
	struct indexes_series of;
	struct index *index = indexes_new();

	add_two(pair);
	pair_compare(pair);
	indexes_of_pair(&of, pair, false);
	of.given.name = "jdoe.CORP";
	of.given.sid = "S-1-5-18";
	of.given.role = "service_account";
	of.given.paths = paths;
	of.given.n_paths = 2;
	of.given.report = "out/jdoe.xml";
	of.given.page = "-";
	assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
	const struct index_subject *subject = only(index);
	assert_string_equal(subject->name, "jdoe.CORP");
	assert_string_equal(subject->sid, "S-1-5-18");
	assert_string_equal(subject->role, "service_account");
	assert_string_equal(subject->paths[1], "x.zip/after");
	assert_string_equal(subject->report, "jdoe.xml");
	assert_null(subject->page);
	index_free(index);
}

/* ---- what came of it ---- */

static void expect(struct index *index, enum index_state state, int status,
		   const char *answer, const char *kinds)
{
	const struct index_subject *subject = only(index);
	char said[128] = "";

	assert_int_equal(subject->state, state);
	assert_int_equal(subject->exit_status, status);
	assert_string_equal(subject->answer, answer);
	for (size_t i = 0; i < subject->n_rows; i++) {
		strcat(said, i > 0 ? " " : "");
		strcat(said, index->rows.items[subject->first_row + i].kind);
	}
	assert_string_equal(said, kinds);
	index_free(index);
}

static void test_compared(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	expect(indexes_compare(pair), INDEX_UNCHANGED, 0, "no profile is gone",
	       "unchanged");
	pair_add(pair->after, PAIR_PROFILES, "New", 3);
	expect(indexes_compare(pair), INDEX_CHANGED, 0, "no profile is gone", "added");
	recoveredhive_delete(pair, WORK);
	expect(indexes_compare(pair), INDEX_LOST, 1, "1 profile is gone",
	       "deleted added");
}

/* Of verdicts that are given: losses before doubt, doubt before all is well. */
static void test_states(void **state)
{
	static const struct {
		struct verdict verdict;
		enum index_state state;
		const char *kinds;
	} rows[] = {
		{ { .gone = 1 }, INDEX_LOST, "" },
		{ { .damaged = 1, .unread = true }, INDEX_LOST, "incomplete" },
		{ { .recreated = 1, .back = 1 }, INDEX_LOST, "" },
		{ { .single = true, .recovered = 2 }, INDEX_LOST, "" },
		{ { .unknown = 1, .back = 1 }, INDEX_IN_DOUBT, "incomplete" },
		{ { .unknown_damaged = 1 }, INDEX_IN_DOUBT, "incomplete" },
		{ { .unread = true }, INDEX_IN_DOUBT, "incomplete" },
		{ { .back = 1 }, INDEX_BACK, "" },
		{ { .single = true, .looked = true }, INDEX_NONE_FOUND, "none_found" },
		/* What is missing beside the hives makes no profile doubtful. */
		{ { .unread_beside = true }, INDEX_UNCHANGED, "unchanged incomplete" },
		{ { .unwritten = true }, INDEX_UNCHANGED, "unchanged incomplete" },
	};
	struct pair *pair = *state;

	add_two(pair);
	pair_compare(pair);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct index *index = indexes_new();
		struct indexes_series of;
		char *answer = verdict_sentence(&rows[i].verdict);
		indexes_of_pair(&of, pair, false);
		of.given.verdict = &rows[i].verdict;
		assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
		expect(index, rows[i].state, verdict_exit_status(&rows[i].verdict),
		       answer, rows[i].kinds);
		free(answer);
	}
}

static struct index *without_series(enum index_how how, const char *why)
{
	static const char *const paths[] = { "a/NTUSER.DAT" };
	struct index *index = indexes_new();
	const struct index_given given = {
		.how = how, .name = "amy", .paths = paths, .n_paths = 1, .why = why
	};

	assert_int_equal(index_add_subject(index, &given), STATUS_OK);
	return index;
}

/* A hive that is missing is a finding; one that need not be there is none. */
static void test_unpaired(void **state)
{
	struct index *index = without_series(INDEX_HIVE_GONE, NULL);

	(void)state;
	assert_string_equal(indexes_only(index, "hive_missing")->certainty, "certain");
	assert_string_equal(indexes_only(index, "hive_missing")->before_file,
			    "a/NTUSER.DAT");
	assert_null(indexes_only(index, "hive_missing")->after_file);
	expect(index, INDEX_MISSING, 1, "the whole hive is not there", "hive_missing");

	index = without_series(INDEX_NOT_LATER, NULL);
	assert_string_equal(indexes_only(index, "unpaired")->certainty, "unresolved");
	expect(index, INDEX_UNPAIRED, 2,
	       "only the earlier collection has it, and the later one could not be read "
	       "whole",
	       "unpaired");

	index = without_series(INDEX_NOT_EARLIER, NULL);
	assert_null(indexes_only(index, "unpaired")->certainty);
	assert_null(indexes_only(index, "unpaired")->before_file);
	expect(index, INDEX_UNPAIRED, 0, "only the later collection has it", "unpaired");

	expect(without_series(INDEX_FAILED, "a/NTUSER.DAT: not a hive"), INDEX_UNREADABLE,
	       2, "a/NTUSER.DAT: not a hive", "unreadable");
	expect(without_series(INDEX_FAILED, NULL), INDEX_UNREADABLE, 2,
	       "it could not be read", "unreadable");
}

/* Of a missing hive the earlier one may be unreadable in part. */
static void test_missing_and_incomplete(void **state)
{
	const struct verdict verdict = { .single = true, .unread = true };
	struct index *index = indexes_new();
	const struct index_given given = { .how = INDEX_HIVE_GONE,
					   .name = "amy",
					   .verdict = &verdict };

	(void)state;
	assert_int_equal(index_add_subject(index, &given), STATUS_OK);
	expect(index, INDEX_MISSING, 2, "the whole hive is not there",
	       "hive_missing incomplete");
}

/* ---- many ---- */

typedef enum status writer(const struct index *index, struct output *output);

/* The same bytes in whatever order they came, and all that they were read from is gone. */
static void test_order_of_adding(void **state)
{
	static const char *const names[] = { "amy", "bob", "cid" };
	static writer *const writers[] = { index_write_csv, index_write_jsonl,
					   index_write_html };
	struct pair *pair = *state;
	struct index *indexes[2] = { indexes_new(), indexes_new() };

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < 2; k++) {
			struct indexes_series of;
			char name[8];
			indexes_of_pair(&of, pair, false);
			strcpy(name, names[k == 0 ? i : ARRAY_LEN(names) - 1 - i]);
			of.given.name = name;
			assert_int_equal(index_add_subject(indexes[k], &of.given),
					 STATUS_OK);
		}
	for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
		char *first = strdup(indexes_written(indexes[0], writers[i]));
		assert_non_null(first);
		assert_int_equal(caught_count(first, "Work"), 3);
		assert_string_equal(indexes_written(indexes[1], writers[i]), first);
		free(first);
	}
	char *first =
		strdup(indexes_printed(indexes[0], NULL, (struct summary_look){ 0 }));
	assert_string_equal(indexes_printed(indexes[1], NULL, (struct summary_look){ 0 }),
			    first);
	free(first);
	index_free(indexes[0]);
	index_free(indexes[1]);
}

/* Nothing stays of a subject for which memory ran out, and the next one is added. */
static void test_nomem(void **state)
{
	struct pair *pair = *state;
	struct unit_oom oom;

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	UNIT_FAIL_EACH (oom) {
		struct indexes_series of;
		struct index *index = NULL;
		indexes_of_pair(&of, pair, false);
		enum status made = UNIT_FAILING(oom, index_new("out", &index));
		assert_int_equal(made, oom.failed ? STATUS_NOMEM : STATUS_OK);
		index_free(oom.failed ? NULL : index);
	}
	UNIT_FAIL_EACH (oom) {
		struct indexes_series of;
		struct index *index = indexes_new();
		indexes_of_pair(&of, pair, false);
		enum status added =
			UNIT_FAILING(oom, index_add_subject(index, &of.given));
		assert_int_equal(added, oom.failed ? STATUS_NOMEM : STATUS_OK);
		assert_int_equal(index->subjects.n, !oom.failed);
		assert_int_equal(index->rows.n, !oom.failed);
		assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
		index_free(index);
	}
}

static void test_free_nothing(void **state)
{
	(void)state;
	index_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

/* A subject that was read elsewhere gets the rows that were put since the last one. */
static void test_put(void **state)
{
	const struct index_row row = { .kind = "deleted", .restore_file = "a.reg" };
	struct index *index = indexes_new();
	const struct index_subject *subject;

	(void)state;
	assert_int_equal(index_put_row(index, &row), STATUS_OK);
	assert_int_equal(index_put_row(index, &row), STATUS_OK);
	assert_int_equal(
		index_put_subject(index, (struct index_subject){ .name = "amy",
								 .state = INDEX_LOST,
								 .exit_status = 1 }),
		STATUS_OK);
	assert_int_equal(index_put_subject(
				 index, (struct index_subject){ .name = "zoe",
								.state = INDEX_UNREADABLE,
								.exit_status = 2,
								.answer = "why" }),
			 STATUS_OK);
	subject = index->subjects.items;
	assert_int_equal(index->subjects.n, 2);
	assert_int_equal(subject[0].first_row, 0);
	assert_int_equal(subject[0].n_rows, 2);
	assert_int_equal(subject[0].n_restored, 2);
	assert_int_equal(subject[1].first_row, 2);
	assert_int_equal(subject[1].n_rows, 1);
	assert_string_equal(index->rows.items[2].kind, "unreadable");
	assert_string_equal(index->rows.items[2].note, "why");
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),
		TEST(test_as_the_hive_tells),
		TEST(test_as_given),
		TEST(test_compared),
		TEST(test_states),
		cmocka_unit_test(test_unpaired),
		cmocka_unit_test(test_missing_and_incomplete),
		TEST(test_order_of_adding),
		TEST(test_nomem),
		cmocka_unit_test(test_free_nothing),
	};
	return UNIT_RUN(tests);
}
