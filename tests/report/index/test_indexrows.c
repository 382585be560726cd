/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of findings, read from pairs of hives: what changed, when, why, and the remedy. */
#include "help/indexes.h"
#include "help/recoveredhive.h"

#include "base/arena.h"
#include "report/index/indexrows.h"

#include <stdlib.h>
#include <string.h>

#define LIST                                                                             \
	"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"

static void add_two(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	pair_fork(pair);
}

/* The list was last written when the profile was deleted; so far it was there. */
static void test_deleted(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	struct index *index = indexes_compare(pair);
	const struct index_row *row = indexes_only(index, "deleted");
	assert_int_equal(index->rows.n, 1);
	assert_string_equal(row->profile, "Work");
	assert_null(row->profile_utf16);
	assert_string_equal(row->store_path, LIST "\\Profiles");
	assert_string_equal(row->certainty, "certain");
	assert_string_equal(row->fate, "gone");
	assert_true(row->to_ft == pair_changed());
	assert_true(row->from_ft > 0 && row->from_ft <= pair_changed());
	assert_int_equal(row->moment_ft, 0);
	assert_string_equal(row->time_certainty, "bounds");
	assert_int_equal(row->change, 1);
	assert_true(row->on_page);
	assert_false(row->weighed);
	assert_null(row->restore);
	assert_string_equal(row->before_file, pair->old->evidence->path);
	assert_string_equal(row->after_file, pair->new->evidence->path);
	index_free(index);
}

/* The moment, and how sure it is, as compare/ has it. */
static void test_times(void **state)
{
	struct pair *pair = *state;
	struct indexes_series of;

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	struct finding *finding = &pair->found->findings[0];
	static const struct {
		uint64_t from, to, at;
		bool confirmed, conflict, undated;
		const char *word;
	} rows[] = {
		{ 1, 3, 2, false, false, false, "moment" },
		{ 1, 3, 2, true, false, false, "confirmed" },
		{ 3, 1, 0, false, false, false, "contradictory" },
		{ 1, 3, 2, true, true, false, "contradictory" },
		{ 1, 1, 0, false, false, false, "bounds" },
		{ 0, 1, 0, false, false, false, "bounds" },
		{ 1, 0, 0, false, false, false, "bounds" },
		{ 0, 0, 0, false, false, false, NULL },
		{ 1, 3, 2, true, true, true, NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct index *index = indexes_new();
		finding->earliest_ft = rows[i].from;
		finding->latest_ft = rows[i].to;
		finding->at_ft = rows[i].at;
		finding->at_confirmed = rows[i].confirmed;
		finding->dated = !rows[i].undated;
		finding->n_reasons = rows[i].conflict;
		finding->reasons[0] = FINDING_BOUNDS_CONFLICT;
		indexes_of_pair(&of, pair, false);
		assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
		const struct index_row *row = indexes_only(index, "deleted");
		if (rows[i].word)
			assert_string_equal(row->time_certainty, rows[i].word);
		else
			assert_null(row->time_certainty);
		assert_true(row->moment_ft == (rows[i].undated ? 0 : rows[i].at));
		assert_true(row->from_ft == (rows[i].undated ? 0 : rows[i].from));
		index_free(index);
	}
}

static void test_moved(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	builder_key_copy(pair->after, pair_key(pair->after, WORK),
			 builder_path(pair->after, PAIR_DELETED, pair_changed()), "Old",
			 pair_changed());
	recoveredhive_delete(pair, WORK);
	struct index *index = indexes_compare(pair);
	const struct index_row *row = indexes_only(index, "moved");
	assert_string_equal(row->profile, "Work");
	assert_string_equal(row->new_name, "Old");
	assert_string_equal(row->store_path, LIST "\\Profiles");
	assert_string_equal(row->new_store_path, LIST "\\Deleted Profiles");
	/* It is no loss, but more than a change of content. */
	assert_null(row->fate);
	assert_true(row->on_page);
	index_free(index);
}

static void test_added(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	pair_add(pair->after, PAIR_PROFILES, "New", 3);
	struct index *index = indexes_compare(pair);
	const struct index_row *row = indexes_only(index, "added");
	assert_string_equal(row->profile, "New");
	assert_null(row->new_name);
	assert_null(row->fate);
	assert_false(row->on_page);
	index_free(index);
}

/* The cause of a comparison is that of what needs one; a worse rank is no answer. */
static void test_causes(void **state)
{
	struct pair *pair = *state;
	struct indexes_series of;

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	pair_add(pair->after, PAIR_PROFILES, "New", 3);
	pair_compare(pair);
	struct diagnosis items[] = {
		{ .comparison = pair->found,
		  .cause = CAUSE_REMOVE_ALL,
		  .grade = GRADE_UNLIKELY,
		  .rank = DIAGNOSIS_UNRANKED },
		{ .comparison = pair->found,
		  .cause = CAUSE_USER_DELETION,
		  .grade = GRADE_POSSIBLE,
		  .rank = DIAGNOSIS_BEST },
	};
	struct diagnoses diagnoses = { .items = items, .n = 2 };
	for (size_t n = 1; n <= 2; n++) {
		struct index *index = indexes_new();
		indexes_of_pair(&of, pair, false);
		diagnoses.n = n;
		of.given.diagnoses = &diagnoses;
		assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
		const struct index_row *row = indexes_only(index, "deleted");
		assert_int_equal(row->weighed, n == 2);
		if (row->weighed) {
			assert_int_equal(row->cause, CAUSE_USER_DELETION);
			assert_int_equal(row->grade, GRADE_POSSIBLE);
		}
		assert_false(indexes_only(index, "added")->weighed);
		index_free(index);
	}
}

/* What moved is not explained by what explains a loss, nor is what is unresolved. */
static void test_no_cause(void **state)
{
	static const struct {
		enum finding_kind kind;
		enum finding_certainty certainty;
		bool weighed;
	} rows[] = {
		{ FINDING_DELETED, FINDING_POSSIBLE, true },
		{ FINDING_DELETED, FINDING_UNRESOLVED, false },
		{ FINDING_STORE_REMOVED, FINDING_CERTAIN, true },
		{ FINDING_RENAMED, FINDING_CERTAIN, false },
		{ FINDING_MODIFIED, FINDING_CERTAIN, false },
	};
	struct pair *pair = *state;
	struct indexes_series of;

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	struct diagnosis items[] = { { .comparison = pair->found,
				       .cause = CAUSE_USER_DELETION,
				       .rank = DIAGNOSIS_BEST_OF_ALL } };
	const struct diagnoses diagnoses = { .items = items, .n = 1 };
	struct finding *finding = &pair->found->findings[0];
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct index *index = indexes_new();
		finding->kind = rows[i].kind;
		finding->certainty = rows[i].certainty;
		indexes_of_pair(&of, pair, false);
		of.given.diagnoses = &diagnoses;
		assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
		assert_int_equal(index->rows.items[0].weighed, rows[i].weighed);
		index_free(index);
	}
}

static void test_restores(void **state)
{
	struct pair *pair = *state;
	struct indexes_series of;
	char path[] = "out/reg/Work.reg";

	add_two(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, HOME);
	pair_compare(pair);
	struct restored items[] = {
		{ .finding = &pair->found->findings[0],
		  .outcome = RESTORE_WRITTEN,
		  .path = path },
		{ .finding = &pair->found->findings[1],
		  .outcome = RESTORE_LEFT_OUT,
		  .reason = RESTORE_MADE_ANEW },
	};
	const struct restores restores = { .items = items, .n = 2 };
	struct index *index = indexes_new();
	indexes_of_pair(&of, pair, false);
	of.given.restores = &restores;
	assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
	assert_int_equal(index->rows.n, 2);
	const struct index_row *rows = index->rows.items;
	/* As it is called from the folder of the index. */
	assert_string_equal(rows[0].restore_file, "reg/Work.reg");
	assert_string_equal(rows[0].restore, "written");
	assert_null(rows[0].restore_reason);
	assert_null(rows[1].restore_file);
	assert_string_equal(rows[1].restore, "left_out");
	assert_string_equal(rows[1].restore_reason, "made_anew");
	assert_string_equal(rows[1].restore_why, "its service remakes it (inferred)");
	assert_int_equal(index->subjects.items[0].n_restored, 1);
	/* Both are in one list: its path is kept once. */
	assert_ptr_equal(rows[0].store_path, rows[1].store_path);
	index_free(index);
}

/* ---- recovered ---- */

/* Of one hive a deleted profile is an answer; beside a comparison it is told, and no more. */
static void test_recovered(void **state)
{
	struct pair *pair = *state;
	struct indexes_series of;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, false);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	struct index *index = indexes_new();
	indexes_of_pair(&of, pair, true);
	assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
	const struct index_row *row = indexes_only(index, "recovered");
	assert_string_equal(row->profile, "Work");
	assert_string_equal(row->store_path, LIST "\\Profiles");
	assert_string_equal(row->fate, "gone");
	assert_true(row->on_page);
	assert_int_equal(row->change, 0);
	assert_null(row->before_file);
	assert_string_equal(row->after_file, pair->new->evidence->path);
	assert_true(row->moment_ft == profile->deleted_ft);
	assert_true(row->to_ft == profile->not_after_ft);
	index_free(index);
}

static void change_recovered(struct pair *pair, struct indexes_series *of,
			     const struct recovered_profile *to)
{
	pair->recoveries[1]->profiles[0] = *to;
	indexes_of_pair(of, pair, true);
}

static struct index *index_of(struct pair *pair, const struct recovered_profile *profile)
{
	struct indexes_series of;
	struct index *index = indexes_new();

	change_recovered(pair, &of, profile);
	assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
	return index;
}

/* What may be alive is no loss, what lives on is none at all, and an account is no profile. */
static void test_recovered_doubts(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, false);
	const struct recovered_profile kept = *recoveredhive_only(pair->recoveries[1]);
	struct recovered_profile profile = kept;

	profile.may_be_alive = true;
	struct index *index = index_of(pair, &profile);
	assert_string_equal(indexes_only(index, "recovered")->certainty, "unresolved");
	assert_string_equal(indexes_only(index, "recovered")->fate, "unknown");
	index_free(index);

	profile = kept;
	profile.lives_on = kept.profile.key;
	index = index_of(pair, &profile);
	for (size_t i = 0; i < index->rows.n; i++)
		assert_string_not_equal(index->rows.items[i].kind, "recovered");
	index_free(index);

	profile = kept;
	profile.name_from = RECOVERY_NAME_ACCOUNT;
	index = index_of(pair, &profile);
	assert_null(indexes_only(index, "recovered")->profile);
	assert_string_equal(indexes_only(index, "recovered")->note, "its name is lost");
	index_free(index);

	profile = kept;
	profile.name_certainty = RECOVERED_PROBABLE;
	profile.certainty = RECOVERED_POSSIBLE;
	index = index_of(pair, &profile);
	assert_string_equal(indexes_only(index, "recovered")->note,
			    "its name is concluded");
	assert_string_equal(indexes_only(index, "recovered")->certainty, "possible");
	index_free(index);
	pair->recoveries[1]->profiles[0] = kept;
}

/* ---- of the subject as a whole ---- */

static void test_whole(void **state)
{
	static const char *const paths[] = { "a", "b", "c" };
	static const struct {
		enum index_side side;
		size_t n;
		const char *before, *after;
	} rows[] = {
		{ INDEX_BOTH_SIDES, 3, "a", "c" },   { INDEX_BOTH_SIDES, 1, NULL, "a" },
		{ INDEX_BOTH_SIDES, 0, NULL, NULL }, { INDEX_EARLIER_SIDE, 1, "a", NULL },
		{ INDEX_LATER_SIDE, 1, NULL, "a" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct index *index = indexes_new();
		const struct index_subject subject = { .name = "",
						       .answer = "so it is",
						       .side = rows[i].side,
						       .paths = paths,
						       .n_paths = rows[i].n };
		assert_int_equal(
			indexrows_add_whole(index, &subject, "unpaired", "unresolved"),
			STATUS_OK);
		const struct index_row *row = indexes_only(index, "unpaired");
		assert_string_equal(row->certainty, "unresolved");
		assert_string_equal(row->note, "so it is");
		assert_ptr_equal(row->before_file, rows[i].before ? paths[0] : NULL);
		assert_ptr_equal(row->after_file,
				 rows[i].after ? paths[rows[i].n - 1] : NULL);
		assert_false(row->on_page);
		index_free(index);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_deleted),
		TEST(test_times),
		TEST(test_moved),
		TEST(test_added),
		TEST(test_causes),
		TEST(test_restores),
		TEST(test_no_cause),
		TEST(test_recovered),
		TEST(test_recovered_doubts),
		cmocka_unit_test(test_whole),
	};
	return UNIT_RUN(tests);
}
