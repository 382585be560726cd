// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said to stand there: profiles of a snapshot, and what differs in one of two. */
#include "whole/falsifier/check.h"

#include <string.h>
#include <strings.h>

static bool is_listed(const xmlNode *store, const char *name)
{
	for (const xmlNode *node = run_child(store, "profile"); node != NULL;
	     node = run_next(node, "profile"))
		if (strcasecmp(run_get(node, "name"), name) == 0)
			return true;
	return false;
}

/* What a list lacks that could be read whole. */
static void check_missing(struct check *c, const xmlNode *store, enum truth_list list,
			  const struct check_view *view)
{
	const struct truth_state *s = &c->truth->states[view->lo];

	if (!check_sound(view))
		return;
	for (size_t i = 0; i < s->n_alive; i++) {
		const struct truth_tenure *x = &c->truth->tenures[s->alive[i].tenure];

		if (x->list == list && !is_listed(store, x->name))
			check_unsaid(c, TALLY_LIVE, "'%s' is there, and not listed",
				     x->name);
	}
}

void check_live(struct check *c, const xmlNode *snapshot, const struct check_view *view)
{
	for (const xmlNode *store = run_child(snapshot, "store"); store != NULL;
	     store = run_next(store, "store")) {
		enum truth_list list = truth_list_find(run_get(store, "path"));

		if (list == TRUTH_LISTS)
			continue;
		for (const xmlNode *node = run_child(store, "profile"); node != NULL;
		     node = run_next(node, "profile")) {
			bool there = false;

			for (uint32_t s = view->lo; s <= view->hi; s++)
				there |= truth_find(c->truth, s, list,
						    run_get(node, "name")) != TRUTH_NONE;
			check_count(c, TALLY_LIVE, TALLY_CERTAIN,
				    there		? TALLY_TRUE
				    : check_sound(view) ? TALLY_FALSE
							: TALLY_UNDECIDED,
				    "'%s' in %s is there; %s", run_get(node, "name"),
				    run_get(store, "path"),
				    disk_kind_name(view->snapshot->kind));
		}
		check_missing(c, store, list, view);
	}
}

/* --- differences --- */

static const struct walk_value *value_at(const struct walk *walk, const char *path,
					 const char *name)
{
	const struct walk_key *key = walk_find(walk, path);

	return key == NULL ? NULL : walk_value_find(walk, key, name);
}

static bool is_so(const xmlNode *node, const struct walk *a, const struct walk *b)
{
	const char *kind = run_get(node, "kind");
	const char *path = run_get(node, "path");
	const char *name = run_get(node, "name");
	const struct walk_value *x = value_at(a, path, name);
	const struct walk_value *y = value_at(b, path, name);

	if (strcmp(kind, "key_removed") == 0)
		return walk_find(a, path) != NULL && walk_find(b, path) == NULL;
	if (strcmp(kind, "key_added") == 0)
		return walk_find(a, path) == NULL && walk_find(b, path) != NULL;
	if (strcmp(kind, "value_removed") == 0)
		return x != NULL && y == NULL;
	if (strcmp(kind, "value_added") == 0)
		return x == NULL && y != NULL;
	return x != NULL && y != NULL &&
	       (x->type != y->type || x->len != y->len ||
		memcmp(x->data, y->data, x->len) != 0);
}

void check_differences(struct check *c, const xmlNode *change, const struct check_view *a,
		       const struct check_view *b)
{
	if (!check_sound(a) || !check_sound(b))
		return;
	for (const xmlNode *node = run_child(change, "difference"); node != NULL;
	     node = run_next(node, "difference"))
		check_count(c, TALLY_DIFFERENCE,
			    check_level(run_get(change, "certainty")),
			    is_so(node, &c->truth->states[a->lo].walk,
				  &c->truth->states[b->lo].walk)
				    ? TALLY_TRUE
				    : TALLY_FALSE,
			    "%s %s '%s'", run_get(node, "kind"), run_get(node, "path"),
			    run_get(node, "name"));
}
