/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was not read proves nothing: absence, and what could hold the absent thing. */
#include "help/unit.h"

#include "help/outlookgone.h"

#include "compare/readwhole.h"

/* Another profile of the list cannot be read: it may be the one that is missing. */
static void test_list_that_is_not_whole(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Spoilt", 2);
	outlookgone_make(pair);
	pair_spoil_key(pair, true, PAIR_PROFILES "\\Spoilt");
	pair_compare(pair);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		const struct finding *finding = &pair->found->findings[i];
		assert_int_equal(finding->kind, FINDING_DELETED);
		assert_int_equal(finding->certainty, FINDING_UNRESOLVED);
		assert_true(pair_has_reason(finding, FINDING_AFTER_INCOMPLETE));
	}
	assert_int_equal(pair->found->n_findings, 2);
}

/* It came, or the earlier hive only does not show it. */
static void test_added_beside_what_is_spoilt(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Spoilt", 2);
	pair_fork(pair);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "New", 3,
		    pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_one(pair, FINDING_ADDED)->certainty, FINDING_CERTAIN);
	pair_spoil_key(pair, false, PAIR_PROFILES "\\Spoilt");
	pair_compare(pair);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		assert_int_equal(pair->found->findings[i].kind, FINDING_ADDED);
		assert_int_equal(pair->found->findings[i].certainty, FINDING_UNRESOLVED);
		assert_true(pair_has_reason(&pair->found->findings[i],
					    FINDING_BEFORE_INCOMPLETE));
	}
}

/* The list names it no more, but its record is neither freed nor another's. */
static void test_record_that_no_list_names(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	struct builder *b = pair_spoil(pair, true);
	size_t list = builder_key_offset(b, pair_key(b, PAIR_PROFILES));
	builder_poke32(b, list + 20, 0);	  /* number of subkeys */
	builder_poke32(b, list + 28, 0xffffffff); /* their list */
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_UNLISTED_KEY));
	assert_false(pair_has_reason(pair_only(pair), FINDING_AFTER_INCOMPLETE));
}

/*
 * One letter of its name differs, where the parent's list keeps nothing of it; a list
 * that was stamped shows a renaming.
 */
static void rename_in_place(struct pair *pair, uint64_t list_time)
{
	struct builder_options options = pair_options();

	options.minor = 3;
	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES), list_time);
	builder_key key = pair_key(pair->after, OUTLOOK);
	struct builder *b = pair_spoil(pair, true);
	builder_poke16(b, builder_key_offset(b, key) + 76 + 5, 'o' << 8 | 'o');
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	pair_assert_names(pair_only(pair), "Outlook", "Outlooo");
}

static void test_name_that_is_spoilt(void **state)
{
	struct pair *pair = *state;

	rename_in_place(pair, pair_made());
	assert_int_equal(pair_only(pair)->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_NAME_DOUBTFUL));
}

static void test_name_that_was_changed(void **state)
{
	struct pair *pair = *state;

	rename_in_place(pair, pair_changed());
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(pair_only(pair), FINDING_NAME_DOUBTFUL));
}

/* A section of the later profile cannot be read: what differs may be in it. */
static void test_profile_that_is_not_whole(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_spoil_key(pair, true, OUTLOOK "\\" MAPI_ROOT);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_AFTER_INCOMPLETE));
}

/* DefaultProfile may be among the values that the list's spoilt list of values named. */
static void test_default_that_is_not_read(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	pair_fork(pair);
	struct builder *b = pair_spoil(pair, true);
	builder_poke32(b, builder_key_offset(b, pair_key(b, PAIR_PROFILES)) + 40,
		       0x7ffffff8); /* list of values */
	pair_compare(pair);
	assert_int_equal(pair_one(pair, FINDING_DEFAULT_CHANGED)->certainty,
			 FINDING_UNRESOLVED);
}

/* What a finding of no profile, or in sound hives, rests on is whole. */
static void test_sound_hives(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_true(readwhole_frame(pair->old));
	assert_true(readwhole_frame(pair->new));
}

/* The end of the file is lost: nobody can tell what it held. */
static void test_frame_that_is_not_whole(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	struct builder *b = pair_spoil(pair, true);
	size_t len;
	(void)builder_bytes(b, &len);
	builder_poke32(b, 40,
		       (uint32_t)(len - 4096 + 4096)); /* a bin more than there is */
	builder_checksum(b);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_AFTER_INCOMPLETE));
	assert_false(readwhole_frame(pair->new));
}

/* A section's name is spoilt, and no key was stamped: it is not one gone and one new. */
static void test_section_whose_name_is_spoilt(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.minor = 3;
	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key key = pair_key(pair->after, OUTLOOK "\\" MAPI_ROOT);
	struct builder *b = pair_spoil(pair, true);
	builder_poke16(b, builder_key_offset(b, key) + 76 + 8, 'x' << 8 | 'x');
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_NAME_DOUBTFUL));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_sound_hives),
		RECIPE(test_frame_that_is_not_whole),
		RECIPE(test_section_whose_name_is_spoilt),
		RECIPE(test_list_that_is_not_whole),
		RECIPE(test_added_beside_what_is_spoilt),
		RECIPE(test_record_that_no_list_names),
		RECIPE(test_name_that_is_spoilt),
		RECIPE(test_name_that_was_changed),
		RECIPE(test_profile_that_is_not_whole),
		RECIPE(test_default_that_is_not_read),
	};

	return UNIT_RUN(tests);
}
