// SPDX-License-Identifier: GPL-2.0-or-later
#include "whole/falsifier/losses.h"

static bool has_copy(const struct losses *l, uint32_t tenure)
{
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < b->n_alive; i++)
		if (l->t->tenures[b->alive[i].tenure].family ==
		    l->t->tenures[tenure].family)
			return true;
	return false;
}

void losses_find(struct losses *l)
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

size_t losses_from_deleted(const struct losses *l, bool in_the_end)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->t->tenures[l->first[i]].list == TRUTH_DELETED ||
		     (in_the_end && l->t->tenures[l->last[i]].list == TRUTH_DELETED);
	return n;
}

bool losses_ended_by(const struct losses *l, enum truth_end end, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->t->tenures[l->last[i]].end == end;
	return all ? n > 0 && n == l->n : n > 0;
}

bool losses_came_to(const struct losses *l, enum truth_list from, enum truth_list to)
{
	const struct truth_state *a = &l->t->states[l->a];

	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &l->t->tenures[a->alive[i].tenure];
		uint32_t now = truth_identity(l->t, l->b, x->identity);

		if (x->list == from && now != TRUTH_NONE && l->t->tenures[now].list == to)
			return true;
	}
	return false;
}

bool losses_from_profiles(const struct losses *l)
{
	return losses_from_deleted(l, false) < l->n;
}

bool losses_perhaps_deleted(const struct losses *l)
{
	return losses_from_deleted(l, true) > 0;
}

bool losses_only_deleted(const struct losses *l)
{
	return l->n > 0 && losses_from_deleted(l, false) == l->n;
}

/*
 * A tool took away what was written last, and told nobody: with the numbers of a copy that
 * begins to count anew, that looks like an older state.
 */
bool losses_looks_older(const struct losses *l)
{
	return l->t->offline && l->t->states[l->b].newest < l->t->states[l->a].newest;
}

/* A copy as `reg save` makes it, and the hive as it was then: only a number tells which is which. */
static bool is_copy(const struct losses *l)
{
	return (l->file_a->kind == DISK_PACKED || l->file_b->kind == DISK_PACKED) &&
	       l->t->states[l->a].clock == l->t->states[l->b].clock;
}

/* The later hive is the older one, or an older state came back in between. */
bool losses_is_older(const struct losses *l)
{
	return losses_looks_older(l) || l->b < l->a || is_copy(l) ||
	       l->t->states[l->a].restores != l->t->states[l->b].restores;
}

bool losses_is_other_hive(const struct losses *l)
{
	return l->t->states[l->a].hive != l->t->states[l->b].hive;
}
