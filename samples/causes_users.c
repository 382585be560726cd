// SPDX-License-Identifier: GPL-2.0-or-later
/* Cases of users' profiles, and of hives that are no earlier and later state. */
#include "causes.h"

#include "incident.h"

#define SID CAUSES_DOMAIN_SID "-1001"
#define OFFICE_PROFILES MAPI_OFFICE("16.0") "\\Profiles"

/* From the beginning of the year on, an hour apart. */
static uint64_t made(unsigned hour)
{
	return builder_filetime(2003, 1, 7, hour, 20, 11);
}

/* A user's hive with the profiles "Outlook", the default, and "Archive". */
static struct builder *two_profiles(const char *user)
{
	struct builder *b = causes_user_hive(user, SID);

	causes_add_user(b, CAUSES_PROFILES, "Outlook", made(8), 4001);
	causes_add_user(b, CAUSES_PROFILES, "Archive", made(9), 4002);
	causes_set_default(b, "Outlook");
	return b;
}

static builder_key find(struct builder *b, const char *path, const char *name)
{
	builder_key list = builder_key_find(b, builder_root(b), path);

	return builder_key_find(b, list, name);
}

static bool write_both(struct builder *b, const char *folder,
		       void change(struct builder *b))
{
	bool written = causes_keep(b, folder, "before");

	change(b);
	return causes_write(b, folder, "after") && written;
}

/*
 * UserAssist\{...}\Count: the last start of the Mail control panel; 16 bytes with the
 * FILETIME at 8, the name in ROT13 (UEME_RUNCPL:MLCFG32.CPL).
 */
static void start_panel(struct builder *b, uint64_t filetime)
{
	builder_key count = builder_path(
		b,
		"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist\\"
		"{75048700-EF1F-11D0-9888-006097DEACF9}\\Count",
		filetime);
	uint8_t data[16] = { 1, 0, 0, 0, 6 };

	for (unsigned i = 0; i < 8; i++)
		data[8 + i] = (uint8_t)(filetime >> 8 * i);
	builder_value_set(b, count, "HRZR_EHAPCY:ZYPST32.PCY", BUILDER_BINARY, data,
			  sizeof(data));
	builder_key_touch(b, count, filetime);
}

static void delete_default(struct builder *b)
{
	start_panel(b, causes_moment() - UINT64_C(90) * 10000000);
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	causes_set_default(b, "Archive");
}

static void delete_administrator(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Exchange Administrator"));
}

/*
 * A user deletes one of two profiles with the Mail control panel, started a minute and a
 * half before; DefaultProfile names the other one then.
 *
 * The look-alike: one of two profiles goes from LocalSystem's hive, which is no user's.
 */
bool causes_user_deletion(const char *folder, bool look_alike)
{
	if (!look_alike)
		return write_both(two_profiles("mkeller"), folder, delete_default);
	struct builder *b = causes_system_hive();
	causes_add_user(b, CAUSES_PROFILES, "Exchange Administrator", made(8), 4101);
	causes_add_user(b, CAUSES_PROFILES, "Reports", made(9), 4102);
	causes_set_default(b, "Reports");
	return write_both(b, folder, delete_administrator);
}

static void remove_list(struct builder *b)
{
	causes_delete(b, builder_key_find(b, builder_root(b), CAUSES_PROFILES));
	builder_path(b, CAUSES_PROFILES, causes_moment());
}

static void remove_two(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	causes_delete(b, find(b, CAUSES_PROFILES, "Archive"));
}

/*
 * A logon script removes all profiles as KB 183904 tells: it deletes the key Profiles and
 * makes it anew, without DefaultProfile.
 *
 * The look-alike: two go at one instant, a third one stays.
 */
bool causes_remove_all(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");

	causes_add_user(b, CAUSES_PROFILES, "Private", made(10), 4003);
	return write_both(b, folder, look_alike ? remove_two : remove_list);
}

static void upgrade(struct builder *b)
{
	builder_key list = builder_path(b, OFFICE_PROFILES, causes_moment());
	static const char *const names[] = { "Outlook", "Archive" };

	for (unsigned i = 0; i < 2; i++)
		mapi_profile_move(b, find(b, CAUSES_PROFILES, names[i]), list, names[i],
				  causes_moment());
	builder_value_string(b, builder_path(b, MAPI_OFFICE("16.0"), causes_moment()),
			     "DefaultProfile", "Outlook");
	builder_stamp(b, causes_saved_after(), 0x4D0);
}

static void begin_anew(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	causes_add_user(b, OFFICE_PROFILES, "Outlook", causes_moment(), 4201);
}

/*
 * Outlook 2016 comes, and the profiles stand below its key then, with the same sections.
 *
 * The look-alike: the old profile is deleted, and a new one of the same name is set up in
 * Outlook 2016, which shares no section with it.
 */
bool causes_office_upgrade(const char *folder, bool look_alike)
{
	return write_both(two_profiles("mkeller"), folder,
			  look_alike ? begin_anew : upgrade);
}

static void set_aside(struct builder *b)
{
	builder_key list = builder_key_find(b, builder_root(b), CAUSES_PROFILES);
	builder_key setup =
		builder_path(b, MAPI_OFFICE("14.0") "\\Setup", causes_moment());

	mapi_profile_move(b, builder_key_find(b, list, "Outlook"), list,
			  "BACKUP OF Outlook", causes_moment());
	builder_value_set(b, setup, "First-Run", BUILDER_BINARY, "\x01\0\0\0", 4);
	builder_stamp(b, causes_saved_after(), 0x4D0);
}

static void first_run(struct builder *b)
{
	set_aside(b);
	causes_add_user(b, CAUSES_PROFILES, "Outlook", causes_moment(), 4301);
}

/*
 * Outlook's first run on a machine meets the profile that roamed there: it sets it aside
 * as "BACKUP OF Outlook", and makes a new "Outlook".
 *
 * The look-alike: a user renames the profile to that; nothing has the old name then.
 */
bool causes_first_run(const char *folder, bool look_alike)
{
	return write_both(two_profiles("mkeller"), folder,
			  look_alike ? set_aside : first_run);
}

/*
 * Before is the hive of 18 March with a profile of that day; after is a backup of the
 * evening before, which does not know it: lower sequence, older keys.
 *
 * The look-alike: a later state, whose base block alone has a time from before.
 */
bool causes_rolled_back(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");
	bool written = true;

	if (look_alike) {
		written = causes_keep(b, folder, "before");
		causes_delete(b, find(b, CAUSES_PROFILES, "Archive"));
		builder_stamp(b, causes_saved_before() - UINT64_C(36000000000), 0x4D0);
		return causes_write(b, folder, "after") && written;
	}
	written = causes_keep(b, folder, "after");
	causes_add_user(b, CAUSES_PROFILES, "Sales", causes_moment(), 4401);
	builder_stamp(b, causes_saved_after(), 0x4D0);
	return causes_write(b, folder, "before") && written;
}

/*
 * Two users' hives, which were taken for one: other security ids, no profile in common.
 *
 * The look-alike: one user, whose folder was renamed; the security id is the same. One
 * profile was deleted.
 */
bool causes_wrong_pair(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");
	bool written = causes_write(b, folder, "before");

	if (look_alike) {
		b = two_profiles("mkeller.EXAMPLE");
		causes_delete(b, find(b, CAUSES_PROFILES, "Archive"));
	} else {
		b = causes_user_hive("jdoe", CAUSES_DOMAIN_SID "-1002");
		causes_add_user(b, CAUSES_PROFILES, "Post", made(12), 4501);
		causes_set_default(b, "Post");
		builder_stamp(b, causes_saved_after(), 0x4D0);
	}
	return causes_write(b, folder, "after") && written;
}

/* Both profiles of a list without DefaultProfile go, and the list stays. */
static void empty_list(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	causes_delete(b, find(b, CAUSES_PROFILES, "Archive"));
}

/*
 * A list without DefaultProfile is empty, in a hive that was saved anew: all keys stand in
 * other places, which says nothing of the list.
 *
 * The look-alike: the hive itself, in which the list was deleted and made anew behind what
 * was freed, and the key above it stands where it stood.
 */
bool causes_saved_anew(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");

	builder_value_delete(b, builder_path(b, CAUSES_PROFILES, made(8)),
			     "DefaultProfile");
	bool written = causes_keep(b, folder, "before");
	if (look_alike) {
		causes_delete(b, builder_key_find(b, builder_root(b), CAUSES_PROFILES));
		/* Takes the place of the list. */
		builder_path(b, "Software\\Profiles", causes_moment());
		builder_path(b, CAUSES_PROFILES, causes_moment());
	} else {
		builder_free(b);
		/* Longer paths take more room, so that what follows stands elsewhere. */
		b = causes_user_hive("mkeller.EXAMPLE", SID);
		causes_add_user(b, CAUSES_PROFILES, "Outlook", made(8), 4001);
		causes_add_user(b, CAUSES_PROFILES, "Archive", made(9), 4002);
		empty_list(b);
	}
	return causes_write(b, folder, "after") && written;
}

static void delete_then_start(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	start_panel(b, causes_moment() + UINT64_C(3600) * 10000000);
}

static void start_long_before(struct builder *b)
{
	start_panel(b, causes_moment() - UINT64_C(3600) * 10000000);
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
}

/*
 * The Mail control panel was started an hour after the deletion: whether it was before, too,
 * nobody knows, for only the last start is kept.
 *
 * The look-alike: its last start was an hour before.
 */
bool causes_later_start(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");

	/* So that the later start takes no room of what is freed. */
	start_panel(b, made(10));
	return write_both(b, folder, look_alike ? start_long_before : delete_then_start);
}

static void set_default(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	causes_set_default(b, "Archive");
}

static void change_other(struct builder *b)
{
	causes_delete(b, find(b, CAUSES_PROFILES, "Outlook"));
	builder_value_string(b, builder_path(b, MAPI_OFFICE("16.0"), made(9)),
			     "DefaultProfile", "Home");
}

/*
 * A list without DefaultProfile stays without; that of another Outlook changes, which says
 * nothing of it.
 *
 * The look-alike: it has one then.
 */
bool causes_no_default(const char *folder, bool look_alike)
{
	struct builder *b = two_profiles("mkeller");

	builder_value_delete(b, builder_path(b, CAUSES_PROFILES, made(8)),
			     "DefaultProfile");
	causes_add_user(b, OFFICE_PROFILES, "Work", made(9), 4601);
	builder_value_string(b, builder_path(b, MAPI_OFFICE("16.0"), made(9)),
			     "DefaultProfile", "Work");
	return write_both(b, folder, look_alike ? set_default : change_other);
}
