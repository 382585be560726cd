/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page/pagelimit.h"

#include "base/compiler.h"

#include <string.h>

/* Elements of all names together, at about a kilobyte each. */
#define MAX_ELEMENTS 60000

/* Of any name that has no row below. */
#define MAX_OTHERS 20000

/*
 * How many of a name are kept, inside changes and elsewhere: enough for what
 * a person reads, so that neither pushes the other out.
 */
static const struct limit {
	const char *name;
	size_t in_change, elsewhere;
} limits[] = {
	{ "account", 500, 500 },
	{ "advice", 0, 1000 },
	{ "boot", 0, 200 },
	{ "bound", 3000, 0 },
	{ "cellobject", 2000, 1000 },
	{ "change", 0, 1000 },
	{ "collection", 0, 128 },
	{ "compared_key", 0, 64 },
	{ "comparison", 0, 64 },
	{ "condition", 0, 3000 },
	{ "custody", 0, 256 },
	{ "data_file", 0, 500 },
	{ "diagnosis", 0, 300 },
	{ "diagnostic", 0, 500 },
	{ "difference", 1000, 500 },
	{ "evidence", 0, 5000 },
	{ "event", 0, 500 },
	{ "exchange", 500, 500 },
	{ "file", 500, 500 },
	{ "generated_name", 1000, 500 },
	{ "gone_account", 500, 500 },
	{ "holder", 0, 500 },
	{ "hotfix", 0, 500 },
	{ "identity", 0, 200 },
	{ "input", 0, 1500 },
	{ "loss", 1000, 500 },
	{ "missing", 0, 2000 },
	{ "named_file", 500, 500 },
	{ "named_in", 1000, 1000 },
	{ "office", 0, 500 },
	{ "place", 0, 1000 },
	{ "problem", 500, 500 },
	{ "profile", 1000, 2000 },
	{ "property", 2000, 1000 },
	{ "provider", 1000, 1000 },
	{ "reason", 4000, 0 },
	{ "redirect", 0, 200 },
	{ "runs", 0, 1000 },
	{ "secret", 500, 500 },
	{ "seen", 0, 2000 },
	{ "series", 0, 100 },
	{ "server", 500, 500 },
	{ "service", 1000, 1000 },
	{ "setting", 1000, 500 },
	{ "snapshot", 0, 128 },
	{ "store", 0, 1000 },
	/* The page's own: see pagetimeline.h. */
	{ "timeline", 0, 0 },
};

_Static_assert(ARRAY_LEN(limits) <= PAGELIMIT_NAMES, "one count for each name");

static const struct limit *limit_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		if (strcmp(limits[i].name, name) == 0)
			return &limits[i];
	return NULL;
}

bool pagelimit_take(struct pagelimit *kept, const char *name, bool in_change)
{
	const struct limit *limit = limit_of(name);
	size_t *used = limit ? &kept->used[limit - limits][in_change] : &kept->n_others;
	size_t max = !limit	 ? MAX_OTHERS
		     : in_change ? limit->in_change
				 : limit->elsewhere;

	if (kept->n_elements >= MAX_ELEMENTS || *used >= max)
		return false;
	++*used;
	kept->n_elements++;
	return true;
}
