/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Losses over time as a picture in a page.  Time is parted evenly; over each part stand two
 * numbers: how many losses happened in it for certain, for both bounds lie there, and how many
 * may have.  So no bound is drawn as a moment.
 */
#ifndef FLEET_FLEETCHART_H
#define FLEET_FLEETCHART_H

#include <stddef.h>
#include <stdint.h>

#include "fleet/fleetdata.h"
#include "report/index/indexmarkup.h"

#define FLEETCHART_PARTS 30

struct fleetchart {
	uint64_t from_ft, to_ft; /* of all parts together */
	size_t least[FLEETCHART_PARTS], most[FLEETCHART_PARTS];
	size_t n_drawn, n_open; /* losses in it; those that lack a bound, or both */
};

/* Counts. */
void fleetchart_count(const struct fleetdata *data, struct fleetchart *out);

/* The bounds of a part, the second one exclusive. */
uint64_t fleetchart_from(const struct fleetchart *chart, size_t part);

/* Writes it, with what it means in words; a sentence where there is nothing to draw. */
void fleetchart_write(const struct fleetchart *chart, struct index_markup *page);

#endif
