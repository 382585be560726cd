/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted keys below parents of which the hive has no record any more, and that only an
 * earlier state knows: what it tells of their paths.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/witnessed.h"

/* ---- how much a name says ---- */

static bool is_last(struct text name)
{
	return text_is(name, "last");
}

/* "last", whose parent is torn; written since or not, with what is known of the state. */
static enum recovered_certainty of_last(bool written, bool damaged,
					bool (*is_common)(struct text name))
{
	struct witnessed t = witnessed_new();
	struct recovered_keys *found = NULL;
	builder_key last = builder_path(t.b, "live\\gone\\last", LATER(1));

	builder_finish(t.b);
	witnessed_take(&t);
	if (written)
		builder_key_touch(t.b, last, LATER(4));
	witnessed_delete(&t);
	witnessed_wipe(t.b, t.record);
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
	witnessed_close(&t, &l);
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
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_add(&t, "live\\gone\\torn\\last", LATER(2));
	builder_key torn = builder_path(t.b, "live\\gone\\torn", 0);
	builder_key last = builder_path(t.b, "live\\gone\\torn\\last", 0);
	size_t at_torn = builder_key_offset(t.b, torn);
	size_t at_last = builder_key_offset(t.b, last);
	witnessed_delete(&t);
	witnessed_wipe(t.b, t.record);
	witnessed_wipe(t.b, at_torn);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(l.found->n_keys, 1);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\torn\\last"),
			 RECOVERED_CERTAIN);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone\\torn\\last")->record_off,
			 at_last);
	assert_named(&l, &t.before, "live\\gone\\torn");
	assert_named(&l, &t.before, "live\\gone");
	assert_int_equal(l.found->adrift->n_children, 0);
	witnessed_close(&t, &l);
}

/* Only the one in the middle is torn. */
static void test_torn_parent_between(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_add(&t, "live\\gone\\torn\\last", LATER(2));
	size_t at_torn =
		builder_key_offset(t.b, builder_path(t.b, "live\\gone\\torn", 0));
	witnessed_delete(&t);
	witnessed_wipe(t.b, at_torn);
	struct recoveredkeys l = witnessed_after(&t);
	assert_int_equal(l.found->n_keys, 2);
	assert_int_equal(recoveredkeys_certainty(&l, "live\\gone\\torn\\last"),
			 RECOVERED_CERTAIN);
	assert_int_equal(recoveredkeys_key(&l, "live\\gone")->record_off, t.record);
	assert_named(&l, &t.before, "live\\gone\\torn");
	witnessed_close(&t, &l);
}

/* The parent was made anew under its name, in another cell: it is another key. */
static void test_parent_made_anew(void **state)
{
	struct witnessed t = witnessed_new();

	(void)state;
	witnessed_add(&t, "live\\gone\\last", LATER(2));
	size_t at_last =
		builder_key_offset(t.b, builder_path(t.b, "live\\gone\\last", 0));
	/* Made while the old cell is not free yet. */
	builder_key anew = builder_path(t.b, "live\\game", LATER(4));
	witnessed_delete(&t);
	builder_poke8(t.b, builder_key_offset(t.b, anew) + NK_NAME + 2, 'n');
	witnessed_wipe(t.b, t.record);
	struct recoveredkeys l = witnessed_after(&t);
	const struct key *last = recoveredkeys_record(&l, at_last);
	assert_non_null(last);
	assert_int_equal(recoveredkeys_of_key(&l, last)->certainty, RECOVERED_CERTAIN);
	assert_true(text_is(key_name(last->parent), "gone"));
	assert_int_equal(last->parent->record_off, 0);
	assert_true(text_is(key_name(last->parent->parent), "live"));
	witnessed_close(&t, &l);
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
	assert_int_equal(witnessed_info(&l, u.at_brief)->certainty, RECOVERED_PARTIAL);
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
	assert_int_not_equal(witnessed_info(&l, u.at_brief)->certainty,
			     RECOVERED_CERTAIN);
	assert_int_not_equal(witnessed_info(&l, u.at_brief)->certainty,
			     RECOVERED_PROBABLE);
	recoveredkeys_close(&l);
	recoveredkeys_close(&u.before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_common_name),
		cmocka_unit_test(test_names_of_a_damaged_state),
		cmocka_unit_test(test_torn_parents),
		cmocka_unit_test(test_torn_parent_between),
		cmocka_unit_test(test_parent_made_anew),
		cmocka_unit_test(test_cell_of_the_parent_in_use_again),
		cmocka_unit_test(test_younger_child_of_a_cell_in_use_again),
	};

	return UNIT_RUN(tests);
}
