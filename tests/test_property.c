/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Property values: every type, both widths of multi-value tables, every cut. */
#include "unit.h"

#include "mapi/property.h"

#include "keys.h"
#include "texts.h"

#include <stdlib.h>
#include <string.h>

static struct keys *keys;

static int set_up(void **state)
{
	(void)state;
	keys = keys_new("");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	keys_free(keys);
	return 0;
}

/* The bytes of a Latin-1 or UTF-16 text as ASCII. */
static bool is_sound(const struct value *value)
{
	struct proptag tag;

	assert_true(proptag_parse(value_name(value), &tag));
	return property_is_sound(value, tag);
}

static bool hex_is_sound(const char *name, const char *hex)
{
	struct value value = keys_hex_value(keys, name, hex);

	return is_sound(&value);
}

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

static void test_unicode_string(void **state)
{
	/* "OMSAB" from a real hive */
	struct value value = keys_hex_value(keys, "001f3d09", "4f004d005300410042000000");
	struct text t;

	(void)state;
	assert_true(property_string(&value, &t));
	assert_text(t, "OMSAB");
	assert_true(is_sound(&value));
	/* No NUL, a NUL within, nothing at all, half a unit */
	value = keys_hex_value(keys, "001f3d09", "4f004d00");
	assert_true(property_string(&value, &t));
	assert_text(t, "OM");
	value = keys_hex_value(keys, "001f3d09", "4f0000004d00");
	assert_true(property_string(&value, &t));
	assert_text(t, "O");
	value = keys_hex_value(keys, "001f3d09", "0000");
	assert_true(property_string(&value, &t));
	assert_text(t, "");
	value = keys_hex_value(keys, "001f3d09", "");
	assert_true(property_string(&value, &t));
	value = keys_hex_value(keys, "001f3d09", "4f004d0053");
	assert_false(property_string(&value, &t));
	assert_false(is_sound(&value));
}

static void test_string_of_any_registry_type(void **state)
{
	struct value value = keys_value(keys, "001e6602", KEY_TYPE_SZ, "S\0\0\0", 4);
	struct text t;

	(void)state;
	assert_true(property_string(&value, &t));
	assert_text(t, "S");
	value = keys_value(keys, "001f6602", KEY_TYPE_SZ, "S\0", 2);
	assert_true(property_string(&value, &t));
	assert_text(t, "S");
	value = keys_value(keys, "001e6602", KEY_TYPE_SZ, "S\0X", 3);
	assert_false(property_string(&value, &t));
	/* 8-bit text in REG_BINARY: Latin-1 */
	value = keys_value(keys, "001e6602", KEY_TYPE_BINARY, "S\xe4\0x", 4);
	assert_true(property_string(&value, &t));
	assert_text(t, "S\xe4");
	value = keys_value(keys, "001f6602", KEY_TYPE_DWORD, "S\0\0\0", 4);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "00036602", KEY_TYPE_SZ, "S\0\0\0", 4);
	assert_false(property_string(&value, &t));
	assert_false(is_sound(&value));
}

static void test_string_under_a_plain_name(void **state)
{
	struct value value = keys_value(keys, "Email", KEY_TYPE_BINARY, "a\0b\0\0\0", 6);
	struct text t;

	(void)state;
	assert_true(property_string(&value, &t));
	assert_text(t, "ab");
	value = keys_value(keys, "Email", KEY_TYPE_SZ, "a\0b\0", 4);
	assert_true(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "\t\0\n\0\r\0 \0\0\0", 10);
	assert_true(property_string(&value, &t));
	/* No NUL, a second one, half a unit, a control character, nothing: binary */
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "a\0b\0", 4);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "a\0\0\0\0\0", 6);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "a\0\0\0x", 5);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "\3\0\0\0", 4);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "\37\0\0\0", 4);
	assert_false(property_string(&value, &t));
	value = keys_value(keys, "Email", KEY_TYPE_BINARY, "", 0);
	assert_false(property_string(&value, &t));
}

static void test_number(void **state)
{
	struct value value = keys_hex_value(keys, "00033009", "02000080");
	uint32_t number = 0;

	(void)state;
	assert_true(property_number(&value, &number));
	assert_int_equal(number, 0x80000002);
	value = keys_hex_value(keys, "000b0413", "0100");
	assert_true(property_number(&value, &number));
	assert_int_equal(number, 1);
	value = keys_hex_value(keys, "00021234", "ffff");
	assert_true(property_number(&value, &number));
	assert_int_equal(number, 0xffff);
	value = keys_value(keys, "00033009", KEY_TYPE_DWORD, "\7\0\0\0", 4);
	assert_true(property_number(&value, &number));
	assert_int_equal(number, 7);
	value = keys_value(keys, "MAPI Provider", KEY_TYPE_DWORD, "\4\0\0\0", 4);
	assert_true(property_number(&value, &number));
	assert_int_equal(number, 4);
	/* plain REG_BINARY is no number, nor is REG_DWORD under a string's tag */
	value = keys_hex_value(keys, "Mini UID", "01000000");
	assert_false(property_number(&value, &number));
	value = keys_value(keys, "001f3001", KEY_TYPE_DWORD, "\4\0\0\0", 4);
	assert_false(property_number(&value, &number));
}

static void test_fixed_sizes_at_both_sides(void **state)
{
	static const struct {
		const char *name;
		size_t size;
	} types[] = {
		{ "00020001", 2 }, { "00030001", 4 }, { "000b0001", 2 },
		{ "00140001", 8 }, { "00400001", 8 }, { "00480001", 16 },
		{ "00050001", 8 }, { "000a0001", 4 },
	};
	static const uint8_t zeroes[17];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		for (size_t len = 0; len <= sizeof(zeroes); len++) {
			struct value value = keys_value(keys, types[i].name,
							KEY_TYPE_BINARY, zeroes, len);
			assert_int_equal(is_sound(&value), len == types[i].size);
		}
	struct value wide = keys_value(keys, "00140001", KEY_TYPE_QWORD, zeroes, 8);
	assert_true(is_sound(&wide));
	wide = keys_value(keys, "00480001", KEY_TYPE_QWORD, zeroes, 16);
	assert_false(is_sound(&wide));
	/* Nothing is known of the type, so nothing contradicts it. */
	assert_true(hex_is_sound("7fff0001", "010203"));
}

static void test_bytes_and_uids(void **state)
{
	const char *two =
		"94c69157b76a9b4695a7d02aee567563 d62a6f79b0bd6f42b89024c32341f335";
	struct value value = keys_hex_value(keys, "01023d0e", two);
	char name[PROPERTY_UID_NAME_SIZE];
	struct span bytes;
	bool ragged = true;

	(void)state;
	assert_true(property_bytes(&value, &bytes));
	assert_int_equal(property_uid_count(bytes, &ragged), 2);
	assert_false(ragged);
	property_uid_name(bytes, 1, name);
	assert_string_equal(name, "d62a6f79b0bd6f42b89024c32341f335");
	assert_true(is_sound(&value));
	assert_int_equal(property_uid_count(span_clip(bytes, 31), &ragged), 1);
	assert_true(ragged);
	assert_int_equal(property_uid_count(span_clip(bytes, 15), NULL), 0);
	/* Past the end: no name rather than a wrong one. */
	property_uid_name(bytes, 2, name);
	assert_string_equal(name, "");

	assert_false(hex_is_sound("01023d0e", "94c69157b76a9b4695a7d02aee5675"));
	assert_true(hex_is_sound("01023d06", "94c69157b76a9b4695a7d02aee5675"));
	value.type = KEY_TYPE_SZ;
	assert_false(property_bytes(&value, &bytes));
	assert_false(is_sound(&value));
	value = keys_hex_value(keys, "00033d0e", "01000000");
	assert_false(property_bytes(&value, &bytes));
	value = keys_hex_value(keys, "Service UID", "0102");
	assert_true(property_bytes(&value, &bytes));
	assert_int_equal(bytes.len, 2);
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

static void assert_rendered(const char *name, const char *hex, const char *line)
{
	struct value value = keys_hex_value(keys, name, hex);
	struct proptag tag;
	char *text;

	assert_true(proptag_parse(value_name(&value), &tag));
	text = property_render(&value, tag);
	assert_non_null(text);
	assert_string_equal(text, line);
	free(text);
}

static void test_render(void **state)
{
	(void)state;
	assert_rendered("001f3d09", "4f004d000000", "OM");
	assert_rendered("00033009", "22000000", "34 (0x00000022)");
	assert_rendered("000b0413", "0100", "1 (0x0001)");
	assert_rendered("00140001", "0000000001000000",
			"4294967296 (0x0000000100000000)");
	assert_rendered("00400032", "cbdaf0c0f713cd01", "2012-04-06T13:18:27.8472395Z");
	assert_rendered("00486002", "b4f5d26f8cdbee47b323cf4b4066c8b4",
			"{6FD2F5B4-DB8C-47EE-B323-CF4B4066C8B4}");
	assert_rendered(
		"01023d00",
		"94c69157b76a9b4695a7d02aee567563"
		"d62a6f79b0bd6f42b89024c32341f335",
		"94c69157b76a9b4695a7d02aee567563; d62a6f79b0bd6f42b89024c32341f335");
	assert_rendered("01020ff9", "0aff", "0aff");
	assert_rendered("01020ff9", "", "");
	assert_rendered("10036621", "0f010480 01000000",
			"2147746063 (0x8004010f); 1 (0x00000001)");
	assert_rendered("101e0001", "02000000 0c000000 0e000000 4100 e400",
			"A; \xc3\xa4");
	assert_rendered("101f0001", "01000000 08000000 3d26 0000", "\xe2\x98\xbd");
	assert_rendered("11020001", "02000000 01000000 14000000 00000000 15000000 aa",
			"aa; ");
	/* Unsound: the bytes */
	assert_rendered("00033009", "2200", "2200");
	assert_rendered("101e0001", "02000000", "02000000");
	assert_rendered("001f0001", "410042", "410042");
}

static void test_render_cuts_long_binary(void **state)
{
	uint8_t bytes[PROPERTY_RENDER_MAX + 1] = { 0 };
	struct value value =
		keys_value(keys, "01020001", KEY_TYPE_BINARY, bytes, PROPERTY_RENDER_MAX);
	struct proptag tag = { .type = PROPTAG_BINARY, .id = 1 };
	char *text = property_render(&value, tag);

	(void)state;
	assert_non_null(text);
	assert_int_equal(strlen(text), 2 * PROPERTY_RENDER_MAX);
	free(text);
	value = keys_value(keys, "01020001", KEY_TYPE_BINARY, bytes, sizeof(bytes));
	text = property_render(&value, tag);
	assert_non_null(text);
	assert_string_equal(text + 2 * PROPERTY_RENDER_MAX, "... (65 bytes)");
	free(text);
}

static void assert_rendered_plain(uint32_t type, const void *data, size_t len,
				  const char *line)
{
	struct value value = keys_value(keys, "Name", type, data, len);
	char *text = property_render_plain(&value);

	assert_non_null(text);
	assert_string_equal(text, line);
	free(text);
}

static void test_render_plain(void **state)
{
	(void)state;
	assert_rendered_plain(KEY_TYPE_SZ, "a\0b\0\0\0c\0", 8, "ab");
	assert_rendered_plain(KEY_TYPE_EXPAND_SZ, "a\0", 2, "a");
	assert_rendered_plain(KEY_TYPE_MULTI_SZ, "a\0\0\0b\0c\0\0\0\0\0x\0", 14, "a; bc");
	assert_rendered_plain(KEY_TYPE_MULTI_SZ, "a\0\0\0b\0", 6, "a; b");
	assert_rendered_plain(KEY_TYPE_MULTI_SZ, "", 0, "");
	assert_rendered_plain(KEY_TYPE_DWORD, "\3\0\16\0", 4, "917507 (0x000e0003)");
	assert_rendered_plain(KEY_TYPE_DWORD, "\3\0\16", 3, "03000e");
	assert_rendered_plain(KEY_TYPE_DWORD_BIG_ENDIAN, "\0\0\1\2", 4,
			      "258 (0x00000102)");
	assert_rendered_plain(KEY_TYPE_QWORD, "\1\0\0\0\0\0\0\0", 8,
			      "1 (0x0000000000000001)");
	assert_rendered_plain(KEY_TYPE_BINARY, "a\0\0\0", 4, "a");
	assert_rendered_plain(KEY_TYPE_BINARY, "\3\0\0\0", 4, "03000000");
	assert_rendered_plain(KEY_TYPE_NONE, "a\0\0\0", 4, "61000000");
	assert_rendered_plain(0xffff0000, "a", 1, "61");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_unicode_string),
		TEST(test_string_of_any_registry_type),
		TEST(test_string_under_a_plain_name),
		TEST(test_number),
		TEST(test_fixed_sizes_at_both_sides),
		TEST(test_bytes_and_uids),
		TEST(test_packed_longs),
		TEST(test_strings_of_a_32_bit_writer),
		TEST(test_strings_of_a_64_bit_writer),
		TEST(test_binding_strings_of_the_knowledge_base),
		TEST(test_wide_strings_of_both_widths),
		TEST(test_binaries_of_both_widths),
		TEST(test_empty_binaries),
		TEST(test_tables_that_contradict_themselves),
		TEST(test_items_of_another_type),
		TEST(test_render),
		TEST(test_render_cuts_long_binary),
		TEST(test_render_plain),
	};

	return UNIT_RUN(tests);
}
