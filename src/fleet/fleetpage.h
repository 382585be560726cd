/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index of many machines as a page for a browser. */
#ifndef FLEET_FLEETPAGE_H
#define FLEET_FLEETPAGE_H

#include "base/status.h"
#include "fleet/fleetdata.h"
#include "fleet/fleetevents.h"
#include "report/output.h"

/* Rows of one table that the page shows; it says if there are more. */
#define FLEETPAGE_MAX_ROWS 1000

/* What the page tells beside them. */
struct fleetpage_given {
	const char *const *troubles; /* sentences: what could not be looked at */
	size_t n_troubles;
	bool has_database; /* index.sqlite is written too */
};

/*
 * Writes it all.  The output stays the caller's, and output_commit() tells whether it took it.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status fleetpage_write(const struct fleetdata *data,
				       const struct fleetevents *events,
				       const struct fleetpage_given *given,
				       struct output *output);

/* What came of all, UTF-8, in one sentence without full stop; malloc'ed, or NULL. */
char *fleetpage_sentence(const struct fleetdata *data,
			 const struct fleetevents *events) MUST_CHECK;

#endif
