/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What proves the moment of a deletion, one thing at a time taken away from a recovered
 * profile that has all of it.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "recovery/moment.h"

#include <stdlib.h>
#include <string.h>

/* "Work" was deleted, and recovered from the later hive alone. */
struct proof {
	struct pair *pair;
	struct recovery *recovery;
	struct recovered_profile *profile;
	struct recovered_key *info; /* of its own record */
	struct recovered_place place;
};

static struct proof prove(struct pair *pair)
{
	struct proof p = { .pair = pair };

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, false);
	p.recovery = pair->recoveries[1];
	assert_int_equal(p.recovery->n_profiles, 1);
	p.profile = &p.recovery->profiles[0];
	struct recovered_keys *keys = p.recovery->parts[0].recovered;
	p.info = &keys->keys[recovery_own_record(p.profile)->recovered - keys->first];
	p.place = p.info->places[0];
	return p;
}

static uint64_t moment_of(struct proof *p, const struct snapshot *earlier)
{
	const struct snapshot *const snapshots[] = { earlier };

	p->profile->deleted_ft = 0;
	p->profile->not_after_ft = 0;
	p->profile->may_be_alive = false;
	moment_find(p->recovery, p->pair->new, snapshots, earlier ? 1 : 0);
	return p->profile->deleted_ft;
}

static void test_all_of_it(void **state)
{
	struct proof p = prove(*state);

	assert_int_equal(moment_of(&p, NULL), pair_changed());
	assert_int_equal(p.profile->not_after_ft, pair_changed());
}

/* Only bytes of a free cell are surely of what is gone. */
static void test_where_the_record_is(void **state)
{
	static const struct {
		enum recovered_origin origin;
		bool alive;
	} rows[] = {
		{ RECOVERED_UNMAPPED, true },
		{ RECOVERED_LOST, true },
		{ RECOVERED_LOG, false },
	};
	struct proof p = prove(*state);
	const struct recovered_place *places = p.info->places;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		p.place.origin = rows[i].origin;
		p.info->places = &p.place;
		assert_int_equal(moment_of(&p, NULL), 0);
		assert_int_equal(p.profile->not_after_ft, 0);
		assert_int_equal(p.profile->may_be_alive, rows[i].alive);
	}
	p.info->places = places;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
}

/* Where no list of profiles could be looked for, it may stand in one. */
static void test_no_list_to_look_in(void **state)
{
	struct proof p = prove(*state);
	struct snapshot *snapshot = p.pair->new;
	struct key_tree *keys = snapshot->keys;
	size_t n = snapshot->stores.n;

	snapshot->stores.n = 0;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_true(p.profile->may_be_alive);
	snapshot->stores.n = n;
	snapshot->keys = NULL;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_true(p.profile->may_be_alive);
	snapshot->keys = keys;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
	assert_false(p.profile->may_be_alive);
}

static void test_what_the_record_says(void **state)
{
	struct proof p = prove(*state);

	p.info->is_empty = false;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_int_equal(p.profile->not_after_ft, 0);
	p.info->is_empty = true;
	/* Nothing was ever below it: its last write is no last section's end. */
	p.info->had_subkeys = false;
	assert_int_equal(moment_of(&p, NULL), 0);
	p.info->had_subkeys = true;
	/* What a link of a free list overwrote is known only where a witness has it. */
	p.info->inferred = RECOVERED_INFERRED_KIND;
	assert_int_equal(moment_of(&p, NULL), 0);
	p.info->witness = p.profile->profile.key;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
	p.info->inferred |= RECOVERED_INFERRED_NAME_LENGTH;
	assert_int_equal(moment_of(&p, NULL), 0);
}

static void test_path_that_is_only_possible(void **state)
{
	struct proof p = prove(*state);

	p.profile->certainty = RECOVERED_PROBABLE;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
	p.profile->certainty = RECOVERED_POSSIBLE;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_int_equal(p.profile->not_after_ft, 0);
}

/* The list was written before what was emptied for the deletion: not for that. */
static void test_list_that_is_older(void **state)
{
	struct proof p = prove(*state);
	struct recovered_keys *keys = p.recovery->parts[0].recovered;
	struct key *list = keys->keys[p.info->key->parent->recovered - keys->first].key;

	list->mtime_ft = pair_changed() - 1;
	(void)moment_of(&p, NULL);
	assert_int_equal(p.profile->not_after_ft, 0);
	list->mtime_ft = pair_changed();
	(void)moment_of(&p, NULL);
	assert_int_equal(p.profile->not_after_ft, pair_changed());
}

/* What was recovered from another state of the hive, as a log has it, has no moment. */
static void test_another_part(void **state)
{
	struct proof p = prove(*state);
	struct recovered_keys none = { .n_nodes = 0 };
	struct recovery_part *parts = p.recovery->parts;
	struct recovery_part two[] = { { .recovered = &none }, parts[0] };

	p.recovery->parts = two;
	p.recovery->n_parts = 2;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_int_equal(p.profile->not_after_ft, 0);
	assert_false(p.profile->may_be_alive);
	p.recovery->parts = parts;
	p.recovery->n_parts = 1;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
}

/* ---- other states, other records ---- */

/* It was emptied when another state was taken: that it went then, nothing tells. */
static void test_another_state_has_the_time(void **state)
{
	struct pair *pair = *state;
	struct proof p = prove(pair);

	assert_int_equal(moment_of(&p, pair->old), pair_changed());
	builder_key_touch(pair->before, pair_key(pair->before, WORK), pair_changed());
	builder_finish(pair->before);
	struct snapshot *emptied = pair_read(pair->before);
	assert_int_equal(moment_of(&p, emptied), 0);
	assert_int_equal(moment_of(&p, NULL), pair_changed());
	/* The hive before its logs is another state as well; the recovery owns it. */
	p.recovery->as_found = emptied;
	assert_int_equal(moment_of(&p, NULL), 0);
}

/* A second record of the profile, written later, of that name in that list. */
static uint64_t beside(struct proof *p, struct text name, const struct store *store,
		       uint64_t time)
{
	struct recovered_profile *two = calloc(2, sizeof(*two));
	struct recovered_profile *one = p->recovery->profiles;
	struct key key = *p->profile->profile.key;

	assert_non_null(two);
	two[0] = *one;
	two[1] = *one;
	key.mtime_ft = time;
	two[1].profile.key = &key;
	two[1].name = name;
	two[1].store = store;
	/* Nothing is asked of the record itself. */
	two[1].certainty = RECOVERED_POSSIBLE;
	p->recovery->profiles = two;
	p->recovery->n_profiles = 2;
	p->profile = &two[0];
	uint64_t found = moment_of(p, NULL);
	p->recovery->profiles = one;
	p->recovery->n_profiles = 1;
	p->profile = one;
	free(two);
	return found;
}

static void test_newer_record(void **state)
{
	struct proof p = prove(*state);
	const struct store *list = p.profile->store;
	struct store other = *list;
	struct text name = p.profile->name;

	other.kind = list->kind == STORE_OFFICE ? STORE_WMS : STORE_OFFICE;
	assert_int_equal(beside(&p, name, list, pair_changed() + 1), 0);
	assert_int_equal(beside(&p, name, list, pair_changed()), pair_changed());
	assert_int_equal(beside(&p, text_of("Other"), list, pair_changed() + 1),
			 pair_changed());
	assert_int_equal(beside(&p, name, &other, pair_changed() + 1), pair_changed());
}

/* Too many to hold each against all others: none has a moment. */
static void test_too_many(void **state)
{
	enum { MANY = 1001 };
	struct proof p = prove(*state);
	struct recovered_profile *one = p.recovery->profiles;
	struct recovered_profile *many = calloc(MANY, sizeof(*many));

	assert_non_null(many);
	for (size_t i = 0; i < MANY; i++)
		many[i] = *one;
	p.recovery->profiles = many;
	p.profile = many;
	p.recovery->n_profiles = MANY - 1;
	assert_int_equal(moment_of(&p, NULL), pair_changed());
	p.recovery->n_profiles = MANY;
	assert_int_equal(moment_of(&p, NULL), 0);
	p.recovery->profiles = one;
	p.recovery->n_profiles = 1;
	free(many);
}

/* ---- may it be alive? ---- */

static void test_dirty_hive(void **state)
{
	struct pair *pair = *state;
	struct proof p = prove(pair);

	assert_int_equal(moment_of(&p, NULL), pair_changed());
	assert_false(p.profile->may_be_alive);
	pair_drop_new(pair);
	builder_poke32(pair->after, 4, 99); /* primary sequence number */
	builder_checksum(pair->after);
	pair->spoilt_after = true;
	(void)recovered(pair, false);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	assert_true(profile->may_be_alive);
	assert_int_equal(profile->deleted_ft, 0);
}

/* A list that may hold more than was read may hold it, even if it is another one. */
static void test_list_not_read(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_DELETED, "Other", 7);
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke16(pair->after,
		       builder_key_offset(pair->after,
					  pair_key(pair->after, PAIR_DELETED "\\Other")),
		       0x7878);
	(void)recovered(pair, false);
	const struct recovered_profile *profile =
		recoveredhive_named(pair->recoveries[1], "Work");
	assert_true(profile->may_be_alive);
	assert_int_equal(profile->deleted_ft, 0);
}

/* Sections of a torn one in bytes without a map may be a living one's. */
static void test_torn(void **state)
{
	struct proof p = prove(*state);
	const struct key *section = &p.profile->profile.key->children[0];
	struct recovered_keys *keys = p.recovery->parts[0].recovered;
	struct recovered_key *info = &keys->keys[section->recovered - keys->first];
	struct recovered_place place = info->places[0];
	const struct recovered_place *places = info->places;

	p.profile->torn = true;
	assert_int_equal(moment_of(&p, NULL), 0);
	assert_false(p.profile->may_be_alive);
	place.origin = RECOVERED_UNMAPPED;
	info->places = &place;
	(void)moment_of(&p, NULL);
	assert_true(p.profile->may_be_alive);
	info->places = places;
	(void)moment_of(&p, NULL);
	assert_false(p.profile->may_be_alive);
	/* Nor do bytes without a map where its own record was. */
	struct gap gap = { .rel = p.profile->rel, .len = 80, .kind = GAP_UNMAPPED };
	struct image *image = p.pair->new->image;
	struct gaps gaps = image->gaps;
	image->gaps = (struct gaps){ .items = &gap, .n = 1 };
	(void)moment_of(&p, NULL);
	assert_true(p.profile->may_be_alive);
	image->gaps = gaps;
}

/* Sections can be gone long before a profile that the earlier snapshot still has. */
static void test_since_of_a_torn_one(void **state)
{
	struct pair *pair = *state;
	struct proof p = prove(pair);

	p.profile->since = RECOVERED_SINCE_EARLIER;
	(void)moment_of(&p, pair->old);
	assert_int_equal(p.profile->since, RECOVERED_SINCE_EARLIER);
	p.profile->torn = true;
	(void)moment_of(&p, pair->old);
	assert_int_equal(p.profile->since, RECOVERED_SINCE_UNKNOWN);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_all_of_it),
		PAIR_TEST(test_where_the_record_is),
		PAIR_TEST(test_no_list_to_look_in),
		PAIR_TEST(test_what_the_record_says),
		PAIR_TEST(test_path_that_is_only_possible),
		PAIR_TEST(test_list_that_is_older),
		PAIR_TEST(test_another_part),
		PAIR_TEST(test_another_state_has_the_time),
		PAIR_TEST(test_newer_record),
		PAIR_TEST(test_too_many),
		PAIR_TEST(test_dirty_hive),
		PAIR_TEST(test_list_not_read),
		PAIR_TEST(test_torn),
		PAIR_TEST(test_since_of_a_torn_one),
	};

	return UNIT_RUN(tests);
}
