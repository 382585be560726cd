/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The element time_zone: which local time is shown beside UTC, and who tells it. */
#ifndef REPORT_DOCUMENT_ZONEELEMENT_H
#define REPORT_DOCUMENT_ZONEELEMENT_H

#include "report/document/writer/parts.h"

/* Writes it with all its offsets; nothing if no local time was asked for. */
void zoneelement_write(struct parts *parts);

#endif
