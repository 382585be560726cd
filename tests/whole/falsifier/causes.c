// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conditions of causes that histories decide, and causes that are said to be supported
 * or ruled out. Those that need evidence beside the hives are not met in any history.
 */
#include "whole/falsifier/check.h"

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
	size_t moved;	/* from one list to another */
	size_t unknown; /* there, but nothing could tell that they are the same */
};

/* A question to the truth. */
typedef bool loss_test(const struct losses *l);

static bool has_copy(const struct losses *l, uint32_t tenure)
{
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < b->n_alive; i++)
		if (l->t->tenures[b->alive[i].tenure].family ==
		    l->t->tenures[tenure].family)
			return true;
	return false;
}

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
			l->unknown += !truth_shares(t, l->a, x, l->b, now);
			continue;
		}
		l->unknown += has_copy(l, x); /* which can be taken for it */
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

static bool is_near(uint64_t x, uint64_t y)
{
	return (x > y ? x - y : y - x) <= SECONDS_2;
}

/* Two went at one instant, however that is measured; or surely, whatever is taken. */
static bool near_each_other(const struct losses *l, bool surely)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct truth_tenure *x = &l->t->tenures[l->last[i]];
			const struct truth_tenure *y = &l->t->tenures[l->last[k]];
			bool gone = is_near(x->gone, y->gone);
			bool emptied = x->has_emptied && y->has_emptied &&
				       is_near(x->emptied, y->emptied);

			if (surely ? gone && emptied && l->first[i] == l->last[i] &&
					     l->first[k] == l->last[k]
				   : gone || emptied)
				return true;
		}
	return false;
}

static bool perhaps_at_once(const struct losses *l)
{
	return near_each_other(l, false);
}

static bool surely_at_once(const struct losses *l)
{
	return near_each_other(l, true);
}

static bool perhaps_apart(const struct losses *l)
{
	return !surely_at_once(l);
}

static bool surely_apart(const struct losses *l)
{
	return !perhaps_at_once(l);
}

/* Losses that stood in Deleted Profiles: in the earlier snapshot, or in the end. */
static size_t from_deleted(const struct losses *l, bool in_the_end)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->t->tenures[l->first[i]].list == TRUTH_DELETED ||
		     (in_the_end && l->t->tenures[l->last[i]].list == TRUTH_DELETED);
	return n;
}

static bool from_profiles(const struct losses *l)
{
	return from_deleted(l, false) < l->n;
}

static bool from_profiles_or_moved(const struct losses *l)
{
	return from_profiles(l) || l->moved > 0;
}

static bool perhaps_from_deleted(const struct losses *l)
{
	return from_deleted(l, true) > 0;
}

static bool surely_from_deleted(const struct losses *l)
{
	return from_deleted(l, false) > 0;
}

static bool perhaps_only_deleted(const struct losses *l)
{
	return l->n > 0 && from_deleted(l, true) == l->n;
}

static bool surely_only_deleted(const struct losses *l)
{
	return l->n > 0 && from_deleted(l, false) == l->n;
}

static size_t in_list(const struct losses *l, uint32_t state, unsigned list)
{
	const struct truth_state *s = &l->t->states[state];
	size_t n = 0;

	for (size_t i = 0; i < s->n_alive; i++)
		n += (unsigned)l->t->tenures[s->alive[i].tenure].list == list;
	return n;
}

static bool is_deleted_empty(const struct losses *l)
{
	return in_list(l, l->b, TRUTH_DELETED) == 0;
}

static bool was_deleted_emptied(const struct losses *l)
{
	return is_deleted_empty(l) && surely_from_deleted(l);
}

/*
 * Whether the list of each loss is still the same key: of those from Profiles; where none
 * went from there, of the others. So the condition takes it.
 */
static bool list_kept(const struct losses *l)
{
	const struct truth_state *a = &l->t->states[l->a];
	const struct truth_state *b = &l->t->states[l->b];
	bool only_deleted = from_deleted(l, false) == l->n;

	for (size_t i = 0; i < l->n; i++) {
		unsigned list = (unsigned)l->t->tenures[l->first[i]].list;

		if (list == TRUTH_DELETED && !only_deleted)
			continue;
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

/*
 * A list of which nothing is there any more; nowhere, if that is asked for. The condition
 * speaks of lists Profiles: Deleted Profiles empties by itself.
 */
static bool is_all_lost(const struct losses *l, bool nowhere)
{
	const struct truth_state *a = &l->t->states[l->a];
	size_t stood[TRUTH_LISTS] = { 0 };
	size_t lost[TRUTH_LISTS] = { 0 };

	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &l->t->tenures[a->alive[i].tenure];
		uint32_t now = truth_identity(l->t, l->b, x->identity);

		stood[x->list]++;
		lost[x->list] += now == TRUTH_NONE ||
				 (!nowhere && l->t->tenures[now].list != x->list);
	}
	for (unsigned i = 0; i < TRUTH_LISTS; i++)
		if (i != TRUTH_DELETED && stood[i] != 0 && stood[i] == lost[i])
			return true;
	return false;
}

static bool perhaps_all_lost(const struct losses *l)
{
	return is_all_lost(l, false);
}

static bool surely_all_lost(const struct losses *l)
{
	return is_all_lost(l, true);
}

/* Something went from that place; where nothing did, any. */
static bool is_touched(const struct losses *l, unsigned list)
{
	for (size_t i = 0; i < l->n; i++) {
		unsigned from = (unsigned)l->t->tenures[l->first[i]].list;

		/* Profiles and Deleted Profiles share one value. */
		if ((from == TRUTH_OFFICE) == (list == TRUTH_OFFICE))
			return true;
	}
	return l->n == 0;
}

static bool default_untouched(const struct losses *l)
{
	for (unsigned i = 0; i < TRUTH_LISTS; i++) {
		const char *x = l->t->states[l->a].default_profile[i];
		const char *y = l->t->states[l->b].default_profile[i];

		if (is_touched(l, i) &&
		    strcasecmp(x == NULL ? "" : x, y == NULL ? "" : y) != 0)
			return false;
	}
	return true;
}

static bool always(const struct losses *l)
{
	return l->t != NULL;
}

static bool never(const struct losses *l)
{
	return l->t == NULL;
}

/* The later hive is the older one, or an older state came back in between. */
static bool is_older(const struct losses *l)
{
	return l->b < l->a || l->t->states[l->a].restores != l->t->states[l->b].restores;
}

static bool is_swapped(const struct losses *l)
{
	return l->b < l->a;
}

static bool is_in_order(const struct losses *l)
{
	return !is_swapped(l);
}

static bool is_later(const struct losses *l)
{
	return !is_older(l);
}

/* It is false that one is met unless `perhaps`, and that it is not met if `surely`. */
static const struct {
	const char *id;
	loss_test *perhaps;
	loss_test *surely;
} conditions[] = {
	{ "several_at_once", perhaps_at_once, surely_at_once },
	{ "one_at_a_time", perhaps_apart, surely_apart },
	{ "from_profiles", from_profiles_or_moved, from_profiles },
	{ "from_deleted", perhaps_from_deleted, surely_from_deleted },
	{ "only_from_deleted", perhaps_only_deleted, surely_only_deleted },
	{ "deleted_emptied", is_deleted_empty, was_deleted_emptied },
	{ "list_kept", list_kept, list_kept },
	{ "list_made_anew", list_made_anew, list_made_anew },
	{ "all_lost", perhaps_all_lost, surely_all_lost },
	{ "default_untouched", default_untouched, default_untouched },
	{ "same_subject", always, always },
	{ "subjects_differ", never, never },
	{ "after_older", is_older, is_swapped },
	{ "later_state", is_in_order, is_later },
};

static bool ended_by(const struct losses *l, enum truth_end end, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->t->tenures[l->last[i]].end == end;
	return all ? n > 0 && n == l->n : n > 0;
}

static bool perhaps_by_user(const struct losses *l)
{
	/* Somebody who took a tool to the hive was a person too. */
	return l->moved > 0 || ended_by(l, TRUTH_BY_OFFLINE, false) ||
	       (ended_by(l, TRUTH_BY_DELETION, false) && from_profiles(l));
}

static bool surely_by_user(const struct losses *l)
{
	return ended_by(l, TRUTH_BY_DELETION, true) && from_deleted(l, true) == 0;
}

static bool perhaps_removed(const struct losses *l)
{
	return ended_by(l, TRUTH_WITH_LIST, false);
}

static bool surely_removed(const struct losses *l)
{
	/* Of Deleted Profiles that is no removal of profiles: it empties by itself. */
	return ended_by(l, TRUTH_WITH_LIST, true) && from_deleted(l, true) == 0;
}

static bool surely_session(const struct losses *l)
{
	return surely_only_deleted(l) && ended_by(l, TRUTH_BY_DELETION, true);
}

static bool surely_rolled_back(const struct losses *l)
{
	return ended_by(l, TRUTH_BY_RESTORE, true) &&
	       l->t->states[l->b].newest < l->t->states[l->a].newest;
}

/* Likewise: supported is false unless `perhaps`, ruled_out is false if `surely`. */
static const struct {
	const char *id;
	loss_test *perhaps;
	loss_test *surely;
} causes[] = {
	{ "user_deletion", perhaps_by_user, surely_by_user },
	{ "remove_all", perhaps_removed, surely_removed },
	{ "session_end", perhaps_from_deleted, surely_session },
	{ "rolled_back", is_older, surely_rolled_back },
	{ "wrong_pair", never, never },
	{ "kb_817375", never, never },
	{ "kb_818861", never, never },
	{ "kb_303221", never, never },
	{ "office_upgrade", never, never },
	{ "first_run", never, never },
};

enum { N_CONDITIONS = sizeof(conditions) / sizeof(conditions[0]) };

/* What several causes share is one statement: `told` marks those that were counted. */
static void check_condition(struct check *c, const xmlNode *node, const struct losses *l,
			    enum tally_level level, bool *told)
{
	const char *state = run_get(node, "state");
	bool met = strcmp(state, "met") == 0;

	if (!met && strcmp(state, "not_met") != 0)
		return;
	for (size_t i = 0; i < N_CONDITIONS; i++) {
		if (told[i] || strcmp(conditions[i].id, run_get(node, "id")) != 0)
			continue;
		told[i] = true;
		check_count(c, TALLY_CONDITION, level,
			    (met ? conditions[i].perhaps(l) : !conditions[i].surely(l))
				    ? TALLY_TRUE
				    : TALLY_FALSE,
			    "%s %s (%s)", conditions[i].id, state,
			    run_get(node, "detail"));
	}
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
	struct losses l = { .t = c->truth, .a = a->lo, .b = b->lo };
	enum tally_level level = lowest(comparison);
	bool told[N_CONDITIONS] = { false };

	if (a->lo != a->hi || b->lo != b->hi)
		return;
	find_losses(&l);
	if (l.unknown != 0)
		return;
	for (const xmlNode *node = run_child(series, "diagnosis"); node != NULL;
	     node = run_next(node, "diagnosis")) {
		if (strcmp(run_get(node, "comparison"), run_get(comparison, "id")) != 0)
			continue;
		check_cause(c, node, &l, level);
		for (const xmlNode *k = run_child(node, "condition"); k != NULL;
		     k = run_next(k, "condition"))
			check_condition(c, k, &l, level, told);
	}
}
