/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/validatecommand.h"

#include "reportcli/reportread.h"

#include <stdio.h>
#include <stdlib.h>

#define EXIT_TROUBLE 2

int validatecommand_run(const struct reportarguments *arguments)
{
	static struct reportread report;
	bool valid = reportread_open(arguments->operand, false, &report) &&
		     reportread_is_valid(&report);

	reportread_clear(&report);
	if (valid)
		fputs("wmsdiff-report: the report is valid\n", stdout);
	return valid ? EXIT_SUCCESS : EXIT_TROUBLE;
}
