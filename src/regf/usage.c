/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collected by the own reader while it walks: it knows what every cell is for. */
#include "regf/usage.h"

#include "base/array.h"

#include <stdlib.h>

enum status usage_init(struct usage *usage, uint32_t limit)
{
	*usage = (struct usage){ 0 };
	return cellmap_init(&usage->referenced, limit) ? STATUS_OK : STATUS_NOMEM;
}

void usage_clear(struct usage *usage)
{
	cellmap_clear(&usage->referenced);
	free(usage->slack.items);
	free(usage->tails.items);
	*usage = (struct usage){ 0 };
}

enum status usage_add_slack(struct usage *usage, uint32_t rel, size_t len, size_t used)
{
	if (used > len || len - used < USAGE_MIN_SLACK)
		return STATUS_OK;
	/* A cell each at most, so the limit cannot be met. */
	if (ARRAY_RESERVE(&usage->slack, usage->referenced.limit) != STATUS_OK)
		return STATUS_NOMEM;
	usage->slack.items[usage->slack.n++] =
		(struct usage_slack){ rel + (uint32_t)used, (uint32_t)(len - used) };
	return STATUS_OK;
}

enum status usage_add_tail(struct usage *usage, const struct key *key, uint32_t list_rel,
			   uint32_t n_values)
{
	if (ARRAY_RESERVE(&usage->tails, usage->referenced.limit) != STATUS_OK)
		return STATUS_NOMEM;
	usage->tails.items[usage->tails.n++] =
		(struct usage_tail){ key, list_rel, n_values };
	return STATUS_OK;
}
