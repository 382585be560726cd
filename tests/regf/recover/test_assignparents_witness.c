/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What earlier states of a hive tell about the paths of deleted keys, and since
 * when they are deleted.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include <string.h>

/* root\live\gone, written at LATER(1); the state before anything was deleted. */
struct states {
	struct builder *b;
	builder_key live, gone;
	size_t record;
	struct recoveredkeys before;
};

static struct states states(void)
{
	struct states t = { .b = hives_new(5) };

	t.live = builder_path(t.b, "live", LATER(1));
	t.gone = builder_key_add(t.b, t.live, "gone", LATER(1));
	t.record = builder_key_offset(t.b, t.gone);
	builder_path(t.b, "elsewhere", LATER(3));
	builder_stamp(t.b, LATER(12), 7);
	builder_finish(t.b);
	t.before = recoveredkeys_of(builder_clone(t.b));
	return t;
}

static void delete (struct states *t)
{
	builder_key_delete(t->b, t->gone, LATER(9));
	builder_finish(t->b);
}

/* Takes what is left of the recipe. */
static struct recoveredkeys after(struct states *t)
{
	return recoveredkeys_after(t->b, &t->before, NULL);
}

static void wipe(struct builder *b, size_t record)
{
	for (size_t i = 0; i < 76; i += 4)
		builder_poke32(b, record + i, 0);
}

static const struct recovered_key *info_at(const struct recoveredkeys *l, size_t record)
{
	const struct key *key = recoveredkeys_record(l, record);

	assert_non_null(key);
	return recoveredkeys_of_key(l, key);
}

/* ---- the key itself ---- */

static void test_live_in_the_earlier_state(void **state)
{
	struct states t = states();
	size_t at_live = builder_key_offset(t.b, t.live);

	(void)state;
	delete (&t);
	struct recoveredkeys alone = recoveredkeys_of(builder_clone(t.b));
	assert_int_equal(info_at(&alone, t.record)->certainty, RECOVERED_POSSIBLE);
	assert_int_equal(info_at(&alone, t.record)->since, RECOVERED_SINCE_UNKNOWN);
	struct recoveredkeys l = after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_CERTAIN);
	const struct recovered_key *info = info_at(&l, t.record);
	assert_ptr_equal(info->witness, key_at(t.before.keys->root, "live\\gone"));
	assert_int_equal(info->since, RECOVERED_SINCE_BETWEEN);
	/* Its parent is the live key, not one of the earlier state. */
	const struct key *live = recoveredkeys_at(&l, "live");
	assert_int_equal(live->record_off, at_live);
	recoveredkeys_close(&alone);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

static void test_key_below_the_root(void **state)
{
	struct states t = states();
	builder_key top = builder_key_find(t.b, builder_root(t.b), "elsewhere");
	size_t record = builder_key_offset(t.b, top);

	(void)state;
	builder_key_delete(t.b, top, LATER(9));
	builder_finish(t.b);
	struct recoveredkeys l = after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "elsewhere"), RECOVERED_CERTAIN);
	assert_ptr_equal(recoveredkeys_record(&l, record)->parent, l.found->tree->root);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* The earlier state has it as a deleted one already. */
static void test_deleted_before(void **state)
{
	struct states t = states();

	(void)state;
	delete (&t);
	recoveredkeys_close(&t.before);
	t.before = recoveredkeys_of(builder_clone(t.b));
	builder_key_touch(t.b, builder_path(t.b, "elsewhere", 0), LATER(12));
	builder_finish(t.b);
	struct recoveredkeys l = after(&t);
	assert_int_equal(info_at(&l, t.record)->since, RECOVERED_SINCE_EARLIER);
	assert_int_equal(info_at(&l, t.record)->certainty, RECOVERED_POSSIBLE);
	assert_null(info_at(&l, t.record)->witness);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* The key that stands where its parent did was not there when it was gone already. */
static void test_deleted_before_below_another(void **state)
{
	static const struct {
		char name[5];
		enum recovered_certainty certainty;
	} rows[] = {
		{ "live", RECOVERED_CERTAIN },
		{ "like", RECOVERED_PARTIAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct states t = states();
		size_t at_live = builder_key_offset(t.b, t.live);
		builder_path(t.b, "live\\old", LATER(0));
		delete (&t);
		recoveredkeys_close(&t.before);
		t.before = recoveredkeys_of(builder_clone(t.b));
		builder_key_touch(t.b, builder_path(t.b, "elsewhere", 0), LATER(12));
		builder_finish(t.b);
		for (size_t k = 0; k < 4; k++)
			builder_poke8(t.b, at_live + NK_NAME + k,
				      (uint8_t)rows[i].name[k]);
		struct recoveredkeys l = after(&t);
		assert_int_equal(info_at(&l, t.record)->since, RECOVERED_SINCE_EARLIER);
		assert_int_equal(info_at(&l, t.record)->certainty, rows[i].certainty);
		recoveredkeys_close(&l);
		recoveredkeys_close(&t.before);
	}
}

/* What was written while the clock was set back does not make its parent old. */
static void test_age_by_a_clock_that_was_set_back(void **state)
{
	(void)state;
	for (int back = 0; back < 2; back++) {
		struct states t = states();
		builder_key old =
			builder_path(t.b, "live\\old", back ? LATER(2) : LATER(0));
		delete (&t);
		recoveredkeys_close(&t.before);
		t.before = recoveredkeys_of(builder_clone(t.b));
		builder_key_touch(t.b, old, LATER(0));
		builder_key_touch(t.b, builder_path(t.b, "elsewhere", 0), LATER(12));
		builder_finish(t.b);
		struct recoveredkeys l = after(&t);
		assert_int_equal(info_at(&l, t.record)->certainty,
				 back ? RECOVERED_POSSIBLE : RECOVERED_CERTAIN);
		recoveredkeys_close(&l);
		recoveredkeys_close(&t.before);
	}
}

/*
 * The parent may have been made anew: then a key that it had before does not tell of
 * those which another one in that cell had in the meantime.
 */
static void test_parent_that_may_be_another(void **state)
{
	(void)state;
	for (int still = 0; still < 2; still++) {
		struct states t = { .b = hives_new(5) };
		t.live = builder_path(t.b, "live", LATER(1));
		t.gone = builder_key_add(t.b, t.live, "gone", LATER(1));
		t.record = builder_key_offset(t.b, t.gone);
		builder_key stays = builder_path(t.b, "live\\stays", LATER(6));
		builder_path(t.b, "elsewhere", LATER(7));
		builder_finish(t.b);
		t.before = recoveredkeys_of(builder_clone(t.b));
		builder_key later = builder_path(t.b, "live\\later", LATER(4));
		size_t record = builder_key_offset(t.b, later);
		builder_key_delete(t.b, later, LATER(9));
		if (!still)
			builder_key_touch(t.b, stays, LATER(8));
		delete (&t);
		struct recoveredkeys l = after(&t);
		assert_int_equal(info_at(&l, t.record)->certainty, RECOVERED_CERTAIN);
		assert_int_equal(info_at(&l, record)->certainty,
				 still ? RECOVERED_CERTAIN : RECOVERED_POSSIBLE);
		recoveredkeys_close(&l);
		recoveredkeys_close(&t.before);
	}
}

/* It was written after everything that the earlier state holds. */
static void test_made_and_deleted_between(void **state)
{
	struct states t = states();
	builder_key brief = builder_path(t.b, "live\\brief", LATER(4));
	size_t record = builder_key_offset(t.b, brief);

	(void)state;
	builder_key_delete(t.b, brief, LATER(9));
	builder_finish(t.b);
	struct recoveredkeys l = after(&t);
	assert_int_equal(info_at(&l, record)->since, RECOVERED_SINCE_BETWEEN);
	assert_null(info_at(&l, record)->witness);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* It still tells of subkeys: a tool cut it off, and no time shows when. */
static void test_made_and_cut_off(void **state)
{
	struct states t = states();
	builder_key brief = builder_path(t.b, "live\\brief", LATER(4));
	size_t record = builder_key_offset(t.b, brief);

	(void)state;
	builder_key_delete(t.b, brief, LATER(9));
	builder_finish(t.b);
	builder_poke32(t.b, record + 20, 1); /* how many, and where their list is */
	builder_poke32(t.b, record + 28, 0x20);
	struct recoveredkeys l = after(&t);
	assert_int_equal(info_at(&l, record)->since, RECOVERED_SINCE_UNKNOWN);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* Not there then, and yet not newer: a clock that was set, or a key that was copied. */
static void test_not_known_since_when(void **state)
{
	struct states t = states();
	builder_key brief = builder_path(t.b, "live\\brief", LATER(2));
	size_t record = builder_key_offset(t.b, brief);

	(void)state;
	builder_key_delete(t.b, brief, LATER(9));
	builder_finish(t.b);
	struct recoveredkeys l = after(&t);
	assert_int_equal(info_at(&l, record)->since, RECOVERED_SINCE_UNKNOWN);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* Another key was in the cell: of another name, of a later time, of another parent. */
static void test_other_keys_in_the_cell(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct states t = states();
		builder_key other = builder_key_find(t.b, builder_root(t.b), "elsewhere");
		delete (&t);
		if (i == 0)
			builder_poke8(t.b, t.record + NK_NAME + 1, 'a');
		else if (i == 1)
			builder_poke8(t.b, t.record + 4, 0xff & (LATER(1) - 1));
		else
			builder_poke32(t.b, t.record + NK_PARENT, other);
		if (i == 1)
			builder_poke8(t.b, t.record + 5, 0xff & ((LATER(1) - 1) >> 8));
		struct recoveredkeys l = after(&t);
		assert_null(info_at(&l, t.record)->witness);
		assert_int_equal(info_at(&l, t.record)->certainty, RECOVERED_POSSIBLE);
		assert_int_equal(info_at(&l, t.record)->since, RECOVERED_SINCE_UNKNOWN);
		recoveredkeys_close(&l);
		recoveredkeys_close(&t.before);
	}
}

/* The newest state does not have it any more, but the one before does. */
static void test_older_state(void **state)
{
	struct states t = states();

	(void)state;
	delete (&t);
	struct recoveredkeys second = recoveredkeys_of(builder_clone(t.b));
	builder_key_touch(t.b, builder_path(t.b, "elsewhere", 0), LATER(12));
	builder_finish(t.b);
	struct recoveredkeys l = recoveredkeys_after(t.b, &second, &t.before);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_CERTAIN);
	const struct recovered_key *info = info_at(&l, t.record);
	assert_ptr_equal(info->witness, key_at(t.before.keys->root, "live\\gone"));
	assert_int_equal(info->since, RECOVERED_SINCE_EARLIER);
	recoveredkeys_close(&l);
	recoveredkeys_close(&second);
	recoveredkeys_close(&t.before);
}

/* Both states have it: the newer one tells. */
static void test_newest_state_first(void **state)
{
	struct states t = states();

	(void)state;
	builder_path(t.b, "elsewhere\\new", LATER(4));
	builder_finish(t.b);
	struct recoveredkeys second = recoveredkeys_of(builder_clone(t.b));
	delete (&t);
	struct recoveredkeys l = recoveredkeys_after(t.b, &second, &t.before);
	assert_ptr_equal(info_at(&l, t.record)->witness,
			 key_at(second.keys->root, "live\\gone"));
	assert_int_equal(info_at(&l, t.record)->since, RECOVERED_SINCE_BETWEEN);
	recoveredkeys_close(&l);
	recoveredkeys_close(&second);
	recoveredkeys_close(&t.before);
}

/* An earlier state none of whose keys could be read tells nothing. */
static void test_state_without_keys(void **state)
{
	struct states t = states();
	struct recovered_keys *found = NULL;

	(void)state;
	delete (&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	struct recovered_witness witness = { .image = t.before.hive.image,
					     .usage = &t.before.usage };
	struct recovered_source source = {
		.image = l.hive.image,
		.free_cells = freecells_of(l.hive.image),
		.keys = l.keys,
		.usage = &l.usage,
		.witnesses = &witness,
		.n_witnesses = 1,
		.diags = l.hive.diags,
	};
	assert_int_equal(recoverkeys_find(&source, &found), STATUS_OK);
	recoveredkeys_check(l.hive.image, l.keys, found);
	const struct key *key = key_at(found->tree->root, "live\\gone");
	assert_non_null(key);
	assert_int_not_equal(recovered_of(found, key)->since, RECOVERED_SINCE_BETWEEN);
	assert_int_equal(recovered_of(found, key)->certainty, RECOVERED_POSSIBLE);
	recovered_keys_free(found);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

static bool is_last(struct text name)
{
	return text_is(name, "last");
}

/* "last", whose parent is torn; written since or not, with what is known of the state. */
static enum recovered_certainty of_last(bool written, bool damaged,
					bool (*is_common)(struct text name))
{
	struct states t = states();
	struct recovered_keys *found = NULL;
	builder_key last = builder_path(t.b, "live\\gone\\last", LATER(1));

	builder_finish(t.b);
	recoveredkeys_close(&t.before);
	t.before = recoveredkeys_of(builder_clone(t.b));
	if (written)
		builder_key_touch(t.b, last, LATER(4));
	delete (&t);
	wipe(t.b, t.record);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	struct recovered_witness witness = { .image = t.before.hive.image,
					     .keys = t.before.keys,
					     .usage = &t.before.usage,
					     .damaged = damaged };
	struct recovered_source source = {
		.image = l.hive.image,
		.keys = l.keys,
		.usage = &l.usage,
		.witnesses = &witness,
		.n_witnesses = 1,
		.is_common = is_common,
		.diags = l.hive.diags,
	};
	assert_int_equal(recoverkeys_find(&source, &found), STATUS_OK);
	const struct key *key = key_at(found->tree->root, "live\\gone\\last");
	assert_non_null(key);
	enum recovered_certainty certainty = recovered_of(found, key)->certainty;
	recovered_keys_free(found);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
	return certainty;
}

/* Written since, its parent torn: a name that is common says less. */
static void test_common_name(void **state)
{
	(void)state;
	assert_int_equal(of_last(false, false, is_last), RECOVERED_CERTAIN);
	assert_int_equal(of_last(true, false, NULL), RECOVERED_PROBABLE);
	assert_int_equal(of_last(true, false, is_last), RECOVERED_POSSIBLE);
}

/* The parent's name is known from a damaged state alone: it may be no name at all. */
static void test_names_of_a_damaged_state(void **state)
{
	(void)state;
	assert_int_equal(of_last(false, true, NULL), RECOVERED_POSSIBLE);
	assert_int_equal(of_last(true, true, NULL), RECOVERED_POSSIBLE);
}

/* ---- parents that only the earlier state knows ---- */

static void add_below(struct states *t, const char *path, uint64_t time)
{
	builder_path(t->b, path, time);
	builder_finish(t->b);
	recoveredkeys_close(&t->before);
	t->before = recoveredkeys_of(builder_clone(t->b));
}

/* A placeholder with a name and nothing else. */
static void assert_named(const struct recoveredkeys *l,
			 const struct recoveredkeys *before, const char *path)
{
	const struct key *key = recoveredkeys_at(l, path);

	assert_non_null(key);
	assert_true(recovered_is_placeholder(key));
	assert_int_equal(key->record_off, 0);
	assert_int_equal(key->n_values, 0);
	const struct recovered_key *info = recoveredkeys_of_key(l, key);
	assert_int_equal(info->inferred, RECOVERED_INFERRED_NAME);
	assert_ptr_equal(info->witness, key_at(before->keys->root, path));
}

static void test_torn_parents(void **state)
{
	struct states t = states();

	(void)state;
	add_below(&t, "live\\gone\\torn\\last", LATER(2));
	builder_key torn = builder_path(t.b, "live\\gone\\torn", 0);
	builder_key last = builder_path(t.b, "live\\gone\\torn\\last", 0);
	size_t at_torn = builder_key_offset(t.b, torn);
	size_t at_last = builder_key_offset(t.b, last);
	delete (&t);
	wipe(t.b, t.record);
	wipe(t.b, at_torn);
	struct recoveredkeys l = after(&t);
	assert_int_equal(l.found->n_keys, 1);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\torn\\last"),
			 RECOVERED_CERTAIN);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone\\torn\\last")->record_off,
			 at_last);
	assert_named(&l, &t.before, "live\\gone\\torn");
	assert_named(&l, &t.before, "live\\gone");
	assert_int_equal(l.found->adrift->n_children, 0);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* Only the one in the middle is torn. */
static void test_torn_parent_between(void **state)
{
	struct states t = states();

	(void)state;
	add_below(&t, "live\\gone\\torn\\last", LATER(2));
	size_t at_torn =
		builder_key_offset(t.b, builder_path(t.b, "live\\gone\\torn", 0));
	delete (&t);
	wipe(t.b, at_torn);
	struct recoveredkeys l = after(&t);
	assert_int_equal(l.found->n_keys, 2);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\torn\\last"),
			 RECOVERED_CERTAIN);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone")->record_off, t.record);
	assert_named(&l, &t.before, "live\\gone\\torn");
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* The parent was made anew under its name, in another cell: it is another key. */
static void test_parent_made_anew(void **state)
{
	struct states t = states();

	(void)state;
	add_below(&t, "live\\gone\\last", LATER(2));
	size_t at_last =
		builder_key_offset(t.b, builder_path(t.b, "live\\gone\\last", 0));
	/* Made while the old cell is not free yet. */
	builder_key anew = builder_path(t.b, "live\\game", LATER(4));
	delete (&t);
	builder_poke8(t.b, builder_key_offset(t.b, anew) + NK_NAME + 2, 'n');
	wipe(t.b, t.record);
	struct recoveredkeys l = after(&t);
	const struct key *last = recoveredkeys_record(&l, at_last);
	assert_non_null(last);
	assert_int_equal(recoveredkeys_of_key(&l, last)->certainty, RECOVERED_CERTAIN);
	assert_true(text_is(key_name(last->parent), "gone"));
	assert_int_equal(last->parent->record_off, 0);
	assert_true(text_is(key_name(last->parent->parent), "live"));
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

/* ---- cells that were used again ---- */

/*
 * parent\gone\in, "gone" deleted and its cell taken by a new key; "in" was
 * there in the earlier state, and another child came and went.
 */
struct usurped {
	struct apart t;
	struct recoveredkeys before;
	size_t at_in, at_brief;
};

static struct usurped usurped(uint64_t brief_time)
{
	struct usurped u = { .t = apart_plain() };
	struct builder *b = u.t.b;

	u.at_in = builder_key_offset(b, builder_key_add(b, u.t.gone, "in", LATER(2)));
	builder_finish(b);
	u.before = recoveredkeys_of(builder_clone(b));
	builder_key brief = builder_key_add(b, u.t.gone, "brief", LATER(3));
	builder_key_touch(b, brief, brief_time);
	u.at_brief = builder_key_offset(b, brief);
	apart_delete(&u.t);
	builder_key user = builder_key_add(b, builder_root(b), "user", LATER(8));
	assert_int_equal(builder_key_offset(b, user), u.t.record);
	builder_finish(b);
	return u;
}

static void test_cell_of_the_parent_in_use_again(void **state)
{
	struct usurped u = usurped(LATER(2));

	(void)state;
	struct recoveredkeys l = recoveredkeys_after(u.t.b, &u.before, NULL);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone\\in")->record_off, u.at_in);
	assert_int_equal(recoveredkeys_certainty(&l, "parent\\gone\\in"),
			 RECOVERED_CERTAIN);
	assert_named(&l, &u.before, "parent\\gone");
	/* The other one is no younger, so it cannot have been the new key's either. */
	assert_int_equal(info_at(&l, u.at_brief)->certainty, RECOVERED_PARTIAL);
	assert_null(recoveredkeys_at(&l, "user"));
	recoveredkeys_close(&l);
	recoveredkeys_close(&u.before);
}

/* One that is younger may have been either's. */
static void test_younger_child_of_a_cell_in_use_again(void **state)
{
	struct usurped u = usurped(LATER(4));

	(void)state;
	struct recoveredkeys l = recoveredkeys_after(u.t.b, &u.before, NULL);
	assert_int_not_equal(info_at(&l, u.at_brief)->certainty, RECOVERED_CERTAIN);
	assert_int_not_equal(info_at(&l, u.at_brief)->certainty, RECOVERED_PROBABLE);
	recoveredkeys_close(&l);
	recoveredkeys_close(&u.before);
}

/* ---- what a witness of the parent proves for a child without one ---- */

static void test_child_of_a_parent_with_a_witness(void **state)
{
	struct states t = states();

	(void)state;
	add_below(&t, "live\\gone\\old", LATER(2));
	builder_path(t.b, "live\\gone\\new", LATER(5));
	delete (&t);
	struct recoveredkeys l = after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\old"),
			 RECOVERED_CERTAIN);
	/* The parent was in its cell before the child came. */
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\new"),
			 RECOVERED_CERTAIN);
	assert_null(recoveredkeys_of_key(&l, recoveredkeys_key(&l, "live\\gone\\new"))
			    ->witness);
	recoveredkeys_close(&l);
	recoveredkeys_close(&t.before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_live_in_the_earlier_state),
		cmocka_unit_test(test_key_below_the_root),
		cmocka_unit_test(test_deleted_before),
		cmocka_unit_test(test_deleted_before_below_another),
		cmocka_unit_test(test_age_by_a_clock_that_was_set_back),
		cmocka_unit_test(test_parent_that_may_be_another),
		cmocka_unit_test(test_made_and_deleted_between),
		cmocka_unit_test(test_made_and_cut_off),
		cmocka_unit_test(test_not_known_since_when),
		cmocka_unit_test(test_other_keys_in_the_cell),
		cmocka_unit_test(test_older_state),
		cmocka_unit_test(test_newest_state_first),
		cmocka_unit_test(test_state_without_keys),
		cmocka_unit_test(test_common_name),
		cmocka_unit_test(test_names_of_a_damaged_state),
		cmocka_unit_test(test_torn_parents),
		cmocka_unit_test(test_torn_parent_between),
		cmocka_unit_test(test_parent_made_anew),
		cmocka_unit_test(test_cell_of_the_parent_in_use_again),
		cmocka_unit_test(test_younger_child_of_a_cell_in_use_again),
		cmocka_unit_test(test_child_of_a_parent_with_a_witness),
	};

	return UNIT_RUN(tests);
}
