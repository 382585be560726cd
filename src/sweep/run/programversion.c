/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asking a program for its version: results of two versions are not one sweep. */
#include "sweep/run/programversion.h"

#include "sweep/run/unitrun.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* It prints a line; a disk far away may be slow to load it. */
#define MOST_MS 30000

static enum status refuse(struct failure *failure, const char *program, const char *why)
{
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(program, shown, sizeof(shown)), why);
	return STATUS_IO;
}

enum status programversion_ask(const char *program, char out[PROGRAMVERSION_SIZE],
			       struct failure *failure)
{
	char *copy = strdup(program), option[] = "--version";
	char *argv[] = { copy, option, NULL };
	struct unitrun_limits limits = { .ms = MOST_MS, .output = true };
	struct unitrun_end end;
	enum status status =
		copy ? unitrun("/", argv, &limits, NULL, NULL, &end) : STATUS_NOMEM;

	free(copy);
	if (status == STATUS_IO)
		return refuse(failure, program, strerror(errno));
	RETURN_IF_FAILED(status);
	(void)snprintf(out, PROGRAMVERSION_SIZE, "%.*s", (int)strcspn(end.said, "\r\n"),
		       end.said);
	free(end.said);
	if (end.how == UNITRUN_NOT_STARTED)
		return refuse(failure, program, strerror(end.code));
	if (end.how != UNITRUN_EXITED || end.code != 0 || !*out)
		return refuse(failure, program, "does not tell its version");
	return STATUS_OK;
}
