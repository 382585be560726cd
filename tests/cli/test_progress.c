/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of the work: when, how far, and that nothing stays behind. */
#include "help/unit.h"

#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char told[1 << 16];
static FILE *out;

static struct progress *start(bool draw, bool tell, unsigned after_ms,
			      const uint64_t *sizes, size_t n)
{
	const struct progress_options options = {
		.draw = draw,
		.tell = tell,
		.planned = ~0u,
		.after_ms = after_ms,
		.sizes = sizes,
		.n_sizes = n,
	};
	struct progress_options with = options;

	memset(told, 0, sizeof(told));
	out = fmemopen(told, sizeof(told), "w");
	assert_non_null(out);
	with.out = out;
	struct progress *progress = progress_start(&with);
	assert_non_null(progress);
	return progress;
}

static void stop(struct progress *progress)
{
	progress_stop(progress);
	assert_int_equal(fclose(out), 0);
}

static void wait_ms(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	assert_int_equal(nanosleep(&time, NULL), 0);
}

/* The last line, as it stands on a terminal: what was drawn over is gone. */
static const char *last_line(void)
{
	const char *line = told;

	for (const char *at = told; (at = strstr(at, "\r\033[K")); at += 4)
		line = at + 4;
	return line;
}

/* The percentage of the newest line; waits until one is drawn. */
static int percent_drawn(void)
{
	int percent = -1;

	for (int i = 0; i < 100; i++) {
		wait_ms(50);
		(void)!fflush(out);
		const char *line = strstr(last_line(), "wmsdiff: ");
		if (line && strchr(line, '%'))
			percent = (int)strtol(line + strlen("wmsdiff: "), NULL, 10);
		if (percent >= 0 && i >= 8)
			return percent;
	}
	return percent;
}

static void test_quick_work_shows_nothing(void **state)
{
	const uint64_t sizes[] = { 1000 };
	struct progress *progress = start(true, false, 60000, sizes, 1);
	struct stage stage;

	(void)state;
	stage_begin(&stage, progress_watch(progress), STAGE_READ, "hive", 0);
	stage_advance(&stage, 500, 1000);
	stage_end(&stage, 1000);
	stop(progress);
	assert_string_equal(told, "");
}

static void test_nothing_where_it_is_not_drawn(void **state)
{
	const uint64_t sizes[] = { 1000 };
	struct progress *progress = start(false, false, 0, sizes, 1);
	struct stage stage;

	(void)state;
	stage_begin(&stage, progress_watch(progress), STAGE_READ, "hive", 0);
	wait_ms(300);
	stage_end(&stage, 1000);
	stop(progress);
	assert_string_equal(told, "");
}

/* Two hives of the same size: what one has done counts half, and it goes on. */
static void test_how_far_it_is(void **state)
{
	const uint64_t sizes[] = { 1000, 1000 };
	struct progress *progress = start(true, false, 1, sizes, 2);
	struct stage first, second;
	int read_half, read_whole, both, report, before;

	(void)state;
	stage_begin(&first, progress_watch(progress), STAGE_READ, "a", 0);
	stage_advance(&first, 500, 1000);
	read_half = percent_drawn();
	assert_non_null(strstr(last_line(), "reading and hashing (hive 1 of 2)"));
	stage_end(&first, 1000);
	read_whole = percent_drawn();
	stage_begin(&second, progress_watch(progress), STAGE_READ, "b", 1);
	stage_end(&second, 1000);
	both = percent_drawn();
	assert_true(read_half > 0);
	/* By one at most, for the rounding. */
	assert_in_range(read_whole, 2 * read_half - 1, 2 * read_half + 1);
	assert_in_range(both, 2 * read_whole - 1, 2 * read_whole + 1);
	stage_begin(&first, progress_watch(progress), STAGE_REPORT, NULL, STAGE_NO_HIVE);
	before = percent_drawn();
	assert_non_null(strstr(last_line(), "writing the report"));
	stage_advance(&first, 9, 10);
	report = percent_drawn();
	assert_true(before > both && report > before && report <= 100);
	/* What comes late from a stage before does not turn it back. */
	stage_begin(&second, progress_watch(progress), STAGE_COMPARE, NULL,
		    STAGE_NO_HIVE);
	assert_int_equal(percent_drawn(), report);
	stop(progress);
	assert_string_equal(last_line(), "");
}

/* Hostile figures: more done than there is, and a total that is not known. */
static void test_odd_figures(void **state)
{
	const uint64_t sizes[] = { 0, UINT64_MAX };
	struct progress *progress = start(true, false, 1, sizes, 2);
	struct stage stage;

	(void)state;
	stage_begin(&stage, progress_watch(progress), STAGE_RECOVER, "a", 1);
	stage_advance(&stage, UINT64_MAX, 1);
	stage_advance(&stage, 5, 0);
	assert_in_range(percent_drawn(), 0, 100);
	stage_begin(&stage, progress_watch(progress), STAGE_READ, "a", 7);
	stage_begin(&stage, progress_watch(progress), STAGE_TIMELINE, NULL,
		    STAGE_NO_HIVE);
	stage_end(&stage, 0);
	assert_int_equal(percent_drawn(), 100);
	stop(progress);
}

static void test_each_stage_is_told(void **state)
{
	const uint64_t sizes[] = { 1000 };
	struct progress *progress = start(false, true, 1, sizes, 1);
	struct stage stage;

	(void)state;
	stage_begin(&stage, progress_watch(progress), STAGE_READ, "a\033b", 0);
	stage_advance(&stage, 500, 1000);
	stage_end(&stage, 1000);
	stage_begin(&stage, progress_watch(progress), STAGE_COMPARE, NULL, STAGE_NO_HIVE);
	stage_note(&stage, "%d changes", 3);
	stage_end(&stage, 0);
	stop(progress);
	const char *second = strchr(told, '\n');
	assert_non_null(second);
	/* What a terminal obeys is not told as it is. */
	assert_ptr_equal(strstr(told, "wmsdiff: a\xEF\xBF\xBD"
				      "b: reading and hashing: 1000 bytes in 0."),
			 told);
	assert_memory_equal(second + 1, "wmsdiff: comparing: 0 bytes in 0.0", 34);
	assert_non_null(strstr(second, " s; 3 changes\n"));
}

/* Told and drawn: what is told stands on lines of its own. */
static void test_told_while_it_is_drawn(void **state)
{
	const uint64_t sizes[] = { 1000 };
	struct progress *progress = start(true, true, 1, sizes, 1);
	struct stage stage;

	(void)state;
	stage_begin(&stage, progress_watch(progress), STAGE_READ, "a", 0);
	assert_in_range(percent_drawn(), 0, 100);
	stage_end(&stage, 1000);
	stop(progress);
	assert_non_null(
		strstr(told, "\r\033[Kwmsdiff: a: reading and hashing: 1000 bytes"));
	assert_int_equal(told[strlen(told) - 1], '\n');
}

/* Subjects count alike, whatever is done with each; lines take the place of the drawn one. */
static void test_subjects(void **state)
{
	struct progress_options with = { .draw = true, .after_ms = 1, .n_subjects = 4 };
	struct progress *progress;
	struct stage stage;

	(void)state;
	memset(told, 0, sizeof(told));
	out = fmemopen(told, sizeof(told), "w");
	assert_non_null(out);
	with.out = out;
	progress = progress_start(&with);
	assert_non_null(progress);
	stage_begin(&stage, progress_watch(progress), STAGE_REPORT, "a", 0);
	stage_advance(&stage, 9, 10);
	assert_int_equal(percent_drawn(), 0);
	stage_end(&stage, 10);
	progress_subject_done(progress);
	progress_subject_done(progress);
	progress_subject_done(progress);
	assert_int_equal(percent_drawn(), 75);
	assert_non_null(strstr(last_line(), "3 of 4 subjects done"));
	progress_put(progress, "wmsdiff: a line\n");
	stop(progress);
	assert_non_null(strstr(told, "\r\033[Kwmsdiff: a line\n"));
	assert_null(strstr(told, "writing the report"));
	progress_subject_done(NULL);
}

static void test_nobody_listens(void **state)
{
	struct stage stage;

	(void)state;
	assert_null(progress_watch(NULL));
	stage_begin(&stage, NULL, STAGE_READ, NULL, 0);
	stage_advance(&stage, 1, 2);
	stage_note(&stage, "%s", "");
	stage_end(&stage, 2);
	progress_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quick_work_shows_nothing),
		cmocka_unit_test(test_nothing_where_it_is_not_drawn),
		cmocka_unit_test(test_how_far_it_is),
		cmocka_unit_test(test_odd_figures),
		cmocka_unit_test(test_each_stage_is_told),
		cmocka_unit_test(test_told_while_it_is_drawn),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_nobody_listens),
	};
	return UNIT_RUN(tests);
}
