/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of what was found: paths, counts, folders that are whole, lack of memory. */
#define UNIT_OOM
#include "help/collections.h"

#include "collection/foundlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lists of one operand that was not read; the file is not there. */
static struct finds *new_finds(const char *operand)
{
	struct finds *finds = collections_find("/nowhere/at/all");

	diag_list_free(finds->diags);
	finds->diags = diag_list_new();
	finds->operands[0].path = operand;
	finds->operands[0].whole = true;
	return finds;
}

static void check_path(const char *operand, const char *inside, const char *expected)
{
	struct finds *finds = new_finds(operand);
	struct foundlist list = { finds, 0, NULL };
	char *path = foundlist_path(&list, inside);
	struct found item = { .path = path, .kind = FILEKIND_HIVE };

	assert_string_equal(path, expected);
	assert_int_equal(foundlist_add(&list, &item, &(struct found_source){ 0 }),
			 STATUS_OK);
	assert_string_equal(finds->items[0].inside, inside);
	assert_string_equal(finds->items[0].path, expected);
	free(path);
	finds_free(finds);
}

static void test_paths(void **state)
{
	(void)state;
	check_path("a", "b/c", "a/b/c");
	check_path("a/", "b", "a/b");
	check_path("a///", "b", "a/b");
	check_path("a", "", "a");
	check_path("/", "b", "/b");
	check_path("/", "", "/");
	check_path(".", "a", "./a");
}

static void test_counts(void **state)
{
	struct finds *finds = new_finds("a");
	struct foundlist list = { finds, 0, NULL };
	char path[] = "a/NTUSER.DAT";
	struct found item = { .path = path, .kind = FILEKIND_HIVE, .size = 7 };

	(void)state;
	foundlist_see(&list, FILEKIND_HIVE);
	foundlist_see(&list, FILEKIND_OTHER);
	foundlist_see(&list, FILEKIND_LINK);
	foundlist_see(&list, FILEKIND_FOLDER);
	assert_int_equal(finds->operands[0].n_left, 2);
	assert_int_equal(foundlist_add(&list, &item, &(struct found_source){ 0 }),
			 STATUS_OK);
	assert_int_equal(finds->operands[0].n_left, 1);
	assert_int_equal(finds->items[0].size, 7);
	/* lost: only what is called as a hive is listed */
	assert_int_equal(foundlist_lose(&list, "a/x.txt", true, "why"), STATUS_OK);
	assert_int_equal(finds->n, 1);
	assert_int_equal(foundlist_lose(&list, "a/b_NTUSER.DAT", true, "why"), STATUS_OK);
	assert_int_equal(finds->n, 2);
	assert_string_equal(finds->items[1].unread, "why");
	assert_true(finds->items[1].in_archive);
	assert_int_equal(finds->operands[0].seen[FILEKIND_UNREAD], 2);
	assert_int_equal(finds->operands[0].n_left, 2);
	assert_false(finds->operands[0].whole);
	finds_free(finds);
}

/* What only is called as a hive is listed as what could not be read. */
static void test_no_hive(void **state)
{
	struct finds *finds = new_finds("a");
	struct foundlist list = { finds, 0, NULL };

	(void)state;
	foundlist_see(&list, FILEKIND_EMPTY);
	assert_int_equal(foundlist_no_hive(&list, "a/x.txt", false, FILEKIND_EMPTY),
			 STATUS_OK);
	assert_int_equal(finds->n, 0);
	assert_int_equal(foundlist_no_hive(&list, "a/NTUSER.DAT", false, FILEKIND_EMPTY),
			 STATUS_OK);
	assert_int_equal(finds->n, 1);
	assert_int_equal(finds->items[0].kind, FILEKIND_UNREAD);
	assert_int_equal(finds->operands[0].n_left, 0);
	assert_int_equal(diag_count_from(finds->diags, DIAG_ERROR), 1);
	/* a link is no file that was left */
	foundlist_see(&list, FILEKIND_LINK);
	assert_int_equal(foundlist_no_hive(&list, "a/b/NTUSER.DAT", true, FILEKIND_LINK),
			 STATUS_OK);
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->operands[0].n_left, 0);
	finds_free(finds);
}

static const struct found_folder *folder(const struct finds *finds, const char *path)
{
	for (size_t i = 0; i < finds->n_folders; i++)
		if (strcmp(finds->folders[i].path, path) == 0)
			return &finds->folders[i];
	fail_msg("%s is no folder of it", path);
	return NULL;
}

/* A link in the place of a folder was not looked through; elsewhere it is none. */
static void test_links(void **state)
{
	struct finds *finds = new_finds("x");
	struct foundlist list = { finds, 0, NULL };

	(void)state;
	assert_int_equal(foundlist_folders(&list, "x/C/Users", true, 1), STATUS_OK);
	assert_int_equal(foundlist_link(&list, "x/C/Users/l", 1), STATUS_OK);
	assert_int_equal(foundlist_link(&list, "x/C/l", 1), STATUS_OK);
	assert_int_equal(finds->n_folders, 2);
	assert_false(folder(finds, "x/C/Users/l")->whole);
	assert_true(folder(finds, "x/C/Users")->whole);
	assert_true(finds->operands[0].whole);
	finds_free(finds);
}

static void test_folders(void **state)
{
	struct finds *finds = new_finds("x/Users/me/case");
	struct foundlist list = { finds, 0, NULL };
	const char *a = "x/Users/me/case/C/Users/a", *b = "x/Users/me/case/C/Users/b";
	const char *users = "x/Users/me/case/C/Users";
	char path[200];

	(void)state;
	/* what leads to the operand is none of its folders */
	(void)snprintf(path, sizeof(path), "%s/NTUSER.DAT", a);
	assert_int_equal(foundlist_folders(&list, path, false, 15), STATUS_OK);
	assert_int_equal(finds->n_folders, 2);
	assert_string_equal(folder(finds, a)->place.user, "a");
	assert_null(folder(finds, users)->place.user);
	/* each once */
	assert_int_equal(foundlist_folders(&list, path, false, 15), STATUS_OK);
	assert_int_equal(foundlist_folders(&list, b, true, 15), STATUS_OK);
	assert_int_equal(finds->n_folders, 3);
	/* a lost file is one of the folder around it, and of no other */
	assert_int_equal(foundlist_lose(&list, path, false, "why"), STATUS_OK);
	assert_false(folder(finds, a)->whole);
	assert_true(folder(finds, b)->whole);
	assert_true(folder(finds, users)->whole);
	/* names that begin alike are not inside */
	foundlist_incomplete(&list, "x/Users/me/case/C/User", true);
	assert_true(folder(finds, users)->whole);
	foundlist_incomplete(&list, "x/Users/me/case/C", true);
	assert_false(folder(finds, users)->whole);
	assert_false(folder(finds, b)->whole);
	finds_free(finds);
}

/* Past a number of losses no folder is whole, also none that is found later. */
static void test_many_losses(void **state)
{
	struct finds *finds = new_finds("c");
	struct foundlist list = { finds, 0, NULL };

	(void)state;
	assert_int_equal(foundlist_folders(&list, "c/Users/a", true, 1), STATUS_OK);
	for (size_t i = 0; i < FOUNDLIST_MAX_LOST; i++)
		assert_int_equal(foundlist_lose(&list, "c/x/y", true, "why"), STATUS_OK);
	assert_true(folder(finds, "c/Users/a")->whole);
	assert_int_equal(foundlist_lose(&list, "c/x/y", true, "why"), STATUS_OK);
	assert_false(folder(finds, "c/Users/a")->whole);
	assert_int_equal(foundlist_folders(&list, "c/Users/b", true, 1), STATUS_OK);
	assert_false(folder(finds, "c/Users/b")->whole);
	finds_free(finds);
}

static void test_notes(void **state)
{
	struct finds *finds = new_finds("c");
	struct foundlist list = { finds, 0, NULL };
	char path[5000];

	(void)state;
	memset(path, 'n', sizeof(path) - 1);
	strcpy(path + sizeof(path) - 12, "/NTUSER.DAT");
	foundlist_note(&list, DIAG_LEFT_OUT, path, "is %s", "left");
	/* of a long path the end is shown, and the sentence is whole */
	assert_true(collections_says(finds, "nnn/NTUSER.DAT: is left"));
	assert_true(strlen(diag_item(finds->diags, 0)->sentence) < 1100);
	foundlist_note(&list, DIAG_LEFT_OUT, "a\x1b\n", "x");
	assert_null(strpbrk(diag_item(finds->diags, 1)->sentence, "\n\x1b"));
	finds_free(finds);
}

/* Paths that are too long all together. */
static void test_limit_of_paths(void **state)
{
	struct finds *finds = new_finds("c");
	struct failure failure = { 0 };
	struct foundlist list = { finds, 0, &failure };
	char path[] = "c/NTUSER.DAT";
	struct found item = { .path = path, .kind = FILEKIND_HIVE };

	(void)state;
	finds->state->path_bytes = FOUND_MAX_PATHS - strlen(path);
	assert_int_equal(foundlist_add(&list, &item, &(struct found_source){ 0 }),
			 STATUS_OK);
	assert_int_equal(foundlist_add(&list, &item, &(struct found_source){ 0 }),
			 STATUS_LIMIT);
	assert_non_null(strstr(failure.sentence, "more files than can be compared"));
	assert_int_equal(foundlist_folders(&list, "c/Users/a", true, 1), STATUS_LIMIT);
	assert_int_equal(finds->n, 1);
	finds_free(finds);
}

static void test_no_memory(void **state)
{
	struct finds *finds = new_finds("c");
	struct failure failure = { 0 };
	struct foundlist list = { finds, 0, &failure };
	char path[] = "c/Users/a/NTUSER.DAT";
	struct found item = { .path = path, .kind = FILEKIND_UNREAD };
	struct unit_oom oom;
	enum status status = STATUS_OK;

	(void)state;
	item.unread = path;
	UNIT_FAIL_EACH (oom) {
		status = UNIT_FAILING(
			oom, foundlist_add(&list, &item, &(struct found_source){ 0 }));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
	}
	assert_int_equal(finds->n, 1);
	assert_string_equal(failure.sentence, "out of memory");
	UNIT_FAIL_EACH (oom) {
		status = UNIT_FAILING(oom, foundlist_lose(&list, path, false, "why"));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
	}
	UNIT_FAIL_EACH (oom) {
		status = UNIT_FAILING(oom, foundlist_folders(&list, path, false, 1));
		assert_true(status == (oom.failed ? STATUS_NOMEM : STATUS_OK));
	}
	finds_free(finds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),	  cmocka_unit_test(test_counts),
		cmocka_unit_test(test_no_hive),	  cmocka_unit_test(test_links),
		cmocka_unit_test(test_folders),	  cmocka_unit_test(test_many_losses),
		cmocka_unit_test(test_notes),	  cmocka_unit_test(test_limit_of_paths),
		cmocka_unit_test(test_no_memory),
	};

	return UNIT_RUN(tests);
}
