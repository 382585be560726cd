/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the tables of wmsdiff-sweep, for the checks that hold the completions and the
 * manual against them.  A line of each command, and of each option:
 *   command  NAME
 *   option  NAME  LETTER|-  ARGUMENT|-  once|again  COMMAND|any  WORD|WORD...|-
 */
#include "sweepcli/sweeptable.h"

#include <stdio.h>

int main(void)
{
	for (unsigned i = 0; i < SWEEPTABLE_UNIT; i++)
		printf("command\t%s\n", sweeptable_commands[i].name);
	for (size_t i = 0; i < sweeptable_n; i++) {
		const struct sweeptable_row *row = &sweeptable[i];
		const char letter[] = { row->letter ? row->letter : '-', '\0' };
		printf("option\t%s\t%s\t%s\t%s\t%s\t%s\n", row->name, letter,
		       row->argument ? row->argument : "-",
		       row->kind == SWEEPTABLE_LIST ? "again" : "once",
		       row->command == SWEEPTABLE_NO_COMMAND
			       ? "any"
			       : sweeptable_commands[row->command].name,
		       row->words ? row->words : "-");
	}
	return ferror(stdout) || fclose(stdout) ? 1 : 0;
}
