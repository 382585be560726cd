// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Version resources: what is read of their blocks, and what is wrong with them. The
 * blocks are the recipe's, damaged by hand.
 */
#include "help/unit.h"

#include "samples/pe.h"

#include "companion/versioninfo.h"

#include <stdlib.h>
#include <string.h>

/* Offsets from Microsoft's "VS_VERSIONINFO structure". */
enum {
	VALUE_LEN = 2,
	KEY = 6,
	INFO = 92,	/* StringFileInfo: behind 40 bytes of head and 52 of numbers */
	TABLE = 36,	/* the first table in it */
	FIRST = 24,	/* the first string in that */
	FILE_AT = 4096, /* where the resource is said to be in its file */
};

/* As a resource compiler may write: long, empty, repeated, nonsense. */
static char long_value[513 + 1];
static const struct pe_string strings[] = {
	{ "CompanyName", "Example" },  { "Comments", "of no use" },
	{ "FileDescription", "" },     { "FileDescription", "second is first" },
	{ "companyname", "Another" },  { "OriginalFilename", "A\x01.DLL" },
	{ "ProductName", long_value },
};

struct resource {
	uint8_t *bytes;
	size_t len;
};

/* The value of the last string has long_len characters. */
static struct resource build_long(size_t n_strings, size_t long_len)
{
	const struct pe_recipe recipe = {
		.has_version = true,
		.version = { 6, 5, 7638, 65535 },
		.strings = strings,
		.n_strings = n_strings,
	};

	memset(long_value, 'x', long_len);
	long_value[long_len] = '\0';
	struct pe_image image = pe_image_build(&recipe);
	struct resource r = { .len = pe_image_get32(&image, image.version) & 0xFFFF };
	r.bytes = malloc(r.len);
	assert_non_null(r.bytes);
	memcpy(r.bytes, image.bytes + image.version, r.len);
	pe_image_free(&image);
	return r;
}

static struct resource build(size_t n_strings)
{
	return build_long(n_strings, 1);
}

static void put16(struct resource *r, size_t at, unsigned number)
{
	assert_true(at + 2 <= r->len);
	r->bytes[at] = (uint8_t)number;
	r->bytes[at + 1] = (uint8_t)(number >> 8);
}

struct read {
	struct versioninfo info;
	struct diag_list *diags;
};

/* From memory that ends where the resource does. */
static struct read read_cut(const struct resource *r, size_t len)
{
	struct read got = { .diags = diag_list_new() };
	uint8_t *bytes = malloc(len ? len : 1);

	assert_non_null(got.diags);
	assert_non_null(bytes);
	memcpy(bytes, r->bytes, len);
	assert_int_equal(versioninfo_read((struct pe_part){ { bytes, len }, FILE_AT },
					  got.diags, &got.info),
			 STATUS_OK);
	free(bytes);
	return got;
}

static void end(struct read *got)
{
	versioninfo_clear(&got->info);
	versioninfo_clear(&got->info);
	diag_list_free(got->diags);
}

static void assert_version(const struct read *got)
{
	static const uint16_t version[4] = { 6, 5, 7638, 65535 };

	assert_true(got->info.has_version);
	assert_memory_equal(got->info.version, version, sizeof(version));
	assert_int_equal(got->info.version_off, FILE_AT + 48);
}

static const char *company(const struct read *got)
{
	return got->info.strings[VERSIONINFO_COMPANY];
}

/* Reads and frees the resource: damage is told, first at this offset. */
static void check_damaged(struct resource *r, size_t at, bool version, bool name)
{
	struct read got = read_cut(r, r->len);

	assert_true(diag_count(got.diags) > 0);
	assert_int_equal(diag_item(got.diags, 0)->code, DIAG_PE_DAMAGED);
	assert_int_equal(diag_item(got.diags, 0)->offset, FILE_AT + at);
	if (version)
		assert_version(&got);
	else
		assert_false(got.info.has_version);
	assert_int_equal(company(&got) != NULL, name);
	end(&got);
	free(r->bytes);
}

static void test_strings(void **state)
{
	struct resource r = build(ARRAY_LEN(strings));
	struct read got = read_cut(&r, r.len);

	(void)state;
	assert_version(&got);
	assert_int_equal(diag_count(got.diags), 0);
	assert_string_equal(company(&got), "Example");
	assert_string_equal(got.info.strings[VERSIONINFO_DESCRIPTION], "second is first");
	assert_null(got.info.strings[VERSIONINFO_ORIGINAL_NAME]);
	assert_string_equal(got.info.strings[VERSIONINFO_PRODUCT], "x");
	end(&got);
	free(r.bytes);
}

static void test_long_string(void **state)
{
	(void)state;
	for (size_t len = 512; len <= 513; len++) {
		struct resource r = build_long(ARRAY_LEN(strings), len);
		struct read got = read_cut(&r, r.len);
		const char *product = got.info.strings[VERSIONINFO_PRODUCT];
		assert_int_equal(product ? strlen(product) : 0, len == 512 ? 512 : 0);
		assert_int_equal(diag_count(got.diags), 0);
		end(&got);
		free(r.bytes);
	}
}

static void test_numbers_alone(void **state)
{
	struct resource r = build(0);
	struct read got = read_cut(&r, r.len);

	(void)state;
	assert_version(&got);
	assert_int_equal(diag_count(got.diags), 0);
	assert_null(company(&got));
	end(&got);
	/* No value: nothing is wrong, but nothing is told. */
	put16(&r, VALUE_LEN, 0);
	got = read_cut(&r, 40);
	assert_false(got.info.has_version);
	end(&got);
	free(r.bytes);
}

/* Some compilers count the bytes of a string's value, and not its characters. */
static void test_length_in_bytes(void **state)
{
	struct resource r = build(1);

	(void)state;
	put16(&r, INFO + TABLE + FIRST + VALUE_LEN, 16);
	struct read got = read_cut(&r, r.len);
	assert_int_equal(diag_count(got.diags), 0);
	assert_string_equal(company(&got), "Example");
	end(&got);
	free(r.bytes);
}

/* Then what follows the key is no value. */
static void test_length_of_zero(void **state)
{
	struct resource r = build(1);

	(void)state;
	put16(&r, INFO + TABLE + FIRST + VALUE_LEN, 0);
	struct read got = read_cut(&r, r.len);
	assert_int_equal(diag_count(got.diags), 0);
	assert_null(company(&got));
	end(&got);
	free(r.bytes);
}

static void test_padding_ends_a_table(void **state)
{
	struct resource r = build(1);

	(void)state;
	put16(&r, INFO + TABLE + FIRST, 0);
	struct read got = read_cut(&r, r.len);
	assert_int_equal(diag_count(got.diags), 0);
	assert_null(company(&got));
	assert_version(&got);
	end(&got);
	free(r.bytes);
}

static void test_damaged_head(void **state)
{
	struct resource r = build(1);

	(void)state;
	put16(&r, 0, (unsigned)r.len + 1);
	check_damaged(&r, 0, true, true);
	r = build(1);
	put16(&r, 0, 7);
	check_damaged(&r, 0, false, false);
	r = build(1);
	put16(&r, KEY, 'v');
	check_damaged(&r, 0, false, false);
	r = build(1);
	put16(&r, VALUE_LEN, 51);
	check_damaged(&r, 40, false, true);
	r = build(1);
	put16(&r, 40, 0);
	check_damaged(&r, 40, false, true);
	r = build(1);
	put16(&r, 0, 55);
	check_damaged(&r, 40, false, false);
}

static void test_damaged_blocks(void **state)
{
	struct resource r = build(2);

	(void)state;
	put16(&r, INFO, 0xFFFF);
	check_damaged(&r, INFO, true, true);
	r = build(2);
	put16(&r, INFO + TABLE, 0xFFFF);
	check_damaged(&r, INFO + TABLE, true, true);
	/* A string that is cut is none. */
	r = build(2);
	put16(&r, INFO + TABLE + FIRST, 0xFFFF);
	check_damaged(&r, INFO + TABLE + FIRST, true, false);
	r = build(2);
	put16(&r, INFO + TABLE + FIRST, 4);
	check_damaged(&r, INFO + TABLE + FIRST, true, false);
}

static void test_cut_at_every_length(void **state)
{
	struct resource r = build(ARRAY_LEN(strings));

	(void)state;
	for (size_t len = 0; len < r.len; len++) {
		struct read got = read_cut(&r, len);
		assert_true(diag_count_of(got.diags, DIAG_PE_DAMAGED) > 0);
		assert_int_equal(got.info.has_version, len >= 56);
		if (got.info.has_version)
			assert_version(&got);
		if (company(&got))
			assert_string_equal(company(&got), "Example");
		end(&got);
	}
	free(r.bytes);
}

static void test_every_byte_flipped(void **state)
{
	static const uint8_t flips[] = { 0x01, 0x04, 0x80, 0xFF };
	struct resource r = build(3);

	(void)state;
	for (size_t i = 0; i < r.len * ARRAY_LEN(flips); i++) {
		uint8_t *byte = &r.bytes[i / ARRAY_LEN(flips)];
		*byte ^= flips[i % ARRAY_LEN(flips)];
		struct read got = read_cut(&r, r.len);
		assert_true(got.info.version_off <= FILE_AT + r.len - 8);
		end(&got);
		*byte ^= flips[i % ARRAY_LEN(flips)];
	}
	free(r.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_long_string),
		cmocka_unit_test(test_numbers_alone),
		cmocka_unit_test(test_length_in_bytes),
		cmocka_unit_test(test_length_of_zero),
		cmocka_unit_test(test_padding_ends_a_table),
		cmocka_unit_test(test_damaged_head),
		cmocka_unit_test(test_damaged_blocks),
		cmocka_unit_test(test_cut_at_every_length),
		cmocka_unit_test(test_every_byte_flipped),
	};

	return UNIT_RUN(tests);
}
