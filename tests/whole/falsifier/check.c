// SPDX-License-Identifier: GPL-2.0-or-later
/* Goes through a report and hands its parts to those who check them. */
#include "whole/falsifier/check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SECONDS_2 UINT64_C(20000000)

static const char *const level_names[TALLY_LEVELS] = { "certain", "probable",
						       "possible" };

/* The first false statements of a kind are printed, so that a table can be looked into. */
static const uint64_t printed = 2;

static __attribute__((format(printf, 5, 0))) void print_reason(
	const struct check *c, const char *what, enum tally_kind kind, const char *level,
	const char *reason, va_list words)
{
	char text[1024];

	vsnprintf(text, sizeof(text), reason, words);
	printf("# %s: seed %" PRIu64 " %s [%s]: %s\n#\t%s\n", what, c->seed,
	       tally_name(kind), level, text, c->run->command);
	fflush(stdout); /* whole lines, whatever other processes print */
}

void check_count(struct check *c, enum tally_kind kind, enum tally_level level,
		 enum tally_truth truth, const char *reason, ...)
{
	struct tally_row *row = &c->tally->rows[kind];
	va_list words;

	if (truth == TALLY_UNDECIDED) {
		row->undecided++;
		return;
	}
	row->made[level]++;
	if (truth == TALLY_TRUE)
		return;
	row->wrong[level]++;
	if (row->seed[level] == 0)
		row->seed[level] = c->seed;
	if (!c->verbose && row->wrong[level] > printed)
		return;
	va_start(words, reason);
	print_reason(c, "false", kind, level_names[level], reason, words);
	va_end(words);
}

void check_unsaid(struct check *c, enum tally_kind kind, const char *reason, ...)
{
	struct tally_row *row = &c->tally->rows[kind];
	va_list words;

	row->unsaid++;
	if (row->unsaid_seed == 0)
		row->unsaid_seed = c->seed;
	if (!c->verbose)
		return;
	va_start(words, reason);
	print_reason(c, "unsaid", kind, "provable", reason, words);
	va_end(words);
}

enum tally_level check_level(const char *certainty)
{
	if (strcmp(certainty, "certain") == 0)
		return TALLY_CERTAIN;
	return strcmp(certainty, "probable") == 0 ? TALLY_PROBABLE : TALLY_POSSIBLE;
}

bool check_sound(const struct check_view *view)
{
	return view->snapshot->kind != DISK_DAMAGED &&
	       view->snapshot->kind != DISK_HEADLESS && view->lo == view->hi &&
	       !(view->snapshot->kind == DISK_TORN && view->lo != view->hi);
}

enum tally_truth check_false_time(const struct check *c, const struct check_view *view,
				  uint64_t time)
{
	if (check_sound(view))
		return TALLY_FALSE;
	for (uint32_t s = 0; s < c->truth->n_states; s++) {
		const struct truth_state *state = &c->truth->states[s];

		if (state->clock == time)
			return TALLY_FALSE;
		for (size_t i = 0; i < state->walk.n_keys; i++)
			if (state->walk.keys[i].filetime == time)
				return TALLY_FALSE;
	}
	return TALLY_UNDECIDED;
}

bool check_is_moment(const struct truth_tenure *x, uint64_t at, bool with_emptied)
{
	if (x->gone_state == TRUTH_NONE)
		return false;
	if (at == x->gone && x->end != TRUTH_BY_RESTORE && x->end != TRUTH_BY_OFFLINE)
		return true;
	if (!x->has_emptied)
		return false;
	if (with_emptied && at == x->emptied)
		return true;
	return at >= x->emptied && at <= x->gone && x->gone - x->emptied < SECONDS_2;
}

/* Which snapshot elements stand for which files; a single one may show two states. */
static bool find_views(struct check *c, const xmlNode *series)
{
	const xmlNode *node = run_child(series, "snapshot");
	size_t n = 0;

	for (; node != NULL && n < RUN_MAX_HIVES; node = run_next(node, "snapshot"))
		c->views[n++].id = run_get(node, "id");
	c->n_views = n;
	if (n != c->n && !(c->n == 1 && n == 2))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct disk_snapshot *s = c->snapshots[c->n == 1 ? 0 : i];
		bool as_found = c->n == 1 && n == 2 && i == 0;

		c->views[i].snapshot = s;
		c->views[i].lo = as_found ? s->file_lo : s->lo;
		c->views[i].hi = as_found ? s->file_hi : s->hi;
	}
	return true;
}

static const struct check_view *view_of(const struct check *c, const char *id)
{
	for (size_t i = 0; i < c->n_views; i++)
		if (strcmp(c->views[i].id, id) == 0)
			return &c->views[i];
	return NULL;
}

static void check_comparison(struct check *c, const xmlNode *series, const xmlNode *node)
{
	const struct check_view *a = view_of(c, run_get(node, "before"));
	const struct check_view *b = view_of(c, run_get(node, "after"));

	if (a == NULL || b == NULL)
		return;
	/* By a clock that was set back, the wrong order of two hives is the right one. */
	if (b->hi < a->lo && c->truth->stepped)
		return;
	check_changes(c, node, a, b);
	check_plain(c, node, a, b);
	check_causes(c, series, node, a, b);
}

void check_report(struct check *c)
{
	const xmlNode *root = xmlDocGetRootElement(c->run->report);
	const xmlNode *series = run_child(root, "series");

	if (series == NULL || run_next(series, "series") != NULL ||
	    !find_views(c, series)) {
		c->tally->failed++;
		return;
	}
	size_t i = 0;
	for (const xmlNode *node = run_child(series, "snapshot"); node != NULL;
	     node = run_next(node, "snapshot"), i++) {
		c->bins_at = c->views[i].snapshot->bins_at;
		check_live(c, node, &c->views[i]);
		if (run_child(node, "recovered") == NULL)
			continue;
		check_recovered(c, run_child(node, "recovered"), &c->views[i],
				i == 0 ? NULL : &c->views[i - 1]);
		check_claims(c, run_child(node, "recovered"));
	}
	for (const xmlNode *node = run_child(series, "comparison"); node != NULL;
	     node = run_next(node, "comparison"))
		check_comparison(c, series, node);
	check_verdict(c);
}
