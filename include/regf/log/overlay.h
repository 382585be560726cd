/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a transaction log still holds of other states of its hive: the pages of
 * each of its entries, applied or not, and what older entries left behind them.
 * A page with its place in the hive is as good as the hive's own bytes of that
 * time.
 */
#ifndef REGF_LOG_OVERLAY_H
#define REGF_LOG_OVERLAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

/* Bytes of a log and where they stood in the hive. */
struct overlay_run {
	uint32_t rel, len; /* from the first bin; bytes */
	uint32_t log_off;  /* in the log file */
};

/* One state, as far as the log has it. */
struct overlay {
	struct overlay_run *runs; /* by rel, without overlaps */
	size_t n, cap;
	size_t log; /* number of the log, for who puts several together */
};

struct overlays {
	struct overlay *items;
	size_t n, cap;
	size_t n_left_out; /* past OVERLAY_MAX */
};

/* States looked at: each costs a search of its pages. */
#define OVERLAY_MAX 1000

/*
 * Finds the states of a log, of either format and whether it can be replayed
 * or not: sound entries of the new one wherever they stand; of the old one the
 * pages that its bitmap places, and behind them pages that begin a bin and so
 * tell their place.  Runs past `limit` bytes of bins are left out.
 * Return: STATUS_OK and what was found added to *out (to be cleared by
 * overlays_clear() whatever is returned); STATUS_NOMEM.
 */
MUST_CHECK enum status overlay_read(struct span log, size_t number, uint32_t limit,
				    struct overlays *out);
void overlays_clear(struct overlays *overlays);

#endif
