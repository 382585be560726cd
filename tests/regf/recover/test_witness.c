/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What earlier states of a hive say of its deleted keys. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "regf/recover/witness.h"

#include <stdlib.h>

/* The deleted key of an apart hive, as witnesses see it. */
struct asked {
	struct stages *now;
	struct stages *then[2];
	struct recovered_witness witnesses[2];
	size_t n;
};

/* Takes the builder of the state with deletions; the others follow. */
static struct asked *asked_new(struct builder *now)
{
	struct asked *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	t->now = stages_run(now, STAGES_DATA);
	return t;
}

static void add_state(struct asked *t, struct builder *then)
{
	struct stages *s = stages_run(then, STAGES_NONE);

	t->then[t->n] = s;
	t->witnesses[t->n++] = (struct recovered_witness){
		.image = s->hive.image,
		.keys = s->keys,
		.usage = &s->usage,
		.newest_ft = key_newest(s->keys->root),
	};
}

static void ask(struct asked *t)
{
	t->now->source.witnesses = t->witnesses;
	t->now->source.n_witnesses = t->n;
	assert_int_equal(witness_ask_all(&t->now->search), STATUS_OK);
}

static void asked_free(struct asked *t)
{
	for (size_t i = 0; i < t->n; i++)
		stages_close(t->then[i]);
	stages_close(t->now);
	free(t);
}

static void check_unknown(const struct deleted_key *key)
{
	assert_non_null(key);
	assert_null(key->witness);
	assert_int_equal(key->parent_is, PARENT_LOST);
}

static void test_nobody_to_ask(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct asked *asked = asked_new(t.b);
	ask(asked);
	check_unknown(stages_key(asked->now, t.record));
	assert_int_equal(stages_key(asked->now, t.record)->since,
			 RECOVERED_SINCE_UNKNOWN);
	asked_free(asked);
}

static void test_live_before(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	apart_delete(&t);
	struct asked *asked = asked_new(t.b);
	add_state(asked, then);
	ask(asked);
	const struct deleted_key *key = stages_key(asked->now, t.record);
	assert_non_null(key);
	assert_ptr_equal(key->witness, stages_live(asked->then[0], "parent\\gone"));
	assert_ptr_equal(key->parent_key, stages_live(asked->then[0], "parent"));
	assert_int_equal(key->parent_is, PARENT_WITNESS);
	assert_int_equal(key->certainty, RECOVERED_CERTAIN);
	assert_int_equal(key->since, RECOVERED_SINCE_BETWEEN);
	asked_free(asked);
}

/* Deleted there as well: the same bytes in the same place. */
static void test_deleted_before(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct asked *asked = asked_new(builder_clone(t.b));
	add_state(asked, t.b);
	ask(asked);
	check_unknown(stages_key(asked->now, t.record));
	assert_int_equal(stages_key(asked->now, t.record)->since,
			 RECOVERED_SINCE_EARLIER);
	asked_free(asked);
}

/* ---- since when, by times alone ---- */

/* A key that the earlier state does not have, last written at that distance behind it. */
static enum recovered_since since(uint64_t behind, bool damaged, bool backwards,
				  enum recovered_origin origin)
{
	struct apart t = apart_plain();

	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	builder_poke32(then, t.record + NK_NAME,
		       'n' | 'o' << 8 | 'n' << 16 | (uint32_t)'e' << 24);
	apart_delete(&t);
	struct asked *asked = asked_new(t.b);
	add_state(asked, then);
	struct deleted_key *key = stages_key(asked->now, t.record);
	assert_non_null(key);
	key->origin = (uint8_t)origin;
	asked->witnesses[0].damaged = damaged;
	asked->witnesses[0].newest_ft = key->mtime_ft - behind;
	asked->now->search.newest_live_ft = asked->witnesses[0].newest_ft - backwards;
	ask(asked);
	enum recovered_since found = stages_key(asked->now, t.record)->since;
	asked_free(asked);
	return found;
}

static void test_since_by_times(void **state)
{
	(void)state;
	assert_int_equal(since(1, false, false, RECOVERED_FREE), RECOVERED_SINCE_BETWEEN);
	assert_int_equal(since(0, false, false, RECOVERED_FREE), RECOVERED_SINCE_UNKNOWN);
	/* What is damaged may lack keys, and times that run backwards tell no order. */
	assert_int_equal(since(1, true, false, RECOVERED_FREE), RECOVERED_SINCE_UNKNOWN);
	assert_int_equal(since(1, false, true, RECOVERED_FREE), RECOVERED_SINCE_UNKNOWN);
	/* Only what is in the hive, and free there, is surely gone. */
	assert_int_equal(since(1, false, false, RECOVERED_LOG), RECOVERED_SINCE_UNKNOWN);
	assert_int_equal(since(1, false, false, RECOVERED_UNMAPPED),
			 RECOVERED_SINCE_UNKNOWN);
	assert_int_equal(since(1, false, false, RECOVERED_LOST), RECOVERED_SINCE_UNKNOWN);
}

/* The same bytes in a damaged state: that a list named them there, it may not show. */
static void test_deleted_before_in_a_damaged_one(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct asked *asked = asked_new(builder_clone(t.b));
	add_state(asked, t.b);
	asked->witnesses[0].damaged = true;
	ask(asked);
	assert_int_equal(stages_key(asked->now, t.record)->since,
			 RECOVERED_SINCE_UNKNOWN);
	asked_free(asked);
}

/* It is in the earlier state, and newer than all that this holds: neither can be. */
static void test_deleted_before_and_newer(void **state)
{
	(void)state;
	for (uint64_t newer = 0; newer < 2; newer++) {
		struct apart t = apart_plain();
		apart_delete(&t);
		struct asked *asked = asked_new(builder_clone(t.b));
		add_state(asked, t.b);
		asked->witnesses[0].newest_ft =
			stages_key(asked->now, t.record)->mtime_ft - newer;
		ask(asked);
		assert_int_equal(stages_key(asked->now, t.record)->since,
				 newer ? RECOVERED_SINCE_UNKNOWN
				       : RECOVERED_SINCE_EARLIER);
		asked_free(asked);
	}
}

/* One field of the earlier state's key is another one: then it is another key. */
static void check_other(size_t field, uint32_t number)
{
	struct apart t = apart_plain();

	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	builder_poke32(then, t.record + field, number);
	apart_delete(&t);
	struct asked *asked = asked_new(t.b);
	add_state(asked, then);
	ask(asked);
	check_unknown(stages_key(asked->now, t.record));
	asked_free(asked);
}

static void test_another_key(void **state)
{
	(void)state;
	check_other(NK_NAME, 'g' | 'o' << 8 | 'n' << 16 | (uint32_t)'g' << 24);
	/* The upper half of its last write: later than that of what was deleted. */
	check_other(8, (uint32_t)((LATER(2) + (UINT64_C(1) << 32)) >> 32));
}

/* The name alone is not enough: its parent has to stand where the record says. */
static void test_another_parent(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	apart_delete(&t);
	builder_poke32(t.b, t.record + NK_PARENT, t.keeper);
	struct asked *asked = asked_new(t.b);
	add_state(asked, then);
	ask(asked);
	check_unknown(stages_key(asked->now, t.record));
	asked_free(asked);
}

/* The first that has it counts; since when is for the newest alone to say. */
static void test_two_states(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_finish(t.b);
	struct builder *oldest = builder_clone(t.b), *middle = builder_clone(t.b);
	apart_delete(&t);
	struct asked *asked = asked_new(builder_clone(t.b));
	add_state(asked, builder_clone(middle));
	add_state(asked, builder_clone(oldest));
	ask(asked);
	assert_ptr_equal(stages_key(asked->now, t.record)->witness,
			 stages_live(asked->then[0], "parent\\gone"));
	asked_free(asked);

	asked = asked_new(builder_clone(t.b));
	add_state(asked, t.b);
	add_state(asked, oldest);
	ask(asked);
	assert_ptr_equal(stages_key(asked->now, t.record)->witness,
			 stages_live(asked->then[1], "parent\\gone"));
	assert_int_equal(stages_key(asked->now, t.record)->since,
			 RECOVERED_SINCE_EARLIER);
	builder_free(middle);
	asked_free(asked);
}

/* A damaged state tells what stood where, but not that it was live there. */
static void test_damaged_state(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	apart_delete(&t);
	struct asked *asked = asked_new(t.b);
	add_state(asked, then);
	asked->witnesses[0].damaged = true;
	ask(asked);
	const struct deleted_key *key = stages_key(asked->now, t.record);
	assert_ptr_equal(key->witness, stages_live(asked->then[0], "parent\\gone"));
	assert_int_equal(key->certainty, RECOVERED_CERTAIN);
	assert_int_equal(key->since, RECOVERED_SINCE_UNKNOWN);
	asked_free(asked);
}

/* The parent's name in the earlier state with that character in it, or of no length. */
static const struct deleted_key *with_parent_name(struct asked **asked, bool damaged,
						  bool empty, char character)
{
	struct apart t = apart_plain();
	size_t parent = builder_key_offset(t.b, t.parent);

	builder_finish(t.b);
	struct builder *then = builder_clone(t.b);
	builder_poke8(then, parent + NK_NAME + 1, (uint8_t)character);
	if (empty)
		builder_poke16(then, parent + NK_NAME - 4, 0); /* its length */
	apart_delete(&t);
	*asked = asked_new(t.b);
	add_state(*asked, then);
	(*asked)->witnesses[0].damaged = damaged;
	ask(*asked);
	return stages_key((*asked)->now, t.record);
}

/* Zeros are what damage leaves of a name; a sound hive may have a name with some. */
static void test_names_on_the_path(void **state)
{
	struct asked *asked;

	(void)state;
	assert_non_null(with_parent_name(&asked, false, false, 0)->witness);
	asked_free(asked);
	check_unknown(with_parent_name(&asked, true, false, 0));
	asked_free(asked);
	check_unknown(with_parent_name(&asked, false, true, 0));
	asked_free(asked);
}

/* Nobody gives a key a control character, one wrong byte does: it tells no sure name. */
static void test_odd_name_on_the_path(void **state)
{
	struct asked *asked;

	(void)state;
	assert_false(with_parent_name(&asked, false, false, 'i')->witness_damaged);
	asked_free(asked);
	const struct deleted_key *key = with_parent_name(&asked, false, false, 0x0e);
	assert_non_null(key->witness);
	assert_true(key->witness_damaged);
	asked_free(asked);
}

/* ---- live keys in earlier states ---- */

/* root\\above\\live in one cell and with one time, and the same then. */
struct then {
	struct key root, above, live;
};

static void fill(struct then *t, const char *name, uint32_t record_off, uint64_t mtime_ft)
{
	*t = (struct then){ .root = { .children = &t->above, .n_children = 1 },
			    .above = { .parent = &t->root,
				       .name = (const uint8_t *)"above",
				       .name_len = 5,
				       .children = &t->live,
				       .n_children = 1 },
			    .live = { .parent = &t->above,
				      .name = (const uint8_t *)name,
				      .name_len = (uint16_t)strlen(name),
				      .record_off = record_off,
				      .mtime_ft = mtime_ft } };
}

enum { CELL = IMAGE_BASE_SIZE + 64 };

/* A search of the one with the other as its earlier state. */
struct states {
	struct then now, then;
	struct key_tree tree;
	struct recovered_witness witness;
	struct recovered_source source;
	struct search search;
};

static void fill_states(struct states *s, const char *name, uint32_t cell,
			uint64_t mtime_ft)
{
	fill(&s->now, "live", CELL, 100);
	fill(&s->then, name, cell, mtime_ft);
	s->tree = (struct key_tree){ .root = &s->then.root };
	s->witness = (struct recovered_witness){ .keys = &s->tree, .newest_ft = 100 };
	s->source =
		(struct recovered_source){ .witnesses = &s->witness, .n_witnesses = 1 };
	s->search = (struct search){ .source = &s->source, .newest_live_ft = 100 };
}

static void test_same_path(void **state)
{
	struct states s;

	(void)state;
	fill_states(&s, "LIVE", CELL, 1);
	assert_ptr_equal(witness_of_live(&s.then.root, &s.now.live), &s.then.live);
	assert_ptr_equal(witness_of_live(&s.then.root, &s.now.root), &s.then.root);
	fill_states(&s, "other", CELL, 1);
	assert_null(witness_of_live(&s.then.root, &s.now.live));
}

/* A key of that name in that cell may have been deleted and made again. */
static void test_key_that_is_still_the_same(void **state)
{
	static const struct {
		uint64_t above, live;
		const char *name;
		uint32_t cell;
		bool same;
	} rows[] = {
		{ 50, 99, "live", CELL, true },	   { 49, 100, "live", CELL, true },
		{ 49, 99, "live", CELL, false },   { 49, 100, "live", CELL + 8, false },
		{ 49, 100, "other", CELL, false },
	};
	struct states s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		fill_states(&s, rows[i].name, rows[i].cell, rows[i].live);
		s.now.above.mtime_ft = 50;
		s.then.above.mtime_ft = rows[i].above;
		assert_int_equal(witness_is_still(&s.search, &s.now.above, &s.then.above),
				 rows[i].same);
	}
}

/* It was written while the clock was set back. */
static void test_time_that_ran_backwards(void **state)
{
	static const struct {
		const char *name;
		uint32_t cell;
		uint64_t time;
		bool damaged, later;
	} rows[] = {
		{ "live", CELL, 101, false, true },
		{ "live", CELL, 100, false, false },
		{ "live", CELL, 101, true, false },
		{ "live", CELL + 8, 101, false, false },
		{ "other", CELL, 101, false, false },
	};
	struct states s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		fill_states(&s, rows[i].name, rows[i].cell, rows[i].time);
		s.witness.damaged = rows[i].damaged;
		assert_int_equal(witness_had_later(&s.search, &s.now.live),
				 rows[i].later);
	}
}

/* The deleted key's parent was in the cell before: this live one came later. */
static void test_parent_that_came_later(void **state)
{
	static const struct {
		const char *name;
		uint32_t cell;
		enum recovered_since since;
		uint64_t newest;
		bool lacked;
	} rows[] = {
		{ "live", CELL, RECOVERED_SINCE_EARLIER, 100, false },
		{ "live", CELL + 8, RECOVERED_SINCE_EARLIER, 100, true },
		{ "other", CELL, RECOVERED_SINCE_EARLIER, 100, true },
		{ "other", CELL, RECOVERED_SINCE_BETWEEN, 100, false },
		{ "other", CELL, RECOVERED_SINCE_UNKNOWN, 100, false },
		/* The other way round in time: it tells nothing. */
		{ "other", CELL, RECOVERED_SINCE_EARLIER, 101, false },
	};
	struct states s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct deleted_key key = { .since = (uint8_t)rows[i].since };
		fill_states(&s, rows[i].name, rows[i].cell, 1);
		s.witness.newest_ft = rows[i].newest;
		assert_int_equal(witness_lacked_parent(&s.search, &key, &s.now.live),
				 rows[i].lacked);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_to_ask),
		cmocka_unit_test(test_live_before),
		cmocka_unit_test(test_deleted_before),
		cmocka_unit_test(test_since_by_times),
		cmocka_unit_test(test_deleted_before_in_a_damaged_one),
		cmocka_unit_test(test_deleted_before_and_newer),
		cmocka_unit_test(test_another_key),
		cmocka_unit_test(test_another_parent),
		cmocka_unit_test(test_two_states),
		cmocka_unit_test(test_damaged_state),
		cmocka_unit_test(test_names_on_the_path),
		cmocka_unit_test(test_odd_name_on_the_path),
		cmocka_unit_test(test_same_path),
		cmocka_unit_test(test_key_that_is_still_the_same),
		cmocka_unit_test(test_time_that_ran_backwards),
		cmocka_unit_test(test_parent_that_came_later),
	};

	return UNIT_RUN(tests);
}
