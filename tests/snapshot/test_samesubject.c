/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One subject or two: by ids and names, and by what the hives hold. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/pair.h"

#include "snapshot/samesubject.h"

#include <string.h>

#define OTHER_SID "S-1-5-21-1085031214-1563985344-725345543-2002"

/* The second hive is made for another account; at_other_cells: after some other keys. */
static void make(struct pair *pair, bool at_other_cells, uint64_t seed)
{
	struct builder_options options = pair_options();

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_stamp(pair->before, pair_saved(), 20);
	builder_free(pair->after);
	options.user_sid = OTHER_SID;
	options.embedded_name = "\\??\\C:\\Users\\other\\ntuser.dat";
	pair->after = builder_new(&options);
	for (int i = 0; at_other_cells && i < 12; i++)
		builder_key_add(pair->after, builder_root(pair->after),
				(const char[]){ 'k', (char)('a' + i), 0 }, pair_made());
	builder_path(pair->after, PAIR_PROFILES, pair_made());
	pair_add(pair->after, PAIR_PROFILES, "Outlook", seed);
	builder_stamp(pair->after, pair_saved_again(), 30);
	builder_finish(pair->before);
	builder_finish(pair->after);
	pair->old = pair_read(pair->before);
	pair->new = pair_read(pair->after);
}

static void expect(struct pair *pair, bool one_hive)
{
	static struct failure failure;

	assert_int_equal(samesubject_is_one_hive(pair->old, pair->new), one_hive);
	assert_int_equal(samesubject_is_one_hive(pair->new, pair->old), one_hive);
	assert_non_null(subject_difference(&pair->old->subject, &pair->new->subject));
	assert_int_equal(samesubject_difference(pair->old, pair->new) == NULL, one_hive);
	assert_int_equal(samesubject_check(pair->old, pair->new, &failure),
			 one_hive ? STATUS_OK : STATUS_UNSUPPORTED);
	if (one_hive)
		return;
	/* Whose each is, and how that was found, in one line. */
	assert_non_null(strstr(failure.sentence, PAIR_SID));
	assert_non_null(strstr(failure.sentence, OTHER_SID));
	assert_non_null(strstr(failure.sentence, "user other (by security id "));
	assert_non_null(strstr(failure.sentence, pair->new->evidence->path));
	assert_non_null(strstr(failure.sentence, "--same-subject"));
	assert_null(strchr(failure.sentence, '\n'));
	pair->new->subject.stated_same = true;
	assert_int_equal(samesubject_check(pair->old, pair->new, &failure), STATUS_OK);
}

/* A user who was given a new id: the same cells, the same instance key. */
static void test_one_hive_under_two_ids(void **state)
{
	make(*state, false, 1);
	expect(*state, true);
}

/* Two hives of one template have the same cells, but no profile in common. */
static void test_another_instance_in_the_same_cells(void **state)
{
	make(*state, false, 2);
	expect(*state, false);
}

/* A profile that was copied to another user. */
static void test_same_instance_in_other_cells(void **state)
{
	make(*state, true, 1);
	expect(*state, false);
}

/* ---- by hand: how many keys stand where they stood ---- */

enum { KEYS = 6 };

/* A root with subkeys "b" to "f", in cells of their own; the first is a profile. */
struct tree {
	struct key keys[KEYS];
	struct key_tree tree;
	struct snapshot_profile profile;
	struct snapshot snapshot;
};

static void make_tree(struct tree *t)
{
	static const char *const names[KEYS] = { "a", "b", "c", "d", "e", "f" };

	*t = (struct tree){ .tree = { .root = &t->keys[0], .n_keys = KEYS } };
	for (uint32_t i = 0; i < KEYS; i++)
		t->keys[i] = (struct key){ .parent = i ? &t->keys[0] : NULL,
					   .depth = i > 0,
					   .name = (const uint8_t *)names[i],
					   .name_len = 1,
					   .record_off = 0x1000 + 0x100 * i };
	t->keys[0].children = &t->keys[1];
	t->keys[0].n_children = KEYS - 1;
	t->profile.profile = (struct profile){ .key = &t->keys[1], .has_instance = true };
	t->snapshot = (struct snapshot){ .keys = &t->tree,
					 .profiles = &t->profile,
					 .n_profiles = 1 };
}

static void test_half_of_the_cells(void **state)
{
	struct tree a, b;

	(void)state;
	make_tree(&a);
	make_tree(&b);
	assert_true(samesubject_is_one_hive(&a.snapshot, &b.snapshot));
	for (uint32_t i = 3; i < KEYS; i++)
		b.keys[i].record_off += 8;
	/* Three of six: the root, the profile, "c". */
	assert_true(samesubject_is_one_hive(&a.snapshot, &b.snapshot));
	b.keys[2].record_off += 8;
	assert_false(samesubject_is_one_hive(&a.snapshot, &b.snapshot));
	/* In the same cell another key is no sign. */
	b.keys[2].record_off -= 8;
	b.keys[2].name = (const uint8_t *)"x";
	assert_false(samesubject_is_one_hive(&a.snapshot, &b.snapshot));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_one_hive_under_two_ids),
		RECIPE(test_another_instance_in_the_same_cells),
		RECIPE(test_same_instance_in_other_cells),
		cmocka_unit_test(test_half_of_the_cells),
	};
	return UNIT_RUN(tests);
}
