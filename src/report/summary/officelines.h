/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the summary about what Office keeps beside the lists of profiles. */
#ifndef REPORT_SUMMARY_OFFICELINES_H
#define REPORT_SUMMARY_OFFICELINES_H

#include "report/summary/screen.h"
#include "snapshot/snapshot.h"

/* What a snapshot's hive has of each version of Office; nothing where that is nothing. */
void officelines_write(struct screen *screen, const struct snapshot *snapshot);

#endif
