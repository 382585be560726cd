/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events: losses of several machines that may have one origin.  Everything here is concluded,
 * by one rule:
 *
 * A loss counts whose time is known to within FLEETEVENTS_WINDOW: its moment, or both bounds.
 * Losses belong together that share a cause, possible or better, or a program that held
 * Mapi32.dll, and that follow each other within FLEETEVENTS_GAP, FLEETEVENTS_SPAN at most in
 * all.  It is an event if they are of two machines at least.  A loss is in one event, the one
 * of more machines.
 *
 * Two units whose SYSTEM hives have one computer name, or that show the loss in the same
 * bytes, count as one machine: it may have been given twice.
 */
#ifndef FLEET_FLEETEVENTS_H
#define FLEET_FLEETEVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "fleet/fleetdata.h"

/* In ticks of FILETIME. */
#define FLEETEVENTS_MINUTE UINT64_C(600000000)
/* A script or an update reaches machines one after the other. */
#define FLEETEVENTS_WINDOW (10 * FLEETEVENTS_MINUTE)
#define FLEETEVENTS_GAP (5 * FLEETEVENTS_MINUTE)
#define FLEETEVENTS_SPAN (60 * FLEETEVENTS_MINUTE)

struct fleetevent {
	uint64_t from_ft, to_ft; /* all its losses happened between these */
	size_t n_machines;
	uint32_t *losses; /* numbers in the list of losses, by time */
	size_t n_losses;
	uint32_t cause;	    /* that all share, enum cause; or FLEETDATA_NONE */
	size_t n_supported; /* losses for which that is supported, not only possible */
	uint32_t processes[FLEETDATA_MAX_PROCESSES]; /* that all share, by number */
	size_t n_processes;
	uint8_t certainty; /* the lowest of its losses */
};

struct fleetevents {
	struct fleetevent *items;
	size_t n, cap;	 /* by time */
	bool incomplete; /* there were too many losses to look at all */
};

/* Finds them.  Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status fleetevents_find(const struct fleetdata *data,
					struct fleetevents **out);
/* NULL is allowed. */
void fleetevents_free(struct fleetevents *events);
void fleetevents_freep(struct fleetevents **events);

#endif
