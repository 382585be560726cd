/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of events, and which of them say the same. */
#include "report/timeline/timelineorder.h"

#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

/* None comes before any. */
static int by_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

/*
 * What two events say: 0 if the same.  One deletion may be told by a change and by
 * what a later snapshot still has; of nameless profiles only the place can tell that
 * they are one.
 */
static int by_content(const struct timeline_event *a, const struct timeline_event *b)
{
	int order;

	if (a->time_ft != b->time_ft)
		return a->time_ft < b->time_ft ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	order = by_text(a->profile, b->profile);
	if (order == 0)
		order = by_text(a->profile_utf16, b->profile_utf16);
	if (order == 0)
		order = by_text(a->store_path, b->store_path);
	if (order == 0 && a->kind == TIMELINE_DELETED && a->profile)
		return 0;
	if (order == 0)
		order = by_text(a->message, b->message);
	if (order != 0 || a->profile || a->kind == TIMELINE_LIST_KEY)
		return order;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return by_text(a->path, b->path);
}

/* Those that a change tells come last; of the others, those of later snapshots. */
static int by_time(const void *left, const void *right)
{
	const struct timeline_event *a = left, *b = right;
	int order = by_content(a, b);

	if (order == 0)
		order = (a->changes != NULL) - (b->changes != NULL);
	return order ? order : a->order < b->order ? -1 : 1;
}

static bool is_repeated(const struct timeline_event *event,
			const struct timeline_event *next)
{
	/* Of a profile whose name and place are lost nothing tells that it is another's. */
	bool nobody = !event->profile && event->offset == DIAG_NOWHERE &&
		      event->kind != TIMELINE_FILE;

	return !nobody && by_content(event, next) == 0;
}

static void drop_repeated(struct timeline *timeline)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->n; i++)
		if (i + 1 == timeline->n ||
		    !is_repeated(&timeline->items[i], &timeline->items[i + 1]))
			timeline->items[n++] = timeline->items[i];
	timeline->n = n;
}

void timelineorder_sort(struct timeline *timeline)
{
	if (timeline->n > 1)
		qsort(timeline->items, timeline->n, sizeof(*timeline->items), by_time);
	drop_repeated(timeline);
}
