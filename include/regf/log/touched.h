/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a step of a replay changes what some keys are read as.  A key is read from its
 * record, its lists, its values and their data, and these are cells of bins: as long as
 * the pages of such a bin hold the same, no bin begins or ends elsewhere and the base
 * block leads to the same root, the keys are the same.  Its subkeys are other keys, but
 * for their names, by which they are found.
 */
#ifndef REGF_LOG_TOUCHED_H
#define REGF_LOG_TOUCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "regf/cellmap.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/log/txlog.h"

/* The keys that are looked at, in one state of the hive; all zero: none, so nothing is known. */
struct touched {
	uint32_t *bins;	      /* of each page: bytes of the bin that begins there, or 0 */
	bool *pages;	      /* of each page: something of the keys stands in its bin */
	struct cellmap named; /* records of subkeys, of which only the names count */
	struct digest *digests; /* of each page, as far as it counts */
	size_t n_pages;
	size_t n_needed; /* pages up to the last bin that counts */
	uint32_t minor, root_rel, cell_header;
};

/*
 * Begins anew with an image whose keys were read without an error or a warning: then what
 * other keys claim decides nothing.  If its base block does not fit its bins, nothing will
 * be known.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status touched_begin(struct touched *touched, const struct image *image);
/*
 * Adds what the key is read from: its record, the lists of its subkeys, the names in their
 * records, and its values.
 */
void touched_add(struct touched *touched, const struct image *image,
		 const struct key *key);
/* Ends the adding. */
void touched_end(struct touched *touched, const struct image *image);

/*
 * pages: what the step wrote.  hive: all bytes behind it.
 * Return: false if all keys that were added are as they were; true if they may not be.
 */
bool touched_by(const struct touched *touched, struct txlog_pages pages,
		struct span hive);

void touched_clear(struct touched *touched);

#endif
