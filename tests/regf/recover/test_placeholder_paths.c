/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole paths: the ones that do not end, and those that are too long. */
#include "help/unit.h"

#include "help/recoveredkeys.h"

#define LEVELS_MAX 512

/* Deleted keys that name each other as parents: this many in a ring. */
static void check_ring(size_t n)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", LATER(1)), keys[8];
	size_t records[8];
	char name[] = "a";

	for (size_t i = 0; i < n; i++, name[0]++) {
		keys[i] = builder_key_add(b, live, name, LATER(2));
		records[i] = builder_key_offset(b, keys[i]);
		/* The last one's child hangs on the ring. */
		if (i + 1 == n)
			builder_key_add(b, keys[i], "below", LATER(1));
	}
	for (size_t i = 0; i < n; i++)
		builder_key_delete(b, keys[i], LATER(2));
	builder_finish(b);
	for (size_t i = 0; i < n; i++)
		builder_poke32(b, records[i] + NK_PARENT, keys[(i + 1) % n]);
	/* That each is there once has been looked at already. */
	struct recoveredkeys l = recoveredkeys_of(b);
	assert_int_equal(l.found->n_keys, n + 1);
	assert_int_equal(l.found->tree->root->n_children, 0);
	assert_int_equal(l.found->adrift->n_children, 1);
	assert_int_equal(
		recoveredkeys_of_key(&l, recoveredkeys_record(&l, records[0]))->certainty,
		RECOVERED_PARTIAL);
	recoveredkeys_close(&l);
}

static void test_rings(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 8; n++)
		check_ring(n);
}

/* A chain of deleted keys, each in the cell behind its parent's or before it. */
static struct builder *chain(unsigned levels, bool upwards)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "live", LATER(1));

	builder_path(b, "live\\old", LATER(1));
	for (unsigned i = 0; i < levels; i++)
		key = builder_key_add(b, key, "k", LATER(1));
	builder_key_delete(b, builder_path(b, "live\\k", 0), LATER(1));
	builder_finish(b);
	if (!upwards)
		return b;
	/* The same cells the other way round: each names the next one. */
	struct recoveredkeys l = recoveredkeys_of(builder_clone(b));
	const struct key *at = recoveredkeys_key(&l, "live\\k");
	uint32_t top = recoveredkeys_of_key(&l, at)->parent_rel;
	for (; at; at = at->n_children ? &at->children[0] : NULL)
		builder_poke32(b, at->record_off + NK_PARENT,
			       at->n_children
				       ? recoveredkeys_of_key(&l, &at->children[0])->rel
				       : top);
	recoveredkeys_close(&l);
	return b;
}

static void check_chain(unsigned levels, bool upwards)
{
	struct recoveredkeys l = recoveredkeys_of(chain(levels, upwards));
	const struct key *tops[] = { l.found->tree->root, l.found->adrift };
	uint32_t deepest = 0;

	for (size_t i = 0; i < 2; i++)
		for (const struct key *key = tops[i]; key; key = key_next(tops[i], key))
			if (key->depth > deepest)
				deepest = key->depth;
	assert_int_equal(l.found->n_keys, levels);
	/* Two keys stand above a chain. */
	assert_true(deepest <= LEVELS_MAX + 2);
	assert_int_equal(l.found->adrift->n_children > 0, levels > LEVELS_MAX);
	recoveredkeys_close(&l);
}

static void test_chains(void **state)
{
	(void)state;
	check_chain(LEVELS_MAX - 2, false);
	check_chain(LEVELS_MAX - 2, true);
	check_chain(3 * LEVELS_MAX, true);
	check_chain(3 * LEVELS_MAX, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rings),
		cmocka_unit_test(test_chains),
	};

	return UNIT_RUN(tests);
}
