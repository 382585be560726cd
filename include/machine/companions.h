/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The evidence beside the hives: what else was saved of the same machine.
 * Each piece may be missing; what only it can tell stays unknown then.
 */
#ifndef MACHINE_COMPANIONS_H
#define MACHINE_COMPANIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "companion/eventlog.h"
#include "companion/listing/listing.h"
#include "companion/mapi32.h"
#include "machine/machinesoftware.h"
#include "machine/machinesystem.h"
#include "mapi/servicename.h"
#include "regf/evidence.h"
#include "snapshot/snapshot.h"

/* Listings of one run: one of each command for a few moments. */
#define COMPANIONS_MAX_LISTINGS 16
/* Event logs of one run: Application and System, and older copies. */
#define COMPANIONS_MAX_EVENTS 8

/* Where they are; NULL or 0 if not given. */
struct companions_source {
	/* Of all but hives and patterns; NULL: the system. */
	const struct evidence_opener *opener;
	const char *mapi32; /* a path, or a version */
	const char *listings[COMPANIONS_MAX_LISTINGS];
	size_t n_listings;
	const char *events[COMPANIONS_MAX_EVENTS];
	size_t n_events;
	const char *patterns;
	struct snapshot_source system, software; /* path NULL if not given */
};

/* It owns all of it. */
struct companions {
	struct mapi32 *mapi32;
	struct listing *listings[COMPANIONS_MAX_LISTINGS];
	size_t n_listings;
	struct machine_system *system;
	struct machine_software *software;
	struct eventlog *events[COMPANIONS_MAX_EVENTS];
	size_t n_events;
	struct evidence *patterns; /* the user's file, or NULL */
	struct servicenames names; /* always filled */
};

/*
 * Reads what is given; the paths are copied.
 * Return: STATUS_OK and *out given, also where a file is not what it should be
 * (its diagnostics tell); else as the reader of the file that cannot be read
 * at all, with *failure set.
 */
MUST_CHECK enum status companions_read(const struct companions_source *source,
				       struct companions **out, struct failure *failure);
/* Takes them with all files; NULL is allowed. */
void companions_free(struct companions *companions);
void companions_freep(struct companions **companions);

/* A file of theirs, borrowed, in the order in which the report lists them. */
struct companion {
	enum companion_role {
		COMPANION_MAPI32,
		COMPANION_MODULES,
		COMPANION_SYSTEM,
		COMPANION_SOFTWARE,
		COMPANION_EVENTS,
		COMPANION_PATTERNS,
	} role;
	const struct evidence *evidence;
	const struct snapshot *snapshot; /* of a hive; its logs are not listed here */
	const struct diag_list *diags;	 /* NULL for patterns */
	size_t index;			 /* among those of its role */
};

#define COMPANIONS_MAX (COMPANIONS_MAX_LISTINGS + COMPANIONS_MAX_EVENTS + 4)

/* Fills *out with all files, in that order.  Return: their number. */
size_t companions_list(const struct companions *companions,
		       struct companion out[COMPANIONS_MAX]);

/* Several threads may read them from now on; nothing is added to their diagnostics. */
void companions_share(const struct companions *companions);

/* Bytes of all files, logs of their hives included. */
uint64_t companions_bytes(const struct companions *companions);

/*
 * True if event logs were given, but the losses lie in what none of them covers: the
 * first was over by first_latest_ft, before the oldest event of a log that was full, or
 * the last began at last_earliest_ft, after the newest event of one that was full or
 * copied open.  FILETIME; 0 is a time that is not known, and is covered.
 */
bool companions_logs_miss(const struct companions *companions, uint64_t first_latest_ft,
			  uint64_t last_earliest_ft);

/* False if one of them could not be read whole, or is not what it should be. */
bool companions_are_complete(const struct companions *companions);

/* "mapi32", "modules" and so on: the role of the input in the report. */
const char *companions_role_word(enum companion_role role);

#endif
