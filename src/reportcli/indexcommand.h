/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report index */
#ifndef REPORTCLI_INDEXCOMMAND_H
#define REPORTCLI_INDEXCOMMAND_H

/* Makes the index of the folder.  Return: the exit status. */
int indexcommand_run(const char *folder);

#endif
