/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results that an engine brings back from another machine, file by file: a seal of each unit
 * says how much it has, so that a copy that was cut off is not taken for the whole.
 */
#ifndef SWEEP_PARCEL_H
#define SWEEP_PARCEL_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"

/*
 * Writes the seal of a unit into folder, which has the form of a sweep's.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status parcel_seal(const char *folder, const char *unit,
				   struct failure *failure);

/*
 * *whole becomes true if all that was sealed is there.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status parcel_is_whole(const char *folder, const char *unit, bool *whole);

#endif
