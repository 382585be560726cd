/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was redacted in a report, counted by kind. */
#ifndef REPORT_DOCUMENT_REDACTION_H
#define REPORT_DOCUMENT_REDACTION_H

#include "report/document/xml.h"

/* The element that says so; nothing where redact is NULL.  What follows is not counted. */
void redaction_write(struct xml *xml, const struct redact *redact);

#endif
