/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparison elements, and in them the changes. */
#ifndef REPORT_DOCUMENT_CHANGES_H
#define REPORT_DOCUMENT_CHANGES_H

#include "report/document/writer/parts.h"

/* The comparison element with all its changes, which are numbered on. */
void changes_write(struct parts *parts, const struct comparison *comparison);

#endif
