/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From which log entry on a change holds: stories of a hive, one state after each entry,
 * where the recipe knows in which one it was made.
 */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/entries.h"

#include <string.h>

enum { PAGE = 4096 };

/* --- where a change holds --- */

static void test_deleted_in_the_third_entry(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	entries_other(&s);
	entries_other(&s);
	entries_delete(&s, "Gone");
	entries_next(&s);
	entries_other(&s);
	entries_end(&s, FINDING_DELETED, ENTRIES_FIRST + 2);
}

/* Deleted in entry 2, there again in 4, gone for good in 5. */
static void test_deleted_and_there_again_and_deleted(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	entries_other(&s); /* 1 */
	entries_delete(&s, "Gone");
	entries_next(&s);  /* 2 */
	entries_other(&s); /* 3 */
	pair_add(s.pair->after, PAIR_PROFILES, "GONE", 2);
	entries_next(&s); /* 4: whatever the case, by its instance key */
	entries_delete(&s, "Gone");
	entries_next(&s); /* 5 */
	entries_end(&s, FINDING_DELETED, ENTRIES_FIRST + 4);
}

/* Another one had its name for a while: that is not it. */
static void test_deleted_and_a_namesake(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	entries_delete(&s, "Gone");
	entries_next(&s); /* 1 */
	pair_add(s.pair->after, PAIR_PROFILES, "Gone", 3);
	entries_next(&s); /* 2 */
	entries_delete(&s, "Gone");
	entries_next(&s); /* 3 */
	entries_end(&s, FINDING_DELETED, ENTRIES_FIRST);
}

/* The hive file itself lacks it already: the log only goes on. */
static void test_deleted_in_the_file_itself(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	struct entries s = { .pair = pair, .next = ENTRIES_FIRST };
	entries_delete(&s, "Gone");
	entries_next(&s);
	entries_other(&s);
	assert_int_equal(entries_place(&s, entries_only(&s)), 0);
	entries_finish(&s);
}

static void test_modified_to_what_it_is_in_the_end(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", NULL);

	builder_key section =
		builder_key_add(s.pair->after, entries_profile(&s, "Outlook"),
				"0123456789abcdef0123456789abcdef", pair_changed());
	entries_next(&s); /* 1 */
	builder_value_string(s.pair->after, section, "001e3001", "almost");
	entries_next(&s); /* 2 */
	builder_value_string(s.pair->after, section, "001e3001", "as it is");
	entries_next(&s);  /* 3 */
	entries_other(&s); /* 4 */
	entries_end(&s, FINDING_MODIFIED, ENTRIES_FIRST + 2);
}

static void test_added_and_modified_later(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", NULL);

	pair_add(s.pair->after, PAIR_PROFILES, "New", 9);
	entries_next(&s); /* 1 */
	builder_value_string(s.pair->after, entries_profile(&s, "New"), "001e3001",
			     "more");
	entries_next(&s); /* 2 */
	/* Its instance key tells that it is the one that was added before. */
	entries_end(&s, FINDING_ADDED, ENTRIES_FIRST);
}

/* Without an instance key it may be another of that name: nothing is said. */
static void test_added_and_modified_without_instance(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", NULL);

	pair_add_2000(s.pair->after, PAIR_PROFILES, "New", 9);
	entries_next(&s); /* 1 */
	builder_value_string(s.pair->after, entries_profile(&s, "New"), "001e3001",
			     "more");
	entries_next(&s); /* 2 */
	entries_end(&s, FINDING_ADDED, UINT32_MAX);
}

/* In between it only had another name: it is gone when that goes. */
static void test_renamed_and_then_deleted(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", NULL);

	entries_copy(&s, "Outlook", "New name");
	entries_delete(&s, "Outlook");
	entries_next(&s); /* 1 */
	entries_delete(&s, "New name");
	entries_next(&s); /* 2 */
	entries_end(&s, FINDING_DELETED, ENTRIES_FIRST + 1);
}

/* Moved, written and only then deleted: that it is the moved one nothing tells for sure. */
static void test_moved_written_and_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_add_2000(pair->before, PAIR_PROFILES, "Gone", 2);
	struct entries s = entries_begin(state);
	mapi_profile_move(s.pair->after, entries_profile(&s, "Gone"),
			  pair_key(s.pair->after, PAIR_DELETED), "Gone", pair_changed());
	builder_key moved = pair_key(s.pair->after, PAIR_DELETED "\\Gone");
	builder_value_string(s.pair->after, moved, "Edited", "yes");
	entries_next(&s); /* 1 */
	builder_key_delete(s.pair->after, moved, pair_changed());
	entries_next(&s); /* 2 */
	entries_end(&s, FINDING_DELETED, UINT32_MAX);
}

/* What is there at the end is another one. */
static void test_deleted_beside_a_new_one(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add_2000(pair->before, PAIR_PROFILES, "Gone", 2);
	struct entries s = entries_begin(state);
	pair_add_2000(s.pair->after, PAIR_PROFILES, "New", 9);
	entries_next(&s); /* 1 */
	entries_delete(&s, "Gone");
	entries_next(&s); /* 2 */
	entries_end_beside(&s, FINDING_DELETED, ENTRIES_FIRST + 1);
}

/* A rename is a copy and a deletion, here in two entries; the second one makes it. */
static void test_renamed_and_moved(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_add(pair->before, PAIR_PROFILES, "Old name", 1);
	pair_add(pair->before, PAIR_PROFILES, "Used", 2);
	struct entries s = entries_begin(state);
	entries_copy(&s, "Old name", "New name");
	entries_next(&s); /* 1 */
	entries_delete(&s, "Old name");
	entries_next(&s);  /* 2 */
	entries_other(&s); /* 3 */
	mapi_profile_move(s.pair->after, entries_profile(&s, "Used"),
			  pair_key(s.pair->after, PAIR_DELETED), "Used", pair_changed());
	entries_next(&s); /* 4 */
	pair_compare(s.pair);
	assert_int_equal(entries_place(&s, pair_one(s.pair, FINDING_RENAMED)),
			 ENTRIES_FIRST + 1);
	assert_int_equal(entries_place(&s, pair_one(s.pair, FINDING_MOVED)),
			 ENTRIES_FIRST + 3);
	entries_finish(&s);
}

/* Another one took the old name for a while: it is renamed all the same. */
static void test_renamed_and_another_in_its_place(void **state)
{
	struct entries s = entries_begin_with(state, "Old name", NULL);

	entries_copy(&s, "Old name", "New name");
	entries_delete(&s, "Old name");
	pair_add(s.pair->after, PAIR_PROFILES, "Old name", 77);
	entries_next(&s); /* 1 */
	entries_delete(&s, "Old name");
	entries_next(&s); /* 2 */
	entries_end_beside(&s, FINDING_RENAMED, ENTRIES_FIRST);
}

static void test_default_and_list(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_DELETED, "Last", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	struct entries s = entries_begin(state);
	builder_value_string(s.pair->after, pair_key(s.pair->after, PAIR_PROFILES),
			     "DefaultProfile", "Another");
	entries_next(&s); /* 1 */
	builder_key_delete(s.pair->after, pair_key(s.pair->after, PAIR_DELETED),
			   pair_changed());
	entries_next(&s); /* 2 */
	pair_compare(s.pair);
	assert_int_equal(entries_place(&s, pair_one(s.pair, FINDING_DEFAULT_CHANGED)),
			 ENTRIES_FIRST);
	assert_int_equal(entries_place(&s, pair_one(s.pair, FINDING_STORE_REMOVED)),
			 ENTRIES_FIRST + 1);
	assert_int_equal(entries_place(&s, pair_one(s.pair, FINDING_DELETED)),
			 ENTRIES_FIRST + 1);
	entries_finish(&s);
}

/* Another in its place counts from when that was made. */
static void test_recreated(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", NULL);

	entries_delete(&s, "Outlook");
	entries_next(&s); /* 1 */
	entries_make_anew(&s, "Outlook");
	entries_next(&s);  /* 2 */
	entries_other(&s); /* 3 */
	entries_end_beside(&s, FINDING_RECREATED, ENTRIES_FIRST + 1);
}

/* The old one is set aside by another name first, and lost later. */
static void test_recreated_and_set_aside(void **state)
{
	struct entries s = entries_begin_with(state, "Work", NULL);

	entries_copy(&s, "Work", "BACKUP OF Work");
	entries_delete(&s, "Work");
	entries_next(&s); /* 1 */
	entries_make_anew(&s, "Work");
	entries_next(&s); /* 2 */
	entries_delete(&s, "BACKUP OF Work");
	entries_next(&s); /* 3 */
	entries_end_beside(&s, FINDING_RECREATED, ENTRIES_FIRST + 2);
}

/* --- states that cannot be walked --- */

/* A page of a hive as it was before: not there, or zeros where it did not reach. */
static void keep_old_page(struct builder_log_state *mixed,
			  const struct builder_log_state *old, size_t offset)
{
	size_t page = offset / PAGE * PAGE;

	assert_true(page + PAGE <= mixed->len);
	memset(mixed->bytes + page, 0, PAGE);
	if (page < old->len)
		memcpy(mixed->bytes + page, old->bytes + page, PAGE);
}

/* States: whole, then half of a step, then all of it. */
struct halves {
	struct builder_log_state old, half, new;
};

/* A profile goes and many keys come; the page of the last of them lags behind. */
static struct halves make_halves(struct entries *s)
{
	struct builder *b = s->pair->after;
	struct halves h = { .old = builder_log_state_take(b) };
	builder_key key = BUILDER_NO_KEY;

	entries_delete(s, "Gone");
	for (unsigned i = 0; i < 200; i++) {
		char path[] = "Software\\Other\\000";
		path[15] = (char)('0' + i / 100);
		path[16] = (char)('0' + i / 10 % 10);
		path[17] = (char)('0' + i % 10);
		key = builder_path(b, path, pair_changed());
	}
	h.new = builder_log_state_take(b);
	h.half = builder_log_dirty(&h.new, &h.new, 1, 1); /* a copy */
	keep_old_page(&h.half, &h.old, builder_key_offset(b, key));
	return h;
}

static void free_halves(struct halves *h)
{
	builder_log_state_free(&h->old);
	builder_log_state_free(&h->half);
	builder_log_state_free(&h->new);
}

static void test_state_in_the_middle_cannot_be_walked(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	entries_other(&s); /* 1 */
	struct halves h = make_halves(&s);
	entries_add_bytes(&s, h.half.bytes,
			  h.half.len); /* 2: gone already, but who knows */
	entries_add_bytes(&s, h.new.bytes, h.new.len); /* 3 */
	const struct finding *finding = entries_only(&s);
	assert_int_equal(s.states.n, 4);
	assert_true(s.states.items[1].walkable);
	assert_false(s.states.items[2].walkable);
	assert_int_equal(entries_place(&s, finding), ENTRIES_FIRST + 2);
	entries_finish(&s);
	free_halves(&h);
}

/* One that cannot be walked after the change does not cut the story in two. */
static void test_unwalkable_state_behind_the_change_is_passed_over(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	struct halves h = make_halves(&s);
	entries_add_bytes(&s, h.new.bytes, h.new.len);	   /* 1 */
	entries_add_bytes(&s, h.half.bytes, h.half.len);   /* 2 */
	entries_add_bytes(&s, (const uint8_t *)"regf", 4); /* 3: not even a hive */
	entries_add_bytes(&s, h.new.bytes, h.new.len);	   /* 4 */
	assert_int_equal(entries_place(&s, entries_only(&s)), ENTRIES_FIRST);
	entries_finish(&s);
	free_halves(&h);
}

/* Nothing that could be walked says when: then nothing is said. */
static void test_no_state_tells(void **state)
{
	struct entries s = entries_begin_with(state, "Outlook", "Gone");

	entries_delete(&s, "Gone");
	const struct finding *finding = entries_only(&s);
	assert_int_equal(entries_place(&s, finding), UINT32_MAX);
	entries_finish(&s);
	entries_add_bytes(&s, (const uint8_t *)"regf", 4);
	assert_int_equal(entries_place(&s, finding), UINT32_MAX);
	entries_finish(&s);
}

/* --- through files: a dirty hive, its log, and what a snapshot makes of them --- */

static void test_snapshot_of_a_dirty_hive(void **state)
{
	struct pair *pair = *state;
	struct comparison *found = NULL;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct entries s = entries_begin(state);
	struct halves h = make_halves(&s);
	const struct builder_log_state *const states[] = { &h.old, &h.old, &h.half,
							   &h.new };
	struct dirty_files files = dirty_files_make(states, 4);

	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	struct snapshot *after = dirty_files_read(&files);
	assert_int_equal(after->states.n, 4);
	assert_int_equal(diag_count_of(after->diags, DIAG_STATE_UNWALKABLE), 1);
	assert_int_equal(diag_count_from(after->diags, DIAG_ERROR), 0);
	assert_int_equal(compare_snapshots(pair->old, after, NULL, 0, NULL, 0, &found),
			 STATUS_OK);
	assert_int_equal(found->n_findings, 1);
	assert_int_equal(found->findings[0].kind, FINDING_DELETED);
	assert_int_equal(found->findings[0].state->sequence, 32);
	assert_false(found->findings[0].state[-1].walkable);
	comparison_free(found);
	snapshot_free(after);
	dirty_files_remove(&files);
	free_halves(&h);
	entries_finish(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)
		TEST(test_deleted_in_the_third_entry),
		TEST(test_deleted_and_there_again_and_deleted),
		TEST(test_deleted_and_a_namesake),
		TEST(test_deleted_in_the_file_itself),
		TEST(test_modified_to_what_it_is_in_the_end),
		TEST(test_added_and_modified_later),
		TEST(test_added_and_modified_without_instance),
		TEST(test_moved_written_and_deleted),
		TEST(test_deleted_beside_a_new_one),
		TEST(test_renamed_and_then_deleted),
		TEST(test_renamed_and_moved),
		TEST(test_renamed_and_another_in_its_place),
		TEST(test_default_and_list),
		TEST(test_recreated),
		TEST(test_recreated_and_set_aside),
		TEST(test_state_in_the_middle_cannot_be_walked),
		TEST(test_unwalkable_state_behind_the_change_is_passed_over),
		TEST(test_no_state_tells),
		TEST(test_snapshot_of_a_dirty_hive),
	};

	return UNIT_RUN(tests);
}
