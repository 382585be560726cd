/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Characters beyond 16 bits, which stand as two halves (surrogates): libevtx 20181227 makes
 * other characters of them.  So it is given units of the private area in their place, which
 * are turned back in what it reads.  A record that has both is not given to it.
 */
#ifndef COMPANION_EVTX_EVTXUNITS_H
#define COMPANION_EVTX_EVTXUNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/text.h"

struct evtxunits {
	bool halves;	/* there are surrogates */
	bool stand_ins; /* there are units that would stand in for one */
};

/* Adds what UTF-16LE text holds. */
void evtxunits_look(struct evtxunits *units, struct span text);

/* Puts the private unit in place of each surrogate; n bytes, an odd one is left. */
void evtxunits_hide(uint8_t *text, size_t n);

/*
 * Text up to its first NUL as UTF-8, fit for XML; if it was hidden, as it was before.
 * Return: NULL when out of memory.
 */
char *evtxunits_utf8(struct text text, bool hidden, struct arena *arena) MUST_CHECK;

#endif
