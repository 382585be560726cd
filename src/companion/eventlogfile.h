/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an event log as a ring of records: where each begins, and
 * whether it belongs to the log or is left from earlier use.
 */
#ifndef COMPANION_EVENTLOGFILE_H
#define COMPANION_EVENTLOGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"

enum eventlogfile_flag { /* of the header */
			 EVENTLOGFILE_DIRTY = 1,
			 EVENTLOGFILE_WRAPPED = 2,
};

struct eventlogfile_record {
	uint32_t offset; /* in the file */
	uint32_t len;	 /* bytes, EVENTLOGRECORD_MOST at most */
	bool live;	 /* inside the ring */
};

struct eventlogfile {
	struct span ring; /* the bytes, to be read by eventlogfile_copy(); borrowed */
	uint32_t flags;	  /* of the header */
	bool wraps;	  /* the ring goes over the end of the file */
	bool shifted;	  /* the oldest record is not the first that the log had */
	bool has_end;	  /* there is an end record, which tells these numbers: */
	uint32_t oldest,
		next; /* of the oldest record, and of the next one to be written */
	struct eventlogfile_record *items; /* as they stand, from the oldest on */
	size_t n, cap;
};

/* Records of one log: 2 GB of common ones of 200 bytes, or 600 MB of the shortest. */
#define EVENTLOGFILE_MAX_RECORDS 10000000

/* True if the bytes begin as an event log of version 1.1 does; else DIAG_WRONG_KIND. */
bool eventlogfile_is_log(struct span bytes, struct diag_list *diags);

/*
 * Finds all records of bytes that eventlogfile_is_log().  Where the ring holds
 * none that can be read, or the end record is missing: DIAG_EVENTLOG_RECORD.
 * Past EVENTLOGFILE_MAX_RECORDS: DIAG_COUNT_LIMIT, and the rest is left out.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status eventlogfile_read(struct span bytes, struct diag_list *diags,
					 struct eventlogfile **out);
void eventlogfile_free(struct eventlogfile *file);
void eventlogfile_freep(struct eventlogfile **file);

/*
 * Copies len bytes of the ring from off on, going on behind the header where the
 * file ends.  Return: false if there are not so many.
 */
bool eventlogfile_copy(struct span bytes, size_t off, void *out, size_t len);

#endif
