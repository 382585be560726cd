/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key or value of the report, held against the record that its byte runs lead to.
 * Format of the records: regf specification, "Key node", "Key value".
 */
#ifndef VERIFY_VERIFYCELLCHECK_H
#define VERIFY_VERIFYCELLCHECK_H

#include "verify/verifycell.h"
#include "verify/verifyplace.h"

/* Holds all that is told of it against the bytes.  Return: as verifyplace_bytes(). */
MUST_CHECK enum status verifycellcheck_all(struct verifyplace_report *report,
					   const struct verifycell *cell);

#endif
