/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every statement of a report against the truth. The rules are written from what the
 * statement means by wmsdiff-report(5) and from the truth, never from the program.
 */
#ifndef FALSIFIER_CHECK_H
#define FALSIFIER_CHECK_H

#include "whole/falsifier/disk.h"
#include "whole/falsifier/evidence.h"
#include "whole/falsifier/run.h"
#include "whole/falsifier/tally.h"

/* A snapshot of the report, and the states that it may show. */
struct check_view {
	const char *id;
	const struct disk_snapshot *snapshot;
	uint32_t lo;
	uint32_t hi;
};

struct check {
	const struct truth *truth;
	const struct run *run;
	const struct disk_snapshot *const *snapshots;
	size_t n; /* snapshots, in the order in which they were given */
	struct check_view views[RUN_MAX_HIVES];
	size_t n_views;
	int64_t bins_at;		 /* of the snapshot of which cells are checked */
	const struct evidence *evidence; /* beside the hives; NULL: none */
	struct tally *tally;
	uint64_t seed;
	bool verbose; /* print every false statement, not only the first of a kind */
};

/* Checks the whole report. */
void check_report(struct check *c);

/*
 * Checks the report of two hives that are two users': nothing may be said of what became
 * of profiles, at least not above possible.
 */
void check_wrong_pair(struct check *c);

/* --- for the checks --- */

/* Counts a statement; a false one is printed with its reason. */
__attribute__((format(printf, 5, 6))) void check_count(struct check *c,
						       enum tally_kind kind,
						       enum tally_level level,
						       enum tally_truth truth,
						       const char *reason, ...);

/* Counts what could have been said and was not. */
__attribute__((format(printf, 3, 4))) void check_unsaid(struct check *c,
							enum tally_kind kind,
							const char *reason, ...);

/* Return: the level of a certainty of a change or of a path. */
enum tally_level check_level(const char *certainty);

/* Return: whether the bytes of that snapshot are as Windows left them. */
bool check_sound(const struct check_view *view);

/*
 * Return: what a false time counts as. In a damaged hive a time that no key ever had may
 * be the damage itself, which nobody can tell.
 */
enum tally_truth check_false_time(const struct check *c, const struct check_view *view,
				  uint64_t time);

/* A time at which a profile went from a list against those of a tenure. */
bool check_is_moment(const struct truth_tenure *x, uint64_t at, bool with_emptied);

/* --- one file each --- */

/* The changes of a comparison, with their moments and bounds. */
void check_changes(struct check *c, const xmlNode *comparison, const struct check_view *a,
		   const struct check_view *b);
void check_deletion(struct check *c, const xmlNode *change, const struct check_view *a,
		    const struct check_view *b);

/* Keys and values in which a profile differs, by the two states. */
void check_differences(struct check *c, const xmlNode *change, const struct check_view *a,
		       const struct check_view *b);

/* The profiles that a snapshot is said to hold. */
void check_live(struct check *c, const xmlNode *snapshot, const struct check_view *view);

/* Deletions of which it is known that they can be told, and whether they are. */
void check_plain(struct check *c, const xmlNode *comparison, const struct check_view *a,
		 const struct check_view *b);

/* What was recovered from a snapshot; `before` is the one before it, or NULL. */
void check_recovered(struct check *c, const xmlNode *recovered,
		     const struct check_view *view, const struct check_view *before);
void check_cells(struct check *c, const xmlNode *parent, const struct check_view *view);

/*
 * The key of a recovered cell in a state, by its place and name, and by its last write if
 * that is asked for; one in a log has no place, needs its last write, and can be several.
 * Return: the first such key from index `from` on, or NULL.
 */
const struct walk_key *check_cell_key(const struct check *c, const xmlNode *cell,
				      uint32_t state, size_t from, bool by_time);

/* That no remnant is part of two recovered profiles. */
void check_claims(struct check *c, const xmlNode *recovered);

/* The .reg files in a folder, of the same run. */
void check_restored(struct check *c, const char *folder);

/* The causes of a comparison. */
void check_causes(struct check *c, const xmlNode *series, const xmlNode *comparison,
		  const struct check_view *a, const struct check_view *b);

/* First line, exit status and counts. */
void check_verdict(struct check *c);

#endif
