/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Timelines read from series, and how many events of a kind they have. */
#include "help/timelines.h"

struct timeline *timelines_read(const struct series *series)
{
	struct timeline *timeline = NULL;

	assert_int_equal(timeline_read(series, NULL, NULL, &timeline), STATUS_OK);
	return timeline;
}

struct timeline *timelines_read_one(struct pair *pair)
{
	struct series series = { .snapshots = &pair->new,
				 .recoveries = &pair->recoveries[1],
				 .n_snapshots = 1,
				 .comparisons = NULL,
				 .n_comparisons = 0 };

	return timelines_read(&series);
}

size_t timelines_count(const struct timeline *timeline, enum timeline_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->n; i++)
		n += timeline->items[i].kind == kind;
	return n;
}
