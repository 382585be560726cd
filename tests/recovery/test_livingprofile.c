/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovered profiles of which a live one or a live list still tells. */
#include "help/unit.h"

#include "help/keys.h"
#include "help/recoveredhive.h"

#include "mapi/section.h"
#include "recovery/livingprofile.h"

/* A copy in the other list is live; the one in the first list is deleted. */
static void test_moved_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	builder_key deleted = builder_path(pair->after, PAIR_DELETED, pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, WORK), deleted, "Work",
			  pair_changed());
	const struct recovered_profile *profile = recoveredhive_only_work(pair, true);
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
	assert_true(profile_same_content(&profile->profile,
					 &pair_profile(pair->new, "Work")->profile));
	/* What a moved profile left behind is no profile that is gone. */
	assert_ptr_equal(profile->lives_on, pair_profile(pair->new, "Work")->profile.key);
	assert_int_equal(pair->recoveries[1]->n_gone, 0);
}

/* Another live one has some of its sections: a copy, made before. */
static void test_copied_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_key copy = builder_key_copy(pair->before, pair_key(pair->before, WORK),
					    pair_key(pair->before, PAIR_PROFILES), "Copy",
					    pair_made());
	pair_fork(pair);
	builder_value_dword(pair->after, copy, "Something", 1);
	recoveredhive_delete(pair, WORK);
	const struct recovered_profile *profile = recoveredhive_only_work(pair, false);
	assert_ptr_equal(profile->lives_on, pair_profile(pair->new, "Copy")->profile.key);
}

/* The list still says that it is the one to be taken. */
static void test_deleted_default_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "WORK");
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	assert_true(recoveredhive_only_work(pair, true)->is_default);
	assert_true(recoveredhive_only_work(pair, false)->is_default);
}

/* ---- by hand: one live profile, one recovered ---- */

#define OWN "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"

/* Flags of the live profile's key, and of its sections. */
static uint16_t live_flags, section_flags;
/* Last writes of all its keys, and of the recovered one's own. */
static uint64_t live_time, lost_time;

/*
 * What a live profile with these sections tells of a recovered one.  The first sections
 * of that one are only possible, all others as certain as the profile.
 */
static bool lives_on_unsure(size_t n_unsure, bool *may_be_alive,
			    const char *const live_sections[], const char *live_instance,
			    const char *const sections[], const char *instance)
{
	struct keys *live = keys_new("Live"), *lost = keys_new("Lost");
	struct snapshot_profile live_profile = { 0 };
	struct recovered_profile recovered_profile = { 0 };
	struct snapshot snapshot = { .profiles = &live_profile, .n_profiles = 1 };
	struct recovered_key infos[8] = { 0 };
	struct recovered_keys all = { .keys = infos, .n_nodes = ARRAY_LEN(infos) };
	struct recovery_part part = { .recovered = &all };
	struct recovery recovery = { .parts = &part,
				     .n_parts = 1,
				     .profiles = &recovered_profile,
				     .n_profiles = 1 };

	for (; *live_sections; live_sections++)
		keys_add(live, *live_sections);
	for (; *sections; sections++)
		keys_add(lost, *sections);
	if (live_instance)
		keys_hex(live, SECTION_INSTANCE, "0102300b", live_instance);
	if (instance)
		keys_hex(lost, SECTION_INSTANCE, "0102300b", instance);
	struct key *root = keys_root(lost), *top = keys_root(live);
	root->mtime_ft = lost_time;
	top->mtime_ft = lost_time;
	top->flags |= live_flags;
	for (uint32_t i = 0; i < top->n_children; i++) {
		top->children[i].flags |= section_flags;
		top->children[i].mtime_ft = live_time;
	}
	for (uint32_t i = 0; i < root->n_children; i++) {
		root->children[i].recovered = i + 1;
		infos[i + 1].certainty =
			i < n_unsure ? RECOVERED_POSSIBLE : RECOVERED_CERTAIN;
	}
	assert_int_equal(profile_read(top, &live_profile.profile), STATUS_OK);
	assert_int_equal(profile_read(root, &recovered_profile.profile), STATUS_OK);
	assert_int_equal(livingprofile_find(&recovery, &snapshot), STATUS_OK);
	bool lives = recovered_profile.lives_on != NULL;
	if (lives)
		assert_ptr_equal(recovered_profile.lives_on, live_profile.profile.key);
	*may_be_alive = recovered_profile.may_be_alive;
	assert_int_equal(recovery.n_gone, !lives && !*may_be_alive);
	/* No list is known of it: no DefaultProfile is asked. */
	assert_false(recovered_profile.is_default);
	keys_free(live);
	keys_free(lost);
	return lives;
}

static bool lives_on(const char *const live_sections[], const char *live_instance,
		     const char *const sections[], const char *instance)
{
	bool may_be_alive = false;
	bool lives = lives_on_unsure(0, &may_be_alive, live_sections, live_instance,
				     sections, instance);

	assert_false(may_be_alive);
	return lives;
}

#define SECTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_own_sections(void **state)
{
	(void)state;
	assert_true(lives_on(SECTIONS(OWN), NULL, SECTIONS(OWN), NULL));
	assert_true(lives_on(SECTIONS(OTHER, OWN), NULL, SECTIONS("a", OWN), NULL));
	assert_false(lives_on(SECTIONS(OTHER), NULL, SECTIONS(OWN), NULL));
	/* Every profile has these. */
	assert_false(lives_on(SECTIONS(SECTION_ROOT, "a"), NULL,
			      SECTIONS(SECTION_ROOT, "a"), NULL));
	assert_false(lives_on(SECTIONS(SECTION_ROOT), NULL, SECTIONS(OWN), NULL));
}

/* Sections that may be another profile's count only if all of them say the same. */
/* A copy has the section too, but another instance key: the one that has none is it. */
static void test_section_of_two(void **state)
{
	struct keys *copy = keys_new("Copy"), *live = keys_new("Live");
	struct keys *lost = keys_new("Lost");
	struct snapshot_profile profiles[2] = { 0 };
	struct recovered_profile recovered_profile = { 0 };
	struct snapshot snapshot = { .profiles = profiles, .n_profiles = 2 };
	struct recovered_key infos[8] = { 0 };
	struct recovered_keys all = { .keys = infos, .n_nodes = ARRAY_LEN(infos) };
	struct recovery_part part = { .recovered = &all };
	struct recovery recovery = { .parts = &part,
				     .n_parts = 1,
				     .profiles = &recovered_profile,
				     .n_profiles = 1 };

	(void)state;
	keys_add(copy, OWN);
	keys_hex(copy, SECTION_INSTANCE, "0102300b", "00000000000000000000000000000002");
	keys_add(live, OWN);
	keys_add(lost, OWN);
	keys_hex(lost, SECTION_INSTANCE, "0102300b", "00000000000000000000000000000001");
	struct key *root = keys_root(lost);
	for (uint32_t i = 0; i < root->n_children; i++) {
		root->children[i].recovered = i + 1;
		infos[i + 1].certainty = RECOVERED_CERTAIN;
	}
	assert_int_equal(profile_read(keys_root(copy), &profiles[0].profile), STATUS_OK);
	assert_int_equal(profile_read(keys_root(live), &profiles[1].profile), STATUS_OK);
	assert_int_equal(profile_read(root, &recovered_profile.profile), STATUS_OK);
	assert_int_equal(livingprofile_find(&recovery, &snapshot), STATUS_OK);
	assert_ptr_equal(recovered_profile.lives_on, profiles[1].profile.key);
	assert_int_equal(recovery.n_gone, 0);
	keys_free(copy);
	keys_free(live);
	keys_free(lost);
}

static void test_unsure_sections(void **state)
{
	bool may_be_alive = false;

	(void)state;
	assert_true(lives_on_unsure(1, &may_be_alive, SECTIONS(OWN), NULL, SECTIONS(OWN),
				    NULL));
	assert_false(may_be_alive);
	/* In order of names, the first is the unsure one that is live. */
	assert_false(lives_on_unsure(1, &may_be_alive, SECTIONS(OWN), NULL,
				     SECTIONS(OWN, OTHER), NULL));
	assert_true(may_be_alive);
	assert_true(lives_on_unsure(1, &may_be_alive, SECTIONS(OTHER), NULL,
				    SECTIONS(OWN, OTHER), NULL));
	assert_false(may_be_alive);
}

static void test_instances(void **state)
{
	static const char one[] = "00112233 44556677 8899aabb ccddeeff";
	static const char two[] = "00112233 44556677 8899aabb ccddeefe";

	(void)state;
	assert_true(lives_on(SECTIONS(OTHER), one, SECTIONS(OWN), one));
	assert_false(lives_on(SECTIONS(OTHER), one, SECTIONS(OWN), two));
	assert_false(lives_on(SECTIONS(OTHER), one, SECTIONS(OWN), NULL));
	assert_false(lives_on(SECTIONS(OTHER), NULL, SECTIONS(OWN), one));
	/* A copy has its sections too, but an instance key of its own makes it another. */
	assert_false(lives_on(SECTIONS(OWN), one, SECTIONS(OWN), two));
	assert_true(lives_on(SECTIONS(OWN), one, SECTIONS(OWN), one));
	/* One that is only possible refutes nothing: it may be another profile's. */
	bool may_be_alive = false;
	assert_false(lives_on_unsure(2, &may_be_alive, SECTIONS(OTHER), one,
				     SECTIONS(OWN), one));
	assert_true(may_be_alive);
	assert_true(lives_on_unsure(1, &may_be_alive, SECTIONS(OTHER), one, SECTIONS(OWN),
				    one));
	assert_false(may_be_alive);
	assert_false(lives_on_unsure(1, &may_be_alive, SECTIONS(OWN), one, SECTIONS(OWN),
				     two));
	assert_false(may_be_alive);
	assert_false(lives_on_unsure(2, &may_be_alive, SECTIONS(OWN), one, SECTIONS(OWN),
				     two));
	assert_true(may_be_alive);
}

/* A move makes the new profile just before the old one goes, not long before. */
static void test_unsure_sections_of_an_older_profile(void **state)
{
	const uint64_t minute = 600000000;
	bool alive = false;

	(void)state;
	live_time = 1;
	for (uint64_t i = 0; i < 2; i++) {
		lost_time = 1 + minute + i;
		assert_int_equal(lives_on_unsure(1, &alive, SECTIONS(OWN), NULL,
						 SECTIONS(OWN), NULL),
				 i == 0);
		assert_int_equal(alive, i == 1);
		/* A section that is sure is enough. */
		assert_true(lives_on_unsure(0, &alive, SECTIONS(OWN), NULL, SECTIONS(OWN),
					    NULL));
		assert_false(alive);
	}
	live_time = 0;
	lost_time = 0;
}

/* What was not read of a live profile may be what the recovered one has. */
static void test_live_profile_not_read_whole(void **state)
{
	static const char one[] = "00112233 44556677 8899aabb ccddeeff";
	static const char two[] = "00112233 44556677 8899aabb ccddeefe";
	bool alive = false;

	(void)state;
	live_flags = KEY_FLAG_SUBKEYS_PARTIAL;
	assert_false(
		lives_on_unsure(0, &alive, SECTIONS(OTHER), NULL, SECTIONS(OWN), NULL));
	assert_true(alive);
	assert_false(
		lives_on_unsure(0, &alive, SECTIONS(OTHER), NULL, SECTIONS(OWN), one));
	assert_true(alive);
	/* Another instance key is enough to know it for another profile. */
	assert_false(
		lives_on_unsure(0, &alive, SECTIONS(OTHER), one, SECTIONS(OWN), two));
	assert_false(alive);
	/* Values of the profile's own key tell nothing of that. */
	live_flags = KEY_FLAG_VALUES_PARTIAL;
	assert_false(
		lives_on_unsure(0, &alive, SECTIONS(OTHER), NULL, SECTIONS(OWN), NULL));
	assert_false(alive);
	live_flags = 0;
	section_flags = KEY_FLAG_VALUES_PARTIAL;
	assert_false(lives_on_unsure(0, &alive, SECTIONS(SECTION_INSTANCE), NULL,
				     SECTIONS(OWN), one));
	assert_true(alive);
	section_flags = 0;
	assert_false(lives_on_unsure(0, &alive, SECTIONS(SECTION_INSTANCE), NULL,
				     SECTIONS(OWN), one));
	assert_false(alive);
}

static void test_nothing_recovered(void **state)
{
	struct snapshot snapshot = { 0 };
	struct recovery recovery = { 0 };

	(void)state;
	assert_int_equal(livingprofile_find(&recovery, &snapshot), STATUS_OK);
	assert_int_equal(recovery.n_gone, 0);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_moved_profile),
		PAIR_TEST(test_copied_profile),
		PAIR_TEST(test_deleted_default_profile),
		cmocka_unit_test(test_own_sections),
		cmocka_unit_test(test_section_of_two),
		cmocka_unit_test(test_unsure_sections),
		cmocka_unit_test(test_instances),
		cmocka_unit_test(test_unsure_sections_of_an_older_profile),
		cmocka_unit_test(test_live_profile_not_read_whole),
		cmocka_unit_test(test_nothing_recovered),
	};

	return UNIT_RUN(tests);
}
