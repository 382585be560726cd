/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places by path: each layout that collections have, and paths that only look so. */
#include "help/unit.h"

#include "collection/place.h"

#include <stdlib.h>
#include <string.h>

#define SID "S-1-5-21-1004336348-1177238915-682003330-500"
#define RESTORE                                                                          \
	"System Volume Information/_restore{E4A7B3F2-0000-4C5D-8E9F-001122334455}/"

struct expected {
	const char *path;
	enum place_layout layout;
	uint32_t number;
	char drive;
	const char *user;
	const char *sid;
	char flags; /* s: service, t: template, d: DEFAULT, c: classes */
};

static void check(const struct expected *e)
{
	struct place place;

	assert_int_equal(place_read(e->path, &place), STATUS_OK);
	print_message("# %s\n", e->path);
	assert_string_equal(place_layout_word(place.layout),
			    place_layout_word(e->layout));
	assert_int_equal(place.number, e->number);
	assert_int_equal(place.drive, e->drive);
	if (e->user)
		assert_string_equal(place.user, e->user);
	else
		assert_null(place.user);
	assert_string_equal(place.sid, e->sid ? e->sid : "");
	assert_int_equal(place.service, e->flags == 's');
	assert_int_equal(place.template_user, e->flags == 't');
	assert_int_equal(place.default_hive, e->flags == 'd');
	assert_int_equal(place.classes, e->flags == 'c');
	place_clear(&place);
	place_clear(&place);
}

static void test_layouts(void **state)
{
	static const struct expected all[] = {
		/* live, and copies of a drive by KAPE, CyLR, a mount */
		{ "Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe", NULL, 0 },
		{ "C/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 'C', "jdoe", NULL, 0 },
		{ "out/d/users/JDoe.CORP/ntuser.dat.LOG1", PLACE_LIVE, 0, 'D',
		  "JDoe.CORP", NULL, 0 },
		{ "Documents and Settings/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe",
		  NULL, 0 },
		{ "WINNT/Profiles/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe", NULL, 0 },
		{ "C/Windows/System32/config/DEFAULT", PLACE_LIVE, 0, 'C', NULL, NULL,
		  'd' },
		{ "winnt/system32/config/default.LOG", PLACE_LIVE, 0, 0, NULL, NULL,
		  'd' },
		{ "Windows/System32/config/SYSTEM", PLACE_LIVE, 0, 0, NULL, NULL, 0 },
		{ "Users/jdoe/AppData/Local/Microsoft/Windows/UsrClass.dat", PLACE_LIVE,
		  0, 0, "jdoe", NULL, 'c' },
		{ "Documents and Settings/jdoe/Local Settings/Application Data/Microsoft/"
		  "Windows/UsrClass.dat",
		  PLACE_LIVE, 0, 0, "jdoe", NULL, 'c' },
		/* accounts of the system */
		{ "Windows/ServiceProfiles/LocalService/NTUSER.DAT", PLACE_LIVE, 0, 0,
		  "LocalService", NULL, 's' },
		{ "Documents and Settings/NetworkService.NT AUTHORITY/NTUSER.DAT",
		  PLACE_LIVE, 0, 0, "NetworkService.NT AUTHORITY", NULL, 's' },
		{ "Windows/System32/config/systemprofile/NTUSER.DAT", PLACE_LIVE, 0, 0,
		  "systemprofile", NULL, 's' },
		{ "Users/Default/NTUSER.DAT", PLACE_LIVE, 0, 0, "Default", NULL, 't' },
		{ "Documents and Settings/Default User/ntuser.dat", PLACE_LIVE, 0, 0,
		  "Default User", NULL, 't' },
		/* copies that Windows makes */
		{ "Windows.old/Users/jdoe/NTUSER.DAT", PLACE_WINDOWS_OLD, 0, 0, "jdoe",
		  NULL, 0 },
		{ "C/Windows.old.000/Windows/System32/config/DEFAULT", PLACE_WINDOWS_OLD,
		  0, 'C', NULL, NULL, 'd' },
		{ "Windows/System32/config/RegBack/DEFAULT", PLACE_REGBACK, 0, 0, NULL,
		  NULL, 'd' },
		{ "Windows.old/Windows/System32/config/RegBack/DEFAULT.OLD",
		  PLACE_REGBACK, 0, 0, NULL, NULL, 'd' },
		{ "WINNT/repair/RegBack/NTUSER.DAT", PLACE_REGBACK, 0, 0, NULL, NULL, 0 },
		{ "WINDOWS/repair/ntuser.dat", PLACE_REPAIR, 0, 0, NULL, NULL, 0 },
		{ "WINDOWS/repair/default", PLACE_REPAIR, 0, 0, NULL, NULL, 'd' },
		{ RESTORE "RP7/snapshot/_REGISTRY_USER_NTUSER_" SID, PLACE_RESTORE_POINT,
		  7, 0, NULL, SID, 0 },
		{ "RP123/snapshot/_registry_user_.default", PLACE_RESTORE_POINT, 123, 0,
		  NULL, NULL, 'd' },
		{ RESTORE "RP7/snapshot/_REGISTRY_USER_USRCLASS_" SID,
		  PLACE_RESTORE_POINT, 7, 0, NULL, SID, 'c' },
		/* shadow copies */
		{ "vss2/Users/jdoe/NTUSER.DAT", PLACE_SHADOW_COPY, 2, 0, "jdoe", NULL,
		  0 },
		{ "VSS11/C/Users/jdoe/NTUSER.DAT", PLACE_SHADOW_COPY, 11, 'C', "jdoe",
		  NULL, 0 },
		{ "HarddiskVolumeShadowCopy3/Windows/System32/config/DEFAULT",
		  PLACE_SHADOW_COPY, 3, 0, NULL, NULL, 'd' },
		{ "vss2/hives/NTUSER.DAT", PLACE_SHADOW_COPY, 2, 0, NULL, NULL, 0 },
		/* Velociraptor */
		{ "uploads/auto/C%3A/Users/j%20doe/NTUSER.DAT", PLACE_LIVE, 0, 'C',
		  "j doe", NULL, 0 },
		{ "uploads/ntfs/%5C%5C.%5Cd%3A/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 'D',
		  "jdoe", NULL, 0 },
		{ "uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/"
		  "Users/m%C3%BCller/NTUSER.DAT",
		  PLACE_SHADOW_COPY, 1, 0, "m\xc3\xbcller", NULL, 0 },
		/* a percent sign is one where no volume was written so */
		{ "C/Users/100%41/NTUSER.DAT", PLACE_LIVE, 0, 'C', "100%41", NULL, 0 },
		/* renamed */
		{ "C_jdoe_NTUSER.DAT", PLACE_UNKNOWN, 0, 'C', "jdoe", NULL, 0 },
		{ "flat/d_Users_j_doe_ntuser.dat.LOG1", PLACE_UNKNOWN, 0, 'D', "j_doe",
		  NULL, 0 },
		{ "hives/NTUSER-" SID ".DAT", PLACE_UNKNOWN, 0, 0, NULL, SID, 0 },
		{ SID "_Classes", PLACE_UNKNOWN, 0, 0, NULL, SID, 0 },
		/* dividers of a wrong archive */
		{ "C\\Users\\jdoe\\NTUSER.DAT", PLACE_LIVE, 0, 'C', "jdoe", NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		check(&all[i]);
}

static void test_what_only_looks_so(void **state)
{
	static const struct expected all[] = {
		{ "NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "////", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		/* the path to a collection leads through a folder Users */
		{ "/Users/analyst/cases/17/NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL,
		  0 },
		{ "/Users/analyst/cases/C/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 'C',
		  "jdoe", NULL, 0 },
		{ "Users/jdoe/Desktop/old/NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL,
		  0 },
		/* a user called C, a folder that is no drive */
		{ "Users/C/NTUSER.DAT", PLACE_LIVE, 0, 0, "C", NULL, 0 },
		{ "a/b/NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "config/DEFAULT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "Profiles/jdoe/NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "vss/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe", NULL, 0 },
		{ "vss0/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe", NULL, 0 },
		{ "vss2x/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, 0, "jdoe", NULL, 0 },
		{ "RPx/snapshot/_REGISTRY_USER_NTUSER_S-1-5-18", PLACE_UNKNOWN, 0, 0,
		  NULL, "S-1-5-18", 0 },
		{ "before_NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "C__NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		/* no security ids */
		{ "S-1-", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "S-1-5", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "S-1-5-", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "S-1--5", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "xS-1-5-18", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
		{ "S-1-5-18-", PLACE_UNKNOWN, 0, 0, NULL, "S-1-5-18", 0 },
		/* the name of a folder is none of the file */
		{ SID "/NTUSER.DAT", PLACE_UNKNOWN, 0, 0, NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		check(&all[i]);
}

/* Windows.old in a shadow copy: both are known. */
static void test_layouts_in_a_shadow_copy(void **state)
{
	struct place place;

	(void)state;
	assert_int_equal(place_read("vss4/Windows.old/Users/a/NTUSER.DAT", &place),
			 STATUS_OK);
	assert_int_equal(place.layout, PLACE_WINDOWS_OLD);
	assert_int_equal(place.shadow_copy, 4);
	assert_int_equal(place.number, 0);
	place_clear(&place);
	assert_int_equal(place_read("vss4/" RESTORE
				    "RP9/snapshot/_REGISTRY_USER_.DEFAULT",
				    &place),
			 STATUS_OK);
	assert_int_equal(place.layout, PLACE_RESTORE_POINT);
	assert_int_equal(place.shadow_copy, 4);
	assert_int_equal(place.number, 9);
	place_clear(&place);
}

/* Two users whose names differ only in bytes that are no UTF-8 stay two. */
static void test_bytes_of_users(void **state)
{
	struct place a, b;

	(void)state;
	assert_int_equal(place_read("Users/m\x81ller/NTUSER.DAT", &a), STATUS_OK);
	assert_int_equal(place_read("Users/m\x94ller/NTUSER.DAT", &b), STATUS_OK);
	assert_string_equal(a.user, "m\\x81ller");
	assert_string_equal(b.user, "m\\x94ller");
	place_clear(&a);
	place_clear(&b);
}

static void test_folders(void **state)
{
	static const struct {
		const char *path;
		bool is_folder;
		const char *expected;
	} all[] = {
		{ "c/Users/jdoe", true, "c/Users/jdoe" },
		{ "c/Users/jdoe", false, "c/Users" },
		{ "c/Users", true, "c/Users" },
		{ "c/Users", false, "" },
		{ "c/Users/jdoe/Desktop/x", false, "c/Users/jdoe" },
		{ "c//Users//jdoe//NTUSER.DAT", false, "c//Users//jdoe" },
		{ "c/Windows/System32/config/SYSTEM", false,
		  "c/Windows/System32/config" },
		{ "c/Windows/System32/config/RegBack/x", false,
		  "c/Windows/System32/config/RegBack" },
		{ "c/Windows/System32/drivers/x", false, "" },
		{ "RP7/snapshot/x", false, "RP7/snapshot" },
		{ "x/snapshot/x", false, "" },
		{ "ServiceProfiles/LocalService/x", false,
		  "ServiceProfiles/LocalService" },
		{ "uploads/auto/C%3A/Us%65rs/j%20d/NTUSER.DAT", false,
		  "uploads/auto/C%3A/Us%65rs/j%20d" },
		{ "", true, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		size_t len = place_folder(all[i].path, all[i].is_folder);
		assert_int_equal(len, strlen(all[i].expected));
		assert_memory_equal(all[i].path, all[i].expected, len);
	}
}

static void test_places_of_folders(void **state)
{
	struct place place;

	(void)state;
	assert_int_equal(place_read_folder("vss2/C/Users/jdoe", &place), STATUS_OK);
	assert_int_equal(place.layout, PLACE_SHADOW_COPY);
	assert_int_equal(place.number, 2);
	assert_int_equal(place.drive, 'C');
	assert_string_equal(place.user, "jdoe");
	place_clear(&place);
	assert_int_equal(place_read_folder("C/Users", &place), STATUS_OK);
	assert_null(place.user);
	place_clear(&place);
	assert_int_equal(place_read_folder("RP3/snapshot", &place), STATUS_OK);
	assert_int_equal(place.layout, PLACE_RESTORE_POINT);
	assert_int_equal(place.number, 3);
	place_clear(&place);
}

static void test_names_of_hives(void **state)
{
	(void)state;
	assert_true(place_names_hive("x/NTUSER.DAT"));
	assert_true(place_names_hive("x/C_jdoe_ntuser.dat.LOG1"));
	assert_true(place_names_hive("_REGISTRY_USER_NTUSER_" SID));
	assert_true(place_names_hive("_REGISTRY_USER_.DEFAULT"));
	assert_true(place_names_hive("config/default"));
	assert_false(place_names_hive("NTUSER.DAT/x.jpg"));
	assert_false(place_names_hive("defaults.ini"));
	assert_false(place_names_hive(""));
}

/* A hive itself, not what lies beside it. */
static void test_named_hive(void **state)
{
	(void)state;
	assert_true(place_is_named_hive("x/NTUSER.DAT"));
	assert_true(place_is_named_hive("x/C_jdoe_ntuser.dat"));
	assert_true(place_is_named_hive("x/C%3A/Users/j/NTUSER%2EDAT"));
	assert_true(place_is_named_hive("Users/j/ntuser.man"));
	assert_true(place_is_named_hive("_REGISTRY_USER_NTUSER_" SID));
	assert_true(place_is_named_hive("_REGISTRY_USER_.DEFAULT"));
	assert_true(place_is_named_hive("System32/config/default"));
	assert_false(place_is_named_hive("x/NTUSER.DAT.LOG1"));
	assert_false(place_is_named_hive("x/ntuser.ini"));
	assert_false(place_is_named_hive("x/NTUSER.DAT{1}.TM.blf"));
	assert_false(place_is_named_hive("NTUSER.DAT/x.jpg"));
	assert_false(place_is_named_hive("x/default"));
	assert_false(place_is_named_hive(""));
}

/* Paths of any bytes and lengths. */
static void test_hostile_paths(void **state)
{
	static const char pieces[][12] = { "Users",	"/",	"%",	   "C%3A", "\\",
					   "RP9999999", "S-1-", "vss",	   "..",   "\xff",
					   "snapshot",	"_",	"NTUSER.", "%00",  "\n" };
	char path[4096];
	struct place place;
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		path[0] = '\0';
		for (int n = round % 300; n > 0; n--) {
			random = random * 1664525 + 1013904223;
			strncat(path, pieces[(random >> 16) % ARRAY_LEN(pieces)],
				sizeof(path) - strlen(path) - 1);
		}
		assert_int_equal(place_read(path, &place), STATUS_OK);
		assert_true(strlen(place.sid) < PLACE_SID_SIZE);
		place_clear(&place);
		assert_true(place_folder(path, round % 2) <= strlen(path));
		(void)place_names_hive(path);
		(void)place_is_named_hive(path);
	}
}

/* A security id has 15 numbers at most, whatever a name says. */
static void test_long_sid(void **state)
{
	char path[600] = "S-1-5";
	struct place place;

	(void)state;
	for (int i = 0; i < 100; i++)
		strncat(path, "-1234", sizeof(path) - strlen(path) - 1);
	assert_int_equal(place_read(path, &place), STATUS_OK);
	assert_true(strlen(place.sid) < PLACE_SID_SIZE);
	assert_memory_equal(place.sid, "S-1-5-1234-1234", 15);
	place_clear(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts),
		cmocka_unit_test(test_what_only_looks_so),
		cmocka_unit_test(test_layouts_in_a_shadow_copy),
		cmocka_unit_test(test_bytes_of_users),
		cmocka_unit_test(test_folders),
		cmocka_unit_test(test_places_of_folders),
		cmocka_unit_test(test_names_of_hives),
		cmocka_unit_test(test_named_hive),
		cmocka_unit_test(test_hostile_paths),
		cmocka_unit_test(test_long_sid),
	};

	return UNIT_RUN(tests);
}
