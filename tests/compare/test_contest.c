/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles that more than one of the other hive may be. */
#include "help/unit.h"

#include "help/pair.h"

#include "compare/contest.h"

#include <string.h>

#define OUTLOOK PAIR_PROFILES "\\Outlook"

static void add_copy(struct builder *b, const char *name, uint64_t when)
{
	builder_key list = pair_key(b, PAIR_PROFILES);

	builder_key_copy(b, builder_key_find(b, list, "Outlook"), list, name, when);
}

static void take_away(struct pair *pair, const char *path)
{
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
}

/* One before, one after: that is it. */
static void test_one_of_each(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	take_away(pair, OUTLOOK);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
}

/* Two took its place: which of them is it? */
static void two_of_one(struct pair *pair)
{
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	add_copy(pair->after, "Post", pair_changed());
	take_away(pair, OUTLOOK);
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	assert_int_equal(pair_count(pair, FINDING_RENAMED), 1);
	assert_int_equal(pair_count(pair, FINDING_ADDED), 1);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pair->found->findings[i].certainty, FINDING_POSSIBLE);
		assert_true(pair_has_reason(&pair->found->findings[i],
					    FINDING_TWO_CLAIMANTS));
	}
}

static void test_two_with_its_instance_key(void **state)
{
	pair_add(((struct pair *)*state)->before, PAIR_PROFILES, "Outlook", 1);
	two_of_one(*state);
}

static void test_two_with_its_content(void **state)
{
	pair_add_2000(((struct pair *)*state)->before, PAIR_PROFILES, "Outlook", 1);
	two_of_one(*state);
}

/* A copy beside an original that stays, cell and all, is new for sure. */
static void test_original_stays(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_ADDED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
}

/*
 * Renamed, and a copy put under the old name, which got the cells of the original: all of
 * it is younger than the original was.
 */
static void test_copy_in_the_cell_of_the_original(void **state)
{
	struct pair *pair = *state;

	pair_fork(pair);
	builder_key was = pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key list = builder_path(pair->after, PAIR_PROFILES, pair_made());
	builder_key now =
		pair_add_at(pair->after, list, "Outlook", 1, pair_changed()).key;
	assert_int_equal(builder_key_offset(pair->after, now),
			 builder_key_offset(pair->before, was));
	add_copy(pair->after, "Mail", pair_changed());
	pair_compare(pair);
	const struct finding *finding = pair_one(pair, FINDING_ADDED);
	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_TWO_CLAIMANTS));
}

/* A list that has a name twice: nobody can tell which of them is meant. */
static void test_name_twice(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key other = pair_add(pair->before, PAIR_PROFILES, "Oytlook", 2);
	size_t record = builder_key_offset(pair->before, other);
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, OUTLOOK), "mark", 1);
	pair_rename_record(pair, PAIR_PROFILES, record, "Outlook");
	pair_compare(pair);
	assert_true(pair->found->n_findings >= 2);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		assert_true(pair->found->findings[i].certainty >= FINDING_POSSIBLE);
		assert_true(pair_has_reason(&pair->found->findings[i],
					    FINDING_TWO_CLAIMANTS));
	}
}

/* ---- by hand: profiles that have this in common, and nothing else ---- */

#define OWN "0123456789abcdef0123456789abcdef"
enum { MOST = 4 };

static struct store lists[] = {
	{ .kind = STORE_WMS, .list = STORE_PROFILES, .path = (char[]){ "a" } },
	{ .kind = STORE_WMS, .list = STORE_DELETED_PROFILES, .path = (char[]){ "b" } },
};

/* A side of the contest: profiles in different cells, all with one section. */
struct made {
	struct key keys[MOST], sections[MOST];
	struct snapshot_profile profiles[MOST];
	const struct snapshot_profile *partner[MOST];
	bool contested[MOST];
	struct snapshot snapshot;
	struct contest_side side;
};

static void make(struct made *m, size_t n, const char *section)
{
	static const char *const names[] = { "A", "B", "C", "D" };

	*m = (struct made){ .side = { .snapshot = &m->snapshot,
				      .partner = m->partner,
				      .contested = m->contested } };
	for (size_t i = 0; i < n; i++) {
		m->sections[i] = (struct key){ .name = (const uint8_t *)section,
					       .name_len = (uint16_t)strlen(section) };
		m->keys[i] = (struct key){ .name = (const uint8_t *)names[i],
					   .name_len = 1,
					   .record_off = 0x2000 + (uint32_t)i * 0x100,
					   .children = &m->sections[i],
					   .n_children = 1 };
		m->profiles[i].profile = (struct profile){ .key = &m->keys[i] };
	}
	m->snapshot = (struct snapshot){ .profiles = m->profiles,
					 .n_profiles = n,
					 .stores = { .items = lists, .n = 2 } };
}

/* One before, which stays what and where it is; after, a copy beside it. */
static void make_three(struct made *before, struct made *after, const char *section)
{
	make(before, 1, section);
	make(after, 2, section);
	before->partner[0] = &after->profiles[0];
	after->partner[0] = &before->profiles[0];
}

static bool is_contested(struct made *before, struct made *after)
{
	memset(before->contested, 0, sizeof(before->contested));
	memset(after->contested, 0, sizeof(after->contested));
	assert_int_equal(contest_find(&before->side, &after->side), STATUS_OK);
	return before->contested[0];
}

/* One stays to the cell, to the list, by its name; the other is a copy. */
static void test_what_staying_is(void **state)
{
	struct made before, after;

	(void)state;
	make_three(&before, &after, OWN);
	assert_false(is_contested(&before, &after));
	/* The copy is new for sure. */
	assert_false(after.contested[0] || after.contested[1]);
	after.keys[0].record_off += 8;
	assert_true(is_contested(&before, &after));
	after.keys[0].record_off -= 8;
	after.profiles[0].store = 1;
	assert_true(is_contested(&before, &after));
	after.profiles[0].store = 0;
	after.keys[0].name = (const uint8_t *)"X";
	assert_true(is_contested(&before, &after));
	after.keys[0].name = (const uint8_t *)"A";
	assert_false(is_contested(&before, &after));
}

static void give_instance(struct made *m, size_t i, uint8_t number)
{
	m->profiles[i].profile.has_instance = true;
	memset(m->profiles[i].profile.instance, number,
	       sizeof(m->profiles[i].profile.instance));
}

/* A section that all have says nothing where each has an instance key of its own. */
static void test_instance_keys_decide(void **state)
{
	struct made before, after;

	(void)state;
	make_three(&before, &after, OWN);
	after.keys[0].record_off += 8;
	give_instance(&before, 0, 1);
	give_instance(&after, 0, 1);
	assert_true(is_contested(&before, &after));
	give_instance(&after, 1, 2);
	assert_false(is_contested(&before, &after));
}

/* Content makes a claim only where there is some, and no instance key. */
static void test_content(void **state)
{
	struct made before, after;

	(void)state;
	make_three(&before, &after, MAPI_ROOT);
	after.keys[0].record_off += 8;
	/* Three that are empty: their digests are the same, of nothing. */
	assert_false(is_contested(&before, &after));
	before.profiles[0].profile.n_values = 1;
	after.profiles[0].profile.n_values = 1;
	after.profiles[1].profile.n_values = 1;
	assert_true(is_contested(&before, &after));
	give_instance(&before, 0, 1);
	give_instance(&after, 0, 1);
	give_instance(&after, 1, 2);
	assert_false(is_contested(&before, &after));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_one_of_each),
		RECIPE(test_two_with_its_instance_key),
		RECIPE(test_two_with_its_content),
		RECIPE(test_original_stays),
		RECIPE(test_copy_in_the_cell_of_the_original),
		RECIPE(test_name_twice),
		cmocka_unit_test(test_what_staying_is),
		cmocka_unit_test(test_instance_keys_decide),
		cmocka_unit_test(test_content),
	};

	return UNIT_RUN(tests);
}
