/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gzip and its checksum.  The bytes are written by hand after RFC 1951 and 1952. */
#include "help/unit.h"

#ifdef HAVE_LIBARCHIVE

#include "collection/archiveinput.h"

#include <stdio.h>
#include <string.h>

/* "abc" in a stored block; 0x352441c2 is its CRC-32, 3 its length. */
static const uint8_t sound[] = {
	0x1f, 0x8b, 8,	 0,   0,   0,	 0,    0,    0,	   3, 1, 3, 0,
	0xfc, 0xff, 'a', 'b', 'c', 0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0,
};
enum { CRC = 18, LENGTH = 22 };

/* Unpacks all.  Return: bytes that came out; *wrong: the checksum is. */
static size_t unpack(const uint8_t *bytes, size_t len, bool *wrong)
{
	struct archiveinput in;
	FILE *file = tmpfile();
	size_t all = 0, n;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(archiveinput_init(&in, fileno(file), len, true), STATUS_OK);
	while (archiveinput_unpack(&in, &n))
		all += n;
	assert_false(archiveinput_unpack(&in, &n));
	*wrong = archiveinput_fault(&in) != NULL;
	assert_false(archiveinput_is_nested(&in));
	archiveinput_clear(&in);
	(void)fclose(file);
	return all;
}

static void test_checksum(void **state)
{
	uint8_t bytes[sizeof(sound)];
	bool wrong;

	(void)state;
	assert_int_equal(unpack(sound, sizeof(sound), &wrong), 3);
	assert_false(wrong);
	for (size_t i = CRC; i < LENGTH; i++) {
		memcpy(bytes, sound, sizeof(sound));
		bytes[i] ^= 0x10;
		assert_int_equal(unpack(bytes, sizeof(bytes), &wrong), 3);
		assert_true(wrong);
	}
	memcpy(bytes, sound, sizeof(sound));
	bytes[16] = 'B';
	assert_int_equal(unpack(bytes, sizeof(bytes), &wrong), 3);
	assert_true(wrong);
}

/* Two in a row: the last one's length is not that of all. */
static void test_joined(void **state)
{
	uint8_t bytes[2 * sizeof(sound)];
	bool wrong;

	(void)state;
	memcpy(bytes, sound, sizeof(sound));
	memcpy(bytes + sizeof(sound), sound, sizeof(sound));
	assert_int_equal(unpack(bytes, sizeof(bytes), &wrong), 6);
	assert_false(wrong);
}

/* With one member, the length it tells must be that of all that came out. */
static void test_length(void **state)
{
	uint8_t bytes[sizeof(sound) + 16] = { 0 };
	bool wrong;

	(void)state;
	memcpy(bytes, sound, sizeof(sound));
	bytes[LENGTH]++;
	assert_int_equal(unpack(bytes, sizeof(sound), &wrong), 3);
	assert_true(wrong);
	/* what looks like a beginning, but has flags that there are not, is none */
	bytes[CRC - 3] = 0x1f;
	bytes[CRC - 2] = 0x8b;
	bytes[CRC - 1] = 8;
	bytes[CRC] = 0xff;
	assert_int_equal(unpack(bytes, sizeof(sound), &wrong), 3);
	assert_true(wrong);
	memcpy(bytes, sound, sizeof(sound));
	assert_int_equal(unpack(bytes, sizeof(bytes), &wrong), 3);
	assert_false(wrong);
}

static void test_cut(void **state)
{
	bool wrong;

	(void)state;
	/* what is cut in its header the library takes for something else */
	for (size_t len = 2; len < CRC; len++)
		assert_true(unpack(sound, len, &wrong) <= len);
	for (size_t len = CRC; len < sizeof(sound); len++) {
		assert_true(unpack(sound, len, &wrong) <= 3);
		assert_true(wrong);
	}
}

/* What is not compressed comes out as it is. */
static void test_what_is_no_gzip(void **state)
{
	bool wrong;

	(void)state;
	assert_int_equal(unpack((const uint8_t *)"abcdefghijk", 11, &wrong), 11);
	assert_false(wrong);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checksum),	cmocka_unit_test(test_joined),
		cmocka_unit_test(test_length),		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_what_is_no_gzip),
	};

	return UNIT_RUN(tests);
}

#else

static void test_no_library(void **state)
{
	(void)state;
	UNIT_SKIP("built without libarchive");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_no_library) };

	return UNIT_RUN(tests);
}

#endif
