/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings of JSON, by RFC 8259, section 7. */
#include "help/caught.h"

#include "report/jsontext.h"

static void expect(const uint8_t *bytes, size_t n, const char *json)
{
	struct output *output = caught_begin();

	jsontext_put(output, (struct text){ .bytes = span_of(bytes, n),
					    .encoding = TEXT_UTF16LE });
	assert_string_equal(caught_end(), json);
}

#define EXPECT(json, ...)                                                                \
	do {                                                                             \
		static const uint16_t units_[] = { __VA_ARGS__ };                        \
		uint8_t bytes_[sizeof(units_)];                                          \
		for (size_t i_ = 0; i_ < sizeof(units_) / 2; i_++) {                     \
			bytes_[2 * i_] = (uint8_t)units_[i_];                            \
			bytes_[2 * i_ + 1] = (uint8_t)(units_[i_] >> 8);                 \
		}                                                                        \
		expect(bytes_, sizeof(bytes_), json);                                    \
	} while (0)

static void test_plain(void **state)
{
	(void)state;
	expect((const uint8_t *)"", 0, "\"\"");
	EXPECT("\"a ~\"", 'a', ' ', '~');
}

/* Every control, the quotation mark and the backslash must be escaped; DEL is, too. */
static void test_escapes(void **state)
{
	(void)state;
	EXPECT("\"\\\"\\\\/\"", '"', '\\', '/');
	EXPECT("\"\\u0000\\u0001\\u000a\\u001f \\u007f\\u009b\"", 0, 1, 10, 0x1f, ' ',
	       0x7f, 0x9b);
	EXPECT("\"\\u00e9\\u202e\\u2028\\uffff\"", 0xe9, 0x202e, 0x2028, 0xffff);
}

/* A pair stays one; a half of one, wherever it stands, becomes U+FFFD. */
static void test_surrogates(void **state)
{
	(void)state;
	EXPECT("\"\\ud83d\\ude00\"", 0xd83d, 0xde00);
	EXPECT("\"\\ufffd\"", 0xd83d);
	EXPECT("\"\\ufffda\"", 0xde00, 'a');
	EXPECT("\"\\ufffd\\ud83d\\ude00\\ufffd\"", 0xd83d, 0xd83d, 0xde00, 0xde00);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_surrogates),
	};
	return UNIT_RUN(tests);
}
