/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which values are secrets: by name, by tag, by content. */
#include "help/unit.h"

#include "mapi/secret.h"

#include "help/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Words of programs for what lets somebody in. */
static void test_by_other_words(void **state)
{
	(void)state;
	assert_true(is_secret("AccessToken", "00"));
	assert_true(is_secret("REFRESH_TOKEN", "00"));
	assert_true(is_secret("ClientSecret", "00"));
	assert_true(is_secret("CredentialBlob", "00"));
	assert_true(is_secret("cookies", "00"));
	assert_false(is_secret("Toke", "00"));
	assert_false(is_secret("Refresh", "00"));
}

static bool holds_secret(const void *data, size_t len)
{
	struct keys *keys = keys_new("");
	struct value value = keys_value(keys, "anything", KEY_TYPE_BINARY, data, len);
	bool secret = secret_is(&value);

	keys_free(keys);
	return secret;
}

/* A text in 8 bits and in 16, alone and amid others. */
static bool is_token(const char *text)
{
	uint8_t wide[400] = { 0 };
	char amid[400];
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		wide[2 * i] = (uint8_t)text[i];
	(void)snprintf(amid, sizeof(amid), "eyJ and Bearer %s, what follows", text);
	bool secret = holds_secret(text, len);
	assert_int_equal(holds_secret(wide, 2 * len), secret);
	assert_int_equal(holds_secret(amid, strlen(amid)), secret);
	return secret;
}

/* RFC 7519, 3.1, shortened: header, claims and signature in base64url. */
static void test_web_tokens(void **state)
{
	(void)state;
	assert_true(is_token("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
			     ".eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g"));
	assert_true(is_token("eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJpIn0."));
	assert_false(is_token("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
			      "eyJpc3MiOiJqb2UifQdBjftJeZ4CVPmB92K27uhbUJU1p1r"));
	/* Of a deleted value the first bytes may be lost, and with them the head. */
	assert_true(is_token("0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
			     ".eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g"));
	assert_false(is_token("0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
			      " eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g"));
	assert_false(is_token("eyJ.a.b"));
	assert_false(is_token("Bearer of three parts . and . dots"));
	assert_false(is_token(""));
}

static bool is_secret_text(const char *text)
{
	struct keys *keys = keys_new("");
	bool secret;

	keys_sz(keys, "", "URL", text);
	secret = secret_is(&keys_root(keys)->values[0]);
	keys_free(keys);
	return secret;
}

/* A token without a form of its own is known by what the text calls it. */
static void test_texts(void **state)
{
	(void)state;
	assert_true(is_secret_text("https://a.example/?x=1&access_token=0.AX"));
	assert_true(is_secret_text("{\"Refresh_Token\":\"0.AX\"}"));
	assert_true(is_secret_text("client_secret=x"));
	assert_true(is_secret_text("user=a;Password=b"));
	assert_true(is_secret_text("https://ada:pw@a.example/"));
	assert_true(is_secret_text("ftp://ada:pw@a.example"));
	assert_false(is_secret_text("https://ada@a.example/"));
	assert_false(is_secret_text("https://a.example:443/x?MailboxId=a@b.example"));
	assert_false(is_secret_text("https://a.example:443?MailboxId=a@b.example"));
	assert_false(is_secret_text("ada:b@a.example"));
	assert_false(is_secret_text("asks for the password"));
	assert_false(is_secret_text("://"));
	assert_false(is_secret_text(""));
}

/* What repeats the head of a token is passed over, however long. */
static void test_many_heads(void **state)
{
	const size_t len = 3000000;
	char *data = malloc(len + 1);

	(void)state;
	assert_non_null(data);
	for (size_t i = 0; i < len; i += 3)
		memcpy(data + i, "eyJ", 3);
	assert_false(holds_secret(data, len));
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_by_tag),
		cmocka_unit_test(test_by_content),
		cmocka_unit_test(test_whatever_the_registry_type),
		cmocka_unit_test(test_by_other_words),
		cmocka_unit_test(test_web_tokens),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_many_heads),
	};

	return UNIT_RUN(tests);
}
