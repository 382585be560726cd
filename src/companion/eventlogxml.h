/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Event logs of Windows Vista and later (.evtx). */
#ifndef COMPANION_EVENTLOGXML_H
#define COMPANION_EVENTLOGXML_H

#include <stdbool.h>

#include "base/status.h"
#include "companion/eventlogdata.h"

/* True if the bytes begin as such a log. */
bool eventlogxml_is(struct span bytes);

/*
 * Reads the log's evidence as .evtx: its events, as they stand, with all that is known of
 * them, and the flags.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status eventlogxml_add(struct eventlog *log);

#endif
