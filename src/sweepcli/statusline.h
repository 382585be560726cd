/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a sweep is, for a person: a line that is drawn anew, and the whole at an end. */
#ifndef SWEEPCLI_STATUSLINE_H
#define SWEEPCLI_STATUSLINE_H

#include <stddef.h>
#include <stdio.h>

#include "sweep/plan/plan.h"
#include "sweep/tally.h"

/* Room for a line with numbers of units as large as a plan can have. */
#define STATUSLINE_SIZE 160

/*
 * "12 of 40 done, 1 failed, 95 a minute, 18 s to go": the rate of what was done since
 * `before` units were, in so many seconds; the time only once there is a rate.
 */
void statusline_text(const struct tally *tally, size_t before, double seconds,
		     char out[STATUSLINE_SIZE]);

/* Writes the numbers, and a line of each unit that failed, of the most a screen takes. */
void statusline_print(FILE *out, const char *folder, const struct plan *plan,
		      const struct tally *tally);

#endif
