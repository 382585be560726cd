// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where Windows and Exchange keep these things: paths and value names only, each told
 * with its source in the readers' comments.
 */
#include "server.h"

#include <stdio.h>
#include <string.h>

#define WINDOWS_NT "Microsoft\\Windows NT\\CurrentVersion"

enum { PATH_SIZE = 512, TEXT_SIZE = 512 };

static builder_key set_key(struct builder *b, unsigned control_set, const char *rest,
			   const char *name, uint64_t filetime)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "ControlSet%03u\\%s%s", control_set, rest, name);
	return builder_path(b, path, filetime);
}

void server_expand(struct builder *b, builder_key key, const char *name, const char *text)
{
	uint8_t data[2 * TEXT_SIZE] = { 0 };
	size_t len = builder_utf16(text, data);

	builder_value_set(b, key, name, BUILDER_EXPAND_SZ, data, len + 2);
}

/* REG_MULTI_SZ: each word with a NUL, and another NUL at the end. */
static void set_words(struct builder *b, builder_key key, const char *name,
		      const char *words)
{
	uint8_t data[2 * TEXT_SIZE] = { 0 };
	size_t len = builder_utf16(words, data);

	for (size_t i = 0; i < len; i += 2)
		if (data[i] == ' ')
			data[i] = 0;
	builder_value_set(b, key, name, BUILDER_MULTI_SZ, data, len + 4);
}

/* --- SYSTEM --- */

struct builder *server_system(uint64_t filetime)
{
	return builder_new(&(struct builder_options){
		.minor = 3,
		.windows_2000 = true,
		.embedded_name = "SYSTEM",
		.root_name = "$$$PROTO.HIV",
		.last_written = filetime,
		.sequence = 1,
	});
}

void server_select(struct builder *b, uint32_t current, uint32_t by_default,
		   uint32_t last_known_good, uint64_t filetime)
{
	builder_key key = builder_path(b, "Select", filetime);

	builder_value_dword(b, key, "Current", current);
	builder_value_dword(b, key, "Default", by_default);
	builder_value_dword(b, key, "Failed", 0);
	builder_value_dword(b, key, "LastKnownGood", last_known_good);
}

void server_add_service(struct builder *b, unsigned control_set,
			const struct server_service *service, uint64_t filetime)
{
	builder_key key = set_key(b, control_set, "Services\\", service->name, filetime);

	builder_value_dword(b, key, "Type", service->type);
	builder_value_dword(b, key, "Start", service->start);
	builder_value_dword(b, key, "ErrorControl", 1);
	if (service->image != NULL)
		server_expand(b, key, "ImagePath", service->image);
	if (service->display != NULL)
		builder_value_string(b, key, "DisplayName", service->display);
	if (service->account != NULL)
		builder_value_string(b, key, "ObjectName", service->account);
	if (service->depends != NULL)
		set_words(b, key, "DependOnService", service->depends);
}

void server_name(struct builder *b, unsigned control_set, const char *name,
		 uint64_t filetime)
{
	builder_key key = set_key(b, control_set, "Control\\ComputerName\\",
				  "ComputerName", filetime);

	builder_value_string(b, key, "ComputerName", name);
}

/* Eight numbers of 16 bits. */
static void set_numbers(struct builder *b, builder_key key, const char *name,
			const uint16_t numbers[8])
{
	uint8_t bytes[16];

	for (size_t i = 0; i < 8; i++) {
		bytes[2 * i] = (uint8_t)numbers[i];
		bytes[2 * i + 1] = (uint8_t)(numbers[i] >> 8);
	}
	builder_value_set(b, key, name, BUILDER_BINARY, bytes, sizeof(bytes));
}

void server_time_zone(struct builder *b, unsigned control_set, const char *name, int bias,
		      int active, uint64_t filetime)
{
	builder_key key =
		set_key(b, control_set, "Control\\", "TimeZoneInformation", filetime);

	builder_value_dword(b, key, "Bias", (uint32_t)bias);
	builder_value_dword(b, key, "ActiveTimeBias", (uint32_t)active);
	builder_value_string(b, key, "StandardName", name);
	builder_value_dword(b, key, "StandardBias", 0);
	builder_value_dword(b, key, "DaylightBias", (uint32_t)-60);
	/* Year, month, week, hour, minute, second, thousandth, weekday. */
	set_numbers(b, key, "StandardStart", (const uint16_t[8]){ 0, 10, 5, 3 });
	set_numbers(b, key, "DaylightStart", (const uint16_t[8]){ 0, 3, 5, 2 });
}

void server_terminal_mode(struct builder *b, unsigned control_set, uint32_t mode,
			  uint64_t filetime)
{
	builder_key key =
		set_key(b, control_set, "Control\\", "Terminal Server", filetime);

	builder_value_dword(b, key, "TSAppCompat", mode);
	builder_value_dword(b, key, "TSEnabled", 1);
}

/* --- SOFTWARE --- */

struct builder *server_software(const char *product, const char *version,
				uint64_t filetime)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.windows_2000 = true,
		.embedded_name = "emRoot\\System32\\Config\\SOFTWARE",
		.root_name = "$$$PROTO.HIV",
		.last_written = filetime,
		.sequence = 1,
	});
	builder_key windows = builder_path(b, WINDOWS_NT, filetime);

	builder_value_string(b, windows, "ProductName", product);
	builder_value_string(b, windows, "CurrentVersion", version);
	builder_path(b, "Classes", filetime);
	builder_path(b, "Microsoft\\Windows\\CurrentVersion", filetime);
	return b;
}

static void set_number(struct builder *b, builder_key key, const char *name,
		       uint32_t number)
{
	if (number != 0)
		builder_value_dword(b, key, name, number);
}

void server_add_exchange(struct builder *b, const struct server_exchange *exchange,
			 uint64_t filetime)
{
	builder_key key = builder_path(b, "Microsoft\\Exchange\\Setup", filetime);

	builder_value_string(b, key, "AdminDest",
			     exchange->folder != NULL ? exchange->folder
						      : "C:\\Program Files\\Exchsrvr");
	if (exchange->folder != NULL)
		builder_value_string(b, key, "Services", exchange->folder);
	set_number(b, key, "Services Version", exchange->version);
	set_number(b, key, "NewestBuild", exchange->build);
	set_number(b, key, "ServicePackNumber", exchange->service_pack);
	set_number(b, key, "ServicePackBuild", exchange->service_pack_build);
}

void server_add_update(struct builder *b, const char *product, const char *pack,
		       const char *name, uint64_t filetime)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "Microsoft\\Updates\\%s\\%s%s%s", product,
		 pack != NULL ? pack : "", pack != NULL ? "\\" : "", name);
	builder_value_string(b, builder_path(b, path, filetime), "Type", "Update");
}

void server_add_hotfix(struct builder *b, const char *name, uint64_t filetime)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), WINDOWS_NT "\\Hotfix\\%s", name);
	builder_value_dword(b, builder_path(b, path, filetime), "Installed", 1);
}

void server_add_program(struct builder *b, bool wow, const char *key, const char *display,
			uint64_t filetime)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path),
		 "%sMicrosoft\\Windows\\CurrentVersion\\Uninstall\\%s",
		 wow ? "Wow6432Node\\" : "", key);
	builder_key program = builder_path(b, path, filetime);
	if (display != NULL)
		builder_value_string(b, program, "DisplayName", display);
}

void server_add_outlook(struct builder *b, bool wow, const char *version,
			const char *folder, uint64_t filetime)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%sMicrosoft\\Office\\%s\\Outlook\\InstallRoot",
		 wow ? "Wow6432Node\\" : "", version);
	builder_value_string(b, builder_path(b, path, filetime), "Path", folder);
}

void server_add_owner(struct builder *b, const char *sid, const char *path,
		      uint64_t filetime)
{
	char list[PATH_SIZE];

	snprintf(list, sizeof(list), WINDOWS_NT "\\ProfileList\\%s", sid);
	server_expand(b, builder_path(b, list, filetime), "ProfileImagePath", path);
}
