/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "base/readat.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void test_places(void **state)
{
	static const struct {
		uint64_t at;
		size_t n;
		ssize_t expected;
		const char *bytes;
	} rows[] = {
		{ 0, 4, 4, "0123" },	 { 3, 2, 2, "34" },	   { 8, 4, 2, "89" },
		{ 10, 4, 0, "" },	 { 1000, 4, 0, "" },	   { 0, 0, 0, "" },
		{ INT64_MAX, 1, 0, "" }, { UINT64_MAX, 4, 0, "" },
	};
	FILE *file = tmpfile();
	char out[8];

	(void)state;
	assert_non_null(file);
	assert_int_equal(fwrite("0123456789", 1, 10, file), 10);
	assert_int_equal(fflush(file), 0);
	off_t before = lseek(fileno(file), 0, SEEK_CUR);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(out, 0, sizeof(out));
		assert_int_equal(readat(fileno(file), rows[i].at, out, rows[i].n),
				 rows[i].expected);
		assert_string_equal(out, rows[i].bytes);
	}
	assert_int_equal(lseek(fileno(file), 0, SEEK_CUR), before);
	(void)fclose(file);
}

static void test_faults(void **state)
{
	char out[8];
	int ends[2];

	(void)state;
	errno = 0;
	assert_int_equal(readat(-1, 0, out, 4), -1);
	assert_int_equal(errno, EBADF);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(readat(ends[0], 0, out, 4), -1);
	assert_int_equal(errno, ESPIPE);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_faults),
	};

	return UNIT_RUN(tests);
}
