/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hives that were compared: their state, whose they are, how they were read. */
#include "help/summaries.h"

#include "report/summary/hiveheader.h"

#include <stdlib.h>
#include <string.h>

/* The moments of the recipe: pair_saved() and pair_saved_again(). */
#define SAVED "2016-02-01 17:00:00 UTC"
#define SAVED_AGAIN "2016-02-02 18:45:30 UTC"

static struct summaries_page page;

static void make(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Home"),
			   pair_changed());
	pair_compare(pair);
}

/* "hive of" and whose it is. */
static void who(const struct snapshot *snapshot, char out[128])
{
	char *described = subject_describe(&snapshot->subject);

	assert_non_null(described);
	(void)snprintf(out, 128, "hive of   %s", described);
	free(described);
}

static void test_brief(void **state)
{
	struct pair *pair = *state;
	char expected[1024], whose[128];

	make(pair);
	who(pair->old, whose);
	summaries_begin_pair(&page, pair, 2);
	hiveheader_brief(&page.summary);
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "next");
	summaries_end(&page);
	(void)snprintf(expected, sizeof(expected),
		       "before    %s\n"
		       "          2 profiles, clean, last written " SAVED "\n"
		       "after     %s\n"
		       "          1 profile, clean, last written " SAVED_AGAIN "\n"
		       "%s; both readers agree\n"
		       "\n"
		       "next\n",
		       pair->old->evidence->path, pair->new->evidence->path, whose);
	assert_string_equal(page.text, expected);
}

static void test_brief_alone(void **state)
{
	struct pair *pair = *state;
	char expected[512], whose[128];

	make(pair);
	who(pair->old, whose);
	summaries_begin_pair(&page, pair, 1);
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	(void)snprintf(expected, sizeof(expected),
		       "snapshot  %s\n"
		       "          2 profiles, clean, last written " SAVED "\n"
		       "%s; both readers agree\n\n",
		       pair->old->evidence->path, whose);
	assert_string_equal(page.text, expected);
}

/*
 * Whose they are is told of each if they are two subjects'.  They are not where a profile
 * of the same instance stands in the same cell, as in a hive whose ids were changed.
 */
static void test_brief_two_subjects(void **state)
{
	struct pair *pair = *state;

	make(pair);
	struct snapshot other = *pair->new;
	other.subject = (struct subject){ .role = SUBJECT_LOCAL_SYSTEM };
	assert_int_equal(other.n_profiles, 1);
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[1] = &other;
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	assert_int_equal(summaries_count(&page, "hive of   "), 1);
	struct snapshot_profile profile = other.profiles[0];
	profile.profile.instance[0] ^= 1;
	other.profiles = &profile;
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[1] = &other;
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	assert_int_equal(summaries_count(&page, "hive of   "), 2);
	summaries_assert_has(
		&page, "\nhive of   LocalSystem (HKU\\.DEFAULT); both readers agree\n");
	/* The earlier one's stands between the hives, without the readers. */
	const char *first = strstr(page.text, "hive of   "),
		   *after = strstr(page.text, "after     ");
	assert_true(first && after && first < after);
	assert_int_equal(summaries_count(&page, "both readers agree"), 1);
}

/* Of one subject, what either hive tells of it. */
static void test_brief_better_subject(void **state)
{
	struct pair *pair = *state;

	make(pair);
	struct snapshot unknown = *pair->old;
	unknown.subject = (struct subject){ .role = SUBJECT_UNKNOWN };
	char whose[128];
	who(pair->new, whose);
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[0] = &unknown;
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	assert_int_equal(summaries_count(&page, "hive of   "), 1);
	summaries_assert_has(&page, whose);
}

static void test_brief_readers(void **state)
{
	struct pair *pair = *state;

	make(pair);
	struct snapshot other = *pair->new;
	other.readers = SNAPSHOT_DIFFER;
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[1] = &other;
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	summaries_assert_has(&page, SAVED_AGAIN ", THE READERS\n          DIFFER\n");
	summaries_assert_lacks(&page, "agree");
}

/* Of many, each has the number that the changes name it by. */
static void test_brief_many(void **state)
{
	struct pair *pair = *state;

	make(pair);
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[2] = pair->old;
	page.series.n_snapshots = 3;
	hiveheader_brief(&page.summary);
	summaries_end(&page);
	summaries_assert_has(&page, "snapshot 1 ");
	summaries_assert_has(&page, "\nsnapshot 2 ");
	summaries_assert_has(&page, "\nsnapshot 3 ");
	summaries_assert_lacks(&page, "before");
	summaries_assert_lacks(&page, "after");
	/* One line each. */
	assert_int_equal(summaries_count(&page, "  2 profiles, clean, " SAVED "\n"), 2);
	assert_int_equal(summaries_count(&page, "  1 profile, clean, " SAVED_AGAIN "\n"),
			 1);
}

static void test_full(void **state)
{
	struct pair *pair = *state;
	char expected[1024];

	make(pair);
	struct snapshot first = *pair->old;
	first.readers = SNAPSHOT_HIVEX;
	first.borrowed = true;
	char *old = subject_describe(&first.subject);
	assert_non_null(old);
	summaries_begin_pair(&page, pair, 2);
	page.snapshots[0] = &first;
	hiveheader_write(&page.summary);
	summaries_end(&page);
	(void)snprintf(expected, sizeof(expected),
		       "as found  %s\n"
		       "          %s; clean, read by hivex alone; 2 profiles\n"
		       "          last written " SAVED "\n"
		       "after     %s\n"
		       "          %s; clean, both readers agree; 1 profile\n"
		       "          last written " SAVED_AGAIN "\n",
		       first.evidence->path, old, pair->new->evidence->path, old);
	free(old);
	assert_string_equal(page.text, expected);
}

/* A header without a time: no time is shown. */
static void test_never_written(void **state)
{
	struct pair *pair = *state;

	make(pair);
	struct image image = *pair->old->image;
	struct snapshot dirty = *pair->old;
	image.base.last_written_ft = 0;
	image.state = IMAGE_DIRTY;
	dirty.image = &image;
	summaries_begin_pair(&page, pair, 1);
	page.snapshots[0] = &dirty;
	hiveheader_brief(&page.summary);
	hiveheader_write(&page.summary);
	summaries_end(&page);
	summaries_assert_has(&page, "\n          2 profiles, dirty\n");
	summaries_assert_has(&page, "; dirty (read as it stands), both readers agree;");
	summaries_assert_lacks(&page, "written");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_brief),
		TEST(test_brief_alone),
		TEST(test_brief_two_subjects),
		TEST(test_brief_better_subject),
		TEST(test_brief_readers),
		TEST(test_brief_many),
		TEST(test_full),
		TEST(test_never_written),
	};
	return UNIT_RUN(tests);
}
