/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Byte runs put together: the record at their front, and the data behind it. */
#ifndef VERIFY_VERIFYRECORD_H
#define VERIFY_VERIFYRECORD_H

#include "verify/verifycell.h"
#include "verify/verifyplace.h"

/* The largest record: 76 bytes and a name of 64 KB. */
#define VERIFYRECORD_MOST (76 + 65535)

/* Fixed parts, in front of the name. */
#define VERIFYRECORD_KEY 76
#define VERIFYRECORD_VALUE 20

struct verifyrecord {
	uint8_t *bytes; /* malloc'ed: what the runs at the front hold */
	size_t len;
	size_t n_runs; /* that belong to it; 0: none are as long as it has to be */
};

/*
 * The record of a cell: as many runs as a record with its name takes.  To be freed in any
 * case.
 * Return: STATUS_OK; STATUS_ABSENT: no runs, or bytes that are not to be had; STATUS_NOMEM;
 * STATUS_IO.
 */
MUST_CHECK enum status verifyrecord_read(struct verifyplace_report *report,
					 const struct verifycell *cell,
					 struct verifyrecord *out);

/* True if the name in the record may have this encoding: its flags say so, or are lost. */
bool verifyrecord_may_be(const struct verifyplace_report *report,
			 const struct verifycell *cell, const struct verifyrecord *record,
			 enum text_encoding encoding);

/* Counts the run's place and hash.  Return: as verifyplace_bytes(). */
MUST_CHECK enum status verifyrecord_run(struct verifyplace_report *report,
					const struct verifycell_run *run);

#endif
