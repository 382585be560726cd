/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much of a report the page keeps: elements, by name. */
#ifndef REPORT_PAGE_PAGELIMIT_H
#define REPORT_PAGE_PAGELIMIT_H

#include <stdbool.h>
#include <stddef.h>

/* Names that have a limit of their own, at most. */
#define PAGELIMIT_NAMES 64

/* What was kept so far; zeroed at first. */
struct pagelimit {
	size_t n_elements, n_others;
	size_t used[PAGELIMIT_NAMES][2];
};

/* True, and counted, while there is room for one more element of that name. */
bool pagelimit_take(struct pagelimit *kept, const char *name, bool in_change);

#endif
