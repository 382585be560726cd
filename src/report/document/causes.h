/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The diagnosis elements, and the restore elements of changes and recovered profiles. */
#ifndef REPORT_DOCUMENT_CAUSES_H
#define REPORT_DOCUMENT_CAUSES_H

#include "report/document/writer/parts.h"

/* The diagnosis elements of the series. */
void causes_write(struct parts *parts);

/* The restore element of a change or a recovered profile (the other is NULL), if any. */
void causes_restore(struct parts *parts, const struct finding *finding,
		    const struct recovered_profile *recovered);

#endif
