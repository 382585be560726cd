/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Properties of many values: both widths of their tables, every cut. */
#include "help/unit.h"

#include "mapi/property.h"

#include "help/keys.h"
#include "help/properties.h"

#include <string.h>

/* Every proper prefix of the value's data must be refused. */
static void assert_prefixes_refused(const struct value *whole)
{
	struct property_items items;

	assert_true(property_items(whole, &items));
	for (size_t len = 0; len < whole->data_len; len++) {
		struct value cut =
			keys_value(keys, "", KEY_TYPE_BINARY, whole->data, len);
		cut.name = whole->name;
		cut.name_len = whole->name_len;
		assert_false(property_items(&cut, &items));
		assert_false(is_sound(&cut));
	}
}

static void assert_item(const struct value *value, size_t i, const char *bytes,
			size_t len)
{
	struct property_items items;
	struct span item;

	assert_true(property_items(value, &items));
	assert_true(property_item(&items, i, &item));
	assert_int_equal(item.len, len);
	assert_memory_equal(item.ptr, bytes, len);
}

static size_t count(const struct value *value, uint8_t width)
{
	struct property_items items;

	assert_true(property_items(value, &items));
	assert_int_equal(items.width, width);
	return items.n;
}

static void test_packed_longs(void **state)
{
	struct value value = keys_hex_value(keys, "10036621", "0f010480 01000000");
	struct property_items items;
	struct span item;

	(void)state;
	assert_int_equal(count(&value, 0), 2);
	assert_item(&value, 1, "\1\0\0\0", 4);
	assert_true(property_items(&value, &items));
	assert_false(property_item(&items, 2, &item));
	for (uint32_t len = 0; len <= 8; len++) {
		value.data_len = len;
		assert_int_equal(property_items(&value, &items), len % 4 == 0);
	}
}

static void test_strings_of_a_32_bit_writer(void **state)
{
	struct value value = keys_hex_value(keys, "101e3d0f",
					    "01000000 08000000 636f6e7461622e646c6c00");

	(void)state;
	assert_int_equal(value.data_len, 19);
	assert_int_equal(count(&value, 4), 1);
	assert_item(&value, 0, "contab.dll", 10);
	assert_prefixes_refused(&value);
}

static void test_strings_of_a_64_bit_writer(void **state)
{
	struct value value = keys_hex_value(
		keys, "101e3d0f", "01000000 0c00000000000000 636f6e7461622e646c6c00");

	(void)state;
	assert_int_equal(value.data_len, 23);
	assert_int_equal(count(&value, 8), 1);
	assert_item(&value, 0, "contab.dll", 10);
	assert_prefixes_refused(&value);
}

/* 101e6613 as an Exchange 5.5 article of the knowledge base shows it. */
static void test_binding_strings_of_the_knowledge_base(void **state)
{
	static const char *const strings[] = {
		"ncalrpc:SERVERX_",   "ncacn_ip_tcp:host.example.com.local",
		"ncacn_spx:12345678", "ncacn_np:SERVERX_",
		"netbios:SERVERX_",   "ncacn_vns_spp:SERVERX",
	};
	static const uint8_t table[] = {
		0x06, 0, 0,    0, 0x1c, 0, 0,	 0, 0x2d, 0, 0,	   0, 0x51, 0,
		0,    0, 0x64, 0, 0,	0, 0x76, 0, 0,	  0, 0x87, 0, 0,    0,
	};
	uint8_t blob[256];
	size_t len = sizeof(table);

	(void)state;
	memcpy(blob, table, sizeof(table));
	for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
		/* The offsets are the article's own: the strings are as long as its. */
		assert_int_equal(len, table[4 + 4 * i]);
		memcpy(blob + len, strings[i], strlen(strings[i]) + 1);
		len += strlen(strings[i]) + 1;
	}
	struct value value = keys_value(keys, "101e6613", KEY_TYPE_BINARY, blob, len);
	assert_int_equal(count(&value, 4), 6);
	for (size_t i = 0; i < ARRAY_LEN(strings); i++)
		assert_item(&value, i, strings[i], strlen(strings[i]));
	assert_prefixes_refused(&value);
}

static void test_wide_strings_of_both_widths(void **state)
{
	struct value narrow = keys_hex_value(
		keys, "101f6628", "02000000 0c000000 10000000 41000000 42004300 0000");
	struct value wide = keys_hex_value(keys, "101f6628",
					   "02000000 1400000000000000 1800000000000000"
					   "41000000 42004300 0000");

	(void)state;
	assert_int_equal(count(&narrow, 4), 2);
	assert_int_equal(count(&wide, 8), 2);
	assert_item(&narrow, 0, "A\0", 2);
	assert_item(&narrow, 1, "B\0C\0", 4);
	assert_item(&wide, 1, "B\0C\0", 4);
	assert_prefixes_refused(&narrow);
	assert_prefixes_refused(&wide);
	/* A byte too many is half a unit. */
	assert_false(hex_is_sound("101f6628", "01000000 08000000 41000000 00"));
}

static void test_binaries_of_both_widths(void **state)
{
	struct value narrow =
		keys_hex_value(keys, "11023d05",
			       "02000000 02000000 14000000 03000000 16000000"
			       "aabb ccddee");
	/* What pads the sizes is whatever the writer's memory held. */
	struct value wide =
		keys_hex_value(keys, "11023d05",
			       "02000000 02000000 efbeadde 2400000000000000"
			       "03000000 00000000 2600000000000000 aabb ccddee");

	(void)state;
	assert_int_equal(count(&narrow, 4), 2);
	assert_int_equal(count(&wide, 8), 2);
	assert_item(&narrow, 0, "\xaa\xbb", 2);
	assert_item(&narrow, 1, "\xcc\xdd\xee", 3);
	assert_item(&wide, 0, "\xaa\xbb", 2);
	assert_item(&wide, 1, "\xcc\xdd\xee", 3);
	assert_prefixes_refused(&narrow);
	assert_prefixes_refused(&wide);
}

static void test_empty_binaries(void **state)
{
	/* An empty one has the offset of the blob's end, wherever it stands. */
	struct value value = keys_hex_value(keys, "1102022a",
					    "03000000 00000000 1e000000 02000000 1c000000"
					    "00000000 1e000000 aabb");

	(void)state;
	assert_int_equal(count(&value, 4), 3);
	assert_item(&value, 0, "", 0);
	assert_item(&value, 1, "\xaa\xbb", 2);
	assert_item(&value, 2, "", 0);
	assert_prefixes_refused(&value);
	/* Nothing but empty ones: the blob ends with its table. */
	value = keys_hex_value(keys, "1102022a", "01000000 00000000 0c000000");
	assert_int_equal(count(&value, 4), 1);
	value = keys_hex_value(keys, "1102022a",
			       "01000000 00000000 00000000 1400000000000000");
	assert_int_equal(count(&value, 8), 1);
	assert_prefixes_refused(&value);
	/* One that stands in the table is none. */
	assert_false(hex_is_sound("1102022a", "01000000 00000000 0b000000"));
	/* No elements at all */
	value = keys_hex_value(keys, "1102022a", "00000000");
	assert_int_equal(count(&value, 4), 0);
	assert_prefixes_refused(&value);
}

static void test_tables_that_contradict_themselves(void **state)
{
	(void)state;
	assert_true(hex_is_sound("101e0001", "02000000 0c000000 0e000000 4100 4200"));
	/* The first offset fits neither width. */
	assert_false(hex_is_sound("101e0001", "02000000 0b000000 0e000000 4100 4200"));
	assert_false(hex_is_sound("101e0001", "02000000 0d000000 0e000000 4100 4200"));
	/* An element inside the one before it, or before the data */
	assert_false(hex_is_sound("101e0001", "02000000 0c000000 0d000000 4100 4200"));
	assert_false(hex_is_sound("101e0001", "02000000 0c000000 0c000000 4100 4200"));
	assert_false(hex_is_sound("101e0001", "02000000 0c000000 00000000 4100 4200"));
	/* At and past the end; a count that the blob cannot hold */
	assert_false(hex_is_sound("101e0001", "02000000 0c000000 10000000 4100 4200"));
	assert_false(hex_is_sound("101e0001", "02000000 0c000000 ffffffff 4100 4200"));
	assert_false(hex_is_sound("101e0001", "ffffffff 0c000000 0e000000 4100 4200"));
	assert_false(hex_is_sound("101e0001", "04000000 14000000 0e000000 4100 4200"));
	/* A 64-bit offset whose low half alone would do */
	assert_false(hex_is_sound("101e0001", "01000000 0c00000001000000 4100"));
	assert_false(hex_is_sound("11020001", "01000000 ffffffff 0c000000 aa"));
	assert_false(hex_is_sound("11020001", "01000000 02000000 0c000000 aa"));
	assert_true(hex_is_sound("11020001", "01000000 01000000 0c000000 aa"));
	/* Empty elements only, and yet bytes past the table */
	assert_false(hex_is_sound("11020001", "01000000 00000000 0c000000 aa"));
}

static void test_items_of_another_type(void **state)
{
	struct value value = keys_hex_value(keys, "01023d0f", "01000000 08000000 4100");
	struct property_items items;

	(void)state;
	assert_false(property_items(&value, &items));
	value = keys_hex_value(keys, "Email", "01000000 08000000 4100");
	assert_false(property_items(&value, &items));
	value = keys_hex_value(keys, "101e3d0f", "01000000 08000000 4100");
	value.type = KEY_TYPE_SZ;
	assert_false(property_items(&value, &items));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_packed_longs),
		TEST(test_strings_of_a_32_bit_writer),
		TEST(test_strings_of_a_64_bit_writer),
		TEST(test_binding_strings_of_the_knowledge_base),
		TEST(test_wide_strings_of_both_widths),
		TEST(test_binaries_of_both_widths),
		TEST(test_empty_binaries),
		TEST(test_tables_that_contradict_themselves),
		TEST(test_items_of_another_type),
	};

	return UNIT_RUN(tests);
}
