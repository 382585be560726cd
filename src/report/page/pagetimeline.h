/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the page's timeline shows, laid out: added to the tree of a report as
 * an element `timeline`, from which the stylesheet draws.
 */
#ifndef REPORT_PAGE_PAGETIMELINE_H
#define REPORT_PAGE_PAGETIMELINE_H

#include "base/status.h"

struct _xmlDoc;

/*
 * Adds the timeline; nothing if the report tells no time.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status pagetimeline_add(struct _xmlDoc *tree);

#endif
