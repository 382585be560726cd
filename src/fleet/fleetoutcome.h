/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of a unit of a sweep: a file of two lines, the names of its columns and their
 * texts, divided by tabs.
 */
#ifndef FLEET_FLEETOUTCOME_H
#define FLEET_FLEETOUTCOME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/failure.h"
#include "base/status.h"

/* UTF-8; what the file does not tell is NULL. */
struct fleetoutcome {
	const char *outcome; /* compared, incomplete, failed, timed_out ... */
	const char *status, *reason, *host, *started, *seconds, *identity, *wmsdiff;
};

/*
 * Reads the file that fd is open for into *out, whose texts are of the arena.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO or STATUS_MALFORMED (it is no such file) with
 * *failure set.
 */
MUST_CHECK enum status fleetoutcome_read(int fd, struct arena *arena,
					 struct fleetoutcome *out,
					 struct failure *failure);

/* True if the unit came to an end, with results: compared or incomplete. */
bool fleetoutcome_is_done(const struct fleetoutcome *outcome);

#endif
