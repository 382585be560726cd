/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the file of one profile holds and leaves out: names that a line cannot hold,
 * strings without NUL, much data.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/restoring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys and values whose names a line cannot hold are left out, and that is said. */
static void test_unfit_parts(void **state)
{
	static const uint16_t line[] = { 'l', '\r', '\n', 'm' }, nul[] = { 'n', 0, 'o' };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_value_set_units(pair->before, key, line, 4, BUILDER_SZ, "a\0\0", 4);
	builder_key below = builder_key_add_units(pair->before, key, nul, 3, pair_made());
	builder_value_string(pair->before, below, "unseen", "x");
	builder_value_string(pair->before,
			     builder_key_add(pair->before, below, "child", pair_made()),
			     "unseen too", "x");
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_INCOMPLETE);
	run.options.partial = true;
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	/* One value, and two keys with a value each. */
	assert_int_equal(restoring_only(&run)->n_left_out, 5);
	assert_true(restoring_only(&run)->incomplete);
	assert_true(restoring_only(&run)->losses >> RESTORE_NAMES & 1);
	assert_false(restoring_only(&run)->losses >> RESTORE_DATA & 1);
	assert_true(
		restoring_holds(restoring_only(&run), "; INCOMPLETE: 5 keys or values"));
	assert_false(restoring_holds(restoring_only(&run), "unseen"));
	restoring_end(&run);
}

static void test_strings_without_nul(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	builder_value_set(pair->before, pair_add(pair->before, PAIR_PROFILES, "Work", 1),
			  "s", BUILDER_SZ, "a", 2);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_false(restoring_only(&run)->losses >> RESTORE_NUL & 1);
	(void)restoring_empty(&run);
	run.options.format = REGFILE_5_UTF16;
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_true(restoring_only(&run)->losses >> RESTORE_NUL & 1);
	(void)restoring_empty(&run);
	run.options.format = REGFILE_4;
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_CODE_PAGE);
	assert_true(run.restores.failed);
	restoring_end(&run);
}

/* ---- much data ---- */

#define BIG ((size_t)2 << 20)

static uint8_t big_byte(size_t i)
{
	return (uint8_t)(i * 31 + i / 256 * 7 + i / 65536);
}

/* The digits between separators and folds must spell the bytes of the recipe. */
static void assert_big(FILE *file)
{
	size_t n = 0;
	int c, high = -1;

	while ((c = getc(file)) != EOF && (c != '\n' || high == '\\')) {
		if (c == '\\' || c == '\n') {
			high = c == '\\' ? c : -1;
			continue;
		}
		if (c == ',' || c == ' ')
			continue;
		char digits[] = { (char)c, (char)getc(file), '\0' };
		assert_int_equal(strtoul(digits, NULL, 16), big_byte(n));
		n++;
	}
	assert_int_equal(n, BIG);
}

static void test_big_value(void **state)
{
	static const char start[] = "\"big\"=hex:";
	static uint8_t data[BIG];
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	size_t matched = 0;
	struct restoring run;

	for (size_t i = 0; i < BIG; i++)
		data[i] = big_byte(i);
	restoring_start(&run);
	builder_value_set(pair->before, pair_add(pair->before, PAIR_PROFILES, "Work", 1),
			  "big", BUILDER_BINARY, data, BIG);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	FILE *file = fopen(restoring_only(&run)->path, "r");
	assert_non_null(file);
	for (int c; start[matched] && (c = getc(file)) != EOF;)
		matched = c == start[matched] ? matched + 1 : c == start[0];
	assert_int_equal(matched, strlen(start));
	assert_big(file);
	assert_int_equal(fclose(file), 0);
	restoring_end(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unfit_parts),
		TEST(test_strings_without_nul),
		TEST(test_big_value),
	};
	return UNIT_RUN(tests);
}
