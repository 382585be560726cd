/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * user-hive FILE NAME SID HOURS PROFILE...: the hive of a user, of Windows 10, as it is so
 * many hours after it was made.  NAME is that in the base block, SID that of the root key;
 * "-" is none.  A PROFILE with a '-' before it was there, and was deleted an hour before.
 * The same profiles in the same order stand at the same places, so hives of one user are
 * states of one hive.  With SID "software" it is a SOFTWARE hive, and each PROFILE is
 * SID=FOLDER, a row of ProfileList.
 */
#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST MAPI_OFFICE("16.0") "\\Profiles"
#define PROFILE_LIST "Microsoft\\Windows NT\\CurrentVersion\\ProfileList"

static uint64_t hours_after(unsigned hours)
{
	return builder_filetime(2020, 3, 1, 8, 0, 0) + hours * UINT64_C(36000000000);
}

static void add(struct builder *b, const char *name, uint64_t seed)
{
	uint64_t made = hours_after(0);
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, LIST, made), name,
						 MAPI_UNICODE_64, made, seed);
	struct mapi_pst pst =
		mapi_pst_add(&p, "Personal", "C:\\mail\\personal.pst", true);

	mapi_contab_add(&p, &pst);
	mapi_instance(&p);
}

static struct builder *make_users(char **argv, int n, unsigned hours)
{
	uint64_t seed = 1;
	char path[256];

	(void)snprintf(path, sizeof(path), "\\??\\C:\\Users\\%s\\ntuser.dat", argv[2]);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = strcmp(argv[2], "-") == 0 ? NULL : path,
		.root_name = "CMI-CreateHive",
		.user_sid = strcmp(argv[3], "-") == 0 ? NULL : argv[3],
		.last_written = hours_after(0),
		.sequence = 10,
	});

	builder_path(b, "Environment", hours_after(0));
	/* no two users have a profile of the same instance */
	for (const char *byte = argv[3]; *byte; byte++)
		seed = 31 * seed + (unsigned char)*byte;
	for (int i = 0; i < n; i++)
		add(b, argv[5 + i] + (argv[5 + i][0] == '-'), seed + (uint64_t)i);
	for (int i = 0; i < n; i++)
		if (argv[5 + i][0] == '-')
			builder_key_delete(
				b,
				builder_key_find(
					b, builder_key_find(b, builder_root(b), LIST),
					argv[5 + i] + 1),
				hours_after(hours - 1));
	/* something is written all the time */
	builder_key_touch(b, builder_path(b, "Environment", 0), hours_after(hours));
	builder_stamp(b, hours_after(hours), 10 + hours);
	return b;
}

static struct builder *make_software(char **argv, int n)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\SystemRoot\\System32\\Config\\SOFTWARE",
		.last_written = hours_after(0),
		.sequence = 1,
	});
	builder_key version =
		builder_path(b, "Microsoft\\Windows NT\\CurrentVersion", hours_after(0));

	builder_value_string(b, version, "ProductName", "Windows 10 Pro");
	for (int i = 0; i < n; i++) {
		char key[256], folder[256], *equal = strchr(argv[5 + i], '=');
		if (!equal)
			exit(2);
		(void)snprintf(key, sizeof(key), PROFILE_LIST "\\%.*s",
			       (int)(equal - argv[5 + i]), argv[5 + i]);
		(void)snprintf(folder, sizeof(folder), "C:\\Users\\%s", equal + 1);
		builder_value_string(b, builder_path(b, key, hours_after(0)),
				     "ProfileImagePath", folder);
	}
	return b;
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	struct builder *b = strcmp(argv[3], "software") == 0
				    ? make_software(argv, argc - 5)
				    : make_users(argv, argc - 5,
						 (unsigned)strtoul(argv[4], NULL, 10));
	bool written = builder_write(b, argv[1]);

	builder_free(b);
	return written ? 0 : 1;
}
