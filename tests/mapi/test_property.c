/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Property values: every type of one value. */
#include "help/unit.h"

#include "mapi/property.h"

#include "help/keys.h"
#include "help/properties.h"
#include "help/texts.h"

#include <string.h>

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
	};

	return UNIT_RUN(tests);
}
