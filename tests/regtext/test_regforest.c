/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys find their places; branches and ways are told apart. */
#include "help/unit.h"

#include "regtext/regforest.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 16

static enum status setup(struct regforest *forest, struct arena **arena)
{
	*arena = arena_new();
	assert_non_null(*arena);
	return regforest_init(forest, *arena);
}

/* Makes the key of a path below HKEY_CURRENT_USER current; names joined by '/'. */
static uint32_t add(struct regforest *forest, const char *path)
{
	struct text names[DEPTH_MAX];
	bool doubtful[DEPTH_MAX] = { false };
	struct regforest_path key = { .base = REGFOREST_CURRENT_USER,
				      .raw = names,
				      .names = names,
				      .doubtful = doubtful };

	while (*path) {
		size_t len = strcspn(path, "/");
		names[key.n++] = (struct text){ span_of(path, len), TEXT_LATIN1 };
		path += len + (path[len] == '/');
	}
	key.shared = regforest_shared(forest, key.base, names, key.n);
	assert_int_equal(regforest_key(forest, &key), STATUS_OK);
	return regforest_current(forest);
}

static void add_value(struct regforest *forest)
{
	struct regvalue value = { .type = KEY_TYPE_SZ };

	assert_int_equal(regforest_value(forest, &value), STATUS_OK);
}

static unsigned ways(const struct regforest *forest, uint32_t node)
{
	return forest->nodes.items[node].n_ways;
}

static void test_places(void **state)
{
	(void)state;
	struct regforest forest;
	struct arena *arena;

	assert_int_equal(setup(&forest, &arena), STATUS_OK);
	uint32_t b = add(&forest, "a/b");
	/* The key above was only named on the way. */
	uint32_t a = forest.levels[1].node;
	assert_int_equal(forest.nodes.items[a].n_named, 0);
	assert_int_equal(forest.nodes.items[b].n_named, 1);
	add_value(&forest);
	add_value(&forest);
	assert_int_equal(forest.nodes.items[b].first_value, 0);
	assert_int_equal(forest.nodes.items[b].last_value, 1);
	uint32_t c = add(&forest, "a/c");
	assert_int_equal(forest.nodes.items[a].first_child, b);
	assert_int_equal(forest.nodes.items[b].next, c);
	assert_int_equal(add(&forest, "a"), a);
	assert_int_equal(forest.nodes.items[a].n_named, 1);
	assert_int_equal(add(&forest, ""), REGFOREST_CURRENT_USER);
	regforest_no_key(&forest);
	assert_int_equal(regforest_current(&forest), REGFOREST_NONE);
	regforest_clear(&forest);
	arena_free(arena);
}

/* Three keys without values, each with one key below it, lead somewhere. */
static void test_way(void **state)
{
	(void)state;
	struct regforest forest;
	struct arena *arena;

	assert_int_equal(setup(&forest, &arena), STATUS_OK);
	uint32_t a = add(&forest, "a"), b = add(&forest, "a/b"),
		 c = add(&forest, "a/b/c");
	uint32_t d = add(&forest, "a/b/c/d");
	add_value(&forest);
	/* It has a value, but still one key below. */
	uint32_t e = add(&forest, "a/b/c/d/e");
	uint32_t f = add(&forest, "a/b/c/d/e/f");
	uint32_t g = add(&forest, "a/b/c/d/e/g");
	regforest_end_branch(&forest);
	assert_int_equal(ways(&forest, a) + ways(&forest, b) + ways(&forest, c), 3);
	assert_int_equal(ways(&forest, d), 1);
	assert_int_equal(ways(&forest, e) + ways(&forest, f) + ways(&forest, g), 0);
	regforest_clear(&forest);
	arena_free(arena);
}

static void test_no_way(void **state)
{
	(void)state;
	static const char *const paths[][5] = {
		/* two are too few */
		{ "a", "a/b", "a/b/c" },
		/* a second key below the first ones */
		{ "a", "a/b", "a/b/c", "a/b/c/d", "a/x" },
		/* an export of what is further down */
		{ "k/a", "k/a/b", "k/a/b/c", "k/a/b/c/d", "k/a/b/c/d/e" },
		/* the root itself is no way to anything */
		{ "", "a", "a/b", "a/b/c", "a/b/c/d" },
	};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct regforest forest;
		struct arena *arena;
		assert_int_equal(setup(&forest, &arena), STATUS_OK);
		for (size_t k = 0; k < 5 && paths[i][k]; k++)
			(void)add(&forest, paths[i][k]);
		add_value(&forest);
		regforest_end_branch(&forest);
		for (uint32_t node = 0; node < forest.nodes.n; node++)
			assert_int_equal(ways(&forest, node), 0);
		regforest_clear(&forest);
		arena_free(arena);
	}
}

/* A key elsewhere begins another branch, and the way to the first was one. */
static void test_next_branch(void **state)
{
	(void)state;
	struct regforest forest;
	struct arena *arena;

	assert_int_equal(setup(&forest, &arena), STATUS_OK);
	uint32_t a = add(&forest, "a");
	(void)add(&forest, "a/b");
	(void)add(&forest, "a/b/c");
	(void)add(&forest, "a/b/c/d");
	uint32_t z = add(&forest, "z");
	assert_int_equal(ways(&forest, a), 1);
	regforest_end_branch(&forest);
	assert_int_equal(ways(&forest, z), 0);
	regforest_clear(&forest);
	arena_free(arena);
}

static void test_value_limit(void **state)
{
	(void)state;
	struct regforest forest;
	struct arena *arena;

	assert_int_equal(setup(&forest, &arena), STATUS_OK);
	(void)add(&forest, "a");
	for (uint32_t i = 0; i < REGTEXT_MAX_VALUES; i++)
		add_value(&forest);
	struct regvalue value = { .type = KEY_TYPE_SZ };
	assert_int_equal(regforest_value(&forest, &value), STATUS_LIMIT);
	regforest_clear(&forest);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),	    cmocka_unit_test(test_way),
		cmocka_unit_test(test_no_way),	    cmocka_unit_test(test_next_branch),
		cmocka_unit_test(test_value_limit),
	};
	return UNIT_RUN(tests);
}
