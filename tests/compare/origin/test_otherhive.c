/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the later hive is the earlier one grown older, or another in its place. */
#include "help/unit.h"

#include "compare/origin/otherhive.h"

#include "help/pair.h"
#include "samples/desktop.h"
#include "samples/usedhive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Times of the recipes: the template's, of a first profile, and of what comes later. */
static uint64_t day(unsigned number)
{
	return pair_made() + number * USEDHIVE_DAY;
}

static struct builder *new_hive(void)
{
	struct builder_options options = pair_options();
	struct builder *b = builder_new(&options);

	desktop_fill(b, "C:\\Users\\tester", pair_made());
	builder_stamp(b, day(1), 4);
	return b;
}

static void add_profile(struct builder *b, const char *name, uint64_t seed, uint64_t ft)
{
	pair_add_at(b, builder_path(b, PAIR_PROFILES, ft), name, seed, ft);
}

/* The hive that is there first: a profile on day 2, and ten days of use from there on. */
static void use_first(struct pair *pair)
{
	builder_free(pair->before);
	pair->before = new_hive();
	add_profile(pair->before, "One", 1, day(2));
	builder_stamp(pair->before, usedhive_use(pair->before, day(2), 10, 3, 1), 400);
}

/* That one hive and the other are so. */
static const struct otherhive *found(struct pair *pair, enum otherhive_kind kind)
{
	pair_compare(pair);
	const struct otherhive *other = &pair->found->other;
	assert_string_equal(otherhive_word(other->kind), otherhive_word(kind));
	return other;
}

/* A hive that Windows made of the template after the first one was used. */
static void test_new(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = new_hive();
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 2), 30);
	const struct otherhive *other = found(pair, OTHERHIVE_NEW);
	assert_int_equal(other->used_ft, day(2));
	assert_int_equal(other->n_kept, 0);
	assert_int_equal(other->n_between, 0);
	assert_true(other->n_own >= 10 * USEDHIVE_NEW_KEYS);
	assert_true(other->n_since >= 2 * USEDHIVE_NEW_KEYS);
	/* The first key of its first day, or one that was made on the way to it. */
	assert_int_equal(other->begun->mtime_ft, day(40) + 10000000);
	assert_true(otherhive_explains(other, pair->old->profiles[0].profile.key));
	/* So nobody deleted a profile, and no list was removed. */
	const struct finding *finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_OTHER_HIVE);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_HIVE_REPLACED));
	assert_false(pair_has_reason(finding, FINDING_PAIR_DOUBTFUL));
	assert_int_equal(finding->latest_ft, other->newest->mtime_ft);
	/* A lower number is no sign of an older state. */
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 0);
}

/* What the template has may have been written anew by the user of the one or the other. */
static void test_new_with_own_settings(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	builder_key_touch(pair->before, pair_key(pair->before, "Control Panel\\Mouse"),
			  day(5));
	pair->after = new_hive();
	builder_key_touch(pair->after, pair_key(pair->after, "Control Panel\\Mouse"),
			  day(40));
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 2), 30);
	(void)found(pair, OTHERHIVE_NEW);
}

/* The same hive, used on for long: all that is written daily is new, the rest is not. */
static void test_same(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = builder_clone(pair->before);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 30, 2, 2), 900);
	const struct otherhive *other = found(pair, OTHERHIVE_SAME);
	assert_true(other->n_kept >= 9 * USEDHIVE_NEW_KEYS);
	assert_false(otherhive_explains(other, pair->old->profiles[0].profile.key));
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
}

/* Saved anew: other cells and a number that begins again, but the times are the same. */
static void test_saved_anew(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	struct builder_options options = pair_options();
	pair->after = builder_new(&options);
	builder_path(pair->after, "Before all others", pair_made());
	desktop_fill(pair->after, "C:\\Users\\tester", pair_made());
	(void)usedhive_use(pair->after, day(2), 10, 3, 1);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 2), 3);
	const struct otherhive *other = found(pair, OTHERHIVE_SAME);
	/* The key above the list of profiles. */
	assert_int_equal(other->n_absent, 1);
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
}

/* Writes every key of a subtree anew, as importing an export of it does. */
static void write_all(struct builder *b, const struct key *top, uint64_t ft)
{
	struct text path;
	char *utf8;

	for (const struct key *key = key_next(top, top); key; key = key_next(top, key)) {
		assert_true(key_path(key, NULL, "", NULL, &path));
		utf8 = text_to_utf8(path, NULL);
		assert_non_null(utf8);
		builder_key there = builder_key_find(b, builder_root(b),
						     *utf8 == '\\' ? utf8 + 1 : utf8);
		if (there != BUILDER_NO_KEY)
			builder_key_touch(b, there, ft);
		free(utf8);
		text_free(path);
	}
}

static void test_all_written(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	struct builder *unfinished = builder_clone(pair->before);
	pair_spoil(pair, false);
	struct snapshot *old = pair_read(pair->before);
	pair->after = unfinished;
	write_all(pair->after, old->keys->root, day(40));
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	builder_stamp(pair->after, usedhive_use(pair->after, day(41), 2, 1, 2), 500);
	snapshot_free(old);
	const struct otherhive *other = found(pair, OTHERHIVE_UNKNOWN);
	/* No time is the same, but all keys are there. */
	assert_int_equal(other->n_kept, 0);
	assert_int_equal(other->n_absent, 0);
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
}

/* An upgrade of Windows makes the hive anew of what was in it: other cells, other times. */
static void test_migrated(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	use_first(pair);
	pair->after = builder_new(&options);
	builder_path(pair->after, "Before all others", day(40));
	desktop_fill(pair->after, "C:\\Users\\tester", day(40));
	(void)usedhive_use(pair->after, day(40), 10, 0, 1);
	builder_stamp(pair->after, usedhive_use(pair->after, day(41), 2, 1, 2), 40);
	const struct otherhive *other = found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(other->n_kept, 0);
	assert_int_equal(other->n_absent, 1);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
}

/* Too little use, or of one day only: some hives are never written much. */
static void test_too_few(void **state)
{
	struct pair *pair = *state;

	builder_free(pair->before);
	pair->before = new_hive();
	add_profile(pair->before, "One", 1, day(2));
	builder_stamp(pair->before, usedhive_use(pair->before, day(2), 2, 3, 1), 40);
	pair->after = new_hive();
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 9, 1, 2), 30);
	const struct otherhive *other = found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(other->own_days, 2);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
}

/* A new hive that nobody used yet may as well be half a hive. */
static void test_not_used(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = new_hive();
	builder_key_touch(pair->after, builder_path(pair->after, "Environment", day(40)),
			  day(40));
	builder_stamp(pair->after, day(40), 30);
	(void)found(pair, OTHERHIVE_UNKNOWN);
}

/* The older state, as a backup has it, in the place of the later one. */
static void test_rolled_back(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = builder_clone(pair->before);
	add_profile(pair->before, "Two", 2, day(50));
	builder_stamp(pair->before, usedhive_use(pair->before, day(50), 10, 3, 3), 800);
	(void)found(pair, OTHERHIVE_SAME);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
	/* Older than the first profile, too. */
	builder_free(pair->after);
	pair->after = new_hive();
	(void)found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
}

/* Uses the hive on day 50 and some after it, which the copy does not know. */
static void make_copy(struct pair *pair)
{
	use_first(pair);
	pair->after = builder_clone(pair->before);
	/* Settings of programs that are there already are changed. */
	for (unsigned i = 0; i < 24; i++) {
		char path[64];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u\\Window %u",
			 i / USEDHIVE_NEW_KEYS, i % USEDHIVE_NEW_KEYS);
		builder_key_touch(pair->before, pair_key(pair->before, path), day(50));
	}
	builder_stamp(pair->before, usedhive_use(pair->before, day(50), 3, 1, 3), 800);
}

/* An older copy that is used on, as a container or a roaming profile brings it. */
static void test_older_copy(void **state)
{
	struct pair *pair = *state;

	make_copy(pair);
	add_profile(pair->before, "Two", 2, day(51));
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	builder_stamp(pair->after, usedhive_use(pair->after, day(70), 2, 1, 4), 500);
	const struct otherhive *other = found(pair, OTHERHIVE_OLDER_COPY);
	assert_true(other->n_undone >= 24);
	assert_true(other->branch_ft >= day(2) && other->branch_ft < day(50));
	/* What was made since the copy left with the hive; what the copy had did not. */
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 1);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
	pair_assert_names(pair_one(pair, FINDING_OTHER_HIVE), "Two", NULL);
	assert_int_equal(pair_one(pair, FINDING_OTHER_HIVE)->latest_ft, 0);
}

/* A subtree that was restored: the rest of the hive went on. */
static void test_restored_subtree(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	builder_stamp(pair->before, usedhive_use(pair->before, day(50), 3, 1, 3), 800);
	pair->after = builder_clone(pair->before);
	for (unsigned i = 0; i < 24; i++) {
		char path[64];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u\\Window %u",
			 i / USEDHIVE_NEW_KEYS, i % USEDHIVE_NEW_KEYS);
		builder_key_touch(pair->before, pair_key(pair->before, path), day(49));
	}
	builder_stamp(pair->after, usedhive_use(pair->after, day(70), 2, 1, 4), 900);
	(void)found(pair, OTHERHIVE_SAME);
}

/* Another hive of the same user, which was used while the first one was. */
static void test_beside(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = new_hive();
	(void)usedhive_use(pair->after, day(3), 6, 4, 2);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 4), 900);
	const struct otherhive *other = found(pair, OTHERHIVE_BESIDE);
	assert_int_equal(other->n_kept, 0);
	/* When it was put there is not known: it may have been written elsewhere. */
	assert_int_equal(pair_only(pair)->kind, FINDING_OTHER_HIVE);
	assert_int_equal(pair_only(pair)->latest_ft, 0);
}

/* The template was renewed while the first hive was used: that is no use of the other. */
static void test_renewed_template(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	struct builder_options options = pair_options();
	pair->after = builder_new(&options);
	desktop_fill(pair->after, "C:\\Users\\tester", day(20));
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 2), 30);
	(void)found(pair, OTHERHIVE_ANOTHER);
	assert_int_equal(pair_only(pair)->kind, FINDING_OTHER_HIVE);
}

/* A hive with a past of its own, from before the first profile: not begun since. */
static void test_own_past(void **state)
{
	struct pair *pair = *state;

	builder_free(pair->before);
	pair->before = new_hive();
	(void)usedhive_use(pair->before, day(2), 3, 1, 1);
	add_profile(pair->before, "One", 1, day(20));
	builder_stamp(pair->before, usedhive_use(pair->before, day(20), 10, 1, 3), 400);
	pair->after = new_hive();
	(void)usedhive_use(pair->after, day(2), 6, 2, 2);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 4), 900);
	(void)found(pair, OTHERHIVE_ANOTHER);
}

/* Two users' hives are no two states of one's. */
static void test_two_subjects(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	use_first(pair);
	options.user_sid = "S-1-5-21-1085031214-1563985344-725345543-1002";
	pair->after = builder_new(&options);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 6, 1, 2), 30);
	(void)found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
}

/* What cannot be read may be what both have. */
static void test_damaged(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	pair->after = new_hive();
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 2, 1, 2), 30);
	pair_spoil_key(pair, true, "Control Panel");
	(void)found(pair, OTHERHIVE_UNKNOWN);
}

/*
 * The template was renewed after the first hive was last used: the oldest key of the new
 * hive is the template's, and older than the hive.
 */
static void test_template_renewed_since(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	use_first(pair);
	pair->after = builder_new(&options);
	desktop_fill(pair->after, "C:\\Users\\tester", day(35));
	uint64_t last = usedhive_use(pair->after, day(40), 2, 1, 2);
	builder_stamp(pair->after, last, 30);
	const struct otherhive *other = found(pair, OTHERHIVE_NEW);
	assert_int_equal(other->begun->mtime_ft, day(35));
	const struct finding *finding = pair_only(pair);
	assert_true(finding->earliest_ft <= day(35));
	assert_int_equal(finding->latest_ft, last);
}

/*
 * One hive whose computer lost its clock for a day: what each logon writes went back, and
 * was not written again since.  Nothing went back to an older copy, for a profile is there
 * that was made after what both have, or the record of the deleted one is.
 */
static void lose_clock(struct pair *pair)
{
	use_first(pair);
	for (unsigned i = 0; i < 24; i++) {
		char path[64];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u\\Window %u",
			 i / USEDHIVE_NEW_KEYS, i % USEDHIVE_NEW_KEYS);
		builder_key_touch(pair->before, pair_key(pair->before, path), day(50));
	}
	add_profile(pair->before, "Two", 2, day(50));
	add_profile(pair->before, "Three", 3, day(50));
	builder_stamp(pair->before, day(50), 800);
	pair->after = builder_clone(pair->before);
	for (unsigned i = 0; i < 24; i++) {
		char path[64];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u\\Window %u",
			 i / USEDHIVE_NEW_KEYS, i % USEDHIVE_NEW_KEYS);
		builder_key_touch(pair->after, pair_key(pair->after, path), day(0));
	}
}

static void test_clock_lost(void **state)
{
	struct pair *pair = *state;

	lose_clock(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Two"),
			   day(70));
	builder_stamp(pair->after, usedhive_use(pair->after, day(70), 2, 1, 4), 900);
	(void)found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 1);
}

/*
 * One hive whose rights were set anew, which writes every key, and in which a program was
 * removed with most of its keys: their records still lie where they stood.
 */
static void test_rights_set_anew(void **state)
{
	struct pair *pair = *state;

	use_first(pair);
	struct builder *unfinished = builder_clone(pair->before);
	pair_spoil(pair, false);
	struct snapshot *old = pair_read(pair->before);
	pair->after = unfinished;
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			   day(39));
	for (unsigned i = 0; i < 8; i++) {
		char path[64];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u", i);
		builder_key_delete(pair->after, pair_key(pair->after, path), day(39));
	}
	write_all(pair->after, old->keys->root, day(40));
	/* A new profile where the record of the old one lay. */
	add_profile(pair->after, "Other", 7, day(40));
	builder_stamp(pair->after, usedhive_use(pair->after, day(41), 3, 1, 2), 500);
	snapshot_free(old);
	(void)found(pair, OTHERHIVE_UNKNOWN);
	assert_int_equal(pair_count(pair, FINDING_OTHER_HIVE), 0);
}

/* Words of the report. */
static void test_words(void **state)
{
	(void)state;
	assert_string_equal(otherhive_word(OTHERHIVE_NEW), "new");
	assert_string_equal(otherhive_word(OTHERHIVE_BESIDE), "beside");
	assert_string_equal(otherhive_word(OTHERHIVE_ANOTHER), "another");
	assert_string_equal(otherhive_word(OTHERHIVE_OLDER_COPY), "older_copy");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_new),
		TEST(test_new_with_own_settings),
		TEST(test_same),
		TEST(test_saved_anew),
		TEST(test_all_written),
		TEST(test_migrated),
		TEST(test_too_few),
		TEST(test_not_used),
		TEST(test_rolled_back),
		TEST(test_older_copy),
		TEST(test_restored_subtree),
		TEST(test_beside),
		TEST(test_renewed_template),
		TEST(test_own_past),
		TEST(test_two_subjects),
		TEST(test_damaged),
		TEST(test_template_renewed_since),
		TEST(test_clock_lost),
		TEST(test_rights_set_anew),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
