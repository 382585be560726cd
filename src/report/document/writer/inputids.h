/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the parts of the report refer to inputs: attributes whose value is the id of an
 * input element, "i1", and the places in them.
 */
#ifndef REPORT_DOCUMENT_WRITER_INPUTIDS_H
#define REPORT_DOCUMENT_WRITER_INPUTIDS_H

#include <stddef.h>
#include <stdint.h>

#include "report/document/writer/parts.h"

/* An attribute that holds the id of a file that was read. */
void inputids_put(struct parts *parts, const char *attribute,
		  const struct evidence *file);

/*
 * The number of an input from 1: the hive file of a snapshot, or one of its
 * logs (SIZE_MAX: the hive).
 */
size_t inputids_number(const struct parts *parts, const struct snapshot *snapshot,
		       size_t log);

/* Attributes input and offset: where a byte of the snapshot's image can be looked at. */
void inputids_place(struct parts *parts, const struct snapshot *snapshot,
		    uint32_t offset);

/*
 * Writes attributes input and offset: where the last write of the key stands whose record
 * the snapshot has there.  Nothing of a key without one, and of a .reg export.
 */
void inputids_time(struct parts *parts, const struct snapshot *snapshot,
		   uint32_t record_off);
/* The same of a record that stands in a log. */
void inputids_log_time(struct parts *parts, const struct evidence *log,
		       uint32_t record_off);

#endif
