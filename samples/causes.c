// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * causes NAME FOLDER: a case of lost profiles (causes.h) as files in FOLDER, which is there:
 * NAME is a cause, or a cause and "-look-alike"; one of today (causes_today.c); or
 * saved_anew, later_start or no_default, which show what can be known. These names give
 * only a SOFTWARE hive, to go with the sample exchange2000:
 *
 *	software-2003		Exchange 2003, of which KB 817375 does not speak
 *	software-sp2		Exchange 2000 with Service Pack 2 only
 *	software-rollup		with rollup 824282, a day before the loss
 *	software-rollup-later	with it, three hours after the loss
 */
#include "causes.h"
#include "incident.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_ALIKE "-look-alike"

static const struct {
	const char *name;
	causes_case *write;
} cases[] = {
	{ "kb_818861", causes_kb_818861 },
	{ "kb_303221", causes_kb_303221 },
	{ "user_deletion", causes_user_deletion },
	{ "remove_all", causes_remove_all },
	{ "office_upgrade", causes_office_upgrade },
	{ "first_run", causes_first_run },
	{ "session_end", causes_session_end },
	{ "rolled_back", causes_rolled_back },
	{ "wrong_pair", causes_wrong_pair },
	{ "new_hive", causes_new_hive },
	{ "rebuilt", causes_rebuilt },
	{ "hive_reset", causes_hive_reset },
	{ "script_removal", causes_script_removal },
	{ "list_imported", causes_list_imported },
	{ "office_removed", causes_office_removed },
	{ "upgrade_2016", causes_upgrade_2016 },
	{ "panel_today", causes_panel_today },
	{ "saved_anew", causes_saved_anew },
	{ "later_start", causes_later_start },
	{ "no_default", causes_no_default },
};

static struct builder *with_rollup(uint64_t filetime)
{
	struct builder *b = causes_software(60, 6249, 3);

	server_add_update(b, "Exchange Server 2000", "SP4", "KB824282", filetime);
	return b;
}

static bool write_case(const char *name, const char *folder)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = strlen(cases[i].name);
		if (strncmp(name, cases[i].name, len) != 0)
			continue;
		if (name[len] == '\0' || strcmp(name + len, LOOK_ALIKE) == 0)
			return cases[i].write(folder, name[len] != '\0');
	}
	if (strcmp(name, "software-2003") == 0)
		return causes_write(causes_software(65, 6944, 0), folder, "SOFTWARE");
	if (strcmp(name, "software-sp2") == 0)
		return causes_write(causes_software(60, 5762, 2), folder, "SOFTWARE");
	if (strcmp(name, "software-rollup") == 0)
		return causes_write(with_rollup(incident_moment(17, 6, 2, 1, 0)), folder,
				    "SOFTWARE");
	if (strcmp(name, "software-rollup-later") == 0)
		return causes_write(with_rollup(incident_moment(18, 12, 14, 7, 0)),
				    folder, "SOFTWARE");
	fprintf(stderr, "%s: no such case\n", name);
	return false;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: causes NAME FOLDER\n", stderr);
		return EXIT_FAILURE;
	}
	return write_case(argv[1], argv[2]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
