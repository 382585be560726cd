/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the live keys of a hive use of its bytes: the cells that something
 * refers to, and in them the bytes behind what is used.  The rest is where
 * deleted keys and values may still stand.
 */
#ifndef REGF_USAGE_H
#define REGF_USAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "regf/cellmap.h"
#include "regf/key.h"

/* Bytes at the end of a cell that its record does not use. */
struct usage_slack {
	uint32_t rel, len; /* counted from the first bin; bytes */
};

/* A live key's list of values that has room for more than the key has. */
struct usage_tail {
	const struct key *key;
	uint32_t list_rel; /* cell of the list */
	uint32_t n_values; /* elements in use */
};

struct usage {
	struct cellmap referenced; /* cells that a live key leads to */
	struct {
		struct usage_slack *items;
		size_t n, cap;
	} slack;
	struct {
		struct usage_tail *items;
		size_t n, cap;
	} tails;
};

/* Slack that is worth keeping: shorter than the shortest record none fits in. */
#define USAGE_MIN_SLACK 24

/* An empty usage over limit bytes of bins.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status usage_init(struct usage *usage, uint32_t limit);
void usage_clear(struct usage *usage);

/*
 * Notes that of the len bytes of data at rel (counted from the first bin, cell
 * header excluded) only the first `used` are.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status usage_add_slack(struct usage *usage, uint32_t rel, size_t len,
				       size_t used);

/* Notes a list of values with room behind its elements.  Return: as above. */
MUST_CHECK enum status usage_add_tail(struct usage *usage, const struct key *key,
				      uint32_t list_rel, uint32_t n_values);

#endif
