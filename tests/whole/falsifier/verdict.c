// SPDX-License-Identifier: GPL-2.0-or-later
/* The first line, the report and the exit status: all say the same, and it is so. */
#include "whole/falsifier/check.h"

#include <stdlib.h>
#include <string.h>

/* A number and the words behind it, such as "1 profile is gone"; 0 if they are not said. */
static unsigned long said(const char *verdict, const char *one, const char *many)
{
	const char *at = strstr(verdict, one);
	const char *begin = at ? at : strstr(verdict, many);

	while (begin && begin > verdict && begin[-1] >= '0' && begin[-1] <= '9')
		begin--;
	/* "cannot tell whether 1 profile is gone" says nothing of the kind. */
	if (!begin || (begin - verdict >= 8 && strncmp(begin - 8, "whether ", 8) == 0))
		return 0;
	return strtoul(begin, NULL, 10);
}

/* What a verdict says to be lost at the end. */
static unsigned long says_lost(const char *verdict)
{
	return said(verdict, " profile is gone", " profiles are gone") +
	       said(verdict, " other profile is gone", " other profiles are gone") +
	       said(verdict, " profile of the earlier one is not in it",
		    " profiles of the earlier one are not in it") +
	       said(verdict, " deleted one recovered", " deleted ones recovered") +
	       said(verdict, " other deleted one recovered",
		    " other deleted ones recovered") +
	       said(verdict, " is damaged", " are damaged") +
	       said(verdict, " is recreated", " are recreated");
}

static bool says_back(const char *verdict)
{
	return strstr(verdict, "gone and is back") ||
	       strstr(verdict, "gone and are back");
}

/* That the answer is not sure, which is what status 2 is for. */
static bool says_unsure(const char *verdict)
{
	return strstr(verdict, "cannot tell whether") || strstr(verdict, "; but no");
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

/* Emptied, with nothing in it that tells which one it was, while another has its name. */
static bool is_any(const struct truth *t, uint32_t before, uint32_t after,
		   uint32_t identity)
{
	uint32_t x = truth_identity(t, before, identity);
	const struct truth_tenure *was = x == TRUTH_NONE ? NULL : &t->tenures[x];

	return was != NULL && was->has_emptied && was->emptied_state <= before &&
	       truth_find(t, after, was->list, was->name) != TRUTH_NONE;
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
			gone &= !lives(t, k, id) && !has_copy(t, k, id) &&
				!is_any(t, a->lo, k, id);
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

/* Whether in some reading one was there, was not, and is there at the end. */
static bool may_be_back(const struct check *c)
{
	const struct check_view *last = &c->views[c->n_views - 1];

	for (uint32_t id = 0; id < c->truth->n_identities; id++) {
		bool was = false, went = false, is = false;

		for (size_t i = 0; i + 1 < c->n_views; i++)
			for (uint32_t s = c->views[i].lo; s <= c->views[i].hi; s++) {
				went |= was && !lives(c->truth, s, id);
				was |= lives(c->truth, s, id);
			}
		for (uint32_t s = last->lo; s <= last->hi; s++)
			is |= lives(c->truth, s, id) || has_copy(c->truth, s, id);
		if (was && went && is)
			return true;
	}
	return false;
}

/* The first line is that of the report, as much of it as a line takes. */
static bool is_first_line(const char *line, const char *verdict)
{
	static const char before[] = "wmsdiff: ";
	size_t n = strlen(before);

	return strncmp(line, before, n) == 0 && line[n] != '\0' &&
	       strncmp(verdict, line + n, strlen(line + n)) == 0;
}

/* Verdict and status say the same. */
static bool agree(const char *verdict, int status)
{
	bool lost = says_lost(verdict) > 0;

	return status == 2 ? says_unsure(verdict)
			   : !says_unsure(verdict) && lost == (status == 1);
}

void check_verdict(struct check *c)
{
	const struct check_view *last = &c->views[c->n_views - 1];
	const xmlNode *summary =
		run_child(xmlDocGetRootElement(c->run->report), "summary");
	xmlChar *verdict =
		summary ? xmlGetProp(summary, (const xmlChar *)"verdict") : NULL;
	const char *text = verdict ? (const char *)verdict : "";
	bool maybe = c->n_views == 1 && was_deleted(c->truth, last);
	bool surely = false;
	enum tally_truth truth = TALLY_TRUE;

	/* Only the end counts, held against every state before it. */
	for (size_t i = 0; i + 1 < c->n_views; i++)
		maybe |= may_be_gone(c->truth, &c->views[i], last);
	for (size_t i = 0; c->n > 1 && i + 1 < c->n_views; i++)
		surely |= is_gone(c->truth, &c->views[i], last);
	/* One hive and its logs are two states; what was deleted before them counts. */
	maybe |= c->n == 1 && was_deleted(c->truth, last);
	if (!is_first_line(c->run->first_line, text) || !agree(text, c->run->status))
		truth = TALLY_FALSE;
	if (c->run->status == 1 && !maybe && !lost_content(c))
		truth = TALLY_FALSE;
	if (c->run->status == 0 && surely && !lost_content(c))
		truth = TALLY_FALSE;
	if (says_back(text) && !may_be_back(c))
		truth = TALLY_FALSE;
	check_count(c, TALLY_VERDICT, TALLY_CERTAIN, truth,
		    "exit status %d, '%s' and '%s'; really gone: %s", c->run->status,
		    text, c->run->first_line,
		    surely  ? "yes"
		    : maybe ? "perhaps"
			    : "no");
	xmlFree(verdict);
}
