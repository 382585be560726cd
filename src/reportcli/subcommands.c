/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/subcommands.h"

#include "base/compiler.h"
#include "fleet/fleet.h"
#include "report/page/html.h"
#include "reportcli/indexcommand.h"
#include "reportcli/pagecommand.h"
#include "reportcli/validatecommand.h"
#include "reportcli/verifycommand.h"

#include <stdio.h>
#include <string.h>

const struct subcommand subcommands[] = {
	{ "validate", "REPORT", "check it against the built-in schema", 0, false,
	  validatecommand_run },
	{ "verify", "REPORT [--evidence PATH]...", "hold it against the evidence",
	  REPORTARGUMENTS_EVIDENCE, false, verifycommand_run },
	{ "page", "REPORT --html FILE", "make its page", REPORTARGUMENTS_HTML, false,
	  pagecommand_run },
	{ "index", "DIR", "one index over reports of many machines", 0, true,
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
		fprintf(stdout, "  %-8s %-28s %s\n", subcommands[i].name,
			subcommands[i].operand, subcommands[i].help);
	fputs("  --help                                this\n"
	      "  --version                             versions of it and its libraries\n"
	      "Exit status: 0 done, 1 verify found what does not hold, 2 trouble, or not all\n"
	      "could be done.\n"
	      "The manual: man wmsdiff-report\n",
	      stdout);
}

void subcommands_print_version(void)
{
	fputs("wmsdiff-report " PACKAGE_VERSION "\n"
	      "libxml2 " LIBXML2_VERSION "\n",
	      stdout);
	if (html_library_version())
		fprintf(stdout, "libxslt %s\n", html_library_version());
	if (fleet_database_library())
		fprintf(stdout, "sqlite %s\n", fleet_database_library());
}
