/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives made to wear a reader out: very deep, in rings, one cell named very often,
 * lists of full length.  Everything ends soon, says what is wrong, takes no cell
 * twice, and needs memory in proportion to the hive.  All of it on a small stack.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/hostile.h"
#include "help/pair.h"
#include "help/sanitized.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK (512 * 1024)
#define LIST_MAX 65535 /* elements of a list: its count has 16 bits */
#define LEVELS_MAX 512
#define SEGMENT 16344
#define RI 0x6972
#define LI 0x696c

/* ---- memory ---- */

static long peak(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) ? 0 : usage.ru_maxrss;
}

/*
 * Reads the hive once more in a process of its own, where it may take so many times
 * its length, and 1 MiB for what does not depend on it.
 */
static void check_memory(const struct hive *hive, unsigned times)
{
#ifdef SANITIZED
	(void)hive, (void)times, (void)peak;
#else
	int status = 0;
#ifdef __GLIBC__
	(void)malloc_trim(0); /* or what was freed serves for what is measured */
#endif
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct image *image = NULL;
		struct key_tree *tree = NULL;
		struct failure *failure = malloc(sizeof(*failure));
		struct diag_list *diags = diag_list_new();
		long before = peak();
		if (!failure || !diags ||
		    image_open(span_of(hive->bytes, hive->len), diags, &image, failure) !=
			    STATUS_OK ||
		    record_read(image, diags, NULL, &tree) != STATUS_OK)
			_exit(2);
		long used = (peak() - before) * 1024;
		if (used > (long)(times * hive->len) + (1 << 20))
			(void)fprintf(stderr, "# %ld bytes for a hive of %zu\n", used,
				      hive->len);
		_exit(used > (long)(times * hive->len) + (1 << 20));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
#endif
}

/* A list of n elements in a cell of its own; the elements are still 0. */
static uint32_t new_list(struct builder *b, uint16_t signature, unsigned n)
{
	uint32_t list = hives_cell(b, LIST_ITEMS + 4 * (size_t)n + 4);

	builder_poke16(b, hives_data(list), signature);
	builder_poke16(b, hives_data(list) + LIST_COUNT, (uint16_t)n);
	return list;
}

static void put_element(struct builder *b, uint32_t list, unsigned i, uint32_t rel)
{
	builder_poke32(b, hives_data(list) + LIST_ITEMS + 4 * (size_t)i, rel);
}

/* Gives a key that list, of so many subkeys. */
static void set_list(struct builder *b, builder_key key, uint32_t list, uint32_t count)
{
	builder_poke32(b, builder_key_offset(b, key) + NK_LIST, list);
	builder_poke32(b, builder_key_offset(b, key) + NK_SUBKEYS, count);
}

static builder_key numbered(struct builder *b, builder_key parent, unsigned number)
{
	char name[16];

	(void)snprintf(name, sizeof(name), "%05u", number);
	return builder_key_add(b, parent, name, HIVES_TIME);
}

/* ---- deep ---- */

static struct builder *chain(unsigned levels, bool without_lists)
{
	struct builder *b = hives_new(5);
	builder_key *keys = calloc(levels + 1, sizeof(*keys));

	assert_non_null(keys);
	keys[0] = builder_root(b);
	for (unsigned i = 0; i < levels; i++)
		keys[i + 1] = builder_key_add(b, keys[i], "k", HIVES_TIME);
	builder_finish(b);
	for (unsigned i = 0; without_lists && i < levels; i++)
		builder_poke32(b, builder_key_offset(b, keys[i]) + NK_LIST, NIL);
	free(keys);
	return b;
}

static void check_chain(unsigned levels, bool without_lists)
{
	struct hive hive = hives_open(chain(levels, without_lists));
	unsigned read = levels < LEVELS_MAX ? levels : LEVELS_MAX;
	const struct key *key = hive.tree->root;

	assert_int_equal(hive.tree->n_keys, 1 + read);
	while (key->n_children)
		key = key->children;
	assert_int_equal(key->depth, read);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DEPTH_LIMIT),
			 levels > LEVELS_MAX);
	/* Among so many lost lists it is only counted. */
	if (levels > LEVELS_MAX && !without_lists)
		assert_true(hives_say(&hive, DIAG_DEPTH_LIMIT, key->record_off));
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED),
			 without_lists ? read : 0);
	hostile_check_disjoint(&hive);
	hives_close(&hive);
}

/* 60,000 levels: 0.03 s. */
static void test_deep_chains(void **state)
{
	static const unsigned levels[] = { LEVELS_MAX, LEVELS_MAX + 1, 60000 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		check_chain(levels[i], false);
		check_chain(levels[i], true);
	}
}

/* The stages behind the reader, and hivex, meet such a tree as well. */
static void test_deep_chain_as_snapshot(void **state)
{
	struct builder *b = chain(60000, false);
	struct snapshot *snapshot = pair_read(b);

	(void)state;
	assert_int_equal(snapshot->keys->n_keys, 1 + LEVELS_MAX);
	assert_false(snapshot_is_complete(snapshot));
	assert_int_equal(snapshot->n_profiles, 0);
	snapshot_free(snapshot);
	builder_free(b);
}

/* ---- lists ---- */

/* Each ri names the next, the last one the first and p's leaf. */
static void test_lists_in_a_ring(void **state)
{
	struct builder *b = hives_new(3);
	builder_key p = builder_key_add(b, builder_root(b), "p", HIVES_TIME);
	uint32_t ring[3];

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		numbered(b, p, i);
	for (unsigned i = 0; i < 3; i++)
		ring[i] = new_list(b, RI, 2);
	builder_finish(b);
	for (unsigned i = 0; i < 3; i++)
		put_element(b, ring[i], 0, ring[(i + 1) % 3]);
	for (unsigned i = 0; i < 3; i++)
		put_element(b, ring[i], 1, hives_cell_at(builder_key_list_offset(b, p)));
	set_list(b, p, ring[0], 100);
	struct hive hive = hives_open(b);
	assert_int_equal(hives_key(&hive, "p")->n_children, 100);
	assert_true(hives_say(&hive, DIAG_KEY_REPEATED, hives_data(ring[0])));
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_REPEATED), 3);
	hostile_check_disjoint(&hive);
	hives_close(&hive);
}

/* 5,000 keys name the list of one: it has it, they have none.  0.02 s. */
static void test_list_of_very_many_keys(void **state)
{
	enum { MANY = 5000, CHILDREN = 300 };
	struct builder *b = hives_new(3);
	builder_key owner = builder_key_add(b, builder_root(b), "owner", HIVES_TIME);
	builder_key keys[MANY];

	(void)state;
	for (unsigned i = 0; i < CHILDREN; i++)
		numbered(b, owner, i);
	for (unsigned i = 0; i < MANY; i++)
		keys[i] = numbered(b, builder_root(b), i);
	builder_finish(b);
	uint32_t list = hives_cell_at(builder_key_list_offset(b, owner));
	for (unsigned i = 0; i < MANY; i++)
		set_list(b, keys[i], list, CHILDREN);
	struct hive hive = hives_open(b);
	assert_int_equal(hives_key(&hive, "owner")->n_children, CHILDREN);
	assert_int_equal(hive.tree->n_keys, 2 + MANY + CHILDREN);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_REPEATED), MANY);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 4);
	hives_close(&hive);
}

/* All elements of a list being the same: it is taken once, the rest is told. */
static void check_one_element(uint16_t signature)
{
	struct builder *b = hives_new(3);
	builder_key p = builder_key_add(b, builder_root(b), "p", HIVES_TIME);
	builder_key only = builder_key_add(b, p, "only", HIVES_TIME);
	uint32_t list = new_list(b, signature, LIST_MAX);

	builder_finish(b);
	uint32_t leaf = hives_cell_at(builder_key_list_offset(b, p));
	for (unsigned i = 0; i < LIST_MAX; i++)
		put_element(b, list, i, signature == RI ? leaf : only);
	set_list(b, p, list, LIST_MAX);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.tree->n_keys, 3);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_REPEATED), LIST_MAX - 1);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 16);
	hives_close(&hive);
}

/* 65,535 elements: 0.03 s. */
static void test_list_of_one_element_very_often(void **state)
{
	(void)state;
	check_one_element(RI);
	check_one_element(LI);
}

/* A sound list of as many subkeys as its count can tell. */
static void test_list_of_full_length(void **state)
{
	struct builder *b = hives_new(3);
	builder_key p = builder_key_add(b, builder_root(b), "p", HIVES_TIME);
	builder_key *keys = calloc(LIST_MAX, sizeof(*keys));

	(void)state;
	assert_non_null(keys);
	for (unsigned i = 0; i < LIST_MAX; i++)
		keys[i] = numbered(b, p, i);
	uint32_t list = new_list(b, LI, LIST_MAX);
	builder_finish(b);
	for (unsigned i = 0; i < LIST_MAX; i++)
		put_element(b, list, i, keys[i]);
	set_list(b, p, list, LIST_MAX);
	free(keys);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_key(&hive, "p")->n_children, LIST_MAX);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 2);
	hives_close(&hive);
}

/* A hive of lists only, none of which names a key.  1,000,000 elements: 0.07 s. */
static void test_lists_of_nothing(void **state)
{
	enum { LISTS = 16 };
	struct builder *b = hives_new(3);
	uint32_t lists[LISTS];

	(void)state;
	for (unsigned i = 0; i < LISTS; i++)
		lists[i] = new_list(b, LI, LIST_MAX);
	for (unsigned i = 0; i < LISTS; i++)
		numbered(b, builder_root(b), i);
	builder_finish(b);
	for (unsigned i = 0; i < LISTS; i++) {
		char name[16];
		(void)snprintf(name, sizeof(name), "%05u", i);
		set_list(b, builder_key_find(b, builder_root(b), name), lists[i],
			 0xffffffff);
	}
	struct hive hive = hives_open(b);
	assert_int_equal(hive.tree->n_keys, 1 + LISTS);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_DAMAGED), LISTS * LIST_MAX);
	assert_true(diag_count(hive.diags) <= DIAG_MAX + 50);
	check_memory(&hive, 4);
	hives_close(&hive);
}

/* ---- values ---- */

/*
 * 100 keys of 1,000 values, whose data all stand in the cell of the first.  Read in
 * 0.05 s; it takes the recipe longer.
 */
static void test_data_cell_of_very_many_values(void **state)
{
	enum { KEYS = 100, EACH = 1000 };
	struct builder *b = hives_new(3);
	uint64_t sum = 0;
	uint32_t data = 0;
	char name[16];

	(void)state;
	for (unsigned i = 0; i < KEYS; i++) {
		builder_key key = numbered(b, builder_root(b), i);
		for (unsigned k = 0; k < EACH; k++) {
			(void)snprintf(name, sizeof(name), "%u", k);
			builder_value_set(b, key, name, BUILDER_BINARY, "8 bytes", 8);
			size_t record = builder_value_offset(b, key, name);
			data = data ? data : hives_get(b, record + VK_DATA, 4);
			builder_poke32(b, record + VK_DATA, data);
		}
	}
	struct hive hive = (builder_finish(b), hives_open(b));
	assert_int_equal(hive.tree->n_values, KEYS * EACH);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DATA_LOST), KEYS * EACH - 1);
	for (const struct key *key = hive.tree->root; key;
	     key = key_next(hive.tree->root, key))
		for (uint32_t i = 0; i < key->n_values; i++)
			sum += key->values[i].data_len;
	assert_int_equal(sum, 8);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 2);
	hives_close(&hive);
}

/* The list of one key, or a list of its own of the same values, for all others. */
static void check_shared_values(bool own_lists)
{
	enum { KEYS = 200, EACH = 1000 };
	struct builder *b = hives_new(3);
	builder_key keys[KEYS];
	char name[16];

	for (unsigned i = 0; i < KEYS; i++)
		keys[i] = numbered(b, builder_root(b), i);
	for (unsigned k = 0; k < EACH; k++) {
		(void)snprintf(name, sizeof(name), "%u", k);
		builder_value_dword(b, keys[0], name, k);
	}
	uint32_t first = hives_cell_at(builder_key_values_offset(b, keys[0]));
	for (unsigned i = 1; i < KEYS; i++) {
		uint32_t list = own_lists ? hives_cell(b, 4 * EACH) : first;
		for (size_t k = 0; own_lists && k < EACH; k++)
			builder_poke32(b, hives_data(list) + 4 * k,
				       hives_get(b, hives_data(first) + 4 * k, 4));
		builder_poke32(b, builder_key_offset(b, keys[i]) + NK_VALUE_LIST, list);
		builder_poke32(b, builder_key_offset(b, keys[i]) + NK_VALUES, EACH);
	}
	struct hive hive = (builder_finish(b), hives_open(b));
	assert_int_equal(hive.tree->n_values, EACH);
	assert_int_equal(hives_key(&hive, "00000")->n_values, EACH);
	assert_int_equal(diag_count_of(hive.diags, DIAG_VALUE_LIST),
			 own_lists ? 0 : KEYS - 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_VALUE_DAMAGED),
			 own_lists ? (KEYS - 1) * EACH : 0);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 4);
	hives_close(&hive);
}

static void test_values_of_very_many_keys(void **state)
{
	(void)state;
	check_shared_values(false);
	check_shared_values(true);
}

/* 65 MB of data told, all of it in one segment; a second value has the same list. */
static void test_segments_that_are_one_cell(void **state)
{
	enum { SEGMENTS = 4000 };
	struct builder *b = hives_new(5);
	builder_key root = builder_root(b);
	uint8_t *data = calloc(2, SEGMENT);
	uint32_t list = hives_cell(b, 4 * SEGMENTS);

	(void)state;
	assert_non_null(data);
	builder_value_set(b, root, "a", BUILDER_BINARY, data, 2 * (size_t)SEGMENT);
	builder_value_set(b, root, "b", BUILDER_BINARY, data, 2 * (size_t)SEGMENT);
	free(data);
	for (unsigned i = 0; i < 2; i++) {
		size_t value = builder_value_offset(b, root, i ? "b" : "a");
		size_t db = hives_data(hives_get(b, value + VK_DATA, 4));
		uint32_t segment = hives_get(b, hives_data(hives_get(b, db + 4, 4)), 4);
		for (size_t k = 0; i == 0 && k < SEGMENTS; k++)
			builder_poke32(b, hives_data(list) + 4 * k, segment);
		builder_poke32(b, value + VK_SIZE, SEGMENTS * SEGMENT);
		builder_poke16(b, db + 2, SEGMENTS);
		builder_poke32(b, db + 4, list);
	}
	struct hive hive = (builder_finish(b), hives_open(b));
	assert_int_equal(hives_value(&hive, "", "a")->data_len, SEGMENT);
	assert_int_equal(hives_value(&hive, "", "b")->data_len, 0);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DATA_SHORT), 2);
	hostile_check_disjoint(&hive);
	check_memory(&hive, 2);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deep_chains),
		cmocka_unit_test(test_deep_chain_as_snapshot),
		cmocka_unit_test(test_lists_in_a_ring),
		cmocka_unit_test(test_list_of_very_many_keys),
		cmocka_unit_test(test_list_of_one_element_very_often),
		cmocka_unit_test(test_list_of_full_length),
		cmocka_unit_test(test_lists_of_nothing),
		cmocka_unit_test(test_data_cell_of_very_many_values),
		cmocka_unit_test(test_values_of_very_many_keys),
		cmocka_unit_test(test_segments_that_are_one_cell),
	};
	struct rlimit limit;

	/* Against a hang: all of it takes a few seconds. */
	(void)alarm(300);
	if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_max < STACK)
		return 99;
	limit.rlim_cur = STACK;
	if (setrlimit(RLIMIT_STACK, &limit))
		return 99;
	return UNIT_RUN(tests);
}
