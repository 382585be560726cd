/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What .reg files of profiles are called and can hold: hostile names, much data, lack
 * of memory.  What they bring back is checked by tests/cli/restore.sh, with other
 * readers.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/restoring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static bool is_plain(const char *path, const char *folder)
{
	const char *name = path + strlen(folder) + 1;

	return strncmp(path, folder, strlen(folder)) == 0 && name[-1] == '/' &&
	       name[0] != '.' && name[0] != '-' && strlen(name) <= 64 + 13 &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789_.-")] == '\0' &&
	       strcmp(name + strlen(name) - 4, ".reg") == 0;
}

static void test_file_names(void **state)
{
	static char longest[256];
	const char *const names[] = { "..",
				      ".",
				      "CON",
				      "nul.txt",
				      "a/b",
				      "a:b",
				      "a?b",
				      "a b",
				      "-rf",
				      "../../etc/passwd",
				      "\x1b[31mred",
				      "\t",
				      "evil\xe2\x80\xaegpj.exe",
				      "\xce\x95\xce\xbb\xce\xbb\xce\xac\xce\xb4\xce\xb1",
				      "\xf0\x9f\x98\x80",
				      "]",
				      "[x]",
				      "\"quoted\"",
				      "; no comment",
				      "%PATH%",
				      longest };
	struct snapshot *snapshots[2];
	struct restoring run;

	memset(longest, 'x', 255);
	restoring_start(&run);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		pair_add(((struct pair *)*state)->before, PAIR_PROFILES, names[i], i + 1);
	pair_fork(*state);
	restoring_delete_all(((struct pair *)*state)->after);
	restoring_pair(&run, *state, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, ARRAY_LEN(names));
	for (size_t i = 0; i < run.restores.n; i++) {
		assert_int_equal(run.restores.items[i].outcome, RESTORE_WRITTEN);
		assert_true(is_plain(run.restores.items[i].path, run.sub));
		assert_false(restoring_holds(&run.restores.items[i], "\x1b[31mred\n"));
	}
	assert_int_equal(restoring_empty(&run), ARRAY_LEN(names));
	restoring_end(&run);
}

/* A small profile of any name. */
static void add_units(struct builder *b, const uint16_t *units, size_t n)
{
	builder_key list = builder_path(b, PAIR_PROFILES, pair_made());
	builder_key named = builder_key_add_units(b, list, units, n, pair_made());
	builder_key root = builder_key_add(b, named, MAPI_ROOT, pair_made());

	builder_value_dword(b, root, "00033d01", 1);
}

/* A name that a line cannot hold: not written, but under another name. */
static void test_unfit_names(void **state)
{
	static const uint16_t units[][3] = { { 'a', '\r', 'b' },
					     { 'a', '\n', 'b' },
					     { 'a', 0, 'b' },
					     { 'a', '\\', 'b' } };
	struct snapshot *snapshots[2];

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct builder_options options = pair_options();
		struct pair *pair = *state;
		struct restoring run;
		restoring_start(&run);
		pair_restart(pair, &options);
		add_units(pair->before, units[i], 3);
		pair_fork(pair);
		restoring_delete_all(pair->after);
		restoring_pair(&run, pair, snapshots);
		assert_int_equal(restoring_write(&run), STATUS_OK);
		restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_UNFIT);
		assert_false(run.restores.failed);
		run.options.as = "Good";
		assert_int_equal(restoring_write(&run), STATUS_OK);
		assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
		assert_true(restoring_holds(restoring_only(&run), "\\Profiles\\Good]\n"));
		restoring_end(&run);
	}
}

/* ---- whose hive ---- */

static void check_root(struct pair *pair, const struct builder_options *options,
		       const char *line, bool guessed)
{
	struct snapshot *snapshots[2];
	struct restoring run;

	restoring_start(&run);
	pair_restart(pair, options);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_true(restoring_holds(restoring_only(&run), line));
	assert_int_equal(restoring_holds(restoring_only(&run), "make sure whose hive"),
			 guessed);
	restoring_end(&run);
}

static void test_roots(void **state)
{
	struct builder_options options = pair_options();

	check_root(*state, &options, "\n[HKEY_CURRENT_USER\\Software]\n", false);
	options.user_sid = "S-1-5-19";
	options.embedded_name = NULL;
	check_root(*state, &options, "\n[HKEY_USERS\\S-1-5-19\\Software]\n", false);
	options.user_sid = "S-1-5-20";
	check_root(*state, &options, "\n[HKEY_USERS\\S-1-5-20\\Software]\n", false);
	options.user_sid = NULL;
	options.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT";
	check_root(*state, &options, "\n[HKEY_USERS\\.DEFAULT\\Software]\n", false);
	/* The template for new users stands under no key, and some hives tell nothing. */
	options.embedded_name = "\\??\\C:\\Users\\Default\\Ntuser.dat";
	check_root(*state, &options, "\n[HKEY_CURRENT_USER\\Software]\n", true);
	options.embedded_name = NULL;
	check_root(*state, &options, "\n[HKEY_CURRENT_USER\\Software]\n", true);
}

/* A saved subtree: its keys are written where they stand in the whole hive. */
static void test_saved_subtree(void **state)
{
	static const char *const roots[] = { "Windows Messaging Subsystem", "Outlook" };
	struct snapshot *snapshots[2];

	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		struct builder_options options = pair_options();
		struct pair *pair = *state;
		struct restoring run;
		restoring_start(&run);
		options.root_name = roots[i];
		pair_restart(pair, &options);
		pair_add(pair->before, "Profiles", "Work", 1);
		pair_fork(pair);
		recoveredhive_delete(pair, "Profiles\\Work");
		restoring_pair(&run, pair, snapshots);
		assert_int_equal(restoring_write(&run), STATUS_OK);
		/* Of an Office list the version is not known. */
		if (i == 1)
			restoring_assert_not_written(&run, RESTORE_REFUSED,
						     RESTORE_LIST_LOST);
		else
			assert_true(restoring_holds(restoring_only(&run),
						    "\n[HKEY_CURRENT_USER\\" PAIR_PROFILES
						    "\\Work]\n"));
		restoring_end(&run);
	}
}

/* ---- very many ---- */

/* One more than are written: the last is told, and so is that not all was done. */
static void test_most_files(void **state)
{
	enum { MOST = 20 };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;
	char name[16];

	restoring_start(&run);
	run.options.most = MOST;
	for (size_t i = 0; i <= MOST; i++) {
		(void)snprintf(name, sizeof(name), "P%06zu", i);
		pair_add(pair->before, PAIR_PROFILES, name, (unsigned)i + 1);
	}
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, MOST + 1);
	assert_int_equal(run.restores.n_over, 1);
	assert_true(run.restores.failed);
	for (size_t i = 0; i < MOST; i++)
		assert_int_equal(run.restores.items[i].outcome, RESTORE_WRITTEN);
	const struct restored *last = &run.restores.items[MOST];
	assert_int_equal(last->outcome, RESTORE_REFUSED);
	assert_int_equal(last->reason, RESTORE_TOO_MANY);
	assert_null(last->path);
	assert_int_equal(restoring_empty(&run), MOST);
	restoring_end(&run);
}

/* ---- lack of memory ---- */

static void test_no_memory(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	recoveredhive_add_two(pair);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, 2);
	const struct digest first = run.restores.items[0].sha256;
	const struct digest second = run.restores.items[1].sha256;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		assert_int_equal(restoring_empty(&run),
				 oom.n == 0 || run.restores.n ? 2 : 0);
		enum status status = UNIT_FAILING(oom, restoring_write(&run));
		if (status == STATUS_OK) {
			/* What restoring_only shows a path to a person may do without. */
			assert_int_equal(run.restores.n, 2);
			assert_memory_equal(&run.restores.items[0].sha256, &first,
					    sizeof(first));
			assert_memory_equal(&run.restores.items[1].sha256, &second,
					    sizeof(second));
		} else {
			assert_int_equal(status, STATUS_NOMEM);
			assert_int_equal(run.restores.n, 0);
		}
		if (!oom.failed)
			break;
	}
	assert_int_equal(run.restores.n, 2);
	assert_int_equal(restoring_empty(&run), 2);
	restoring_end(&run);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_file_names),	  TEST(test_unfit_names), TEST(test_roots),
		TEST(test_saved_subtree), TEST(test_most_files),  TEST(test_no_memory),
	};

	return UNIT_RUN(tests);
}
