/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The snapshot elements: lists of profiles, and what was recovered. */
#ifndef REPORT_DOCUMENT_SNAPSHOTS_H
#define REPORT_DOCUMENT_SNAPSHOTS_H

#include <stddef.h>

#include "report/document/writer/parts.h"

/*
 * Recovered profiles that are spelled out when there is nothing else to tell:
 * more of them are no answer but an archive, which --full gives.
 */
#define SNAPSHOTS_MAX_WHOLE 100

/* The snapshot element of one of the series, by its index; its id is "s1"... */
void snapshots_write(struct parts *parts, size_t index);

#endif
