/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which options go together, when all of them are read. */
#ifndef CLI_COMMANDLINE_OPTIONSCHECK_H
#define CLI_COMMANDLINE_OPTIONSCHECK_H

#include "cli/commandline/optiontable.h"

/*
 * Complains on standard error: the message, and the argument that it is about (NULL: none)
 * with what could act on a terminal made visible.  Return: OPTIONS_WRONG.
 */
enum options_verdict optionscheck_wrong(const char *message, const char *argument);

/*
 * Each check in turn; the first that refuses the options is told.  A named time zone is
 * loaded, and the options of .reg files are put together.
 * Return: OPTIONS_RUN, or OPTIONS_WRONG.
 */
enum options_verdict optionscheck_all(struct options *out);

#endif
