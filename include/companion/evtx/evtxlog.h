/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An event log of Windows Vista and later (.evtx): its events, and what the file tells. */
#ifndef COMPANION_EVTX_EVTXLOG_H
#define COMPANION_EVTX_EVTXLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"
#include "companion/evtx/evtxrecord.h"

struct evtxlog {
	bool dirty;		    /* it was not closed, as its header says */
	uint64_t next;		    /* number of the next event; 0: not told */
	struct evtxrecord *records; /* from the oldest chunk on, in the caller's arena */
	size_t n;
};

/*
 * What the events of one chunk may become with all their values, for each byte of it: most
 * are some 5 times as long, and what is made for no other purpose than to be so long is
 * left out.
 */
#define EVTXLOG_MAX_GROWTH 64u

/*
 * Runs of records that stand alone in a chunk that is damaged: past it the chunk is torn
 * all over, and the rest of it is left out.
 */
#define EVTXLOG_MAX_RUNS 64

/*
 * Reads the events.  What is no such log becomes DIAG_WRONG_KIND; what is damaged,
 * DIAG_EVENTLOG_RECORD; a program that was built without libevtx reads none, and says so
 * with DIAG_EVENTLOG_UNREAD.  All text is in the arena.
 * Return: STATUS_OK and *out filled; STATUS_NOMEM.
 */
MUST_CHECK enum status evtxlog_read(struct span bytes, struct diag_list *diags,
				    struct arena *arena, struct evtxlog *out);

#endif
