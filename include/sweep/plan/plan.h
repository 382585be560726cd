/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A plan: all units of a sweep, a line each, and the folder that paths in them are taken
 * from.  The file begins with two lines, by which it is told from a table that a person
 * wrote:
 *   #wmsdiff-sweep plan 1
 *   #folder<TAB>PATH
 * Other lines that begin with '#' are notes.
 */
#ifndef SWEEP_PLAN_PLAN_H
#define SWEEP_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/plan/planline.h"
#include "sweep/plan/voice.h"

/* More machines than a company has; their lines are held in memory. */
#define PLAN_MAX 1000000

/* Bytes of a plan that is read: every line of the most units with two long paths. */
#define PLAN_MAX_BYTES (UINT64_C(1) << 30)

struct plan {
	char *folder;	    /* absolute */
	struct unit *items; /* as they stand in the file */
	size_t n, cap;
	char **notes; /* lines without '#' and end, written behind the two first */
	size_t n_notes, cap_notes;
};

/*
 * Reads a plan, or a table that a person wrote: its lines are units too, but the names are
 * any text, paths are taken from the folder that the program runs in, and a byte order
 * mark and ends of lines as Windows has them are taken away.  Each line that is wrong, or names what an
 * earlier one does, is a fault that the voice tells, and left out; so is a plan whose last
 * line is cut off.
 * Return: STATUS_OK and *out filled, to be cleared by plan_clear(); STATUS_NOMEM; STATUS_IO
 * with *failure set; STATUS_LIMIT likewise.
 */
MUST_CHECK enum status plan_read(const char *path, struct voice *voice, struct plan *out,
				 struct failure *failure);

/*
 * Puts a unit at the end and takes it; the caller sees to it that its name is a new one.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past PLAN_MAX.
 */
MUST_CHECK enum status plan_add(struct plan *plan, struct unit *unit);

/* Puts a note at the end.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT. */
MUST_CHECK enum status plan_note(struct plan *plan, const char *note);

/*
 * Writes it to path, whole or not at all; "-" is standard output.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status plan_write(const struct plan *plan, const char *path,
				  struct failure *failure);

/* The folder that the program runs in.  Return: false with *failure set. */
MUST_CHECK bool plan_here(struct plan *plan, struct failure *failure);

void plan_clear(struct plan *plan);

#endif
