/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose folder is whose, by the SOFTWARE hives of one operand. */
#include "help/unit.h"

#include "collection/subjects/profilelist.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <stdio.h>
#include <string.h>

#define DOMAIN "S-1-5-21-1085031214-1563985344-725345543-"
#define LIST "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"

static const char *const two[] = { "a", "b", NULL };

/* A SOFTWARE hive with rows of an id and a path each; NULL ends them. */
static struct builder *software(const char *const *rows)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5, .last_written = HIVES_TIME, .sequence = 1 });

	builder_value_string(
		b, builder_path(b, "Microsoft\\Windows NT\\CurrentVersion", HIVES_TIME),
		"ProductName", "Windows");
	for (; *rows; rows += 2) {
		char key[256];
		(void)snprintf(key, sizeof(key), LIST "%s", rows[0]);
		builder_value_string(b, builder_path(b, key, HIVES_TIME),
				     "ProfileImagePath", rows[1]);
	}
	return b;
}

static const char *ask(const struct profilelist *list, struct madefinds *all,
		       const char *path)
{
	const char *sid = "";

	madefinds_add(all, path, FILEKIND_HIVE, NULL);
	assert_int_equal(profilelist_sid(list, &all->finds.items[all->finds.n - 1], &sid),
			 STATUS_OK);
	return sid;
}

static void test_rows(void **state)
{
	static const char *const rows[] = {
		DOMAIN "1001", "%SystemDrive%\\Users\\jdoe",
		DOMAIN "1002", "C:\\Documents and Settings\\Zo\xc3\x8b",
		"S-1-5-18",    "%systemroot%\\system32\\config\\systemprofile",
		"S-1-5-19",    "C:\\Windows\\ServiceProfiles\\LocalService",
		DOMAIN "1003", "D:\\one\\both",
		DOMAIN "1004", "C:\\Users\\BOTH",
		"junk",	       "C:\\Users\\junk",
		NULL
	};
	struct profilelist list = { 0 };
	struct madefinds all;
	struct failure failure;

	(void)state;
	madefinds_init(&all, two);
	madefinds_add(&all, "a/software", FILEKIND_HIVE, software(rows));
	madefinds_add(&all, "a/broken", FILEKIND_HIVE, NULL);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(profilelist_add(&list, &all.finds.items[i], &all.opener,
						 &failure),
				 STATUS_OK);
	profilelist_sort(&list);
	assert_string_equal(ask(&list, &all, "a/C/Users/JDOE/NTUSER.DAT"), DOMAIN "1001");
	assert_string_equal(ask(&list, &all, "a/x/Users/zo\xc3\xab/NTUSER.DAT"),
			    DOMAIN "1002");
	assert_string_equal(
		ask(&list, &all, "a/C/Windows/ServiceProfiles/LocalService/NTUSER.DAT"),
		"S-1-5-19");
	/* two ids, a row that is no account, another operand, what was put aside */
	assert_null(ask(&list, &all, "a/C/Users/both/NTUSER.DAT"));
	assert_null(ask(&list, &all, "a/C/Users/junk/NTUSER.DAT"));
	assert_null(ask(&list, &all, "a/C/Users/nobody/NTUSER.DAT"));
	assert_null(ask(&list, &all, "b/C/Users/jdoe/NTUSER.DAT"));
	assert_null(ask(&list, &all, "a/C/Windows.old/Users/jdoe/NTUSER.DAT"));
	assert_null(ask(&list, &all, "a/jdoe.dat"));
	profilelist_clear(&list);
	assert_int_equal(list.n, 0);
	madefinds_clear(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return UNIT_RUN(tests);
}
