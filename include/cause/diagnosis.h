/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What caused the loss of profiles: every known cause is weighed by its conditions,
 * each met, not met or unknown, with its evidence.  Which cause is the best, its
 * counts, what evidence is missing and what to do are decided here; what is printed
 * only shows it.
 */
#ifndef CAUSE_DIAGNOSIS_H
#define CAUSE_DIAGNOSIS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "cause/advice.h"
#include "cause/cause.h"
#include "cause/condition/condition.h"
#include "cause/grade.h"
#include "cause/incident/holder.h"
#include "cause/incident/sign.h"
#include "cause/missing.h"
#include "compare/series.h"
#include "machine/companions.h"

enum diagnosis_rank {
	DIAGNOSIS_UNRANKED,    /* no answer: undetermined or worse */
	DIAGNOSIS_OTHER,       /* possible or better, but another one is best */
	DIAGNOSIS_BEST,	       /* of its comparison */
	DIAGNOSIS_BEST_OF_ALL, /* that too, and of all comparisons */
};

struct diagnosis {
	enum cause cause;
	enum grade grade;
	enum diagnosis_rank rank;
	const char
		*contradiction; /* why it is neither supported nor ruled out; or NULL */
	const struct comparison *comparison; /* NULL: a single snapshot */
	struct condition conditions[CAUSE_MAX_CONDITIONS];
	size_t n_conditions;
	size_t n_met, n_not_met, n_unknown; /* of those that are no hints */
	struct missing missing;		    /* nothing if it is ruled out */
	struct missing_item decisive;	    /* likewise, and if it is supported */
	struct advices advice;
};

struct diagnoses {
	struct arena *arena;	 /* owns all texts */
	struct diagnosis *items; /* by comparison, then cause */
	size_t n, cap;
	struct sign *signs; /* events near the losses, by log, then time */
	size_t n_signs;
	struct holders holders;
	/* Comparisons whose only changes are unresolved: no cause is weighed for them. */
	struct diagnoses_unresolved {
		const struct comparison **items;
		size_t n, cap;
	} unresolved;
};

/*
 * Weighs the causes of each comparison in which something is gone, replaced or
 * in doubt, or of the deleted profiles of a single snapshot; none where there
 * is nothing to explain.  Everything must outlive the diagnoses.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status diagnoses_read(const struct series *series,
				      const struct companions *companions,
				      struct diagnoses *out);
void diagnoses_clear(struct diagnoses *diagnoses);

/*
 * Gives each its rank by the grades, which diagnoses_read() does: the best of a
 * comparison has the best grade, of several the first; so has the best of all.
 */
void diagnoses_rank(struct diagnoses *diagnoses);

/* The best of a comparison (NULL: of a single snapshot); NULL if there is no answer. */
const struct diagnosis *diagnoses_best(const struct diagnoses *diagnoses,
				       const struct comparison *comparison);

/*
 * Where there is no answer: the causes of a comparison that are not ruled out, max at
 * most, the likeliest first: by grade, then by how little is not met and how much is.
 * Return: how many.
 */
size_t diagnoses_likeliest(const struct diagnoses *diagnoses,
			   const struct comparison *comparison,
			   const struct diagnosis **out, size_t max);

/* True if no cause was weighed, for all changes of the comparison are unresolved. */
bool diagnoses_are_unresolved(const struct diagnoses *diagnoses,
			      const struct comparison *comparison);

/* "best_of_all", "best", "other"; NULL for none. */
const char *diagnosis_rank_word(enum diagnosis_rank rank);

#endif
