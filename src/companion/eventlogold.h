/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Event logs of Windows NT to 2003 (.evt). */
#ifndef COMPANION_EVENTLOGOLD_H
#define COMPANION_EVENTLOGOLD_H

#include "base/status.h"
#include "companion/eventlogdata.h"

/*
 * Reads the log's evidence as .evt: its events, as they stand, with all that is known of
 * them, and the flags.  What is none becomes DIAG_WRONG_KIND.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status eventlogold_add(struct eventlog *log);

#endif
