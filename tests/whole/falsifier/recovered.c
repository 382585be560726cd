// SPDX-License-Identifier: GPL-2.0-or-later
/* Recovered profiles: which one it was, whether it is gone, when, and how it is called. */
#include "whole/falsifier/check.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* The tenures that a recovered profile can be, by the records that it is made of. */
struct candidates {
	bool is[TRUTH_MAX_TENURES];
	size_t n;
};

struct recovered {
	struct check *c;
	const xmlNode *node;
	const struct check_view *view;
	const struct check_view *before;
	struct candidates candidates;
	enum tally_level level;
	const char *name;
	bool torn;
};

static void add_tenure_of(struct candidates *found, const struct truth_state *s,
			  const struct walk_key *profile)
{
	for (size_t i = 0; i < s->n_alive; i++) {
		uint32_t x = s->alive[i].tenure;

		if (&s->walk.keys[s->alive[i].key] != profile)
			continue;
		found->n += !found->is[x];
		found->is[x] = true;
	}
}

static void add_keys(struct recovered *r, const xmlNode *cell, uint32_t state,
		     bool by_time)
{
	const struct truth_state *s = &r->c->truth->states[state];
	const struct walk_key *key = check_cell_key(r->c, cell, state, 0, by_time);

	while (key != NULL) {
		add_tenure_of(&r->candidates, s,
			      r->torn ? &s->walk.keys[key->parent] : key);
		key = check_cell_key(r->c, cell, state, (size_t)(key - s->walk.keys) + 1,
				     by_time);
	}
}

/* By its own key; of a torn one by its sections, each of which tells its parent. */
static void find_candidates(struct recovered *r)
{
	const xmlNode *cell = run_child(r->node, "cellobject");

	for (; cell != NULL; cell = run_next(cell, "cellobject")) {
		if (strcmp(run_text(run_child(cell, "name_type")), "k") != 0)
			continue;
		for (int by_time = 1; by_time >= 0 && r->candidates.n == 0; by_time--)
			for (uint32_t s = 0; s <= r->view->hi; s++)
				add_keys(r, cell, s, by_time != 0);
		if (!r->torn || r->candidates.n != 0)
			break;
	}
}

/* Whether what was recovered has a section of the living one that is no common one. */
static bool shows_sections_of(const struct recovered *r, uint32_t state, uint32_t tenure)
{
	const struct walk *walk = &r->c->truth->states[state].walk;
	const struct walk_key *profile = truth_key(r->c->truth, state, tenure);

	for (const xmlNode *cell = run_child(r->node, "cellobject"); cell != NULL;
	     cell = run_next(cell, "cellobject")) {
		const char *name = run_text(run_child(cell, "basename"));

		if (strcmp(run_text(run_child(cell, "name_type")), "k") != 0 ||
		    truth_is_common(name))
			continue;
		for (size_t i = 0; i < walk->n_keys; i++)
			if (&walk->keys[walk->keys[i].parent] == profile &&
			    strcasecmp(walk->keys[i].name, name) == 0)
				return true;
	}
	return false;
}

/*
 * Whether parts of the hive are of an older state: each byte is one that Windows wrote, so
 * nothing tells what came last and is missing.
 */
static bool has_older_parts(const struct check_view *view)
{
	return strcmp(view->snapshot->how, "older sectors") == 0;
}

/* Said to be a deleted profile: it was one, and in that state it is no longer there. */
static enum tally_truth judge_gone(const struct recovered *r)
{
	const struct truth *t = r->c->truth;
	enum tally_truth best = TALLY_FALSE;

	if (r->candidates.n == 0)
		return check_sound(r->view) && !r->torn ? TALLY_FALSE : TALLY_UNDECIDED;
	for (uint32_t x = 0; x < t->n_tenures; x++) {
		if (!r->candidates.is[x])
			continue;
		for (uint32_t s = r->view->lo; s <= r->view->hi; s++) {
			uint32_t lives = truth_identity(t, s, t->tenures[x].identity);
			enum tally_truth truth = TALLY_TRUE;

			if (truth_is_alive(t, s, x))
				truth = TALLY_FALSE;
			else if (lives != TRUTH_NONE)
				truth = shows_sections_of(r, s, lives) &&
							!has_older_parts(r->view)
						? TALLY_FALSE
						: TALLY_UNDECIDED;
			if (truth > best)
				best = truth;
		}
	}
	return best;
}

static enum tally_truth judge_lives_on(const struct recovered *r, const char *as)
{
	const struct truth *t = r->c->truth;

	for (uint32_t s = r->view->lo; s <= r->view->hi; s++)
		for (size_t i = 0; i < t->states[s].n_alive; i++) {
			const struct truth_tenure *y =
				&t->tenures[t->states[s].alive[i].tenure];

			if (strcasecmp(y->name, as) != 0)
				continue;
			for (uint32_t x = 0; x < t->n_tenures; x++)
				if (r->candidates.is[x] &&
				    t->tenures[x].family == y->family)
					return TALLY_TRUE;
		}
	/* In damaged bytes it may have a name that it never had, or be there still. */
	return r->candidates.n == 0 || !check_sound(r->view) ? TALLY_UNDECIDED
							     : TALLY_FALSE;
}

typedef bool tenure_test(const struct recovered *r, const struct truth_tenure *x);

static bool has_name(const struct recovered *r, const struct truth_tenure *x)
{
	return strcasecmp(x->name, r->name) == 0;
}

static bool has_list(const struct recovered *r, const struct truth_tenure *x)
{
	return strcasecmp(truth_list_path(x->list), run_get(r->node, "store_path")) == 0;
}

static bool went_then(const struct recovered *r, const struct truth_tenure *x)
{
	return check_is_moment(x, run_number(r->node, "deleted_filetime"), true);
}

static bool went_before(const struct recovered *r, const struct truth_tenure *x)
{
	return x->gone <= run_time(run_get(r->node, "deleted_not_after"));
}

static bool went_since(const struct recovered *r, const struct truth_tenure *x)
{
	if (strcmp(run_get(r->node, "since"), "between") == 0)
		return x->gone_state > r->before->lo && x->gone_state <= r->view->hi;
	return x->gone_state <= r->before->hi;
}

/* A profile's keys before it was taken apart. */
static size_t keys_before(const struct truth *t, uint32_t tenure)
{
	const struct truth_tenure *x = &t->tenures[tenure];
	uint32_t state = x->has_emptied ? x->emptied_state : x->gone_state;
	size_t n = 0;

	if (state == TRUTH_NONE || state == 0)
		return 0;
	const struct walk_key *key = truth_key(t, state - 1, tenure);
	const struct walk *walk = &t->states[state - 1].walk;
	for (; key != NULL && key < walk->keys + walk->n_keys; key++, n++)
		if (n > 0 &&
		    !walk_is_below(truth_key(t, state - 1, tenure)->path, key->path))
			break;
	return n;
}

static bool is_whole(const struct recovered *r, const struct truth_tenure *x)
{
	const struct truth *t = r->c->truth;

	return run_number(r->node, "keys") >= keys_before(t, (uint32_t)(x - t->tenures));
}

/*
 * Cut off by a tool that left the list's time alone, and no record of it to show that: it
 * is lost, or it was empty before, as one is that Windows deletes.
 */
static bool is_hidden_cut(const struct recovered *r, const struct truth_tenure *x)
{
	const struct truth *t = r->c->truth;

	return x->end == TRUTH_BY_OFFLINE &&
	       (r->torn || x->has_emptied ||
		keys_before(t, (uint32_t)(x - t->tenures)) <= 1);
}

/*
 * Counts what is said of a recovered profile. `hands`: it compares what clocks showed,
 * which says nothing where they were set. `time`: the time that is told, or 0.
 */
static void test(struct recovered *r, enum tally_kind kind, enum tally_level level,
		 tenure_test *is_true, bool hands, uint64_t time)
{
	const struct truth *t = r->c->truth;
	const struct truth_tenure *shown = NULL;
	bool right = false;

	for (uint32_t x = 0; x < t->n_tenures; x++)
		if (r->candidates.is[x]) {
			right |= is_true(r, &t->tenures[x]);
			shown = &t->tenures[x];
		}
	if (shown == NULL)
		return;
	enum tally_truth truth = right ? TALLY_TRUE : TALLY_FALSE;
	if (!right && time != 0)
		truth = check_false_time(r->c, r->view, time);
	if (!right && hands && (t->stepped || is_hidden_cut(r, shown)))
		truth = TALLY_UNDECIDED;
	check_count(
		r->c, kind, level, truth,
		"recovered '%s' [%s] %s deleted_at %s not_after %s since %s; really '%s' in "
		"'%s' %s, emptied %" PRIu64 " gone %" PRIu64 "; %s %s",
		r->name, run_get(r->node, "path_certainty"),
		run_get(r->node, "store_path"), run_get(r->node, "deleted_filetime"),
		run_get(r->node, "deleted_not_after"), run_get(r->node, "since"),
		shown->name, truth_list_path(shown->list), truth_end_name(shown->end),
		shown->emptied, shown->gone, disk_kind_name(r->view->snapshot->kind),
		r->view->snapshot->how);
}

static void check_profile(struct recovered *r)
{
	const char *lives_on = run_get(r->node, "lives_on");
	const char *name_certainty = run_get(r->node, "name_certainty");

	find_candidates(r);
	if (*lives_on != '\0')
		check_count(r->c, TALLY_LIVES_ON, r->level, judge_lives_on(r, lives_on),
			    "recovered '%s' lives on as '%s'", r->name, lives_on);
	else if (*run_get(r->node, "may_be_alive") == '\0')
		check_count(r->c, TALLY_RECOVERED, r->level, judge_gone(r),
			    "recovered '%s' [%s] of %s, deleted_at %s; %s; %s %s",
			    r->name, run_get(r->node, "path_certainty"),
			    run_get(r->node, "list"), run_get(r->node, "deleted_at"),
			    r->candidates.n == 0 ? "there was none" : "it is still there",
			    disk_kind_name(r->view->snapshot->kind),
			    r->view->snapshot->how);
	if (*r->name != '\0' && strcmp(run_get(r->node, "name_from"), "account") != 0)
		test(r, TALLY_RECOVERED_NAME,
		     *name_certainty != '\0' ? check_level(name_certainty) : r->level,
		     has_name, false, 0);
	if (*run_get(r->node, "store_path") != '\0')
		test(r, TALLY_RECOVERED_LIST, r->level, has_list, false, 0);
	if (run_number(r->node, "deleted_filetime") != 0)
		test(r, TALLY_RECOVERED_MOMENT, TALLY_CERTAIN, went_then, false,
		     run_number(r->node, "deleted_filetime"));
	if (*run_get(r->node, "deleted_not_after") != '\0')
		test(r, TALLY_NOT_AFTER, r->level, went_before, true,
		     run_time(run_get(r->node, "deleted_not_after")));
	if (*run_get(r->node, "since") != '\0' && r->before != NULL &&
	    r->before->hi <= r->view->hi)
		test(r, TALLY_SINCE, r->level, went_since, true, 0);
	if (strcmp(run_get(r->node, "completeness"), "whole") == 0)
		test(r, TALLY_WHOLE, r->level, is_whole, false, 0);
	check_cells(r->c, r->node, r->view);
}

void check_recovered(struct check *c, const xmlNode *recovered,
		     const struct check_view *view, const struct check_view *before)
{
	for (const xmlNode *node = run_child(recovered, "profile"); node != NULL;
	     node = run_next(node, "profile")) {
		struct recovered r = {
			.c = c,
			.node = node,
			.view = view,
			.before = before,
			.level = check_level(run_get(node, "path_certainty")),
			.name = run_get(node, "name"),
			.torn = strcmp(run_get(node, "recovered_by"), "profile_key") != 0,
		};

		check_profile(&r);
	}
	check_cells(c, recovered, view);
}
