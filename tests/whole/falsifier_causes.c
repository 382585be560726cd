// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conditions of causes that histories decide, and causes that are said to be supported
 * or ruled out. Those that need evidence beside the hives are not met in any history.
 */
#include "falsifier_check.h"

#include <string.h>
#include <strings.h>

#define SECONDS_2 UINT64_C(20000000)

/* What is gone between two states, and how it went. */
struct losses {
	const struct truth *t;
	uint32_t a;
	uint32_t b;
	uint32_t first[TRUTH_MAX_ALIVE]; /* the tenure in the earlier state */
	uint32_t last[TRUTH_MAX_ALIVE];	 /* that in which it went for good */
	size_t n;
	size_t moved; /* from Profiles to another list */
};

/* A condition that the truth decides. Return: whether it is met. */
typedef bool condition_test(const struct losses *l);

static void find_losses(struct losses *l)
{
	const struct truth *t = l->t;
	const struct truth_state *a = &t->states[l->a];

	l->n = 0;
	l->moved = 0;
	for (size_t i = 0; i < a->n_alive; i++) {
		uint32_t x = a->alive[i].tenure;
		uint32_t now = truth_identity(t, l->b, t->tenures[x].identity);

		if (now != TRUTH_NONE) {
			l->moved += t->tenures[now].list != t->tenures[x].list;
			continue;
		}
		l->first[l->n] = x;
		l->last[l->n] = x;
		for (uint32_t y = 0; y < t->n_tenures; y++)
			if (t->tenures[y].identity == t->tenures[x].identity &&
			    t->tenures[y].gone_state != TRUTH_NONE &&
			    t->tenures[y].gone_state > l->a &&
			    t->tenures[y].gone_state <= l->b)
				l->last[l->n] = y;
		l->n++;
	}
}

static bool several_at_once(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < i; k++) {
			uint64_t x = l->t->tenures[l->last[i]].gone;
			uint64_t y = l->t->tenures[l->last[k]].gone;

			if ((x > y ? x - y : y - x) <= SECONDS_2)
				return true;
		}
	return false;
}

static bool one_at_a_time(const struct losses *l)
{
	return !several_at_once(l);
}

static size_t from_list(const struct losses *l, bool deleted_list)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += (l->t->tenures[l->first[i]].list == TRUTH_DELETED ||
		      (deleted_list &&
		       l->t->tenures[l->last[i]].list == TRUTH_DELETED)) == deleted_list;
	return n;
}

static bool from_profiles(const struct losses *l)
{
	return from_list(l, false) + l->moved > 0;
}

static bool from_deleted(const struct losses *l)
{
	return from_list(l, true) > 0;
}

static bool only_from_deleted(const struct losses *l)
{
	return l->n > 0 && from_list(l, true) == l->n;
}

static size_t in_list(const struct losses *l, uint32_t state, unsigned list)
{
	const struct truth_state *s = &l->t->states[state];
	size_t n = 0;

	for (size_t i = 0; i < s->n_alive; i++)
		n += (unsigned)l->t->tenures[s->alive[i].tenure].list == list;
	return n;
}

static bool deleted_emptied(const struct losses *l)
{
	return in_list(l, l->b, TRUTH_DELETED) == 0;
}

/* Whether the list of a loss is still the same key. */
static bool list_kept(const struct losses *l)
{
	const struct truth_state *a = &l->t->states[l->a];
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < l->n; i++) {
		unsigned list = (unsigned)l->t->tenures[l->first[i]].list;

		if (b->list_key[list] == TRUTH_NONE ||
		    a->list_made[list] != b->list_made[list])
			return false;
	}
	return true;
}

static bool list_made_anew(const struct losses *l)
{
	return !list_kept(l);
}

/* A list of which nothing that stood there is there any more. */
static bool is_all_lost(const struct losses *l, unsigned list, size_t least)
{
	const struct truth_state *a = &l->t->states[l->a];
	bool lost = false;

	if (in_list(l, l->a, list) < least)
		return false;
	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &l->t->tenures[a->alive[i].tenure];
		uint32_t now = truth_identity(l->t, l->b, x->identity);

		if ((unsigned)x->list != list)
			continue;
		if (now != TRUTH_NONE && (unsigned)l->t->tenures[now].list == list)
			return false;
		lost = true;
	}
	return lost;
}

static bool all_lost(const struct losses *l)
{
	return is_all_lost(l, TRUTH_PROFILES, 1) || is_all_lost(l, TRUTH_DELETED, 1) ||
	       is_all_lost(l, TRUTH_OFFICE, 1);
}

static bool default_changed(const struct losses *l)
{
	for (unsigned i = 0; i < TRUTH_LISTS; i++) {
		const char *x = l->t->states[l->a].default_profile[i];
		const char *y = l->t->states[l->b].default_profile[i];

		if (strcasecmp(x == NULL ? "" : x, y == NULL ? "" : y) != 0)
			return true;
	}
	return false;
}

static bool default_untouched(const struct losses *l)
{
	return !default_changed(l);
}

static bool one_subject(const struct losses *l)
{
	return l->t != NULL;
}

static bool two_subjects(const struct losses *l)
{
	return l->t == NULL;
}

/* The later hive is an older state, or holds one that was brought back in between. */
static bool after_older(const struct losses *l)
{
	return l->b < l->a || l->t->restored;
}

static bool in_order(const struct losses *l)
{
	return l->b >= l->a;
}

static const struct {
	const char *id;
	condition_test *test;
} conditions[] = {
	{ "several_at_once", several_at_once },
	{ "one_at_a_time", one_at_a_time },
	{ "from_profiles", from_profiles },
	{ "from_deleted", from_deleted },
	{ "only_from_deleted", only_from_deleted },
	{ "deleted_emptied", deleted_emptied },
	{ "list_kept", list_kept },
	{ "list_made_anew", list_made_anew },
	{ "all_lost", all_lost },
	{ "default_untouched", default_untouched },
	{ "same_subject", one_subject },
	{ "subjects_differ", two_subjects },
	{ "after_older", after_older },
	{ "later_state", in_order },
};

static bool ended_by(const struct losses *l, enum truth_end end)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->t->tenures[l->last[i]].end == end)
			return true;
	return false;
}

static bool by_user(const struct losses *l)
{
	return ended_by(l, TRUTH_BY_DELETION) || l->moved > 0;
}

static bool by_removal(const struct losses *l)
{
	return ended_by(l, TRUTH_WITH_LIST);
}

static bool by_session(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->t->tenures[l->last[i]].list == TRUTH_DELETED)
			return true;
	return false;
}

static bool never(const struct losses *l)
{
	return l->t == NULL;
}

static const struct {
	const char *id;
	condition_test *test;
} causes[] = {
	{ "user_deletion", by_user },	{ "remove_all", by_removal },
	{ "session_end", by_session },	{ "rolled_back", after_older },
	{ "wrong_pair", two_subjects }, { "kb_817375", never },
	{ "kb_818861", never },		{ "kb_303221", never },
	{ "office_upgrade", never },	{ "first_run", never },
};

static void check_condition(struct check *c, const xmlNode *node, const struct losses *l,
			    enum tally_level level)
{
	const char *state = run_get(node, "state");
	bool met = strcmp(state, "met") == 0;

	if (!met && strcmp(state, "not_met") != 0)
		return;
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
		if (strcmp(conditions[i].id, run_get(node, "id")) == 0)
			check_count(c, TALLY_CONDITION, level,
				    conditions[i].test(l) == met ? TALLY_TRUE
								 : TALLY_FALSE,
				    "%s %s (%s)", conditions[i].id, state,
				    run_get(node, "detail"));
}

static void check_cause(struct check *c, const xmlNode *node, const struct losses *l)
{
	bool supported = strcmp(run_get(node, "grade"), "supported") == 0;

	if (!supported && strcmp(run_get(node, "grade"), "ruled_out") != 0)
		return;
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (strcmp(causes[i].id, run_get(node, "cause")) == 0)
			check_count(c, TALLY_CAUSE,
				    supported ? TALLY_PROBABLE : TALLY_CERTAIN,
				    causes[i].test(l) == supported ||
						    (!supported && l->n == 0)
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
	struct losses l = { .t = c->truth, .a = a->lo, .b = b->lo };
	const char *seen = "";

	if (a->lo != a->hi || b->lo != b->hi)
		return;
	find_losses(&l);
	for (const xmlNode *node = run_child(series, "diagnosis"); node != NULL;
	     node = run_next(node, "diagnosis")) {
		if (strcmp(run_get(node, "comparison"), run_get(comparison, "id")) != 0)
			continue;
		check_cause(c, node, &l);
		for (const xmlNode *k = run_child(node, "condition"); k != NULL;
		     k = run_next(k, "condition")) {
			/* What several causes share is one statement. */
			if (strcmp(run_get(k, "id"), seen) == 0)
				continue;
			seen = run_get(k, "id");
			check_condition(c, k, &l, lowest(comparison));
		}
	}
}
