// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * office365 BEFORE AFTER: a ticket of today, as two folders that are there. BEFORE is last
 * night's backup of the user's hive, whose profile Outlook has a mailbox of Microsoft 365
 * in cached mode and an archive. In the morning Windows could not load that hive, and gave
 * the user a temporary one. AFTER is what the customer sent of that evening: the hive in
 * use, SOFTWARE, and the Application log. Both are laid out as on the disk.
 */
#include "mailuser.h"
#include "sample.h"
#include "usedhive.h"
#include "workstation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HOME "C:\\Users\\mkeller\\"
#define MAILBOX "8c4e8f52-6a0e-4a9c-9d4b-3f1b7f3a2c11@example.com"

static char path[4096];

/* The path of a file below root; its folders are made. */
static const char *path_of(const char *root, const char *name)
{
	size_t from = strlen(root) + 1;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	for (char *slash = strchr(path + from, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			perror(path);
			exit(EXIT_FAILURE);
		}
		*slash = '/';
	}
	return path;
}

static struct mapi_profile new_profile(struct builder *b, const char *name, uint64_t seed)
{
	uint64_t filetime = workstation_first_day();
	builder_key list = builder_path(b, WORKSTATION_PROFILES, filetime);
	struct mapi_profile p =
		mapi_profile_new(b, list, name, MAPI_UNICODE_64, filetime, seed);

	p.text_accounts = true;
	return p;
}

/* The mailbox, and the archive that the user keeps beside it. */
static void add_outlook(struct builder *b)
{
	struct mapi_profile p = new_profile(b, "Outlook", 365001);
	struct mapi_uid service = mapi_exchange2010(
		&p, &(struct mapi_mailbox){
			    .server = MAILBOX,
			    .domain = "example.com",
			    .organization = "ExchangeLabs",
			    .site = "Exchange Administrative Group (FYDIBOHF23SPDLT)",
			    .user = "m.keller",
			    .display = "Maria Keller",
			    .config_flags = 0x184,
			    .ost_path = HOME "AppData\\Local\\Microsoft\\Outlook\\"
					     "m.keller@example.com.ost",
		    });
	mapi_account_service(&p, MAPI_LIST_MAIL, "m.keller@example.com", "MSEMS",
			     &service);
	struct mapi_pst archive = mapi_pst_add(
		&p, "Archive", HOME "Documents\\Outlook Files\\archive.pst", false);
	mapi_account_service(&p, MAPI_LIST_STORE, "Archive", "MSUPST MS",
			     &archive.service);
	mailuser_client(&p);
}

/* A second profile, for the mailbox of the office. */
static void add_office(struct builder *b)
{
	struct mapi_profile p = new_profile(b, "Front desk", 365002);

	mailuser_pop3(&p,
		      &(struct mapi_pop3){ .name = "frontdesk@example.net",
					   .user = "Front desk",
					   .email = "frontdesk@example.net",
					   .server = "mail.example.net" },
		      HOME "Documents\\Outlook Files\\frontdesk.pst");
	mailuser_client(&p);
}

static bool write_before(const char *root)
{
	struct builder *b = workstation_hive("mkeller");

	workstation_office(b, workstation_first_day());
	add_outlook(b);
	add_office(b);
	builder_value_string(
		b,
		builder_path(b, WORKSTATION_OFFICE "\\Outlook", workstation_first_day()),
		"DefaultProfile", "Outlook");
	(void)usedhive_use(b, workstation_first_day(), 20, 9, 1);
	builder_stamp(b, workstation_saved_before(), 2210);
	bool written = sample_hive(b, path_of(root, "C/Users/mkeller/NTUSER.DAT"));
	builder_free(b);
	return written;
}

static bool write_software(const char *root)
{
	struct builder *b = workstation_software();

	workstation_owner(b, WORKSTATION_SID, "TEMP", 0x804);
	workstation_owner(b, WORKSTATION_SID ".bak", "mkeller", 0x8100);
	builder_key office =
		builder_path(b, "Microsoft\\Office\\ClickToRun\\Configuration",
			     workstation_first_day());
	builder_value_string(b, office, "VersionToReport", "16.0.17328.20162");
	builder_value_string(b, office, "ProductReleaseIds", "O365ProPlusRetail");
	builder_stamp(b, workstation_saved_after(), 90210);
	bool written =
		sample_hive(b, path_of(root, "C/Windows/System32/config/SOFTWARE"));
	builder_free(b);
	return written;
}

static bool write_after(const char *root)
{
	struct builder *b = workstation_hive("TEMP");

	(void)usedhive_use(b, workstation_logon() + 40000000, 3, 0, 2);
	builder_stamp(b, workstation_saved_after(), 61);
	bool written = sample_hive(b, path_of(root, "C/Users/TEMP/NTUSER.DAT"));
	builder_free(b);
	return write_software(root) &&
	       workstation_events(
		       path_of(root, "C/Windows/System32/winevt/Logs/Application.evtx"),
		       WORKSTATION_SID) &&
	       written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: office365 BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	return write_before(argv[1]) && write_after(argv[2]) ? EXIT_SUCCESS
							     : EXIT_FAILURE;
}
