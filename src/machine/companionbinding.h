/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which companions are of the machine: others are shown, and nothing rests on them. */
#ifndef MACHINE_COMPANIONBINDING_H
#define MACHINE_COMPANIONBINDING_H

#include <stddef.h>

#include "base/status.h"
#include "companion/eventlog.h"
#include "companion/listing/listing.h"
#include "machine/machinesystem.h"

/* Borrowed. */
struct companionbinding {
	const struct machine_system *system; /* or NULL */
	struct listing *const *listings;
	size_t n_listings;
	struct eventlog *const *events;
	size_t n_events;
};

/*
 * Sets foreign of the listings and event logs that name other computers than the SYSTEM
 * hive does; without one, of all those that contradict each other.  Each gets
 * DIAG_MACHINES_DIFFER.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status companionbinding_decide(const struct companionbinding *given);

#endif
