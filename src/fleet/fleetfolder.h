/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of an index: which machines it has, and which reports each.  In the folder of a
 * sweep a machine is a unit: a folder in units/, an outcome in outcomes/, or a line of the plan
 * that runs there.  Elsewhere it is a folder that holds reports, or a whole result of --output-dir; a report that lies in
 * the folder itself is a machine of its own.  Links are not followed.
 */
#ifndef FLEET_FLEETFOLDER_H
#define FLEET_FLEETFOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/failure.h"
#include "base/status.h"

/* Reports and pages of one index, machines, and what could not be looked at. */
#define FLEETFOLDER_MAX ((size_t)1 << 20)

/* Paths are any bytes, from the folder of the index. */
struct fleetfolder_report {
	const char *machine, *path;
	const char *page; /* NULL: there is none beside it */
};

struct fleetfolder_machine {
	const char *name;    /* any bytes */
	const char *outcome; /* path of what became of its unit; NULL: there is none */
	const char *errors;  /* path of what the unit said; likewise */
	size_t first_report, n_reports;
};

struct fleetfolder_list {
	const char **items;
	size_t n, cap;
};

struct fleetfolder {
	int fd;
	bool is_sweep;
	struct arena *arena;
	struct {
		struct fleetfolder_machine *items;
		size_t n, cap;
	} machines; /* by name */
	struct {
		struct fleetfolder_report *items;
		size_t n, cap;
	} reports;			  /* by machine, then by path */
	struct fleetfolder_list troubles; /* sentences: what could not be looked at */
	struct fleetfolder_list names, outcomes, errors, pages,
		results; /* while it is read */
};

/*
 * Looks through the folder.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO, STATUS_UNSUPPORTED (it is the
 * result of one run of wmsdiff) or STATUS_LIMIT with *failure set.
 */
MUST_CHECK enum status fleetfolder_read(const char *folder, struct fleetfolder **out,
					struct failure *failure);
/* NULL is allowed. */
void fleetfolder_free(struct fleetfolder *folder);
void fleetfolder_freep(struct fleetfolder **folder);

/* Opens a file of it for reading.  Return: a descriptor; -1 with errno set. */
int fleetfolder_open(const struct fleetfolder *folder, const char *path);

/*
 * Where the .reg file lies that the report beside it calls so: results are moved as a whole,
 * so only the end of that path tells.
 * Return: malloc'ed; NULL: nowhere, or out of memory.
 */
char *fleetfolder_find(const struct fleetfolder *folder, const char *report,
		       const char *file) MUST_CHECK;

#endif
