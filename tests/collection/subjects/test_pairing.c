/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives by subject, with their logs and in order.  What is expected is written by hand: a
 * line for each subject, "file name [sid tail] (role): operand/path ...".
 */
#include "help/unit.h"

#include "collection/subjects/pairing.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "S-1-5-21-1085031214-1563985344-725345543-"
#define SID_A DOMAIN "1001"
#define SID_B DOMAIN "1002"
#define SID_C DOMAIN "1003"

enum { HOUR = 36000000 };

static const char *const before_after[] = { "before", "after", NULL };

struct all {
	struct madefinds finds;
	struct whose *whose;
	struct pairing *pairing;
};

static void begin(struct all *all, const char *const *operands)
{
	*all = (struct all){ 0 };
	madefinds_init(&all->finds, operands);
}

/* A user's hive whose root key has that id, or none; hours after the first moment. */
static void add(struct all *all, const char *path, const char *embedded, const char *sid,
		unsigned hours)
{
	madefinds_add(&all->finds, path, FILEKIND_HIVE,
		      madefinds_hive(embedded, sid, HIVES_TIME + (uint64_t)hours * HOUR));
}

static void pair_up(struct all *all, bool one_subject)
{
	struct failure failure;

	assert_int_equal(
		whose_read(&all->finds.finds, &all->finds.opener, &all->whose, &failure),
		STATUS_OK);
	assert_int_equal(pairing_read(&all->finds.finds, all->whose, one_subject, false,
				      &all->pairing),
			 STATUS_OK);
}

static void end(struct all *all)
{
	pairing_free(all->pairing);
	whose_free(all->whose);
	madefinds_clear(&all->finds);
}

/* All subjects as lines; takes all. */
static void check(struct all *all, const char *expected)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (!all->pairing)
		pair_up(all, false);
	for (size_t i = 0; i < all->pairing->n; i++) {
		const struct pairing_subject *subject = &all->pairing->items[i];
		size_t len = strlen(subject->sid);
		fprintf(out, "%s [%s] (%s):", subject->file_name,
			len > 4 ? subject->sid + len - 4 : subject->sid,
			subject_role_word(subject->role));
		for (size_t k = 0; k < subject->n; k++)
			fprintf(out, " %s", subject->sources[k].found->path);
		fputc('\n', out);
	}
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
	free(text);
	end(all);
}

/* ---- whose is whose ---- */

static void test_two_users_in_two_folders(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/C/Users/asmith/NTUSER.DAT", NULL, SID_B, 0);
	add(&all, "before/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "after/C/Users/asmith/NTUSER.DAT", NULL, SID_B, 1);
	add(&all, "after/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 1);
	check(&all, "asmith [1002] (user): before/C/Users/asmith/NTUSER.DAT "
		    "after/C/Users/asmith/NTUSER.DAT\n"
		    "jdoe [1001] (user): before/C/Users/jdoe/NTUSER.DAT "
		    "after/C/Users/jdoe/NTUSER.DAT\n");
}

static void test_one_id_under_two_names(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "after/Users/jdoe.CORP/NTUSER.DAT", NULL, SID_A, 1);
	check(&all, "jdoe.CORP [1001] (user): before/Users/jdoe/NTUSER.DAT "
		    "after/Users/jdoe.CORP/NTUSER.DAT\n");
}

static void test_one_name_with_two_ids(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "after/Users/jdoe/NTUSER.DAT", NULL, SID_B, 1);
	check(&all, "jdoe-" SID_A " [1001] (user): before/Users/jdoe/NTUSER.DAT\n"
		    "jdoe-" SID_B " [1002] (user): after/Users/jdoe/NTUSER.DAT\n");
}

/* A hive without an id goes with the only one of its name, in whatever case. */
static void test_a_name_alone(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "after/renamed", "\\??\\C:\\Users\\JDOE\\ntuser.dat", NULL, 1);
	check(&all, "JDOE [1001] (user): before/Users/jdoe/NTUSER.DAT after/renamed\n");
}

static void test_a_name_that_two_ids_have(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "before/D/Users/jdoe/NTUSER.DAT", NULL, SID_B, 0);
	add(&all, "after/renamed", "\\??\\C:\\Users\\jdoe\\ntuser.dat", NULL, 1);
	pair_up(&all, false);
	assert_int_equal(all.pairing->n, 3);
	assert_true(all.pairing->items[0].ambiguous);
	assert_string_equal(all.pairing->items[0].sid, "");
	assert_false(all.pairing->items[1].ambiguous);
	end(&all);
}

static void test_subjects_of_their_own(void **state)
{
	struct all all;

	(void)state;
	begin(&all, (const char *const[]){ "x", NULL });
	add(&all, "x/C/Users/Default/NTUSER.DAT", NULL, NULL, 0);
	add(&all, "x/C/Windows/System32/config/DEFAULT", NULL, NULL, 0);
	add(&all, "x/C/Windows/ServiceProfiles/LocalService/NTUSER.DAT", NULL, NULL, 0);
	add(&all, "x/C/Windows/ServiceProfiles/NetworkService/NTUSER.DAT", NULL, NULL, 0);
	add(&all, "x/unknown1", NULL, NULL, 0);
	add(&all, "x/unknown2", NULL, NULL, 0);
	check(&all,
	      "LocalService [5-19] (service_account): "
	      "x/C/Windows/ServiceProfiles/LocalService/NTUSER.DAT\n"
	      "LocalSystem [5-18] (local_system): x/C/Windows/System32/config/DEFAULT\n"
	      "NetworkService [5-20] (service_account): "
	      "x/C/Windows/ServiceProfiles/NetworkService/NTUSER.DAT\n"
	      "template [] (template): x/C/Users/Default/NTUSER.DAT\n"
	      "unknown1 [] (unknown): x/unknown1\n"
	      "unknown2 [] (unknown): x/unknown2\n");
}

/* Nothing but the same path in both: as two files of one name are compared. */
static void test_unknown_by_path(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/h/one", NULL, NULL, 0);
	add(&all, "before/h/two", NULL, NULL, 0);
	add(&all, "after/H/One", NULL, NULL, 1);
	pair_up(&all, false);
	assert_int_equal(all.pairing->n, 2);
	assert_int_equal(all.pairing->items[0].n, 2);
	end(&all);
}

static void test_stated_to_be_one(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/jdoe", NULL, SID_A, 0);
	add(&all, "after/asmith", NULL, SID_B, 1);
	pair_up(&all, true);
	assert_int_equal(all.pairing->n, 1);
	assert_int_equal(all.pairing->items[0].n, 2);
	end(&all);
}

/* ---- order ---- */

static void test_restore_points_of_three_users(void **state)
{
#define RP(n, sid)                                                                       \
	"x/System Volume Information/_restore{1}/RP" n                                   \
	"/snapshot/_REGISTRY_USER_NTUSER_" sid
	struct all all;

	(void)state;
	begin(&all, (const char *const[]){ "x", NULL });
	/* in the order of their bytes, RP10 before RP9 */
	add(&all, RP("10", SID_A), NULL, SID_A, 3);
	add(&all, RP("10", SID_B), NULL, SID_B, 0);
	add(&all, RP("9", SID_A), NULL, SID_A, 4); /* its time is later: that counts */
	add(&all, RP("9", SID_B), NULL, SID_B, 0); /* the same time: the number counts */
	add(&all, RP("9", SID_C), NULL, NULL, 0);
	check(&all, SID_A " [1001] (user): " RP("10", SID_A) " " RP(
			    "9", SID_A) "\n" SID_B
					" [1002] (user): " RP("9", SID_B) " " RP(
						"10", SID_B) "\n" SID_C
							     " [1003] (user): " RP(
								     "9", SID_C) "\n");
}

static void test_layouts_of_equal_time(void **state)
{
	struct all all;

	(void)state;
	begin(&all, (const char *const[]){ "x", NULL });
	add(&all, "x/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "x/C/Windows.old/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "x/VSS10/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	add(&all, "x/VSS2/C/Users/jdoe/NTUSER.DAT", NULL, SID_A, 0);
	check(&all, "jdoe [1001] (user): x/C/Windows.old/Users/jdoe/NTUSER.DAT "
		    "x/VSS2/C/Users/jdoe/NTUSER.DAT x/VSS10/C/Users/jdoe/NTUSER.DAT "
		    "x/C/Users/jdoe/NTUSER.DAT\n");
}

/* Of an operand that has more than can be compared, the oldest are left out. */
static void test_too_many(void **state)
{
	static struct found items[PAIRING_MOST + 3];
	static struct whose_hive hives[PAIRING_MOST + 3];
	struct found_operand operands[2] = { { .path = "a" }, { .path = "b" } };
	struct finds finds = { .items = items, .operands = operands, .n_operands = 2 };
	struct whose whose = { .items = hives };
	struct pairing *pairing = NULL;

	(void)state;
	for (size_t i = 0; i < PAIRING_MOST + 3; i++) {
		items[i] = (struct found){ .path = (char *)"a/x",
					   .inside = "x",
					   .operand = i > 0,
					   .kind = FILEKIND_HIVE };
		hives[i] = (struct whose_hive){ .found = i,
						.role = SUBJECT_USER,
						.sid = SID_A,
						.written_ft = 1000 - i };
	}
	finds.n = whose.n = PAIRING_MOST + 3;
	assert_int_equal(pairing_read(&finds, &whose, false, false, &pairing), STATUS_OK);
	assert_int_equal(pairing->items[0].n, PAIRING_MOST);
	assert_int_equal(pairing->items[0].n_left_out, 3);
	/* the only one of the first operand stays */
	assert_int_equal(pairing->items[0].sources[0].found->operand, 0);
	assert_int_equal(pairing->items[0].sources[1].hive->written_ft,
			 1000 - (PAIRING_MOST + 2) + 3);
	pairing_free(pairing);
}

/* ---- exports ---- */

#define WMS "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define LIST(root) "[" root "\\" WMS "\\Profiles]\r\n"
#define REG "Windows Registry Editor Version 5.00\r\n\r\n"

/* One file serves two subjects; of an operand it stands before the hives. */
static void test_exports(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	add(&all, "before/hive", NULL, SID_A, 0);
	madefinds_reg(&all.finds, "before/users.reg",
		      REG LIST("HKEY_USERS\\" SID_A) LIST("HKEY_USERS\\" SID_B)
			      LIST("HKEY_USERS\\.DEFAULT"));
	madefinds_add(&all.finds, "before/users.reg.LOG1", FILEKIND_LOG, NULL);
	madefinds_reg(&all.finds, "after/b.reg", REG LIST("HKEY_USERS\\" SID_B));
	pair_up(&all, false);
	for (size_t i = 0; i < all.pairing->n; i++)
		assert_int_equal(all.pairing->items[i].sources[0].n_logs, 0);
	check(&all, "LocalSystem [5-18] (local_system): before/users.reg\n" SID_A
		    " [1001] (user): before/users.reg before/hive\n" SID_B
		    " [1002] (user): before/users.reg after/b.reg\n");
}

/* Nothing tells whose they are: those of one path and root are one, and only they. */
static void test_exports_by_path(void **state)
{
	struct all all;

	(void)state;
	begin(&all, before_after);
	madefinds_reg(&all.finds, "before/x.reg",
		      REG LIST("HKEY_CURRENT_USER") LIST("HKEY_LOCAL_MACHINE\\loaded"));
	madefinds_reg(&all.finds, "after/X.reg", REG LIST("HKEY_CURRENT_USER"));
	madefinds_reg(&all.finds, "after/y.reg", REG LIST("HKEY_CURRENT_USER"));
	pair_up(&all, false);
	assert_int_equal(all.pairing->n, 3);
	for (size_t i = 0; i < all.pairing->n; i++) {
		const struct pairing_subject *subject = &all.pairing->items[i];
		bool current =
			strcmp(subject->sources[0].hive->root, "HKEY_CURRENT_USER") == 0;
		bool before = subject->sources[0].found->operand == 0;
		assert_int_equal(subject->n, current && before ? 2 : 1);
	}
	end(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_users_in_two_folders),
		cmocka_unit_test(test_one_id_under_two_names),
		cmocka_unit_test(test_one_name_with_two_ids),
		cmocka_unit_test(test_a_name_alone),
		cmocka_unit_test(test_a_name_that_two_ids_have),
		cmocka_unit_test(test_subjects_of_their_own),
		cmocka_unit_test(test_unknown_by_path),
		cmocka_unit_test(test_stated_to_be_one),
		cmocka_unit_test(test_restore_points_of_three_users),
		cmocka_unit_test(test_layouts_of_equal_time),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_exports_by_path),
	};

	return UNIT_RUN(tests);
}
