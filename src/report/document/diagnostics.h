/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The diagnostic elements: what was observed about the evidence itself. */
#ifndef REPORT_DOCUMENT_DIAGNOSTICS_H
#define REPORT_DOCUMENT_DIAGNOSTICS_H

#include <stddef.h>

#include "report/document/writer/parts.h"

/* Those of a snapshot, a machine's too, with input and offset. */
void diagnostics_snapshot(struct parts *parts, const struct snapshot *snapshot);

/* Those of a comparison of the series. */
void diagnostics_comparison(struct parts *parts, const struct comparison *comparison);

/* Those of all that was given beside the hives. */
void diagnostics_beside(struct parts *parts);

/* What is about no input of the report: each names its file itself. */
void diagnostics_list(struct parts *parts, const struct diag_list *diags);

#endif
