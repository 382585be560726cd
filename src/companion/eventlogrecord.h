/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One record of an event log (EVENTLOGRECORD): a fixed part, the names of
 * source and computer, a SID, strings, data, and its length again.
 */
#ifndef COMPANION_EVENTLOGRECORD_H
#define COMPANION_EVENTLOGRECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/text.h"

/* Bytes of the fixed part; and of the least record, with two empty names. */
#define EVENTLOGRECORD_FIXED 0x38u
#define EVENTLOGRECORD_LEAST (EVENTLOGRECORD_FIXED + 2 + 2 + 4)
/*
 * ReportEvent() takes 61440 bytes of strings and data at most (its
 * documentation says so for Windows before Vista); this leaves room.
 */
#define EVENTLOGRECORD_MOST 0x40000u

struct eventlogrecord {
	uint32_t number;
	uint32_t time; /* when it was generated, seconds since 1970 */
	uint32_t id;
	uint16_t type, category;
	struct text source, computer; /* borrowed from the record */
	bool names_end;		      /* both end in a NUL as they should */
	uint16_t n_strings;	      /* that it says it has; 0 if they are lost */
	bool strings_lost;	      /* none can be where it says they begin */
	struct span strings;	      /* their bytes; with n_strings 0, none counts */
};

/*
 * Reads a record of EVENTLOGRECORD_LEAST bytes at least.
 * Return: false if it is shorter.
 */
bool eventlogrecord_read(struct span record, struct eventlogrecord *out);

/*
 * Takes the next string from *strings: up to its NUL, or to the end if there is
 * none; *ended (may be NULL) says which.  Return: false if nothing is left.
 */
bool eventlogrecord_string(struct span *strings, struct text *out, bool *ended);

#endif
