/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/diagnosis.h"

#include "base/array.h"
#include "cause/condition/conditiontable.h"
#include "cause/condition/pairfacts.h"
#include "cause/incident/incident.h"

#include <stdlib.h>

/* Several causes ask for the same condition: each is looked at once. */
struct weighing {
	struct incident incident;
	struct condition conditions[CONDITION_N_IDS];
};

/* ---- one cause ---- */

/* What is said of profiles says nothing where there are none to speak of. */
static bool applies(const struct incident *incident, enum condition_id id)
{
	if (id == CONDITION_LOST_ARE_NEWER)
		return incident->losses.n > 0;
	return id != CONDITION_NOTHING_SHARED || incident->before->n_profiles > 0;
}

/* The condition as it is found, but for its weight, which each cause has of its own. */
static const struct condition *checked(struct weighing *weighing, enum condition_id id)
{
	struct condition *condition = &weighing->conditions[id];

	if (condition->kind)
		return condition;
	condition->kind = conditiontable_kind(id);
	condition->basis = condition->kind->basis;
	if (condition->kind->scope == CONDITION_OF_CHANGE &&
	    !pairfacts_tells_changes(&weighing->incident))
		condition->detail =
			"the hive that stands there does not tell what became of "
			"the earlier one";
	else
		condition->kind->check(&weighing->incident, condition);
	return condition;
}

/* All that follows from the conditions. */
static enum status conclude(struct incident *incident, struct diagnosis *out)
{
	const struct condition *all = out->conditions;
	size_t n = out->n_conditions;

	out->grade = grade_of(all, n);
	if (incident->contradiction) {
		out->grade = grade_under_contradiction(out->grade);
		out->contradiction = incident->contradiction;
	}
	out->n_met = condition_count(all, n, CONDITION_MET);
	out->n_not_met = condition_count(all, n, CONDITION_NOT_MET);
	out->n_unknown = condition_count(all, n, CONDITION_UNKNOWN);
	/* Nothing can change what is ruled out. */
	if (out->grade != GRADE_RULED_OUT)
		missing_find(all, n, incident->companions, &out->missing);
	if (out->grade != GRADE_RULED_OUT && out->grade != GRADE_SUPPORTED)
		out->decisive = missing_decisive(all, n, incident->companions);
	return advice_give(incident, out->cause, out->grade, &out->advice);
}

static enum status weigh(struct weighing *weighing, enum cause cause,
			 struct diagnosis *out)
{
	struct incident *incident = &weighing->incident;
	size_t n;
	const struct cause_condition *wanted = cause_conditions(cause, &n);

	*out = (struct diagnosis){ .cause = cause, .comparison = incident->comparison };
	for (size_t i = 0; i < n; i++) {
		if (!applies(incident, wanted[i].id))
			continue;
		struct condition *condition = &out->conditions[out->n_conditions++];
		*condition = *checked(weighing, wanted[i].id);
		condition->weight = wanted[i].weight;
		condition->peculiar = wanted[i].peculiar;
	}
	return conclude(incident, out);
}

/* One for each cause, comparison and snapshot of a series. */
#define DIAGNOSES_MAX ((size_t)CAUSE_N_CAUSES * (SERIES_MAX + 1))

static enum status weigh_all(struct weighing *weighing, struct diagnoses *out)
{
	for (int i = 0; i < CAUSE_N_CAUSES; i++) {
		enum cause cause = (enum cause)i;
		if (cause_needs_pair(cause) && !weighing->incident.before)
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(out, DIAGNOSES_MAX));
		RETURN_IF_FAILED(weigh(weighing, cause, &out->items[out->n]));
		out->n++;
	}
	return weighing->incident.nomem ? STATUS_NOMEM : STATUS_OK;
}

/* ---- the events that were near ---- */

static enum status keep_signs(const struct signs *signs, struct diagnoses *out)
{
	struct sign *kept =
		reallocarray(out->signs, out->n_signs + signs->n + 1, sizeof(*kept));

	if (!kept)
		return STATUS_NOMEM;
	out->signs = kept;
	for (size_t i = 0; i < signs->n; i++)
		kept[out->n_signs++] = signs->items[i];
	return STATUS_OK;
}

static int by_event(const void *a, const void *b)
{
	const struct sign *x = a, *y = b;

	return x->event < y->event ? -1 : x->event > y->event;
}

/* Each event once, whatever number of comparisons it is near to; in the order of its log. */
static void sort_signs(struct diagnoses *diagnoses)
{
	size_t n = 0;

	if (diagnoses->n_signs > 1)
		qsort(diagnoses->signs, diagnoses->n_signs, sizeof(*diagnoses->signs),
		      by_event);
	for (size_t i = 0; i < diagnoses->n_signs; i++)
		if (n == 0 || diagnoses->signs[n - 1].event != diagnoses->signs[i].event)
			diagnoses->signs[n++] = diagnoses->signs[i];
	diagnoses->n_signs = n;
}

/* ---- the best ---- */

/* The first of the best grade, of a comparison or of all; NULL if there is no answer. */
static struct diagnosis *find_best(struct diagnoses *diagnoses, bool of_all,
				   const struct comparison *comparison)
{
	struct diagnosis *best = NULL;

	for (size_t i = 0; i < diagnoses->n; i++) {
		struct diagnosis *one = &diagnoses->items[i];
		if ((of_all || one->comparison == comparison) &&
		    grade_is_an_answer(one->grade) && (!best || one->grade < best->grade))
			best = one;
	}
	return best;
}

void diagnoses_rank(struct diagnoses *diagnoses)
{
	const struct diagnosis *of_all = find_best(diagnoses, true, NULL);

	for (size_t i = 0; i < diagnoses->n; i++) {
		struct diagnosis *one = &diagnoses->items[i];
		if (!grade_is_an_answer(one->grade))
			one->rank = DIAGNOSIS_UNRANKED;
		else if (one == of_all)
			one->rank = DIAGNOSIS_BEST_OF_ALL;
		else if (one == find_best(diagnoses, false, one->comparison))
			one->rank = DIAGNOSIS_BEST;
		else
			one->rank = DIAGNOSIS_OTHER;
	}
}

/* The better grade; of equal ones that of which more is met, and less is not. */
static bool is_likelier(const struct diagnosis *one, const struct diagnosis *other)
{
	if (one->grade != other->grade)
		return one->grade < other->grade;
	if (one->n_not_met != other->n_not_met)
		return one->n_not_met < other->n_not_met;
	return one->n_met > other->n_met;
}

size_t diagnoses_likeliest(const struct diagnoses *diagnoses,
			   const struct comparison *comparison,
			   const struct diagnosis **out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnoses->n; i++) {
		const struct diagnosis *one = &diagnoses->items[i];
		size_t at = n;
		if (one->comparison != comparison || one->grade == GRADE_RULED_OUT)
			continue;
		while (at > 0 && is_likelier(one, out[at - 1]))
			at--;
		if (at == max)
			continue;
		n += n < max;
		for (size_t k = n - 1; k > at; k--)
			out[k] = out[k - 1];
		out[at] = one;
	}
	return n;
}

const struct diagnosis *diagnoses_best(const struct diagnoses *diagnoses,
				       const struct comparison *comparison)
{
	for (size_t i = 0; i < diagnoses->n; i++)
		if (diagnoses->items[i].comparison == comparison &&
		    diagnoses->items[i].rank >= DIAGNOSIS_BEST)
			return &diagnoses->items[i];
	return NULL;
}

bool diagnoses_are_unresolved(const struct diagnoses *diagnoses,
			      const struct comparison *comparison)
{
	for (size_t i = 0; i < diagnoses->unresolved.n; i++)
		if (diagnoses->unresolved.items[i] == comparison)
			return true;
	return false;
}

const char *diagnosis_rank_word(enum diagnosis_rank rank)
{
	switch (rank) {
	case DIAGNOSIS_UNRANKED:
		return NULL;
	case DIAGNOSIS_OTHER:
		return "other";
	case DIAGNOSIS_BEST:
		return "best";
	case DIAGNOSIS_BEST_OF_ALL:
		return "best_of_all";
	}
	return NULL;
}

/* ---- all of them ---- */

static enum status explain(struct incident incident, struct diagnoses *out)
{
	struct weighing weighing = { .incident = incident };

	RETURN_IF_FAILED(incident_find(&weighing.incident));
	weighing.incident.contradiction = pairfacts_contradiction(&weighing.incident);
	enum status status = weigh_all(&weighing, out);
	if (status == STATUS_OK)
		status = keep_signs(&weighing.incident.signs, out);
	incident_clear(&weighing.incident);
	return status;
}

/* Nothing is weighed on what is unresolved, and that is said. */
static enum status leave(const struct comparison *comparison, struct diagnoses *out)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(&out->unresolved, SERIES_MAX));
	out->unresolved.items[out->unresolved.n++] = comparison;
	return STATUS_OK;
}

static enum status explain_comparison(const struct series *series, size_t index,
				      const struct companions *companions,
				      struct diagnoses *out)
{
	const struct comparison *comparison = series->comparisons[index];

	if (!incident_is_due(comparison))
		return incident_is_unresolved(comparison) ? leave(comparison, out)
							  : STATUS_OK;
	return explain((struct incident){ .arena = out->arena,
					  .comparison = comparison,
					  .before = series->snapshots[index],
					  .after = series->snapshots[index + 1],
					  .companions = companions,
					  .holders = &out->holders },
		       out);
}

static enum status explain_single(const struct series *series,
				  const struct companions *companions,
				  struct diagnoses *out)
{
	const struct recovery *recovery = series->recoveries[0];

	if (!incident_is_due_alone(recovery))
		return STATUS_OK;
	return explain((struct incident){ .arena = out->arena,
					  .after = series->snapshots[0],
					  .recovery = recovery,
					  .companions = companions,
					  .holders = &out->holders },
		       out);
}

enum status diagnoses_read(const struct series *series,
			   const struct companions *companions, struct diagnoses *out)
{
	struct diagnoses diagnoses = { .arena = arena_new() };
	enum status status = diagnoses.arena
				     ? holders_find(companions, &diagnoses.holders)
				     : STATUS_NOMEM;

	for (size_t i = 0; status == STATUS_OK && i < series->n_comparisons; i++)
		status = explain_comparison(series, i, companions, &diagnoses);
	if (status == STATUS_OK && series->n_comparisons == 0)
		status = explain_single(series, companions, &diagnoses);
	sort_signs(&diagnoses);
	diagnoses_rank(&diagnoses);
	if (status != STATUS_OK)
		diagnoses_clear(&diagnoses);
	else
		*out = diagnoses;
	return status;
}

void diagnoses_clear(struct diagnoses *diagnoses)
{
	free(diagnoses->items);
	free(diagnoses->unresolved.items);
	free(diagnoses->signs);
	holders_clear(&diagnoses->holders);
	arena_free(diagnoses->arena);
	*diagnoses = (struct diagnoses){ 0 };
}
