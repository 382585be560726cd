/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which version a program is, as it says itself. */
#ifndef SWEEP_RUN_PROGRAMVERSION_H
#define SWEEP_RUN_PROGRAMVERSION_H

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"

/* The first line of what a program says; longer ones are cut. */
#define PROGRAMVERSION_SIZE 256

/*
 * The first line that `program --version` prints.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set: it cannot be run, prints
 * nothing, or takes longer than half a minute.
 */
MUST_CHECK enum status programversion_ask(const char *program,
					  char out[PROGRAMVERSION_SIZE],
					  struct failure *failure);

#endif
