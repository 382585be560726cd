/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command may still do once it reads: reports and evidence are input like any other. */
#ifndef REPORTCLI_RIGHTS_H
#define REPORTCLI_RIGHTS_H

#include "reportcli/subcommands.h"
#include "sandbox/sandbox.h"

/*
 * Gives up all rights but those that the command needs.  `verify` without --evidence goes to
 * the paths that the report names, wherever they are, so it may read any file; it can never
 * write one.
 * Return: as sandbox_begin().
 */
struct sandbox *rights_begin(const struct subcommand *command,
			     const struct reportarguments *arguments);

#endif
