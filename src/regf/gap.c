/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes that no sound cell maps, in order of place. */
#include "regf/gap.h"

#include "base/array.h"

#include <stdlib.h>

enum status gaps_add(struct gaps *gaps, uint32_t rel, uint32_t len, enum gap_kind kind)
{
	struct gap *last = gaps->n > 0 ? &gaps->items[gaps->n - 1] : NULL;

	if (len == 0)
		return STATUS_OK;
	if (last && last->kind == kind && last->rel + last->len == rel) {
		last->len += len;
		return STATUS_OK;
	}
	/* Each is some bytes of its own, so the limit cannot be met. */
	if (ARRAY_RESERVE(gaps, UINT32_MAX) != STATUS_OK)
		return STATUS_NOMEM;
	gaps->items[gaps->n++] = (struct gap){ rel, len, kind };
	return STATUS_OK;
}

void gaps_clear(struct gaps *gaps)
{
	free(gaps->items);
	*gaps = (struct gaps){ 0 };
}

const struct gap *gaps_at(const struct gaps *gaps, uint32_t rel)
{
	/* The last that begins at rel or before it. */
	size_t n = ARRAY_COUNT_BEFORE(gaps->items, gaps->n, gap, gap->rel <= rel);

	return n > 0 && rel - gaps->items[n - 1].rel < gaps->items[n - 1].len
		       ? &gaps->items[n - 1]
		       : NULL;
}
