/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The recovered element: what was recovered from unreferenced bytes of a snapshot;
 * and what a change tells of that.
 */
#ifndef REPORT_DOCUMENT_RECOVERIES_H
#define REPORT_DOCUMENT_RECOVERIES_H

#include <stddef.h>

#include "compare/recoveredshare.h"
#include "report/document/writer/parts.h"

/*
 * The recovered element of a snapshot from which was recovered: profiles, up to n_whole
 * of them spelled out, then keys and values apart from them.
 */
void recoveries_write(struct parts *parts, const struct snapshot *snapshot,
		      size_t n_whole);

/* The recovered_share element of a change: how much of a lost profile the later hive still holds. */
void recoveries_share(struct parts *parts, const struct recovered_share *share);

#endif
