/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report validate */
#ifndef REPORTCLI_VALIDATECOMMAND_H
#define REPORTCLI_VALIDATECOMMAND_H

#include "reportcli/reportarguments.h"

/* Checks a report against the schema that is built in.  Return: the exit status. */
int validatecommand_run(const struct reportarguments *arguments);

#endif
