/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records that were deleted, found in the bytes that nothing uses. */
#ifndef REGF_RECOVER_CARVE_H
#define REGF_RECOVER_CARVE_H

#include "regf/recover/search.h"

/*
 * Looks through all regions: fills search->keys and search->values.  Where there
 * are more records than SEARCH_MAX_RECORDS the rest is left out, with a diagnostic.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status carve_records(struct search *search);

#endif
