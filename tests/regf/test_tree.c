/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hivex beside the own reader: what it opens once the base block is
 * corrected, that both agree on what is sound, and that each case in which
 * hivex is known to refuse or to lose something is told as that.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/tree.h"
#include "regf/treecheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A hive and hivex's view of it. */
struct both {
	struct hive hive;
	struct tree *tree; /* NULL if hivex refused */
	enum status opened;
};

static struct both open_both(struct hive hive)
{
	struct both both = { .hive = hive };

	both.opened = hives_hivex(&both.hive, &both.tree);
	return both;
}

static void close_both(struct both *both)
{
	tree_close(both->tree);
	hives_close(&both->hive);
}

static enum treecheck_verdict verdict_on(struct both *both)
{
	enum treecheck_verdict verdict = TREECHECK_AGREES;

	assert_int_equal(both->opened, STATUS_OK);
	assert_int_equal(both->hive.read, STATUS_OK);
	assert_int_equal(treecheck_key(both->tree, both->hive.tree->root, true,
				       both->hive.diags, &verdict),
			 STATUS_OK);
	return verdict;
}

/* Both readers over the whole hive; takes the builder. */
static void check(struct builder *b, enum treecheck_verdict expected)
{
	struct both both = open_both(hives_open(b));

	assert_int_equal(verdict_on(&both), expected);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_DIFFERS) > 0,
			 expected == TREECHECK_DIFFERS);
	if (expected == TREECHECK_REFUSES)
		assert_true(diag_count_of(both.hive.diags, DIAG_READER_REFUSED) > 0);
	if (expected == TREECHECK_AGREES)
		assert_true(hives_are_silent(&both.hive));
	close_both(&both);
}

/* Keys and values of many kinds below the root. */
static struct builder *varied(unsigned minor)
{
	struct builder *b = hives_new(minor);
	builder_key key = builder_path(b, "Software\\Microsoft\\Ключ\\ëë", HIVES_TIME);
	const uint16_t nul[] = { 'n', 0, 'l' };
	static uint8_t data[50000];
	char name[16];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 256);
	builder_value_string(b, key, "", "default");
	builder_value_string(b, key, "Ünïcode", "text");
	builder_value_string(b, key, "имя", "text");
	builder_value_set_units(b, key, nul, 3, BUILDER_SZ, "a\0b", 3);
	builder_value_set(b, key, "none", BUILDER_NONE, "", 0);
	builder_value_set(b, key, "short", BUILDER_DWORD, "abc", 3);
	builder_value_set(b, key, "odd type", 0xFFFF0012, data, 11);
	builder_value_set(b, key, "large", BUILDER_BINARY, data, sizeof(data));
	builder_key_add_units(b, key, nul, 3, HIVES_TIME);
	builder_key_class(b, key, "Shell");
	for (unsigned i = 0; i < 600; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i);
		builder_key_add(b, key, name, HIVES_TIME + i);
	}
	builder_finish(b);
	return b;
}

static void test_both_agree_on_sound_hives(void **state)
{
	(void)state;
	for (unsigned minor = 3; minor <= 6; minor++)
		check(varied(minor), TREECHECK_AGREES);
	check(hives_new(3), TREECHECK_AGREES);
}

/* ---- what the corrected base block opens ---- */

/* Opens the builder's hive in two steps and compares; not asked for at all, too. */
static void check_begun(struct builder *b, bool beside, enum status expected)
{
	struct hive hive = hives_open(b);
	struct tree_opening *opening = NULL;
	struct tree *tree = NULL;
	enum treecheck_verdict verdict = TREECHECK_AGREES;
	size_t n = diag_count(hive.diags);

	assert_int_equal(tree_begin(hive.image, &hive.file, beside, &opening), STATUS_OK);
	tree_opening_freep(&opening);
	assert_int_equal(tree_begin(hive.image, &hive.file, beside, &opening), STATUS_OK);
	assert_int_equal(tree_opened(opening, hive.diags, &tree), expected);
	tree_opening_freep(&opening);
	if (expected == STATUS_OK)
		assert_int_equal(
			treecheck_key(tree, hive.tree->root, true, hive.diags, &verdict),
			STATUS_OK);
	assert_int_equal(verdict, TREECHECK_AGREES);
	assert_int_equal(diag_count(hive.diags), n + (expected != STATUS_OK));
	assert_int_equal(diag_count_of(hive.diags, DIAG_READER_REFUSED),
			 expected != STATUS_OK);
	tree_close(tree);
	hives_close(&hive);
}

/* A hive large enough for a thread of its own; spoilt, hivex does not open it. */
static struct builder *large_hive(bool spoilt)
{
	enum { SIZE = 5 << 20 };
	struct builder *b = hives_new(3);
	uint8_t *data = calloc(SIZE, 1);

	assert_non_null(data);
	builder_value_set(b, builder_root(b), "large", BUILDER_BINARY, data, SIZE);
	free(data);
	builder_finish(b);
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	size_t bin = len - 4096;
	while (memcmp(bytes + bin, "hbin", 4) != 0)
		bin -= 4096;
	assert_true(bin > FIRST_BIN);
	if (spoilt)
		builder_poke32(b, bin, 0);
	return b;
}

static void test_opened_beside(void **state)
{
	(void)state;
	for (int beside = 0; beside < 2; beside++) {
		check_begun(large_hive(false), beside, STATUS_OK);
		check_begun(large_hive(true), beside, STATUS_UNSUPPORTED);
		check_begun(hives_new(3), beside, STATUS_OK);
	}
	tree_opening_freep(&(struct tree_opening *){ NULL });
}

static void test_dirty_hive(void **state)
{
	struct builder *b = varied(3);

	(void)state;
	builder_poke32(b, BASE_PRIMARY, 99);
	builder_checksum(b);
	check(b, TREECHECK_AGREES);
}

static void test_wrong_checksum(void **state)
{
	struct builder *b = varied(3);

	(void)state;
	builder_poke32(b, BASE_CHECKSUM, 0x12345678);
	check(b, TREECHECK_AGREES);
	b = varied(3);
	builder_poke32(b, BASE_DATA_SIZE, 0x12345);
	check(b, TREECHECK_AGREES);
}

/* hivex does not know that a sum of 0 is stored as 1 and -1 as -2. */
static void test_special_checksums(void **state)
{
	const uint32_t sums[] = { 0, 0xFFFFFFFF };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
		struct builder *b = varied(3);
		uint32_t plain = 0;
		for (size_t at = 0; at < BASE_CHECKSUM; at += 4)
			plain ^= hives_get(b, at, 4);
		builder_poke32(b, 200, plain ^ sums[i]);
		builder_checksum(b);
		assert_int_equal(hives_get(b, BASE_CHECKSUM, 4), i == 0 ? 1 : 0xFFFFFFFE);
		check(b, TREECHECK_AGREES);
	}
}

static void test_damaged_type_and_version(void **state)
{
	struct builder *b = varied(3);

	(void)state;
	builder_poke32(b, BASE_TYPE, 1);
	builder_checksum(b);
	check(b, TREECHECK_AGREES);
	b = varied(5);
	builder_poke32(b, BASE_MINOR, 9);
	builder_checksum(b);
	check(b, TREECHECK_AGREES);
}

/* The header tells of more than there is: cut on the border of a bin. */
static void test_file_shorter_than_its_data(void **state)
{
	struct builder *b = varied(3);
	uint32_t size = hives_get(b, BASE_DATA_SIZE, 4);

	(void)state;
	builder_poke32(b, BASE_DATA_SIZE, size + 0x10000);
	builder_checksum(b);
	check(b, TREECHECK_AGREES);
}

static void test_tail_behind_the_data(void **state)
{
	struct builder *b = varied(3);
	size_t len = 0;

	(void)state;
	(void)builder_bytes(b, &len);
	struct both both = open_both(hives_open_part(b, len + 12345));
	assert_int_equal(verdict_on(&both), TREECHECK_AGREES);
	close_both(&both);
}

/* What image_corrected_base() must leave and what it must set right. */
static void test_corrected_base(void **state)
{
	struct builder *b = varied(3);
	uint8_t base[IMAGE_BASE_SIZE];
	uint32_t sum = 0, size = hives_get(b, BASE_DATA_SIZE, 4);

	(void)state;
	builder_poke32(b, BASE_PRIMARY, 99);
	builder_poke32(b, BASE_TYPE, 6);
	builder_poke32(b, BASE_DATA_SIZE, size + 1);
	builder_poke32(b, BASE_CHECKSUM, 0);
	struct hive hive = hives_open(b);
	image_corrected_base(hive.image, base);
	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		sum ^= le32(base + i);
	assert_int_equal(le32(base + BASE_CHECKSUM), sum);
	assert_int_equal(le32(base + BASE_PRIMARY), le32(base + BASE_SECONDARY));
	assert_int_equal(le32(base + BASE_TYPE), 0);
	assert_int_equal(le32(base + BASE_DATA_SIZE), size);
	assert_memory_equal(base, "regf", 4);
	assert_memory_equal(base + 12, hive.bytes + 12, BASE_TYPE - 12);
	assert_memory_equal(base + BASE_FORMAT, hive.bytes + BASE_FORMAT, 8);
	assert_memory_equal(base + BASE_CLUSTER, hive.bytes + BASE_CLUSTER,
			    BASE_CHECKSUM - BASE_CLUSTER);
	assert_memory_equal(base + 512, hive.bytes + 512, IMAGE_BASE_SIZE - 512);
	hives_close(&hive);
}

/* ---- what hivex refuses ---- */

static void test_damaged_bin_refuses_the_whole_hive(void **state)
{
	struct builder *b = varied(3);

	(void)state;
	builder_poke32(b, FIRST_BIN + 4096, 0);
	struct both both = open_both(hives_open(b));
	assert_int_equal(both.opened, STATUS_UNSUPPORTED);
	assert_null(both.tree);
	assert_true(hives_say_only(&both.hive, DIAG_READER_REFUSED, DIAG_NOWHERE));
	close_both(&both);
}

/* root\p with subkeys a, b, c and values 1, 2, 3. */
struct small {
	struct builder *b;
	size_t p, list, values, a, one; /* file offsets */
};

static struct small small_hive(unsigned minor)
{
	struct small t = { .b = hives_new(minor) };
	builder_key p = builder_key_add(t.b, builder_root(t.b), "p", HIVES_TIME);
	builder_key a = builder_key_add(t.b, p, "a", HIVES_TIME);

	builder_key_add(t.b, p, "b", HIVES_TIME);
	builder_key_add(t.b, p, "c", HIVES_TIME);
	builder_value_string(t.b, p, "1", "one");
	builder_value_string(t.b, p, "2", "two");
	builder_value_dword(t.b, p, "3", 3);
	builder_value_dword(t.b, a, "below", 4);
	builder_finish(t.b);
	t.p = builder_key_offset(t.b, p);
	t.list = builder_key_list_offset(t.b, p);
	t.values = builder_key_values_offset(t.b, p);
	t.a = builder_key_offset(t.b, a);
	t.one = builder_value_offset(t.b, p, "1");
	return t;
}

static void check_poked(size_t offset, uint32_t number, enum treecheck_verdict expected)
{
	struct small t = small_hive(3);

	builder_poke32(t.b, offset, number);
	check(t.b, expected);
}

static void test_one_bad_element_refuses_a_whole_list(void **state)
{
	struct small t = small_hive(3);

	(void)state;
	builder_free(t.b);
	check_poked(t.values, NIL, TREECHECK_REFUSES);
	check_poked(t.values + 8, NIL, TREECHECK_REFUSES);
	check_poked(t.list + LIST_ITEMS, NIL, TREECHECK_REFUSES);
}

static void test_wrong_counts(void **state)
{
	struct small t = small_hive(3);

	(void)state;
	builder_free(t.b);
	check_poked(t.p + NK_SUBKEYS, 4, TREECHECK_REFUSES);
	check_poked(t.p + NK_SUBKEYS, 2, TREECHECK_REFUSES);
	check_poked(t.p + NK_VALUES, 1000, TREECHECK_REFUSES);
}

static void test_lone_surrogates_in_names(void **state)
{
	const uint16_t lone[] = { 'x', 0xD800, 'y' };
	struct builder *b = varied(3);

	(void)state;
	builder_key_add_units(b, builder_root(b), lone, 3, HIVES_TIME);
	builder_finish(b);
	check(b, TREECHECK_REFUSES);
	b = varied(3);
	builder_value_set_units(b, builder_root(b), lone, 3, BUILDER_DWORD, "abcd", 4);
	builder_finish(b);
	check(b, TREECHECK_REFUSES);
}

/* What is refused must not hide what stands below and behind it. */
static void test_refusal_does_not_end_the_check(void **state)
{
	const uint16_t lone[] = { 0xD800 };
	struct builder *b = hives_new(5);
	builder_key key = builder_key_add_units(b, builder_root(b), lone, 1, HIVES_TIME);
	uint8_t data[16345] = { 1 };

	(void)state;
	builder_value_set(b, key, "v", BUILDER_BINARY, data, sizeof(data));
	builder_finish(b);
	size_t value = builder_value_offset(b, key, "v");
	uint32_t db = hives_get(b, value + VK_DATA, 4);
	uint32_t last =
		hives_get(b, hives_data(hives_get(b, hives_data(db) + 4, 4)) + 4, 4);
	/* The last segment becomes a cell of 8 bytes, and a free one. */
	uint32_t size = 0u - hives_get(b, hives_data(last) - 4, 4);
	builder_poke32(b, hives_data(last) - 4, 0u - 8);
	builder_poke32(b, hives_data(last) + 4, size - 8);
	check(b, TREECHECK_DIFFERS);
}

static void test_key_below_itself(void **state)
{
	struct small t = small_hive(3);

	(void)state;
	builder_poke32(t.b, t.list + LIST_ITEMS, builder_root(t.b));
	check(t.b, TREECHECK_DIFFERS);
}

/* Deleted in a lower layer: hivex lists it as if it were there. */
static void test_tombstones(void **state)
{
	struct small t = small_hive(6);

	(void)state;
	builder_poke8(t.b, t.a + NK_LAYERED, 1);
	check(t.b, TREECHECK_DIFFERS);
	t = small_hive(6);
	builder_poke16(t.b, t.one + VK_FLAGS, 3);
	builder_poke32(t.b, t.one + VK_SIZE, 0);
	builder_poke32(t.b, t.one + VK_DATA, NIL);
	builder_poke32(t.b, t.one + VK_TYPE, 0);
	check(t.b, TREECHECK_DIFFERS);
}

static void test_empty_value_with_nil_place(void **state)
{
	struct small t = small_hive(3);

	(void)state;
	builder_poke32(t.b, t.one + VK_SIZE, 0);
	builder_poke32(t.b, t.one + VK_DATA, NIL);
	check(t.b, TREECHECK_AGREES);
}

/* hivex gives no data of more than 8,000,000 bytes. */
static void test_largest_value(void **state)
{
	const size_t max = 8000000;
	uint8_t *data = calloc(1, max + 1);

	(void)state;
	assert_non_null(data);
	for (size_t len = max; len <= max + 1; len++) {
		struct builder *b = hives_new(3);
		builder_value_set(b, builder_root(b), "v", BUILDER_BINARY, data, len);
		builder_finish(b);
		check(b, len == max ? TREECHECK_AGREES : TREECHECK_REFUSES);
	}
	free(data);
}

/* hivex gives no key more than 70,000 subkeys. */
static void test_most_subkeys(void **state)
{
	struct builder *b = hives_new(3);
	char name[16];

	(void)state;
	for (unsigned i = 0; i < 70000; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i);
		builder_key_add(b, builder_root(b), name, HIVES_TIME);
	}
	builder_finish(b);
	check(builder_clone(b), TREECHECK_AGREES);
	builder_key_add(b, builder_root(b), "one more", HIVES_TIME);
	builder_finish(b);
	check(b, TREECHECK_REFUSES);
}

static void test_odd_but_harmless(void **state)
{
	struct small t = small_hive(3);
	size_t b = t.a;

	(void)state;
	/* duplicate names: "a" becomes "B" */
	builder_poke8(t.b, b + NK_NAME, 'B');
	check(t.b, TREECHECK_AGREES);
	check_poked(t.a + NK_PARENT, 0x20, TREECHECK_AGREES);
	/* a time with its top bit set, which hivex cannot tell */
	check_poked(t.a + 8, 0x80000000, TREECHECK_AGREES);
	check_poked(t.a + 4, 0, TREECHECK_AGREES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_agree_on_sound_hives),
		cmocka_unit_test(test_opened_beside),
		cmocka_unit_test(test_dirty_hive),
		cmocka_unit_test(test_wrong_checksum),
		cmocka_unit_test(test_special_checksums),
		cmocka_unit_test(test_damaged_type_and_version),
		cmocka_unit_test(test_file_shorter_than_its_data),
		cmocka_unit_test(test_tail_behind_the_data),
		cmocka_unit_test(test_corrected_base),
		cmocka_unit_test(test_damaged_bin_refuses_the_whole_hive),
		cmocka_unit_test(test_one_bad_element_refuses_a_whole_list),
		cmocka_unit_test(test_wrong_counts),
		cmocka_unit_test(test_lone_surrogates_in_names),
		cmocka_unit_test(test_refusal_does_not_end_the_check),
		cmocka_unit_test(test_key_below_itself),
		cmocka_unit_test(test_tombstones),
		cmocka_unit_test(test_empty_value_with_nil_place),
		cmocka_unit_test(test_largest_value),
		cmocka_unit_test(test_most_subkeys),
		cmocka_unit_test(test_odd_but_harmless),
	};

	return UNIT_RUN(tests);
}
