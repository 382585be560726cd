/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns: their names and order, and what stands in each. */
#include "help/unit.h"

#include "base/compiler.h"
#include "report/index/indexfields.h"

#include <string.h>

/* As wmsdiff(1) lists them. */
static const char *const names[] = { "subject",
				     "sid",
				     "profile",
				     "kind",
				     "from",
				     "to",
				     "moment",
				     "certainty",
				     "time_certainty",
				     "fate",
				     "cause",
				     "grade",
				     "restore",
				     "restore_reason",
				     "restore_file",
				     "report",
				     "change",
				     "role",
				     "profile_utf16",
				     "store_path",
				     "new_name",
				     "new_store_path",
				     "before_file",
				     "after_file",
				     "note" };

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(ARRAY_LEN(names), INDEX_N_FIELDS);
	for (unsigned i = 0; i < INDEX_N_FIELDS; i++)
		assert_string_equal(indexfields_name(i), names[i]);
}

static const char *cell(const struct index_cells *cells, const char *name)
{
	for (unsigned i = 0; i < INDEX_N_FIELDS; i++)
		if (strcmp(names[i], name) == 0)
			return cells->items[i];
	fail_msg("no column %s", name);
	return NULL;
}

/* 2003-03-18 09:14:07.296875 UTC, as date -u -d has it: 1047978847 s since 1970. */
#define MOMENT (FILETIME_UNIX_EPOCH + UINT64_C(10479788472968750))

static void test_whole_row(void **state)
{
	const struct index_subject subject = {
		.name = "n", .sid = "S", .role = "user", .report = "r"
	};
	const struct index_row row = {
		.kind = "deleted",
		.profile = "p",
		.profile_utf16 = "7000",
		.store_path = "l",
		.new_name = "w",
		.new_store_path = "m",
		.certainty = "certain",
		.from_ft = MOMENT,
		.to_ft = MOMENT + 1,
		.moment_ft = MOMENT + 10000000,
		.time_certainty = "confirmed",
		.fate = "gone",
		.weighed = true,
		.cause = CAUSE_KB_817375,
		.grade = GRADE_POSSIBLE,
		.restore = "written",
		.restore_reason = "x",
		.restore_file = "f",
		.change = 12,
		.before_file = "b",
		.after_file = "a",
		.note = "t",
	};
	static const char *const expected[] = {
		"n",
		"S",
		"p",
		"deleted",
		"2003-03-18T09:14:07.2968750Z",
		"2003-03-18T09:14:07.2968751Z",
		"2003-03-18T09:14:08.2968750Z",
		"certain",
		"confirmed",
		"gone",
		"kb_817375",
		"possible",
		"written",
		"x",
		"f",
		"r",
		"c12",
		"user",
		"7000",
		"l",
		"w",
		"m",
		"b",
		"a",
		"t",
	};
	struct index_cells cells;

	(void)state;
	indexfields_row(&subject, &row, &cells);
	for (unsigned i = 0; i < INDEX_N_FIELDS; i++)
		assert_string_equal(cells.items[i], expected[i]);
}

/* What is not known is nothing: no empty name, no time 0, no cause that was not weighed. */
static void test_empty_row(void **state)
{
	const struct index_subject subject = { .name = "" };
	const struct index_row row = { .kind = "unchanged",
				       .cause = CAUSE_KB_817375,
				       .grade = GRADE_SUPPORTED };
	struct index_cells cells;

	(void)state;
	indexfields_row(&subject, &row, &cells);
	assert_string_equal(cell(&cells, "kind"), "unchanged");
	for (unsigned i = 0; i < INDEX_N_FIELDS; i++)
		assert_true(i == INDEX_FIELD_KIND || !cells.items[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_whole_row),
		cmocka_unit_test(test_empty_row),
	};
	return UNIT_RUN(tests);
}
