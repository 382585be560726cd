/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of a sweep:
 *   plan.tsv           the plan that runs here
 *   lock               held while it runs
 *   units/NAME/        what wmsdiff wrote for the unit, whole or not there
 *   outcomes/NAME.tsv  what became of it
 *   errors/NAME.txt    what it said on standard error, if anything
 *   engine/            what the engine wrote down: job logs, accounting
 *   dropped/           results of units that the plan no longer has
 *   work/              what is not finished
 */
#ifndef SWEEP_SWEEPFOLDER_H
#define SWEEP_SWEEPFOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"

/*
 * The path of something in it, from a format such as "outcomes/%s.tsv".
 * Return: malloc'ed; NULL when out of memory.
 */
char *sweepfolder_path(const char *folder, const char *format, ...)
	PRINTF_LIKE(2, 3) MUST_CHECK;

/*
 * Makes the folder and those in it that are not there yet.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweepfolder_make(const char *folder, struct failure *failure);

/*
 * Removes a file, or a folder with all in it; links are removed, not followed.  What is not
 * there is removed already.
 * Return: false if something is left, and errno says why.
 */
bool sweepfolder_remove(const char *path);

/* What belongs to a unit, in the order in which it comes into its place. */
enum sweepfolder_part { SWEEPFOLDER_REPORTS, SWEEPFOLDER_ERRORS, SWEEPFOLDER_OUTCOME };
#define SWEEPFOLDER_PARTS (SWEEPFOLDER_OUTCOME + 1)

/* Its path.  Return: malloc'ed; NULL when out of memory. */
char *sweepfolder_of_unit(const char *folder, enum sweepfolder_part part,
			  const char *unit) MUST_CHECK;

/*
 * Removes what the folder has of a unit, its outcome before all.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweepfolder_forget(const char *folder, const char *unit,
					  struct failure *failure);

/*
 * Moves what `from`, of the same form, has of a unit into the folder, its outcome last:
 * where that stands, so does the rest.  What the folder has of the unit is forgotten first.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweepfolder_take(const char *folder, const char *from,
					const char *unit, struct failure *failure);

/* Writes a small file of the sweep's own anew.  Return: STATUS_OK; STATUS_NOMEM; STATUS_IO. */
MUST_CHECK enum status sweepfolder_write(const char *path, const char *bytes, size_t n,
					 struct failure *failure);

#endif
