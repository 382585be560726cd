/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A .reg file that is read once, and the snapshots that several users have of it. */
#include "help/unit.h"

#include "help/hives.h"

#include "snapshot/exportfile.h"
#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST "\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles"
#define ONE "HKEY_USERS\\S-1-5-21-1-2-3-1001"
#define OTHER "HKEY_USERS\\S-1-5-21-1-2-3-1002"

static const char both[] = "Windows Registry Editor Version 5.00\r\n\r\n"
			   "[" ONE LIST "]\r\n[" ONE LIST "\\Work]\r\n"
			   "this line cannot be \"read\r\n"
			   "[" OTHER LIST "]\r\n[" OTHER LIST "\\Home]\r\n";

static struct exportfile *read_both(char **path)
{
	struct exportfile *file = NULL;
	struct failure failure = { "" };

	*path = hives_temporary(both, sizeof(both) - 1);
	assert_int_equal(exportfile_read(*path, NULL, NULL, &file, &failure), STATUS_OK);
	return file;
}

static void test_read(void **state)
{
	char *path = NULL;
	struct exportfile *file = read_both(&path);

	(void)state;
	assert_string_equal(file->evidence->path, path);
	assert_int_equal(file->text->n_roots, 2);
	assert_int_equal(diag_count_of(file->diags, DIAG_EXPORT_LINE), 1);
	exportfile_free(file);
	exportfile_free(NULL);
	(void)remove(path);
	free(path);
}

/* Each is as if it had read the file itself, and the file can be gone. */
static void test_lent(void **state)
{
	static const char *const roots[] = { ONE, OTHER };
	static const char *const names[] = { "Work", "Home" };
	char *path = NULL;
	struct exportfile *file = read_both(&path);
	struct snapshot *alone[2], *lent[2];
	struct failure failure = { "" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct snapshot_source source = { .path = path, .root = roots[i] };
		assert_int_equal(snapshotread_source(&source, &alone[i], &failure),
				 STATUS_OK);
	}
	(void)remove(path);
	for (size_t i = 0; i < 2; i++) {
		struct snapshot_source source = { .path = path,
						  .root = roots[i],
						  .export = file };
		assert_int_equal(snapshotread_source(&source, &lent[i], &failure),
				 STATUS_OK);
	}
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(lent[i]->evidence->path, path);
		assert_ptr_not_equal(lent[i]->evidence, file->evidence);
		assert_memory_equal(&lent[i]->evidence->sha256,
				    &alone[i]->evidence->sha256,
				    sizeof(lent[i]->evidence->sha256));
		assert_string_equal(lent[i]->export_root->path, roots[i]);
		assert_int_equal(lent[i]->n_profiles, 1);
		assert_true(
			text_is(key_name(lent[i]->profiles[0].profile.key), names[i]));
		assert_int_equal(diag_count(lent[i]->diags), diag_count(alone[i]->diags));
		for (size_t k = 0; k < diag_count(alone[i]->diags); k++) {
			assert_string_equal(diag_item(lent[i]->diags, k)->sentence,
					    diag_item(alone[i]->diags, k)->sentence);
			assert_true(diag_item(lent[i]->diags, k)->offset ==
				    diag_item(alone[i]->diags, k)->offset);
		}
		assert_true(diag_count_of(lent[i]->diags, DIAG_EXPORT_LINE) == 1);
		snapshot_free(alone[i]);
		snapshot_free(lent[i]);
	}
	exportfile_free(file);
	free(path);
}

static void test_refused(void **state)
{
	static const char changes[] = "REGEDIT4\r\n\r\n[-HKEY_CURRENT_USER\\x]\r\n";
	char *path = hives_temporary(changes, sizeof(changes) - 1);
	struct exportfile *file = NULL;
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(exportfile_read(path, NULL, NULL, &file, &failure),
			 STATUS_UNSUPPORTED);
	assert_memory_equal(failure.sentence, path, strlen(path));
	assert_int_equal(exportfile_read("/nowhere/x.reg", NULL, NULL, &file, &failure),
			 STATUS_IO);
	assert_null(file);
	(void)remove(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_lent),
		cmocka_unit_test(test_refused),
	};

	return UNIT_RUN(tests);
}
