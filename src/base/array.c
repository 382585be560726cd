/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How arrays grow: by doubling, and never past the maximum they are born with. */
#include "base/array.h"

#include <stdlib.h>

/* The first allocation: most lists of a hive are this short. */
#define ARRAY_FIRST 8

enum status array_reserve(void **items, size_t n, size_t *cap, size_t size, size_t max)
{
	if (n >= max)
		return STATUS_LIMIT;
	if (n < *cap)
		return STATUS_OK;

	size_t grown = ARRAY_FIRST;

	/* Compared by division, so that doubling cannot overflow. */
	if (*cap > max / 2)
		grown = max;
	else if (*cap >= ARRAY_FIRST / 2)
		grown = *cap * 2;
	if (grown > max)
		grown = max;

	void *moved = reallocarray(*items, grown, size);

	if (!moved) {
		status_note_nomem();
		return STATUS_NOMEM;
	}
	*items = moved;
	*cap = grown;
	return STATUS_OK;
}
