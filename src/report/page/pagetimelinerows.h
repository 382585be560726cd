/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of the page's timeline: where each stands, and what it says. */
#ifndef REPORT_PAGE_PAGETIMELINEROWS_H
#define REPORT_PAGE_PAGETIMELINEROWS_H

#include "report/page/pagemark.h"

struct _xmlNode;

/*
 * Adds what was gathered, which is in the order of time, to the root of the tree: an
 * element `timeline` with rows, items and bars, which pagetimeline.xsl draws.  Lack of
 * memory is told in chart->status.
 */
void pagetimelinerows_put(struct chart *chart, struct _xmlNode *root);

#endif
