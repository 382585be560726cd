/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles listed and read: by any number of threads, and taken from the snapshot before. */
#include "help/unit.h"

#include "help/pair.h"

#include "snapshot/snapshotprofiles.h"

#include <stdio.h>
#include <string.h>

#define MARK 77777 /* no profile has so many sections */

/* The profile of that name, which must be there. */
static struct snapshot_profile *find(struct snapshot *snapshot, const char *name)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (text_is(key_name(snapshot->profiles[i].profile.key), name))
			return &snapshot->profiles[i];
	fail_msg("there is no profile %s", name);
	return NULL;
}

static void assert_same(const struct profile *a, const struct profile *b)
{
	assert_ptr_equal(a->key, b->key);
	assert_int_equal(a->n_sections, b->n_sections);
	assert_int_equal(a->n_values, b->n_values);
	assert_int_equal(a->n_keys, b->n_keys);
	assert_int_equal(a->n_bytes, b->n_bytes);
	assert_int_equal(a->newest_ft, b->newest_ft);
	assert_true(profile_same_content(a, b));
	assert_int_equal(a->has_instance, b->has_instance);
	assert_memory_equal(a->instance, b->instance, sizeof(a->instance));
}

/* Reads the later snapshot's profiles again, with what the earlier one holds. */
static void read_again(struct pair *pair, unsigned n_threads)
{
	struct samebytes same;

	assert_int_equal(samebytes_read(pair->old, pair->new, &same), STATUS_OK);
	assert_int_equal(snapshotprofiles_read(pair->new, pair->old, &same, n_threads),
			 STATUS_OK);
	samebytes_clear(&same);
}

/* Each is what profile_read() finds, wherever it was taken from. */
static void check_all(struct pair *pair)
{
	for (unsigned n_threads = 1; n_threads < 5; n_threads += 3) {
		read_again(pair, n_threads);
		for (size_t i = 0; i < pair->new->n_profiles; i++) {
			const struct profile *found = &pair->new->profiles[i].profile;
			struct profile profile;
			assert_int_equal(profile_read(found->key, &profile), STATUS_OK);
			assert_same(found, &profile);
		}
	}
}

/* True if the profile is taken from the earlier snapshot, where it is marked. */
static bool is_taken(struct pair *pair, const char *name)
{
	struct profile *before = &find(pair->old, name)->profile;
	uint32_t n_sections = before->n_sections;

	before->n_sections = MARK;
	read_again(pair, 1);
	before->n_sections = n_sections;
	return find(pair->new, name)->profile.n_sections == MARK;
}

/* A section of the later hive's profile that has values. */
static builder_key section_of(struct pair *pair, const char *name)
{
	char path[256];

	(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\%s\\%s", name,
		       "9207f3e0a3b11019908b08002b2a56c2");
	return pair_key(pair->after, path);
}

/* What has any other byte, or its records elsewhere, is read; all else is taken. */
static void test_what_is_taken(void **state)
{
	static const char *const names[] = { "Same",	"Added", "Removed", "Written",
					     "Deleted", "Made",	 "Retyped" };
	struct pair *pair = *state;
	char path[256];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		pair_add(pair->before, PAIR_PROFILES, names[i], i + 1);
		(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\%s", names[i]);
		builder_value_dword(pair->before, pair_key(pair->before, path), "value",
				    1);
		(void)builder_key_add(pair->before, pair_key(pair->before, path), "empty",
				      pair_made());
	}
	pair_fork(pair);
	builder_value_dword(pair->after, section_of(pair, "Added"), "one more", 1);
	builder_value_delete(pair->after,
			     pair_key(pair->after, PAIR_PROFILES "\\Removed"), "value");
	builder_value_dword(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Written"),
			    "value", 2);
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\Deleted\\empty"),
			   pair_changed());
	(void)builder_key_add(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Made"),
			      "another", pair_made());
	builder_value_set(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Retyped"),
			  "value", BUILDER_BINARY, "\1\0\0", 4);
	pair_add(pair->after, PAIR_PROFILES, "New", 100);
	pair_compare(pair);
	assert_true(is_taken(pair, "Same"));
	for (size_t i = 1; i < ARRAY_LEN(names); i++)
		assert_false(is_taken(pair, names[i]));
	check_all(pair);
}

/* A time alone is no content, but it is told. */
static void test_another_time(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_finish(pair->after);
	builder_key_touch(pair->after, section_of(pair, "Outlook"), pair_changed());
	pair_compare(pair);
	assert_false(is_taken(pair, "Outlook"));
	check_all(pair);
}

/* More than a thread takes at a time. */
static void test_many(void **state)
{
	struct pair *pair = *state;
	char name[32];

	for (unsigned i = 0; i < 70; i++) {
		(void)snprintf(name, sizeof(name), "Profile %u", i);
		pair_add(pair->before, PAIR_PROFILES, name, i + 1);
	}
	pair_fork(pair);
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\Profile 3"),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->new->n_profiles, 69);
	assert_true(is_taken(pair, "Profile 50"));
	check_all(pair);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_what_is_taken),
		PAIR_TEST(test_another_time),
		PAIR_TEST(test_many),
	};

	return UNIT_RUN(tests);
}
