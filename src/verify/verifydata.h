/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data of a value, held against the bytes of its runs. */
#ifndef VERIFY_VERIFYDATA_H
#define VERIFY_VERIFYDATA_H

#include "verify/verifyrecord.h"

struct verifydata_answer {
	const char *wrong;   /* what does not hold, static; NULL: all holds */
	uint64_t n_inferred; /* bytes that other evidence tells */
};

/*
 * Compares the data that the report has with the record (inline), or with the runs behind
 * it.  Bytes that are unknown or inferred are passed over.
 * Return: STATUS_OK; STATUS_ABSENT: bytes of them are not to be had; STATUS_NOMEM;
 * STATUS_IO.
 */
MUST_CHECK enum status verifydata_compare(struct verifyplace_report *report,
					  const struct verifycell *cell,
					  const struct verifyrecord *record,
					  struct verifydata_answer *out);

#endif
