/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of the summary, shared by the rooms that write it. */
#ifndef REPORT_SUMMARY_SUMMARY_PRIVATE_H
#define REPORT_SUMMARY_SUMMARY_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "cause/diagnosis.h"
#include "compare/series.h"
#include "report/document/report.h"
#include "report/summary/screen.h"

/* Things of one kind that are reported; the report has them all. */
#define SUMMARY_MAX_ITEMS 4

/* Where text begins on most lines, and the columns that are left for it. */
#define SUMMARY_HANG 10
#define SUMMARY_COLUMNS (SCREEN_WIDTH - SUMMARY_HANG)

/* Kinds in the order in which they are told. */
#define SUMMARY_N_KINDS (FINDING_DEFAULT_CHANGED + 1)

struct summary {
	struct screen *screen;
	const struct series *series;
	const struct report_options *options;
	const bool *
		reported; /* recovered profiles of the last snapshot that a change tells of */
	size_t n_shown; /* changes, profiles or rows so far */
};

/* The worst kind comes first, at 0; the report keeps the order of places. */
enum finding_kind summary_kind(size_t place);
enum screen_style summary_style(enum finding_kind kind);
/* "s" unless n is 1; static storage. */
const char *summary_plural(size_t n);
/* Which list: "Profiles of Windows Messaging Subsystem". */
void summary_list(struct screen *screen, const struct store *store);
/* When it went is known, or between what; then "at ...", "between ... and ...". */
bool summary_is_dated(const struct finding *finding);
void summary_when(struct screen *screen, const struct finding *finding);
/* The name, and for what has another now, that too. */
void summary_names(struct screen *screen, const struct finding *finding);

/* ---- names of files ---- */

/*
 * A file that was read or written: spelled out by its whole path; in brief by an end of
 * it that leaves `taken` columns of the line to others, if that end tells it apart from
 * all files that were read.
 */
void pathname_put(struct summary *summary, const char *path, size_t taken);
/* The folder of a file that was written, likewise. */
void pathname_put_folder(struct summary *summary, const char *path, size_t taken);

/* ---- what was compared ---- */

/* A line or two for each hive; whose it is and how it was read, once if that is the same. */
void hiveheader_brief(struct summary *summary);
/* Each hive with all of that. */
void hiveheader_write(struct summary *summary);

/* ---- in brief: one screen ---- */

/* What changed between two snapshots: those that went alike together, a row each. */
void brief_changes(struct summary *summary, const struct comparison *comparison);
/* A single snapshot: what it holds. */
void brief_profiles(struct summary *summary, const struct snapshot *snapshot);
/* What the last snapshot holds of deleted profiles that no change tells of. */
void brief_recovered(struct summary *summary, const struct recovery *recovery);
/* What a profile held, in some words; nothing if it cannot be read. */
void profilelines_brief(struct screen *screen, const struct profile *profile);
/*
 * What a profile that is still there has lost, likewise, as profilelines_write_losses() has it;
 * false, and nothing, if that is none of what a profile is told by.
 */
bool profilelines_brief_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after);
/* Whether there is something about a comparison (NULL: a single hive) to be explained. */
bool causelines_is_due(const struct summary *summary,
		       const struct comparison *comparison);
/* The likeliest cause, what is missing, what to do. */
void causelines_brief(struct summary *summary, const struct comparison *comparison);

/* ---- spelled out ---- */

/* The same, each with all that is known of it. */
void detail_changes(struct summary *summary, const struct comparison *comparison);
void detail_profiles(struct summary *summary, const struct snapshot *snapshot);
void detail_recovered(struct summary *summary, const struct recovery *recovery);
/* A line below what was named: label, then what is put. */
void detail_line(struct screen *screen, const char *label);

/* Lines that tell what a profile held: counts, mailboxes, files, accounts. */
void profilelines_write(struct screen *screen, const struct profile *profile);
/*
 * What a profile that is still there has lost: accounts and services, by name.
 * Nothing if the profile after is too large to be read whole.
 */
void profilelines_write_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after);

/* A recovered profile: how it is called, when it went, what it held, what is lost. */
void recoveredlines_write(struct screen *screen, const struct recovered_profile *profile);
/* A line of what is lost of a profile and its values; none if nothing is. */
void recoveredlines_lost(struct screen *screen, bool own_key, size_t n_values,
			 size_t n_data, size_t n_heads);

/* What caused the changes of a comparison (NULL: of a single hive), and what to do. */
void causelines_write(struct summary *summary, const struct comparison *comparison);
/* Whether a profile was written to a .reg file; nothing if that was not asked for. */
void causelines_restored(struct screen *screen, const struct restored *restored);

/* ---- the foot ---- */

/* Warnings and errors about everything that was read: so many of each input. */
void warnings_write(struct summary *summary, size_t most);

#endif
