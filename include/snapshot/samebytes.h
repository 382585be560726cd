/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which bytes two hives have in common at the same places.  Windows leaves what is not
 * written where it stands, so two states of one hive are mostly the same: looked at once
 * from front to back, they need not be fetched again, name by name, to be compared.
 *
 * All that is told is that bytes are the same; where that is not told they may be, too.
 */
#ifndef SNAPSHOT_SAMEBYTES_H
#define SNAPSHOT_SAMEBYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "regf/key.h"
#include "snapshot/snapshot.h"

struct samebytes {
	struct span before, after; /* the images, borrowed */
	uint64_t *lines; /* a bit for each line that is the same; NULL: nothing is told */
};

/*
 * Holds the images of both snapshots against each other; where one has none, nothing is
 * told.  Borrows them.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status samebytes_read(const struct snapshot *before,
				      const struct snapshot *after,
				      struct samebytes *out);
/* Frees what it owns; it may be cleared twice, and a zeroed one tells nothing. */
void samebytes_clear(struct samebytes *same);

/*
 * True if len bytes at a and b, one in the earlier image and one in the later, whichever
 * it is, stand at one place in both and are the same.  Pointers may lead elsewhere.
 */
bool samebytes_are(const struct samebytes *same, const uint8_t *a, const uint8_t *b,
		   size_t len);

/* True if both keys have the same name for sure: the same bytes at one place. */
bool samebytes_name(const struct samebytes *same, const struct key *a,
		    const struct key *b);

/*
 * What key_child() and key_value() find in a key of one hive by the name of a child or
 * value of the other's; *hint, 0 at first, is where it is looked for before all
 * others, and is moved on, so that a walk through all of them in order searches seldom.
 */
const struct key *samebytes_child(const struct samebytes *same, const struct key *child,
				  const struct key *in, uint32_t *hint);
const struct value *samebytes_value(const struct samebytes *same,
				    const struct value *value, const struct key *in,
				    uint32_t *hint);

#endif
