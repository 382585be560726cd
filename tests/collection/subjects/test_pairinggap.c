/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What it means that a collection lacks a subject: only what was read proves absence. */
#include "help/unit.h"

#include "collection/subjects/pairing.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <string.h>

#define DOMAIN "S-1-5-21-1085031214-1563985344-725345543-"
#define SID_A DOMAIN "1001"
#define SID_B DOMAIN "1002"

static const char *const before_after[] = { "before", "after", NULL };

/* jdoe and asmith before; asmith after. */
static void begin(struct madefinds *all)
{
	madefinds_init(all, before_after);
	madefinds_add(all, "before/C/Users/asmith/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_B, HIVES_TIME));
	madefinds_add(all, "before/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	madefinds_add(all, "after/C/Users/asmith/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_B, HIVES_TIME));
}

/* What becomes of jdoe; takes all. */
static void check_in_order(struct madefinds *all, bool by_time, enum pairing_gap gap,
			   const char *why)
{
	struct whose *whose = NULL;
	struct pairing *pairing = NULL;
	struct failure failure;
	size_t n = 0;

	assert_int_equal(whose_read(&all->finds, &all->opener, &whose, &failure),
			 STATUS_OK);
	assert_int_equal(pairing_read(&all->finds, whose, false, by_time, &pairing),
			 STATUS_OK);
	for (size_t i = 0; i < pairing->n; i++) {
		const struct pairing_subject *subject = &pairing->items[i];
		if (strcmp(subject->sid, SID_A) != 0)
			continue;
		n++;
		assert_int_equal(subject->gap, gap);
		assert_string_equal(subject->why ? subject->why : "", why);
	}
	assert_int_equal(n, 1);
	pairing_free(pairing);
	whose_free(whose);
	madefinds_clear(all);
}

static void check(struct madefinds *all, enum pairing_gap gap, const char *why)
{
	check_in_order(all, false, gap, why);
}

/* The folder above was read, and has another user's hive. */
static void test_users_folder_was_read(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	madefinds_folder(&all, "after/C/Users", true);
	madefinds_folder(&all, "after/C/Users/asmith", true);
	check(&all, PAIRING_HIVE_GONE,
	      "the whole hive is not in after; after/C/Users was read");
}

/* Its own folder is there without the hive, in whatever case, on no drive that is told. */
static void test_own_folder_was_read(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	madefinds_folder(&all, "after/Users/JDOE", true);
	check(&all, PAIRING_HIVE_GONE,
	      "the whole hive is not in after; after/Users/JDOE was read");
}

static void test_folder_was_not_read_whole(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	madefinds_folder(&all, "after/C/Users", true);
	madefinds_folder(&all, "after/C/Users/jdoe", false);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but the folder in which it should lie could not be "
	      "read whole");
	begin(&all);
	madefinds_folder(&all, "after/C/Users", false);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but the folder in which it should lie could not be "
	      "read whole");
}

static void test_no_such_folder(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but it does not hold the folder in which it should lie");
	/* the same folder of another drive, of a shadow copy, of what was put aside */
	begin(&all);
	madefinds_folder(&all, "after/D/Users/jdoe", true);
	madefinds_folder(&all, "after/VSS1/C/Users/jdoe", true);
	madefinds_folder(&all, "after/C/Windows.old/Users/jdoe", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but it does not hold the folder in which it should lie");
}

/* What an upgrade put aside, in a shadow copy, is not what it put aside on the disk. */
static void test_layout_in_a_shadow_copy(void **state)
{
	struct madefinds all;

	(void)state;
	for (unsigned copy = 0; copy < 2; copy++) {
		madefinds_init(&all, before_after);
		madefinds_add(&all, "before/copy/Windows.old/Users/jdoe/NTUSER.DAT",
			      FILEKIND_HIVE, madefinds_hive(NULL, SID_A, HIVES_TIME));
		madefinds_folder(&all,
				 copy ? "after/VSS1/C/Windows.old/Users/jdoe"
				      : "after/C/Windows.old/Users/jdoe",
				 true);
		check(&all, copy ? PAIRING_CANNOT_TELL : PAIRING_HIVE_GONE,
		      copy ? "after has no hive of it, but it does not hold the folder in "
			     "which it should lie"
			   : "the whole hive is not in after; "
			     "after/C/Windows.old/Users/jdoe was read");
	}
}

/* A folder of users in which nobody's hive was collected tells nothing. */
static void test_folder_without_hives(void **state)
{
	struct madefinds all;

	(void)state;
	madefinds_init(&all, before_after);
	madefinds_add(&all, "before/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but it does not hold the folder in which it should lie");
}

static void test_what_may_be_the_missing_one(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	madefinds_folder(&all, "after/C/Users/jdoe", true);
	madefinds_add(&all, "after/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, DOMAIN "1009", HIVES_TIME));
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but another one lies in its place");
	begin(&all);
	madefinds_folder(&all, "after/C/Users/jdoe", true);
	madefinds_add(&all, "after/old.dat", FILEKIND_HIVE,
		      madefinds_hive(NULL, NULL, HIVES_TIME));
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but nothing tells whose a hive there is");
	begin(&all);
	madefinds_folder(&all, "after/C/Users/jdoe", true);
	madefinds_add(&all, "after/x", FILEKIND_HIVE, NULL);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but a hive there could not be read");
	begin(&all);
	madefinds_folder(&all, "after/C/Users/jdoe", true);
	madefinds_add(&all, "after/x", FILEKIND_UNREAD, NULL);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but a file there could not be read");
}

static void test_only_later(void **state)
{
	struct madefinds all;

	(void)state;
	madefinds_init(&all, before_after);
	madefinds_add(&all, "after/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	check(&all, PAIRING_ONLY_LATER, "only after has a hive of it");
}

/* By time, the collection that is given first can be the last one. */
static void test_by_time(void **state)
{
	struct madefinds all;

	(void)state;
	for (int later = 0; later < 2; later++) {
		uint64_t first = later ? HIVES_TIME + 1 : HIVES_TIME;
		uint64_t second = later ? HIVES_TIME : HIVES_TIME + 1;
		madefinds_init(&all, before_after);
		madefinds_add(&all, "before/C/Users/asmith/NTUSER.DAT", FILEKIND_HIVE,
			      madefinds_hive(NULL, SID_B, first));
		madefinds_add(&all, "before/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
			      madefinds_hive(NULL, SID_A, first));
		madefinds_add(&all, "after/C/Users/asmith/NTUSER.DAT", FILEKIND_HIVE,
			      madefinds_hive(NULL, SID_B, second));
		madefinds_folder(&all, "after/C/Users", true);
		check_in_order(
			&all, true, later ? PAIRING_ONLY_LATER : PAIRING_HIVE_GONE,
			later ? "only before has a hive of it"
			      : "the whole hive is not in after; after/C/Users was "
				"read");
	}
}

/* Files that were given one by one, and one collection alone, hold no places. */
static void test_nothing_to_hold_it_against(void **state)
{
	struct madefinds all;

	(void)state;
	begin(&all);
	madefinds_folder(&all, "after/C/Users", true);
	all.operands[1].kind = FOUND_FILE;
	check(&all, PAIRING_WHOLE, "");
	madefinds_init(&all, (const char *const[]){ "x", NULL });
	madefinds_add(&all, "x/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	check(&all, PAIRING_WHOLE, "");
}

#define WMS "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define LIST(root) "[" root "\\" WMS "\\Profiles]\r\n"
#define REG "Windows Registry Editor Version 5.00\r\n\r\n"

/* An export that is missing proves nothing; one that is there speaks for its user. */
static void test_exports(void **state)
{
	struct madefinds all;

	(void)state;
	madefinds_init(&all, before_after);
	madefinds_reg(&all, "before/C/Users/a.reg", REG LIST("HKEY_USERS\\" SID_A));
	madefinds_add(&all, "after/C/Users/asmith/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_B, HIVES_TIME));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but the .reg export that is missing has no place "
	      "there");

	/* the hive is missing, whatever else there was */
	begin(&all);
	madefinds_reg(&all, "before/C/Users/a.reg", REG LIST("HKEY_USERS\\" SID_A));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_HIVE_GONE,
	      "the whole hive is not in after; after/C/Users was read");

	begin(&all);
	madefinds_reg(&all, "after/a.reg", REG LIST("HKEY_USERS\\" SID_A));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_WHOLE, "");

	begin(&all);
	madefinds_reg(&all, "after/x.reg", REG LIST("HKEY_CURRENT_USER"));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but nothing tells whose a .reg export there is");

	begin(&all);
	madefinds_add(&all, "after/x.reg", FILEKIND_REG, NULL);
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but a .reg file there could not be read");

	/* it has no place of its own, and shows no place of others */
	madefinds_init(&all, before_after);
	madefinds_add(&all, "before/flat/h", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	madefinds_reg(&all, "after/flat/b.reg", REG LIST("HKEY_USERS\\" SID_B));
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but it does not hold the folder in which it should "
	      "lie");

	madefinds_init(&all, before_after);
	madefinds_add(&all, "before/C/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, SID_A, HIVES_TIME));
	madefinds_reg(&all, "after/C/Users/asmith/NTUSER.DAT",
		      REG LIST("HKEY_USERS\\" SID_B));
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_CANNOT_TELL,
	      "after has no hive of it, but it does not hold the folder in which it should "
	      "lie");

	/* a list of changes is no state, and so none of a user */
	begin(&all);
	madefinds_reg(&all, "after/x.reg", REG "[-HKEY_CURRENT_USER\\x]\r\n");
	madefinds_folder(&all, "after/C/Users", true);
	check(&all, PAIRING_HIVE_GONE,
	      "the whole hive is not in after; after/C/Users was read");

	madefinds_init(&all, before_after);
	madefinds_reg(&all, "after/a.reg", REG LIST("HKEY_USERS\\" SID_A));
	check(&all, PAIRING_ONLY_LATER, "only after has an export of it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_users_folder_was_read),
		cmocka_unit_test(test_own_folder_was_read),
		cmocka_unit_test(test_folder_was_not_read_whole),
		cmocka_unit_test(test_no_such_folder),
		cmocka_unit_test(test_layout_in_a_shadow_copy),
		cmocka_unit_test(test_folder_without_hives),
		cmocka_unit_test(test_what_may_be_the_missing_one),
		cmocka_unit_test(test_only_later),
		cmocka_unit_test(test_by_time),
		cmocka_unit_test(test_nothing_to_hold_it_against),
		cmocka_unit_test(test_exports),
	};

	return UNIT_RUN(tests);
}
