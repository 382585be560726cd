/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report page */
#ifndef REPORTCLI_PAGECOMMAND_H
#define REPORTCLI_PAGECOMMAND_H

#include "reportcli/reportarguments.h"

/* Makes the page of a report, which says so if the report is not valid.  Return: the exit status. */
int pagecommand_run(const struct reportarguments *arguments);

#endif
