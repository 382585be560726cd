/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All minor versions of the format, 0 to 6: one recipe gives the same keys, times,
 * values and profiles whatever the version; what a version alone knows is read in that
 * version alone; and a version that nobody knows is told.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSIONS 7     /* minor 0 to 6 */
#define N_SUBKEYS 1100 /* three leaves and an index root, where a version has these */
#define MINOR_TITLES 2 /* below: title indexes where later versions have flags */
#define VK_TITLE VK_FLAGS
#define NK_TITLE 12

static const uint16_t lone_surrogate[] = { 'a', 0xd83d, 'b' };
#define LONE_SURROGATE                                                                   \
	"a\xef\xbf\xbd"                                                                  \
	"b"

/* Names of one byte per character, of two, of a surrogate pair; paths from the root. */
static const struct {
	const char *path, *name;
} keys[] = {
	{ "Plain", "Plain" },
	{ "Plain\\Größe", "Größe" },
	{ "Plain\\Größe\\Привет", "Привет" },
	{ "Plain\\名前", "名前" },
	{ "Plain\\😀", "😀" },
	{ "ÿ", "ÿ" },
};
#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

/* In the record itself, at the limits of the two ways to keep data apart, and large. */
static const struct {
	const char *name;
	uint32_t type, len;
} values[] = {
	{ "", BUILDER_SZ, 12 },
	{ "none", BUILDER_NONE, 0 },
	{ "one", BUILDER_BINARY, 1 },
	{ "four", BUILDER_DWORD, 4 },
	{ "five", BUILDER_BINARY, 5 },
	{ "été", BUILDER_MULTI_SZ, 8 },
	{ "имя", BUILDER_EXPAND_SZ, 100 },
	{ "last", 0xffff0012, 16344 },
	{ "big", BUILDER_BINARY, 16345 },
	{ "😀", BUILDER_QWORD, 70000 },
};
#define N_VALUES (sizeof(values) / sizeof(values[0]))

static uint64_t time_of(size_t i)
{
	return HIVES_TIME + 10000001 * (uint64_t)i;
}

static uint8_t byte_of(size_t value, size_t at)
{
	return (uint8_t)(value * 31 + at * 7 + at / 251);
}

static void add_values(struct builder *b, builder_key key)
{
	for (size_t i = 0; i < N_VALUES; i++) {
		uint8_t *data = malloc(values[i].len + 1);
		assert_non_null(data);
		for (size_t at = 0; at < values[i].len; at++)
			data[at] = byte_of(i, at);
		builder_value_set(b, key, values[i].name, values[i].type, data,
				  values[i].len);
		free(data);
	}
}

static struct builder *recipe(unsigned minor)
{
	struct builder *b = hives_new(minor);
	builder_key many;
	char name[16];

	for (size_t i = 0; i < N_KEYS; i++)
		add_values(b, builder_path(b, keys[i].path, HIVES_TIME));
	builder_key_class(b, builder_key_find(b, builder_root(b), "Plain"), "Класс");
	builder_key_add_units(b, builder_root(b), lone_surrogate, 3, HIVES_TIME);
	many = builder_path(b, "Many", HIVES_TIME);
	for (size_t i = 0; i < N_SUBKEYS; i++) {
		/* 7 and N_SUBKEYS have no common factor: not in the order of names. */
		(void)snprintf(name, sizeof(name), "key %zu", i * 7 % N_SUBKEYS);
		builder_key_add(b, many, name, time_of(i * 7 % N_SUBKEYS));
	}
	/* Freed cells and a list that shrinks belong to every hive. */
	builder_key_delete(b, builder_key_find(b, many, "key 5"), HIVES_TIME);
	for (size_t i = 0; i < N_KEYS; i++)
		builder_key_touch(b, builder_key_find(b, builder_root(b), keys[i].path),
				  time_of(i));
	builder_finish(b);
	return b;
}

/* ---- what the recipe holds ---- */

static void check_utf8(struct text name, const char *expected)
{
	char *utf8 = text_to_utf8(name, NULL);

	assert_non_null(utf8);
	assert_string_equal(utf8, expected);
	free(utf8);
}

/* A name of the recipe as readers compare them. */
static struct text wide(const char *utf8, uint8_t *room)
{
	return (struct text){ .bytes = span_of(room, builder_utf16(utf8, room)),
			      .encoding = TEXT_UTF16LE };
}

static const struct key *find_key(const struct hive *hive, const char *path)
{
	uint8_t room[256];
	bool whole = false;
	const struct key *key = key_nearest(hive->tree->root, wide(path, room), &whole);

	if (!whole)
		fail_msg("no key %s", path);
	return key;
}

static void check_values(const struct key *key)
{
	uint8_t room[64];

	assert_int_equal(key->n_values, N_VALUES);
	for (size_t i = 0; i < N_VALUES; i++) {
		const struct value *value = key_value(key, wide(values[i].name, room));
		assert_non_null(value);
		check_utf8(value_name(value), values[i].name);
		assert_int_equal(value->type, values[i].type);
		assert_int_equal(value->position, i);
		assert_int_equal(value->declared_len, values[i].len);
		assert_int_equal(value->data_len, values[i].len);
		for (size_t at = 0; at < values[i].len; at++)
			if (value->data[at] != byte_of(i, at))
				fail_msg("%s: byte %zu of its data", values[i].name, at);
	}
}

static void check_recipe(const struct hive *hive)
{
	char name[16];

	assert_int_equal(hive->read, STATUS_OK);
	assert_int_equal(hive->tree->n_keys, 1 + N_KEYS + 1 + 1 + N_SUBKEYS - 1);
	assert_int_equal(hive->tree->n_values, N_KEYS * N_VALUES);
	check_utf8(key_name(hive->tree->root), "ROOT");
	for (size_t i = 0; i < N_KEYS; i++) {
		const struct key *key = find_key(hive, keys[i].path);
		check_utf8(key_name(key), keys[i].name);
		assert_int_equal(key->mtime_ft, time_of(i));
		check_values(key);
	}
	check_utf8(key_name(find_key(hive, "Plain")->parent->children), LONE_SURROGATE);
	const struct key *many = hives_key(hive, "Many");
	assert_int_equal(many->n_children, N_SUBKEYS - 1);
	for (size_t i = 0; i < N_SUBKEYS; i++) {
		(void)snprintf(name, sizeof(name), "key %zu", i);
		const struct key *key = key_child(many, text_of(name));
		assert_int_equal(key != NULL, i != 5);
		if (key)
			assert_int_equal(key->mtime_ft, time_of(i));
	}
}

static void test_every_version_reads_the_same(void **state)
{
	(void)state;
	for (unsigned minor = 0; minor < VERSIONS; minor++) {
		struct hive hive = hives_open(recipe(minor));
		assert_true(hives_are_silent(&hive));
		assert_int_equal(hive.image->state, IMAGE_CLEAN);
		assert_int_equal(hive.image->cell_header, minor < 2 ? 8 : 4);
		check_recipe(&hive);
		hives_close(&hive);
	}
}

/* What the recipes are like inside, or else all versions would be one. */
static void test_recipes_are_of_their_version(void **state)
{
	static const char *const leaves[VERSIONS] = { "li", "li", "li", "lf",
						      "lf", "lh", "lh" };

	(void)state;
	for (unsigned minor = 0; minor < VERSIONS; minor++) {
		struct builder *b = recipe(minor);
		builder_key root = builder_root(b);
		builder_key many = builder_key_find(b, root, "Many");
		size_t len, value;
		const uint8_t *bytes = builder_bytes(b, &len);
		bool old = minor < 2;
		assert_memory_equal(bytes + builder_key_list_offset(b, root),
				    leaves[minor], 2);
		assert_memory_equal(bytes + builder_key_list_offset(b, many),
				    old ? "li" : "ri", 2);
		assert_int_equal(bytes[builder_key_offset(b, many) + NK_NAME_LEN],
				 old ? 8 : 4);
		assert_int_equal(bytes[builder_key_offset(b, many) + NK_FLAGS],
				 old ? 0 : 0x20);
		assert_int_equal(many % (old ? 16 : 8), 0);
		value = builder_value_offset(b, builder_key_find(b, root, "Plain"),
					     "big");
		value = hives_get(b, value + VK_DATA, 4) + FIRST_BIN + (old ? 8 : 4);
		assert_int_equal(memcmp(bytes + value, "db", 2) == 0, minor >= 4);
		builder_free(b);
	}
}

/* The first cell of a bin follows none; each other tells where the last one begins. */
static void test_cells_of_old_versions_are_chained(void **state)
{
	struct builder *b = recipe(1);
	size_t end = FIRST_BIN + hives_get(b, BASE_DATA_SIZE, 4), bin = 0;
	uint32_t before = NIL, n = 0;

	(void)state;
	for (size_t at = FIRST_BIN; at < end; n++) {
		if (at % 4096 == 0 && hives_get(b, at, 4) == 0x6e696268) {
			bin = at;
			before = NIL;
			at += 32;
		}
		uint32_t size = hives_get(b, at, 4);
		assert_int_equal(hives_get(b, at + 4, 4), before);
		before = (uint32_t)(at - bin);
		size = size >> 31 ? 0 - size : size;
		assert_true(size >= 16 && size % 16 == 0);
		at += size;
	}
	assert_true(n > 2 * N_SUBKEYS / 2);
	builder_free(b);
}

/*
 * A title index may be any number: no bit of it is a flag of later versions, neither
 * for one-byte names nor for tombstones; nor has the flag of keys with such names a
 * meaning yet.
 */
static void test_old_versions_have_no_flags(void **state)
{
	(void)state;
	for (unsigned minor = 0; minor < MINOR_TITLES; minor++) {
		struct builder *b = recipe(minor);
		builder_key found[N_KEYS];
		for (size_t i = 0; i < N_KEYS; i++)
			found[i] = builder_key_find(b, builder_root(b), keys[i].path);
		for (size_t i = 0; i < N_KEYS; i++) {
			size_t record = builder_key_offset(b, found[i]);
			builder_poke16(b, record + NK_FLAGS, 0x20);
			builder_poke32(b, record + NK_TITLE, 0x0101);
			for (size_t k = 0; k < N_VALUES; k++) {
				record =
					builder_value_offset(b, found[i], values[k].name);
				builder_poke32(b, record + VK_TITLE, 0x00010003);
			}
		}
		struct hive hive = hives_open(b);
		assert_true(hives_are_silent(&hive));
		check_recipe(&hive);
		hives_close(&hive);
	}
}

/* ---- versions that nobody knows ---- */

static void test_unknown_versions_are_told(void **state)
{
	static const uint32_t unknown[] = { 7, 9, 0x100, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		struct builder *b = recipe(6);
		builder_poke32(b, BASE_MINOR, unknown[i]);
		builder_checksum(b);
		struct hive hive = hives_open(b);
		assert_true(hives_say_only(&hive, DIAG_BASE_FIELD, BASE_MINOR));
		check_recipe(&hive);
		hives_close(&hive);
	}
}

/* With a wrong checksum the field may be what is wrong: the cells tell the version. */
static void test_unknown_version_with_a_wrong_checksum(void **state)
{
	struct builder *b = recipe(6);

	(void)state;
	builder_poke32(b, BASE_MINOR, 9);
	struct hive hive = hives_open(b);
	assert_int_equal(diag_count(hive.diags), 2);
	assert_true(hives_say(&hive, DIAG_BASE_CHECKSUM, BASE_CHECKSUM));
	assert_true(hives_say(&hive, DIAG_BASE_VERSION, BASE_MINOR));
	assert_int_equal(diag_count_of(hive.diags, DIAG_BASE_FIELD), 0);
	/* It has lists of 1.5 to 1.6, and the least of these that fits is told. */
	assert_int_equal(hive.image->base.minor, 5);
	check_recipe(&hive);
	hives_close(&hive);
}

/* ---- layered hives ---- */

static void test_tombstones_are_passed_over(void **state)
{
	struct builder *b = recipe(6);
	builder_key plain = builder_key_find(b, builder_root(b), "Plain");
	builder_key gone = builder_key_add(b, plain, "gone", HIVES_TIME);
	size_t key, value;

	(void)state;
	builder_value_dword(b, gone, "unseen", 1);
	builder_key_tombstone(b, gone);
	builder_value_tombstone(b, plain, "gone too");
	builder_key_touch(b, plain, time_of(0));
	builder_finish(b);
	key = builder_key_offset(b, gone);
	value = builder_value_offset(b, plain, "gone too");
	struct hive hive = hives_open(b);
	assert_int_equal(diag_count(hive.diags), 2);
	assert_true(hives_say(&hive, DIAG_KEY_TOMBSTONE, key));
	assert_true(hives_say(&hive, DIAG_VALUE_TOMBSTONE, value));
	check_recipe(&hive);
	hives_close(&hive);
}

/*
 * Before 1.6 the same bit is none of the format's: a value with its data in place is
 * not hidden by it.
 */
static void test_no_tombstones_before_6(void **state)
{
	(void)state;
	for (unsigned minor = 2; minor < 6; minor++) {
		struct builder *b = recipe(minor);
		builder_key plain = builder_key_find(b, builder_root(b), "Plain");
		builder_poke8(b, builder_key_offset(b, plain) + NK_LAYERED, 1);
		builder_poke8(b, builder_value_offset(b, plain, "five") + VK_FLAGS, 3);
		struct hive hive = hives_open(b);
		assert_int_equal(diag_count_from(hive.diags, DIAG_ERROR), 0);
		check_recipe(&hive);
		hives_close(&hive);
	}
}

/* ---- profiles ---- */

static bool knows_hivex(unsigned minor)
{
	return minor >= 2;
}

static void check_readers(const struct snapshot *snapshot, unsigned minor)
{
	assert_true(snapshot_is_complete(snapshot));
	if (knows_hivex(minor)) {
		assert_int_equal(snapshot->readers, SNAPSHOT_AGREE);
		assert_int_equal(diag_count(snapshot->diags), 0);
		return;
	}
	/* hivex knows other cells: it is not to contradict, only to be left out. */
	assert_int_equal(snapshot->readers, SNAPSHOT_OWN);
	assert_int_equal(diag_count(snapshot->diags), 1);
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_READER_REFUSED), 1);
}

static void test_profiles_of_every_version(void **state)
{
	struct pair *pair = *state;

	for (unsigned minor = 0; minor < VERSIONS; minor++) {
		struct builder_options options = pair_options();
		options.minor = minor;
		pair_restart(pair, &options);
		pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
		pair_add_2000(pair->before, PAIR_PROFILES, "Почта", 2);
		pair_add(pair->before, PAIR_PROFILES, "Kept", 3);
		pair_fork(pair);
		builder_key_delete(pair->after,
				   pair_key(pair->after, PAIR_PROFILES "\\Outlook"),
				   pair_changed());
		builder_value_dword(pair->after,
				    pair_key(pair->after, PAIR_PROFILES "\\Kept"),
				    "Größe имя", minor);
		pair_compare(pair);
		assert_int_equal(pair->old->n_profiles, 3);
		assert_int_equal(pair->new->n_profiles, 2);
		check_readers(pair->old, minor);
		check_readers(pair->new, minor);
		assert_int_equal(pair->found->n_findings, 2);
		pair_assert_names(pair_one(pair, FINDING_DELETED), "Outlook", NULL);
		pair_assert_names(pair_one(pair, FINDING_MODIFIED), "Kept", "Kept");
		assert_int_equal(pair_differences(pair_one(pair, FINDING_MODIFIED),
						  DIFFERENCE_VALUE_ADDED),
				 1);
	}
}

/* A profile that a layered hive marks as deleted is none of this hive's. */
static void test_profile_that_is_a_tombstone(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.minor = 6;
	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Kept", 1);
	builder_key_tombstone(pair->before,
			      pair_add(pair->before, PAIR_PROFILES, "Outlook", 2));
	builder_finish(pair->before);
	struct snapshot *snapshot = pair_read(pair->before);
	assert_int_equal(snapshot->n_profiles, 1);
	assert_non_null(pair_profile(snapshot, "Kept"));
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_KEY_TOMBSTONE), 1);
	assert_true(snapshot_is_complete(snapshot));
	snapshot_free(snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_version_reads_the_same),
		cmocka_unit_test(test_recipes_are_of_their_version),
		cmocka_unit_test(test_cells_of_old_versions_are_chained),
		cmocka_unit_test(test_old_versions_have_no_flags),
		cmocka_unit_test(test_unknown_versions_are_told),
		cmocka_unit_test(test_unknown_version_with_a_wrong_checksum),
		cmocka_unit_test(test_tombstones_are_passed_over),
		cmocka_unit_test(test_no_tombstones_before_6),
		cmocka_unit_test_setup_teardown(test_profiles_of_every_version,
						pair_set_up, pair_tear_down),
		cmocka_unit_test_setup_teardown(test_profile_that_is_a_tombstone,
						pair_set_up, pair_tear_down),
	};

	return UNIT_RUN(tests);
}
