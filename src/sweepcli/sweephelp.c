/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --help and --version print. */
#include "sweepcli/sweephelp.h"

#include "sweepcli/sweeptable.h"

#include <stdio.h>

#define WIDTH 30

static void put_command(const struct sweeptable_command_row *row)
{
	char left[64];

	(void)snprintf(left, sizeof(left), "%s %s", row->name, row->operands);
	printf("  %-*s%s\n", WIDTH, left, row->help);
}

static void put_option(const struct sweeptable_row *row)
{
	char left[64], letter[8] = "";

	if (row->letter)
		(void)snprintf(letter, sizeof(letter), "-%c, ", row->letter);
	(void)snprintf(left, sizeof(left), "%s--%s%s%s", letter, row->name,
		       row->argument ? " " : "", row->argument ? row->argument : "");
	printf("  %-*s%s\n", WIDTH, left, row->help);
}

void sweephelp_print(void)
{
	fputs("Usage: wmsdiff-sweep COMMAND [OPTION]... OPERAND...\n"
	      "Run wmsdiff over many machines, each of them a unit of a plan.\n",
	      stdout);
	for (unsigned i = 0; i < SWEEPTABLE_UNIT; i++)
		put_command(&sweeptable_commands[i]);
	fputs("Options of plan and run:\n", stdout);
	for (size_t i = 0; i < sweeptable_n; i++)
		if (sweeptable[i].help)
			put_option(&sweeptable[i]);
	fputs("  --help  --version\n"
	      "Exit status: 0 nothing is lost, 1 something is, or a machine has no match,\n"
	      "2 trouble, or a unit is incomplete, failed or left.  man wmsdiff-sweep\n",
	      stdout);
}

void sweephelp_print_version(void)
{
	fputs("wmsdiff-sweep (wmsdiff) " PACKAGE_VERSION "\n", stdout);
}
