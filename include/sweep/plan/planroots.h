/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A plan from two folders that each hold a folder or an archive for each machine: what is
 * of one machine in both is a unit.
 */
#ifndef SWEEP_PLAN_PLANROOTS_H
#define SWEEP_PLAN_PLANROOTS_H

#include "sweep/plan/plan.h"

/*
 * Entries are of one machine if unitname_machine() makes the same of their names, case
 * apart; what stands in one root only, and names that several entries of one root have,
 * are told by the voice and noted in the plan.  A file is an entry if its bytes are those
 * of an archive; other files are told, those that begin with a dot are left out.
 * The paths of the units begin with before and after as they are given.
 * Return: STATUS_OK and *out filled, to be cleared by plan_clear(), *unmatched how many
 * entries are in no unit; STATUS_NOMEM; STATUS_IO with *failure set; STATUS_LIMIT.
 */
MUST_CHECK enum status planroots_read(const char *before, const char *after,
				      struct voice *voice, struct plan *out,
				      size_t *unmatched, struct failure *failure);

#endif
