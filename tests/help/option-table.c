/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the table of the program's options, for the checks that hold the completions
 * and the manual against it.  A line of each:
 *   NAME  LETTER|-  ARGUMENT|-  once|again  any|hives|report  WORD|WORD...|-
 */
#include "cli/commandline/optiontable.h"

#include <stdio.h>

int main(void)
{
	for (size_t i = 0; i < optiontable_n; i++) {
		const struct optiontable_row *row = &optiontable[i];
		const char letter[] = { row->letter ? row->letter : '-', '\0' };
		printf("%s\t%s\t%s\t%s\t%s\t%s\n", row->name, letter,
		       row->argument ? row->argument : "-",
		       row->kind == OPTIONTABLE_LIST || row->kind == OPTIONTABLE_LOG ||
				       row->kind == OPTIONTABLE_CUSTODY
			       ? "again"
			       : "once",
		       optiontable_run_word(row->run), row->words ? row->words : "-");
	}
	return ferror(stdout) || fclose(stdout) ? 1 : 0;
}
