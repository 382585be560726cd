/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What earlier states of a hive tell about the paths of deleted keys, and since
 * when they are deleted.
 */
#include "help/unit.h"

#include "help/witnessed.h"

/* ---- the key itself ---- */

static void test_live_in_the_earlier_state(void **state)
{
	struct witnessed t = witnessed_new();
	size_t at_live = builder_key_offset(t.b, t.live);

	(void)state;
	witnessed_delete(&t);
	struct recoveredkeys alone = recoveredkeys_of(builder_clone(t.b));
	assert_int_equal(witnessed_info(&alone, t.record)->certainty, RECOVERED_POSSIBLE);
	assert_int_equal(witnessed_info(&alone, t.record)->since,
			 RECOVERED_SINCE_UNKNOWN);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_CERTAIN);
	const struct recovered_key *info = witnessed_info(&l, t.record);
	assert_ptr_equal(info->witness, key_at(t.before.keys->root, "live\\gone"));
	assert_int_equal(info->since, RECOVERED_SINCE_BETWEEN);
	/* Its parent is the live key, not one of the earlier state. */
	const struct key *live = recoveredkeys_at(&l, "live");
	assert_int_equal(live->record_off, at_live);
	recoveredkeys_close(&alone);
	witnessed_close(&t, &l);
}

static void test_key_below_the_root(void **state)
{
	struct witnessed t = witnessed_new();
	builder_key top = builder_key_find(t.b, builder_root(t.b), "elsewhere");
	size_t record = builder_key_offset(t.b, top);

	(void)state;
	builder_key_delete(t.b, top, LATER(9));
	builder_finish(t.b);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "elsewhere"), RECOVERED_CERTAIN);
	assert_ptr_equal(recoveredkeys_record(&l, record)->parent, l.found->tree->root);
	witnessed_close(&t, &l);
}

/* The earlier state has it as a deleted one already. */
static void test_deleted_before(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_delete(&t);
	witnessed_take(&t);
	witnessed_go_on(&t);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(witnessed_info(&l, t.record)->since, RECOVERED_SINCE_EARLIER);
	assert_int_equal(witnessed_info(&l, t.record)->certainty, RECOVERED_POSSIBLE);
	assert_null(witnessed_info(&l, t.record)->witness);
	witnessed_close(&t, &l);
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
		struct witnessed t = witnessed_new();
		size_t at_live = builder_key_offset(t.b, t.live);
		builder_path(t.b, "live\\old", LATER(0));
		witnessed_delete(&t);
		witnessed_take(&t);
		witnessed_go_on(&t);
		for (size_t k = 0; k < 4; k++)
			builder_poke8(t.b, at_live + NK_NAME + k,
				      (uint8_t)rows[i].name[k]);
		struct recoveredkeys l = witnessed_after(&t);
		assert_int_equal(witnessed_info(&l, t.record)->since,
				 RECOVERED_SINCE_EARLIER);
		assert_int_equal(witnessed_info(&l, t.record)->certainty,
				 rows[i].certainty);
		witnessed_close(&t, &l);
	}
}

/* What was written while the clock was set back does not make its parent old. */
static void test_age_by_a_clock_that_was_set_back(void **state)
{
	(void)state;
	for (int back = 0; back < 2; back++) {
		struct witnessed t = witnessed_new();
		builder_key old =
			builder_path(t.b, "live\\old", back ? LATER(2) : LATER(0));
		witnessed_delete(&t);
		witnessed_take(&t);
		builder_key_touch(t.b, old, LATER(0));
		witnessed_go_on(&t);
		struct recoveredkeys l = witnessed_after(&t);
		assert_int_equal(witnessed_info(&l, t.record)->certainty,
				 back ? RECOVERED_POSSIBLE : RECOVERED_CERTAIN);
		witnessed_close(&t, &l);
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
		struct witnessed t = { .b = hives_new(5) };
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
		witnessed_delete(&t);
		struct recoveredkeys l = witnessed_after(&t);
		assert_int_equal(witnessed_info(&l, t.record)->certainty,
				 RECOVERED_CERTAIN);
		assert_int_equal(witnessed_info(&l, record)->certainty,
				 still ? RECOVERED_CERTAIN : RECOVERED_POSSIBLE);
		witnessed_close(&t, &l);
	}
}

/* "brief", made then, which the earlier state does not have, and deleted.  Return: its record. */
static size_t add_brief(struct witnessed *t, uint64_t time)
{
	builder_key brief = builder_path(t->b, "live\\brief", time);
	size_t record = builder_key_offset(t->b, brief);

	builder_key_delete(t->b, brief, LATER(9));
	builder_finish(t->b);
	return record;
}

/* It was written after everything that the earlier state holds. */
static void test_made_and_deleted_between(void **state)
{
	struct witnessed t = witnessed_new();
	size_t record = add_brief(&t, LATER(4));

	(void)state;
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(witnessed_info(&l, record)->since, RECOVERED_SINCE_BETWEEN);
	assert_null(witnessed_info(&l, record)->witness);
	witnessed_close(&t, &l);
}

/* It still tells of subkeys: a tool cut it off, and no time shows when. */
static void test_made_and_cut_off(void **state)
{
	struct witnessed t = witnessed_new();
	size_t record = add_brief(&t, LATER(4));

	(void)state;
	builder_poke32(t.b, record + 20, 1); /* how many, and where their list is */
	builder_poke32(t.b, record + 28, 0x20);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(witnessed_info(&l, record)->since, RECOVERED_SINCE_UNKNOWN);
	witnessed_close(&t, &l);
}

/* Not there then, and yet not newer: a clock that was set, or a key that was copied. */
static void test_not_known_since_when(void **state)
{
	struct witnessed t = witnessed_new();
	size_t record = add_brief(&t, LATER(2));

	(void)state;
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(witnessed_info(&l, record)->since, RECOVERED_SINCE_UNKNOWN);
	witnessed_close(&t, &l);
}

/* Another key was in the cell: of another name, of a later time, of another parent. */
static void test_other_keys_in_the_cell(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct witnessed t = witnessed_new();
		builder_key other = builder_key_find(t.b, builder_root(t.b), "elsewhere");
		witnessed_delete(&t);
		if (i == 0)
			builder_poke8(t.b, t.record + NK_NAME + 1, 'a');
		else if (i == 1)
			builder_poke8(t.b, t.record + 4, 0xff & (LATER(1) - 1));
		else
			builder_poke32(t.b, t.record + NK_PARENT, other);
		if (i == 1)
			builder_poke8(t.b, t.record + 5, 0xff & ((LATER(1) - 1) >> 8));
		struct recoveredkeys l = witnessed_after(&t);
		assert_null(witnessed_info(&l, t.record)->witness);
		assert_int_equal(witnessed_info(&l, t.record)->certainty,
				 RECOVERED_POSSIBLE);
		assert_int_equal(witnessed_info(&l, t.record)->since,
				 RECOVERED_SINCE_UNKNOWN);
		witnessed_close(&t, &l);
	}
}

/* The newest state does not have it any more, but the one before does. */
static void test_older_state(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_delete(&t);
	struct recoveredkeys second = recoveredkeys_of(builder_clone(t.b));
	witnessed_go_on(&t);
	struct recoveredkeys l = recoveredkeys_after(t.b, &second, &t.before);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone"), RECOVERED_CERTAIN);
	const struct recovered_key *info = witnessed_info(&l, t.record);
	assert_ptr_equal(info->witness, key_at(t.before.keys->root, "live\\gone"));
	assert_int_equal(info->since, RECOVERED_SINCE_EARLIER);
	recoveredkeys_close(&second);
	witnessed_close(&t, &l);
}

/* Both states have it: the newer one tells. */
static void test_newest_state_first(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	builder_path(t.b, "elsewhere\\new", LATER(4));
	builder_finish(t.b);
	struct recoveredkeys second = recoveredkeys_of(builder_clone(t.b));
	witnessed_delete(&t);
	struct recoveredkeys l = recoveredkeys_after(t.b, &second, &t.before);
	assert_ptr_equal(witnessed_info(&l, t.record)->witness,
			 key_at(second.keys->root, "live\\gone"));
	assert_int_equal(witnessed_info(&l, t.record)->since, RECOVERED_SINCE_BETWEEN);
	recoveredkeys_close(&second);
	witnessed_close(&t, &l);
}

/* An earlier state none of whose keys could be read tells nothing. */
static void test_state_without_keys(void **state)
{
	struct witnessed t = witnessed_new();
	struct recovered_keys *found = NULL;

	(void)state;
	witnessed_delete(&t);
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
	witnessed_close(&t, &l);
}

/* ---- what a witness of the parent proves for a child without one ---- */

static void test_child_of_a_parent_with_a_witness(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_add(&t, "live\\gone\\old", LATER(2));
	builder_path(t.b, "live\\gone\\new", LATER(5));
	witnessed_delete(&t);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\old"),
			 RECOVERED_CERTAIN);
	/* The parent was in its cell before the child came. */
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\new"),
			 RECOVERED_CERTAIN);
	assert_null(recoveredkeys_of_key(&l, recoveredkeys_key(&l, "live\\gone\\new"))
			    ->witness);
	witnessed_close(&t, &l);
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
		cmocka_unit_test(test_child_of_a_parent_with_a_witness),
	};

	return UNIT_RUN(tests);
}
