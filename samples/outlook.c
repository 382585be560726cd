// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * outlook BEFORE AFTER: the NTUSER.DAT of a user of Outlook 2010 on Windows 7, who moves
 * to Outlook 2016. On 14 March 2016 one profile is renamed, one moves to `Deleted
 * Profiles` because it is in use, and the default profile is deleted for good; two stay
 * as they are, and so does the one of Outlook 2016, named like the deleted one.
 */
#include "desktop.h"
#include "mailuser.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

#define HOME "C:\\Users\\mkeller"
#define FILES HOME "\\Documents\\Outlook Files\\"
#define USER_SID "S-1-5-21-1085031214-1563985344-725345543-1127"

static struct builder *new_hive(uint64_t installed)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.file_step = 0x40000, /* how a live hive grows */
		.embedded_name = "\\??\\" HOME "\\ntuser.dat",
		.root_name = "CMI-CreateHive{6A1C4018-979D-4291-A7DC-7AED1C75B67C}",
		.user_sid = USER_SID,
		.last_written = installed,
	});

	desktop_fill(b, HOME, installed);
	return b;
}

static void add_pop3(struct mapi_profile *p, const char *email, const char *server,
		     const char *path)
{
	mailuser_pop3(p,
		      &(struct mapi_pop3){
			      .name = email,
			      .user = "Martina Keller",
			      .email = email,
			      .server = server,
		      },
		      path);
}

static void add_wms_profiles(struct builder *b, uint64_t first)
{
	builder_key list = builder_path(b, MAPI_WMS "\\Profiles", first);
	const uint64_t day = 864000000000;
	struct mapi_profile p;

	p = mapi_profile_new(b, list, "Outlook", MAPI_UNICODE_64, first, 1);
	add_pop3(&p, "mkeller@example.com", "mail.example.com",
		 FILES "mkeller@example.com.pst");
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Archive 2009", MAPI_UNICODE_64, first + 30 * day,
			     2);
	mapi_pst_add(&p, "Archive 2009", FILES "Archive 2009.pst", true);
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Shared mailbox", MAPI_UNICODE_64, first + 40 * day,
			     3);
	mailuser_exchange(&p, "sales", "Sales",
			  HOME "\\AppData\\Local\\Microsoft\\Outlook\\"
			       "sales@example.com.ost");
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Home office", MAPI_UNICODE_64, first + 55 * day,
			     4);
	add_pop3(&p, "keller@home.example", "pop.home.example", FILES "home.pst");
	mailuser_client(&p);

	/* A name that cannot be kept in Latin-1. */
	p = mapi_profile_new(b, list, "Übung Ελλάδα", MAPI_UNICODE_64, first + 90 * day,
			     5);
	mapi_pst_add(&p, "Greek", FILES "Ελλάδα.pst", true);
	mailuser_client(&p);
	builder_value_string(b, list, "DefaultProfile", "Outlook");
}

static void add_outlook2016_profile(struct builder *b, uint64_t moment)
{
	builder_key outlook = builder_path(b, MAPI_OFFICE("16.0"), moment);
	struct mapi_profile p =
		mapi_profile_new(b, builder_key_add(b, outlook, "Profiles", moment),
				 "Outlook", MAPI_UNICODE_64, moment, 6);

	p.text_accounts = true;
	add_pop3(&p, "mkeller@example.com", "mail.example.com", FILES "Outlook 2016.pst");
	mailuser_client(&p);
	builder_value_string(b, outlook, "DefaultProfile", "Outlook");
}

static struct builder *before(void)
{
	struct builder *b = new_hive(builder_filetime(2012, 9, 3, 7, 40, 18));

	add_wms_profiles(b, builder_filetime(2012, 9, 3, 8, 15, 26) + 4381920);
	add_outlook2016_profile(b, builder_filetime(2016, 3, 10, 9, 2, 51) + 1027344);
	builder_stamp(b, builder_filetime(2016, 3, 11, 16, 58, 20) + 7710032, 10407);
	return b;
}

static void change(struct builder *b)
{
	static const struct desktop_setting morning[] = {
		{ "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RunMRU", "a",
		  "control mlcfg32.cpl\\1" },
		{ "Software\\Microsoft\\Office\\14.0\\Outlook\\Preferences", "LastUse",
		  "42443" },
		{ "Control Panel\\Desktop", "Wallpaper", HOME "\\Pictures\\spring.jpg" },
	};
	uint64_t renamed = builder_filetime(2016, 3, 14, 13, 20, 41) + 2530144;
	uint64_t moved = builder_filetime(2016, 3, 14, 13, 23, 5) + 9042300;
	uint64_t deleted = builder_filetime(2016, 3, 14, 13, 31, 52) + 6200811;
	builder_key wms = builder_key_find(b, builder_root(b), MAPI_WMS);
	builder_key list = builder_key_find(b, wms, "Profiles");

	desktop_apply(b, morning, sizeof(morning) / sizeof(morning[0]),
		      builder_filetime(2016, 3, 14, 8, 1, 12) + 3310225);
	mapi_profile_move(b, builder_key_find(b, list, "Archive 2009"), list,
			  "Archive 2009-2011", renamed);
	mapi_profile_move(b, builder_key_find(b, list, "Shared mailbox"),
			  builder_key_add(b, wms, "Deleted Profiles", moved),
			  "Shared mailbox", moved);
	builder_key_delete(b, builder_key_find(b, list, "Outlook"), deleted);
	builder_stamp(b, builder_filetime(2016, 3, 14, 15, 2, 33) + 1200409, 10421);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: outlook BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = before();
	bool written = sample_hive(b, argv[1]);
	change(b);
	written = written && sample_hive(b, argv[2]);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
