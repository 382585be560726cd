/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Causes, and the conditions that each is weighed by.  The order of causes is
 * the order of the report; of two with the same grade the first is told first.
 * Sources: KB 817375, 818861, 303221, 268996, 183904, 175786, the description
 * of IProfAdmin::DeleteProfile, and what the field reports of "BACKUP OF".
 */
#include "cause/incident.h"

#include "base/array.h"
#include "cause/incident_private.h"

#include <stdlib.h>

#define NECESSARY(id)                                                                    \
	{                                                                                \
		CONDITION_##id, CONDITION_NECESSARY                                      \
	}
#define TELLING(id)                                                                      \
	{                                                                                \
		CONDITION_##id, CONDITION_TELLING                                        \
	}
#define HINT(id)                                                                         \
	{                                                                                \
		CONDITION_##id, CONDITION_HINT                                           \
	}

struct cause_kind {
	const char *word, *sentence;
	bool needs_pair; /* cannot be weighed for a single hive */
	struct cause_condition {
		enum condition_id id;
		enum condition_weight weight;
	} conditions[DIAGNOSIS_MAX_CONDITIONS];
	size_t n;
};

#define CONDITIONS_OF(...)                                                               \
	.conditions = { __VA_ARGS__ },                                                   \
	.n = sizeof((struct cause_condition[]){ __VA_ARGS__ }) /                         \
	     sizeof(struct cause_condition)

static const struct cause_kind causes[] = {
	[CAUSE_KB_817375] = {
		"kb_817375",
		"the fault of Mapi32.dll on Exchange 2000 (KB 817375): a MAPI program "
		"that impersonates another account made it take live profiles for "
		"stale ones",
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(LOCAL_SYSTEM_HIVE), NECESSARY(WMS_LIST),
			      NECESSARY(EXCHANGE_2000), NECESSARY(MAPI32_AFFECTED),
			      TELLING(SEVERAL_AT_ONCE), TELLING(DEFAULT_UNTOUCHED),
			      TELLING(PROCESS_RUNS), TELLING(THIRD_PARTY_HOLDER),
			      TELLING(LOCAL_SYSTEM_SERVICE), TELLING(OTHER_IDENTITY),
			      TELLING(FIX_ABSENT), TELLING(EVENT_9202),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_KB_818861] = {
		"kb_818861",
		"its sibling of Exchange 5.5 (KB 818861): one terminal session purged "
		"the profiles that the same account used in another",
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ACCOUNT_HIVE), NECESSARY(WMS_LIST),
			      NECESSARY(EXCHANGE_55), TELLING(DYNAMIC_PROFILES),
			      TELLING(SEVERAL_AT_ONCE), TELLING(TERMINAL_SERVER),
			      TELLING(PROCESS_RUNS), TELLING(EVENT_MCA_721),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_KB_303221] = {
		"kb_303221",
		"the same class of fault on a terminal server (KB 303221): one session "
		"purged what another still used in Deleted Profiles",
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ACCOUNT_HIVE), NECESSARY(FROM_DELETED),
			      TELLING(DELETED_EMPTIED), TELLING(SEVERAL_AT_ONCE),
			      TELLING(TERMINAL_SERVER), TELLING(PROCESS_RUNS),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_USER_DELETION] = {
		"user_deletion",
		"a user, or a program at a user's wish, deleted the profile",
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(FROM_PROFILES), TELLING(USER_HIVE),
			      TELLING(ONE_AT_A_TIME), TELLING(LIST_KEPT),
			      HINT(MOVED_IN_USE), HINT(DEFAULT_CHANGED),
			      HINT(PANEL_USED)),
	},
	[CAUSE_REMOVE_ALL] = {
		"remove_all",
		"a script or a set-up removed all profiles",
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ALL_LOST), TELLING(MORE_THAN_ONE),
			      TELLING(LIST_MADE_ANEW), HINT(SEVERAL_AT_ONCE),
			      HINT(EVENT_LOGON_FAILED)),
	},
	[CAUSE_OFFICE_UPGRADE] = {
		"office_upgrade",
		"an upgrade of Office took the profiles to another place",
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(COPY_IN_OFFICE), TELLING(NEWER_OFFICE),
			      TELLING(NOTHING_LOST), HINT(OUTLOOK_INSTALLED),
			      HINT(EVENT_INSTALLER)),
	},
	[CAUSE_FIRST_RUN] = {
		"first_run",
		"Outlook's first run met a roaming profile and set it aside as "
		"\"BACKUP OF ...\"",
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(BACKUP_OF), TELLING(ORIGINAL_REPLACED),
			      HINT(FIRST_RUN_STATE)),
	},
	[CAUSE_SESSION_END] = {
		"session_end",
		"the session of a service ended, and MAPI removed what it had kept in "
		"Deleted Profiles: to be expected",
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ONLY_FROM_DELETED), TELLING(ONE_AT_A_TIME),
			      TELLING(DEFAULT_UNTOUCHED), TELLING(PROCESS_GONE)),
	},
	[CAUSE_ROLLED_BACK] = {
		"rolled_back",
		"the later hive is an older state: restored from a backup, or given in "
		"the wrong order",
		true,
		CONDITIONS_OF(NECESSARY(AFTER_OLDER), NECESSARY(SAME_SUBJECT),
			      TELLING(SEQUENCE_BACK), TELLING(KEYS_BACK),
			      TELLING(LOST_ARE_NEWER)),
	},
	[CAUSE_WRONG_PAIR] = {
		"wrong_pair",
		"the two hives do not belong to one subject",
		true,
		CONDITIONS_OF(NECESSARY(SUBJECTS_DIFFER), TELLING(NOTHING_SHARED),
			      HINT(ROOTS_DIFFER)),
	},
};

const char *cause_word(enum cause cause)
{
	return causes[cause].word;
}

const char *cause_sentence(enum cause cause)
{
	return causes[cause].sentence;
}

const char *grade_word(enum grade grade)
{
	static const char *const words[] = {
		[GRADE_SUPPORTED] = "supported",       [GRADE_POSSIBLE] = "possible",
		[GRADE_UNDETERMINED] = "undetermined", [GRADE_UNLIKELY] = "unlikely",
		[GRADE_RULED_OUT] = "ruled_out",
	};

	return words[grade];
}

enum grade diagnosis_grade(const struct condition *conditions, size_t n)
{
	size_t met = 0, not_met = 0, unknown = 0;

	for (size_t i = 0; i < n; i++) {
		const struct condition *condition = &conditions[i];
		if (condition->weight == CONDITION_HINT)
			continue;
		if (condition->state == CONDITION_UNKNOWN)
			unknown++;
		else if (condition->weight == CONDITION_NECESSARY) {
			if (condition->state == CONDITION_NOT_MET)
				return GRADE_RULED_OUT;
		} else if (condition->state == CONDITION_MET)
			met++;
		else
			not_met++;
	}
	if (unknown == 0 && not_met == 0)
		return GRADE_SUPPORTED;
	if (met + not_met == 0)
		return GRADE_UNDETERMINED;
	return not_met >= met ? GRADE_UNLIKELY : GRADE_POSSIBLE;
}

/* ---- one cause ---- */

/* What is said of profiles says nothing where there are none to speak of. */
static bool applies(const struct incident *incident, enum condition_id id)
{
	if (id == CONDITION_LOST_ARE_NEWER)
		return incident->n > 0;
	return id != CONDITION_NOTHING_SHARED || incident->before->n_profiles > 0;
}

/* The condition as it is found, but for its weight, which each cause has of its own. */
static const struct condition *checked(struct incident *incident, enum condition_id id)
{
	struct condition *condition = &incident->conditions[id];

	if (incident->is_checked[id])
		return condition;
	incident->is_checked[id] = true;
	condition->id = id;
	condition->basis = condition_basis(id);
	(void)(hivefacts_check(incident, condition) ||
	       timefacts_check(incident, condition) ||
	       listfacts_check(incident, condition) ||
	       pairfacts_check(incident, condition) ||
	       usertrace_check(incident, condition) ||
	       machinefacts_check(incident, condition) ||
	       eventfacts_check(incident, condition));
	return condition;
}

static enum status weigh(struct incident *incident, enum cause cause,
			 struct diagnosis *out)
{
	const struct cause_kind *kind = &causes[cause];

	*out = (struct diagnosis){ .cause = cause, .comparison = incident->comparison };
	for (size_t i = 0; i < kind->n; i++) {
		if (!applies(incident, kind->conditions[i].id))
			continue;
		struct condition *condition = &out->conditions[out->n_conditions++];
		*condition = *checked(incident, kind->conditions[i].id);
		condition->weight = kind->conditions[i].weight;
	}
	out->grade = diagnosis_grade(out->conditions, out->n_conditions);
	return advice_give(incident, out);
}

/* One for each cause, comparison and snapshot of a series. */
#define DIAGNOSES_MAX (ARRAY_LEN(causes) * (SERIES_MAX + 1))

static enum status weigh_all(struct incident *incident, struct diagnoses *out)
{
	RETURN_IF_FAILED(loss_find(incident));
	RETURN_IF_FAILED(copies_find(incident));
	RETURN_IF_FAILED(signs_find(incident->companions, incident->from_ft,
				    incident->to_ft, &incident->signs));
	for (size_t i = 0; i < ARRAY_LEN(causes); i++) {
		if (causes[i].needs_pair && !incident->before)
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(out, DIAGNOSES_MAX));
		RETURN_IF_FAILED(weigh(incident, (enum cause)i, &out->items[out->n]));
		out->n++;
	}
	return incident->nomem ? STATUS_NOMEM : STATUS_OK;
}

/* ---- what is to be explained ---- */

static bool needs_explaining(const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_findings; i++)
		switch (comparison->findings[i].kind) {
		case FINDING_DELETED:
		case FINDING_MOVED:
		case FINDING_RENAMED:
		case FINDING_RECREATED:
		case FINDING_DAMAGED:
		case FINDING_STORE_REMOVED:
			return true;
		case FINDING_ADDED:
		case FINDING_MODIFIED:
		case FINDING_DEFAULT_CHANGED:
			break;
		}
	return diag_count_of(comparison->diags, DIAG_SUBJECTS_DIFFER) > 0 ||
	       diag_count_of(comparison->diags, DIAG_AFTER_OLDER) > 0;
}

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

static enum status explain(struct incident *incident, struct diagnoses *out)
{
	enum status status = weigh_all(incident, out);

	if (status == STATUS_OK)
		status = keep_signs(&incident->signs, out);
	loss_clear(incident);
	signs_clear(&incident->signs);
	return status;
}

static enum status explain_comparison(const struct series *series, size_t index,
				      const struct companions *companions,
				      struct diagnoses *out)
{
	struct incident incident = {
		.arena = out->arena,
		.series = series,
		.comparison = series->comparisons[index],
		.before = series->snapshots[index],
		.after = series->snapshots[index + 1],
		.companions = companions,
		.holders = &out->holders,
	};

	return needs_explaining(incident.comparison) ? explain(&incident, out)
						     : STATUS_OK;
}

static enum status explain_single(const struct series *series,
				  const struct companions *companions,
				  struct diagnoses *out)
{
	struct incident incident = {
		.arena = out->arena,
		.series = series,
		.after = series->snapshots[0],
		.companions = companions,
		.holders = &out->holders,
	};

	if (!series->recoveries[0] || series->recoveries[0]->n_gone == 0)
		return STATUS_OK;
	return explain(&incident, out);
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
	if (status != STATUS_OK)
		diagnoses_clear(&diagnoses);
	else
		*out = diagnoses;
	return status;
}

void diagnoses_clear(struct diagnoses *diagnoses)
{
	free(diagnoses->items);
	free(diagnoses->signs);
	holders_clear(&diagnoses->holders);
	arena_free(diagnoses->arena);
	*diagnoses = (struct diagnoses){ 0 };
}

const struct diagnosis *diagnoses_best(const struct diagnoses *diagnoses,
				       const struct comparison *comparison)
{
	const struct diagnosis *best = NULL;

	for (size_t i = 0; i < diagnoses->n; i++) {
		const struct diagnosis *diagnosis = &diagnoses->items[i];
		if (diagnosis->comparison == comparison &&
		    diagnosis->grade < GRADE_UNDETERMINED &&
		    (!best || diagnosis->grade < best->grade))
			best = diagnosis;
	}
	return best;
}
