/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table as JSON lines: an object a line, nothing but ASCII, names as they are. */
#include "help/indexes.h"

#include "report/index/indexjson.h"

static void test_empty(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	assert_string_equal(indexes_written(index, indexjson_write), "");
	index_free(index);
}

static void test_objects(void **state)
{
	const struct index_row rows[] = {
		{ .kind = "deleted", .profile = "=1", .restore_file = "a\\b.reg" },
		{ .kind = "unchanged", .note = "no profile is gone" },
	};
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "zoe", .sid = "S-1" }, rows,
		    1);
	indexes_put(index, (struct index_subject){ .name = "" }, rows + 1, 1);
	assert_string_equal(indexes_written(index, indexjson_write),
			    "{\"kind\":\"unchanged\",\"note\":\"no profile is gone\"}\n"
			    "{\"subject\":\"zoe\",\"sid\":\"S-1\",\"profile\":\"=1\","
			    "\"kind\":\"deleted\",\"restore_file\":\"a\\\\b.reg\"}\n");
	index_free(index);
}

/* A control stays what it is; half a pair cannot, but its unit is in profile_utf16. */
static void test_hostile(void **state)
{
	const struct index_row row = {
		.kind = "deleted",
		.profile = "A\xEF\xBF\xBD\xEF\xBF\xBD",
		.profile_utf16 = "4100000000d8",
		.new_name = "\"\n\xF0\x9F\x98\x80",
		.after_file = "x\xFF",
	};
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "\xE2\x80\xA8" }, &row, 1);
	assert_string_equal(indexes_written(index, indexjson_write),
			    "{\"subject\":\"\\u2028\",\"profile\":\"A\\u0000\\ufffd\","
			    "\"kind\":\"deleted\",\"profile_utf16\":\"4100000000d8\","
			    "\"new_name\":\"\\\"\\u000a\\ud83d\\ude00\","
			    "\"after_file\":\"x\\ufffd\"}\n");
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_hostile),
	};
	return UNIT_RUN(tests);
}
