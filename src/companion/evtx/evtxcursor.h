/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A place in the binary XML of a chunk, from which numbers and names are taken; what cannot
 * be is refused with a reason, of which the first is kept.
 */
#ifndef COMPANION_EVTX_EVTXCURSOR_H
#define COMPANION_EVTX_EVTXCURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/text.h"

/* Units of a name; XML of Windows has some 30. */
#define EVTXCURSOR_MAX_NAME 1024
/* What markup around a name or value is taken to cost. */
#define EVTXCURSOR_TOKEN 8u

struct evtxcursor {
	size_t at, end; /* in the chunk */
};

struct evtxcursor_reading {
	struct span chunk;
	size_t first;	     /* nothing is pointed at before it */
	uint32_t cost, most; /* what was read becomes, and may become, bytes */
	const char *fault;   /* static; NULL: none yet */
	size_t fault_off;
};

/* Keeps the reason, unless there is one.  Return: false. */
bool evtxcursor_refuse(struct evtxcursor_reading *reading, size_t at, const char *why);

/* Return: false, and a reason is kept, if there is no room for so much more. */
bool evtxcursor_pay(struct evtxcursor_reading *reading, size_t at, uint32_t cost);

/* Takes a number of 1, 2 or 4 bytes.  Return: false, with a reason, if it is cut short. */
bool evtxcursor_take(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     size_t bytes, uint32_t *out);
bool evtxcursor_skip(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     size_t bytes);

/*
 * Takes the offset of a name, and the name itself if it stands behind it; it may stand
 * before, but nowhere else.  The name, borrowed from the chunk, is paid for.
 */
bool evtxcursor_name(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     struct text *out);

#endif
