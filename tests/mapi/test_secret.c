/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which values are secrets: by name, by tag, by content. */
#include "help/unit.h"

#include "mapi/secret.h"

#include "help/keys.h"

#define DPAPI_PROVIDER "d08c9ddf0115d1118c7a00c04fc297eb"

static bool is_secret(const char *name, const char *hex)
{
	struct keys *keys = keys_new("");
	struct value value = keys_hex_value(keys, name, hex);
	bool secret = secret_is(&value);

	keys_free(keys);
	return secret;
}

static void test_by_name(void **state)
{
	(void)state;
	assert_true(is_secret("POP3 Password", "00"));
	assert_true(is_secret("POP3 Password2", "00"));
	assert_true(is_secret("IMAP PASSWORD", "00"));
	assert_true(is_secret("password", ""));
	assert_true(is_secret("DefaultPassword", "00"));
	assert_true(is_secret("SMTP Passwd", "00"));
	assert_false(is_secret("POP3 Remember Passwd", "01000000"));
	assert_false(is_secret("POP3 remember passwd", "01000000"));
	assert_false(is_secret("POP3 User", "00"));
	assert_false(is_secret("Passwor", "00"));
	assert_false(is_secret("", "00"));
}

static void test_by_tag(void **state)
{
	(void)state;
	assert_true(is_secret("S001e67f1", "00"));
	assert_true(is_secret("s01021234", "00"));
	assert_true(is_secret("010267f0", "00"));
	assert_true(is_secret("000367ff", "00000000"));
	assert_true(is_secret("001e67F8", "00"));
	assert_true(is_secret("001e6703", "00"));
	assert_true(is_secret("001f6704", "00"));
	assert_true(is_secret("01026617", "00"));
	/* The same id, as a number, is PR_LOCALE_ID. */
	assert_true(is_secret("010266a1", "00"));
	assert_true(is_secret("001f66a1", "0000"));
	assert_false(is_secret("000366a1", "09040000"));
	assert_false(is_secret("001f66a0", "0000"));
	assert_false(is_secret("010267ef", "00"));
	assert_false(is_secret("01026800", "00"));
	assert_false(is_secret("001f6702", "0000"));
	assert_false(is_secret("001f6705", "0000"));
	assert_false(is_secret("01026616", "00"));
	assert_false(is_secret("01026618", "00"));
	assert_false(is_secret("67f00102", "00"));
}

static void test_by_content(void **state)
{
	(void)state;
	assert_true(is_secret("anything", DPAPI_PROVIDER));
	/* As Outlook stores it: a byte of its own, a version, the provider. */
	assert_true(is_secret("01026699", "02 01000000 " DPAPI_PROVIDER " 01000000"));
	assert_true(is_secret("", "ff" DPAPI_PROVIDER));
	assert_false(is_secret("anything", "d08c9ddf0115d1118c7a00c04fc297"));
	assert_false(is_secret("anything", "d08c9ddf0115d1118c7a00c04fc297ec"));
	assert_false(is_secret("anything", ""));
}

static void test_whatever_the_registry_type(void **state)
{
	struct keys *keys = keys_new("");
	struct value value = keys_value(keys, "HTTP Password", KEY_TYPE_SZ, "x\0\0", 4);

	(void)state;
	assert_true(secret_is(&value));
	value.type = 0x12345678;
	assert_true(secret_is(&value));
	value = (struct value){ .name = (const uint8_t *)"P\0a\0s\0s\0w\0o\0r\0d",
				.name_len = 16,
				.flags = VALUE_FLAG_NAME_UTF16 };
	assert_true(secret_is(&value));
	keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_by_tag),
		cmocka_unit_test(test_by_content),
		cmocka_unit_test(test_whatever_the_registry_type),
	};

	return UNIT_RUN(tests);
}
