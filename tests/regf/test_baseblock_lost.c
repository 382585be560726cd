/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The base block: hives without it, or their beginning; versions that the cells tell. */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/baseblock.h"
#include "regf/evidence.h"

#include <stdlib.h>
#include <string.h>

/* Some bins of keys; to be freed. */
static uint8_t *recipe(unsigned minor, size_t *len)
{
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = minor, .sequence = 1 });
	char name[200];

	for (int i = 0; i < 100; i++) {
		memset(name, 'a', sizeof(name) - 1);
		name[sizeof(name) - 1] = '\0';
		name[0] = (char)('a' + i % 26);
		name[1] = (char)('a' + i / 26);
		builder_key_add(b, builder_root(b), name, HIVES_TIME);
	}
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, len);
	uint8_t *copy = malloc(*len);
	assert_non_null(copy);
	memcpy(copy, bytes, *len);
	builder_free(b);
	return copy;
}

static void test_what_is_missing(void **state)
{
	size_t len = 0;
	uint8_t *bytes = recipe(5, &len);
	uint32_t missing = 7;

	(void)state;
	assert_true(len > 5 * 4096);
	/* With its base block it is an ordinary hive. */
	assert_false(baseblock_is_lost(span_of(bytes, len), &missing));
	/* The base block is overwritten, or it and some bins. */
	memset(bytes, 0, 4096);
	assert_true(baseblock_is_lost(span_of(bytes, len), &missing));
	assert_int_equal(missing, 0);
	assert_int_equal(evidence_identify(span_of(bytes, len)), EVIDENCE_HIVE);
	/* The file begins later: with the first bin, or after it. */
	for (size_t cut = 1; cut < 3; cut++) {
		assert_true(baseblock_is_lost(span_from(span_of(bytes, len), cut * 4096),
					      &missing));
		assert_int_equal(missing, cut * 4096);
	}
	/* What lies later in a file than in its hive, as on a disk, is none. */
	uint8_t *disk = calloc(1, len + 8192);
	assert_non_null(disk);
	memcpy(disk + 8192, bytes, len);
	assert_false(baseblock_is_lost(span_of(disk, len + 8192), &missing));
	/* A log's pages are of many times. */
	memcpy(bytes + 512, "HvLE", 4);
	assert_false(baseblock_is_lost(span_of(bytes, len), &missing));
	memcpy(bytes + 512, "DIRT", 4);
	assert_false(baseblock_is_lost(span_of(bytes, len), &missing));
	free(disk);
	free(bytes);
}

/* One header that cannot be true, and no more. */
static void test_no_bin(void **state)
{
	uint8_t page[4096 * 2] = { 0 };
	uint32_t missing;

	(void)state;
	assert_false(baseblock_is_lost(span_of(page, 0), &missing));
	assert_false(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
	memcpy(page + 4096, "hbin", 4);
	assert_false(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
	page[4096 + 9] = 0x10; /* 4096 bytes */
	assert_true(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
	page[4096 + 4] = 8; /* no page's offset */
	assert_false(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
	/* So far into a hive that what is there would be next to nothing of it. */
	page[4096 + 4] = 0;
	page[4096 + 6] = 0x02;
	assert_true(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
	page[4096 + 7] = 0x10;
	assert_false(baseblock_is_lost(span_of(page, sizeof(page)), &missing));
}

static void test_read_without_base_block(void **state)
{
	size_t len = 0;
	uint8_t *bytes = recipe(5, &len);

	(void)state;
	memset(bytes, 0, 4096);
	struct hive hive = hives_open_bytes(bytes, len);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.image->state, IMAGE_NO_BASE);
	assert_true(hives_say(&hive, DIAG_BASE_LOST, 0));
	assert_int_equal(hive.read, STATUS_OK);
	assert_int_equal(hive.tree->n_keys, 101);
	assert_int_equal(hive.image->base.minor, 5);
	hives_close(&hive);
}

/* ---- versions ---- */

static void check_version(unsigned minor, uint32_t told, bool checksum_ok,
			  uint32_t expected)
{
	size_t len = 0;
	uint8_t *bytes = recipe(minor, &len);

	memcpy(bytes + BASE_MINOR,
	       &(uint8_t[]){ (uint8_t)told, (uint8_t)(told >> 8), 0, 0 }, 4);
	if (checksum_ok) {
		uint32_t sum = baseblock_checksum(span_of(bytes, 512));
		for (int i = 0; i < 4; i++)
			bytes[BASE_CHECKSUM + i] = (uint8_t)(sum >> 8 * i);
	} else {
		bytes[BASE_CHECKSUM] ^= 1;
	}
	struct hive hive = hives_open_bytes(bytes, len);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.image->base.minor, expected);
	assert_int_equal(diag_count_of(hive.diags, DIAG_BASE_VERSION), told != expected);
	if (expected == told || !checksum_ok)
		assert_int_equal(hive.tree->n_keys, 101);
	hives_close(&hive);
}

static void test_versions(void **state)
{
	(void)state;
	/* Longer headers, lists of another kind, a number that there is not. */
	check_version(5, 0, false, 5);
	check_version(5, 1, false, 5);
	check_version(5, 3, false, 5);
	check_version(3, 0, false, 3);
	check_version(3, 5, false, 3);
	check_version(5, 6, false, 6);
	check_version(5, 5, false, 5);
	check_version(4, 4, false, 4);
	check_version(1, 3, false, 1);
	check_version(1, 1, false, 1);
	check_version(5, 0x300, false, 5);
	/* Under a right checksum it is believed. */
	check_version(5, 3, true, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_missing),
		cmocka_unit_test(test_no_bin),
		cmocka_unit_test(test_read_without_base_block),
		cmocka_unit_test(test_versions),
	};
	return UNIT_RUN(tests);
}
