/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profiles are written to .reg files, under which names, and what is said of
 * the others: hostile names, several states of one profile, lack of memory.  What
 * the files bring back is checked by tests/cli-restore.sh, with other readers.
 */
#define UNIT_OOM
#include "unit.h"

#include "pair.h"
#include "recovered.h"

#include "report/restore.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More allocations than a run needs: the loop must come to an end. */
#define MOST 20000

/* What one run of restore_write() takes and gives. */
struct run {
	struct series series;
	struct restore_options options;
	struct servicenames names; /* none: nobody makes a profile anew */
	struct restores restores;
	struct failure failure;
	char folder[40], sub[48];
};

static void run_start(struct run *run)
{
	*run = (struct run){ .options = { .format = REGFILE_5_UTF8 } };
	strcpy(run->folder, "/tmp/wmsdiff-restore-XXXXXX");
	assert_non_null(mkdtemp(run->folder));
	(void)snprintf(run->sub, sizeof(run->sub), "%s/reg", run->folder);
	run->options.folder = run->sub;
}

/* How many files there are; they are removed. */
static size_t empty_folder(const struct run *run)
{
	DIR *folder = opendir(run->sub);
	size_t n = 0;

	if (!folder)
		return 0;
	for (const struct dirent *item; (item = readdir(folder)) != NULL;) {
		if (item->d_name[0] == '.' &&
		    strspn(item->d_name, ".") == strlen(item->d_name))
			continue;
		assert_int_equal(unlinkat(dirfd(folder), item->d_name, 0), 0);
		n++;
	}
	closedir(folder);
	return n;
}

static void run_end(struct run *run)
{
	restores_clear(&run->restores);
	(void)empty_folder(run);
	(void)rmdir(run->sub);
	assert_int_equal(rmdir(run->folder), 0);
}

static enum status run_write(struct run *run)
{
	restores_clear(&run->restores);
	return restore_write(&run->series, &run->names, &run->options, NULL, 0,
			     &run->restores, &run->failure);
}

/* The two hives of a pair as a series. */
static void use_pair(struct run *run, struct pair *pair, struct snapshot *snapshots[2])
{
	pair_compare(pair);
	snapshots[0] = pair->old;
	snapshots[1] = pair->new;
	run->series = (struct series){ snapshots, 2, &pair->found, 1 };
}

/* What became of the only profile there is to bring back. */
static const struct restored *only(const struct run *run)
{
	assert_int_equal(run->restores.n, 1);
	return &run->restores.items[0];
}

static void assert_not_written(const struct run *run, enum restore_outcome outcome,
			       enum restore_reason reason)
{
	assert_int_equal(only(run)->outcome, outcome);
	assert_int_equal(only(run)->reason, reason);
	assert_null(only(run)->path);
	assert_int_equal(empty_folder(run), 0);
}

/* True if the file holds the text. */
static bool holds(const struct restored *restored, const char *text)
{
	static char content[1 << 20];
	FILE *file = fopen(restored->path, "r");

	assert_non_null(file);
	size_t n = fread(content, 1, sizeof(content) - 1, file);
	assert_int_equal(fclose(file), 0);
	content[n] = '\0';
	assert_int_equal(strlen(content), n);
	return strstr(content, text) != NULL;
}

/* A small profile of any name. */
static void add_units(struct builder *b, const uint16_t *units, size_t n)
{
	builder_key list = builder_path(b, PAIR_PROFILES, pair_made());
	builder_key named = builder_key_add_units(b, list, units, n, pair_made());
	builder_key root = builder_key_add(b, named, MAPI_ROOT, pair_made());

	builder_value_dword(b, root, "00033d01", 1);
}

static void delete_all(struct builder *b)
{
	builder_key_delete(b, pair_key(b, PAIR_PROFILES), pair_changed());
	builder_path(b, PAIR_PROFILES, pair_changed());
}

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
	struct run run;

	memset(longest, 'x', 255);
	run_start(&run);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		pair_add(((struct pair *)*state)->before, PAIR_PROFILES, names[i], i + 1);
	pair_fork(*state);
	delete_all(((struct pair *)*state)->after);
	use_pair(&run, *state, snapshots);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, ARRAY_LEN(names));
	for (size_t i = 0; i < run.restores.n; i++) {
		assert_int_equal(run.restores.items[i].outcome, RESTORE_WRITTEN);
		assert_true(is_plain(run.restores.items[i].path, run.sub));
		assert_false(holds(&run.restores.items[i], "\x1b[31mred\n"));
	}
	assert_int_equal(empty_folder(&run), ARRAY_LEN(names));
	run_end(&run);
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
		struct run run;
		run_start(&run);
		pair_restart(pair, &options);
		add_units(pair->before, units[i], 3);
		pair_fork(pair);
		delete_all(pair->after);
		use_pair(&run, pair, snapshots);
		assert_int_equal(run_write(&run), STATUS_OK);
		assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_UNFIT);
		assert_false(run.restores.failed);
		run.options.as = "Good";
		assert_int_equal(run_write(&run), STATUS_OK);
		assert_int_equal(only(&run)->outcome, RESTORE_WRITTEN);
		assert_true(holds(only(&run), "\\Profiles\\Good]\n"));
		run_end(&run);
	}
}

/* Keys and values whose names a line cannot hold are left out, and that is said. */
static void test_unfit_parts(void **state)
{
	static const uint16_t line[] = { 'l', '\r', '\n', 'm' }, nul[] = { 'n', 0, 'o' };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct run run;

	run_start(&run);
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_value_set_units(pair->before, key, line, 4, BUILDER_SZ, "a\0\0", 4);
	builder_key below = builder_key_add_units(pair->before, key, nul, 3, pair_made());
	builder_value_string(pair->before, below, "unseen", "x");
	builder_value_string(pair->before,
			     builder_key_add(pair->before, below, "child", pair_made()),
			     "unseen too", "x");
	pair_fork(pair);
	delete_all(pair->after);
	use_pair(&run, pair, snapshots);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_not_written(&run, RESTORE_REFUSED, RESTORE_INCOMPLETE);
	run.options.partial = true;
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(only(&run)->outcome, RESTORE_WRITTEN);
	/* One value, and two keys with a value each. */
	assert_int_equal(only(&run)->n_left_out, 5);
	assert_true(only(&run)->incomplete);
	assert_true(only(&run)->losses >> RESTORE_NAMES & 1);
	assert_false(only(&run)->losses >> RESTORE_DATA & 1);
	assert_true(holds(only(&run), "; INCOMPLETE: 5 keys or values"));
	assert_false(holds(only(&run), "unseen"));
	run_end(&run);
}

static void test_strings_without_nul(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct run run;

	run_start(&run);
	builder_value_set(pair->before, pair_add(pair->before, PAIR_PROFILES, "Work", 1),
			  "s", BUILDER_SZ, "a", 2);
	pair_fork(pair);
	delete_all(pair->after);
	use_pair(&run, pair, snapshots);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_false(only(&run)->losses >> RESTORE_NUL & 1);
	(void)empty_folder(&run);
	run.options.format = REGFILE_5_UTF16;
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_true(only(&run)->losses >> RESTORE_NUL & 1);
	(void)empty_folder(&run);
	run.options.format = REGFILE_4;
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_not_written(&run, RESTORE_REFUSED, RESTORE_CODE_PAGE);
	assert_true(run.restores.failed);
	run_end(&run);
}

/* ---- whose hive ---- */

static void check_root(struct pair *pair, const struct builder_options *options,
		       const char *line)
{
	struct snapshot *snapshots[2];
	struct run run;

	run_start(&run);
	pair_restart(pair, options);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	delete_all(pair->after);
	use_pair(&run, pair, snapshots);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_true(holds(only(&run), line));
	run_end(&run);
}

static void test_roots(void **state)
{
	struct builder_options options = pair_options();

	check_root(*state, &options, "\n[HKEY_CURRENT_USER\\Software]\n");
	options.user_sid = "S-1-5-19";
	options.embedded_name = NULL;
	check_root(*state, &options, "\n[HKEY_USERS\\S-1-5-19\\Software]\n");
	options.user_sid = "S-1-5-20";
	check_root(*state, &options, "\n[HKEY_USERS\\S-1-5-20\\Software]\n");
	options.user_sid = NULL;
	options.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT";
	check_root(*state, &options, "\n[HKEY_USERS\\.DEFAULT\\Software]\n");
}

/* ---- states ---- */

/* Gone, and another has its name: only under a new one. */
static void test_made_anew_by_somebody(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct run run;

	run_start(&run);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	recovered_delete(pair, WORK);
	pair_add(pair->after, PAIR_PROFILES, "Work", 2);
	use_pair(&run, pair, snapshots);
	assert_int_equal(pair_only(pair)->kind, FINDING_RECREATED);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_TAKEN);
	run.options.as = "Work (old)";
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_true(holds(only(&run), "\\Profiles\\Work (old)]\n"));
	run_end(&run);
}

/* A damaged one under another name is no repair, and must not fall on a third. */
static void test_damaged_under_another_name(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct run run;

	run_start(&run);
	recovered_add_two(pair);
	pair_fork(pair);
	recovered_delete(pair, WORK "\\" MAPI_ROOT);
	use_pair(&run, pair, snapshots);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	run.options.as = "Home";
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_TAKEN);
	assert_true(run.restores.failed);
	run.options.as = "Copy";
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(only(&run)->outcome, RESTORE_WRITTEN);
	assert_false(only(&run)->in_place);
	run_end(&run);
}

/* Deleted twice before anybody looked: two states of one name, and the later is taken. */
static void test_two_remnants_of_a_name(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshots[1];
	size_t n_written = 0;
	struct run run;

	run_start(&run);
	pair_add(pair->before, PAIR_PROFILES, "Home", 3);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_key second = pair_add(pair->before, PAIR_PROFILES, "Wark", 2);
	size_t offset = builder_key_offset(pair->before, second);
	pair_fork(pair);
	recovered_delete(pair, WORK);
	builder_key_delete(pair->after, second, pair_changed() + 2);
	builder_finish(pair->after);
	/* The second letter of its name, as if the first Work had left its cells alone. */
	builder_poke8(pair->after, offset + 0x4d, 'o');
	pair->spoilt_after = true;
	(void)recovered(pair, false);
	snapshots[0] = pair->new;
	run.series = (struct series){ snapshots, 1, NULL, 0 };
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct restored *restored = &run.restores.items[i];
		if (restored->outcome != RESTORE_WRITTEN) {
			assert_int_equal(restored->reason, RESTORE_OTHER_STATE);
			continue;
		}
		n_written++;
		assert_int_equal(restored->recovered->deleted_ft, pair_changed() + 2);
	}
	assert_int_equal(n_written, 1);
	assert_int_equal(empty_folder(&run), 1);
	run_end(&run);
}

/* What only the middle hive of three still holds was lost before all of them. */
static void test_remnant_of_an_earlier_hive(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshots[2];
	struct run run;

	run_start(&run);
	recovered_add_two(pair);
	pair_fork(pair);
	recovered_delete(pair, WORK);
	(void)recovered(pair, false);
	snapshots[0] = pair->new;
	/* Saved anew: no free cell has anything in it. */
	struct builder_options options = pair_options();
	struct builder *fresh = builder_new(&options);
	pair_add(fresh, PAIR_PROFILES, "Home", 1);
	builder_stamp(fresh, pair_saved_again() + 1, 40);
	builder_finish(fresh);
	snapshots[1] = pair_read(fresh);
	struct comparison *found = NULL;
	assert_int_equal(
		compare_snapshots(snapshots[0], snapshots[1], 0, NULL, 0, &found),
		STATUS_OK);
	run.series = (struct series){ snapshots, 2, &found, 1 };
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(only(&run)->outcome, RESTORE_WRITTEN);
	assert_ptr_equal(only(&run)->source, pair->new);
	comparison_free(found);
	snapshot_free(snapshots[1]);
	builder_free(fresh);
	run_end(&run);
}

/* ---- lack of memory ---- */

static void test_no_memory(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct run run;

	run_start(&run);
	recovered_add_two(pair);
	pair_fork(pair);
	delete_all(pair->after);
	use_pair(&run, pair, snapshots);
	assert_int_equal(run_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, 2);
	const struct digest first = run.restores.items[0].sha256;
	const struct digest second = run.restores.items[1].sha256;
	for (long i = 0;; i++) {
		assert_true(i < MOST);
		assert_int_equal(empty_folder(&run), i == 0 || run.restores.n ? 2 : 0);
		unit_fail_after = i;
		enum status status = run_write(&run);
		bool failed = unit_fail_after < 0;
		unit_fail_after = -1;
		if (status == STATUS_OK) {
			/* What only shows a path to a person may do without. */
			assert_int_equal(run.restores.n, 2);
			assert_memory_equal(&run.restores.items[0].sha256, &first,
					    sizeof(first));
			assert_memory_equal(&run.restores.items[1].sha256, &second,
					    sizeof(second));
		} else {
			assert_int_equal(status, STATUS_NOMEM);
			assert_int_equal(run.restores.n, 0);
		}
		if (!failed)
			break;
	}
	assert_int_equal(run.restores.n, 2);
	assert_int_equal(empty_folder(&run), 2);
	run_end(&run);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_file_names),
		TEST(test_unfit_names),
		TEST(test_unfit_parts),
		TEST(test_strings_without_nul),
		TEST(test_roots),
		TEST(test_made_anew_by_somebody),
		TEST(test_damaged_under_another_name),
		TEST(test_two_remnants_of_a_name),
		TEST(test_remnant_of_an_earlier_hive),
		TEST(test_no_memory),
	};

	return UNIT_RUN(tests);
}
