/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/subcommands.h"

#include "base/compiler.h"
#include "fleet/fleet.h"
#include "reportcli/indexcommand.h"

#include <stdio.h>
#include <string.h>

const struct subcommand subcommands[] = {
	{ "index", "DIR", "one index over the reports of many machines",
	  indexcommand_run },
};

const size_t subcommands_n = ARRAY_LEN(subcommands);

const struct subcommand *subcommands_find(const char *name)
{
	for (size_t i = 0; i < subcommands_n; i++)
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
	return NULL;
}

void subcommands_print_help(void)
{
	fputs("Usage: wmsdiff-report COMMAND OPERAND\n"
	      "Work on the reports that wmsdiff wrote.\n",
	      stdout);
	for (size_t i = 0; i < subcommands_n; i++)
		fprintf(stdout, "  %s %-12s %s\n", subcommands[i].name,
			subcommands[i].operand, subcommands[i].help);
	fputs("  --help            this\n"
	      "  --version         versions of the program and its libraries\n"
	      "Exit status: 0 done, 2 trouble, or not all could be done.\n"
	      "The manual: man wmsdiff-report\n",
	      stdout);
}

void subcommands_print_version(void)
{
	fputs("wmsdiff-report " PACKAGE_VERSION "\n"
	      "libxml2 " LIBXML2_VERSION "\n",
	      stdout);
	if (fleet_database_library())
		fprintf(stdout, "sqlite %s\n", fleet_database_library());
}
