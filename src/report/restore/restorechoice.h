/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which profiles are brought back, and from which of their states. */
#ifndef REPORT_RESTORE_RESTORECHOICE_H
#define REPORT_RESTORE_RESTORECHOICE_H

#include "base/status.h"
#include "compare/series.h"
#include "recovery/living.h"
#include "report/restore/rebuilt.h"

/* What a chosen profile is rebuilt from; under the name that it had. */
struct rebuilt restorechoice_rebuilt(const struct series *series,
				     const struct restore_options *options,
				     struct restored *restored);

/*
 * Lists what can be brought back, each profile once: of several states the one
 * to take, the others left out with RESTORE_OTHER_STATE.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status restorechoice_find(const struct series *series,
					  const struct restore_options *options,
					  struct restores *out);

/* Whether its place is free, or it stands there itself: sets restored->in_place. */
MUST_CHECK enum restore_reason restorechoice_place(const struct rebuilt *rebuilt);

/*
 * Whether the last hive has the profile itself under another name or in another list:
 * a recovered one by its instance key, or by a section that was named at random; that of
 * a change by what became of it in the hives that follow.
 * living: of the last hive, borrowed.
 */
bool restorechoice_is_elsewhere(const struct series *series, const struct living *living,
				const struct rebuilt *rebuilt);

#endif
