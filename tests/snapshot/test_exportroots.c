/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which roots of an export are snapshots by themselves, and whose they are. */
#include "help/unit.h"

#include "snapshot/exportroots.h"

#include "help/exports.h"
#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CURRENT "Software\\Microsoft\\Windows NT\\CurrentVersion"
#define WMS CURRENT "\\Windows Messaging Subsystem"
#define SID_A "S-1-5-21-1-2-3-1001"
#define SID_B "S-1-5-21-1-2-3-1002"
#define LIST(root, name)                                                                 \
	"[" root "\\" WMS "]\r\n[" root "\\" WMS "\\Profiles]\r\n[" root "\\" WMS        \
	"\\Profiles\\" name "]\r\n\"x\"=dword:00000001\r\n"
#define WHOLE(root)                                                                      \
	"[" root "]\r\n[" root "\\Environment]\r\n[" root "\\Software]\r\n[" root        \
	"\\Software\\X]\r\n[" root "\\Software\\Y]\r\n"
#define LOGON(root, name)                                                                \
	"[" root "\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer]\r\n"         \
	"\"Logon User Name\"=\"" name "\"\r\n"

static enum status read_text(const char *text, struct exportroots *out,
			     struct failure *failure)
{
	char *path = hives_temporary(text, strlen(text));
	enum status status = exportroots_read(path, NULL, out, failure);

	unlink(path);
	free(path);
	return status;
}

/* Paths of the roots that are listed, a space behind each. */
static void lists(const char *text, const char *expected)
{
	struct exportroots roots = { 0 };
	struct failure failure = { 0 };
	char found[1000] = "";

	if (read_text(text, &roots, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	for (size_t i = 0; i < roots.n; i++) {
		strncat(found, roots.items[i].path, 200);
		strcat(found, " ");
	}
	assert_string_equal(found, expected);
	exportroots_clear(&roots);
}

static void test_several_users(void **state)
{
	struct exportroots roots = { 0 };
	struct failure failure;

	(void)state;
	assert_int_equal(read_text(EXPORTS_5 LIST("HKEY_USERS\\.DEFAULT", "D")
					   LIST("HKEY_USERS\\" SID_A, "A")
						   LOGON("HKEY_CURRENT_USER", "jdoe")
							   LIST("HKEY_CURRENT_USER", "C"),
				   &roots, &failure),
			 STATUS_OK);
	assert_int_equal(roots.n, 3);
	assert_int_equal(roots.n_left_out, 0);
	for (size_t i = 0; i < roots.n; i++) {
		const struct exportroot *root = &roots.items[i];
		if (strcmp(root->path, "HKEY_USERS\\.DEFAULT") == 0) {
			assert_int_equal(root->subject.role, SUBJECT_LOCAL_SYSTEM);
		} else if (root->kind == REGTEXT_CURRENT_USER) {
			assert_string_equal(root->subject.user, "jdoe");
			assert_string_equal(root->subject.sid, "");
		} else {
			assert_string_equal(root->path, "HKEY_USERS\\" SID_A);
			assert_int_equal(root->subject.role, SUBJECT_USER);
			assert_string_equal(root->subject.sid, SID_A);
		}
	}
	exportroots_clear(&roots);
}

/* Absence is told only by what exports the place of the lists. */
static void test_without_lists(void **state)
{
	(void)state;
	/* somebody set a value, of a user */
	lists(EXPORTS_5 "[HKEY_USERS\\" SID_A "\\Software\\X]\r\n\"x\"=\"y\"\r\n", "");
	/* and the machine's own keys */
	lists(EXPORTS_5 "[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n\"x\"=\"y\"\r\n", "");
	/* a value of the key above, which alone exports no branch */
	lists(EXPORTS_5 "[HKEY_USERS\\" SID_A "\\" CURRENT "]\r\n\"x\"=\"y\"\r\n", "");
	/* that key with what is below it: the lists are not */
	lists(EXPORTS_5 "[HKEY_USERS\\" SID_A "\\" CURRENT "]\r\n[HKEY_USERS\\" SID_A
			"\\" CURRENT "\\Windows]\r\n\"x\"=\"y\"\r\n",
	      "HKEY_USERS\\" SID_A " ");
	/* a key beside the lists' */
	lists(EXPORTS_5 "[HKEY_USERS\\" SID_A "\\" CURRENT "\\Windows]\r\n", "");
	/* the key of MAPI, empty */
	lists(EXPORTS_5 "[HKEY_USERS\\" SID_A "\\" WMS "]\r\n", "HKEY_USERS\\" SID_A " ");
	/* all of the user, and another hive of his */
	lists(EXPORTS_5 WHOLE("HKEY_USERS\\" SID_A)
		      WHOLE("HKEY_USERS\\" SID_A "_Classes"),
	      "HKEY_USERS\\" SID_A " ");
	/* a hive that was loaded may be any */
	lists(EXPORTS_5 WHOLE("HKEY_LOCAL_MACHINE\\loaded"), "");
	lists(EXPORTS_5 LIST("HKEY_LOCAL_MACHINE\\loaded", "A"),
	      "HKEY_LOCAL_MACHINE\\loaded ");
}

static void test_one_hive_twice(void **state)
{
	(void)state;
	lists(EXPORTS_5 LIST("HKEY_USERS\\.DEFAULT", "D")
		      LIST("HKEY_USERS\\S-1-5-18", "D"),
	      "HKEY_USERS\\.DEFAULT ");
	/* the current user is one of these */
	lists(EXPORTS_5 LIST("HKEY_CURRENT_USER", "A") LIST("HKEY_USERS\\" SID_A, "B")
		      LIST("HKEY_USERS\\" SID_B, "A"),
	      "HKEY_USERS\\" SID_A " HKEY_USERS\\" SID_B " ");
	/* and none of these, by what the profile holds, and by its name */
	lists(EXPORTS_5 LIST("HKEY_CURRENT_USER",
			     "A") "\"y\"=\"z\"\r\n" LIST("HKEY_USERS\\" SID_A, "A"),
	      "HKEY_CURRENT_USER HKEY_USERS\\" SID_A " ");
	lists(EXPORTS_5 LIST("HKEY_CURRENT_USER", "C") LIST("HKEY_USERS\\" SID_A, "B"),
	      "HKEY_CURRENT_USER HKEY_USERS\\" SID_A " ");
}

static void test_no_snapshots(void **state)
{
	struct exportroots roots = { 0 };
	struct failure failure;

	(void)state;
	assert_int_equal(read_text("REGEDIT4\n\n[HKEY_USERS\\.DEFAULT\\x]\n\"y\"=-\n",
				   &roots, &failure),
			 STATUS_UNSUPPORTED);
	assert_int_equal(roots.n, 0);
	assert_non_null(strstr(failure.sentence, ": 0x22: a list of changes"));
	assert_int_equal(read_text("hello", &roots, &failure), STATUS_UNSUPPORTED);
	assert_int_equal(exportroots_read("/nowhere/x.reg", NULL, &roots, &failure),
			 STATUS_IO);
}

/* The most, and one more. */
static void test_many(void **state)
{
	(void)state;
	for (size_t n = EXPORTROOTS_MOST; n <= EXPORTROOTS_MOST + 1; n++) {
		struct exportroots roots = { 0 };
		struct failure failure;
		size_t size = n * 400 + 100, len = 0;
		char *text = malloc(size);
		assert_non_null(text);
		len += (size_t)snprintf(text, size, "%s", EXPORTS_5);
		for (size_t i = 0; i < n; i++)
			len += (size_t)snprintf(text + len, size - len,
						"[HKEY_USERS\\S-1-5-21-1-2-3-%zu\\" WMS
						"\\Profiles]\r\n",
						1000 + i);
		assert_int_equal(read_text(text, &roots, &failure), STATUS_OK);
		assert_int_equal(roots.n, EXPORTROOTS_MOST);
		assert_int_equal(roots.n_left_out, n - EXPORTROOTS_MOST);
		exportroots_clear(&roots);
		free(text);
	}
}

/* Cut anywhere it is read as far as it goes, and shows no user who is not in it. */
static void test_cut(void **state)
{
	static const char text[] = EXPORTS_5 LIST("HKEY_USERS\\" SID_A, "A")
		LIST("HKEY_CURRENT_USER", "A") LIST("HKEY_USERS\\.DEFAULT", "D");

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		char *cut = strndup(text, len);
		struct exportroots roots = { 0 };
		struct failure failure;
		assert_non_null(cut);
		enum status status = read_text(cut, &roots, &failure);
		assert_true(status == STATUS_OK || status == STATUS_UNSUPPORTED);
		assert_in_range(roots.n, 0, 3);
		assert_true(status == STATUS_OK || roots.n == 0);
		exportroots_clear(&roots);
		free(cut);
	}
}

/* Of all roots those with lists; all where none has any. */
static void test_choose(void **state)
{
	struct export some = EXPORTS(EXPORTS_5 LIST(
		"HKEY_USERS\\" SID_A, "A") "[HKEY_USERS\\" SID_B "\\X]\r\n");
	struct export none = EXPORTS(EXPORTS_5 "[HKEY_USERS\\" SID_A
					       "\\X]\r\n[HKEY_USERS\\" SID_B "\\X]\r\n");
	struct regtext_root *chosen[2];
	size_t n = 9;

	(void)state;
	assert_int_equal(exportroots_choose(some.text, chosen, &n), STATUS_OK);
	assert_int_equal(n, 1);
	assert_string_equal(chosen[0]->name, SID_A);
	assert_int_equal(exportroots_choose(none.text, chosen, &n), STATUS_OK);
	assert_int_equal(n, 2);
	exports_close(&some);
	exports_close(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_several_users),
		cmocka_unit_test(test_without_lists),
		cmocka_unit_test(test_one_hive_twice),
		cmocka_unit_test(test_no_snapshots),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_choose),
	};

	return UNIT_RUN(tests);
}
