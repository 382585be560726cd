/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose hive it is: by the security of the root key, the tail of the path it
 * was mounted from, and paths in its content; and when two hives are surely
 * not of one subject.
 */
#include "help/unit.h"

#include "snapshot/subject.h"

#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPLORER "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer"
#define USER_SID "S-1-5-21-1214440339-1202660629-839522115-1003"

static struct builder *recipe(const char *embedded_name, const char *sid)
{
	return builder_new(&(struct builder_options){ .minor = 3,
						      .embedded_name = embedded_name,
						      .user_sid = sid,
						      .sequence = 1 });
}

/* Takes the builder. */
static struct subject subject_of(struct builder *b)
{
	struct subject subject = { 0 };

	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.read, STATUS_OK);
	assert_int_equal(subject_read(hive.image, hive.tree, &subject), STATUS_OK);
	hives_close(&hive);
	return subject;
}

static void expect(struct subject subject, enum subject_role role, const char *user,
		   const char *sid)
{
	assert_string_equal(subject_role_word(subject.role), subject_role_word(role));
	if (user) {
		assert_non_null(subject.user);
		assert_string_equal(subject.user, user);
	} else {
		assert_null(subject.user);
	}
	assert_string_equal(subject.sid, sid);
	subject_clear(&subject);
	assert_null(subject.user);
}

static void check_name(const char *embedded, enum subject_role role, const char *user)
{
	expect(subject_of(recipe(embedded, NULL)), role, user, "");
}

/* ---- the path in the base block: its last 31 characters ---- */

static void test_local_system_by_path(void **state)
{
	static const char *const paths[] = {
		"\\SystemRoot\\System32\\Config\\DEFAULT",
		"\\Device\\HarddiskVolume1\\WINNT\\system32\\config\\default",
		"\\??\\C:\\WINNT\\System32\\config\\DEFAULT",
		"\\??\\C:\\Windows\\System32\\config\\RegBack\\DEFAULT",
		"\\??\\C:\\WINNT\\repair\\RegBack\\default",
		"\\??\\C:\\WINNT\\repair\\default",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		check_name(paths[i], SUBJECT_LOCAL_SYSTEM, NULL);
}

static void test_template_by_path(void **state)
{
	static const char *const paths[] = {
		"\\??\\C:\\Users\\Default\\Ntuser.dat",
		"\\??\\C:\\Documents and Settings\\Default User\\NTUSER.DAT",
		"\\??\\C:\\WINNT\\Profiles\\Default User\\ntuser.dat",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		check_name(paths[i], SUBJECT_TEMPLATE, NULL);
}

static void test_users_by_path(void **state)
{
	(void)state;
	check_name("\\??\\C:\\Users\\nfury\\ntuser.dat", SUBJECT_USER, "nfury");
	check_name("\\??\\c:\\users\\bperry\\NTUSER.DAT", SUBJECT_USER, "bperry");
	check_name("\\??\\C:\\Users\\nfury\\ntuser.man", SUBJECT_USER, "nfury");
	check_name("\\??\\C:\\Documents and Settings\\joe\\ntuser.dat", SUBJECT_USER,
		   "joe");
	check_name("\\??\\C:\\WINNT\\Profiles\\joe\\NTUSER.DAT", SUBJECT_USER, "joe");
	/* the folder as it is called, whatever Windows put behind the name */
	check_name("\\??\\C:\\Users\\joe.CORP\\NTUSER.DAT", SUBJECT_USER, "joe.CORP");
	check_name("\\??\\C:\\Users\\joe.CORP.000\\NTUSER.DAT", SUBJECT_USER,
		   "joe.CORP.000");
	check_name("\\??\\C:\\Users\\Zoë\\NTUSER.DAT", SUBJECT_USER, "Zoë");
	check_name("\\??\\C:\\Users\\Игорь\\NTUSER.DAT", SUBJECT_USER, "Игорь");
	/* not the template, only called similarly */
	check_name("\\??\\C:\\Users\\Defaults\\NTUSER.DAT", SUBJECT_USER, "Defaults");
}

static void test_service_accounts_by_path(void **state)
{
	(void)state;
	check_name("\\??\\C:\\Documents and Settings\\LocalService\\NTUSER.DAT",
		   SUBJECT_SERVICE_ACCOUNT, "LocalService");
	check_name("\\??\\C:\\Windows\\ServiceProfiles\\NetworkService\\NTUSER.DAT",
		   SUBJECT_SERVICE_ACCOUNT, "NetworkService");
}

/* The profile folder of LocalSystem has an NTUSER.DAT that is not HKU\S-1-5-18. */
static void test_ntuser_of_systemprofile_is_not_local_systems_hive(void **state)
{
	struct subject subject = subject_of(recipe(
		"\\??\\C:\\Windows\\System32\\config\\systemprofile\\ntuser.dat", NULL));

	(void)state;
	assert_int_not_equal(subject.role, SUBJECT_LOCAL_SYSTEM);
	subject_clear(&subject);
}

/* A long name pushes the folder above it out of the field, or loses its own beginning. */
static void test_long_user_names(void **state)
{
	struct subject subject = subject_of(
		recipe("\\??\\C:\\Users\\a.name.of.more.than.twenty\\ntuser.dat", NULL));

	(void)state;
	/* 31 characters are "me.of.more.than.twenty" and so on: no name can be told */
	assert_null(subject.user);
	subject_clear(&subject);
	/* 20 characters of the field are the name and the backslash before it */
	subject = subject_of(
		recipe("\\??\\C:\\Users\\first.lastnamelong\\ntuser.dat", NULL));
	assert_string_equal(subject.user, "first.lastnamelong");
	subject_clear(&subject);
}

static void test_paths_that_tell_nothing(void **state)
{
	static const char *const paths[] = {
		NULL,
		"",
		"\\",
		"DEFAULT",
		"ntuser.dat",
		"\\ntuser.dat",
		"\\??\\D:\\evidence\\DEFAULT",
		"\\??\\C:\\Users\\x\\Desktop\\DEFAULT",
		"\\??\\C:\\Users\\x\\AppData\\UsrClass.dat",
		"\\SystemRoot\\System32\\Config\\SAM",
		"\\??\\C:\\Users\\joe\\Desktop\\my-NTUSER.DAT",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		check_name(paths[i], SUBJECT_UNKNOWN, NULL);
}

/* The emergency repair folder holds the hive of whoever made it. */
static void test_folder_of_copies_is_no_user(void **state)
{
	struct subject subject =
		subject_of(recipe("\\??\\C:\\WINNT\\repair\\RegBack\\NTUSER.DAT", NULL));

	(void)state;
	assert_int_not_equal(subject.role, SUBJECT_LOCAL_SYSTEM);
	assert_null(subject.user);
	subject_clear(&subject);
}

/* ---- content ---- */

static void check_content(const char *embedded, const char *folder, const char *logon,
			  enum subject_role role, const char *user)
{
	struct builder *b = recipe(embedded, NULL);
	builder_key explorer = builder_path(b, EXPLORER, HIVES_TIME);

	if (folder)
		builder_value_string(
			b, builder_path(b, EXPLORER "\\Shell Folders", HIVES_TIME),
			"AppData", folder);
	if (logon)
		builder_value_string(b, explorer, "Logon User Name", logon);
	expect(subject_of(b), role, user, "");
}

static void test_content_tells_where_the_path_does_not(void **state)
{
	(void)state;
	check_content(NULL,
		      "C:\\WINDOWS\\system32\\config\\systemprofile\\Application Data",
		      NULL, SUBJECT_LOCAL_SYSTEM, NULL);
	check_content(NULL, "C:\\Documents and Settings\\joe\\Application Data", NULL,
		      SUBJECT_UNKNOWN, NULL);
	check_content(NULL, NULL, "joe", SUBJECT_UNKNOWN, "joe");
	check_content(NULL, NULL, "", SUBJECT_UNKNOWN, NULL);
	/* the path comes first */
	check_content("\\??\\C:\\Users\\nfury\\ntuser.dat", NULL, "joe", SUBJECT_USER,
		      "nfury");
	check_content("\\SystemRoot\\System32\\Config\\DEFAULT",
		      "C:\\Documents and Settings\\Default User\\Application Data", "joe",
		      SUBJECT_LOCAL_SYSTEM, NULL);
}

/*
 * In Windows 2000 LocalSystem's own hive names the folders of Default User: a
 * saved copy without a path in its base block must not become the template.
 */
static void test_folders_of_default_user_do_not_make_a_template(void **state)
{
	struct builder *b = recipe(NULL, NULL);

	(void)state;
	builder_value_string(
		b, builder_path(b, EXPLORER "\\Shell Folders", HIVES_TIME), "AppData",
		"C:\\Documents and Settings\\Default User\\Application Data");
	struct subject subject = subject_of(b);
	assert_int_not_equal(subject.role, SUBJECT_TEMPLATE);
	subject_clear(&subject);
}

/* ---- security ids ---- */

static void test_security_ids(void **state)
{
	(void)state;
	expect(subject_of(recipe(NULL, USER_SID)), SUBJECT_USER, NULL, USER_SID);
	expect(subject_of(recipe(NULL, "S-1-5-19")), SUBJECT_SERVICE_ACCOUNT, NULL,
	       "S-1-5-19");
	expect(subject_of(recipe(NULL, "S-1-5-20")), SUBJECT_SERVICE_ACCOUNT, NULL,
	       "S-1-5-20");
	/* groups and LocalSystem itself own no user's hive */
	expect(subject_of(recipe(NULL, "S-1-5-18")), SUBJECT_UNKNOWN, NULL, "");
	expect(subject_of(recipe(NULL, "S-1-5-32-545")), SUBJECT_UNKNOWN, NULL, "");
	expect(subject_of(recipe(NULL, "S-1-1-0")), SUBJECT_UNKNOWN, NULL, "");
	expect(subject_of(recipe(NULL, "S-1-5-11")), SUBJECT_UNKNOWN, NULL, "");
}

static void test_longest_security_id(void **state)
{
	char sid[256] = "S-1-5-21";

	(void)state;
	for (size_t i = 1; i < 15; i++)
		(void)snprintf(sid + strlen(sid), sizeof(sid) - strlen(sid),
			       "-4294967295");
	expect(subject_of(recipe(NULL, sid)), SUBJECT_USER, NULL, sid);
}

static void test_security_id_outweighs_the_path(void **state)
{
	(void)state;
	expect(subject_of(recipe("\\??\\C:\\Users\\nfury\\ntuser.dat", USER_SID)),
	       SUBJECT_USER, "nfury", USER_SID);
	expect(subject_of(recipe("\\SystemRoot\\System32\\Config\\DEFAULT", USER_SID)),
	       SUBJECT_USER, NULL, USER_SID);
}

/* File offsets in the descriptor of the root: its list and the user's entry. */
struct places {
	size_t descriptor, acl, ace;
};

static struct places places_of(struct builder *b)
{
	struct places at;
	size_t root = builder_key_offset(b, builder_root(b));
	size_t sk = hives_data(hives_get(b, root + NK_SECURITY, 4));

	at.descriptor = sk + 20;
	at.acl = at.descriptor + hives_get(b, at.descriptor + 16, 4);
	at.ace = at.acl + 8;
	/* S-1-5-21-a-b-c-d: five numbers */
	for (size_t i = 0; hives_get(b, at.ace + 9, 1) != 5; i++) {
		assert_true(i < hives_get(b, at.acl + 4, 2));
		at.ace += hives_get(b, at.ace + 2, 2);
	}
	return at;
}

static void check_spoilt(size_t offset_in, size_t size, uint32_t number, size_t base)
{
	struct builder *b = recipe(NULL, USER_SID);
	struct places at = places_of(b);
	size_t offset = offset_in + (base == 0	 ? at.descriptor
				     : base == 1 ? at.acl
						 : at.ace);

	if (size == 1)
		builder_poke8(b, offset, (uint8_t)number);
	else if (size == 2)
		builder_poke16(b, offset, (uint16_t)number);
	else
		builder_poke32(b, offset, number);
	expect(subject_of(b), SUBJECT_UNKNOWN, NULL, "");
}

static void test_spoilt_descriptors_tell_nothing(void **state)
{
	enum { DESCRIPTOR, ACL, ACE };

	(void)state;
	check_spoilt(16, 4, 0, DESCRIPTOR);	     /* no list */
	check_spoilt(16, 4, 0xFFFFFFFF, DESCRIPTOR); /* a list past the end */
	check_spoilt(4, 2, 0, ACL);		     /* no entries */
	check_spoilt(0, 1, 1, ACE);		     /* access denied */
	check_spoilt(2, 2, 0, ACE);
	check_spoilt(2, 2, 7, ACE);
	check_spoilt(2, 2, 0xFFFF, ACE);
	check_spoilt(8, 1, 2, ACE); /* revision of the id */
	check_spoilt(9, 1, 16, ACE);
	check_spoilt(9, 1, 6, ACE); /* more numbers than the entry holds */
	check_spoilt(9, 1, 255, ACE);
	check_spoilt(15, 1, 6, ACE); /* authority */
	check_spoilt(16, 4, 22, ACE);
}

static void test_more_entries_told_than_there_are(void **state)
{
	struct builder *b = recipe(NULL, USER_SID);

	(void)state;
	builder_poke16(b, places_of(b).acl + 4, 0xFFFF);
	expect(subject_of(b), SUBJECT_USER, NULL, USER_SID);
}

static void test_hive_without_keys(void **state)
{
	struct builder *b = recipe("\\??\\C:\\Users\\nfury\\ntuser.dat", USER_SID);
	struct subject subject = { 0 };

	(void)state;
	struct hive hive = hives_open(b);
	assert_int_equal(subject_read(hive.image, NULL, &subject), STATUS_OK);
	expect(subject, SUBJECT_USER, "nfury", "");
	hives_close(&hive);
}

/* ---- two subjects, words ---- */

static struct subject made(enum subject_role role, const char *sid, char *user)
{
	struct subject subject = { .role = role, .user = user };

	(void)snprintf(subject.sid, sizeof(subject.sid), "%s", sid);
	if (*sid)
		memcpy(subject.sids[subject.n_sids++], subject.sid, sizeof(subject.sid));
	return subject;
}

static void check_two(struct subject a, struct subject b, bool differ)
{
	assert_int_equal(subject_difference(&a, &b) != NULL, differ);
	assert_int_equal(subject_difference(&b, &a) != NULL, differ);
	assert_null(subject_difference(&a, &a));
	assert_null(subject_difference(&b, &b));
}

static void test_two_subjects(void **state)
{
	char joe[] = "joe", big_joe[] = "JOE", ann[] = "ann";
	struct subject nobody = made(SUBJECT_UNKNOWN, "", NULL);
	struct subject system = made(SUBJECT_LOCAL_SYSTEM, "", NULL);

	(void)state;
	check_two(made(SUBJECT_USER, "S-1-5-21-1", joe),
		  made(SUBJECT_USER, "S-1-5-21-2", joe), true);
	/* the id decides: an account can be renamed */
	check_two(made(SUBJECT_USER, "S-1-5-21-1", joe),
		  made(SUBJECT_USER, "S-1-5-21-1", ann), false);
	check_two(made(SUBJECT_USER, "S-1-5-21-1", joe), made(SUBJECT_USER, "", ann),
		  true);
	check_two(made(SUBJECT_USER, "", joe), made(SUBJECT_USER, "", big_joe), false);
	check_two(made(SUBJECT_USER, "", joe), made(SUBJECT_USER, "", NULL), false);
	check_two(made(SUBJECT_UNKNOWN, "", joe), made(SUBJECT_USER, "", ann), true);
	check_two(system, made(SUBJECT_USER, "", joe), true);
	check_two(system, made(SUBJECT_TEMPLATE, "", NULL), true);
	check_two(system, made(SUBJECT_USER, "S-1-5-21-1", NULL), true);
	check_two(system, system, false);
	check_two(system, nobody, false);
	check_two(nobody, made(SUBJECT_USER, "S-1-5-21-1", joe), false);
}

static void check_described(struct subject subject, const char *expected)
{
	char *text = subject_describe(&subject);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
}

static void test_descriptions(void **state)
{
	char joe[] = "joe";

	(void)state;
	check_described(made(SUBJECT_LOCAL_SYSTEM, "", NULL),
			"LocalSystem (HKU\\.DEFAULT)");
	check_described(made(SUBJECT_TEMPLATE, "", NULL), "template for new users");
	check_described(made(SUBJECT_USER, "S-1-5-21-1", joe), "user joe");
	check_described(made(SUBJECT_USER, "S-1-5-21-1", NULL), "user S-1-5-21-1");
	check_described(made(SUBJECT_SERVICE_ACCOUNT, "S-1-5-19", NULL),
			"service account S-1-5-19");
	check_described(made(SUBJECT_UNKNOWN, "", NULL), "unknown subject");
}

static void test_role_words(void **state)
{
	(void)state;
	assert_string_equal(subject_role_word(SUBJECT_LOCAL_SYSTEM), "local_system");
	assert_string_equal(subject_role_word(SUBJECT_USER), "user");
	assert_string_equal(subject_role_word(SUBJECT_SERVICE_ACCOUNT),
			    "service_account");
	assert_string_equal(subject_role_word(SUBJECT_TEMPLATE), "template");
	assert_string_equal(subject_role_word(SUBJECT_UNKNOWN), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_local_system_by_path),
		cmocka_unit_test(test_template_by_path),
		cmocka_unit_test(test_users_by_path),
		cmocka_unit_test(test_service_accounts_by_path),
		cmocka_unit_test(test_ntuser_of_systemprofile_is_not_local_systems_hive),
		cmocka_unit_test(test_long_user_names),
		cmocka_unit_test(test_paths_that_tell_nothing),
		cmocka_unit_test(test_folder_of_copies_is_no_user),
		cmocka_unit_test(test_content_tells_where_the_path_does_not),
		cmocka_unit_test(test_folders_of_default_user_do_not_make_a_template),
		cmocka_unit_test(test_security_ids),
		cmocka_unit_test(test_longest_security_id),
		cmocka_unit_test(test_security_id_outweighs_the_path),
		cmocka_unit_test(test_spoilt_descriptors_tell_nothing),
		cmocka_unit_test(test_more_entries_told_than_there_are),
		cmocka_unit_test(test_hive_without_keys),
		cmocka_unit_test(test_two_subjects),
		cmocka_unit_test(test_descriptions),
		cmocka_unit_test(test_role_words),
	};

	return UNIT_RUN(tests);
}
