/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as the report writes them, where the page has to reckon with them. */
#ifndef REPORT_PAGE_PAGETIME_H
#define REPORT_PAGE_PAGETIME_H

#include <stdbool.h>
#include <stddef.h>

/* Characters that tell a time to the second: "2003-03-18T09:14:07". */
#define PAGETIME_TO_SECOND 19

/* True for "2003-03-18T09:14:07." and what follows; NULL is none. */
bool pagetime_is(const char *text);

/*
 * How much later than the one the other is, to the two largest units: "8 days
 * 12 h later".  Both must be times.
 */
void pagetime_distance(const char *from, const char *to, char *out, size_t size);

#endif
