/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A name has a hash before it, by which Windows finds it: what has another one is none.
 * Source: J. Metz, "Windows XML Event Log (EVTX)", 4.9 "Name".
 */
#include "companion/evtx/evtxcursor.h"

#define HASH_FACTOR 65599u

bool evtxcursor_refuse(struct evtxcursor_reading *reading, size_t at, const char *why)
{
	if (!reading->fault) {
		reading->fault = why;
		reading->fault_off = at;
	}
	return false;
}

bool evtxcursor_pay(struct evtxcursor_reading *reading, size_t at, uint32_t cost)
{
	if (cost > reading->most - reading->cost)
		return evtxcursor_refuse(reading, at,
					 "it becomes too large with all its values");
	reading->cost += cost;
	return true;
}

bool evtxcursor_take(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     size_t bytes, uint32_t *out)
{
	uint32_t number = 0;

	if (bytes > c->end - c->at)
		return evtxcursor_refuse(reading, c->at, "it is cut short");
	for (size_t i = 0; i < bytes; i++) {
		uint8_t byte = 0;
		if (!span_u8(reading->chunk, c->at + i, &byte))
			return evtxcursor_refuse(reading, c->at, "it is cut short");
		number |= (uint32_t)byte << 8 * i;
	}
	c->at += bytes;
	*out = number;
	return true;
}

bool evtxcursor_skip(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     size_t bytes)
{
	if (bytes > c->end - c->at)
		return evtxcursor_refuse(reading, c->at, "it is cut short");
	c->at += bytes;
	return true;
}

/* The name at c: next of its list, hash, units, their number before and a NUL behind. */
static bool read_name(struct evtxcursor_reading *reading, struct evtxcursor *c,
		      struct text *out)
{
	uint32_t next = 0, hash = 0, n = 0, nul = 0;
	uint16_t computed = 0;
	size_t begin = c->at;

	if (!evtxcursor_take(reading, c, 4, &next) ||
	    !evtxcursor_take(reading, c, 2, &hash) || !evtxcursor_take(reading, c, 2, &n))
		return false;
	if (n == 0 || n > EVTXCURSOR_MAX_NAME)
		return evtxcursor_refuse(reading, begin,
					 "a name has no length that can be");
	size_t at = c->at;
	if (!evtxcursor_skip(reading, c, 2 * (size_t)n) ||
	    !evtxcursor_take(reading, c, 2, &nul))
		return false;
	*out = (struct text){ span_clip(span_from(reading->chunk, at), 2 * (size_t)n),
			      TEXT_UTF16LE };
	for (size_t i = 0; i < n; i++)
		computed = (uint16_t)(computed * HASH_FACTOR + text_unit(*out, i));
	if (nul != 0 || hash != computed)
		return evtxcursor_refuse(reading, begin,
					 "where a name should be there is none");
	return true;
}

bool evtxcursor_name(struct evtxcursor_reading *reading, struct evtxcursor *c,
		     struct text *out)
{
	uint32_t off = 0;
	size_t at = c->at;

	if (!evtxcursor_take(reading, c, 4, &off))
		return false;
	if (off == c->at) {
		if (!read_name(reading, c, out))
			return false;
	} else if (off < reading->first || off >= at) {
		return evtxcursor_refuse(reading, at,
					 "a name is said to be where none can be");
	} else {
		struct evtxcursor elsewhere = { off, at };
		if (!read_name(reading, &elsewhere, out))
			return false;
	}
	return evtxcursor_pay(reading, at,
			      EVTXCURSOR_TOKEN + (uint32_t)text_length(*out));
}
