// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fleethives FOLDER: the workstations of a company on Windows XP in March 2003, as somebody saved
 * the hive of each user on two evenings, in FOLDER/before and FOLDER/after; the Makefile puts
 * the server of the incident beside them as EX01.  WS01 to WS39:
 *   WS05 to WS15  all profiles go on the 18th, one machine each 20 seconds from 09:14:00 on,
 *                 as a script deletes them that is rolled out
 *   WS20, WS30    each loses one, at times of their own
 *   WS33          the later hive is cut off
 *   the others    lose nothing
 */
#include "mapi.h"
#include "sample.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIST MAPI_WMS "\\Profiles"
#define PATH_SIZE 512

enum {
	MACHINES = 39,
	EVENT_FIRST = 5,
	EVENT_LAST = 15,
	EVENT_SECONDS = 20,
	LONE_A = 20,
	LONE_B = 30,
	DAMAGED = 33,
	DAMAGED_BYTES = 6000,
};

static uint64_t moment(unsigned day, unsigned hour, unsigned minute, unsigned second)
{
	return builder_filetime(2003, 3, day, hour, minute, second);
}

static void add_profile(struct builder *b, const char *name, uint64_t seed)
{
	uint64_t made = moment(3, 8, 30, 0);
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, LIST, made), name,
						 MAPI_UNICODE_32, made, seed);
	struct mapi_pst pst =
		mapi_pst_add(&p, "Personal Folders", "C:\\mail\\mail.pst", true);

	mapi_contab_add(&p, &pst);
	mapi_instance(&p);
}

/* The user's hive on the evening of the 17th. */
static struct builder *make_before(unsigned machine)
{
	char name[128], sid[128];

	(void)snprintf(name, sizeof(name),
		       "\\??\\C:\\Documents and Settings\\user%02u\\NTUSER.DAT", machine);
	(void)snprintf(sid, sizeof(sid), "S-1-5-21-1085031214-1563985344-725345543-%u",
		       1100 + machine);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.embedded_name = name,
		.root_name = "$$$PROTO.HIV",
		.user_sid = sid,
		.last_written = moment(3, 8, 0, 0),
		.sequence = 100 + machine,
	});

	builder_path(b, "Environment", moment(3, 8, 0, 0));
	add_profile(b, "Outlook", 1000 + machine);
	add_profile(b, "Archive", 2000 + machine);
	builder_stamp(b, moment(17, 17, 45, machine), 200 + machine);
	return b;
}

static void delete_profile(struct builder *b, const char *name, uint64_t when)
{
	builder_key list = builder_key_find(b, builder_root(b), LIST);

	builder_key_delete(b, builder_key_find(b, list, name), when);
}

/* What happens to a machine between the two evenings. */
static void make_after(struct builder *b, unsigned machine)
{
	if (machine >= EVENT_FIRST && machine <= EVENT_LAST) {
		unsigned seconds = (machine - EVENT_FIRST) * EVENT_SECONDS;
		uint64_t when = moment(18, 9, 14 + seconds / 60, seconds % 60);
		delete_profile(b, "Outlook", when);
		delete_profile(b, "Archive", when);
	}
	if (machine == LONE_A)
		delete_profile(b, "Archive", moment(18, 13, 2, 11));
	if (machine == LONE_B)
		delete_profile(b, "Outlook", moment(19, 10, 40, 52));
	builder_key_touch(b, builder_path(b, "Environment", 0),
			  moment(19, 17, 0, machine));
	builder_stamp(b, moment(19, 17, 45, machine), 300 + machine);
}

/* Makes the folders on the way to a file. */
static bool make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
		*slash = '/';
		if (!made) {
			perror(path);
			return false;
		}
	}
	return true;
}

static bool write_one(struct builder *b, const char *folder, const char *side,
		      unsigned machine)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path),
		       "%s/%s/WS%02u/C/Documents and Settings/user%02u/NTUSER.DAT",
		       folder, side, machine, machine);
	if (!make_folders(path) || !sample_hive(b, path))
		return false;
	return machine != DAMAGED || strcmp(side, "after") != 0 ||
	       truncate(path, DAMAGED_BYTES) == 0;
}

int main(int argc, char **argv)
{
	bool written = argc == 2;

	if (!written)
		fputs("usage: fleethives FOLDER\n", stderr);
	for (unsigned machine = 1; machine <= MACHINES && written; machine++) {
		struct builder *b = make_before(machine);
		written = write_one(b, argv[1], "before", machine);
		make_after(b, machine);
		written = written && write_one(b, argv[1], "after", machine);
		builder_free(b);
	}
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
