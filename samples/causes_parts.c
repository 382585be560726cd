// SPDX-License-Identifier: GPL-2.0-or-later
/* What the cases are put together from. */
#include "causes.h"

#include "desktop.h"
#include "incident.h"
#include "sample.h"
#include "server.h"

#include <limits.h>
#include <stdio.h>

#define HOME "C:\\Documents and Settings\\"

enum { SEQUENCE = 0x4B2 };

uint64_t causes_saved_before(void)
{
	return incident_moment(17, 18, 30, 2, 40);
}

uint64_t causes_moment(void)
{
	return incident_moment(18, 9, 14, 7, 19);
}

uint64_t causes_saved_after(void)
{
	return incident_moment(18, 11, 42, 36, 2);
}

static uint64_t installed(void)
{
	return builder_filetime(2002, 11, 6, 9, 12, 44);
}

/* --- hives --- */

struct builder *causes_user_hive(const char *user, const char *sid)
{
	char home[128], path[160];

	snprintf(home, sizeof(home), HOME "%s", user);
	snprintf(path, sizeof(path), "\\??\\%s\\ntuser.dat", home);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.embedded_name = path,
		.root_name = "$$$PROTO.HIV",
		.user_sid = sid,
		.last_written = installed(),
	});
	desktop_fill(b, home, installed());
	builder_path(b, CAUSES_PROFILES, installed());
	builder_stamp(b, causes_saved_before(), SEQUENCE);
	return b;
}

struct builder *causes_system_hive(void)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.windows_2000 = true,
		.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT",
		.root_name = "$$$PROTO.HIV",
		.last_written = installed(),
	});
	desktop_fill(b, HOME "Default User", installed());
	builder_path(b, CAUSES_PROFILES, installed());
	builder_stamp(b, causes_saved_before(), SEQUENCE);
	return b;
}

/* --- profiles --- */

builder_key causes_add_user(struct builder *b, const char *list, const char *name,
			    uint64_t filetime, uint64_t seed)
{
	char path[128];
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, list, filetime), name,
						 MAPI_ANSI_32, filetime, seed);

	snprintf(path, sizeof(path), "C:\\Mail\\%u.pst", (unsigned)seed);
	mapi_pst_add(&p, name, path, true);
	mapi_instance(&p);
	return p.key;
}

builder_key causes_add_service(struct builder *b, const char *list, const char *prefix,
			       uint32_t pid, uint64_t seed)
{
	uint64_t made = incident_moment(10, 6, 4, 12, pid % 64);
	char name[128];

	mapi_generated_name(name, sizeof(name), prefix, pid, made);
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, list, made), name,
						 MAPI_ANSI_32, made, seed);
	mapi_exchange2000(&p, &(struct mapi_mailbox){
				      .server = "EXCH01",
				      .domain = "example.com",
				      .organization = "Example",
				      .site = "First Administrative Group",
				      .user = "EXCH01-SA",
				      .display = "System Attendant",
				      .system_attendant = true,
				      .config_flags = 1,
			      });
	mapi_instance(&p);
	return p.key;
}

void causes_set_default(struct builder *b, const char *name)
{
	builder_value_string(b, builder_path(b, CAUSES_PROFILES, installed()),
			     "DefaultProfile", name);
}

void causes_delete(struct builder *b, builder_key profile)
{
	builder_key_delete(b, profile, causes_moment());
	builder_stamp(b, causes_saved_after(), SEQUENCE + 23);
}

/* --- the machine --- */

struct builder *causes_software(uint32_t version, uint32_t build, uint32_t service_pack)
{
	struct builder *b = server_software("Microsoft Windows 2000", "5.0", installed());

	if (version != 0)
		server_add_exchange(b,
				    &(struct server_exchange){
					    .folder = "D:\\Exchsrvr",
					    .version = version,
					    .build = build,
					    .service_pack = service_pack,
					    .service_pack_build = build,
				    },
				    installed());
	builder_stamp(b, causes_saved_after(), 0x22C4);
	return b;
}

struct builder *causes_system(bool applications)
{
	struct builder *b = server_system(installed());

	server_add_service(b, 1,
			   &(struct server_service){
				   .name = "MSExchangeSA",
				   .display = "Microsoft Exchange System Attendant",
				   .image = "D:\\Exchsrvr\\bin\\mad.exe",
				   .account = "LocalSystem",
				   .type = SERVER_OWN,
				   .start = SERVER_AUTO,
			   },
			   installed());
	server_name(b, 1, "EXCH01", installed());
	server_terminal_mode(b, 1, applications, installed());
	server_select(b, 1, 1, 1, installed());
	builder_path(b, "Setup", installed());
	builder_stamp(b, causes_saved_after(), 0x1F3A);
	return b;
}

/* --- files --- */

static const char *path_in(const char *folder, const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

bool causes_keep(struct builder *b, const char *folder, const char *name)
{
	return sample_hive(b, path_in(folder, name));
}

bool causes_write(struct builder *b, const char *folder, const char *name)
{
	bool written = causes_keep(b, folder, name);

	builder_free(b);
	return written;
}

bool causes_write_text(const char *folder, const char *name, const char *text)
{
	const char *path = path_in(folder, name);
	FILE *f = fopen(path, "wb");
	bool written = f != NULL && fputs(text, f) >= 0;

	if (f != NULL)
		written = fclose(f) == 0 && written;
	if (!written)
		perror(path);
	return written;
}
