/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was compared: the hives, at the head of the summary. */
#ifndef REPORT_SUMMARY_HIVEHEADER_H
#define REPORT_SUMMARY_HIVEHEADER_H

#include "report/summary/summarystate.h"

/* A line or two for each hive; whose it is and how it was read, once if that is the same. */
void hiveheader_brief(struct summary *summary);
/* Each hive with all of that, and the files that were read beside them. */
void hiveheader_write(struct summary *summary);

#endif
