/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is to be explained: a comparison in which something is gone, replaced or in
 * doubt, or what was recovered from a single hive; with what was found of it, and the
 * texts that are made about it.
 */
#ifndef CAUSE_INCIDENT_INCIDENT_H
#define CAUSE_INCIDENT_INCIDENT_H

#include <stdarg.h>

#include "base/arena.h"
#include "cause/incident/copies.h"
#include "cause/incident/hivematch.h"
#include "cause/incident/holder.h"
#include "cause/incident/loss.h"
#include "cause/incident/sign.h"
#include "compare/series.h"
#include "machine/companions.h"

struct incident {
	struct arena *arena;		       /* for texts; not owned */
	bool nomem;			       /* some text could not be made */
	const struct comparison *comparison;   /* NULL: a single snapshot */
	const struct snapshot *before, *after; /* before: NULL for a single one */
	const struct recovery *recovery;       /* of a single one; else NULL */
	const struct companions *companions;
	const struct holders *holders;
	struct losses losses;
	struct copies copies;	/* none for a single one */
	struct hivematch match; /* likewise */
	struct signs signs;
	const char *contradiction; /* pairfacts_contradiction(); NULL: none */
};

/*
 * True if a comparison has anything that a cause is to be found for: a change that is
 * not unresolved, or a pair in doubt.
 */
bool incident_is_due(const struct comparison *comparison);
/* True if nothing but unresolved changes would need a cause: none is weighed on them. */
bool incident_is_unresolved(const struct comparison *comparison);
/* The same of what was recovered from a single snapshot; recovery may be NULL. */
bool incident_is_due_alone(const struct recovery *recovery);

/*
 * Fills losses, copies, match and signs; the rest is the caller's, and borrowed.
 * Return: STATUS_OK, and incident_clear() is to follow; STATUS_NOMEM.
 */
MUST_CHECK enum status incident_find(struct incident *incident);
void incident_clear(struct incident *incident);

/*
 * Texts in the incident's arena, "" if one could not be made, which incident->nomem
 * tells: printed; in UTF-8; and a FILETIME cut to seconds, "2003-03-18 09:14:07 UTC".
 */
const char *incident_print(struct incident *incident, const char *format, ...)
	PRINTF_LIKE(2, 3);
const char *incident_vprint(struct incident *incident, const char *format,
			    va_list arguments) PRINTF_LIKE(2, 0);
const char *incident_utf8(struct incident *incident, struct text text);
const char *incident_time(struct incident *incident, uint64_t ft);

#endif
