/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Base64 by the vectors of RFC 4648, section 10, and what ends it. */
#include "help/unit.h"

#include "report/base64.h"

#include "base/compiler.h"

#include <stdbool.h>
#include <string.h>

static const struct {
	const char *bytes, *text;
} vectors[] = {
	{ "", "" },
	{ "f", "Zg==" },
	{ "fo", "Zm8=" },
	{ "foo", "Zm9v" },
	{ "foob", "Zm9vYg==" },
	{ "fooba", "Zm9vYmE=" },
	{ "foobar", "Zm9vYmFy" },
};

static void test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		size_t n = strlen(vectors[i].bytes);
		char text[16] = "";
		uint8_t bytes[16];
		base64_write(text, (const uint8_t *)vectors[i].bytes, n);
		assert_string_equal(text, vectors[i].text);
		assert_int_equal(BASE64_SIZE(n), strlen(text));
		assert_int_equal(base64_read(text, strlen(text), bytes, sizeof(bytes)),
				 n);
		assert_memory_equal(bytes, vectors[i].bytes, n);
	}
}

static void test_every_byte_there_and_back(void **state)
{
	uint8_t bytes[256], back[256];
	char text[BASE64_SIZE(256)];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(255 - i);
	base64_write(text, bytes, sizeof(bytes));
	assert_int_equal(base64_read(text, sizeof(text), back, sizeof(back)), 256);
	assert_memory_equal(back, bytes, sizeof(bytes));
	/* As much as there is room for. */
	memset(back, 0, sizeof(back));
	assert_int_equal(base64_read(text, sizeof(text), back, 7), 7);
	assert_memory_equal(back, bytes, 7);
	assert_int_equal(back[7], 0);
	assert_int_equal(base64_read(text, sizeof(text), back, 0), 0);
}

/* Every prefix, and every character in the middle. */
static void test_what_ends_it(void **state)
{
	uint8_t bytes[16];

	(void)state;
	for (size_t n = 0; n <= 8; n++)
		assert_int_equal(base64_read("Zm9vYmFy", n, bytes, sizeof(bytes)),
				 n * 3 / 4);
	for (int c = 0; c < 256; c++) {
		char text[] = "Zm9v?mFy";
		bool part =
			c && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
				    "yz0123456789+/",
				    c);
		text[4] = (char)c;
		assert_int_equal(base64_read(text, 8, bytes, sizeof(bytes)),
				 part ? 6 : 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_every_byte_there_and_back),
		cmocka_unit_test(test_what_ends_it),
	};

	return UNIT_RUN(tests);
}
