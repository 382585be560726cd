/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sections by name, and their properties by id. */
#include "help/unit.h"

#include "mapi/section.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <string.h>

static void test_sections_by_name(void **state)
{
	struct key section = { .name = (const uint8_t *)CONTAB, .name_len = 32 };

	(void)state;
	assert_true(section_is_own(&section));
	section.name_len = 31;
	assert_false(section_is_own(&section));
	section.name = (const uint8_t *)"94c69157b76a9b4695a7d02aee56756g";
	section.name_len = 32;
	assert_false(section_is_own(&section));
	section.name = (const uint8_t *)"9375CFF0413111d3B88A00104B2A6676";
	assert_false(section_is_own(&section));
	section.name = (const uint8_t *)SECTION_ROOT;
	assert_false(section_is_own(&section));
	assert_string_equal(section_word(text_of(SECTION_ROOT)), "root section");
	assert_string_equal(section_word(text_of("9375CFF0413111d3B88A00104B2A6676")),
			    "account manager");
	assert_null(section_word(text_of(CONTAB)));
	assert_null(section_word(text_of("f86ed2903a4a11cfb57e524153480001")));
}

/* In both encodings and cases the bytes that the digits spell; of others none. */
static void test_uids(void **state)
{
	static const uint8_t expected[PROPERTY_UID_SIZE] = {
		0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
		0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10,
	};
	static const char name[] = "0123456789abcdefFEDCBA9876543210";
	struct key section = { .name = (const uint8_t *)name, .name_len = 32 };
	uint8_t uid[PROPERTY_UID_SIZE] = { 0 }, wide[64];

	(void)state;
	assert_true(section_uid(&section, uid));
	assert_memory_equal(uid, expected, sizeof(uid));
	for (size_t i = 0; i < 32; i++) {
		wide[2 * i] = (uint8_t)name[i];
		wide[2 * i + 1] = 0;
	}
	section = (struct key){ .name = wide,
				.name_len = sizeof(wide),
				.flags = KEY_FLAG_NAME_UTF16 };
	memset(uid, 0, sizeof(uid));
	assert_true(section_uid(&section, uid));
	assert_memory_equal(uid, expected, sizeof(uid));
	/* U+0130 is no digit, though its low byte is one. */
	wide[1] = 1;
	assert_false(section_uid(&section, uid));
	section =
		(struct key){ .name = (const uint8_t *)SECTION_INSTANCE, .name_len = 32 };
	assert_false(section_uid(&section, uid));
}

static void test_property_prefers_unicode(void **state)
{
	const struct key *section;
	struct text t;
	uint32_t number;
	struct span bytes;

	(void)state;
	keys_sz(keys, "", "001e6602", "ANSI");
	keys_wide(keys, "", "001F6602", "WIDE");
	keys_long(keys, "", "00036602", 5);
	keys_hex(keys, "", "01026602", "aa");
	keys_sz(keys, "", "001e6603", "only");
	keys_hex(keys, "", "001f6604", "41");
	keys_sz(keys, "", "001e6604", "sound");
	keys_hex(keys, "", "00406605", "0000000000000000");
	section = keys_root(keys);
	assert_true(text_is(value_name(section_property(section, 0x6602)), "001f6602"));
	assert_true(text_is(value_name(section_property(section, 0x6605)), "00406605"));
	assert_null(section_property(section, 0x6606));
	assert_true(section_string(section, 0x6602, &t));
	assert_text(t, "WIDE");
	assert_true(section_string(section, 0x6603, &t));
	assert_text(t, "only");
	/* What cannot be decoded does not hide what can. */
	assert_true(section_string(section, 0x6604, &t));
	assert_text(t, "sound");
	assert_false(section_string(section, 0x6605, &t));
	assert_true(section_number(section, 0x6602, &number));
	assert_int_equal(number, 5);
	assert_false(section_number(section, 0x6603, &number));
	assert_true(section_bytes(section, 0x6602, &bytes));
	assert_int_equal(bytes.len, 1);
	assert_false(section_bytes(section, 0x6603, &bytes));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_sections_by_name),
		TEST(test_uids),
		TEST(test_property_prefers_unicode),
	};

	return UNIT_RUN(tests);
}
