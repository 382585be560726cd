/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Property values as text: every type. */
#include "help/unit.h"

#include "mapi/property_render.h"

#include "help/keys.h"
#include "help/properties.h"

#include <stdlib.h>
#include <string.h>

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
		TEST(test_render),
		TEST(test_render_cuts_long_binary),
		TEST(test_render_plain),
	};

	return UNIT_RUN(tests);
}
