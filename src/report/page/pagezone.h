/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Local time on the page: the function page:local() of the stylesheet. */
#ifndef REPORT_PAGE_PAGEZONE_H
#define REPORT_PAGE_PAGEZONE_H

#include <stdbool.h>

#include "base/status.h"
#include "base/timezone.h"

struct _xmlNode;
struct _xsltTransformContext;

/*
 * Reads the offsets of the report's time_zone below its root, borrowed; NULL is allowed.
 * A report may say anything: offsets that are none end the zone before them.
 * Return: STATUS_OK and *out filled (to be cleared), without spans if the report has no
 * local time; STATUS_NOMEM.
 */
MUST_CHECK enum status pagezone_read(const struct _xmlNode *report, struct timezone *out);

/*
 * Gives the stylesheet page:local(time): "2024-03-12 08:58:33 +01:00" of a time as the
 * report writes it, or an empty text.  The zone is borrowed until the transform ends.
 */
bool pagezone_give(struct _xsltTransformContext *transform, struct timezone *zone);

#endif
