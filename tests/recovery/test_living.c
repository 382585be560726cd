/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Live profiles found by their instance keys, and by sections with random uids. */
#include "help/unit.h"

#include "help/pair.h"

#include "mapi/section.h"
#include "recovery/living.h"

#include <string.h>

/* A section with that name, given to the key of a profile. */
static void add_section(struct builder *b, const char *path, const char *uid)
{
	builder_key_add(b, pair_key(b, path), uid, pair_made());
}

#define UID_A "0123456789abcdef0123456789abcdef"
#define UID_B "fedcba9876543210fedcba9876543210"

/* Two with instance keys, of which "Copy" has that of "One"; two without. */
static void make(struct pair *pair, struct living *living)
{
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	builder_key_copy(pair->before, pair_key(pair->before, PAIR_PROFILES "\\One"),
			 list, "Copy", pair_made());
	builder_key_add(pair->before, list, "Bare", pair_made());
	builder_key_add(pair->before, list, "Other", pair_made());
	add_section(pair->before, PAIR_PROFILES "\\Bare", UID_A);
	add_section(pair->before, PAIR_PROFILES "\\One", UID_B);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	assert_int_equal(living_read(pair->old, living), STATUS_OK);
}

static const struct profile *profile_of(const struct pair *pair, const char *name)
{
	return &pair_profile(pair->old, name)->profile;
}

/* Of two with one instance key the first in the list. */
static void test_instances(void **state)
{
	struct pair *pair = *state;
	struct living living;

	make(pair, &living);
	assert_ptr_equal(living_instance(&living, profile_of(pair, "One")),
			 profile_of(pair, "Copy"));
	assert_ptr_equal(living_instance(&living, profile_of(pair, "Two")),
			 profile_of(pair, "Two"));
	assert_null(living_instance(&living, profile_of(pair, "Bare")));
	struct profile stranger = *profile_of(pair, "Two");
	memset(stranger.instance, 0xff, sizeof(stranger.instance));
	assert_null(living_instance(&living, &stranger));
	memset(stranger.instance, 0, sizeof(stranger.instance));
	assert_null(living_instance(&living, &stranger));
	living_clear(&living);
	living_clear(&living);
}

/* A section tells who it is, but not against two instance keys. */
static void test_has(void **state)
{
	struct pair *pair = *state;
	struct living living;

	make(pair, &living);
	assert_true(living_has(&living, profile_of(pair, "Two")));
	assert_true(living_has(&living, profile_of(pair, "Bare")));
	assert_false(living_has(&living, profile_of(pair, "Other")));
	struct profile stranger = *profile_of(pair, "One");
	memset(stranger.instance, 0xff, sizeof(stranger.instance));
	assert_false(living_has(&living, &stranger));
	stranger.has_instance = false;
	assert_true(living_has(&living, &stranger));
	struct profile bare = *profile_of(pair, "Bare");
	bare.has_instance = true;
	assert_true(living_has(&living, &bare));
	living_clear(&living);
}

/* What was not read whole may be any that is not known to be another. */
static void test_not_read_whole(void **state)
{
	struct pair *pair = *state;
	struct living living;

	make(pair, &living);
	assert_false(living_may_be_unread(&living, profile_of(pair, "One")));
	living_clear(&living);
	/* The test's own snapshot: nobody else reads it. */
	struct key *key = (struct key *)(uintptr_t)profile_of(pair, "Two")->key;
	key->flags |= KEY_FLAG_SUBKEYS_PARTIAL;
	assert_int_equal(living_read(pair->old, &living), STATUS_OK);
	assert_true(living_may_be_unread(&living, profile_of(pair, "Bare")));
	assert_true(living_may_be_unread(&living, profile_of(pair, "Two")));
	assert_false(living_may_be_unread(&living, profile_of(pair, "One")));
	living_clear(&living);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_instances),
		PAIR_TEST(test_has),
		PAIR_TEST(test_not_read_whole),
	};

	return UNIT_RUN(tests);
}
