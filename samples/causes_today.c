// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cases of Windows 10 and Office 2016 in March 2024: why profiles vanish today. The user
 * mkeller has used the hive since September 2023; it was saved on 11 March, and again on
 * the evening of the 12th.
 */
#include "causes.h"

#include "desktop.h"
#include "evtx.h"
#include "server.h"
#include "usedhive.h"

#include <stdio.h>

#define SID "S-1-5-21-1085031214-1563985344-725345543-1127"
#define OTHER_SID "S-1-5-21-1085031214-1563985344-725345543-1131"
#define USERS "C:\\Users\\"
#define OFFICE "Software\\Microsoft\\Office\\16.0"
#define LIST OFFICE "\\Outlook\\Profiles"
#define EXPLORER "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\"

enum { SECOND = 10000000, SEQUENCE = 2210 };

/* --- moments --- */

/* When Windows was set up, and its template for new users with it. */
static uint64_t set_up(void)
{
	return builder_filetime(2023, 9, 4, 10, 12, 31);
}

static uint64_t first_day(void)
{
	return builder_filetime(2023, 9, 5, 8, 2, 17);
}

static uint64_t saved_before(void)
{
	return builder_filetime(2024, 3, 11, 17, 30, 44);
}

/* The logon of the next morning. */
static uint64_t logon(void)
{
	return builder_filetime(2024, 3, 12, 7, 58, 20);
}

static uint64_t saved_after(void)
{
	return builder_filetime(2024, 3, 12, 18, 5, 9);
}

/* --- hives --- */

/* A hive as Windows makes it of the template. */
static struct builder *from_template(const char *folder)
{
	char home[128], path[160];

	snprintf(home, sizeof(home), USERS "%s", folder);
	snprintf(path, sizeof(path), "\\??\\%s\\ntuser.dat", home);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = path,
		.root_name = "ROOT",
		.user_sid = SID,
		.last_written = set_up(),
		.sequence = 12,
	});
	desktop_fill(b, home, set_up());
	return b;
}

static void add_profile(struct builder *b, const char *list, const char *name,
			uint64_t filetime, uint64_t seed)
{
	char path[128];
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, list, filetime), name,
						 MAPI_UNICODE_64, filetime, seed);

	snprintf(path, sizeof(path), USERS "mkeller\\Documents\\%u.pst", (unsigned)seed);
	struct mapi_pst pst = mapi_pst_add(&p, name, path, true);
	mapi_contab_add(&p, &pst);
	mapi_instance(&p);
	/* Outlook writes a section of it now and then. */
	builder_key_touch(b, p.key, filetime + 40 * UINT64_C(60) * SECOND);
}

/* Office's settings beside the lists. */
static void add_office(struct builder *b, uint64_t filetime)
{
	static const struct desktop_setting settings[] = {
		{ OFFICE "\\Common\\General", "UserInitials", "MK" },
		{ OFFICE "\\Word\\Options", "DOC-PATH", USERS "mkeller\\Documents" },
		{ OFFICE "\\Excel\\Options", "DefaultPath", USERS "mkeller\\Documents" },
	};

	desktop_apply(b, settings, sizeof(settings) / sizeof(settings[0]), filetime);
	builder_value_dword(b, builder_path(b, OFFICE "\\Outlook\\Setup", filetime),
			    "First-Run", 1);
}

/* The hive of the 11th: profiles "Outlook" and "Archive" of that list, used 20 times. */
static struct builder *used_hive(const char *list)
{
	struct builder *b = from_template("mkeller");

	add_office(b, first_day());
	add_profile(b, list, "Outlook", first_day(), 7001);
	add_profile(b, list, "Archive", first_day() + USEDHIVE_DAY, 7002);
	builder_value_string(b, builder_path(b, OFFICE "\\Outlook", first_day()),
			     "DefaultProfile", "Outlook");
	(void)usedhive_use(b, first_day(), 20, 9, 1);
	builder_stamp(b, saved_before(), SEQUENCE);
	return b;
}

static bool keep_before(struct builder *b, const char *folder)
{
	return causes_keep(b, folder, "before");
}

static bool write_after(struct builder *b, const char *folder)
{
	builder_stamp(b, saved_after(), SEQUENCE + 31);
	return causes_write(b, folder, "after");
}

static builder_key find(struct builder *b, const char *path)
{
	return builder_key_find(b, builder_root(b), path);
}

/* --- the machine --- */

static struct builder *software(void)
{
	return server_software("Windows 10 Pro", "6.3", set_up());
}

static void add_row(struct builder *b, const char *sid, const char *folder,
		    uint32_t state)
{
	char path[160], home[128];

	snprintf(home, sizeof(home), USERS "%s", folder);
	server_add_owner(b, sid, home, logon());
	snprintf(path, sizeof(path),
		 "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\%s", sid);
	builder_value_dword(b, builder_path(b, path, logon()), "State", state);
}

static bool write_software(struct builder *b, const char *folder)
{
	builder_stamp(b, saved_after(), 90210);
	return causes_write(b, folder, "SOFTWARE");
}

/* --- another hive --- */

/* Windows' first logon with a hive, and the day that follows. */
static void use_new(struct builder *b)
{
	(void)usedhive_use(b, logon() + 4 * SECOND, 3, 0, 2);
	(void)usedhive_use(b, logon() + UINT64_C(7200) * SECOND, 2, 0, 3);
	builder_stamp(b, saved_after(), 61);
}

/* The log of the days around the logon; with events of the profile service of that user. */
static bool write_events(const char *folder, const char *user)
{
	static const char service[] = "Microsoft-Windows-User Profiles Service";
	static char path[4096];
	struct evtx *log = evtx_new("PC01", "Application");

	evtx_event(log, "ESENT", 326, EVTX_INFORMATION, logon() - 3 * USEDHIVE_DAY, NULL,
		   "svchost", NULL);
	if (user != NULL) {
		evtx_event(log, service, 1515, EVTX_ERROR, logon(), user, NULL);
		evtx_event(log, service, 1511, EVTX_ERROR, logon() + SECOND, user, NULL);
	}
	evtx_event(log, "ESENT", 327, EVTX_INFORMATION, logon() + 2 * USEDHIVE_DAY, NULL,
		   "svchost", NULL);
	evtx_close(log);
	snprintf(path, sizeof(path), "%s/Application.evtx", folder);
	bool written = evtx_write(log, path);
	evtx_free(log);
	return written;
}

/*
 * At the logon Windows could not load the hive: it renamed the row of ProfileList to .bak,
 * and gave the user a temporary profile, which was used for the day. Events 1515 and 1511
 * tell so.
 *
 * The look-alike: a new hive that was used in the folder of the old one, of which Windows
 * tells nothing at all.
 */
bool causes_new_hive(const char *folder, bool look_alike)
{
	bool written = causes_write(used_hive(LIST), folder, "before");
	struct builder *b = from_template(look_alike ? "mkeller" : "TEMP");

	use_new(b);
	written = causes_write(b, folder, "after") && written;
	b = software();
	add_row(b, SID, look_alike ? "mkeller" : "TEMP", look_alike ? 0x100 : 0x804);
	if (!look_alike)
		add_row(b, SID ".bak", "mkeller", 0x8100);
	return write_software(b, folder) &&
	       write_events(folder, look_alike ? NULL : SID) && written;
}

/*
 * The folder was deleted by hand, and at the logon Windows did not find it: event 1511.
 * The row of ProfileList was deleted then, and Windows made the profile anew.
 *
 * The look-alike: the same hive grown older, of which one profile was deleted; the log
 * has the events of another user's temporary profile.
 */
bool causes_rebuilt(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);
	bool written = keep_before(b, folder);

	if (look_alike) {
		builder_key_delete(b, find(b, LIST "\\Archive"), logon());
		(void)usedhive_use(b, logon(), 3, 0, 2);
		written = write_after(b, folder) && written;
	} else {
		builder_free(b);
		b = from_template("mkeller");
		add_profile(b, LIST, "Outlook", logon() + 900 * UINT64_C(10000000), 7100);
		use_new(b);
		written = causes_write(b, folder, "after") && written;
	}
	b = software();
	add_row(b, SID, "mkeller", 0x100);
	return write_software(b, folder) &&
	       write_events(folder, look_alike ? OTHER_SID : SID) && written;
}

/* Settings of programs that are there already are written anew. */
static void write_settings(struct builder *b, uint64_t filetime)
{
	for (unsigned i = 0; i < 24; i++) {
		char path[96];
		snprintf(path, sizeof(path), "Software\\Program 1\\Project %u\\Window %u",
			 i / USEDHIVE_NEW_KEYS, i % USEDHIVE_NEW_KEYS);
		builder_key_touch(b, find(b, path), filetime);
	}
}

/*
 * The hive is in a container (FSLogix). On the 11th the user made the profile "Sales"; on
 * the 12th the container of a week before was attached, and used on.
 *
 * The look-alike: the older state itself, which nobody used since: a backup.
 */
bool causes_hive_reset(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);
	struct builder *copy = builder_clone(b);
	uint64_t later = saved_before() + USEDHIVE_DAY / 3;
	struct builder *machine = software();

	write_settings(b, later);
	add_profile(b, LIST, "Sales", later, 7003);
	builder_stamp(b, later + USEDHIVE_DAY / 8, SEQUENCE + 44);
	bool written = causes_write(b, folder, "before");
	if (!look_alike) {
		(void)usedhive_use(copy, later + USEDHIVE_DAY, 3, 0, 4);
		builder_stamp(copy, later + 2 * USEDHIVE_DAY, SEQUENCE + 9);
	}
	written = causes_write(copy, folder, "after") && written;
	builder_value_dword(machine, builder_path(machine, "FSLogix\\Profiles", set_up()),
			    "Enabled", 1);
	add_row(machine, SID, "mkeller", 0);
	return write_software(machine, folder) && written;
}

/* --- the list itself --- */

/*
 * A logon script deletes the key Profiles of Outlook 2016 with both profiles; Outlook has
 * not been started since.
 *
 * The look-alike: it deletes one of them.
 */
bool causes_script_removal(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);
	bool written = keep_before(b, folder);

	builder_key_delete(b, find(b, look_alike ? LIST "\\Archive" : LIST), logon());
	(void)usedhive_use(b, logon() + 60 * UINT64_C(10000000), 1, 0, 2);
	return write_after(b, folder) && written;
}

/* What an import of a .reg export writes: every key of the profile, whatever it held. */
static void import(struct builder *b, builder_key list, const char *name,
		   uint64_t filetime)
{
	/* Copied within the hive: all sections have their content, and the time is new. */
	builder_key old = builder_key_find(b, list, name);
	builder_key copy = builder_key_copy(b, old, list, "imported", filetime);

	builder_key_delete(b, old, filetime);
	(void)builder_key_copy(b, copy, list, name, filetime);
	builder_key_delete(b, copy, filetime);
}

/*
 * A logon script deletes the list and imports an export of last autumn, in which the
 * profile "Sales" of this year is not.
 *
 * The look-alike: "Sales" was deleted, and Outlook wrote a section of another profile.
 */
bool causes_list_imported(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);

	add_profile(b, LIST, "Sales", builder_filetime(2024, 1, 15, 9, 0, 0), 7003);
	builder_stamp(b, saved_before(), SEQUENCE);
	bool written = keep_before(b, folder);
	builder_key_delete(b, find(b, LIST "\\Sales"), logon());
	if (look_alike) {
		builder_key_touch(b, find(b, LIST "\\Outlook"), logon());
	} else {
		import(b, find(b, LIST), "Outlook", logon());
		import(b, find(b, LIST), "Archive", logon());
	}
	(void)usedhive_use(b, logon() + 60 * UINT64_C(10000000), 1, 0, 2);
	return write_after(b, folder) && written;
}

/*
 * Office was removed with a program that scrubs it: the whole key 16.0 is gone from the
 * user's hive, and SOFTWARE has no Outlook any more.
 *
 * The look-alike: the key Outlook alone is gone; Office is installed, and used.
 */
bool causes_office_removed(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);
	bool written = keep_before(b, folder);

	builder_key_delete(b, find(b, look_alike ? OFFICE "\\Outlook" : OFFICE), logon());
	(void)usedhive_use(b, logon() + 60 * UINT64_C(10000000), 1, 0, 2);
	written = write_after(b, folder) && written;
	b = software();
	if (look_alike)
		server_add_outlook(b, false, "16.0", "C:\\Office16\\", set_up());
	add_row(b, SID, "mkeller", 0x100);
	return write_software(b, folder) && written;
}

/*
 * Office 2016, as click-to-run, comes over Office 2010: the profiles are moved from
 * Windows Messaging Subsystem to its own key.
 *
 * The look-alike: they are copied there, and the old list stays: nothing is lost.
 */
bool causes_upgrade_2016(const char *folder, bool look_alike)
{
	static const char *const names[] = { "Outlook", "Archive" };
	struct builder *b = used_hive(CAUSES_PROFILES);
	builder_key list;

	builder_stamp(b, saved_before(), SEQUENCE);
	bool written = keep_before(b, folder);
	list = builder_path(b, LIST, logon());
	for (unsigned i = 0; i < 2; i++) {
		builder_key old = builder_key_find(b, find(b, CAUSES_PROFILES), names[i]);
		if (look_alike)
			(void)builder_key_copy(b, old, list, names[i], logon());
		else
			mapi_profile_move(b, old, list, names[i], logon());
	}
	(void)usedhive_use(b, logon() + 60 * UINT64_C(10000000), 1, 0, 2);
	written = write_after(b, folder) && written;
	b = software();
	builder_key key =
		builder_path(b, "Microsoft\\Office\\ClickToRun\\Configuration", logon());
	builder_value_string(b, key, "VersionToReport", "16.0.17328.20162");
	builder_value_string(b, key, "ProductReleaseIds", "O365ProPlusRetail");
	return write_software(b, folder) && written;
}

/*
 * A user opens the profiles from the Run box, outlook.exe /manageprofiles, and deletes one
 * of two a minute later.
 *
 * The look-alike: something else was run last.
 */
bool causes_panel_today(const char *folder, bool look_alike)
{
	struct builder *b = used_hive(LIST);
	bool written = keep_before(b, folder);
	builder_key box = builder_path(b, EXPLORER "RunMRU", logon());

	(void)usedhive_use(b, logon(), 1, 0, 2);
	builder_value_string(b, box, "a", "outlook.exe /manageprofiles\\1");
	builder_value_string(b, box, "b", "cmd\\1");
	builder_value_string(b, box, "MRUList", look_alike ? "ba" : "ab");
	builder_key_touch(b, box, logon() + UINT64_C(3600) * SECOND);
	builder_key_delete(b, find(b, LIST "\\Outlook"),
			   logon() + UINT64_C(3660) * SECOND);
	builder_value_string(b, find(b, OFFICE "\\Outlook"), "DefaultProfile", "Archive");
	return write_after(b, folder) && written;
}
