/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all parts of the report share while they write it. */
#ifndef REPORT_DOCUMENT_PARTS_H
#define REPORT_DOCUMENT_PARTS_H

#include <stddef.h>

#include "compare/series.h"
#include "report/document/reportoptions.h"
#include "report/document/xml.h"

struct parts {
	struct xml *xml; /* the open document */
	const struct series *series;
	const struct report_options *options; /* with its inputs */
	size_t n_changes;		      /* numbered so far, over all comparisons */
	size_t n_items, n_written;	      /* profiles and changes: all, and so far */
};

/* One more profile or change is written: whoever listens is told. */
void parts_step(struct parts *parts);

#endif
