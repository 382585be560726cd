// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The server's hive and what happened to it: who has which profile, what the night
 * changes, what the purge takes.
 */
#include "incident.h"

#include "desktop.h"
#include "mapi.h"

#include <stdio.h>

#define PROFILES MAPI_WMS "\\Profiles"
#define DELETED_PROFILES MAPI_WMS "\\Deleted Profiles"

/* Who logs on with which profile. */
struct service {
	const char *list;
	const char *name; /* the prefix of the name, where it is generated */
	uint32_t pid;	  /* 0: the name is not generated */
	unsigned minutes; /* from the start of the server to the making of the profile */
	const char *user; /* NULL: the server's own mailbox */
	bool public_store;
	bool survives;
};

static const struct service services[] = {
	{
		.list = PROFILES,
		.name = "Exchange Administrator",
		.user = "Administrator",
		.public_store = true,
	},
	{ .list = PROFILES, .name = "EXCH01-LME-GWISE V5.5", .minutes = 4 },
	{ .list = PROFILES, .name = "EXCH01-LME-NOTES", .minutes = 4 },
	{
		.list = PROFILES,
		.name = "Mailbox Manager",
		.pid = 0x6a8,
		.minutes = 6,
		.public_store = true,
	},
	{
		.list = PROFILES,
		.name = "Backup Agent",
		.pid = 0x974,
		.minutes = 11,
		.user = "backup",
		.survives = true,
	},
	{
		.list = DELETED_PROFILES,
		.name = "Event Script",
		.pid = 0x51c,
		.minutes = 7,
		.public_store = true,
	},
	{
		.list = DELETED_PROFILES,
		.name = "Fax Gateway",
		.pid = 0x7f0,
		.minutes = 9,
		.user = "fax",
	},
	{
		.list = DELETED_PROFILES,
		.name = "{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}",
		.minutes = 10,
		.user = "antivirus",
	},
};

enum { SERVICES = sizeof(services) / sizeof(services[0]) };

uint64_t incident_moment(unsigned day, unsigned hour, unsigned minute, unsigned second,
			 unsigned ticks)
{
	return builder_filetime(2003, 3, day, hour, minute, second) +
	       (uint64_t)ticks * INCIDENT_TICK;
}

static uint64_t server_start(void)
{
	return incident_moment(10, 5, 58, 12, 18);
}

static uint64_t created(const struct service *s)
{
	return server_start() + (uint64_t)s->minutes * 60 * 10000000 +
	       s->pid % 64 * INCIDENT_TICK;
}

static void profile_name(char *out, size_t size, const struct service *s)
{
	if (s->pid != 0)
		mapi_generated_name(out, size, s->name, s->pid, created(s));
	else
		snprintf(out, size, "%s", s->name);
}

static void add_profile(struct builder *b, const struct service *s, uint64_t seed)
{
	char name[128];

	profile_name(name, sizeof(name), s);
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, s->list, created(s)),
						 name, MAPI_ANSI_32, created(s), seed);
	mapi_exchange2000(
		&p, &(struct mapi_mailbox){
			    .server = "EXCH01",
			    .domain = "example.com",
			    .organization = "Example",
			    .site = "First Administrative Group",
			    .user = s->user != NULL ? s->user : "EXCH01-SA",
			    .display = s->user != NULL ? s->user : "System Attendant",
			    .system_attendant = s->user == NULL,
			    .public_store = s->public_store,
			    .config_flags = 1, /* a service: no windows */
		    });
	mapi_instance(&p);
}

struct builder *incident_before(void)
{
	uint64_t installed = builder_filetime(2001, 11, 6, 9, 12, 44);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.windows_2000 = true,
		.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT",
		.root_name = "$$$PROTO.HIV",
		.last_written = installed,
	});

	desktop_fill(b, "C:\\Documents and Settings\\Default User", installed);
	builder_value_dword(b, builder_path(b, INCIDENT_AGENT, installed), "State", 0);
	builder_value_string(
		b, builder_path(b, INCIDENT_AGENT "\\Jobs\\Mailboxes", installed),
		"Schedule", "Tue 09:14");

	builder_key profiles = builder_path(b, PROFILES, installed);
	for (size_t i = 0; i < SERVICES; i++)
		add_profile(b, &services[i], 2000 + i);
	builder_value_string(b, profiles, "DefaultProfile", "Exchange Administrator");
	builder_stamp(b, incident_moment(17, 18, 30, 2, 40), 0x4B2);
	return b;
}

void incident_overnight(struct builder *b)
{
	static const struct desktop_setting changes[] = {
		{ INCIDENT_AGENT "\\Jobs\\Mailboxes", "Last Result", "0" },
		{ INCIDENT_AGENT "\\Jobs\\System State", "Schedule", "Daily 02:00" },
		{ "Control Panel\\Desktop", "ScreenSaveTimeOut", "600" },
	};

	desktop_apply(b, changes, sizeof(changes) / sizeof(changes[0]),
		      incident_moment(18, 2, 0, 31, 5));
}

void incident_purge(struct builder *b)
{
	uint64_t moment = incident_moment(18, 9, 14, 7, 19);
	char name[128];

	for (size_t i = 0; i < SERVICES; i++) {
		if (services[i].survives)
			continue;
		profile_name(name, sizeof(name), &services[i]);
		builder_key list = builder_key_find(b, builder_root(b), services[i].list);
		builder_key_delete(b, builder_key_find(b, list, name), moment);
	}
}

void incident_aftermath(struct builder *b)
{
	incident_overnight(b);
	incident_purge(b);
	/* In place: the freed cells are as the purge left them. */
	builder_key agent = builder_key_find(b, builder_root(b), INCIDENT_AGENT);
	builder_value_dword(b, agent, "State", 2);
	builder_key_touch(b, agent, incident_moment(18, 9, 15, 40, 33));
	builder_stamp(b, incident_moment(18, 11, 42, 36, 2), 0x4C9);
}
