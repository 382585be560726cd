/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What report and summary are made from beside the series: what was asked for, read and made. */
#ifndef REPORT_DOCUMENT_WRITER_REPORTOPTIONS_H
#define REPORT_DOCUMENT_WRITER_REPORTOPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stage.h"
#include "base/timezone.h"
#include "cause/diagnosis.h"
#include "collection/subjects/pairing.h"
#include "compare/verdict.h"
#include "machine/companions.h"
#include "report/custody.h"
#include "report/inputs.h"
#include "report/redact/redact.h"
#include "report/restore/restored.h"
#include "sandbox/sandbox.h"

/* Where the hives of a subject were found; lent. */
struct report_collection {
	const struct finds *finds;
	const struct pairing_subject *subject;
	const struct diag_list *diags; /* of what was done with the finds; NULL: none */
	bool incomplete; /* something of what was given could not be looked at */
};

/* Local time that is shown beside UTC; all NULL: none. */
struct report_zone {
	const struct timezone *zone;
	const char *name; /* as it was asked for; NULL: system tells it */
	const struct machine_system *system; /* whose hive tells it; NULL: it was named */
	bool missing; /* the SYSTEM hive was asked, and tells none, or is not there */
};

struct report_options {
	const char *case_id, *examiner, *note; /* NULL if not given */
	struct report_zone zone;
	/* From whom files were received, as it was given. */
	const struct custody *custodies;
	size_t n_custodies;
	bool full;		 /* spell out every profile */
	const char *const *keys; /* further keys asked for by path */
	size_t n_keys;
	const char *const *arguments; /* the command line */
	size_t n_arguments;
	uint64_t started_ft;	     /* FILETIME */
	enum sandbox_state sandbox;  /* what the process had given up */
	const struct inputs *inputs; /* all files that were read; the report needs it */
	/* What else was read and made; NULL if there is none. */
	const struct companions *companions;
	const struct diagnoses *diagnoses;
	const struct restores *restores;
	struct stage *stage; /* told how far the writing is; NULL: nobody */
	const struct report_collection *collection; /* NULL: hives were named */
	const struct verdict *verdict; /* of the run: first line and exit status */
	struct redact *redact; /* all texts are redacted by it; NULL: nothing is */
};

/* Series of one report: as many as are kept in memory for it. */
#define REPORT_MAX_SERIES 64

/*
 * A subject of a report of several: its series, and what belongs to that alone.  The
 * inputs of its options, and what was given beside the hives, are those of all.
 */
struct report_subject {
	const struct series *series;
	const struct report_options *options;
};

/* What came of all of them. */
struct report_answer {
	char *sentence; /* UTF-8 without full stop */
	int exit_status;
};

#endif
