/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file is known by its last line, and no longer once one of its bytes is another. */
#include "help/regs.h"

#include "report/restore/regseal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* SHA-256 of "REGEDIT4\r\n\r\n[A]\r\n\r\n", as sha256sum tells it. */
#define SUM_OF_SMALL "6c0ac56fbc1c63f5883ce157df12fd43307ad4ea72b3471c5ff6cc99ec4e4032"

static const struct digest whose = { { 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF0,
				       1 } };

static bool is_whole(const uint8_t *bytes, size_t n)
{
	char path[] = "/tmp/wmsdiff-regseal-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(write(fd, bytes, n), n);
	bool whole = regseal_is_whole(fd, &whose);
	close(fd);
	return whole;
}

static uint8_t *small(enum regfile_format format, size_t *n)
{
	struct regs_file made = regs_begin(format);

	regfile_key(made.file, text_of("A"));
	regfile_seal(made.file, &whose);
	return regs_end(&made, n);
}

static void test_line(void **state)
{
	static const char expected[] =
		"REGEDIT4\r\n\r\n[A]\r\n\r\n"
		"; wmsdiff: of 123456789abcdef0; SHA-256 of all before this line: " SUM_OF_SMALL
		"\r\n";
	size_t n;
	uint8_t *bytes = small(REGFILE_4, &n);

	(void)state;
	assert_int_equal(n, sizeof(expected) - 1);
	assert_memory_equal(bytes, expected, n);
	free(bytes);
}

static void test_each_byte(void **state)
{
	static const enum regfile_format formats[] = { REGFILE_5_UTF16, REGFILE_5_UTF8,
						       REGFILE_4 };

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(formats); k++) {
		size_t n;
		uint8_t *bytes = small(formats[k], &n);
		assert_true(is_whole(bytes, n));
		for (size_t i = 0; i < n; i++) {
			bytes[i] ^= 1;
			assert_false(is_whole(bytes, n));
			bytes[i] ^= 1;
			assert_false(is_whole(bytes, i));
			assert_false(i > 0 && is_whole(bytes + i, n - i));
		}
		/* A line behind it: somebody wrote something. */
		uint8_t *longer = realloc(bytes, n + 1);
		assert_non_null(longer);
		longer[n] = '\n';
		assert_false(is_whole(longer, n + 1));
		free(longer);
	}
}

/* As it was written, but for somebody else. */
static void test_other_subject(void **state)
{
	struct digest other = whose;
	char path[] = "/tmp/wmsdiff-regseal-XXXXXX";
	int fd = mkstemp(path);
	size_t n;
	uint8_t *bytes = small(REGFILE_5_UTF16, &n);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(write(fd, bytes, n), n);
	assert_true(regseal_is_whole(fd, &whose));
	other.bytes[7] ^= 1;
	assert_false(regseal_is_whole(fd, &other));
	close(fd);
	free(bytes);
}

static void test_no_file(void **state)
{
	int folder = open("/tmp", O_RDONLY | O_DIRECTORY);

	(void)state;
	assert_false(regseal_is_whole(-1, &whose));
	assert_true(folder >= 0);
	assert_false(regseal_is_whole(folder, &whose));
	close(folder);
	assert_false(is_whole((const uint8_t *)"", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_each_byte),
		cmocka_unit_test(test_other_subject),
		cmocka_unit_test(test_no_file),
	};

	return UNIT_RUN(tests);
}
