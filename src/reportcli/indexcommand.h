/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report index */
#ifndef REPORTCLI_INDEXCOMMAND_H
#define REPORTCLI_INDEXCOMMAND_H

#include "reportcli/reportarguments.h"

/* Makes the index of the folder that is the operand.  Return: the exit status. */
int indexcommand_run(const struct reportarguments *arguments);

#endif
