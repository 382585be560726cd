/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --sign-with names: the words of a command, and the program that is run. */
#ifndef CLI_RIGHTS_SIGNCOMMAND_H
#define CLI_RIGHTS_SIGNCOMMAND_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "cli/commandline/options.h"

/* Words of a command, its program and the manifest among them. */
#define SIGNCOMMAND_MAX 256

struct signcommand {
	char *program; /* what is run: its full path, through no link */
	char *words[SIGNCOMMAND_MAX +
		    1]; /* NULL behind the last; the first as it was given */
	size_t n;
};

/*
 * Parts the text into words as sh does, but nothing is put in the place of anything:
 * quotation marks and backslashes keep blanks, and no shell is run.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set.  The command is to
 * be cleared, whatever is returned.
 */
MUST_CHECK enum status signcommand_read(const char *text, struct signcommand *out,
					struct failure *failure);
/* Adds a word that no program takes for an option: the path of a file. */
MUST_CHECK enum status signcommand_add_path(struct signcommand *command, const char *path,
					    struct failure *failure);

/*
 * Finds the program, by PATH if its name has no '/'.  One that lies where outputs go is
 * refused: a parser that was taken over could put another one in its place.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set.
 */
MUST_CHECK enum status signcommand_find(struct signcommand *command,
					const struct options *options,
					struct failure *failure);

void signcommand_clear(struct signcommand *command);

#endif
