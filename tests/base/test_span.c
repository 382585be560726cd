/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spans at both sides of every bound, and the words of a status. */
#include "help/unit.h"

#include "base/span.h"
#include "base/status.h"

#include <stdlib.h>

static const uint8_t bytes[10] = {
	0x01, 0x82, 0x03, 0x84, 0x05, 0x86, 0x07, 0x88, 0x09, 0x8A,
};

static void test_has_at_the_end(void **state)
{
	struct span s = span_of(bytes, 10);

	(void)state;
	assert_true(span_has(s, 0, 10));
	assert_false(span_has(s, 0, 11));
	assert_true(span_has(s, 9, 1));
	assert_false(span_has(s, 9, 2));
	assert_true(span_has(s, 10, 0));
	assert_false(span_has(s, 10, 1));
	assert_false(span_has(s, 11, 0));
	assert_false(span_has(s, SIZE_MAX, 1));
	assert_false(span_has(s, 1, SIZE_MAX));
	assert_false(span_has(s, SIZE_MAX, SIZE_MAX));
	assert_true(span_has(span_of(NULL, 0), 0, 0));
	assert_false(span_has(span_of(NULL, 0), 0, 1));
}

static void test_numbers_are_little_endian(void **state)
{
	struct span s = span_of(bytes, 10);
	uint8_t u8 = 0;
	uint16_t u16 = 0;
	uint32_t u32 = 0;
	uint64_t u64 = 0;

	(void)state;
	assert_true(span_u8(s, 9, &u8));
	assert_int_equal(u8, 0x8A);
	assert_true(span_le16(s, 8, &u16));
	assert_int_equal(u16, 0x8A09);
	assert_true(span_le32(s, 6, &u32));
	assert_int_equal(u32, 0x8A098807);
	assert_true(span_le64(s, 2, &u64));
	assert_int_equal(u64, UINT64_C(0x8A09880786058403));
	assert_int_equal(le16(bytes), 0x8201);
	assert_int_equal(le32(bytes), 0x84038201);
	assert_int_equal(le64(bytes), UINT64_C(0x8807860584038201));
}

static void test_numbers_refuse_what_is_short(void **state)
{
	(void)state;
	/* Exact copies on the heap, so that a sanitizer sees one byte too far. */
	for (size_t len = 0; len <= 8; len++) {
		uint8_t *copy = malloc(len ? len : 1);

		assert_non_null(copy);
		memcpy(copy, bytes, len);

		struct span s = span_of(copy, len);
		uint8_t u8 = 0x55;
		uint16_t u16 = 0x55;
		uint32_t u32 = 0x55;
		uint64_t u64 = 0x55;
		uint8_t out[8] = { 0x55 };

		assert_int_equal(span_u8(s, 0, &u8), len >= 1);
		assert_int_equal(span_le16(s, 0, &u16), len >= 2);
		assert_int_equal(span_le32(s, 0, &u32), len >= 4);
		assert_int_equal(span_le64(s, 0, &u64), len >= 8);
		assert_int_equal(span_copy(s, 0, out, 8), len >= 8);
		/* What is refused is left alone. */
		assert_int_equal(u8, len >= 1 ? 0x01 : 0x55);
		assert_int_equal(u16, len >= 2 ? 0x8201 : 0x55);
		assert_int_equal(u32, len >= 4 ? 0x84038201 : 0x55);
		assert_int_equal(u64, len >= 8 ? UINT64_C(0x8807860584038201) : 0x55);
		assert_int_equal(out[0], len >= 8 ? 0x01 : 0x55);
		assert_false(span_u8(s, SIZE_MAX, &u8));
		assert_false(span_le64(s, SIZE_MAX - 3, &u64));
		free(copy);
	}
}

static void test_parts(void **state)
{
	struct span s = span_of(bytes, 10);
	struct span part = { 0 };

	(void)state;
	assert_true(span_sub(s, 4, 6, &part));
	assert_ptr_equal(part.ptr, bytes + 4);
	assert_int_equal(part.len, 6);
	assert_false(span_sub(s, 4, 7, &part));
	assert_int_equal(part.len, 6);
	assert_true(span_sub(s, 10, 0, &part));
	assert_int_equal(part.len, 0);
	assert_false(span_sub(s, 11, 0, &part));

	assert_int_equal(span_from(s, 9).len, 1);
	assert_ptr_equal(span_from(s, 9).ptr, bytes + 9);
	assert_int_equal(span_from(s, 10).len, 0);
	assert_int_equal(span_from(s, SIZE_MAX).len, 0);
	assert_int_equal(span_clip(s, 9).len, 9);
	assert_int_equal(span_clip(s, 11).len, 10);
	assert_true(span_is_empty(span_clip(s, 0)));
	assert_false(span_is_empty(span_clip(s, 1)));
}

static void test_starts_and_equal(void **state)
{
	static const uint8_t other[10] = {
		0x01, 0x82, 0x03, 0x84, 0x05, 0x86, 0x07, 0x88, 0x09, 0x8B,
	};
	struct span s = span_of(bytes, 10);

	(void)state;
	assert_true(span_starts(s, 8, bytes + 8, 2));
	assert_false(span_starts(s, 8, other + 8, 2));
	assert_false(span_starts(s, 9, bytes + 8, 2));
	assert_true(span_equal(s, span_of(bytes, 10)));
	assert_false(span_equal(s, span_of(other, 10)));
	assert_true(span_equal(span_clip(s, 9), span_of(other, 9)));
	assert_false(span_equal(s, span_of(bytes, 9)));
	assert_true(span_equal(span_of(NULL, 0), span_of(bytes, 0)));
}

static void test_contains_anywhere_but_past_the_end(void **state)
{
	struct span s = span_of("aab aabaa", 9);

	(void)state;
	assert_true(span_contains(s, "aab ", 4));
	assert_true(span_contains(s, "abaa", 4));
	assert_true(span_contains(s, "aab aabaa", 9));
	assert_true(span_contains(s, " ", 1));
	assert_true(span_contains(s, "", 0));
	assert_true(span_contains(span_of(NULL, 0), "", 0));
	assert_true(span_has_byte(s, ' '));
	assert_true(span_has_byte(span_of("aa\0", 3), 0));
	assert_false(span_has_byte(span_clip(s, 3), ' '));
	assert_false(span_has_byte(span_of(NULL, 0), 0));
	assert_false(span_contains(s, "aab aabaaa", 10));
	assert_false(span_contains(s, "baaa", 4));
	assert_false(span_contains(s, "aaa", 3));
	assert_false(span_contains(span_of(NULL, 0), "a", 1));
	/* What is there, but behind the end of the span. */
	assert_false(span_contains(span_clip(s, 8), "baa", 3));
	assert_true(span_contains(s, "baa", 3));
}

static void test_status_words_differ(void **state)
{
	(void)state;
	for (int a = STATUS_OK; a <= STATUS_UNSUPPORTED; a++) {
		assert_string_not_equal(status_word((enum status)a), "unknown");
		for (int b = STATUS_OK; b < a; b++)
			assert_string_not_equal(status_word((enum status)a),
						status_word((enum status)b));
	}
	assert_string_equal(status_word(STATUS_NOMEM), "out of memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_has_at_the_end),
		cmocka_unit_test(test_numbers_are_little_endian),
		cmocka_unit_test(test_numbers_refuse_what_is_short),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_starts_and_equal),
		cmocka_unit_test(test_contains_anywhere_but_past_the_end),
		cmocka_unit_test(test_status_words_differ),
	};

	return UNIT_RUN(tests);
}
