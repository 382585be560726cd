/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is lost at the end of a series, how that is said, and the exit status. */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/hives.h"
#include "help/pair.h"

#include "compare/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 4 };

/* Hive files in time order. */
struct files {
	char *paths[MOST];
	struct snapshot_source sources[MOST];
	size_t n;
};

static void add_path(struct files *files, char *path)
{
	files->paths[files->n] = path;
	files->sources[files->n] =
		(struct snapshot_source){ .path = path, .number = files->n };
	files->n++;
}

static void add(struct files *files, struct builder *b)
{
	add_path(files, hives_file(b));
}

/* The later hive, in which the list of profiles cannot be read. */
static void add_spoilt(struct files *files, struct pair *pair)
{
	struct builder *b = pair_spoil(pair, true);
	size_t len = 0;

	builder_poke16(b, builder_key_list_offset(b, pair_key(b, PAIR_PROFILES)), 0x7878);
	const uint8_t *bytes = builder_bytes(b, &len);
	add_path(files, hives_temporary(bytes, len));
}

static void remove_files(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		unlink(files->paths[i]);
		free(files->paths[i]);
	}
	files->n = 0;
}

/* What became of each change of the last series: "gone later -". */
static char fates[256];

static void follow_all(const struct series *series)
{
	size_t n = 0;

	fates[0] = '\0';
	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const char *word = verdict_fate_word(verdict_follow(
				series, i, &series->comparisons[i]->findings[k]));
			strcat(fates, n++ > 0 ? " " : "");
			strcat(fates, word ? word : "-");
		}
}

static void check_said(struct verdict verdict, int status, const char *sentence)
{
	char *said = verdict_sentence(&verdict);

	assert_non_null(said);
	assert_string_equal(said, sentence);
	assert_int_equal(verdict_exit_status(&verdict), status);
	free(said);
}

/* Takes the files.  Fails the test unless this is said, and the status is that. */
static struct verdict expect(struct files *files, int status, const char *sentence)
{
	struct series_options options = { .n_threads = 1, .recover = true };
	static struct failure failure;
	struct series *series = NULL;
	struct verdict verdict;

	if (series_read(files->sources, files->n, &options, &series, &failure) !=
	    STATUS_OK)
		fail_msg("%s", failure.sentence);
	assert_int_equal(verdict_decide(series, &verdict), STATUS_OK);
	follow_all(series);
	check_said(verdict, status, sentence);
	assert_int_equal(verdict_is_bad(&verdict), status != 0);
	series_free(series);
	remove_files(files);
	return verdict;
}

static void delete (struct pair *pair, const char *name)
{
	char path[200];

	(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\%s", name);
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
}

/* Two profiles in both hives. */
static struct pair *begin(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	return pair;
}

/* ---- pairs ---- */

static void test_pairs(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	add(&files, pair->before);
	builder_path(pair->after, "Software\\Other", pair_changed());
	add(&files, pair->after);
	expect(&files, 0, "no profile is gone");
	assert_string_equal(fates, "");

	add(&files, pair->before);
	delete (pair, "One");
	add(&files, pair->after);
	struct verdict verdict = expect(&files, 1, "1 profile is gone");
	assert_int_equal(verdict.gone, 1);
	assert_int_equal(verdict.recovered, 0);
	assert_int_equal(verdict.first_latest_ft, pair_changed());
	assert_int_equal(verdict.last_earliest_ft, pair_changed());

	add(&files, pair->before);
	delete (pair, "Two");
	add(&files, pair->after);
	expect(&files, 1, "2 profiles are gone");
	assert_string_equal(fates, "gone gone");
}

/* Another one of that name stands there: its content is lost. */
static void test_recreated(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	delete (pair, "One");
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "One", 7,
		    pair_saved_again());
	add(&files, pair->before);
	add(&files, pair->after);
	struct verdict verdict = expect(&files, 1, "no profile is gone; 1 is recreated");
	assert_int_equal(verdict.recreated, 1);
	assert_string_equal(fates, "recreated");
}

/* The list of what is there is spoilt: the profile may be what it lost. */
static void test_cannot_tell(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	delete (pair, "One");
	add(&files, pair->before);
	add_spoilt(&files, pair);
	struct verdict verdict = expect(&files, 2,
					"cannot tell whether 1 profile is gone; but not "
					"everything could be read");
	assert_int_equal(verdict.unknown, 1);
	assert_int_equal(verdict.gone, 0);
	assert_non_null(strstr(fates, "unknown"));
}

/* ---- series ---- */

static void test_gone_and_back(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	add(&files, pair->before);
	delete (pair, "One");
	add(&files, pair->after);
	builder_stamp(pair->before, pair_saved_again() + 10000000, 40);
	add(&files, pair->before);
	struct verdict verdict = expect(&files, 0, "1 profile was gone and is back");
	assert_int_equal(verdict.back, 1);
	assert_int_equal(verdict.gone, 0);
	/* The second change is that it was added again. */
	assert_string_equal(fates, "back -");
}

/* It went, came back, and went again: one loss, told by the last change. */
static void test_gone_twice(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	add(&files, pair->before);
	delete (pair, "One");
	add(&files, pair->after);
	builder_stamp(pair->before, pair_saved_again() + 10000000, 40);
	add(&files, pair->before);
	builder_stamp(pair->after, pair_saved_again() + 20000000, 50);
	add(&files, pair->after);
	struct verdict verdict = expect(&files, 1, "1 profile is gone");
	assert_int_equal(verdict.gone, 1);
	assert_int_equal(verdict.back, 0);
	assert_string_equal(fates, "later - gone");
}

/* One of two is back. */
static void test_one_of_two_back(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	add(&files, pair->before);
	delete (pair, "One");
	struct builder *last = builder_clone(pair->after);
	delete (pair, "Two");
	add(&files, pair->after);
	builder_stamp(last, pair_saved_again() + 10000000, 40);
	add(&files, last);
	builder_free(last);
	struct verdict verdict =
		expect(&files, 1, "1 profile is gone; 1 was gone and is back");
	assert_int_equal(verdict.gone, 1);
	assert_int_equal(verdict.back, 1);
	/* "One" is gone for good; "Two" is back by the last change. */
	assert_string_equal(fates, "gone back -");
}

/* ---- one hive ---- */

static void test_single(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	add(&files, pair->before);
	struct verdict verdict =
		expect(&files, 0, "2 profiles in this hive, 0 deleted ones recovered");
	assert_true(verdict.single);
	delete (pair, "One");
	add(&files, pair->after);
	verdict = expect(&files, 1, "1 profile in this hive, 1 deleted one recovered");
	assert_int_equal(verdict.recovered, 1);
	assert_int_equal(verdict.gone, 0);
}

/* A move leaves the old key behind; the profile lives on. */
static void test_single_with_a_moved_profile(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	builder_path(pair->after, PAIR_DELETED, pair_changed());
	builder_key_copy(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			 pair_key(pair->after, PAIR_DELETED), "One", pair_changed());
	delete (pair, "One");
	add(&files, pair->after);
	expect(&files, 0, "2 profiles in this hive, 0 deleted ones recovered");
}

/* Moved to Deleted Profiles, and removed there: one loss. */
static void test_single_with_a_purged_profile(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	builder_path(pair->after, PAIR_DELETED, pair_changed());
	builder_key moved = mapi_profile_move(
		pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
		pair_key(pair->after, PAIR_DELETED), "One", pair_changed());
	builder_key_delete(pair->after, moved, pair_changed() + 10000000);
	add(&files, pair->after);
	expect(&files, 1, "1 profile in this hive, 1 deleted one recovered");
}

/* ---- subjects ---- */

/* Two users, with a hive between them that does not tell whose it is. */
static void test_two_subjects_are_refused(void **state)
{
	static const char *const sids[] = { PAIR_SID, NULL, "S-1-5-21-1-2-3-1002" };
	struct series_options options = { .n_threads = 1 };
	static struct failure failure;
	struct files files = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sids); i++) {
		struct builder *b = builder_new(&(struct builder_options){
			.minor = 5, .user_sid = sids[i], .sequence = 1 });
		builder_path(b, PAIR_PROFILES, pair_made());
		add(&files, b);
		builder_free(b);
	}
	for (int stated = 0; stated < 2; stated++) {
		struct series *series = NULL;
		options.same_subject = stated;
		assert_int_equal(
			series_read(files.sources, files.n, &options, &series, &failure),
			stated ? STATUS_OK : STATUS_UNSUPPORTED);
		if (!stated)
			assert_non_null(strstr(failure.sentence, files.paths[2]));
		series_free(series);
	}
	remove_files(&files);
}

/* ---- what the caller adds, and all that can be said ---- */

static void test_sentences(void **state)
{
	(void)state;
	check_said((struct verdict){ 0 }, 0, "no profile is gone");
	check_said((struct verdict){ .damaged = 1 }, 1,
		   "no profile is gone; 1 is damaged");
	check_said((struct verdict){ .gone = 2, .damaged = 2, .recreated = 1 }, 1,
		   "2 profiles are gone; 2 are damaged; 1 is recreated");
	check_said((struct verdict){ .back = 3 }, 0, "3 profiles were gone and are back");
	check_said((struct verdict){ .unknown = 2, .back = 1 }, 2,
		   "cannot tell whether 2 profiles are gone; 1 was gone and is back");
	check_said((struct verdict){ .gone = 1, .unknown = 1 }, 2,
		   "1 profile is gone; cannot tell whether 1 more is gone");
	check_said((struct verdict){ .unknown_damaged = 1 }, 2,
		   "no profile is gone; cannot tell whether 1 is damaged");
	check_said((struct verdict){ .single = true, .profiles = 1 }, 0,
		   "1 profile in this hive");
	check_said(
		(struct verdict){ .single = true, .looked = true, .unknown = 1 }, 2,
		"0 profiles in this hive, 0 deleted ones recovered; cannot tell whether "
		"1 is gone");
	check_said((struct verdict){ .single = true, .gone = 1, .recovered = 2 }, 1,
		   "1 profile is gone; 2 other deleted ones recovered");
	/* What left with its hive was not deleted; that it is another is inferred. */
	check_said(
		(struct verdict){ .gone = 1, .other_hive = 1, .another_hive = true }, 1,
		"another hive stands in place of the earlier one (inferred); 1 profile "
		"of the earlier one is not in it");
	check_said((struct verdict){ .gone = 3, .other_hive = 2, .older_copy = true }, 1,
		   "an older copy of the hive stands in its place (inferred); 2 profiles "
		   "of the earlier one are not in it; 1 other profile is gone");
	check_said((struct verdict){ .gone = 1, .unread_beside = true }, 2,
		   "1 profile is gone; but not everything could be read");
	check_said((struct verdict){ .gone = 1, .uncovered = true }, 2,
		   "1 profile is gone; but no event log covers the time");
	check_said((struct verdict){ .gone = 1, .unwritten = true }, 2,
		   "1 profile is gone; but not every .reg file could be written");
}

/* ---- what a change between two others tells ---- */

/* Three hives, the one in the middle made of the first; the last one is given. */
static void add_three(struct files *files, struct pair *pair, struct builder *last)
{
	builder_stamp(last, pair_saved_again() + 10000000, 40);
	add(files, pair->before);
	add(files, pair->after);
	add(files, last);
}

static void forget_instance(struct builder *b, uint64_t time)
{
	builder_key_delete(b, pair_key(b, PAIR_PROFILES "\\One\\" MAPI_INSTANCE), time);
}

/* Another profile of its name is not it: neither by the instance key nor by sections. */
static void come_back_as_another(void **state, bool by_instance)
{
	struct pair *pair = *state;
	struct files files = { 0 };

	if (by_instance)
		(void)begin(state);
	else {
		pair_add(pair->before, PAIR_PROFILES, "One", 1);
		forget_instance(pair->before, pair_made());
		pair_fork(pair);
	}
	delete (pair, "One");
	struct builder *last = builder_clone(pair->after);
	pair_add_at(last, pair_key(last, PAIR_PROFILES), "One", 9, pair_saved_again());
	if (!by_instance)
		forget_instance(last, pair_saved_again());
	add_three(&files, pair, last);
	struct verdict verdict = expect(&files, 1, "no profile is gone; 1 is recreated");
	assert_int_equal(verdict.recreated, 1);
	assert_int_equal(verdict.back, 0);
	builder_free(last);
}

static void test_back_with_another_instance_key(void **state)
{
	come_back_as_another(state, true);
}

static void test_back_with_other_sections(void **state)
{
	come_back_as_another(state, false);
}

/* An empty key of its name is not known to be it: nobody can tell that it is back. */
static void test_back_by_name_alone(void **state)
{
	struct pair *pair = *state;
	struct files files = { 0 };

	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	builder_key_add(pair->before, pair_key(pair->before, PAIR_PROFILES), "One",
			pair_made());
	pair_fork(pair);
	delete (pair, "One");
	struct builder *last = builder_clone(pair->after);
	pair_add_at(last, pair_key(last, PAIR_PROFILES), "One", 9, pair_saved_again());
	add_three(&files, pair, last);
	struct verdict verdict =
		expect(&files, 2, "cannot tell whether 1 profile is gone");
	assert_int_equal(verdict.back, 0);
	assert_int_equal(verdict.unknown, 1);
	builder_free(last);
}

/* Of one that nobody could tell whether it was gone nobody can tell that it is back. */
static void test_unknown_and_there_again(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	delete (pair, "One");
	struct builder *last = builder_clone(pair->before);
	builder_stamp(last, pair_saved_again() + 10000000, 40);
	add(&files, pair->before);
	add_spoilt(&files, pair);
	add(&files, last);
	struct verdict verdict =
		expect(&files, 2, "no profile is gone; but not everything could be read");
	assert_int_equal(verdict.back, 0);
	builder_free(last);
}

/* What was damaged on the way and is whole at the end is no loss. */
static void test_whole_again(void **state)
{
	struct pair *pair = begin(state);
	struct files files = { 0 };

	struct builder *last = builder_clone(pair->before);
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\One\\" MAPI_ROOT),
			   pair_changed());
	add(&files, pair->before);
	add(&files, pair->after);
	struct verdict verdict = expect(&files, 1, "no profile is gone; 1 is damaged");
	assert_int_equal(verdict.damaged, 1);
	add_three(&files, pair, last);
	verdict = expect(&files, 0, "no profile is gone");
	assert_int_equal(verdict.damaged, 0);
	builder_free(last);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_pairs),
		PAIR_TEST(test_recreated),
		PAIR_TEST(test_cannot_tell),
		PAIR_TEST(test_gone_and_back),
		PAIR_TEST(test_gone_twice),
		PAIR_TEST(test_one_of_two_back),
		PAIR_TEST(test_back_with_another_instance_key),
		PAIR_TEST(test_back_with_other_sections),
		PAIR_TEST(test_unknown_and_there_again),
		PAIR_TEST(test_back_by_name_alone),
		PAIR_TEST(test_whole_again),
		PAIR_TEST(test_single),
		PAIR_TEST(test_single_with_a_moved_profile),
		PAIR_TEST(test_single_with_a_purged_profile),
		PAIR_TEST(test_two_subjects_are_refused),
		cmocka_unit_test(test_sentences),
	};
	return UNIT_RUN(tests);
}
