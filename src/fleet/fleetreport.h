/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an index takes of one report, as the report has it: see wmsdiff-report(5).  Texts are
 * UTF-8 in the report's arena; NULL is what the report does not tell.  Words are not checked:
 * a later minor version may have more.
 */
#ifndef FLEET_FLEETREPORT_H
#define FLEET_FLEETREPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"

/* Of one kind of thing in one report; a report of more is not indexed.  A hive of 256 MB
 * holds some 100,000 profiles. */
#define FLEETREPORT_MAX_ITEMS ((size_t)1 << 17)
/* Of what others name by its id; a series has 64 snapshots, and few files each. */
#define FLEETREPORT_MAX_SNAPSHOTS ((size_t)1 << 10)
#define FLEETREPORT_MAX_INPUTS ((size_t)1 << 14)
/* Bytes of all its texts, likewise. */
#define FLEETREPORT_MAX_BYTES ((size_t)48 << 20)

struct fleetreport_input {
	const char *id, *role, *path, *size, *sha256;
};

struct fleetreport_snapshot {
	const char *id, *input;
};

struct fleetreport_comparison {
	const char *id, *before, *after; /* ids of snapshots */
};

/* A change, or a recovered profile. */
struct fleetreport_change {
	bool recovered;
	size_t at; /* of a change: its comparison; of a profile: its snapshot */
	const char *id, *kind, *certainty, *fate;
	const char *profile, *profile_utf16, *new_name, *new_name_utf16;
	const char *store_path, *new_store_path;
	uint64_t earliest_ft, latest_ft, at_ft;
	bool confirmed, conflict;
	const char *restore, *restore_reason, *restore_why, *restore_file;
	/* of a recovered profile */
	const char *name_from, *name_certainty;
	bool lives_on, may_be_alive, went_on, reported;
};

struct fleetreport_cause {
	const char *comparison; /* NULL: of a single hive */
	const char *cause, *grade, *rank, *says, *contradiction;
};

struct fleetreport_advice {
	size_t cause; /* in the list of causes */
	const char *code, *name, *text;
};

struct fleetreport_diagnostic {
	const char *code, *severity, *input, *sentence;
};

/* One that holds Mapi32.dll. */
struct fleetreport_process {
	const char *image, *class;
};

#define FLEETREPORT_LIST(type)                                                           \
	struct {                                                                         \
		struct fleetreport_##type *items;                                        \
		size_t n, cap;                                                           \
	}

struct fleetreport {
	struct arena *arena;
	size_t n_bytes; /* of all texts */
	const char *program_version;
	const char *computer_name; /* as the SYSTEM hive has it */
	bool partly;		   /* something of a collection could not be looked at */
	/* of the series */
	size_t n_series;
	const char *subject, *role, *sid, *user;
	const char *unpaired, *unpaired_why;
	/* of the summary */
	size_t n_summaries;
	unsigned exit_status;
	uint64_t n_gone, n_back, n_unresolved;
	const char *verdict;
	FLEETREPORT_LIST(input) inputs;
	FLEETREPORT_LIST(snapshot) snapshots;
	FLEETREPORT_LIST(comparison) comparisons;
	FLEETREPORT_LIST(change) changes; /* in the order of the report */
	FLEETREPORT_LIST(cause) causes;
	FLEETREPORT_LIST(advice) advices;
	FLEETREPORT_LIST(diagnostic) diagnostics;
	FLEETREPORT_LIST(process) processes;
};

/* Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status fleetreport_new(struct fleetreport **out);
/* NULL is allowed. */
void fleetreport_free(struct fleetreport *report);
void fleetreport_freep(struct fleetreport **report);

/*
 * A copy of a text in the report; *out stays NULL if there is none.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past FLEETREPORT_MAX_BYTES.
 */
MUST_CHECK enum status fleetreport_keep(struct fleetreport *report, struct span text,
					const char **out);

/* The input of that snapshot, by their ids; NULL: there is none. */
const struct fleetreport_input *fleetreport_input_of(const struct fleetreport *report,
						     const char *snapshot);

/* Where a comparison, a snapshot of that id stands in its list; SIZE_MAX: nowhere. */
size_t fleetreport_comparison_at(const struct fleetreport *report, const char *id);
size_t fleetreport_snapshot_at(const struct fleetreport *report, const char *id);

#endif
