/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The snapshots of one subject in time order, each compared with the next.
 */
#ifndef COMPARE_SERIES_H
#define COMPARE_SERIES_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "compare/compare.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/* What became of a profile that was lost or damaged, in the last snapshot. */
struct series_fate {
	const struct snapshot_profile *after; /* at its place, or itself elsewhere */
	bool is_same;			      /* it is the same profile */
	bool by_name;			      /* which nothing but its name tells */
	/*
	 * It is the same profile in some snapshot behind the next one, the last included;
	 * then a change between those two tells what became of it.
	 */
	bool seen;
};

/* It owns all of it; comparisons borrow from snapshots and recoveries. */
struct series {
	struct snapshot **snapshots;
	/* What each snapshot still holds of deleted profiles; NULL: not asked for. */
	struct recovery **recoveries;
	size_t n_snapshots;
	unsigned n_threads; /* that free it: giving memory back takes its time */
	struct comparison **comparisons; /* n_snapshots - 1, or none */
	size_t n_comparisons;
	/*
	 * Of each comparison that is not the last: what became of each profile of its
	 * earlier snapshot.  NULL where nothing was lost or damaged, or it is the last.
	 */
	struct series_fate **followed;
};

/* Snapshots of one series: more than anyone keeps, and all are held in memory. */
#define SERIES_MAX 64

/* In which order snapshots are compared. */
enum series_order {
	SERIES_AS_GIVEN,
	/* as snapshotorder_sort() puts them; the same bytes twice become one then */
	SERIES_BY_GROUP,
	SERIES_BY_TIME, /* the same, whatever their groups */
};

struct series_options {
	unsigned n_threads;	  /* for snapshots and parts of them, at least 1 */
	const char *const *paths; /* further keys, as in compare_snapshots() */
	size_t n_paths;
	struct stage_watch *watch; /* of what follows the reading; NULL: nobody */
	bool recover;		   /* deleted profiles from unreferenced bytes */
	enum series_order order;
	bool same_subject; /* that it is one is stated, whatever the hives say */
};

/*
 * Reads the n snapshots (1 to SERIES_MAX), puts them in the order asked for, recovers what they
 * still hold of deleted profiles if that is asked for, and compares neighbours.  A
 * single hive whose logs apply is compared with itself: as the file has it, and
 * after its logs.  The paths of the options must live as long as the series; the
 * sources need not.
 * Return: STATUS_OK and *out given; else as snapshotread_source(), *failure naming
 * the first operand that failed; STATUS_UNSUPPORTED, too, for hives of different
 * subjects, unless the options state that they are one.
 */
MUST_CHECK enum status series_read(const struct snapshot_source *sources, size_t n,
				   const struct series_options *options,
				   struct series **out, struct failure *failure);
/* Takes the series and all that it owns; NULL is allowed. */
void series_free(struct series *series);
void series_freep(struct series **series);

/*
 * What was recovered from a snapshot of the series, borrowed; NULL if that was not
 * asked for, or the snapshot is none of the series.
 */
const struct recovery *series_recovery(const struct series *series,
				       const struct snapshot *snapshot);

/* What was found, counted over all comparisons. */
struct series_counts {
	size_t profiles_before, profiles_after; /* in the first and last snapshot */
	size_t by_kind[FINDING_DEFAULT_CHANGED + 1];
	size_t recovered; /* profiles, from the last snapshot */
	bool complete;	  /* no diagnostic of severity error anywhere */
};

/* Counts over the whole series; *out is filled. */
void series_count(const struct series *series, struct series_counts *out);

/*
 * The number of a change: they are counted from 1 over all comparisons.
 * Return: 0 for one of another series.
 */
size_t series_change_number(const struct series *series, const struct finding *finding);
/* Changes of the comparisons before that one. */
size_t series_changes_before(const struct series *series, size_t comparison);

/*
 * Which of the recovered profiles of a snapshot a change tells of: a flag for
 * each, in their order, one at least; to be freed.
 * Return: NULL when out of memory.
 */
bool *series_reported(const struct series *series, size_t snapshot) MUST_CHECK;

#endif
