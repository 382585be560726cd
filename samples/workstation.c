// SPDX-License-Identifier: GPL-2.0-or-later
#include "workstation.h"

#include "desktop.h"
#include "evtx.h"
#include "server.h"
#include "usedhive.h"

#include <stdio.h>

#define USERS "C:\\Users\\"

enum { SECOND = 10000000 };

uint64_t workstation_set_up(void)
{
	return builder_filetime(2023, 9, 4, 10, 12, 31);
}

uint64_t workstation_first_day(void)
{
	return builder_filetime(2023, 9, 5, 8, 2, 17);
}

uint64_t workstation_saved_before(void)
{
	return builder_filetime(2024, 3, 11, 17, 30, 44);
}

uint64_t workstation_logon(void)
{
	return builder_filetime(2024, 3, 12, 7, 58, 20);
}

uint64_t workstation_saved_after(void)
{
	return builder_filetime(2024, 3, 12, 18, 5, 9);
}

struct builder *workstation_hive(const char *folder)
{
	char home[128], path[160];

	snprintf(home, sizeof(home), USERS "%s", folder);
	snprintf(path, sizeof(path), "\\??\\%s\\ntuser.dat", home);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = path,
		.root_name = "ROOT",
		.user_sid = WORKSTATION_SID,
		.last_written = workstation_set_up(),
		.sequence = 12,
	});
	desktop_fill(b, home, workstation_set_up());
	return b;
}

void workstation_office(struct builder *b, uint64_t filetime)
{
	static const struct desktop_setting settings[] = {
		{ WORKSTATION_OFFICE "\\Common\\General", "UserInitials", "MK" },
		{ WORKSTATION_OFFICE "\\Word\\Options", "DOC-PATH",
		  USERS "mkeller\\Documents" },
		{ WORKSTATION_OFFICE "\\Excel\\Options", "DefaultPath",
		  USERS "mkeller\\Documents" },
	};

	desktop_apply(b, settings, sizeof(settings) / sizeof(settings[0]), filetime);
	builder_value_dword(
		b, builder_path(b, WORKSTATION_OFFICE "\\Outlook\\Setup", filetime),
		"First-Run", 1);
}

struct builder *workstation_software(void)
{
	return server_software("Windows 10 Pro", "6.3", workstation_set_up());
}

void workstation_owner(struct builder *b, const char *sid, const char *folder,
		       uint32_t state)
{
	char path[160], home[128];

	snprintf(home, sizeof(home), USERS "%s", folder);
	server_add_owner(b, sid, home, workstation_logon());
	snprintf(path, sizeof(path),
		 "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\%s", sid);
	builder_value_dword(b, builder_path(b, path, workstation_logon()), "State",
			    state);
}

bool workstation_events(const char *path, const char *sid)
{
	static const char service[] = "Microsoft-Windows-User Profiles Service";
	struct evtx *log = evtx_new("PC01", "Application");

	evtx_event(log, "EventLog", 6005, EVTX_INFORMATION,
		   workstation_logon() - 3 * USEDHIVE_DAY, NULL, NULL);
	for (unsigned i = 0; sid && i < 2; i++)
		evtx_event(log, service, i == 0 ? 1515 : 1511, EVTX_ERROR,
			   workstation_logon() + i * SECOND, sid, NULL);
	evtx_event(log, "EventLog", 6006, EVTX_INFORMATION,
		   workstation_logon() + 2 * USEDHIVE_DAY, NULL, NULL);
	evtx_close(log);
	bool written = evtx_write(log, path);
	if (!written)
		perror(path);
	evtx_free(log);
	return written;
}
