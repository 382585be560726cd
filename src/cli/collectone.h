/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One subject of a collection: a run of its own.  Several may be done at the same time, for
 * each keeps all that it makes to itself; what they share is only read.
 */
#ifndef CLI_COLLECTONE_H
#define CLI_COLLECTONE_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "cli/collected.h"
#include "cli/collectnames.h"
#include "cli/run.h"
#include "collection/subjects/exportshare.h"
#include "report/index/index.h"

/* What comes out of it by itself. */
enum collectone_outputs {
	COLLECTONE_AS_ASKED,  /* all that the options name, as for hives that are named */
	COLLECTONE_IN_FOLDER, /* the same, in a folder of its own below that of all */
	COLLECTONE_NONE,      /* nothing: what it comes to is put out with the others */
};

/* What all subjects have in common; lent. */
struct collectone_shared {
	const struct collected *collected;
	struct options *options; /* as given */
	const char *const *arguments;
	size_t n_arguments;
	uint64_t started_ft;
	struct confine *confine;
	struct redact *redact; /* NULL: nothing is redacted */
	struct kept *kept;
	enum collectone_outputs outputs;
	unsigned n_threads; /* that each may use; 0: as the options say */
	/* NULL if there is one subject, which reads and tells all by itself. */
	const struct companions *companions;
	struct exportshare *exports; /* those that hold the keys of several users */
	struct stage_watch *watch;
};

struct collectone {
	const struct collectone_shared *shared;
	const struct pairing_subject *subject;
	struct run run; /* of it, until it is cleared */
	struct run_given given;
	const struct exportfile *exports[SERIES_MAX]; /* lent by those of all */
	size_t n_exports;
	struct report_collection about;
	struct collectnames names;
	struct options options;
	struct failure failure;
	enum status status; /* what became of it; failure says why */
	char *told;	    /* lines for standard error, or NULL */
	size_t told_size;
};

/* NULL when out of memory; to be freed. */
struct collectone *collectone_new(const struct collectone_shared *shared,
				  const struct pairing_subject *subject) MUST_CHECK;
void collectone_free(struct collectone *one);

/*
 * Reads and compares, and puts out what it is to put out.  With several subjects, what is
 * to be told on standard error is kept in it.
 */
void collectone_do(struct collectone *one);

/* Frees all that was read and made; what became of it stays, and what is to be told. */
void collectone_clear(struct collectone *one);

/* 0, 1 or 2, once it is done. */
int collectone_exit_status(const struct collectone *one);

/*
 * Adds what it came to to the index.  number: of the subject in the collection; changes
 * are counted from behind first_change.
 * Return: as index_add_subject().
 */
MUST_CHECK enum status collectone_add_to_index(const struct collectone *one,
					       struct index *index, size_t number,
					       size_t first_change);

#endif
