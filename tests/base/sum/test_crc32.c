/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The check value of CRC-32 that its catalogues give, and parts of any length. */
#include "help/unit.h"

#include "base/sum/crc32.h"

#include <string.h>

static uint32_t sum_of(const void *bytes, size_t len, size_t step)
{
	struct crc32 crc;

	crc32_begin(&crc);
	for (size_t i = 0; i < len; i += step)
		crc32_add(&crc, span_clip(span_from(span_of(bytes, len), i), step));
	return crc32_sum(&crc);
}

static void test_known_sums(void **state)
{
	static const char zeros[32];

	(void)state;
	assert_int_equal(sum_of("", 0, 1), 0);
	assert_int_equal(sum_of("123456789", 9, 9), 0xCBF43926u);
	/* RFC 3720 and others have other polynomials; this one is PKWARE's and gzip's */
	assert_int_equal(sum_of("a", 1, 1), 0xE8B7BE43u);
	assert_int_equal(sum_of(zeros, 32, 32), 0x190A55ADu);
}

static void test_parts(void **state)
{
	static const char text[] = "The quick brown fox jumps over the lazy dog";

	(void)state;
	for (size_t step = 1; step < sizeof(text); step++)
		assert_int_equal(sum_of(text, strlen(text), step), 0x414FA339u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_sums),
		cmocka_unit_test(test_parts),
	};

	return UNIT_RUN(tests);
}
