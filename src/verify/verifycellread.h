/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key or value as it is put together from its elements. */
#ifndef VERIFY_VERIFYCELLREAD_H
#define VERIFY_VERIFYCELLREAD_H

#include "verify/verifycell.h"
#include "verify/verifyelement.h"
#include "verify/verifyplace.h"

/* An element below the cell begins.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT. */
MUST_CHECK enum status verifycellread_begin(struct verifycell *cell,
					    const struct verifyplace_report *report,
					    enum verifyelement element,
					    struct verifytext_element attributes);

/*
 * It ends, with its text and, of a name that XML cannot hold, its units (NULL: none).
 * The bytes at text may be changed.
 * Return: likewise; STATUS_MALFORMED: no such text stands in a report.
 */
MUST_CHECK enum status verifycellread_end(struct verifycell *cell,
					  enum verifyelement element, uint8_t *text,
					  size_t len, const struct span *utf16);

#endif
