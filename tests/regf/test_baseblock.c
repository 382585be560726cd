/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The base block by the published layout: every field at its place, and its checksum. */
#include "help/unit.h"

#include "regf/baseblock.h"

#include <string.h>

static void put(uint8_t *bytes, size_t at, uint32_t number)
{
	for (unsigned i = 0; i < 4; i++)
		bytes[at + i] = (uint8_t)(number >> (8 * i));
}

/* Each field holds another number. */
static void make(uint8_t bytes[512])
{
	static const uint16_t name[] = { 'n', 't', '.', 'd', 'a', 't', 0, 'x' };

	memset(bytes, 0, 512);
	memcpy(bytes, "regf", 4);
	for (uint32_t i = 1; i < 12; i++)
		put(bytes, 4 * i, i);
	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		bytes[48 + 2 * i] = (uint8_t)name[i];
}

static void test_fields(void **state)
{
	struct image_base base;
	uint8_t bytes[512];

	(void)state;
	make(bytes);
	assert_true(baseblock_read(span_of(bytes, sizeof(bytes)), &base));
	assert_int_equal(base.primary_sequence, 1);
	assert_int_equal(base.secondary_sequence, 2);
	assert_true(base.last_written_ft == (UINT64_C(4) << 32 | 3));
	assert_int_equal(base.major, 5);
	assert_int_equal(base.minor, 6);
	assert_int_equal(base.file_type, 7);
	assert_int_equal(base.format, 8);
	assert_int_equal(base.root_rel, 9);
	assert_int_equal(base.data_size, 10);
	assert_int_equal(base.cluster, 11);
	assert_true(text_is(base.embedded_name, "nt.dat"));
	assert_false(base.checksum_ok);
}

/* One byte short of the fields, or of the signature: none. */
static void test_what_is_none(void **state)
{
	struct image_base base;
	uint8_t bytes[512];

	(void)state;
	make(bytes);
	assert_false(baseblock_read(span_of(bytes, 511), &base));
	assert_false(baseblock_read(span_of(bytes, 0), &base));
	bytes[3] = 'g';
	assert_false(baseblock_read(span_of(bytes, sizeof(bytes)), &base));
}

/* XOR of the first 127 words; 0 and 0xffffffff are stored as their neighbours. */
static void test_checksum(void **state)
{
	struct image_base base;
	uint8_t bytes[512] = { 0 };

	(void)state;
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 1);
	put(bytes, 504, UINT32_MAX);
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))),
			 UINT32_MAX - 1);
	put(bytes, 504, 0x12345678);
	put(bytes, 8, 0x11111111);
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))),
			 0x12345678 ^ 0x11111111);
	/* The word of the checksum itself does not count. */
	put(bytes, 508, 0xdeadbeef);
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))),
			 0x12345678 ^ 0x11111111);
	make(bytes);
	/* "regf", then 1 to 11, then the name's words. */
	uint32_t sum = 0x66676572;
	for (uint32_t i = 1; i < 12; i++)
		sum ^= i;
	sum ^= ('n' | (uint32_t)'t' << 16) ^ ('.' | (uint32_t)'d' << 16) ^
	       ('a' | (uint32_t)'t' << 16) ^ ((uint32_t)'x' << 16);
	put(bytes, 508, sum);
	assert_true(baseblock_read(span_of(bytes, sizeof(bytes)), &base));
	assert_true(base.checksum_ok);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_what_is_none),
		cmocka_unit_test(test_checksum),
	};

	return UNIT_RUN(tests);
}
