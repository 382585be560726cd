/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run over hives: what it reads, and what it makes of that. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/stage.h"
#include "base/status.h"
#include "cause/diagnosis.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "compare/series.h"
#include "compare/verdict.h"
#include "machine/companions.h"
#include "report/inputs.h"
#include "report/restore/restored.h"

/* Everything that a run makes, freed in reverse order by run_clear(). */
struct run {
	struct options *options;
	const char *const *arguments; /* the command line as it was given */
	size_t n_arguments;
	uint64_t started_ft;
	struct progress *progress;
	struct stage_watch *watch; /* of progress */
	struct series *series;
	struct companions *companions;
	struct diagnoses diagnoses;
	struct restores restores;
	struct verdict verdict; /* decided by run_judge() */
	struct inputs *inputs; /* all that was read, so that none is written to */
};

/*
 * Reads the hives and what was given beside them, and weighs causes.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status run_read(struct run *run, struct failure *failure);
void run_clear(struct run *run);

/*
 * Decides the verdict, once all that was asked for but the documents is done: what was
 * given beside the hives, and the .reg files, count too.
 * Return: STATUS_OK; STATUS_NOMEM with *failure set.
 */
MUST_CHECK enum status run_judge(struct run *run, struct failure *failure);

#endif
