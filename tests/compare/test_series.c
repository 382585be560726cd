/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots in time order: what is compared with what, recovered, numbered and counted. */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/hives.h"
#include "help/pair.h"

#include "compare/series.h"
#include "compare/verdict.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 4 };

/* Hive files, the oldest first. */
struct files {
	char *paths[MOST];
	struct snapshot_source sources[MOST];
	size_t n;
};

static void add_bytes(struct files *files, const void *bytes, size_t len)
{
	char *path = hives_temporary(bytes, len);

	files->paths[files->n] = path;
	files->sources[files->n] =
		(struct snapshot_source){ .path = path, .number = files->n };
	files->n++;
}

/* What a run over the series ends with. */
static int exit_status_of(const struct series *series)
{
	struct verdict verdict;

	assert_int_equal(verdict_decide(series, &verdict), STATUS_OK);
	return verdict_exit_status(&verdict);
}

/* The hive as it is at this moment. */
static void add(struct files *files, struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	add_bytes(files, bytes, len);
}

static void remove_files(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		unlink(files->paths[i]);
		free(files->paths[i]);
	}
}

/* Three states: two profiles; "One" is deleted; "Two" is deleted and "New" is there. */
static struct files three(struct pair *pair)
{
	struct files files = { 0 };

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	add(&files, pair->before);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			   pair_changed());
	add(&files, pair->after);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Two"),
			   pair_changed() + 1);
	pair_add(pair->after, MAPI_OFFICE("16.0") "\\Profiles", "New", 3);
	builder_stamp(pair->after, pair_saved_again() + 1, 40);
	add(&files, pair->after);
	return files;
}

static struct series *read_series(const struct snapshot_source *sources, size_t n,
				  bool recover, unsigned n_threads)
{
	struct series_options options = { .n_threads = n_threads, .recover = recover };
	struct series *series = NULL;
	struct failure failure;

	assert_int_equal(series_read(sources, n, &options, &series, &failure), STATUS_OK);
	return series;
}

/* ---- what is compared with what ---- */

static void test_neighbours_are_compared(void **state)
{
	struct files files = three(*state);
	struct series *series = read_series(files.sources, files.n, false, 1);

	assert_int_equal(series->n_snapshots, 3);
	assert_int_equal(series->n_comparisons, 2);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(series->snapshots[i]->evidence->path, files.paths[i]);
		assert_null(series->recoveries[i]);
		assert_null(series_recovery(series, series->snapshots[i]));
	}
	assert_int_equal(series->comparisons[0]->before_index, 0);
	assert_int_equal(series->comparisons[1]->before_index, 1);
	const struct comparison *first = series->comparisons[0];
	assert_int_equal(first->n_findings, 1);
	pair_assert_names(&first->findings[0], "One", NULL);
	assert_int_equal(series->comparisons[1]->n_findings, 2);
	pair_assert_names(&series->comparisons[1]->findings[0], "Two", NULL);
	pair_assert_names(&series->comparisons[1]->findings[1], NULL, "New");
	series_free(series);
	remove_files(&files);
}

/* Nothing depends on how many work on it. */
static void test_threads(void **state)
{
	struct files files = three(*state);
	struct series *one = read_series(files.sources, files.n, true, 1);
	struct series *many = read_series(files.sources, files.n, true, 8);

	assert_int_equal(one->n_snapshots, many->n_snapshots);
	for (size_t i = 0; i < one->n_snapshots; i++) {
		assert_string_equal(one->snapshots[i]->evidence->path,
				    many->snapshots[i]->evidence->path);
		assert_int_equal(one->recoveries[i]->n_profiles,
				 many->recoveries[i]->n_profiles);
	}
	for (size_t i = 0; i < one->n_comparisons; i++) {
		const struct comparison *a = one->comparisons[i],
					*b = many->comparisons[i];
		assert_int_equal(a->n_findings, b->n_findings);
		for (size_t k = 0; k < a->n_findings; k++) {
			assert_int_equal(a->findings[k].kind, b->findings[k].kind);
			assert_int_equal(a->findings[k].at_ft, b->findings[k].at_ft);
		}
	}
	series_free(one);
	series_free(many);
	remove_files(&files);
}

static void test_lone_hive(void **state)
{
	struct files files = three(*state);
	struct series *series = read_series(files.sources, 1, true, 1);
	struct series_counts counts;

	assert_int_equal(series->n_snapshots, 1);
	assert_int_equal(series->n_comparisons, 0);
	assert_non_null(series_recovery(series, series->snapshots[0]));
	series_count(series, &counts);
	assert_int_equal(counts.profiles_before, 2);
	assert_int_equal(counts.profiles_after, 2);
	assert_int_equal(exit_status_of(series), 0);
	series_free(series);
	remove_files(&files);
}

/* A hive that its log changes is two states of itself. */
static void test_lone_hive_with_its_log(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			   pair_changed());
	struct dirty_files files = dirty_files_of(pair->before, pair->after);
	struct series *series = read_series(&files.source, 1, true, 1);
	struct series_counts counts;

	assert_int_equal(series->n_snapshots, 2);
	assert_true(series->snapshots[0]->borrowed);
	assert_false(series->snapshots[1]->borrowed);
	assert_ptr_equal(series->snapshots[0]->evidence, series->snapshots[1]->evidence);
	assert_int_equal(series->n_comparisons, 1);
	assert_int_equal(series->comparisons[0]->n_findings, 1);
	const struct finding *finding = &series->comparisons[0]->findings[0];
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_non_null(finding->state);
	assert_int_equal(finding->state->sequence, DIRTY_FIRST);
	/* The file by itself is dirty: that is what its log is for. */
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	series_count(series, &counts);
	assert_true(counts.complete);
	assert_int_equal(exit_status_of(series), 1);
	series_free(series);
	dirty_files_remove(&files);
}

/* ---- what cannot be read ---- */

static void test_first_failure_is_told(void **state)
{
	struct files files = three(*state);
	struct series_options options = { .n_threads = 4 };
	struct series *series = NULL;
	struct failure failure;

	add_bytes(&files, "words\n", 6);
	/* The second operand is not there, the last one is no hive. */
	unlink(files.paths[1]);
	assert_int_equal(series_read(files.sources, files.n, &options, &series, &failure),
			 STATUS_IO);
	assert_null(series);
	assert_non_null(strstr(failure.sentence, files.paths[1]));
	assert_int_equal(series_read(&files.sources[2], 2, &options, &series, &failure),
			 STATUS_UNSUPPORTED);
	assert_null(series);
	assert_non_null(strstr(failure.sentence, files.paths[3]));
	remove_files(&files);
	series_free(NULL);
}

/* ---- recovered profiles ---- */

static void test_recovered_and_reported(void **state)
{
	struct files files = three(*state);
	struct series *series = read_series(files.sources, files.n, true, 2);
	struct series_counts counts;
	size_t n = 0;

	assert_int_equal(series->recoveries[0]->n_profiles, 0);
	assert_int_equal(series->recoveries[1]->n_profiles, 1);
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(series_recovery(series, series->snapshots[i]),
				 series->recoveries[i]);
	struct snapshot other = { 0 };
	assert_null(series_recovery(series, &other));
	/* The change of each snapshot tells of the profile that went then. */
	bool *reported = series_reported(series, 1);
	assert_non_null(reported);
	assert_true(reported[0]);
	free(reported);
	const struct recovery *last = series->recoveries[2];
	assert_true(last->n_profiles >= 1);
	reported = series_reported(series, 2);
	assert_non_null(reported);
	for (size_t i = 0; i < last->n_profiles; i++) {
		assert_int_equal(reported[i], text_is(last->profiles[i].name, "Two"));
		n += reported[i];
	}
	assert_int_equal(n, 1);
	free(reported);
	/* Nothing was recovered from it: a flag is there all the same. */
	reported = series_reported(series, 0);
	assert_non_null(reported);
	assert_false(reported[0]);
	free(reported);
	series_count(series, &counts);
	assert_int_equal(counts.recovered, last->n_gone);
	series_free(series);
	remove_files(&files);
}

/* ---- numbers and counts ---- */

static void test_numbers_and_counts(void **state)
{
	struct files files = three(*state);
	struct series *series = read_series(files.sources, files.n, false, 1);
	struct series_counts counts;
	struct finding other = { 0 };

	assert_int_equal(series_changes_before(series, 0), 0);
	assert_int_equal(series_changes_before(series, 1), 1);
	assert_int_equal(series_changes_before(series, 2), 3);
	assert_int_equal(
		series_change_number(series, &series->comparisons[0]->findings[0]), 1);
	assert_int_equal(
		series_change_number(series, &series->comparisons[1]->findings[0]), 2);
	assert_int_equal(
		series_change_number(series, &series->comparisons[1]->findings[1]), 3);
	assert_int_equal(series_change_number(series, &other), 0);
	series_count(series, &counts);
	assert_int_equal(counts.profiles_before, 2);
	assert_int_equal(counts.profiles_after, 1);
	assert_int_equal(counts.by_kind[FINDING_DELETED], 2);
	assert_int_equal(counts.by_kind[FINDING_ADDED], 1);
	assert_int_equal(counts.by_kind[FINDING_MODIFIED], 0);
	assert_int_equal(counts.recovered, 0);
	assert_true(counts.complete);
	series_free(series);
	remove_files(&files);
}

/* ---- what the program ends with ---- */

static int status_of(const struct files *files)
{
	struct series *series = read_series(files->sources, files->n, false, 1);
	int status = exit_status_of(series);

	series_free(series);
	return status;
}

static void test_exit_status(void **state)
{
	struct pair *pair = *state;
	struct files same = { 0 }, added = { 0 }, gone = { 0 }, spoilt = { 0 };

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	add(&same, pair->before);
	builder_path(pair->after, "Software\\Other", pair_changed());
	add(&same, pair->after);
	assert_int_equal(status_of(&same), 0);
	add(&added, pair->after);
	pair_add(pair->after, PAIR_PROFILES, "Two", 2);
	add(&added, pair->after);
	assert_int_equal(status_of(&added), 0);
	add(&gone, pair->after);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			   pair_changed());
	add(&gone, pair->after);
	assert_int_equal(status_of(&gone), 1);
	/* What cannot be read whole outweighs what is gone. */
	add(&spoilt, pair->before);
	builder_finish(pair->after);
	builder_poke16(
		pair->after,
		builder_key_offset(pair->after, pair_key(pair->after, "Software\\Other")),
		0x7878);
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(pair->after, &len);
	add_bytes(&spoilt, bytes, len);
	assert_int_equal(status_of(&spoilt), 2);
	remove_files(&same);
	remove_files(&added);
	remove_files(&gone);
	remove_files(&spoilt);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_neighbours_are_compared),
		PAIR_TEST(test_threads),
		PAIR_TEST(test_lone_hive),
		PAIR_TEST(test_lone_hive_with_its_log),
		PAIR_TEST(test_first_failure_is_told),
		PAIR_TEST(test_recovered_and_reported),
		PAIR_TEST(test_numbers_and_counts),
		PAIR_TEST(test_exit_status),
	};

	return UNIT_RUN(tests);
}
