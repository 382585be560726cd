/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which key a deleted one was below, and how sure that is, as far as one state
 * of the hive tells.  What other states tell is the matter of
 * test_lineage_witness.c.
 */
#include "help/unit.h"

#include "help/recoveredkeys.h"

#include <stdio.h>
#include <string.h>

/* root\live with the subkey "gone" of that time, deleted at LATER(9). */
struct recipe {
	struct builder *b;
	builder_key live, gone;
	size_t at_live, at_gone;
};

static struct recipe recipe(uint64_t time)
{
	struct recipe t = { .b = hives_new(5) };

	t.live = builder_path(t.b, "live", time);
	t.gone = builder_key_add(t.b, t.live, "gone", time);
	t.at_live = builder_key_offset(t.b, t.live);
	t.at_gone = builder_key_offset(t.b, t.gone);
	return t;
}

static void delete (struct recipe *t)
{
	builder_key_delete(t->b, t->gone, LATER(9));
	builder_stamp(t->b, LATER(9), 8);
	builder_finish(t->b);
}

/* Adrift, and below a nameless key that tells the cell of the lost parent. */
static void assert_lost(const struct recoveredkeys *l, size_t record, uint32_t parent_rel)
{
	const struct key *key = recoveredkeys_record(l, record);
	const struct key *place = recoveredkeys_adrift(l, parent_rel);

	assert_non_null(key);
	assert_non_null(place);
	assert_ptr_equal(key->parent, place);
	assert_int_equal(text_length(key_name(place)), 0);
	assert_true(recovered_is_placeholder(place));
	assert_int_equal(recoveredkeys_of_key(l, key)->certainty, RECOVERED_PARTIAL);
}

/* ---- live parents ---- */

/* Nothing tells how long the parent has been in its cell. */
static void test_nothing_known(void **state)
{
	struct recipe t = recipe(LATER(1));

	(void)state;
	delete (&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_POSSIBLE);
	recoveredkeys_close(&l);
}

/* Something below it is older than the deleted key: it was there already. */
static void test_old_parent(void **state)
{
	static const struct {
		uint64_t time;
		enum recovered_certainty certainty;
	} olds[] = {
		{ LATER(0), RECOVERED_CERTAIN },
		{ LATER(1), RECOVERED_CERTAIN },
		{ LATER(1) + 1, RECOVERED_POSSIBLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(olds); i++) {
		struct recipe t = recipe(LATER(1));
		builder_key deep = builder_path(t.b, "live\\x\\y\\z", LATER(2));
		builder_key_touch(t.b, deep, olds[i].time);
		delete (&t);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"),
				 olds[i].certainty);
		recoveredkeys_close(&l);
	}
}

/*
 * A header that is older than a key: the clock was set back, or this Windows does not keep
 * that time. What looks old may have been written then.
 */
static void test_clock_that_was_set_back(void **state)
{
	static const struct {
		uint64_t header, old;
		enum recovered_certainty certainty;
	} rows[] = {
		{ LATER(9), LATER(1), RECOVERED_CERTAIN },
		{ LATER(9) - 1, LATER(1), RECOVERED_POSSIBLE },
		{ LATER(1), LATER(1), RECOVERED_POSSIBLE },
		{ LATER(1), LATER(1) + 1, RECOVERED_CERTAIN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct recipe t = recipe(LATER(2));
		builder_key_touch(t.b, builder_path(t.b, "live\\old", LATER(2)),
				  rows[i].old);
		builder_key_delete(t.b, t.gone, LATER(9));
		builder_stamp(t.b, rows[i].header, 8);
		builder_finish(t.b);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"),
				 rows[i].certainty);
		recoveredkeys_close(&l);
	}
}

/* Its own last write: nothing happened there since the last subkey went. */
static void test_parent_stamped_at_that_moment(void **state)
{
	struct recipe t = recipe(LATER(1));

	(void)state;
	builder_key_add(t.b, t.gone, "below", LATER(2));
	delete (&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone")->mtime_ft, LATER(9));
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_CERTAIN);
	recoveredkeys_close(&l);
}

/* Deleting a subkey stamps its parent: one that was written before is another key. */
static void test_parent_older_than_its_child(void **state)
{
	struct recipe t = recipe(LATER(2));

	(void)state;
	/* It has an old subkey, too, so its age alone would fit. */
	builder_path(t.b, "live\\old", LATER(1));
	delete (&t);
	builder_key_touch(t.b, t.live, LATER(2) - 1);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->tree->root->n_children, 0);
	assert_lost(&l, t.at_gone, t.live);
	recoveredkeys_close(&l);
}

/* No time at all says nothing. */
static void test_no_times(void **state)
{
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = 5, .sequence = 1 });
	builder_key gone = builder_path(b, "live\\gone", 0);

	(void)state;
	builder_path(b, "live\\old", 0);
	builder_key_delete(b, gone, 0);
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_POSSIBLE);
	recoveredkeys_close(&l);
}

static void test_no_key_in_the_parents_cell(void **state)
{
	struct recipe t = recipe(LATER(1));
	const uint32_t places[] = { hives_cell(t.b, 40), t.gone, t.live + 8,
				    0x100000 - 8 };

	(void)state;
	builder_free(t.b);
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		t = recipe(LATER(1));
		(void)hives_cell(t.b, 40);
		delete (&t);
		builder_poke32(t.b, t.at_gone + NK_PARENT, places[i]);
		/* The last one is not even in the file. */
		struct recoveredkeys l = recoveredkeys_of_hive(hives_open(t.b));
		assert_lost(&l, t.at_gone, places[i]);
		recoveredkeys_close(&l);
	}
}

/* ---- the names ---- */

/* Names tell the answer: "fits...", "not..."; their places are checked on the way. */
static enum recovered_fit by_name(struct text name, struct text parent, struct text above)
{
	if (text_starts_with(name, "top"))
		assert_true(text_is(parent, "ROOT") && text_length(above) == 0);
	else if (text_starts_with(name, "in "))
		assert_true(text_is(parent, "outer") && text_is(above, "live"));
	else if (text_starts_with(name, "deep "))
		assert_true(text_is(parent, "in maybe") && text_is(above, "outer"));
	if (text_has(name, "fits"))
		return RECOVERED_FITS;
	return text_has(name, "not") ? RECOVERED_FITS_NOT : RECOVERED_MAY_FIT;
}

static enum recovered_certainty fitted(const char *path)
{
	struct builder *b = hives_new(5);
	builder_key gone = builder_path(b, path, LATER(1));

	builder_key_delete(b, gone, LATER(9));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_fitted(b, by_name);
	assert_int_equal(l.found->n_keys, 1);
	const struct key *key = recoveredkeys_at(&l, path);
	enum recovered_certainty certainty =
		key ? recoveredkeys_of_key(&l, key)->certainty : RECOVERED_PARTIAL;
	assert_int_equal(l.found->adrift->n_children, key == NULL);
	recoveredkeys_close(&l);
	return certainty;
}

static void test_names_that_fit_or_not(void **state)
{
	(void)state;
	assert_int_equal(fitted("top fits"), RECOVERED_PROBABLE);
	assert_int_equal(fitted("top maybe"), RECOVERED_POSSIBLE);
	assert_int_equal(fitted("top not"), RECOVERED_PARTIAL);
	assert_int_equal(fitted("live\\outer\\in fits"), RECOVERED_PROBABLE);
	assert_int_equal(fitted("live\\outer\\in maybe"), RECOVERED_POSSIBLE);
	assert_int_equal(fitted("live\\outer\\in not"), RECOVERED_PARTIAL);
}

/* What is proved needs no name. */
static void test_proof_against_names(void **state)
{
	struct builder *b = hives_new(5);
	builder_key gone = builder_path(b, "live\\is not", LATER(1));

	(void)state;
	builder_path(b, "live\\old", LATER(1) - 1);
	builder_key_delete(b, gone, LATER(9));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_fitted(b, by_name);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\is not"), RECOVERED_CERTAIN);
	recoveredkeys_close(&l);
}

/*
 * In one tick of the clock a key can have ended and another begun in its cell: then only
 * a name that the other would not have had as well proves the step.
 */
static void test_end_and_beginning_in_one_tick(void **state)
{
	static const struct {
		const char *path;
		enum recovered_certainty at_once, before;
	} rows[] = {
		{ "live\\maybe", RECOVERED_CERTAIN, RECOVERED_CERTAIN },
		{ "live\\common", RECOVERED_POSSIBLE, RECOVERED_CERTAIN },
		{ "live\\fits", RECOVERED_CERTAIN, RECOVERED_CERTAIN },
		{ "live\\not", RECOVERED_PARTIAL, RECOVERED_CERTAIN },
	};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		const char *path = rows[i / 2].path;
		struct builder *b = hives_new(5);
		builder_key gone = builder_path(b, path, LATER(1));
		builder_path(b, "live\\old", LATER(1) - i % 2);
		builder_key_delete(b, gone, LATER(9));
		builder_finish(b);
		struct recoveredkeys l = recoveredkeys_fitted(b, by_name);
		const struct key *key = recoveredkeys_at(&l, path);
		assert_int_equal(key ? recoveredkeys_of_key(&l, key)->certainty
				     : RECOVERED_PARTIAL,
				 i % 2 ? rows[i / 2].before : rows[i / 2].at_once);
		recoveredkeys_close(&l);
	}
}

/* A value below the parent names the key by its id: unless the parent has an id itself. */
static void test_named_by_the_parent(void **state)
{
	static const char id[] = "00112233445566778899aabbccddeeff";
	static const uint8_t bytes[] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
					 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
	static const char *const parents[] = { "live",
					       "ffeeddccbbaa99887766554433221100" };
	char path[80];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct builder *b = hives_new(5);
		builder_key live = builder_path(b, parents[i], LATER(1));
		(void)snprintf(path, sizeof(path), "%s\\%s", parents[i], id);
		builder_key gone = builder_path(b, path, LATER(1));
		builder_value_set(b, live, "names", 3, bytes, sizeof(bytes));
		builder_key_delete(b, gone, LATER(9));
		builder_finish(b);
		struct recoveredkeys l = recoveredkeys_of(b);
		assert_int_equal(recoveredkeys_certainty(&l, path),
				 i ? RECOVERED_POSSIBLE : RECOVERED_PROBABLE);
		recoveredkeys_close(&l);
	}
}

/* Names that fit the parent fit another as well, which may have had its cell. */
static void test_cell_of_another_list(void **state)
{
	static const struct {
		const char *path;
		enum recovered_certainty certainty;
	} rows[] = {
		{ "live\\fits", RECOVERED_PROBABLE },
		{ "rival\\fits", RECOVERED_POSSIBLE },
		{ "rival\\maybe", RECOVERED_POSSIBLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(fitted(rows[i].path), rows[i].certainty);
}

/*
 * One child that does not fit shows that another key was in the cell when that
 * child was there; so no child that is as old can be this key's, but a later one.
 */
static void test_refusal_of_a_group(void **state)
{
	static const char *const names[] = { "as old", "fits older", "later",
					     "not this" };
	const uint64_t times[] = { LATER(3), LATER(2), LATER(3) + 1, LATER(3) };
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", LATER(1));
	size_t records[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		records[i] = builder_key_offset(
			b, builder_key_add(b, live, names[i], times[i]));
	for (size_t i = 0; i < 4; i++)
		builder_key_delete(b, builder_key_find(b, live, names[i]), LATER(9));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_fitted(b, by_name);
	assert_lost(&l, records[0], live);
	assert_lost(&l, records[1], live);
	assert_lost(&l, records[3], live);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\later"), RECOVERED_POSSIBLE);
	recoveredkeys_close(&l);
}

/* The same where the live key's own time shows it. */
static void test_refusal_by_time(void **state)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", LATER(1));
	size_t early = builder_key_offset(b, builder_key_add(b, live, "a", LATER(2)));
	size_t late = builder_key_offset(b, builder_key_add(b, live, "b", LATER(4)));

	(void)state;
	builder_key_delete(b, builder_key_find(b, live, "a"), LATER(9));
	builder_key_delete(b, builder_key_find(b, live, "b"), LATER(9));
	builder_key_touch(b, live, LATER(3));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_lost(&l, late, live);
	assert_lost(&l, early, live);
	recoveredkeys_close(&l);
}

/* ---- recovered parents ---- */

/* root\live\outer\in maybe\<name>, the upper two deleted with it, at that time. */
static struct builder *nested(const char *name, uint64_t time, size_t *record)
{
	struct builder *b = hives_new(5);
	builder_key outer = builder_path(b, "live\\outer", LATER(1));
	builder_key in = builder_key_add(b, outer, "in maybe", LATER(1));
	builder_key deep = builder_key_add(b, in, name, LATER(1));

	*record = builder_key_offset(b, deep);
	builder_key_touch(b, deep, time);
	/* That the beginning is sure makes the rest no surer. */
	builder_path(b, "live\\old", LATER(0));
	builder_key_delete(b, outer, LATER(9));
	builder_finish(b);
	return b;
}

static void check_nested(const char *name, uint64_t time,
			 enum recovered_certainty certainty)
{
	size_t record = 0;
	struct recoveredkeys l =
		recoveredkeys_fitted(nested(name, time, &record), by_name);
	const struct key *key = recoveredkeys_record(&l, record);

	assert_int_equal(l.found->n_keys, 3);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\outer"), RECOVERED_CERTAIN);
	/* Both were written when the last key below them went. */
	assert_int_equal(recoveredkeys_certainty(&l, "live\\outer\\in maybe"),
			 RECOVERED_PROBABLE);
	assert_int_equal(recoveredkeys_of_key(&l, key)->certainty, certainty);
	recoveredkeys_close(&l);
}

static void test_recovered_parents(void **state)
{
	(void)state;
	check_nested("deep fits", LATER(1), RECOVERED_PROBABLE);
	check_nested("deep maybe", LATER(1), RECOVERED_POSSIBLE);
	check_nested("deep maybe", LATER(9), RECOVERED_PROBABLE);
	check_nested("deep not", LATER(1), RECOVERED_PARTIAL);
	/* Later than its parent: the cell was another key's. */
	check_nested("deep fits", LATER(9) + 1, RECOVERED_PARTIAL);
}

/* A path is as sure as its least sure step, wherever that is. */
static void test_least_sure_step(void **state)
{
	struct builder *b = hives_new(5);
	builder_key a = builder_path(b, "live\\a", LATER(1));

	(void)state;
	builder_path(b, "live\\a\\b\\c", LATER(1));
	builder_key_delete(b, a, LATER(9));
	/* The live one was written once more, and nothing old is below it. */
	builder_key_touch(b, builder_path(b, "live", 0), LATER(10));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\a"), RECOVERED_POSSIBLE);
	/* Equal times by themselves would make it probable. */
	assert_int_equal(recoveredkeys_certainty(&l, "live\\a\\b"), RECOVERED_POSSIBLE);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\a\\b\\c"),
			 RECOVERED_POSSIBLE);
	recoveredkeys_close(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_old_parent),
		cmocka_unit_test(test_clock_that_was_set_back),
		cmocka_unit_test(test_parent_stamped_at_that_moment),
		cmocka_unit_test(test_parent_older_than_its_child),
		cmocka_unit_test(test_no_times),
		cmocka_unit_test(test_no_key_in_the_parents_cell),
		cmocka_unit_test(test_names_that_fit_or_not),
		cmocka_unit_test(test_proof_against_names),
		cmocka_unit_test(test_end_and_beginning_in_one_tick),
		cmocka_unit_test(test_named_by_the_parent),
		cmocka_unit_test(test_cell_of_another_list),
		cmocka_unit_test(test_refusal_of_a_group),
		cmocka_unit_test(test_refusal_by_time),
		cmocka_unit_test(test_recovered_parents),
		cmocka_unit_test(test_least_sure_step),
	};

	return UNIT_RUN(tests);
}
