/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the summary names files. */
#ifndef REPORT_SUMMARY_PATHNAME_H
#define REPORT_SUMMARY_PATHNAME_H

#include "report/summary/summarystate.h"

/*
 * Puts a file that was read or written: spelled out, its whole path; in brief an end of
 * it that leaves `taken` columns of the line to others, if that end tells it apart from
 * all files that were read.
 */
void pathname_put(struct summary *summary, const char *path, size_t taken);
/* The folder of a file that was written, likewise. */
void pathname_put_folder(struct summary *summary, const char *path, size_t taken);

#endif
