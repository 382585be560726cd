/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole hives that have lost their root, lists of subkeys or a page: the profiles are
 * found all the same, or are missing as damage lets them, never as deleted; and very
 * many lost keys and lists take their time and no more.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE 4096u

/* ---- profiles ---- */

/* Spoils a key's record or its list, or the base block, of a hive with profiles. */
typedef void spoiler(struct builder *b, builder_key key, size_t record, size_t list);

static void spoil_offset(struct builder *b, size_t record, uint32_t rel)
{
	builder_poke32(b, record, rel);
	builder_checksum(b);
}

static void zeros(struct builder *b, size_t from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		builder_poke8(b, from + i, 0);
}

#define SPOILER(name, action)                                                            \
	static void name(struct builder *b, builder_key key, size_t record, size_t list) \
	{                                                                                \
		(void)key, (void)record, (void)list;                                     \
		action;                                                                  \
	}
SPOILER(root_zeroed, zeros(b, record, NK_NAME + 4))
SPOILER(root_signature, builder_poke16(b, record, 0x6b6f))
SPOILER(root_free, builder_poke32(b, record - 4, 0 - hives_get(b, record - 4, 4)))
SPOILER(root_nil, spoil_offset(b, BASE_ROOT, NIL))
SPOILER(root_at_0, spoil_offset(b, BASE_ROOT, 0))
SPOILER(root_past_end, spoil_offset(b, BASE_ROOT, hives_get(b, BASE_DATA_SIZE, 4) + 32))
SPOILER(root_far, spoil_offset(b, BASE_ROOT, 0xfffffff8))
SPOILER(root_inside, spoil_offset(b, BASE_ROOT, key + 8))
SPOILER(root_crooked, spoil_offset(b, BASE_ROOT, key + 1))
SPOILER(root_is_a_list, spoil_offset(b, BASE_ROOT, hives_cell_at(list)))
SPOILER(list_zeroed, zeros(b, list, 8))
SPOILER(list_signature, builder_poke16(b, list, 0x686d))
SPOILER(list_free, builder_poke32(b, list - 4, 0 - hives_get(b, list - 4, 4)))
SPOILER(list_empty, builder_poke16(b, list + LIST_COUNT, 0))
SPOILER(list_nil, builder_poke32(b, record + NK_LIST, NIL))
SPOILER(list_past_end, builder_poke32(b, record + NK_LIST, 0x7ffffff8))
SPOILER(list_inside, builder_poke32(b, record + NK_LIST, hives_cell_at(list) + 8))
SPOILER(list_is_a_key, builder_poke32(b, record + NK_LIST, key))

/* Whatever was spoilt: all profiles are there with all that they held, and it is told. */
static void check_profiles(struct pair *pair, spoiler *spoil, const char *path)
{
	struct builder_options options = pair_options();
	builder_key key;

	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add_2000(pair->before, PAIR_PROFILES, "Service", 2);
	pair_add(pair->before, PAIR_DELETED, "Old", 3);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	pair_fork(pair);
	builder_finish(pair->after);
	key = builder_key_find(pair->after, builder_root(pair->after), path);
	assert_int_not_equal(key, BUILDER_NO_KEY);
	spoil(pair->after, key, builder_key_offset(pair->after, key),
	      builder_key_list_offset(pair->after, key));
	pair->spoilt_after = true;
	pair_compare(pair);
	assert_true(snapshot_is_complete(pair->old));
	assert_int_equal(pair->new->n_profiles, 3);
	assert_int_equal(pair->found->n_findings, 0);
	assert_false(snapshot_is_complete(pair->new));
	assert_true(pair_profile(pair->new, "Outlook")->is_default);
}

static void test_profiles_without_root(void **state)
{
	static spoiler *const all[] = { root_zeroed,   root_signature, root_free,
					root_nil,      root_at_0,      root_past_end,
					root_far,      root_inside,    root_crooked,
					root_is_a_list };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		check_profiles(*state, all[i], "");
}

static void test_profiles_without_lists(void **state)
{
	static spoiler *const all[] = { list_zeroed, list_signature, list_free,
					list_empty,  list_nil,	     list_past_end,
					list_inside, list_is_a_key };
	static const char *const paths[] = { "", "Software\\Microsoft", PAIR_PROFILES,
					     PAIR_PROFILES "\\Outlook" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (size_t k = 0; k < sizeof(paths) / sizeof(paths[0]); k++)
			check_profiles(*state, all[i], paths[k]);
}

/* A profile that a page of zeros hides is missing, not deleted. */
static void check_claims(const struct snapshot *intact, const struct snapshot *damaged)
{
	struct comparison *found = NULL;

	assert_int_equal(compare_snapshots(intact, damaged, NULL, 0, NULL, 0, &found),
			 STATUS_OK);
	for (size_t i = 0; i < found->n_findings; i++) {
		const struct finding *finding = &found->findings[i];
		if (finding->kind == FINDING_DELETED ||
		    finding->kind == FINDING_STORE_REMOVED)
			assert_int_equal(finding->certainty, FINDING_UNRESOLVED);
		assert_int_not_equal(finding->certainty, FINDING_CERTAIN);
		assert_int_not_equal(finding->kind, FINDING_ADDED);
		assert_int_not_equal(finding->kind, FINDING_MOVED);
	}
	/* A list in place tells of all its profiles, or of some that are missing. */
	assert_true(damaged->n_profiles == intact->n_profiles || found->n_findings > 0);
	comparison_free(found);
}

static void test_profiles_behind_a_page_of_zeros(void **state)
{
	struct pair *pair = *state;
	size_t len, missing = 0;
	char name[16];

	for (unsigned i = 0; i < 12; i++) {
		(void)snprintf(name, sizeof(name), "Profile %u", i);
		pair_add(pair->before, PAIR_PROFILES, name, i);
	}
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	(void)builder_bytes(pair->before, &len);
	assert_true(len / PAGE >= 8);
	for (size_t page = 1; page < len / PAGE; page++) {
		struct builder *wiped = builder_clone(pair->before);
		zeros(wiped, page * PAGE, PAGE);
		struct snapshot *damaged = pair_read(wiped);
		assert_false(snapshot_is_complete(damaged));
		assert_true(snapshot_is_damaged(damaged));
		check_claims(pair->old, damaged);
		missing += pair->old->n_profiles - damaged->n_profiles;
		snapshot_free(damaged);
		builder_free(wiped);
	}
	assert_true(missing > 0);
}

/* ---- a page of zeros ---- */

/* Every key in a page of its own choice; no bin is larger than a page. */
static struct builder *small_pages(unsigned minor)
{
	struct builder *b = hives_new(minor);
	char name[32];

	for (unsigned i = 0; i < 30; i++)
		for (unsigned k = 0; k < 5; k++) {
			(void)snprintf(name, sizeof(name), "k%u\\s%u\\t%u", i, k, i % 3);
			builder_key key = builder_path(b, name, HIVES_TIME + i);
			builder_value_string(b, key, "text", name);
			builder_value_string(b, key, name, "something longer than that");
		}
	builder_finish(b);
	for (size_t at = FIRST_BIN; at < FIRST_BIN + hives_get(b, BASE_DATA_SIZE, 4);
	     at += PAGE)
		assert_int_equal(hives_get(b, at + 8, 4), PAGE);
	return b;
}

/* True if nothing on the way down to the key stands in the page; the root may. */
static bool survives(const struct key *key, size_t page)
{
	for (; key->parent; key = key->parent)
		if (key->record_off / PAGE == page)
			return false;
	return true;
}

static void check_wiped_values(const struct hive *intact, const struct key *key,
			       const struct key *left, size_t page)
{
	uint32_t list = 0;

	assert_true(
		span_le32(intact->image->bytes, key->record_off + NK_VALUE_LIST, &list));
	bool lost = (list + FIRST_BIN) / PAGE == page || key->record_off / PAGE == page;
	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct value *was = &key->values[i];
		const struct value *is = key_value(left, value_name(was));
		bool wiped = lost || was->record_off / PAGE == page;
		size_t data = image_file_offset(intact->image, was->data);
		assert_int_equal(is != NULL, !wiped);
		if (!is)
			continue;
		assert_int_equal(is->record_off, was->record_off);
		assert_int_equal(is->data_len, data / PAGE == page ? 0 : was->data_len);
		if (is->data_len)
			assert_memory_equal(is->data, was->data, was->data_len);
	}
}

/* What is outside the page is there, at its own path; nothing else is. */
static void check_wiped_page(const struct hive *intact, size_t page)
{
	uint8_t *bytes = malloc(intact->len);
	uint64_t n = 0;

	assert_non_null(bytes);
	memcpy(bytes, intact->bytes, intact->len);
	memset(bytes + page * PAGE, 0, PAGE);
	struct hive hive = hives_open_bytes(bytes, intact->len);
	assert_int_equal(hive.read, STATUS_OK);
	assert_true(hives_say(&hive, DIAG_BIN_DAMAGED, page * PAGE));
	for (const struct key *key = intact->tree->root; key;
	     key = key_next(intact->tree->root, key)) {
		struct text path;
		bool whole = false;
		if (!survives(key, page))
			continue;
		assert_true(key_path(key, NULL, "", NULL, &path));
		const struct key *left = key_nearest(hive.tree->root, path, &whole);
		assert_true(whole);
		check_wiped_values(intact, key, left, page);
		text_free(path);
		n++;
	}
	assert_int_equal(hive.tree->n_keys, n);
	hives_close(&hive);
}

static void test_a_page_of_zeros(void **state)
{
	(void)state;
	for (unsigned minor = 2; minor <= 5; minor++) {
		struct hive intact = hives_open(small_pages(minor));
		assert_true(hives_are_silent(&intact));
		assert_true(intact.len / PAGE >= 10);
		for (size_t page = 1; page < intact.len / PAGE; page++)
			check_wiped_page(&intact, page);
		hives_close(&intact);
	}
}

/* ---- many ---- */

/* 100,000 keys and one lost list: 0.3 s. */
static void test_many_keys_of_one_lost_list(void **state)
{
	enum { MANY = 100000 };
	struct builder *b = hives_new(5);
	builder_key p = builder_key_add(b, builder_root(b), "p", HIVES_TIME);
	char name[16];

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "%u", i * 7 % MANY);
		builder_key_add(b, p, name, HIVES_TIME);
	}
	builder_finish(b);
	builder_poke32(b, builder_key_offset(b, p) + NK_LIST, NIL);
	(void)alarm(60);
	struct hive hive = hives_open(b);
	assert_int_equal(hives_key(&hive, "p")->n_children, MANY);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), MANY);
	assert_true(diag_count(hive.diags) <= DIAG_MAX + 50);
	assert_non_null(hives_key(&hive, "p\\99999"));
	hives_close(&hive);
	(void)alarm(0);
}

/* 10,000 lists lost, each of two keys: 0.05 s. */
static void test_many_lost_lists(void **state)
{
	enum { MANY = 10000 };
	struct builder *b = hives_new(5);
	char name[16];

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "%u", i);
		builder_key key = builder_key_add(b, builder_root(b), name, HIVES_TIME);
		builder_key_add(b, key, "one", HIVES_TIME);
		builder_key_add(b, key, "two", HIVES_TIME);
	}
	builder_finish(b);
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "%u", i);
		builder_poke16(b,
			       builder_key_list_offset(
				       b, builder_key_find(b, builder_root(b), name)),
			       0);
	}
	(void)alarm(60);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.tree->n_keys, 1 + 3 * MANY);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 2 * MANY);
	assert_non_null(hives_key(&hive, "9999\\two"));
	hives_close(&hive);
	(void)alarm(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_profiles_without_root, pair_set_up,
						pair_tear_down),
		cmocka_unit_test_setup_teardown(test_profiles_without_lists, pair_set_up,
						pair_tear_down),
		cmocka_unit_test_setup_teardown(test_profiles_behind_a_page_of_zeros,
						pair_set_up, pair_tear_down),
		cmocka_unit_test(test_a_page_of_zeros),
		cmocka_unit_test(test_many_keys_of_one_lost_list),
		cmocka_unit_test(test_many_lost_lists),
	};

	return UNIT_RUN(tests);
}
