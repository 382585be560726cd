/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives that Windows and others wrote, from the folder $HIVES: keys, values
 * and data as independent parsers read them, and both readers side by side.
 */
#include "help/unit.h"

#include "base/sum/digest.h"
#include "help/hives.h"

#include "regf/freecells.h"
#include "regf/record.h"
#include "regf/treecheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNITS(literal)                                                                   \
	((struct text){ .bytes = span_of(literal, sizeof(literal) - 1),                  \
			.encoding = TEXT_UTF16LE })

static void check_data(const struct value *value, uint32_t type, const void *data,
		       size_t len)
{
	assert_non_null(value);
	assert_int_equal(value->type, type);
	assert_int_equal(value->declared_len, len);
	assert_true(span_equal(value_data(value), span_of(data, len)));
}

/* ---- names ---- */

static void test_unicode_names_are_found_whatever_the_case(void **state)
{
	struct hive hive = hives_open_real("odd/UnicodeHive");
	/* Привет, пРИВЕТ, ПРИВЕТ; Ключ, клЮЧ */
	const struct text first[] = { UNITS("\x1f\4\x40\4\x38\4\x32\4\x35\4\x42\4"),
				      UNITS("\x3f\4\x20\4\x18\4\x12\4\x15\4\x22\4"),
				      UNITS("\x1f\4\x20\4\x18\4\x12\4\x15\4\x22\4") };
	const struct text second[] = { UNITS("\x1a\4\x3b\4\x4e\4\x47\4"),
				       UNITS("\x3a\4\x3b\4\x2e\4\x27\4") };

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	assert_int_equal(hive.tree->n_keys, 3);
	for (size_t i = 0; i < ARRAY_LEN(first); i++)
		for (size_t k = 0; k < ARRAY_LEN(second); k++) {
			const struct key *key = key_child(hive.tree->root, first[i]);
			assert_non_null(key);
			key = key_child(key, second[k]);
			assert_non_null(key);
			assert_true(text_same(key_name(key), second[0]));
		}
	hives_close(&hive);
}

static void test_latin1_name(void **state)
{
	struct hive hive = hives_open_real("odd/ExtendedASCIIHive");
	const struct key *key = hives_key(&hive, "\xEBigenaardig");

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	assert_int_equal(key->name_len, 11);
	assert_false(key->flags & KEY_FLAG_NAME_UTF16);
	assert_ptr_equal(key_at(hive.tree->root, "\xCBIGENAARDIG"), key);
	check_data(hives_value(&hive, "\xEBigenaardig", "\xCBigenaardig"), KEY_TYPE_SZ,
		   "\xEB\0i\0g\0e\0n\0a\0a\0r\0d\0i\0g\0\0\0", 24);
	hives_close(&hive);
}

static void test_names_with_line_ends_and_nul(void **state)
{
	struct hive hive = hives_open_real("odd/BogusKeyNamesHive");
	const struct key *root = hive.tree->root;

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	assert_int_equal(root->n_children, 2);
	assert_non_null(key_child(root, text_of("testnew\r\nne")));
	assert_non_null(
		key_child(root, (struct text){ .bytes = span_of("testnu\0l", 8) }));
	assert_null(key_child(root, text_of("testnu")));
	hives_close(&hive);
}

static void test_jumbled_names(void **state)
{
	struct hive hive = hives_open_real("odd/UNICODE_TESTS");
	/* UNICODE_JUMBLE_{H~░ô«}: a name that code pages would break */
	const struct text jumble =
		UNITS("U\0N\0I\0C\0O\0D\0E\0_\0J\0U\0M\0B\0L\0E\0_\0{\0"
		      "H\0~\0\x91\x25\xf4\0\xab\0}\0");

	(void)state;
	assert_int_equal(hive.tree->n_keys, 3);
	assert_int_equal(hive.tree->n_values, 22);
	assert_int_equal(hives_key(&hive, "ASCII_KEY_NAME0")->n_values, 14);
	const struct key *key = key_child(hive.tree->root, jumble);
	assert_non_null(key);
	assert_int_equal(key->n_values, 8);
	assert_int_equal(key_value(key, text_of("ASCII_VALUE_NAME6"))->data_len, 50);
	hives_close(&hive);
}

/* ---- values ---- */

static void check_filled(const struct value *value, uint8_t byte, size_t len)
{
	assert_int_equal(value->data_len, len);
	assert_int_equal(value->declared_len, len);
	assert_true(value->flags & VALUE_FLAG_SEGMENTED);
	for (size_t i = 0; i < len; i++)
		assert_int_equal(value->data[i], byte);
}

static void test_big_data(void **state)
{
	struct hive hive = hives_open_real("odd/BigDataHive");
	const struct value *one = hives_value(&hive, "key_with_bigdata", "");
	const struct value *two = hives_value(&hive, "key_with_bigdata", "v");

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	check_filled(one, '1', 16345);
	check_filled(two, '2', 81725);
	assert_int_equal(record_data_runs(hive.image, one, NULL, 0), 2);
	assert_int_equal(record_data_runs(hive.image, two, NULL, 0), 6);
	hives_close(&hive);
}

static void test_big_data_with_the_smallest_last_segment(void **state)
{
	struct hive hive = hives_open_real("odd/big-data-minimal-last-segment.hiv");
	const struct value *value = hives_value(&hive, "", "big");

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	assert_int_equal(value->data_len, 16345);
	for (size_t i = 0; i < 16344; i++)
		assert_int_equal(value->data[i], 'A');
	assert_int_equal(value->data[16344], 'B');
	hives_close(&hive);
}

static void check_digest(const struct value *value, size_t len, const char *sha256)
{
	char hex[DIGEST_HEX_SIZE];
	struct digest digest = digest_of(value_data(value));

	assert_int_equal(value->data_len, len);
	assert_int_equal(value->type, KEY_TYPE_BINARY);
	digest_hex(&digest, hex);
	assert_string_equal(hex, sha256);
}

static void test_big_data_of_windows_10(void **state)
{
	struct hive hive = hives_open_real("real/NTUSER-WIN10.DAT");

	(void)state;
	check_digest(hives_value(&hive,
				 "Software\\Microsoft\\Windows\\CurrentVersion\\Live\\"
				 "Roaming\\PolicyDocument\\PolicyBlob",
				 ""),
		     18338,
		     "e41536fdef1f2220c128c1905dd1eeb45a7907e549c2f9556c93e4fcfefc5d39");
	check_digest(hives_value(&hive,
				 "Software\\Microsoft\\Windows\\CurrentVersion\\"
				 "PushNotifications",
				 "AppDB"),
		     81224,
		     "0f3e7e1663ebf9c4c1af63750c92bb53396a8be9289f1df10244d28e50b73229");
	hives_close(&hive);
}

static void test_strings(void **state)
{
	static const char test_test[] = "t\0e\0s\0t\0 \0B\x04\x35\x04\x41\x04\x42\x04 \0";
	struct hive hive = hives_open_real("odd/StringValuesHive");

	(void)state;
	assert_true(diag_count_from(hive.diags, DIAG_WARNING) == 0);
	assert_int_equal(hives_key(&hive, "key")->n_values, 4);
	const struct value *value = hives_value(&hive, "key", "");
	assert_int_equal(value->type, KEY_TYPE_SZ);
	assert_int_equal(value->data_len, 20);
	assert_memory_equal(value->data, test_test, 18);
	assert_memory_equal(value->data + 18, "\0\0", 2);
	check_data(hives_value(&hive, "key", "1"), KEY_TYPE_BINARY, "test", 4);
	assert_int_equal(hives_value(&hive, "key", "2")->type, KEY_TYPE_EXPAND_SZ);
	value = hives_value(&hive, "key", "3");
	assert_int_equal(value->data_len, 22);
	assert_memory_equal(value->data, test_test, 20);
	hives_close(&hive);

	hive = hives_open_real("odd/MultiSzHive");
	check_data(hives_value(&hive, "key", "1"), KEY_TYPE_MULTI_SZ, "\0\0", 2);
	/* "привет" and "как дела?" */
	value = hives_value(&hive, "key", "2");
	assert_int_equal(value->type, KEY_TYPE_MULTI_SZ);
	assert_int_equal(value->data_len, 36);
	assert_memory_equal(value->data, "\x3f\4\x40\4\x38\4\x32\4\x35\4\x42\4\0\0\x3a\4",
			    16);
	assert_memory_equal(value->data + 32, "\0\0\0\0", 4);
	hives_close(&hive);
}

static void test_inline_and_other_lengths(void **state)
{
	static const char digits[] = "0123456789ABCDEF0123456789ABCDEF0";
	struct hive hive = hives_open_real("odd/rlenvalue_test_hive");
	const char *const parent = "ModerateValueParent";

	(void)state;
	assert_int_equal(hive.tree->n_keys, 2);
	assert_int_equal(hives_key(&hive, parent)->n_values, 6);
	check_data(hives_value(&hive, parent, "3Bytes"), KEY_TYPE_BINARY, digits, 3);
	assert_true(hives_value(&hive, parent, "3Bytes")->flags & VALUE_FLAG_INLINE);
	check_data(hives_value(&hive, parent, "16Bytes"), KEY_TYPE_BINARY, digits, 16);
	check_data(hives_value(&hive, parent, "30Bytes"), KEY_TYPE_BINARY, digits, 30);
	check_data(hives_value(&hive, parent, "31Bytes"), KEY_TYPE_BINARY, digits, 31);
	check_data(hives_value(&hive, parent, "32Bytes"), KEY_TYPE_BINARY, digits, 32);
	check_data(hives_value(&hive, parent, "33Bytes"), KEY_TYPE_BINARY, digits, 33);
	hives_close(&hive);
}

static void test_value_of_the_root(void **state)
{
	struct hive hive = hives_open_real("odd/SAM_RootValue");

	(void)state;
	check_data(hives_value(&hive, "", "test"), KEY_TYPE_SZ, "t\0e\0s\0t\0\0\0", 10);
	assert_int_equal(hive.tree->n_keys, 65);
	hives_close(&hive);
}

/* ---- damaged and odd ones ---- */

static void test_counts_that_disagree_with_their_list(void **state)
{
	static const char *const names[] = { "odd/subkey-count-1-of-2.hiv",
					     "odd/subkey-count-3-of-2.hiv" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct hive hive = hives_open_real(names[i]);
		assert_int_equal(hive.tree->n_keys, 3);
		assert_non_null(hives_key(&hive, "k1"));
		assert_non_null(hives_key(&hive, "k2"));
		assert_int_equal(diag_count_of(hive.diags,
					       i ? DIAG_LIST_DAMAGED : DIAG_LIST_COUNT),
				 1);
		hives_close(&hive);
	}
}

/*
 * "subkey" names key "3" as its parent, but "2" refers to the same list; the
 * key that names "2" as its parent is in no list at all.
 */
static void test_list_of_two_keys(void **state)
{
	struct hive hive = hives_open_real("odd/BadListHive");

	(void)state;
	assert_int_equal(hive.tree->n_keys, 7);
	assert_int_equal(hives_key(&hive, "2")->n_children, 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 1);
	assert_int_equal(hives_key(&hive, "3")->n_children, 1);
	assert_non_null(hives_key(&hive, "3\\subkey"));
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_REPEATED), 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_PARENT), 0);
	hives_close(&hive);
}

/* What `xz` makes of a file of $HIVES; NULL if it cannot. */
static uint8_t *unpack(const char *name, size_t *len)
{
	enum { MOST = 64 << 20 };
	char command[4400];
	uint8_t *bytes = malloc(MOST);

	assert_non_null(bytes);
	(void)snprintf(command, sizeof(command), "xz -dc '%s/%s' 2>/dev/null",
		       getenv("HIVES"), name);
	FILE *pipe = popen(command, "r");
	*len = pipe ? fread(bytes, 1, MOST, pipe) : 0;
	if (!pipe || pclose(pipe) != 0 || *len < 8192) {
		free(bytes);
		return NULL;
	}
	uint8_t *exact = realloc(bytes, *len);
	return exact ? exact : bytes;
}

static struct builder *deep_recipe(void)
{
	struct builder *b = hives_new(3);
	builder_key key = builder_root(b);

	for (unsigned i = 0; i < 600; i++)
		key = builder_key_add(b, key, "k", HIVES_TIME);
	builder_finish(b);
	return b;
}

/* 60,000 keys, each below the other; where there is no xz, 600. */
static void test_very_deep_hive(void **state)
{
	size_t len = 0;
	uint8_t *bytes = unpack("odd/deep-60000.hiv.xz", &len);
	struct hive hive =
		bytes ? hives_open_bytes(bytes, len) : hives_open(deep_recipe());
	struct tree *tree = NULL;
	struct key_tree *keys = NULL;

	(void)state;
	assert_int_equal(hive.read, STATUS_OK);
	assert_int_equal(hive.tree->n_keys, RECORD_MAX_DEPTH + 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DEPTH_LIMIT), 1);
	assert_int_equal(hives_hivex(&hive, &tree), STATUS_OK);
	assert_int_equal(tree_read(tree, hive.diags, &keys), STATUS_OK);
	assert_int_equal(keys->n_keys, RECORD_MAX_DEPTH + 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DEPTH_LIMIT), 1);
	key_tree_free(keys);
	tree_close(tree);
	hives_close(&hive);
}

static void test_what_is_no_hive(void **state)
{
	struct hive hive = hives_open_real("odd/NotAHive");

	(void)state;
	assert_int_equal(hive.opened, STATUS_UNSUPPORTED);
	hives_close(&hive);
}

/*
 * 12,288 bytes of a file whose header tells of 487,424: two keys can be
 * reached, 83 more tell a parent that is one of them.
 */
static void test_truncated_dirty_hive(void **state)
{
	struct hive hive = hives_open_real("logs/TruncatedDirtyHive");

	(void)state;
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.tree->n_keys, 2 + 83);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 83);
	assert_int_equal(diag_count_of(hive.diags, DIAG_FILE_SHORT), 1);
	assert_int_equal(diag_count_of(hive.diags, DIAG_DIRTY_HIVE), 1);
	hives_close(&hive);
}

/* ---- whole hives: how much there is, and that hivex reads the same ---- */

static const struct {
	const char *name;
	uint64_t keys, values; /* 0: not told by an independent parser */
	bool dirty;
} whole[] = {
	{ "real/NTUSER-WIN7.DAT", 2288, 5470, false },
	{ "real/NTUSER-WIN10.DAT", 2853, 5523, false },
	{ "real/DEFAULT-WIN8", 574, 0, false },
	{ "real/TEMPLATE-WIN7.NTUSER.DAT", 0, 0, false },
	{ "real/NTUSER-XP.DAT", 1127, 5602, false },
	{ "real/pair-before.NTUSER.DAT", 0, 0, false },
	{ "real/pair-after.NTUSER.DAT", 0, 0, false },
	{ "real/clean-with-log.NTUSER.DAT", 1597, 2310, false },
	{ "deleted/NTUSER-WIN7-profile-deleted.DAT", 2263, 5322, false },
	{ "deleted/NTUSER-WIN7-account-deleted.DAT", 2287, 5455, false },
	{ "deleted/DeletedDataHive", 0, 0, false },
	{ "deleted/DeletedTreeHive", 0, 0, false },
	{ "logs/RecoveredHive_Windows7", 0, 0, false },
	{ "logs/NewDirtyHive", 0, 0, true },
	{ "logs/OldDirtyHive", 0, 0, true },
	{ "logs/BadLogHive", 0, 0, true },
	{ "odd/EmptyHive", 1, 0, false },
	{ "odd/ManySubkeysHive", 5003, 0, false },
	{ "odd/UnicodeHive", 3, 0, false },
	{ "odd/ExtendedASCIIHive", 2, 1, false },
	{ "odd/BogusKeyNamesHive", 3, 0, false },
	{ "odd/BigDataHive", 2, 2, false },
	{ "odd/MultiSzHive", 2, 2, false },
	{ "odd/StringValuesHive", 2, 4, false },
	{ "odd/rlenvalue_test_hive", 2, 6, false },
	{ "odd/UNICODE_TESTS", 3, 22, false },
	{ "odd/SAM_RootValue", 65, 0, false },
};

static void check_whole(size_t i)
{
	struct hive hive = hives_open_real(whole[i].name);
	struct tree *tree = NULL;
	struct key_tree *keys = NULL;
	enum treecheck_verdict verdict = TREECHECK_AGREES;

	assert_int_equal(hive.read, STATUS_OK);
	/* They are sound: nothing but being dirty is to be said of them. */
	assert_int_equal(diag_count_of(hive.diags, DIAG_DIRTY_HIVE), whole[i].dirty);
	assert_int_equal(diag_count_from(hive.diags, DIAG_WARNING), whole[i].dirty);
	assert_int_equal(hive.image->state, whole[i].dirty ? IMAGE_DIRTY : IMAGE_CLEAN);
	if (whole[i].keys)
		assert_int_equal(hive.tree->n_keys, whole[i].keys);
	if (whole[i].values)
		assert_int_equal(hive.tree->n_values, whole[i].values);
	assert_int_not_equal(freecells_of(hive.image), FREECELLS_WINDOWS_2000);
	assert_int_equal(hives_hivex(&hive, &tree), STATUS_OK);
	assert_int_equal(tree_read(tree, hive.diags, &keys), STATUS_OK);
	assert_int_equal(keys->n_keys, hive.tree->n_keys);
	assert_int_equal(keys->n_values, hive.tree->n_values);
	treecheck_key(tree, hive.tree->root, true, hive.diags, &verdict);
	assert_int_equal(verdict, TREECHECK_AGREES);
	assert_int_equal(diag_count(hive.diags), 0);
	key_tree_free(keys);
	tree_close(tree);
	hives_close(&hive);
}

static void test_whole_hives(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(whole); i++) {
		(void)fprintf(stderr, "# %s\n", whole[i].name);
		check_whole(i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unicode_names_are_found_whatever_the_case),
		cmocka_unit_test(test_latin1_name),
		cmocka_unit_test(test_names_with_line_ends_and_nul),
		cmocka_unit_test(test_jumbled_names),
		cmocka_unit_test(test_big_data),
		cmocka_unit_test(test_big_data_with_the_smallest_last_segment),
		cmocka_unit_test(test_big_data_of_windows_10),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_inline_and_other_lengths),
		cmocka_unit_test(test_value_of_the_root),
		cmocka_unit_test(test_counts_that_disagree_with_their_list),
		cmocka_unit_test(test_list_of_two_keys),
		cmocka_unit_test(test_very_deep_hive),
		cmocka_unit_test(test_what_is_no_hive),
		cmocka_unit_test(test_truncated_dirty_hive),
		cmocka_unit_test(test_whole_hives),
	};
	const char *hives = getenv("HIVES");

	if (!hives || !*hives) {
		(void)puts("1..0 # SKIP no test hives");
		return 0;
	}
	return UNIT_RUN(tests);
}
