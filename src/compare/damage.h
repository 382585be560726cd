/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a profile that is still there is damaged, or only changed. */
#ifndef COMPARE_DAMAGE_H
#define COMPARE_DAMAGE_H

#include "base/status.h"
#include "compare/finding.h"
#include "snapshot/snapshot.h"

/*
 * Makes the finding FINDING_DAMAGED, with a reason for each kind of loss, if the
 * later state of a profile lacks what it names itself and what the earlier one had;
 * else leaves it as it is.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status damage_find(const struct snapshot_profile *earlier,
				   const struct snapshot_profile *later,
				   struct finding *finding);

#endif
