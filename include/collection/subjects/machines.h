/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether an operand holds what was saved of one machine.  Accounts such as LocalSystem have
 * the same id on every machine, and a domain's user has one hive on each: hives of two
 * machines are no states of one hive.
 */
#ifndef COLLECTION_SUBJECTS_MACHINES_H
#define COLLECTION_SUBJECTS_MACHINES_H

#include "base/failure.h"
#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/whose.h"
#include "regf/evidence.h"

/*
 * Looks whether the hives in use of one operand are of several machines: by the names in
 * SYSTEM hives, the accounts in SOFTWARE hives, and the names of collections.  Hives of
 * restore points and shadow copies are of the same machine.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED if they are, with *failure set.
 */
MUST_CHECK enum status machines_check(const struct finds *finds,
				      const struct whose *whose,
				      const struct evidence_opener *opener,
				      struct failure *failure);

#endif
