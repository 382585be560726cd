/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all parts of the report share while they write it. */
#ifndef REPORT_DOCUMENT_WRITER_PARTS_H
#define REPORT_DOCUMENT_WRITER_PARTS_H

#include <stddef.h>

#include "compare/series.h"
#include "report/document/writer/reportoptions.h"
#include "report/document/writer/xml.h"

struct parts {
	struct xml *xml; /* the open document */
	/* What is written now: a series with its options, or what belongs to all. */
	const struct series *series;
	const struct report_options *options; /* with its inputs */
	/* All of them. */
	const struct report_subject *subjects;
	size_t n_subjects;
	/* Numbered before this series: they are counted over all of them. */
	size_t first_snapshot, first_comparison, first_change;
	size_t n_changes;	   /* of this series, numbered so far */
	size_t n_items, n_written; /* profiles and changes: all, and so far */
};

/* An attribute with the id of a snapshot of the series, by its index: "s1"... */
void parts_snapshot_id(struct parts *parts, const char *attribute, size_t index);
/* Likewise of a comparison, by the index of its earlier snapshot: "d1"... */
void parts_comparison_id(struct parts *parts, const char *attribute, size_t index);

/* One more profile or change is written: whoever listens is told. */
void parts_step(struct parts *parts);

#endif
