/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table as CSV: a record a line, whatever the names hold. */
#include "help/indexes.h"

#include "report/index/indexcsv.h"

#include <string.h>

#define HEADER                                                                           \
	"subject,sid,profile,kind,from,to,moment,certainty,time_certainty,fate,cause,"   \
	"grade,restore,restore_reason,restore_file,report,change,role,profile_utf16,"    \
	"store_path,new_name,new_store_path,before_file,after_file,note\r\n"

static void test_empty(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	assert_string_equal(indexes_written(index, indexcsv_write), HEADER);
	index_free(index);
}

static void test_records(void **state)
{
	const struct index_row rows[] = {
		{ .kind = "deleted", .profile = "=1", .restore_file = "a,b.reg" },
		{ .kind = "added", .profile = "a\"b", .change = 2 },
	};
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "zoe" }, rows, 1);
	indexes_put(index, (struct index_subject){ .name = "amy" }, rows + 1, 1);
	assert_string_equal(indexes_written(index, indexcsv_write), HEADER
			    "amy,,\"a\"\"b\",added,,,,,,,,,,,,,c2,,,,,,,,\r\n"
			    "zoe,,'=1,deleted,,,,,,,,,,,\"a,b.reg\",,,,,,,,,,\r\n");
	index_free(index);
}

/* Nothing in a cell ends the line or acts; what the name is exactly is beside it. */
static void test_hostile(void **state)
{
	const struct index_row row = {
		.kind = "deleted",
		.profile = "A\n\xE2\x80\xAE\xEF\xBF\xBD",
		.profile_utf16 = "41000a002e2000d8",
		.new_name = "\r\n=1",
		.after_file = "x\xFF\x1B[2J",
		.note = "\xC2\x9B",
	};
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "@SUM(A1)\n" }, &row, 1);
	const char *text = indexes_written(index, indexcsv_write);
	assert_string_equal(
		text + strlen(HEADER),
		"'@SUM(A1)\\u{a},,A\\u{a}\\u{202e}\\u{d800},deleted,,,,,,,,,,,,,,,"
		"41000a002e2000d8,,\\u{d}\\u{a}=1,,,x\xEF\xBF\xBD\\u{1b}[2J,\\u{9b}\r\n");
	index_free(index);
}

/* What could not be read stands behind all subjects, as it was told. */
static void test_unread(void **state)
{
	const struct index_row row = { .kind = "added", .profile = "a" };
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "zoe" }, &row, 1);
	assert_int_equal(index_add_unread(index, "=in/b: \"cut\", so it is left out"),
			 STATUS_OK);
	assert_int_equal(index_add_unread(index, "in/a: gone"), STATUS_OK);
	const char *text = indexes_written(index, indexcsv_write);
	assert_string_equal(
		text + strlen(HEADER),
		"zoe,,a,added,,,,,,,,,,,,,,,,,,,,,\r\n"
		",,,unread,,,,,,,,,,,,,,,,,,,,,\"'=in/b: \"\"cut\"\", so it is "
		"left out\"\r\n"
		",,,unread,,,,,,,,,,,,,,,,,,,,,in/a: gone\r\n");
	index_free(index);
}

static enum status write_with_front(const struct index *index, struct output *output)
{
	indexcsv_put_names("machine", output);
	RETURN_IF_FAILED(indexcsv_put_rows(index, "=pc,1", output));
	return indexcsv_put_rows(index, "pc2", output);
}

/* A column of the caller's own in front, as harmless as the others. */
static void test_in_front(void **state)
{
	const struct index_row row = { .kind = "deleted", .profile = "Work" };
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index, (struct index_subject){ .name = "zoe" }, &row, 1);
	assert_string_equal(indexes_written(index, write_with_front),
			    "machine," HEADER
			    "\"'=pc,1\",zoe,,Work,deleted,,,,,,,,,,,,,,,,,,,,,\r\n"
			    "pc2,zoe,,Work,deleted,,,,,,,,,,,,,,,,,,,,,\r\n");
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),	 cmocka_unit_test(test_records),
		cmocka_unit_test(test_hostile),	 cmocka_unit_test(test_unread),
		cmocka_unit_test(test_in_front),
	};
	return UNIT_RUN(tests);
}
