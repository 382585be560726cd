/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deleted profiles in the other states of a hive that its logs still hold. */
#ifndef RECOVERY_LOGSTATES_H
#define RECOVERY_LOGSTATES_H

#include "base/status.h"
#include "recovery/recovery.h"
#include "regf/recover/source.h"
#include "snapshot/snapshot.h"

/*
 * Searches what the snapshot's logs hold of other states; source is that of the
 * hive itself, which is the recovery's first part already.  States past the
 * limit of work get a diagnostic.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status logstates_search(struct recovery *recovery,
					const struct snapshot *snapshot,
					const struct recovered_source *source);

#endif
