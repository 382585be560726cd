/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the numbers of event records tell.  Windows numbers records one by one as it writes
 * them: numbers that are left out tell of records that are gone, and times that fall while
 * the numbers rise tell of a clock that was set back.
 */
#ifndef COMPANION_EVENTLOGNUMBERS_H
#define COMPANION_EVENTLOGNUMBERS_H

#include "companion/eventlogdata.h"

/* What the file says of the numbers in it. */
struct eventlognumbers {
	bool known;	 /* that is: */
	uint64_t oldest; /* number of the oldest record; 0: there is none */
	uint64_t next;	 /* and of the next one to be written; 0: not told */
	unsigned bits;	 /* of a number: they run round as unsigned ones of so many do */
};

/*
 * The events stand as the log has them; those left from earlier use are in no row with the
 * others.  Adds gaps (DIAG_EVENTLOG_GAP) and the clock (DIAG_EVENTLOG_CLOCK) to the log.
 * Where not all records can be read, nothing is known of gaps.
 */
void eventlognumbers_check(struct eventlog *log, const struct eventlognumbers *file);

/*
 * Puts the events in order of time, leaves out the remains of records that the log still
 * has, and sets the times of the first and the last.
 */
void eventlognumbers_order(struct eventlog *log);

/* False if some part of the log could not be read: what is not found may have been there. */
bool eventlognumbers_whole(const struct eventlog *log);

#endif
