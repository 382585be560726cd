/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run over hives: what it reads, and what it makes of that. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>
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
#include "report/document/reportoptions.h"
#include "report/inputs.h"
#include "report/restore/restored.h"

/* What was found of one subject in collections, in place of what the options name. */
struct run_given {
	struct snapshot_source sources[SERIES_MAX];
	size_t n;
	enum series_order order;
	struct companions_source companions;
	const struct report_collection *collection; /* what the report says of it */
	/* Files that no output may be written over, beside those that were read. */
	const char *const *protected;
	size_t n_protected;
};

/* Everything that a run makes, freed in reverse order by run_clear(). */
struct run {
	struct options *options;
	const char *const *arguments; /* the command line as it was given */
	size_t n_arguments;
	uint64_t started_ft;
	bool silent;		       /* neither a summary nor an index is shown of it */
	const struct run_given *given; /* NULL: the options name all */
	struct progress *progress;
	struct stage_watch *watch; /* of progress */
	struct series *series;
	struct companions *companions;
	struct diagnoses diagnoses;
	struct restores restores;
	struct verdict verdict; /* decided by run_judge() */
	struct inputs *inputs;
	const char **protected; /* what was read and given, so that none is written to */
	size_t n_protected;
};

/*
 * Reads the hives and what was given beside them, and weighs causes.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status run_read(struct run *run, struct failure *failure);
/* Frees all that it made; it can be used for another one then. */
void run_clear(struct run *run);

/*
 * Decides the verdict, once all that was asked for but the documents is done: what was
 * given beside the hives, and the .reg files, count too.
 * Return: STATUS_OK; STATUS_NOMEM with *failure set.
 */
MUST_CHECK enum status run_judge(struct run *run, struct failure *failure);

#endif
