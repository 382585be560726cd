/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers, texts, times and bytes as a report spells them. */
#include "help/unit.h"

#include "help/verified.h"

#include <string.h>

static struct span span_s(const char *text)
{
	return span_of(text, strlen(text));
}

static void test_numbers(void **state)
{
	struct verifytext_element element = verified_element((const char *const[]){
		"n", "18446744073709551615", "m", "18446744073709551616", "id", "i12",
		"none", "", "minus", "-1", "word", "3x", NULL });
	uint64_t number = 0;

	(void)state;
	assert_true(verifytext_number(element, "n", &number));
	assert_true(number == UINT64_MAX);
	assert_true(verifytext_id(element, "id", &number));
	assert_int_equal(number, 12);
	assert_false(verifytext_number(element, "m", &number));
	assert_false(verifytext_number(element, "none", &number));
	assert_false(verifytext_number(element, "minus", &number));
	assert_false(verifytext_number(element, "word", &number));
	assert_false(verifytext_number(element, "absent", &number));
	assert_false(verifytext_id(element, "none", &number));
	assert_true(verifytext_is(element, "word", "3x"));
	assert_false(verifytext_is(element, "word", "3"));
}

static void test_digest(void **state)
{
	static const char hex[] =
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	struct digest digest;

	(void)state;
	/* That of no bytes: FIPS 180. */
	assert_true(verifytext_digest(span_s(hex), &digest));
	assert_memory_equal(digest.bytes, digest_of(span_of("", 0)).bytes, DIGEST_SIZE);
	assert_false(verifytext_digest(span_of(hex, 63), &digest));
	assert_false(verifytext_digest(span_s("x3b0c44298fc1c149afbf4c8996fb92427ae41e464"
					      "9b934ca495991b7852b855"),
				       &digest));
}

static void test_texts(void **state)
{
	struct text lone = { span_of("A\0\0\xd8", 4), TEXT_UTF16LE };
	struct span units = span_s("410000d8"), others = span_s("410001d8");

	(void)state;
	assert_true(verifytext_says(span_s("\xc3\xa4"), NULL, text_of("\xe4")));
	assert_false(verifytext_says(span_s("a"), NULL, text_of("\xe4")));
	assert_true(verifytext_says(span_s("A\xef\xbf\xbd"), &units, lone));
	assert_false(verifytext_says(span_s("A\xef\xbf\xbd"), &others, lone));
	assert_false(verifytext_says(span_s("A\xef\xbf\xbd"), NULL, lone));
	assert_false(verifytext_says(span_s("B\xef\xbf\xbd"), &units, lone));
	/* Units stand there only where XML cannot hold the text. */
	units = span_s("4100");
	assert_false(verifytext_says(span_s("A"), &units, text_of("A")));
	assert_int_equal(verifytext_length(span_s("\xc3\xa4"), NULL), 1);
	assert_int_equal(verifytext_length(span_s("x"), &units), 1);
	assert_true(verifytext_attribute(
		verified_element((const char *const[]){ "name", "A", NULL }), "name",
		text_of("A")));
	assert_true(verifytext_attribute(
		verified_element((const char *const[]){ "x", "A", NULL }), "name",
		text_of("")));
}

static void test_times(void **state)
{
	(void)state;
	/* Half a day behind the beginning of 1601. */
	assert_true(verifytext_is_time(span_s("1601-01-01T12:00:00.0000000Z"),
				       UINT64_C(432000000000)));
	assert_false(verifytext_is_time(span_s("1601-01-01T12:00:00.0000000Z"),
					UINT64_C(432000000001)));
}

static void test_base64(void **state)
{
	static const struct {
		const char *text, *bytes;
	} rows[] = {
		/* RFC 4648, section 10. */
		{ "", "" },
		{ "Zg==", "f" },
		{ "Zm8=", "fo" },
		{ "Zm9v", "foo" },
		{ "Zm9vYg==", "foob" },
		{ "Zm9vYmE=", "fooba" },
		{ "Zm9vYmFy", "foobar" },
	};
	static const char *const wrong[] = { "Zg=", "Z", "Zg=a", "Z===", "Zh==", "Z g=" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint8_t text[16];
		size_t len = strlen(rows[i].text);
		memcpy(text, rows[i].text, len);
		assert_true(verifytext_unbase64(text, &len));
		assert_int_equal(len, strlen(rows[i].bytes));
		assert_memory_equal(text, rows[i].bytes, len);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		uint8_t text[16];
		size_t len = strlen(wrong[i]);
		memcpy(text, wrong[i], len);
		assert_false(verifytext_unbase64(text, &len));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_digest),
		cmocka_unit_test(test_texts),	cmocka_unit_test(test_times),
		cmocka_unit_test(test_base64),
	};
	return UNIT_RUN(tests);
}
