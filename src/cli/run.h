/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run over hives: what it reads, and what it makes of that. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/failure.h"
#include "base/stage.h"
#include "base/status.h"
#include "cause/diagnosis.h"
#include "cli/commandline/options.h"
#include "cli/progress.h"
#include "cli/rights/confine.h"
#include "compare/series.h"
#include "compare/verdict.h"
#include "machine/companions.h"
#include "report/document/writer/reportoptions.h"
#include "report/inputs.h"
#include "report/kept.h"
#include "report/restore/restored.h"

/* What was found of one subject in collections, in place of what the options name. */
struct run_given {
	struct snapshot_source sources[SERIES_MAX];
	size_t n;
	enum series_order order;
	struct companions_source companions;
	/* What was read of these already, for all subjects; NULL: the run reads them. */
	const struct companions *lent;
	/* Who is told what is being done, of all subjects; NULL: the run tells itself. */
	struct stage_watch *watch;
	const struct report_collection *collection; /* what the report says of it */
	/* Operands: no output goes into a folder that holds one. */
	const char *const *protected;
	size_t n_protected;
};

/* Everything that a run makes, freed in reverse order by run_clear(). */
struct run {
	struct options *options;
	const char *const *arguments; /* the command line as it was given */
	size_t n_arguments;
	uint64_t started_ft;
	struct confine *confine;       /* what it may still do; lent */
	bool silent;		       /* neither a summary nor an index is shown of it */
	const struct run_given *given; /* NULL: the options name all */
	unsigned n_threads;	       /* that it may use; 0: as the options say */
	struct redact *redact;	       /* NULL: nothing is redacted; lent */
	FILE *told; /* keeps lines for standard error; NULL: they go there at once */
	struct progress *progress;		    /* NULL if another one is lent */
	struct stage_watch *watch;		    /* of that */
	struct snapshot_source sources[SERIES_MAX]; /* of the series */
	struct series *series;
	struct companions *own; /* NULL if others are lent */
	const struct companions *companions;
	struct diagnoses diagnoses;
	struct restores restores;
	struct verdict verdict; /* decided by run_judge() */
	struct inputs *inputs;
	const char *
		*protected; /* what was read and given: nothing is written beside it */
	size_t n_protected;
	struct kept *kept; /* what no output may replace, lent; what is read is added */
};

/*
 * Reads the hives and what was given beside them, and weighs causes.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status run_read(struct run *run, struct failure *failure);
/* Frees all that it made; it can be used for another one then. */
void run_clear(struct run *run);

/*
 * Reads what was given or found beside the hives, which its watch is told.
 * Return: as companions_read().
 */
MUST_CHECK enum status run_read_companions(struct companions_source *source,
					   struct stage_watch *watch,
					   struct companions **out,
					   struct failure *failure);

/*
 * Decides the verdict, once all that was asked for but the documents is done: what was
 * given beside the hives, and the .reg files, count too.
 * Return: STATUS_OK; STATUS_NOMEM with *failure set.
 */
MUST_CHECK enum status run_judge(struct run *run, struct failure *failure);

#endif
