/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the records of an event log stand, read by span, and a clean copy of
 * them for libevt.  The library trusts its file in places: a ring without an
 * end record it follows for ever, and for a record that it refuses it reads
 * all that looks like one behind it.  So it is given a log that is closed, and
 * in which one sound record follows the other.
 */
#ifndef COMPANION_EVENTLOGFILE_H
#define COMPANION_EVENTLOGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"
#include "regf/memfile.h"

enum eventlogfile_flag { /* of the header */
			 EVENTLOGFILE_DIRTY = 1,
			 EVENTLOGFILE_WRAPPED = 2,
};

struct eventlogfile_record {
	uint32_t offset;    /* in the evidence */
	uint32_t copied;    /* in the copy */
	uint16_t n_strings; /* that it says it has */
	bool live;	    /* inside the ring */
};

struct eventlogfile {
	uint32_t flags; /* of the header */
	bool wraps;	/* the ring goes over the end of the file */
	bool shifted;	/* the oldest record is not the first that the log had */
	/* as they stand in the ring from the oldest on, so by `copied` too */
	struct eventlogfile_record *items;
	size_t n, cap;
	struct memfile copy;
};

/* True if the bytes begin as an event log of version 1.1 does; else DIAG_WRONG_KIND. */
bool eventlogfile_is_log(struct span bytes, struct diag_list *diags);

/*
 * Finds all records of bytes that eventlogfile_is_log().  Where the ring holds
 * none that can be read, or the end record is missing: DIAG_EVENTLOG_RECORD.
 * Past EVENTLOG_MAX_EVENTS: DIAG_COUNT_LIMIT, and the rest is left out.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status eventlogfile_read(struct span bytes, struct diag_list *diags,
					 struct eventlogfile **out);
void eventlogfile_free(struct eventlogfile *file);
void eventlogfile_freep(struct eventlogfile **file);

/* The record that begins there in the copy; NULL if none does. */
const struct eventlogfile_record *eventlogfile_at(const struct eventlogfile *file,
						  uint64_t copied);

#endif
