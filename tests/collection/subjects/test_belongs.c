/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files beside users' hives, by where both lay: what may be theirs, and what is not. */
#include "help/unit.h"

#include "collection/subjects/belongs.h"

#include "help/madefinds.h"

#include <string.h>

static const char *const two[] = { "a", "b", NULL };

/* The paths of users' hives, then that of the file; NULL ends the hives. */
static bool belongs(const char *const *hives, const char *path, bool dated)
{
	struct madefinds all;
	struct whose_hive items[8] = { 0 };
	struct whose whose = { .items = items };
	struct belongs belongs;

	madefinds_init(&all, two);
	for (; hives[whose.n]; whose.n++) {
		madefinds_add(&all, hives[whose.n], FILEKIND_HIVE, NULL);
		items[whose.n].found = whose.n;
		items[whose.n].kind = WHOSE_USERS;
	}
	madefinds_add(&all, path, FILEKIND_LISTING, NULL);
	assert_int_equal(belongs_read(&all.finds, &whose, &belongs), STATUS_OK);
	bool is = belongs_to_users(&belongs, &all.items[whose.n], dated);
	belongs_clear(&belongs);
	madefinds_clear(&all);
	return is;
}

#define HIVES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_disks(void **state)
{
	const char *const *one = HIVES("a/pc1/C/Users/x/NTUSER.DAT");
	const char *const *both =
		HIVES("a/pc1/C/Users/x/NTUSER.DAT", "b/pc2/C/Users/x/NTUSER.DAT",
		      "a/pc1/D/Users/x/NTUSER.DAT");

	(void)state;
	assert_true(belongs(one, "a/pc1/C/Windows/System32/mapi32.dll", false));
	assert_true(belongs(one, "a/pc1/D/logs/x.evt", true));
	/* loose, beside the disk or in a folder of its own */
	assert_true(belongs(one, "a/tlist.txt", false));
	assert_true(belongs(one, "a/more/tlist.txt", false));
	/* another disk of the operand */
	assert_false(belongs(one, "a/pc2/C/Windows/System32/config/SYSTEM", true));
	assert_false(belongs(
		one, "a/pc1/C/Users/x/Desktop/pc2/C/Windows/System32/config/SYSTEM",
		true));
	assert_false(belongs(one, "a/pc2.zip/C/Windows/System32/mapi32.dll", false));
	/* in another operand there is no user's hive to hold it against */
	assert_true(belongs(one, "b/pc2/C/Windows/System32/config/SYSTEM", true));
	assert_true(belongs(both, "b/pc2/C/Windows/System32/config/SYSTEM", true));
	assert_false(belongs(both, "a/pc2/C/Windows/System32/config/SYSTEM", true));
	/* hives that lie loose contradict nothing */
	assert_true(belongs(HIVES("a/NTUSER.DAT"), "a/C/Windows/System32/config/SYSTEM",
			    true));
}

static void test_times(void **state)
{
	const char *const *now =
		HIVES("a/C/Users/x/NTUSER.DAT", "a/VSS1/C/Users/x/NTUSER.DAT");
	const char *const *old = HIVES("a/C/Windows.old/Users/x/NTUSER.DAT");
	const char *const *copy = HIVES("a/VSS1/C/Users/x/NTUSER.DAT");

	(void)state;
	assert_true(belongs(now, "a/C/Windows/System32/mapi32.dll", false));
	assert_false(belongs(now, "a/VSS1/C/Windows/System32/mapi32.dll", false));
	/* what tells its own time serves as far as that goes */
	assert_true(belongs(now, "a/VSS1/C/Windows/System32/config/SYSTEM", true));
	assert_true(belongs(copy, "a/VSS1/C/Windows/System32/mapi32.dll", false));
	/* another installation */
	assert_false(
		belongs(now, "a/C/Windows.old/Windows/System32/config/SYSTEM", true));
	assert_true(belongs(old, "a/C/Windows.old/Windows/System32/config/SYSTEM", true));
	/* no user's hive at all */
	assert_true(belongs(HIVES(NULL), "a/C/Windows.old/x/mapi32.dll", false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disks),
		cmocka_unit_test(test_times),
	};

	return UNIT_RUN(tests);
}
