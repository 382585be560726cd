/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder that was given, with all files in it. */
#ifndef COLLECTION_FOUNDFOLDER_H
#define COLLECTION_FOUNDFOLDER_H

#include "base/compiler.h"
#include "base/status.h"
#include "collection/foundlist.h"

/*
 * Looks at everything in the folder that fd is open for.
 * Return: as foundarchive_read().
 */
MUST_CHECK enum status foundfolder_read(const struct foundlist *list, int fd);

#endif
