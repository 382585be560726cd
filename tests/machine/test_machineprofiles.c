/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ProfileList: whose security id is whose, what was set aside as .bak, and damage. */
#include "help/machines.h"

#define SID "S-1-5-21-1708537768-1343024091-725345543"
#define LIST "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"

static struct builder *windows_10(void)
{
	return server_software("Windows 10 Pro", "6.3", HIVES_TIME);
}

static void set_state(struct builder *b, const char *name, uint32_t bits)
{
	char path[160];

	snprintf(path, sizeof(path), LIST "%s", name);
	builder_value_dword(b, builder_path(b, path, HIVES_TIME), "State", bits);
}

static void test_owners_of_the_incident(void **state)
{
	struct machine_software *s = machines_software(incident_server_software());
	const struct machine_owner *owner =
		machineprofiles_of(&s->profiles, SID "-1001", false);

	(void)state;
	assert_int_equal(s->profiles.n, 2);
	assert_non_null(owner);
	assert_text(owner->sid, SID "-1001");
	assert_text(owner->user, "mkeller");
	assert_text(owner->path, "%SystemDrive%\\Documents and Settings\\mkeller");
	assert_false(owner->backup);
	assert_text(machineprofiles_of(&s->profiles, SID "-500", false)->user,
		    "Administrator");
	assert_null(machineprofiles_of(&s->profiles, SID "-50", false));
	assert_null(machineprofiles_of(&s->profiles, "", false));
	assert_null(machineprofiles_of(&s->profiles, SID "-1001", true));
	machinesoftware_free(s);
}

static void test_folder_of_a_user(void **state)
{
	struct builder *b = windows_10();

	(void)state;
	server_add_owner(b, SID "-1002", "C:\\Users\\a.EXAMPLE\\\\", HIVES_TIME);
	server_add_owner(b, "S-1-5-18", "systemprofile", HIVES_TIME);
	server_add_owner(b, "S-1-5-19", "\\", HIVES_TIME);
	struct machine_software *s = machines_software(b);
	const struct machine_profiles *all = &s->profiles;

	assert_text(machineprofiles_of(all, SID "-1002", false)->user, "a.EXAMPLE");
	assert_text(machineprofiles_of(all, "s-1-5-18", false)->user, "systemprofile");
	assert_text(machineprofiles_of(all, "S-1-5-19", false)->user, "");
	machinesoftware_free(s);
}

/* Windows could not load the user's profile: that is set aside, and a new one temporary. */
static void test_set_aside(void **state)
{
	struct builder *b = windows_10();

	(void)state;
	server_add_owner(b, SID "-1001.bak", "C:\\Users\\mkeller", HIVES_TIME);
	set_state(b, SID "-1001.bak", 0x8000);
	server_add_owner(b, SID "-1001", "C:\\Users\\TEMP", HIVES_TIME);
	set_state(b, SID "-1001", 0x804);
	struct machine_software *s = machines_software(b);
	const struct machine_owner *now =
		machineprofiles_of(&s->profiles, SID "-1001", false);
	const struct machine_owner *old =
		machineprofiles_of(&s->profiles, SID "-1001", true);

	machines_say_nothing(s->snapshot);
	assert_text(now->user, "TEMP");
	assert_true(machineprofiles_is_temporary(now));
	assert_text(old->sid, SID "-1001");
	assert_text(old->user, "mkeller");
	assert_true(old->backup && old->has_state);
	assert_int_equal(old->state & MACHINEPROFILES_BACKED_UP,
			 MACHINEPROFILES_BACKED_UP);
	assert_false(machineprofiles_is_temporary(old));
	machinesoftware_free(s);
}

static void test_temporary(void **state)
{
	static const struct {
		const char *folder;
		uint32_t bits;
		bool temporary;
	} rows[] = {
		{ "TEMP", 0, true },	    { "TEMP.EXAMPLE.000", 0, true },
		{ "mkeller", 0x800, true }, { "mkeller", 0x100, false },
		{ "template", 0, false },   { "TEMPEST", 0x204, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct builder *b = windows_10();
		server_add_owner(b, SID "-1001", rows[i].folder, HIVES_TIME);
		set_state(b, SID "-1001", rows[i].bits);
		struct machine_software *s = machines_software(b);
		assert_int_equal(machineprofiles_is_temporary(&s->profiles.items[0]),
				 rows[i].temporary);
		machinesoftware_free(s);
	}
}

static void test_roaming(void **state)
{
	struct builder *b = windows_10();
	builder_key key = builder_path(b, LIST SID "-1001", HIVES_TIME);

	(void)state;
	server_add_owner(b, SID "-1001", "C:\\Users\\mkeller", HIVES_TIME);
	builder_value_string(b, key, "CentralProfile", "\\\\FS01\\profiles\\mkeller");
	struct machine_software *s = machines_software(b);
	assert_text(s->profiles.items[0].central, "\\\\FS01\\profiles\\mkeller");
	machinesoftware_free(s);
}

static size_t told(const struct machine_software *s)
{
	return diag_count_of(s->snapshot->diags, DIAG_PROFILE_LIST);
}

/* What is there and tells nothing is damaged, and what is sound beside it is read. */
static void test_damaged_values(void **state)
{
	struct builder *b = windows_10();

	(void)state;
	builder_value_dword(b, builder_path(b, LIST SID "-1001", HIVES_TIME),
			    "ProfileImagePath", 1);
	server_add_owner(b, SID "-1002", "C:\\Users\\jdoe", HIVES_TIME);
	builder_value_string(b, builder_path(b, LIST SID "-1002", HIVES_TIME), "State",
			     "temporary");
	server_add_owner(b, SID "-1003", "C:\\Users\\sound", HIVES_TIME);
	/* A row without a folder is left over from a profile that was deleted. */
	builder_path(b, LIST SID "-1004", HIVES_TIME);
	/* No account of a user's. */
	builder_value_dword(b, builder_path(b, LIST "S-1-5-18", HIVES_TIME),
			    "ProfileImagePath", 1);
	struct machine_software *s = machines_software(b);
	assert_int_equal(told(s), 2);
	assert_false(snapshot_is_complete(s->snapshot));
	assert_int_equal(s->profiles.n, 2);
	assert_text(machineprofiles_of(&s->profiles, SID "-1003", false)->user, "sound");
	assert_false(machineprofiles_of(&s->profiles, SID "-1002", false)->has_state);
	machinesoftware_free(s);
}

/* A row whose record is spoilt: that others are read does not make the list whole. */
static void test_damaged_row(void **state)
{
	struct builder *b = windows_10();

	(void)state;
	server_add_owner(b, SID "-1001", "C:\\Users\\mkeller", HIVES_TIME);
	server_add_owner(b, SID "-1002", "C:\\Users\\jdoe", HIVES_TIME);
	builder_key key = builder_key_find(b, builder_root(b), LIST SID "-1001");
	builder_finish(b);
	builder_poke16(b, builder_key_offset(b, key), 0x7878);
	struct machine_software *s = machines_software(b);
	assert_int_equal(told(s), 1);
	assert_false(snapshot_is_complete(s->snapshot));
	assert_non_null(machineprofiles_of(&s->profiles, SID "-1002", false));
	machinesoftware_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_owners_of_the_incident),
		cmocka_unit_test(test_folder_of_a_user),
		cmocka_unit_test(test_set_aside),
		cmocka_unit_test(test_temporary),
		cmocka_unit_test(test_roaming),
		cmocka_unit_test(test_damaged_values),
		cmocka_unit_test(test_damaged_row),
	};

	return UNIT_RUN(tests);
}
