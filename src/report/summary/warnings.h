/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Warnings and errors about the evidence, at the foot of the summary. */
#ifndef REPORT_SUMMARY_WARNINGS_H
#define REPORT_SUMMARY_WARNINGS_H

#include "report/summary/summarystate.h"

/* Those about everything that was read, at most so many of each input. */
void warnings_write(struct summary *summary, size_t most);

#endif
