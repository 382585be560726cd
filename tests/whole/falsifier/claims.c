// SPDX-License-Identifier: GPL-2.0-or-later
/* Every remnant serves one profile at most. */
#include "whole/falsifier/check.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CLAIMS = 16384 };

struct claim {
	uint64_t offset;
	size_t profile;
	enum tally_level level;
};

struct claims {
	struct claim items[MAX_CLAIMS];
	size_t n;
};

static int by_offset(const void *a, const void *b)
{
	const struct claim *x = a;
	const struct claim *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->profile > y->profile) - (x->profile < y->profile);
}

static void add_cells(struct claims *claims, const xmlNode *profile, size_t number)
{
	const xmlNode *cell = run_child(profile, "cellobject");

	for (; cell != NULL && claims->n < MAX_CLAIMS;
	     cell = run_next(cell, "cellobject")) {
		const xmlNode *run = run_child(run_child(cell, "byte_runs"), "byte_run");

		if (run == NULL || *run_get(run, "input") != '\0' ||
		    strcmp(run_text(run_child(cell, "alloc")), "0") != 0)
			continue;
		claims->items[claims->n++] = (struct claim){
			.offset = run_number(run, "file_offset"),
			.profile = number,
			.level = check_level(run_get(cell, "path_certainty")),
		};
	}
}

void check_claims(struct check *c, const xmlNode *recovered)
{
	static struct claims claims;
	size_t number = 0;

	claims.n = 0;
	for (const xmlNode *node = run_child(recovered, "profile"); node != NULL;
	     node = run_next(node, "profile"))
		add_cells(&claims, node, number++);
	if (claims.n == 0)
		return;
	qsort(claims.items, claims.n, sizeof(claims.items[0]), by_offset);
	for (size_t i = 0; i < claims.n; i++) {
		const struct claim *x = &claims.items[i];
		const struct claim *y = i == 0 ? NULL : &claims.items[i - 1];
		bool twice =
			y != NULL && y->offset == x->offset && y->profile != x->profile;
		enum tally_level level =
			twice && y->level > x->level ? y->level : x->level;

		check_count(c, TALLY_CLAIMED, level, twice ? TALLY_FALSE : TALLY_TRUE,
			    "the record at %u is of two recovered profiles",
			    (unsigned)x->offset);
	}
}
