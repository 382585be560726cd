/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the file of one profile holds and leaves out: names that a line cannot hold,
 * strings without NUL, much data.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/restoring.h"

#include "report/restore/restorechoice.h"
#include "report/restore/restorefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* ---- alone ---- */

/* The only finding of a pair, as restorechoice.c gives it. */
static struct rebuilt rebuild(struct restoring *run, struct pair *pair,
			      struct restored *restored)
{
	*restored = (struct restored){ .finding = pair_only(pair), .source = pair->old };
	struct rebuilt rebuilt =
		restorechoice_rebuilt(&run->series, &run->options, restored);
	rebuilt.root = "HKEY_CURRENT_USER";
	return rebuilt;
}

/* A profile "Work" of two keys and three values, deleted later. */
static void make_small(struct restoring *run, struct pair *pair,
		       struct snapshot *snapshots[2])
{
	builder_key key = builder_key_add(
		pair->before, builder_path(pair->before, PAIR_PROFILES, pair_made()),
		"Work", pair_made());
	builder_key root = builder_key_add(pair->before, key, MAPI_ROOT, pair_made());

	builder_value_string(pair->before, key, "s", "a");
	builder_value_dword(pair->before, root, "00033d01", 16);
	builder_value_set(pair->before, root, "", BUILDER_BINARY, "\1\2", 2);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	restoring_pair(run, pair, snapshots);
}

static void test_measure(void **state)
{
	struct snapshot *snapshots[2];
	struct restored restored;
	struct restoring run;
	bool fits = false;

	restoring_start(&run);
	make_small(&run, *state, snapshots);
	struct rebuilt rebuilt = rebuild(&run, *state, &restored);
	assert_int_equal(restorefile_measure(&rebuilt, &fits), STATUS_OK);
	assert_true(fits);
	assert_int_equal(restored.n_keys, 2);
	assert_int_equal(restored.n_values, 3);
	assert_int_equal(restored.n_left_out, 0);
	/* What no .reg file carries, and nothing else. */
	assert_int_equal(restored.losses, 1u << RESTORE_TIMES | 1u << RESTORE_SECURITY |
						  1u << RESTORE_CLASS_NAMES);
	/* A name that version 4 lacks: U+03BB. */
	rebuilt = rebuild(&run, *state, &restored);
	rebuilt.name = (struct text){ .bytes = span_of("\xBB\x03", 2),
				      .encoding = TEXT_UTF16LE };
	assert_int_equal(restorefile_measure(&rebuilt, &fits), STATUS_OK);
	assert_true(fits);
	run.options.format = REGFILE_4;
	rebuilt.restored->n_keys = rebuilt.restored->n_values = 0;
	assert_int_equal(restorefile_measure(&rebuilt, &fits), STATUS_OK);
	assert_false(fits);
	restoring_end(&run);
}

/* Passwords, and the key of an offline file. */
static void test_losses(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restored restored;
	struct restoring run;
	bool fits;

	restoring_start(&run);
	struct mapi_profile p = pair_add_at(
		pair->before, builder_path(pair->before, PAIR_PROFILES, pair_made()),
		"Work", 1, pair_made());
	struct mapi_pst pst = mapi_pst_add(&p, "Mail", "C:\\mail.pst", false);
	(void)mapi_account_pop3(&p,
				&(struct mapi_pop3){ .name = "Post",
						     .user = "Someone",
						     .email = "someone@example.com",
						     .server = "pop.example.com" },
				&pst);
	mapi_exchange2010(&p, &(struct mapi_mailbox){ .server = "EXCH01",
						      .domain = "example.com",
						      .organization = "Example",
						      .site = "Site",
						      .user = "someone",
						      .display = "Someone",
						      .ost_path = "C:\\mail.ost" });
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	restoring_pair(&run, pair, snapshots);
	struct rebuilt rebuilt = rebuild(&run, pair, &restored);
	assert_int_equal(restorefile_measure(&rebuilt, &fits), STATUS_OK);
	assert_true(restored.losses >> RESTORE_SECRETS & 1);
	assert_true(restored.losses >> RESTORE_OST_KEY & 1);
	assert_false(restored.losses >> RESTORE_DATA & 1);
	assert_int_equal(restored.n_values, rebuilt.profile->n_values);
	assert_int_equal(restored.n_keys, rebuilt.profile->n_keys);
	restoring_end(&run);
}

/* The end of the file from the first key on: ancestors, then keys and values. */
static void test_keys(void **state)
{
	static const char keys[] =
		"\n[HKEY_CURRENT_USER\\Software]\n"
		"\n[HKEY_CURRENT_USER\\Software\\Microsoft]\n"
		"\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT]\n"
		"\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion]\n"
		"\n[HKEY_CURRENT_USER\\" MAPI_WMS "]\n"
		"\n[HKEY_CURRENT_USER\\" PAIR_PROFILES "]\n"
		"\n[HKEY_CURRENT_USER\\" PAIR_PROFILES "\\Work]\n"
		"\"s\"=\"a\"\n"
		"\n[HKEY_CURRENT_USER\\" PAIR_PROFILES "\\Work\\" MAPI_ROOT "]\n"
		"@=hex:01,02\n"
		"\"00033d01\"=dword:00000010\n"
		"\n";
	struct snapshot *snapshots[2];
	struct restored restored;
	struct restoring run;
	char path[64];
	bool fits;

	restoring_start(&run);
	make_small(&run, *state, snapshots);
	struct rebuilt rebuilt = rebuild(&run, *state, &restored);
	(void)snprintf(path, sizeof(path), "%s/x.reg", run.folder);
	assert_int_equal(restorefile_measure(&rebuilt, &fits), STATUS_OK);
	assert_int_equal(restorefile_write(&rebuilt, path, &run.failure), STATUS_OK);
	restored.path = path;
	assert_true(restoring_holds(&restored, keys));
	assert_true(restoring_holds(&restored, "; profile:  Work\n"));
	assert_true(restoring_holds(&restored, "; holds:    2 keys, 3 values\n"));
	assert_false(restoring_holds(&restored, "INCOMPLETE"));
	assert_false(restoring_holds(&restored, "new name:"));
	assert_false(restoring_holds(&restored, "default profile"));
	/* Nothing that removes. */
	assert_false(restoring_holds(&restored, "[-"));
	assert_false(restoring_holds(&restored, "=-"));
	assert_int_equal(unlink(path), 0);
	restoring_end(&run);
}

/* It is written where it can be, or the failure says why not. */
static void test_no_folder(void **state)
{
	struct snapshot *snapshots[2];
	struct restored restored;
	struct restoring run;
	char path[64];

	restoring_start(&run);
	make_small(&run, *state, snapshots);
	struct rebuilt rebuilt = rebuild(&run, *state, &restored);
	(void)snprintf(path, sizeof(path), "%s/none/x.reg", run.folder);
	assert_int_equal(restorefile_write(&rebuilt, path, &run.failure), STATUS_IO);
	assert_non_null(strstr(run.failure.sentence, "/none/x.reg"));
	restoring_end(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unfit_parts), TEST(test_strings_without_nul),
		TEST(test_big_value),	TEST(test_measure),
		TEST(test_losses),	TEST(test_keys),
		TEST(test_no_folder),
	};
	return UNIT_RUN(tests);
}
