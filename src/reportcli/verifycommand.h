/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report verify */
#ifndef REPORTCLI_VERIFYCOMMAND_H
#define REPORTCLI_VERIFYCOMMAND_H

#include "reportcli/reportarguments.h"

/* Holds a report against the evidence: 1 if something does not hold.  Return: the exit status. */
int verifycommand_run(const struct reportarguments *arguments);

#endif
