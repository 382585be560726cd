/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From which log entry on a change holds: stories of a hive, one state after each entry,
 * where the recipe knows in which one it was made.
 */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/pair.h"

#include "compare/findingstate.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST = 100, PAGE = 4096 };

struct story {
	struct pair *pair;
	struct states states;
	uint32_t next; /* sequence number of the next entry */
};

static void add_bytes(struct story *s, const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_int_equal(states_add(&s->states, span_of(copy, len), s->states.n == 0,
				    s->states.n == 0 ? 0 : s->next++, 1),
			 STATUS_OK);
	/* A state keeps nothing of the bytes: they go on changing. */
	memset(copy, 0xEE, len);
	free(copy);
}

/* The hive as it is now becomes the state after the next entry. */
static void entry(struct story *s)
{
	size_t len = 0;

	builder_finish(s->pair->after);
	const uint8_t *bytes = builder_bytes(s->pair->after, &len);
	add_bytes(s, bytes, len);
}

/* From here on the recipe of `after` is told entry by entry. */
static struct story begin(void **state)
{
	struct story s = { .pair = *state, .next = FIRST };

	pair_fork(s.pair);
	entry(&s);
	return s;
}

/* Return: the entry from which on it holds, 0 for the hive file, UINT32_MAX for none. */
static uint32_t place(const struct story *s, const struct finding *finding)
{
	const struct state *found = findingstate_first(
		&s->states, finding, s->pair->old,
		finding->after ? snapshot_store(s->pair->new, finding->after) : NULL);

	if (!found)
		return UINT32_MAX;
	assert_true(found->walkable);
	assert_true(found->first == (found == s->states.items));
	assert_int_equal(found->log, 1);
	return found->first ? 0 : found->sequence;
}

static builder_key profile(struct story *s, const char *name)
{
	builder_key key = builder_key_find(s->pair->after,
					   pair_key(s->pair->after, PAIR_PROFILES), name);

	assert_int_not_equal(key, BUILDER_NO_KEY);
	return key;
}

static void delete_profile(struct story *s, const char *name)
{
	builder_key_delete(s->pair->after, profile(s, name), pair_changed());
}

/* Something that is no concern of profiles. */
static void set_something(struct story *s)
{
	builder_value_dword(s->pair->after,
			    builder_path(s->pair->after, "Software\\Other", pair_made()),
			    "Count", s->next);
}

/* The end of the story: compares, and frees the states afterwards by finish(). */
static const struct finding *only(struct story *s)
{
	pair_compare(s->pair);
	return pair_only(s->pair);
}

static void finish(struct story *s)
{
	states_clear(&s->states);
	assert_int_equal(s->states.n, 0);
	states_clear(&s->states);
}

/* --- where a change holds --- */

static void test_deleted_in_the_third_entry(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	set_something(&s);
	entry(&s);
	set_something(&s);
	entry(&s);
	delete_profile(&s, "Gone");
	entry(&s);
	set_something(&s);
	entry(&s);
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(place(&s, finding), FIRST + 2);
	finish(&s);
}

/* Deleted in entry 2, there again in 4, gone for good in 5. */
static void test_deleted_and_there_again_and_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	set_something(&s);
	entry(&s); /* 1 */
	delete_profile(&s, "Gone");
	entry(&s); /* 2 */
	set_something(&s);
	entry(&s); /* 3 */
	pair_add(s.pair->after, PAIR_PROFILES, "GONE", 2);
	entry(&s); /* 4: whatever the case, by its instance key */
	delete_profile(&s, "Gone");
	entry(&s); /* 5 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(place(&s, finding), FIRST + 4);
	finish(&s);
}

/* Another one had its name for a while: that is not it. */
static void test_deleted_and_a_namesake(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	delete_profile(&s, "Gone");
	entry(&s); /* 1 */
	pair_add(s.pair->after, PAIR_PROFILES, "Gone", 3);
	entry(&s); /* 2 */
	delete_profile(&s, "Gone");
	entry(&s); /* 3 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(place(&s, finding), FIRST);
	finish(&s);
}

/* The hive file itself lacks it already: the log only goes on. */
static void test_deleted_in_the_file_itself(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	struct story s = { .pair = pair, .next = FIRST };
	delete_profile(&s, "Gone");
	entry(&s);
	set_something(&s);
	entry(&s);
	assert_int_equal(place(&s, only(&s)), 0);
	finish(&s);
}

static void test_modified_to_what_it_is_in_the_end(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	struct story s = begin(state);
	builder_key section =
		builder_key_add(s.pair->after, profile(&s, "Outlook"),
				"0123456789abcdef0123456789abcdef", pair_changed());
	entry(&s); /* 1 */
	builder_value_string(s.pair->after, section, "001e3001", "almost");
	entry(&s); /* 2 */
	builder_value_string(s.pair->after, section, "001e3001", "as it is");
	entry(&s); /* 3 */
	set_something(&s);
	entry(&s); /* 4 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_MODIFIED);
	assert_int_equal(place(&s, finding), FIRST + 2);
	finish(&s);
}

static void test_added_and_modified_later(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	struct story s = begin(state);
	pair_add(s.pair->after, PAIR_PROFILES, "New", 9);
	entry(&s); /* 1 */
	builder_value_string(s.pair->after, profile(&s, "New"), "001e3001", "more");
	entry(&s); /* 2 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_ADDED);
	/* Its instance key tells that it is the one that was added before. */
	assert_int_equal(place(&s, finding), FIRST);
	finish(&s);
}

/* Without an instance key it may be another of that name: nothing is said. */
static void test_added_and_modified_without_instance(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	struct story s = begin(state);
	pair_add_2000(s.pair->after, PAIR_PROFILES, "New", 9);
	entry(&s); /* 1 */
	builder_value_string(s.pair->after, profile(&s, "New"), "001e3001", "more");
	entry(&s); /* 2 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_ADDED);
	assert_int_equal(place(&s, finding), UINT32_MAX);
	finish(&s);
}

/* In between it only had another name: it is gone when that goes. */
static void test_renamed_and_then_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	struct story s = begin(state);
	builder_key_copy(s.pair->after, profile(&s, "Outlook"),
			 pair_key(s.pair->after, PAIR_PROFILES), "New name",
			 pair_changed());
	delete_profile(&s, "Outlook");
	entry(&s); /* 1 */
	delete_profile(&s, "New name");
	entry(&s); /* 2 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(place(&s, finding), FIRST + 1);
	finish(&s);
}

/* Moved, written and only then deleted: that it is the moved one nothing tells for sure. */
static void test_moved_written_and_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_add_2000(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	mapi_profile_move(s.pair->after, profile(&s, "Gone"),
			  pair_key(s.pair->after, PAIR_DELETED), "Gone", pair_changed());
	builder_key moved = pair_key(s.pair->after, PAIR_DELETED "\\Gone");
	builder_value_string(s.pair->after, moved, "Edited", "yes");
	entry(&s); /* 1 */
	builder_key_delete(s.pair->after, moved, pair_changed());
	entry(&s); /* 2 */
	const struct finding *finding = only(&s);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(place(&s, finding), UINT32_MAX);
	finish(&s);
}

/* What is there at the end is another one. */
static void test_deleted_beside_a_new_one(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add_2000(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	pair_add_2000(s.pair->after, PAIR_PROFILES, "New", 9);
	entry(&s); /* 1 */
	delete_profile(&s, "Gone");
	entry(&s); /* 2 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_DELETED)), FIRST + 1);
	finish(&s);
}

/* A rename is a copy and a deletion, here in two entries; the second one makes it. */
static void test_renamed_and_moved(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_add(pair->before, PAIR_PROFILES, "Old name", 1);
	pair_add(pair->before, PAIR_PROFILES, "Used", 2);
	struct story s = begin(state);
	builder_key_copy(s.pair->after, profile(&s, "Old name"),
			 pair_key(s.pair->after, PAIR_PROFILES), "New name",
			 pair_changed());
	entry(&s); /* 1 */
	delete_profile(&s, "Old name");
	entry(&s); /* 2 */
	set_something(&s);
	entry(&s); /* 3 */
	mapi_profile_move(s.pair->after, profile(&s, "Used"),
			  pair_key(s.pair->after, PAIR_DELETED), "Used", pair_changed());
	entry(&s); /* 4 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_RENAMED)), FIRST + 1);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_MOVED)), FIRST + 3);
	finish(&s);
}

/* Another one took the old name for a while: it is renamed all the same. */
static void test_renamed_and_another_in_its_place(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Old name", 1);
	struct story s = begin(state);
	builder_key_copy(s.pair->after, profile(&s, "Old name"),
			 pair_key(s.pair->after, PAIR_PROFILES), "New name",
			 pair_changed());
	delete_profile(&s, "Old name");
	pair_add(s.pair->after, PAIR_PROFILES, "Old name", 77);
	entry(&s); /* 1 */
	delete_profile(&s, "Old name");
	entry(&s); /* 2 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_RENAMED)), FIRST);
	finish(&s);
}

static void test_default_and_list(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_DELETED, "Last", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	struct story s = begin(state);
	builder_value_string(s.pair->after, pair_key(s.pair->after, PAIR_PROFILES),
			     "DefaultProfile", "Another");
	entry(&s); /* 1 */
	builder_key_delete(s.pair->after, pair_key(s.pair->after, PAIR_DELETED),
			   pair_changed());
	entry(&s); /* 2 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_DEFAULT_CHANGED)), FIRST);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_STORE_REMOVED)), FIRST + 1);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_DELETED)), FIRST + 1);
	finish(&s);
}

/* Another in its place counts from when that was made. */
static void test_recreated(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	struct story s = begin(state);
	delete_profile(&s, "Outlook");
	entry(&s); /* 1 */
	/* A key that is made anew has the time of its making. */
	pair_add_at(s.pair->after, pair_key(s.pair->after, PAIR_PROFILES), "Outlook", 77,
		    pair_changed());
	entry(&s); /* 2 */
	set_something(&s);
	entry(&s); /* 3 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_RECREATED)), FIRST + 1);
	finish(&s);
}

/* The old one is set aside by another name first, and lost later. */
static void test_recreated_and_set_aside(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	struct story s = begin(state);
	builder_key_copy(s.pair->after, profile(&s, "Work"),
			 pair_key(s.pair->after, PAIR_PROFILES), "BACKUP OF Work",
			 pair_changed());
	delete_profile(&s, "Work");
	entry(&s); /* 1 */
	pair_add_at(s.pair->after, pair_key(s.pair->after, PAIR_PROFILES), "Work", 77,
		    pair_changed());
	entry(&s); /* 2 */
	delete_profile(&s, "BACKUP OF Work");
	entry(&s); /* 3 */
	pair_compare(s.pair);
	assert_int_equal(place(&s, pair_one(s.pair, FINDING_RECREATED)), FIRST + 2);
	finish(&s);
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
static struct halves make_halves(struct story *s)
{
	struct builder *b = s->pair->after;
	struct halves h = { .old = builder_log_state_take(b) };
	builder_key key = BUILDER_NO_KEY;

	delete_profile(s, "Gone");
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
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	set_something(&s);
	entry(&s); /* 1 */
	struct halves h = make_halves(&s);
	add_bytes(&s, h.half.bytes, h.half.len); /* 2: gone already, but who knows */
	add_bytes(&s, h.new.bytes, h.new.len);	 /* 3 */
	const struct finding *finding = only(&s);
	assert_int_equal(s.states.n, 4);
	assert_true(s.states.items[1].walkable);
	assert_false(s.states.items[2].walkable);
	assert_int_equal(place(&s, finding), FIRST + 2);
	finish(&s);
	free_halves(&h);
}

/* One that cannot be walked after the change does not cut the story in two. */
static void test_unwalkable_state_behind_the_change_is_passed_over(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	struct halves h = make_halves(&s);
	add_bytes(&s, h.new.bytes, h.new.len);	   /* 1 */
	add_bytes(&s, h.half.bytes, h.half.len);   /* 2 */
	add_bytes(&s, (const uint8_t *)"regf", 4); /* 3: not even a hive */
	add_bytes(&s, h.new.bytes, h.new.len);	   /* 4 */
	assert_int_equal(place(&s, only(&s)), FIRST);
	finish(&s);
	free_halves(&h);
}

/* Nothing that could be walked says when: then nothing is said. */
static void test_no_state_tells(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
	delete_profile(&s, "Gone");
	const struct finding *finding = only(&s);
	assert_int_equal(place(&s, finding), UINT32_MAX);
	finish(&s);
	add_bytes(&s, (const uint8_t *)"regf", 4);
	assert_int_equal(place(&s, finding), UINT32_MAX);
	finish(&s);
}

/* --- through files: a dirty hive, its log, and what a snapshot makes of them --- */

static void test_snapshot_of_a_dirty_hive(void **state)
{
	struct pair *pair = *state;
	struct comparison *found = NULL;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	struct story s = begin(state);
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
	finish(&s);
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
