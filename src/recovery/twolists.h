/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One profile that was lost in one list after it had left the other. */
#ifndef RECOVERY_TWOLISTS_H
#define RECOVERY_TWOLISTS_H

#include "recovery/recovery.h"

/*
 * Fills went_on of the recovered profiles, whose index must be sorted, and takes those
 * from the recovery's n_gone: they are no losses of their own.
 */
void twolists_find(struct recovery *recovery);

#endif
