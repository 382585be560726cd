/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each place that could hold the absent thing, one at a time spoilt. */
#include "help/unit.h"

#include "help/outlookgone.h"

#include "compare/readwhole.h"

#define OTHER PAIR_DELETED "\\Other"

enum { SUBKEYS_AT = 20, LIST_AT = 28, NIL = 0xffffffff };

/* A key names no subkeys any more; their records stay. */
static void unlist(struct pair *pair, bool after, const char *path)
{
	struct builder *b = pair_spoil(pair, after);
	size_t key = builder_key_offset(b, pair_key(b, path));

	builder_poke32(b, key + SUBKEYS_AT, 0);
	builder_poke32(b, key + LIST_AT, NIL);
}

/* "Outlook" in Profiles, "Other" in Deleted Profiles. */
static void add_two(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_DELETED, "Other", 2);
	pair_fork(pair);
}

static void take_away(struct pair *pair, const char *path)
{
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
}

static void move_outlook(struct pair *pair)
{
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  builder_path(pair->after, PAIR_DELETED, pair_changed()),
			  "Outlook", pair_changed());
}

/* The finding of a kind that tells of "Outlook". */
static const struct finding *of_outlook(struct pair *pair, enum finding_kind kind)
{
	pair_compare(pair);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		const struct finding *finding = &pair->found->findings[i];
		const struct snapshot_profile *profile =
			finding->before ? finding->before : finding->after;
		if (finding->kind == kind && profile &&
		    text_is(key_name(profile->profile.key), "Outlook"))
			return finding;
	}
	fail_msg("nothing is found of Outlook");
	return NULL;
}

static void assert_unresolved(const struct finding *finding, enum finding_reason reason)
{
	assert_int_equal(finding->certainty, FINDING_UNRESOLVED);
	assert_true(pair_has_reason(finding, reason));
}

/* ---- the frame ---- */

static void test_frame(void **state)
{
	static const enum diag_code lost[] = {
		DIAG_LOG_REFUSED, DIAG_LOG_CUT,	  DIAG_BASE_CHECKSUM, DIAG_BASE_DATA_SIZE,
		DIAG_FILE_SHORT,  DIAG_ROOT_LOST, DIAG_DEPTH_LIMIT,   DIAG_COUNT_LIMIT,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lost); i++) {
		struct diag_list *diags = diag_list_new();
		struct snapshot snapshot = { .diags = diags };

		assert_non_null(diags);
		diag_at(diags, DIAG_KEY_DAMAGED, DIAG_NOWHERE, "one key");
		assert_true(readwhole_frame(&snapshot));
		diag_at(diags, lost[i], DIAG_NOWHERE, "something is lost");
		assert_false(readwhole_frame(&snapshot));
		diag_list_free(diags);
	}
}

/* hivex does not tell which keys it passed over: any damage may have hidden some. */
static void test_other_library_alone(void **state)
{
	struct diag_list *diags = diag_list_new();
	struct snapshot snapshot = { .diags = diags, .readers = SNAPSHOT_HIVEX };

	(void)state;
	assert_non_null(diags);
	assert_true(readwhole_frame(&snapshot));
	diag_at(diags, DIAG_KEY_DAMAGED, DIAG_NOWHERE, "one key");
	assert_false(readwhole_frame(&snapshot));
	diag_list_free(diags);
}

/* ---- deleted ---- */

/* Any list may hold it now, not only its own. */
static void test_another_list(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	take_away(pair, OUTLOOK);
	pair_spoil_key(pair, true, OTHER);
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_AFTER_INCOMPLETE);
}

/* Its list is gone with it, as far as the keys above are read: one of them is not. */
static void test_list_that_may_be_there(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, MAPI_WMS "\\Elsewhere", pair_made());
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, PAIR_PROFILES);
	pair_spoil_key(pair, true, MAPI_WMS "\\Elsewhere");
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_AFTER_INCOMPLETE);
	assert_unresolved(pair_one(pair, FINDING_STORE_REMOVED),
			  FINDING_AFTER_INCOMPLETE);
}

/* A profile that is new, and tells too little of itself, may be it. */
static void test_unknown_profile(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, OUTLOOK);
	pair_add_2000(pair->after, PAIR_PROFILES, "New", 3);
	pair_spoil_key(pair, true, PAIR_PROFILES "\\New\\" MAPI_ROOT);
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_AFTER_INCOMPLETE);
}

/* One whose instance key was read is another, whatever else is lost of it. */
static void test_known_profile(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, OUTLOOK);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "New", 3,
		    pair_changed());
	pair_spoil_key(pair, true, PAIR_PROFILES "\\New\\" MAPI_ROOT);
	assert_false(pair_has_reason(of_outlook(pair, FINDING_DELETED),
				     FINDING_AFTER_INCOMPLETE));
}

/* A record of its name that belongs to another list, which does not name it. */
static void test_unlisted_in_another_list(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_fork(pair);
	move_outlook(pair);
	unlist(pair, true, PAIR_DELETED);
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_UNLISTED_KEY);
}

/* The whole list stands where no list of subkeys names it. */
static void test_unlisted_list(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	unlist(pair, true, MAPI_WMS);
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_UNLISTED_KEY);
	assert_unresolved(pair_one(pair, FINDING_STORE_REMOVED), FINDING_UNLISTED_KEY);
}

/* What tells who it was could not be read in the earlier hive. */
static void test_earlier_profile_not_whole(void **state)
{
	struct pair *pair = *state;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, OUTLOOK);
	pair_spoil_key(pair, false, OUTLOOK "\\" MAPI_ROOT);
	assert_unresolved(of_outlook(pair, FINDING_DELETED), FINDING_BEFORE_INCOMPLETE);
}

/* A list that has less than it counts may show what was gone already. */
static void test_earlier_list_not_whole(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Spoilt", 2);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, OUTLOOK);
	take_away(pair, PAIR_PROFILES "\\Spoilt");
	pair_spoil_key(pair, false, PAIR_PROFILES "\\Spoilt");
	const struct finding *finding = of_outlook(pair, FINDING_DELETED);
	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_BEFORE_INCOMPLETE));
}

/* ---- moved and recreated ---- */

/* It may be in its old list still. */
static void test_moved_from_a_list_not_whole(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Spoilt", 2);
	add_two(pair);
	move_outlook(pair);
	pair_spoil_key(pair, true, PAIR_PROFILES "\\Spoilt");
	assert_unresolved(of_outlook(pair, FINDING_MOVED), FINDING_AFTER_INCOMPLETE);
}

/* It may have been in its new one already. */
static void test_moved_to_a_list_not_whole(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	move_outlook(pair);
	pair_spoil_key(pair, false, OTHER);
	assert_unresolved(of_outlook(pair, FINDING_MOVED), FINDING_BEFORE_INCOMPLETE);
}

/* Its record is in the old list, which does not name it: it was copied. */
static void test_moved_and_unlisted(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	builder_key_copy(pair->after, pair_key(pair->after, OUTLOOK),
			 pair_key(pair->after, PAIR_DELETED), "Outlook", pair_changed());
	unlist(pair, true, PAIR_PROFILES);
	assert_unresolved(of_outlook(pair, FINDING_MOVED), FINDING_UNLISTED_KEY);
}

/* A copy was in the new list before, which did not name it. */
static void test_moved_to_where_it_was(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key_copy(pair->before, pair_key(pair->before, OUTLOOK),
			 builder_path(pair->before, PAIR_DELETED, pair_made()), "Outlook",
			 pair_made());
	pair_fork(pair);
	take_away(pair, OUTLOOK);
	unlist(pair, false, PAIR_DELETED);
	assert_unresolved(of_outlook(pair, FINDING_MOVED), FINDING_UNLISTED_KEY);
}

/* Another has its name; it itself may be in a list that is not read whole. */
static void test_recreated_beside_a_list_not_whole(void **state)
{
	struct pair *pair = *state;

	add_two(pair);
	take_away(pair, OUTLOOK);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Outlook", 9,
		    pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_RECREATED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
	pair_spoil_key(pair, true, OTHER);
	assert_unresolved(of_outlook(pair, FINDING_RECREATED), FINDING_AFTER_INCOMPLETE);
}

/* ---- content ---- */

/* Its sections are there, but nothing names them. */
static void test_sections_unlisted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_value_dword(pair->before, pair_key(pair->before, OUTLOOK), "own", 1);
	pair_fork(pair);
	unlist(pair, true, OUTLOOK);
	pair_compare(pair);
	assert_unresolved(pair_only(pair), FINDING_UNLISTED_KEY);
}

/* A record that was written since is none whose name alone is spoilt. */
static void test_other_name_and_time(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.minor = 3;
	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key key = pair_key(pair->after, OUTLOOK);
	builder_key_touch(pair->after, key, pair_changed());
	struct builder *b = pair_spoil(pair, true);
	builder_poke16(b, builder_key_offset(b, key) + 76 + 5, 'o' << 8 | 'o');
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	assert_false(pair_has_reason(pair_only(pair), FINDING_NAME_DOUBTFUL));
}

/* The list's own name is spoilt: it was written since, but no key above it. */
static void test_list_with_a_spoilt_name(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.minor = 3;
	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Home", 2,
		    pair_changed());
	builder_key list = pair_key(pair->before, PAIR_PROFILES);
	struct builder *b = pair_spoil(pair, false);
	builder_poke8(b, builder_key_offset(b, list) + 76 + 7, 0xa7);
	pair_compare(pair);
	for (size_t i = 0; i < pair->found->n_findings; i++)
		if (pair->found->findings[i].kind == FINDING_ADDED)
			assert_unresolved(&pair->found->findings[i],
					  FINDING_NAME_DOUBTFUL);
	assert_true(pair->found->n_findings > 1);
}

/* A record of the earlier list that nothing names, with a name that the later has not. */
static void test_unlisted_by_another_name(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Spoilt", 2);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	take_away(pair, PAIR_PROFILES "\\Spoilt");
	take_away(pair, OUTLOOK);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "BACKUP OF Spoilt",
		    2, pair_changed());
	unlist(pair, false, PAIR_PROFILES);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_ADDED);
	assert_unresolved(pair_only(pair), FINDING_UNLISTED_KEY);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_other_library_alone),
		RECIPE(test_another_list),
		RECIPE(test_list_that_may_be_there),
		RECIPE(test_unknown_profile),
		RECIPE(test_known_profile),
		RECIPE(test_unlisted_in_another_list),
		RECIPE(test_unlisted_list),
		RECIPE(test_earlier_profile_not_whole),
		RECIPE(test_earlier_list_not_whole),
		RECIPE(test_moved_from_a_list_not_whole),
		RECIPE(test_moved_to_a_list_not_whole),
		RECIPE(test_moved_and_unlisted),
		RECIPE(test_moved_to_where_it_was),
		RECIPE(test_recreated_beside_a_list_not_whole),
		RECIPE(test_sections_unlisted),
		RECIPE(test_other_name_and_time),
		RECIPE(test_list_with_a_spoilt_name),
		RECIPE(test_unlisted_by_another_name),
	};

	return UNIT_RUN(tests);
}
