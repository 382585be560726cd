/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of plans: read, refused, written. */
#include "help/unit.h"

#include "base/compiler.h"
#include "sweep/plan/planline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_reads_and_writes(void **state)
{
	struct unit unit;
	char *text;

	(void)state;
	assert_int_equal(
		planline_read("pc 1\tbefore/a\\tb\tc\\\\d\\n\t--log=x y", false, &unit),
		PLANLINE_GOOD);
	assert_string_equal(unit.name, "pc%201");
	assert_int_equal(unit.n, 3);
	assert_string_equal(unit.arguments[0], "before/a\tb");
	assert_string_equal(unit.arguments[1], "c\\d\n");
	assert_string_equal(unit.arguments[2], "--log=x y");
	assert_null(unit.arguments[3]);
	text = planline_text(&unit);
	assert_string_equal(text, "pc%201\tbefore/a\\tb\tc\\\\d\\n\t--log=x y\n");
	planline_clear(&unit);
	text[strlen(text) - 1] = '\0';
	assert_int_equal(planline_read(text, true, &unit), PLANLINE_GOOD);
	assert_string_equal(unit.name, "pc%201");
	planline_clear(&unit);
	free(text);
}

static void test_refuses(void **state)
{
	static const struct {
		const char *line;
		bool encoded;
		enum planline_fault fault;
	} rows[] = {
		{ "\ta", false, PLANLINE_NAME },
		{ "a b\tc", true, PLANLINE_NAME },
		{ "../x\tc", true, PLANLINE_NAME },
		{ "a", false, PLANLINE_BARE },
		{ "a\t", false, PLANLINE_EMPTY },
		{ "a\tb\t\tc", false, PLANLINE_EMPTY },
		{ "a\tb\\x", false, PLANLINE_ESCAPE },
		{ "a\tb\\", false, PLANLINE_ESCAPE },
		{ "a\\\tb", false, PLANLINE_ESCAPE },
		{ "a\tb\t--output-dir", false, PLANLINE_FOLDER },
		{ "a\tb\t--output-dir=x", false, PLANLINE_FOLDER },
		{ "a\tb\t--output-", false, PLANLINE_FOLDER },
		{ "a\tb\t--output-d=x", false, PLANLINE_FOLDER },
	};
	struct unit unit;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(planline_read(rows[i].line, rows[i].encoded, &unit),
				 rows[i].fault);
		assert_null(unit.arguments);
		assert_true(*planline_sentence(rows[i].fault));
	}
	/* The report's own name is the unit's affair. */
	assert_int_equal(planline_read("a\tb\t--output=r.xml", false, &unit),
			 PLANLINE_GOOD);
	planline_clear(&unit);
}

static void test_many(void **state)
{
	char line[2 * PLANLINE_MAX_ARGUMENTS + 8] = "u", *at = line + 1;
	struct unit unit;

	(void)state;
	for (size_t i = 0; i < PLANLINE_MAX_ARGUMENTS; i++) {
		memcpy(at, "\tx", 3);
		at += 2;
	}
	assert_int_equal(planline_read(line, false, &unit), PLANLINE_GOOD);
	assert_int_equal(unit.n, PLANLINE_MAX_ARGUMENTS);
	planline_clear(&unit);
	memcpy(at, "\tx", 3);
	assert_int_equal(planline_read(line, false, &unit), PLANLINE_TOO_MANY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_and_writes),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_many),
	};
	return UNIT_RUN(tests);
}
