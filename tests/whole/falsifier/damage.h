/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of a hive file made wrong, as disks and copies do it; none is forged. */
#ifndef FALSIFIER_DAMAGE_H
#define FALSIFIER_DAMAGE_H

#include "samples/builder_log.h"
#include "whole/falsifier/random.h"

/* What was done to a hive: a word for it, and which bytes of the file it touches. */
struct damage {
	const char *what;
	size_t from;
	size_t to;
};

/* Damages a hive. `older`: an earlier state of it, or NULL. */
struct damage damage_hive(struct builder_log_state *hive,
			  const struct builder_log_state *older, struct random *r);

/*
 * Takes the base block away, overwritten or cut off, the latter perhaps with the first
 * bins. *lost: bytes by which what follows has moved up.
 */
struct damage damage_head(struct builder_log_state *hive, struct random *r, size_t *lost);

/* Return: another user's hive, which holds profiles, live and deleted; given. */
struct builder *damage_foreign_hive(struct random *r);

/* Appends the bins of another user's hive, which holds profiles, live and deleted. */
void damage_append_foreign(struct builder_log_state *hive, struct random *r);

#endif
