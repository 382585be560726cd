/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time zone that a SYSTEM hive tells: the rule that Windows had when it was saved. */
#ifndef MACHINE_MACHINETIMEZONE_H
#define MACHINE_MACHINETIMEZONE_H

#include "base/diag.h"
#include "base/status.h"
#include "base/timezone.h"
#include "regf/key.h"

/*
 * Reads Control\TimeZoneInformation, borrowed; NULL is allowed.  A rule that is none gets
 * DIAG_MACHINE_KEY.
 * Return: STATUS_OK and *out filled (to be cleared), without spans if the key does not
 * tell a rule whole; STATUS_NOMEM.
 */
MUST_CHECK enum status machinetimezone_read(const struct key *information,
					    struct diag_list *diags,
					    struct timezone *out);

#endif
