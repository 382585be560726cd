// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Causes that are said to be supported or ruled out, and their conditions: by what became
 * of the profiles, and by what was given beside the hives.
 */
#include "whole/falsifier/causes.h"

#include <string.h>
#include <strings.h>

bool causes_always(const struct losses *l)
{
	return l->t != NULL;
}

bool causes_never(const struct losses *l)
{
	return l->t == NULL;
}

static bool perhaps_by_user(const struct losses *l)
{
	/* Somebody who took a tool to the hive was a person too. */
	return l->moved > 0 || losses_ended_by(l, TRUTH_BY_OFFLINE, false) ||
	       (losses_ended_by(l, TRUTH_BY_DELETION, false) && losses_from_profiles(l));
}

static bool surely_by_user(const struct losses *l)
{
	return losses_ended_by(l, TRUTH_BY_DELETION, true) && !losses_is_other_hive(l) &&
	       losses_from_deleted(l, true) == 0 && !losses_looks_older(l);
}

/* Who deletes all profiles, and then their list, leaves what a script does. */
static bool perhaps_removed(const struct losses *l)
{
	const struct truth_state *a = &l->t->states[l->a];
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < l->n; i++) {
		unsigned list = (unsigned)l->t->tenures[l->first[i]].list;

		if (a->list_made[list] != b->list_made[list] ||
		    b->list_key[list] == TRUTH_NONE)
			return true;
	}
	return losses_ended_by(l, TRUTH_WITH_LIST, false);
}

static bool surely_removed(const struct losses *l)
{
	/* Of Deleted Profiles that is no removal of profiles: it empties by itself. */
	return losses_ended_by(l, TRUTH_WITH_LIST, true) && !losses_is_other_hive(l) &&
	       losses_from_deleted(l, true) == 0 && !losses_looks_older(l);
}

static bool surely_session(const struct losses *l)
{
	return losses_only_deleted(l) && !losses_is_other_hive(l) &&
	       losses_ended_by(l, TRUTH_BY_DELETION, true);
}

static bool surely_rolled_back(const struct losses *l)
{
	return losses_ended_by(l, TRUTH_BY_RESTORE, true) &&
	       l->t->states[l->b].newest < l->t->states[l->a].newest;
}

/* Something ended so between the two states. */
static bool happened(const struct losses *l, enum truth_end end)
{
	for (uint32_t i = 0; i < l->t->n_tenures; i++) {
		const struct truth_tenure *x = &l->t->tenures[i];

		if (x->end == end && x->gone_state > l->a && x->gone_state <= l->b)
			return true;
	}
	return false;
}

static bool perhaps_upgrade(const struct losses *l)
{
	return happened(l, TRUTH_BY_UPGRADE);
}

static bool surely_upgrade(const struct losses *l)
{
	return perhaps_upgrade(l) && losses_came_to(l, TRUTH_PROFILES, TRUTH_OFFICE);
}

/* Who renames a profile and makes another of its name does what a first run does. */
static bool perhaps_first_run(const struct losses *l)
{
	return causes_is_replaced(l);
}

static bool surely_first_run(const struct losses *l)
{
	return happened(l, TRUTH_BY_FIRST_RUN) && causes_is_replaced(l);
}

/* A session purged what another one used: by the listing its program ran on. */
static bool perhaps_purged(const struct losses *l)
{
	return l->evidence != NULL && l->evidence->has_listing && l->n > 0;
}

/* Whatever the hive was before: it is another now. */
static bool surely_new(const struct losses *l)
{
	return l->t->states[l->b].hive > l->t->states[l->a].hive && l->b > l->a;
}

/* An older state came back, or another hive that was there before. */
static bool perhaps_reset(const struct losses *l)
{
	return l->t->states[l->a].restores != l->t->states[l->b].restores;
}

/* Supported is false unless `perhaps`, ruled_out is false if `surely`. */
static const struct causes_row causes[] = {
	{ "user_deletion", perhaps_by_user, surely_by_user },
	{ "remove_all", perhaps_removed, surely_removed },
	{ "session_end", losses_perhaps_deleted, surely_session },
	{ "rolled_back", losses_is_older, surely_rolled_back },
	{ "wrong_pair", causes_never, causes_never },
	{ "kb_817375", causes_never, causes_never },
	{ "kb_818861", perhaps_purged, causes_never },
	{ "kb_303221", perhaps_purged, causes_never },
	{ "office_upgrade", perhaps_upgrade, surely_upgrade },
	{ "first_run", perhaps_first_run, surely_first_run },
	{ "new_hive", losses_is_other_hive, surely_new },
	{ "hive_reset", perhaps_reset, causes_never },
	{ "list_imported", causes_never, causes_never },
	{ "office_removed", causes_never, causes_never },
};

enum { MAX_TOLD = 64 };

/* What several causes share is one statement. */
struct told {
	const char *ids[MAX_TOLD];
	size_t n;
};

static bool is_told(struct told *told, const char *id)
{
	for (size_t i = 0; i < told->n; i++)
		if (strcmp(told->ids[i], id) == 0)
			return true;
	if (told->n < MAX_TOLD)
		told->ids[told->n++] = id;
	return false;
}

static const struct causes_row *find_row(const struct causes_row *rows, size_t n,
					 const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].id, id) == 0)
			return &rows[i];
	return NULL;
}

static void check_condition(struct check *c, const xmlNode *node, const struct losses *l,
			    enum tally_level level, struct told *told)
{
	const char *state = run_get(node, "state");
	const char *id = run_get(node, "id");
	bool met = strcmp(state, "met") == 0;
	size_t n;
	const struct causes_row *rows = conditions_rows(&n);
	const struct causes_row *row = find_row(rows, n, id);

	if (row == NULL) {
		rows = beside_rows(&n);
		row = find_row(rows, n, id);
	}
	if ((!met && strcmp(state, "not_met") != 0) || row == NULL || is_told(told, id))
		return;
	check_count(c, TALLY_CONDITION, level,
		    (met ? row->perhaps(l) : !row->surely(l)) ? TALLY_TRUE : TALLY_FALSE,
		    "%s %s (%s)", id, state, run_get(node, "detail"));
}

static void check_cause(struct check *c, const xmlNode *node, const struct losses *l,
			enum tally_level level)
{
	bool supported = strcmp(run_get(node, "grade"), "supported") == 0;

	if (!supported && strcmp(run_get(node, "grade"), "ruled_out") != 0)
		return;
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (strcmp(causes[i].id, run_get(node, "cause")) == 0)
			check_count(
				c, TALLY_CAUSE, level,
				(supported ? causes[i].perhaps(l) : !causes[i].surely(l))
					? TALLY_TRUE
					: TALLY_FALSE,
				"%s %s", causes[i].id, run_get(node, "grade"));
}

static enum tally_level lowest(const xmlNode *comparison)
{
	enum tally_level level = TALLY_CERTAIN;

	for (const xmlNode *node = run_child(comparison, "change"); node != NULL;
	     node = run_next(node, "change"))
		if (check_level(run_get(node, "certainty")) > level)
			level = check_level(run_get(node, "certainty"));
	return level;
}

void check_causes(struct check *c, const xmlNode *series, const xmlNode *comparison,
		  const struct check_view *a, const struct check_view *b)
{
	struct losses l = {
		.t = c->truth,
		.a = a->lo,
		.b = b->lo,
		.file_a = a->snapshot,
		.file_b = b->snapshot,
		.evidence = c->evidence,
	};
	enum tally_level level = lowest(comparison);
	struct told told = { .n = 0 };

	if (a->lo != a->hi || b->lo != b->hi)
		return;
	losses_find(&l);
	if (l.unknown != 0)
		return;
	for (const xmlNode *node = run_child(series, "diagnosis"); node != NULL;
	     node = run_next(node, "diagnosis")) {
		if (strcmp(run_get(node, "comparison"), run_get(comparison, "id")) != 0)
			continue;
		check_cause(c, node, &l, level);
		for (const xmlNode *k = run_child(node, "condition"); k != NULL;
		     k = run_next(k, "condition"))
			check_condition(c, k, &l, level, &told);
	}
}
