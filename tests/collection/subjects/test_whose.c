/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose hives are, and by what; what contradicts it; and hives that are no user's. */
#include "help/unit.h"

#include "collection/subjects/whose.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <stdlib.h>
#include <string.h>

#define SID_A "S-1-5-21-1085031214-1563985344-725345543-1001"
#define SID_B "S-1-5-21-1085031214-1563985344-725345543-1002"
#define PATH_JDOE "\\??\\C:\\Users\\jdoe\\ntuser.dat"

static const char *const one_folder[] = { "case", NULL };

static struct whose *read_all(struct madefinds *all)
{
	struct whose *whose = NULL;
	struct failure failure;

	assert_int_equal(whose_read(&all->finds, &all->opener, &whose, &failure),
			 STATUS_OK);
	return whose;
}

/* The only hive, at that path. */
static void check(const char *path, const char *embedded, const char *root_sid,
		  enum subject_role role, const char *sid, const char *name,
		  const char *way, const char *conflict)
{
	struct madefinds all;

	madefinds_init(&all, one_folder);
	madefinds_add(&all, path, FILEKIND_HIVE,
		      madefinds_hive(embedded, root_sid, HIVES_TIME));
	struct whose *whose = read_all(&all);
	assert_int_equal(whose->n, 1);
	const struct whose_hive *hive = &whose->items[0];
	assert_int_equal(hive->kind, WHOSE_USERS);
	assert_int_equal(hive->role, role);
	assert_string_equal(hive->sid, sid);
	assert_string_equal(hive->name ? hive->name : "", name);
	assert_string_equal(whose_way_word(hive->way), way);
	assert_string_equal(hive->conflict ? hive->conflict : "", conflict);
	assert_true(hive->written_ft == HIVES_TIME);
	assert_int_equal(hive->sequence, 1);
	whose_free(whose);
	madefinds_clear(&all);
}

static void test_ways(void **state)
{
	(void)state;
	check("case/C/Users/jdoe/NTUSER.DAT", PATH_JDOE, SID_A, SUBJECT_USER, SID_A,
	      "jdoe", "sid_root", "");
	/* the folder got another name behind the user's: that is told, not believed */
	check("case/C/Users/jdoe.CORP/NTUSER.DAT", PATH_JDOE, SID_A, SUBJECT_USER, SID_A,
	      "jdoe", "sid_root", "it lies in the folder jdoe.CORP");
	check("case/RP7/snapshot/_REGISTRY_USER_NTUSER_" SID_A, NULL, NULL, SUBJECT_USER,
	      SID_A, "", "sid_name", "");
	check("case/RP7/snapshot/_REGISTRY_USER_NTUSER_" SID_B, NULL, SID_A, SUBJECT_USER,
	      SID_A, "", "sid_root", "its file's name has " SID_B);
	check("case/hive1", PATH_JDOE, NULL, SUBJECT_USER, "", "jdoe", "base_block", "");
	check("case/C/Users/jdoe/NTUSER.DAT", NULL, NULL, SUBJECT_USER, "", "jdoe",
	      "path", "");
	check("case/hive1", NULL, NULL, SUBJECT_UNKNOWN, "", "", "path", "");
}

/*
 * A hive whose root key allows the user and LocalService something, and that neither owns:
 * of several accounts none is known to be the one.
 */
static struct builder *hive_of_two(const char *sid)
{
	static const uint8_t administrators[] = { 1,  2, 0, 0, 0,    0, 0, 5,
						  32, 0, 0, 0, 0x20, 2, 0, 0 };
	struct builder *b = madefinds_hive(NULL, sid, HIVES_TIME);
	size_t len = 0, at;
	const uint8_t *bytes;

	builder_finish(b);
	bytes = builder_bytes(b, &len);
	for (at = 0; at + sizeof(administrators) <= len; at++)
		if (memcmp(bytes + at, administrators, sizeof(administrators)) == 0) {
			builder_poke8(b, at + 1, 1);
			builder_poke8(b, at + 8, 19);
			bytes = builder_bytes(b, &len);
		}
	at = hives_data(
		hives_get(b, builder_key_offset(b, builder_root(b)) + NK_SECURITY, 4));
	builder_poke32(b, at + 20 + 4, 0); /* its owner */
	return b;
}

static void check_of_two(const char *name_sid, const char *sid, const char *conflict)
{
	struct madefinds all;
	char path[256] = "case/_REGISTRY_USER_NTUSER_";

	madefinds_init(&all, one_folder);
	strncat(path, name_sid, sizeof(path) - strlen(path) - 1);
	madefinds_add(&all, path, FILEKIND_HIVE, hive_of_two(SID_A));
	struct whose *whose = read_all(&all);
	assert_string_equal(whose->items[0].sid, sid);
	assert_string_equal(whose->items[0].conflict ? whose->items[0].conflict : "",
			    conflict);
	whose_free(whose);
	madefinds_clear(&all);
}

static void test_what_the_root_key_does_not_allow(void **state)
{
	(void)state;
	check_of_two(SID_A, SID_A, "");
	check_of_two(SID_B, "", "its file's name has " SID_B);
}

static void test_subjects_that_are_no_users(void **state)
{
	(void)state;
	check("case/C/Windows/System32/config/DEFAULT",
	      "\\SystemRoot\\System32\\Config\\DEFAULT", NULL, SUBJECT_LOCAL_SYSTEM,
	      "S-1-5-18", "", "base_block", "");
	check("case/C/Windows/System32/config/DEFAULT", NULL, NULL, SUBJECT_LOCAL_SYSTEM,
	      "S-1-5-18", "", "path", "");
	check("case/C/Users/Default/NTUSER.DAT", "\\??\\C:\\Users\\Default\\ntuser.dat",
	      NULL, SUBJECT_TEMPLATE, "", "Default", "base_block", "");
	check("case/x", "\\??\\C:\\Windows\\ServiceProfiles\\LocalService\\NTUSER.DAT",
	      NULL, SUBJECT_SERVICE_ACCOUNT, "S-1-5-19", "LocalService", "base_block",
	      "");
	/* a user's folder, but the template's hive in it */
	check("case/C/Users/jdoe/NTUSER.DAT", "\\??\\C:\\Users\\Default\\ntuser.dat",
	      NULL, SUBJECT_TEMPLATE, "", "jdoe", "base_block",
	      "by its path it would be a hive of: user");
}

#define LIST "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"

/* A SOFTWARE hive that gives two accounts the folder jdoe.CORP if `twice` says so. */
static struct builder *software(bool twice)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\SystemRoot\\System32\\Config\\SOFTWARE",
		.last_written = HIVES_TIME,
		.sequence = 1 });

	builder_value_string(
		b, builder_path(b, "Microsoft\\Windows NT\\CurrentVersion", HIVES_TIME),
		"ProductName", "Windows");
	builder_value_string(b, builder_path(b, LIST SID_A, HIVES_TIME),
			     "ProfileImagePath", "C:\\Users\\jdoe.CORP");
	builder_value_string(b, builder_path(b, LIST SID_B, HIVES_TIME),
			     "ProfileImagePath",
			     twice ? "D:\\Users\\JDOE.corp" : "C:\\Users\\other");
	return b;
}

static void check_list(bool twice, const char *root_sid, const char *sid, const char *way,
		       const char *conflict)
{
	struct madefinds all;

	madefinds_init(&all, one_folder);
	madefinds_add(&all, "case/C/Users/jdoe.CORP/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, root_sid, HIVES_TIME));
	madefinds_add(&all, "case/C/Windows/System32/config/SOFTWARE", FILEKIND_HIVE,
		      software(twice));
	struct whose *whose = read_all(&all);
	assert_int_equal(whose->n, 2);
	assert_int_equal(whose->items[1].kind, WHOSE_SOFTWARE);
	assert_string_equal(whose->items[1].kind_name, "SOFTWARE");
	assert_string_equal(whose->items[0].sid, sid);
	assert_string_equal(whose_way_word(whose->items[0].way), way);
	assert_string_equal(whose->items[0].conflict ? whose->items[0].conflict : "",
			    conflict);
	whose_free(whose);
	madefinds_clear(&all);
}

static void test_profile_list(void **state)
{
	(void)state;
	check_list(false, NULL, SID_A, "profile_list", "");
	check_list(false, SID_B, SID_B, "sid_root",
		   "ProfileList gives the folder that it lies in to " SID_A);
	/* two ids have a folder of that name: neither is believed */
	check_list(true, NULL, "", "path", "");
}

/* A SOFTWARE hive of another operand knows nothing of this one's folders. */
static void test_profile_list_of_another(void **state)
{
	static const char *const two[] = { "a", "b", NULL };
	struct madefinds all;

	(void)state;
	madefinds_init(&all, two);
	madefinds_add(&all, "a/C/Users/jdoe.CORP/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, NULL, HIVES_TIME));
	madefinds_add(&all, "b/SOFTWARE", FILEKIND_HIVE, software(false));
	struct whose *whose = read_all(&all);
	assert_string_equal(whose->items[0].sid, "");
	whose_free(whose);
	madefinds_clear(&all);
}

/* No user's hive, by its name in the base block, its path, and what it holds. */
static void test_other_kinds(void **state)
{
	struct builder *b = madefinds_hive(NULL, NULL, HIVES_TIME);
	struct builder *plain =
		builder_new(&(struct builder_options){ .minor = 5, .sequence = 1 });
	struct madefinds all;

	(void)state;
	builder_path(plain, "SAM\\Domains", HIVES_TIME);
	madefinds_init(&all, one_folder);
	madefinds_add(&all, "case/x1", FILEKIND_HIVE,
		      madefinds_hive("\\SystemRoot\\System32\\Config\\SECURITY", NULL,
				     HIVES_TIME));
	madefinds_add(&all,
		      "case/C/Users/jdoe/AppData/Local/Microsoft/Windows/UsrClass.dat",
		      FILEKIND_HIVE, b);
	madefinds_add(&all, "case/x2", FILEKIND_HIVE, plain);
	madefinds_add(&all, "case/x3", FILEKIND_HIVE, NULL);
	madefinds_add(&all, "case/x4.LOG1", FILEKIND_LOG, NULL);
	struct whose *whose = read_all(&all);
	assert_int_equal(whose->n, 4);
	assert_string_equal(whose->items[0].kind_name, "SECURITY");
	assert_string_equal(whose->items[1].kind_name, "UsrClass.dat");
	assert_string_equal(whose->items[2].kind_name, "SAM");
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(whose->items[i].kind, WHOSE_OTHER);
	assert_int_equal(whose->items[3].kind, WHOSE_UNREAD);
	assert_string_equal(whose->items[3].why, "no bytes");
	whose_free(whose);
	madefinds_clear(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_what_the_root_key_does_not_allow),
		cmocka_unit_test(test_subjects_that_are_no_users),
		cmocka_unit_test(test_profile_list),
		cmocka_unit_test(test_profile_list_of_another),
		cmocka_unit_test(test_other_kinds),
	};

	return UNIT_RUN(tests);
}
