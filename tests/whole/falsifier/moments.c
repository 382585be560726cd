// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * When a profile went: moments and bounds of changes, and the deletions that everything
 * tells, which must not become vaguer.
 */
#include "whole/falsifier/check.h"

#include <inttypes.h>
#include <string.h>

#define SECONDS_2 UINT64_C(20000000)

/*
 * The times at which the profile of a change left a list between the two snapshots.  Of a
 * damaged one sectors of an older state can show it, though it was gone: then the time at
 * which it went is true, whatever becomes of the change.
 */
struct departures {
	const struct truth_tenure *tenures[TRUTH_MAX_TENURES];
	uint32_t since[TRUTH_MAX_TENURES]; /* the earlier state */
	size_t n;
};

static void find_departures(const struct truth *t, const xmlNode *change,
			    const struct check_view *a, const struct check_view *b,
			    struct departures *found)
{
	enum truth_list list = truth_list_find(run_get(change, "store_path"));

	found->n = 0;
	uint32_t from = check_sound(a) ? a->lo : 0;

	for (uint32_t s = from; s <= a->hi && list != TRUTH_LISTS; s++) {
		uint32_t x = truth_find(t, s, list, run_get(change, "profile"));

		for (uint32_t i = 0; x != TRUTH_NONE && i < t->n_tenures; i++) {
			const struct truth_tenure *y = &t->tenures[i];

			if (y->identity != t->tenures[x].identity ||
			    y->gone_state == TRUTH_NONE || y->gone_state <= s ||
			    y->gone_state > b->hi || found->n == TRUTH_MAX_TENURES)
				continue;
			found->tenures[found->n] = y;
			found->since[found->n++] = s;
		}
	}
}

static bool is_moment(const struct departures *d, uint64_t at)
{
	for (size_t i = 0; i < d->n; i++)
		if (check_is_moment(d->tenures[i], at,
				    d->tenures[i]->emptied_state > d->since[i]))
			return true;
	return false;
}

static bool is_confirmed(const struct departures *d, uint64_t at)
{
	for (size_t i = 0; i < d->n; i++) {
		uint64_t gone = d->tenures[i]->gone;

		if ((gone > at ? gone - at : at - gone) <= SECONDS_2)
			return true;
	}
	return false;
}

static bool is_bound(const struct departures *d, uint64_t time, bool earliest)
{
	for (size_t i = 0; i < d->n; i++)
		if (earliest ? d->tenures[i]->gone >= time : d->tenures[i]->began <= time)
			return true;
	return false;
}

/*
 * A tool that cut a profile off left the list's time alone: only the record of the
 * profile itself shows that, and one that was empty before shows nothing.
 */
static bool is_hidden_cut(const struct departures *d, const xmlNode *change)
{
	const xmlNode *recovered = run_child(change, "recovered_share");

	return d->n > 0 && d->tenures[0]->end == TRUTH_BY_OFFLINE &&
	       (d->tenures[0]->has_emptied ||
		strcmp(run_get(recovered, "recovered_by"), "profile_key") != 0);
}

static void check_bound(struct check *c, const xmlNode *change,
			const struct departures *d, const struct check_view *view,
			bool earliest)
{
	const xmlNode *deletion = run_child(change, "deletion");
	const char *text = run_get(deletion, earliest ? "earliest" : "latest");
	uint64_t time = run_time(text);
	enum tally_truth truth = TALLY_TRUE;

	if (*text == '\0')
		return;
	/* With a clock that was set, "not before" can be meant of acts, not of its hands. */
	if (!is_bound(d, time, earliest))
		truth = c->truth->stepped || (!earliest && is_hidden_cut(d, change))
				? TALLY_UNDECIDED
				: check_false_time(c, view, time);
	check_count(c, earliest ? TALLY_EARLIEST : TALLY_LATEST,
		    check_level(run_get(change, "certainty")), truth,
		    "%s '%s' %s %s; it went at %" PRIu64, run_get(change, "kind"),
		    run_get(change, "profile"), earliest ? "not before" : "not after",
		    text, d->n == 0 ? 0 : d->tenures[0]->gone);
}

void check_deletion(struct check *c, const xmlNode *change, const struct check_view *a,
		    const struct check_view *b)
{
	const xmlNode *deletion = run_child(change, "deletion");
	struct departures d;
	uint64_t at = run_number(deletion, "filetime");

	find_departures(c->truth, change, a, b, &d);
	if (at != 0)
		check_count(c, TALLY_MOMENT, TALLY_CERTAIN,
			    is_moment(&d, at) ? TALLY_TRUE : check_false_time(c, b, at),
			    "%s '%s' at %" PRIu64 " [%s]; emptied %" PRIu64
			    ", gone %" PRIu64 "; %s to %s %s",
			    run_get(change, "kind"), run_get(change, "profile"), at,
			    run_get(change, "certainty"),
			    d.n == 0 || !d.tenures[0]->has_emptied
				    ? 0
				    : d.tenures[0]->emptied,
			    d.n == 0 ? 0 : d.tenures[0]->gone,
			    disk_kind_name(a->snapshot->kind),
			    disk_kind_name(b->snapshot->kind), b->snapshot->how);
	if (strcmp(run_get(deletion, "confirmed"), "1") == 0)
		check_count(c, TALLY_CONFIRMED, TALLY_CERTAIN,
			    is_confirmed(&d, at) ? TALLY_TRUE : TALLY_FALSE,
			    "%s '%s' at %" PRIu64 " confirmed; gone %" PRIu64,
			    run_get(change, "kind"), run_get(change, "profile"), at,
			    d.n == 0 ? 0 : d.tenures[0]->gone);
	if (d.n == 0) /* the change itself is false, and counted as that */
		return;
	check_bound(c, change, &d, check_sound(a) ? b : a, true);
	check_bound(c, change, &d, check_sound(b) ? a : b, false);
}

/* --- what was provable --- */

static const xmlNode *told(const xmlNode *comparison, const struct truth_tenure *x)
{
	const xmlNode *node = run_child(comparison, "change");

	for (; node != NULL; node = run_next(node, "change"))
		if ((strcmp(run_get(node, "kind"), "deleted") == 0 ||
		     strcmp(run_get(node, "kind"), "other_hive") == 0 ||
		     strcmp(run_get(node, "kind"), "recreated") == 0) &&
		    truth_list_find(run_get(node, "store_path")) == x->list &&
		    strcasecmp(run_get(node, "profile"), x->name) == 0)
			return node;
	return NULL;
}

/* Nothing but deletions from when it was emptied to the later snapshot. */
static bool is_untouched(const struct truth *t, const struct truth_tenure *x, uint32_t a,
			 uint32_t b)
{
	if (x->end != TRUTH_BY_DELETION || !x->has_emptied || x->emptied_state <= a ||
	    t->stepped || t->restores != 0 || t->offline || t->packed)
		return false;
	for (uint32_t s = x->emptied_state; s <= b; s++)
		if (!t->states[s].deletes_only)
			return false;
	return true;
}

static bool is_clean(const struct check_view *view)
{
	return view->snapshot->kind == DISK_CLEAN && view->lo == view->hi;
}

/* A copy that is new can be taken for the profile itself. */
static bool has_copy(const struct truth *t, uint32_t tenure, uint32_t b)
{
	const struct truth_state *s = &t->states[b];

	for (size_t i = 0; i < s->n_alive; i++)
		if (t->tenures[s->alive[i].tenure].family == t->tenures[tenure].family)
			return true;
	return false;
}

static void check_one(struct check *c, const xmlNode *comparison, uint32_t tenure,
		      uint32_t a, uint32_t b)
{
	const struct truth_tenure *x = &c->truth->tenures[tenure];
	const xmlNode *change = told(comparison, x);
	bool certain =
		change != NULL && strcmp(run_get(change, "certainty"), "certain") == 0;
	bool dated = certain && *run_get(run_child(change, "deletion"), "at") != '\0';

	if (!certain)
		check_unsaid(c, TALLY_DELETED, "'%s' is gone, %s", x->name,
			     change == NULL ? "not told" : "not told as certain");
	if (!is_untouched(c->truth, x, a, b))
		return;
	c->tally->gone++;
	c->tally->gone_said += certain;
	c->tally->gone_dated += dated;
	if (dated)
		return;
	if (c->tally->unsaid_seed == 0)
		c->tally->unsaid_seed = c->seed;
	check_unsaid(c, TALLY_MOMENT, "'%s' was emptied at %" PRIu64, x->name,
		     x->emptied);
}

void check_plain(struct check *c, const xmlNode *comparison, const struct check_view *a,
		 const struct check_view *b)
{
	const struct truth *t = c->truth;

	if (!is_clean(a) || !is_clean(b))
		return;
	const struct truth_state *before = &t->states[a->lo];
	for (size_t i = 0; i < before->n_alive; i++) {
		uint32_t x = before->alive[i].tenure;

		if (truth_identity(t, b->lo, t->tenures[x].identity) == TRUTH_NONE &&
		    !has_copy(t, x, b->lo))
			check_one(c, comparison, x, a->lo, b->lo);
	}
}
