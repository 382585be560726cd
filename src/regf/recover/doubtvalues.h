/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values whose record, list or data may be another key's. */
#ifndef REGF_RECOVER_DOUBTVALUES_H
#define REGF_RECOVER_DOUBTVALUES_H

#include "regf/recover/search.h"

/*
 * True if the bytes are no data of a value: those of a list with a mark, which a cell
 * that was used again leaves.
 */
bool doubtvalues_is_other(const struct search *search, struct span bytes);

/*
 * Lowers the certainty of values that nothing confirms, takes away data that an earlier
 * state contradicts, and values that the key had not.  Once all witnesses were asked.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status doubtvalues_all(struct search *search);

#endif
