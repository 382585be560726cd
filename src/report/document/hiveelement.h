/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The elements that tell what a hive file or a log is: hive and log. */
#ifndef REPORT_DOCUMENT_HIVEELEMENT_H
#define REPORT_DOCUMENT_HIVEELEMENT_H

#include "regf/log/replay.h"
#include "report/document/writer/xml.h"
#include "snapshot/snapshot.h"

/* The base block as the file has it; keys and values as they were read. */
void hiveelement_write(struct xml *xml, const struct snapshot *snapshot);

/* The same of a .reg export: what its text is, and of which root. */
void hiveelement_export(struct xml *xml, const struct snapshot *snapshot);

/* What a log is, and what became of it. */
void hiveelement_log(struct xml *xml, const struct replay_log *log);

#endif
