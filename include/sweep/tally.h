/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a sweep is: its plan held against the outcomes that stand in its folder. */
#ifndef SWEEP_TALLY_H
#define SWEEP_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/hashtable.h"
#include "base/status.h"
#include "sweep/outcome.h"
#include "sweep/plan/plan.h"

/* Of a unit that has no outcome. */
#define TALLY_LEFT UINT8_MAX

struct tally {
	size_t n;	/* units */
	uint8_t *kinds; /* of each, enum outcome_kind or TALLY_LEFT */
	size_t counts[OUTCOME_N];
	size_t settled; /* units that have an outcome */
	size_t lost;	/* in whose hives something is gone: status 1 */
	uint64_t ms;	/* that their programs took */
	struct hashtable names;
};

/*
 * Makes one for the units of a plan, of which none has an outcome yet.
 * Return: STATUS_OK, to be cleared by tally_clear(); STATUS_NOMEM.
 */
MUST_CHECK enum status tally_start(const struct plan *plan, struct tally *out);
/*
 * Adds the outcomes that stand in the folder and were not there before.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with errno.
 */
MUST_CHECK enum status tally_look(struct tally *tally, const char *folder);
void tally_clear(struct tally *tally);

/* Units whose outcome is neither compared nor incomplete. */
size_t tally_failed(const struct tally *tally);

/*
 * What the program ends with: 0 all compared and nothing lost, 1 all compared and something
 * is, 2 a unit is incomplete, failed or left.
 */
int tally_exit_status(const struct tally *tally);

#endif
