// SPDX-License-Identifier: GPL-2.0-or-later
/* The first line and the exit status: both say the same, and it is so. */
#include "whole/falsifier/check.h"

#include <string.h>

static bool says_gone(const char *line)
{
	return strstr(line, " gone") != NULL &&
	       strstr(line, "no profile is gone") == NULL &&
	       strstr(line, "cannot tell whether") == NULL;
}

static bool lives(const struct truth *t, uint32_t state, uint32_t identity)
{
	return truth_identity(t, state, identity) != TRUTH_NONE;
}

/* Whether the bytes can tell that a profile of the first state is in the second. */
static bool is_known(const struct truth *t, uint32_t a, uint32_t b, uint32_t identity)
{
	uint32_t x = truth_identity(t, a, identity);
	uint32_t y = truth_identity(t, b, identity);

	return y != TRUTH_NONE && truth_shares(t, a, x, b, y);
}

/* Whether in some reading of the two a profile of the first is not in the second. */
static bool may_be_gone(const struct truth *t, const struct check_view *a,
			const struct check_view *b)
{
	for (uint32_t id = 0; id < t->n_identities; id++)
		for (uint32_t s = a->lo; s <= a->hi; s++)
			for (uint32_t k = b->lo; k <= b->hi; k++)
				if (lives(t, s, id) && !is_known(t, s, k, id))
					return true;
	return false;
}

/* A copy that is there now can be taken for the profile itself. */
static bool has_copy(const struct truth *t, uint32_t state, uint32_t identity)
{
	const struct truth_state *s = &t->states[state];

	for (size_t i = 0; i < s->n_alive; i++)
		for (uint32_t x = 0; x < t->n_tenures; x++)
			if (t->tenures[x].identity == identity &&
			    t->tenures[x].family == t->tenures[s->alive[i].tenure].family)
				return true;
	return false;
}

/* Whether it is gone in every reading. */
static bool is_gone(const struct truth *t, const struct check_view *a,
		    const struct check_view *b)
{
	for (uint32_t id = 0; id < t->n_identities; id++) {
		bool gone = true;

		for (uint32_t s = a->lo; s <= a->hi; s++)
			gone &= lives(t, s, id);
		for (uint32_t k = b->lo; k <= b->hi; k++)
			gone &= !lives(t, k, id) && !has_copy(t, k, id);
		if (gone)
			return true;
	}
	return false;
}

static bool lost_content(const struct check *c)
{
	const xmlNode *summary =
		run_child(xmlDocGetRootElement(c->run->report), "summary");

	return run_number(summary, "damaged") + run_number(summary, "recreated") != 0;
}

/* Of a single hive only what was recovered can be meant. */
static bool was_deleted(const struct truth *t, const struct check_view *view)
{
	for (uint32_t i = 0; i < t->n_tenures; i++)
		if (t->tenures[i].gone_state <= view->hi)
			return true;
	return false;
}

void check_verdict(struct check *c)
{
	const struct check_view *last = &c->views[c->n_views - 1];
	bool gone = says_gone(c->run->first_line);
	bool maybe = c->n_views == 1 && was_deleted(c->truth, last);
	bool surely = c->n > 1 && is_gone(c->truth, &c->views[0], last);
	enum tally_truth truth = TALLY_TRUE;

	if (c->run->status != 0 && c->run->status != 1)
		return;
	for (size_t i = 0; i + 1 < c->n_views; i++)
		maybe |= may_be_gone(c->truth, &c->views[i], &c->views[i + 1]);
	if (c->run->status == 1 ? !maybe && !lost_content(c)
				: gone || (surely && !lost_content(c)))
		truth = TALLY_FALSE;
	check_count(c, TALLY_VERDICT, TALLY_CERTAIN, truth,
		    "exit status %d and '%s'; really gone: %s", c->run->status,
		    c->run->first_line,
		    surely  ? "yes"
		    : maybe ? "perhaps"
			    : "no");
}
