/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that is open: judged by its first bytes, then listed, looked into or counted. */
#ifndef COLLECTION_FOUNDFILE_H
#define COLLECTION_FOUNDFILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/status.h"
#include "collection/foundlist.h"

/*
 * Looks at the regular file that fd is open for and st is of.  path: its own; inside: it
 * lies in a folder that was given, else it was given itself, and what cannot be used is
 * DIAG_OPERAND_UNUSABLE.
 * Return: as foundarchive_read().
 */
MUST_CHECK enum status foundfile_read(const struct foundlist *list, int fd,
				      const struct stat *st, const char *path,
				      bool inside);

#endif
