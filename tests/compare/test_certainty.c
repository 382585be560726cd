/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How sure a finding is: what a hive that is not whole does to it. */
#include "help/unit.h"

#include "help/outlookgone.h"

#include "compare/certainty.h"
#include "regf/log/replay.h"

#include "samples/builder_log.h"

#include <stdlib.h>

static void test_dirty_after(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	pair_spoil(pair, true);
	builder_poke32(pair->after, 4, 31); /* primary sequence number */
	builder_checksum(pair->after);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(pair_only(pair), FINDING_AFTER_DIRTY));
	assert_true(snapshot_is_complete(pair->new));
	assert_int_equal(pair->new->image->state, IMAGE_DIRTY);
}

/* A list that is a link shows nothing of what programs saw at its path. */
static void test_list_is_link(void **state)
{
	enum { REG_LINK_TYPE = 6 };
	struct pair *pair = *state;
	uint8_t target[128];

	outlookgone_make(pair);
	size_t len = builder_utf16("\\Registry\\User\\Elsewhere", target);
	builder_value_set(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  "SymbolicLinkValue", REG_LINK_TYPE, target, len);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(pair_only(pair), FINDING_LIST_IS_LINK));
}

/* A value of that name alone makes none. */
static void test_value_of_a_link(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_value_string(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "SymbolicLinkValue", "text");
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
}

static void test_dirty_before(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	pair_spoil(pair, false);
	builder_poke32(pair->before, 4, 21);
	builder_checksum(pair->before);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(pair_only(pair), FINDING_BEFORE_DIRTY));
}

/* What is damaged cannot hold the profile: nothing is said of it. */
static void test_damage_elsewhere(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere\\Deeper", pair_made());
	outlookgone_make(pair);
	pair_spoil_key(pair, true, "Elsewhere\\Deeper");
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(pair_only(pair), FINDING_AFTER_INCOMPLETE));
	assert_false(snapshot_is_complete(pair->new));
}

static void test_damage_elsewhere_before(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere\\Deeper", pair_made());
	outlookgone_make(pair);
	pair_spoil_key(pair, false, "Elsewhere\\Deeper");
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(pair_only(pair), FINDING_BEFORE_INCOMPLETE));
	assert_false(snapshot_is_complete(pair->old));
}

/* The profile's own key is spoilt: missing, but never surely deleted. */
static void test_spoilt_profile_is_not_deleted_for_sure(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_spoil_key(pair, true, OUTLOOK);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_UNRESOLVED);
}

/* ---- what stands above a list ---- */

static const struct finding *deleted_with(struct pair *pair, const char *path)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	return pair_one(pair, FINDING_DELETED);
}

/* The list goes with the key above it: that is how profiles are deleted. */
static void test_key_above_the_list_gone(void **state)
{
	const struct finding *finding = deleted_with(*state, MAPI_WMS);

	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(finding, FINDING_ANCESTOR_GONE));
	finding = pair_one(*state, FINDING_STORE_REMOVED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
}

/* One key more, and it may as well be another hive. */
static void test_two_keys_above_the_list_gone(void **state)
{
	const struct finding *finding =
		deleted_with(*state, "Software\\Microsoft\\Windows NT\\CurrentVersion");

	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_ANCESTOR_GONE));
	finding = pair_one(*state, FINDING_STORE_REMOVED);
	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
}

static const struct finding *office_deleted_with(struct pair *pair, const char *path)
{
	builder_path(pair->before, "Software\\Microsoft\\Other", pair_made());
	pair_add(pair->before, MAPI_OFFICE("16.0") "\\Profiles", "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
	pair_compare(pair);
	return pair_one(pair, FINDING_DELETED);
}

/* Office keeps the key of its version above all settings: that one may go as well. */
static void test_office_version_gone(void **state)
{
	const struct finding *finding =
		office_deleted_with(*state, "Software\\Microsoft\\Office\\16.0");

	assert_int_equal(finding->certainty, FINDING_CERTAIN);
}

static void test_office_gone(void **state)
{
	const struct finding *finding =
		office_deleted_with(*state, "Software\\Microsoft\\Office");

	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_ANCESTOR_GONE));
}

/* ---- both readers, and the ground of a match: by hand ---- */

/* The list that findings made by hand are about. */
static const struct store list = { .kind = STORE_WMS, .list = STORE_PROFILES };

struct by_hand {
	struct diag_list *diags;
	struct image image;
	struct snapshot before, after;
	struct snapshot_pair pair;
};

/* Two hives about which nothing is wrong. */
static struct by_hand *sound(void)
{
	struct by_hand *h = calloc(1, sizeof(*h));

	assert_non_null(h);
	h->diags = diag_list_new();
	assert_non_null(h->diags);
	h->before = (struct snapshot){ .diags = h->diags, .image = &h->image };
	h->after = h->before;
	h->pair = (struct snapshot_pair){ .before = &h->before, .after = &h->after };
	return h;
}

static void finish(struct by_hand *h)
{
	diag_list_free(h->diags);
	free(h);
}

static struct finding weighed(const struct by_hand *h, enum finding_kind kind,
			      enum finding_reason ground)
{
	struct finding finding = { .kind = kind, .store = &list };

	finding_add_reason(&finding, ground);
	certainty_weigh(&h->pair, &finding);
	return finding;
}

static void test_readers(void **state)
{
	static const struct {
		enum snapshot_readers before, after;
		enum finding_certainty certainty;
		enum finding_reason reason;
	} rows[] = {
		{ SNAPSHOT_AGREE, SNAPSHOT_AGREE, FINDING_CERTAIN,
		  FINDING_READERS_AGREE },
		{ SNAPSHOT_AGREE, SNAPSHOT_OWN, FINDING_PROBABLE, FINDING_ONE_READER },
		{ SNAPSHOT_HIVEX, SNAPSHOT_AGREE, FINDING_PROBABLE, FINDING_ONE_READER },
		{ SNAPSHOT_OWN, SNAPSHOT_HIVEX, FINDING_PROBABLE, FINDING_ONE_READER },
		{ SNAPSHOT_DIFFER, SNAPSHOT_AGREE, FINDING_POSSIBLE,
		  FINDING_READERS_DIFFER },
		{ SNAPSHOT_AGREE, SNAPSHOT_DIFFER, FINDING_POSSIBLE,
		  FINDING_READERS_DIFFER },
		{ SNAPSHOT_DIFFER, SNAPSHOT_OWN, FINDING_POSSIBLE,
		  FINDING_READERS_DIFFER },
	};
	struct by_hand *h = sound();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		h->before.readers = rows[i].before;
		h->after.readers = rows[i].after;
		struct finding finding =
			weighed(h, FINDING_MODIFIED, FINDING_SAME_INSTANCE);
		assert_int_equal(finding.certainty, rows[i].certainty);
		assert_int_equal(finding.n_reasons, 2);
		assert_int_equal(finding.reasons[1], rows[i].reason);
	}
	finish(h);
}

/* Where two places are held to be one profile, or one place two, that must be sure. */
static void test_ground_of_a_match(void **state)
{
	static const struct {
		enum finding_kind kind;
		enum finding_reason ground;
		enum finding_certainty certainty;
	} rows[] = {
		{ FINDING_MOVED, FINDING_SAME_INSTANCE, FINDING_CERTAIN },
		{ FINDING_MOVED, FINDING_SAME_CONTENT, FINDING_PROBABLE },
		{ FINDING_RENAMED, FINDING_SAME_INSTANCE, FINDING_CERTAIN },
		{ FINDING_RENAMED, FINDING_SAME_SECTIONS, FINDING_PROBABLE },
		{ FINDING_RECREATED, FINDING_OTHER_INSTANCE, FINDING_CERTAIN },
		{ FINDING_RECREATED, FINDING_OTHER_SECTIONS, FINDING_PROBABLE },
		/* At one place a name may be given twice; a section at random, or a
		 * record that nobody made anew, are not. */
		{ FINDING_MODIFIED, FINDING_SAME_NAME, FINDING_PROBABLE },
		{ FINDING_MODIFIED, FINDING_SAME_SECTIONS, FINDING_CERTAIN },
		{ FINDING_MODIFIED, FINDING_SAME_RECORDS, FINDING_CERTAIN },
		{ FINDING_DAMAGED, FINDING_SAME_NAME, FINDING_PROBABLE },
		{ FINDING_RENAMED, FINDING_SAME_RECORDS, FINDING_PROBABLE },
		{ FINDING_ADDED, FINDING_ABSENT_BEFORE, FINDING_CERTAIN },
	};
	struct by_hand *h = sound();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(weighed(h, rows[i].kind, rows[i].ground).certainty,
				 rows[i].certainty);
	finish(h);
}

/* What is not read whole cannot show that something is not in it. */
static void test_absence_in_an_incomplete_hive(void **state)
{
	static const struct {
		enum finding_kind kind;
		bool in_before, in_after; /* it rests on an absence there */
	} rows[] = {
		{ FINDING_RECREATED, false, true },
		{ FINDING_DAMAGED, false, true },
		{ FINDING_ADDED, true, false },
		{ FINDING_MODIFIED, false, false },
		{ FINDING_MOVED, false, true },
		{ FINDING_RENAMED, false, true },
		{ FINDING_DEFAULT_CHANGED, true, true },
	};
	struct by_hand *h = sound();
	struct diag_list *spoilt = diag_list_new();

	(void)state;
	assert_non_null(spoilt);
	diag_at(spoilt, DIAG_FILE_SHORT, DIAG_NOWHERE, "its end is lost");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		h->before.diags = spoilt;
		h->after.diags = h->diags;
		struct finding finding = weighed(h, rows[i].kind, FINDING_OTHER_INSTANCE);
		assert_int_equal(finding.certainty, rows[i].in_before ? FINDING_UNRESOLVED
								      : FINDING_PROBABLE);
		assert_true(pair_has_reason(&finding, FINDING_BEFORE_INCOMPLETE));
		h->before.diags = h->diags;
		h->after.diags = spoilt;
		finding = weighed(h, rows[i].kind, FINDING_OTHER_INSTANCE);
		assert_int_equal(finding.certainty, rows[i].in_after ? FINDING_UNRESOLVED
								     : FINDING_PROBABLE);
		assert_true(pair_has_reason(&finding, FINDING_AFTER_INCOMPLETE));
	}
	diag_list_free(spoilt);
	finish(h);
}

/* A hive before its logs is dirty by nature, and what they hold is known. */
static void test_dirty_hive_as_found(void **state)
{
	struct by_hand *h = sound();

	(void)state;
	h->image.base.primary_sequence = 31;
	h->image.base.secondary_sequence = 30;
	h->before.borrowed = h->after.borrowed = true;
	assert_int_equal(weighed(h, FINDING_MODIFIED, FINDING_SAME_INSTANCE).certainty,
			 FINDING_CERTAIN);
	h->before.borrowed = false;
	struct finding finding = weighed(h, FINDING_MODIFIED, FINDING_SAME_INSTANCE);
	assert_int_equal(finding.certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(&finding, FINDING_BEFORE_DIRTY));
	assert_false(pair_has_reason(&finding, FINDING_AFTER_DIRTY));
	finish(h);
}

/* A name says little where nothing else does: another cell, or nothing in it. */
static void test_name_alone(void **state)
{
	static const struct {
		uint32_t before_at, after_at;
		uint32_t before_sections, after_sections;
		enum finding_certainty certainty;
	} rows[] = {
		{ 0x2000, 0x2000, 2, 2, FINDING_PROBABLE },
		{ 0x2000, 0x3000, 2, 2, FINDING_POSSIBLE },
		{ 0x2000, 0x2000, 0, 2, FINDING_POSSIBLE },
		{ 0x2000, 0x2000, 2, 0, FINDING_POSSIBLE },
	};
	struct by_hand *h = sound();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key keys[] = { { .record_off = rows[i].before_at },
				      { .record_off = rows[i].after_at } };
		struct snapshot_profile profiles[] = {
			{ .profile = { .key = &keys[0],
				       .n_sections = rows[i].before_sections } },
			{ .profile = { .key = &keys[1],
				       .n_sections = rows[i].after_sections } },
		};
		struct finding finding = { .kind = FINDING_MODIFIED,
					   .store = &list,
					   .before = &profiles[0],
					   .after = &profiles[1] };
		finding_add_reason(&finding, FINDING_SAME_NAME);
		certainty_weigh(&h->pair, &finding);
		assert_int_equal(finding.certainty, rows[i].certainty);
	}
	finish(h);
}

/* A list is gone as far as the file goes: its end is lost. */
static void test_list_gone_from_a_short_file(void **state)
{
	struct pair *pair = *state;
	size_t len;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	struct builder *b = pair_spoil(pair, true);
	(void)builder_bytes(b, &len);
	builder_poke32(b, 40, (uint32_t)len); /* a bin more than there is */
	builder_checksum(b);
	pair_compare(pair);
	const struct finding *finding = pair_one(pair, FINDING_STORE_REMOVED);
	assert_int_equal(finding->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(finding, FINDING_AFTER_INCOMPLETE));
}

/* What rests on a log that keeps another hive's name is probable, and says why. */
static void test_log_of_another_name(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_finish(pair->before);
	struct builder_log_state first = builder_log_state_take(pair->before);
	struct builder_log_state second = builder_log_state_take(pair->after);
	struct builder_log log = builder_log_new(&first, 20);
	builder_log_add(&log, &first, &second, NULL);
	log.bytes[48] = 'Z'; /* the first letter of its path */
	builder_log_checksum(&log);
	struct builder_log_state dirty = builder_log_dirty(&first, &first, 21, 20);
	struct memfile file;
	struct span bytes = span_of(log.bytes, log.len);
	struct replay *replay = NULL;
	struct by_hand *h = sound();

	assert_int_equal(memfile_init(&file), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of(dirty.bytes, dirty.len)),
			 STATUS_OK);
	assert_int_equal(memfile_seal(&file), STATUS_OK);
	assert_int_equal(replay_plan(&file, &bytes, 1, &replay), STATUS_OK);
	assert_true(replay_applies_other_name(replay));
	h->after.replay = replay;
	struct finding finding = weighed(h, FINDING_MODIFIED, FINDING_SAME_INSTANCE);
	assert_int_equal(finding.certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(&finding, FINDING_LOG_NAME));
	finish(h);
	replay_free(replay);
	memfile_clear(&file);
	builder_log_free(&log);
	builder_log_state_free(&dirty);
	builder_log_state_free(&second);
	builder_log_state_free(&first);
}

/* What was lowered before stays low. */
static void test_never_raised(void **state)
{
	struct by_hand *h = sound();
	struct finding finding = { .kind = FINDING_MOVED,
				   .store = &list,
				   .certainty = FINDING_UNRESOLVED };

	(void)state;
	h->pair.doubtful = true;
	finding_add_reason(&finding, FINDING_SAME_INSTANCE);
	certainty_weigh(&h->pair, &finding);
	assert_int_equal(finding.certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(&finding, FINDING_PAIR_DOUBTFUL));
	finish(h);
}

/* Of what may not have happened no moment is told. */
static void test_no_moment_of_the_unresolved(void **state)
{
	struct by_hand *h = sound();
	struct diag_list *spoilt = diag_list_new();

	(void)state;
	assert_non_null(spoilt);
	diag_at(spoilt, DIAG_FILE_SHORT, DIAG_NOWHERE, "its end is lost");
	for (int i = 0; i < 2; i++) {
		struct finding finding = { .kind = FINDING_RECREATED,
					   .store = &list,
					   .at_ft = 7,
					   .at_confirmed = true };
		finding_add_reason(&finding, FINDING_OTHER_INSTANCE);
		h->after.diags = i ? spoilt : h->diags;
		certainty_weigh(&h->pair, &finding);
		assert_int_equal(finding.certainty == FINDING_UNRESOLVED, i);
		assert_int_equal(finding.at_ft, i ? 0 : 7);
		assert_int_equal(finding.at_confirmed, !i);
	}
	diag_list_free(spoilt);
	finish(h);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_dirty_after),
		RECIPE(test_list_is_link),
		RECIPE(test_value_of_a_link),
		RECIPE(test_dirty_before),
		RECIPE(test_damage_elsewhere),
		RECIPE(test_damage_elsewhere_before),
		RECIPE(test_spoilt_profile_is_not_deleted_for_sure),
		RECIPE(test_key_above_the_list_gone),
		RECIPE(test_two_keys_above_the_list_gone),
		RECIPE(test_office_version_gone),
		RECIPE(test_office_gone),
		cmocka_unit_test(test_readers),
		cmocka_unit_test(test_ground_of_a_match),
		cmocka_unit_test(test_absence_in_an_incomplete_hive),
		cmocka_unit_test(test_dirty_hive_as_found),
		cmocka_unit_test(test_no_moment_of_the_unresolved),
		cmocka_unit_test(test_name_alone),
		RECIPE(test_list_gone_from_a_short_file),
		RECIPE(test_log_of_another_name),
		cmocka_unit_test(test_never_raised),
	};

	return UNIT_RUN(tests);
}
