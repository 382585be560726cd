/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which loss each recovered profile is the remnant of. */
#ifndef COMPARE_REMNANT_H
#define COMPARE_REMNANT_H

#include "base/status.h"
#include "compare/finding.h"
#include "compare/snapshotpair.h"

/*
 * Fills `recovered` of all findings of the pair that are losses, so that no recovered
 * profile serves two of them.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status remnant_assign(const struct snapshot_pair *pair,
				      struct finding *findings, size_t n);

#endif
