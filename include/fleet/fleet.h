/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index of many machines: all reports of a folder, and what became of the units of its
 * sweep, as a database, a table and a page in that folder.
 */
#ifndef FLEET_FLEET_H
#define FLEET_FLEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/failure.h"
#include "base/status.h"

struct fleet_answer {
	size_t n_machines, n_reports; /* of the index */
	size_t n_unread;    /* reports that are not in it, and are named there */
	bool complete;	    /* nothing of the folder was left out */
	char sentence[512]; /* what came of all, UTF-8, without full stop */
};

/* The version of SQLite; NULL if built without it. */
const char *fleet_database_library(void);

/*
 * Makes the index of a folder: index.sqlite, findings.csv and index.html in it, each whole or
 * as it was.  What cannot be indexed is told in lines on errors, 20 at most and then how many
 * more, and the rest is done.  The same folder gives the same bytes.
 * Return: STATUS_OK and *answer set; STATUS_NOMEM; STATUS_IO, STATUS_LIMIT or
 * STATUS_UNSUPPORTED (a folder of which no such index is made) with *failure set.
 */
MUST_CHECK enum status fleet_index(const char *folder, FILE *errors,
				   struct fleet_answer *answer, struct failure *failure);

#endif
