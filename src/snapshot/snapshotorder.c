/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The newest key's time is what the hive holds itself.  Two states between which no key
 * was written have the same; then the number that each write of the header raises tells,
 * and last the number of the restore point or shadow copy.  A hive saved by itself
 * (RegSaveKey) begins to count anew, so the number never outweighs a time.
 *
 * A .reg export holds none of these.  The order of the groups places it among other
 * groups, also where all hives are put in order by their times; in its own it comes before
 * all hives, as what was saved before the hives were collected, and several stay as they
 * stand.  That is a rule and no knowledge: order_unknown says so of the snapshot behind.
 * So it does of a hive that nothing tells from the one before it: how their folders are
 * called is no order.
 */
#include "snapshot/snapshotorder.h"

#include <stdlib.h>
#include <string.h>

/* Negative if the first is older, positive if it is newer, 0 if nothing tells. */
static int compare_times(const struct snapshotorder_item *a,
			 const struct snapshotorder_item *b)
{
	const struct snapshot *x = a->snapshot, *y = b->snapshot;
	int32_t step = 0;

	if (x->newest_ft && y->newest_ft && x->newest_ft != y->newest_ft)
		return x->newest_ft < y->newest_ft ? -1 : 1;
	if (x->image && y->image)
		step = (int32_t)(x->image->base.primary_sequence -
				 y->image->base.primary_sequence);
	if (step != 0)
		return step < 0 ? -1 : 1;
	return (a->source->rank > b->source->rank) - (a->source->rank < b->source->rank);
}

static bool is_before(const struct snapshotorder_item *a,
		      const struct snapshotorder_item *b, bool by_time)
{
	if (!by_time && a->source->group != b->source->group)
		return a->source->group < b->source->group;
	return compare_times(a, b) < 0;
}

/* True if each log of the one is, by its bytes, one of the other's. */
static bool has_logs_of(const struct snapshot *snapshot, const struct snapshot *other)
{
	for (size_t i = 0; i < other->n_logs; i++) {
		bool has = false;
		for (size_t k = 0; k < snapshot->n_logs && !has; k++)
			has = memcmp(&snapshot->logs[k]->sha256, &other->logs[i]->sha256,
				     sizeof(struct digest)) == 0;
		if (!has)
			return false;
	}
	return true;
}

static bool has_same_bytes(const struct snapshot *a, const struct snapshot *b)
{
	const struct regtext_root *x = a->export_root, *y = b->export_root;

	/* One file can hold several roots. */
	return memcmp(&a->evidence->sha256, &b->evidence->sha256,
		      sizeof(struct digest)) == 0 &&
	       !x == !y && (!x || strcmp(x->path, y->path) == 0);
}

/* Takes what the twin has, and the twin. */
static enum status merge(struct snapshot *snapshot, struct snapshot *twin)
{
	size_t n = snapshot->n_twins;
	char *path = strdup(twin->evidence->path);
	char **twins = path ? reallocarray(snapshot->twins, n + twin->n_twins + 1,
					   sizeof(*twins))
			    : NULL;

	if (!twins) {
		free(path);
		return STATUS_NOMEM;
	}
	snapshot->twins = twins;
	twins[n++] = path;
	for (size_t i = 0; i < twin->n_twins; i++)
		twins[n++] = twin->twins[i];
	snapshot->n_twins = n;
	twin->n_twins = 0;
	snapshot_free(twin);
	return STATUS_OK;
}

/* Of two items the one that is kept for both, 0 or 1; -1: both are. */
static int keeper(const struct snapshotorder_item *a, const struct snapshotorder_item *b)
{
	if (a->source->group != b->source->group ||
	    !has_same_bytes(a->snapshot, b->snapshot))
		return -1;
	if (has_logs_of(a->snapshot, b->snapshot))
		return 0;
	return has_logs_of(b->snapshot, a->snapshot) ? 1 : -1;
}

static enum status merge_twins(struct snapshotorder_item *items, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		for (size_t k = i + 1; k < *n;) {
			int kept = keeper(&items[i], &items[k]);
			if (kept < 0) {
				k++;
				continue;
			}
			struct snapshotorder_item keep = items[kept == 0 ? i : k];
			struct snapshotorder_item drop = items[kept == 0 ? k : i];
			RETURN_IF_FAILED(merge(keep.snapshot, drop.snapshot));
			items[i] = keep;
			memmove(&items[k], &items[k + 1], (*n - k - 1) * sizeof(*items));
			(*n)--;
		}
	return STATUS_OK;
}

static bool is_export(const struct snapshotorder_item *item)
{
	return snapshot_is_export(item->snapshot);
}

/* By insertion: it ends, and keeps what is equal, whatever contradicts itself. */
static void sort_hives(struct snapshotorder_item *hives, size_t n, bool by_time)
{
	for (size_t i = 1; i < n; i++) {
		struct snapshotorder_item item = hives[i];
		size_t at = i;
		for (; at > 0 && is_before(&item, &hives[at - 1], by_time); at--)
			hives[at] = hives[at - 1];
		hives[at] = item;
	}
}

/* To the n that are in order: before the first hive of its group or a later one. */
static void insert_export(struct snapshotorder_item *items, size_t n,
			  const struct snapshotorder_item *export)
{
	size_t at = 0, group = export->source->group;

	while (at < n && (is_export(&items[at]) ? items[at].source->group <= group
						: items[at].source->group < group))
		at++;
	memmove(&items[at + 1], &items[at], (n - at) * sizeof(*items));
	items[at] = *export;
}

/* True if the second follows the first by a rule alone. */
static bool is_order_unknown(const struct snapshotorder_item *a,
			     const struct snapshotorder_item *b, bool by_time)
{
	if (is_export(a) || is_export(b))
		return a->source->group == b->source->group;
	return (by_time || a->source->group == b->source->group) &&
	       compare_times(a, b) == 0 &&
	       a->snapshot->found.last_written_ft == b->snapshot->found.last_written_ft;
}

static enum status place_all(struct snapshotorder_item *items, size_t n, bool by_time)
{
	struct snapshotorder_item *exports = calloc(n + 1, sizeof(*exports));
	size_t n_hives = 0, n_exports = 0;

	if (!exports)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (is_export(&items[i]))
			exports[n_exports++] = items[i];
		else
			items[n_hives++] = items[i];
	sort_hives(items, n_hives, by_time);
	for (size_t i = 0; i < n_exports; i++)
		insert_export(items, n_hives + i, &exports[i]);
	for (size_t i = 1; i < n; i++)
		items[i].snapshot->order_unknown =
			is_order_unknown(&items[i - 1], &items[i], by_time);
	free(exports);
	return STATUS_OK;
}

enum status snapshotorder_sort(struct snapshotorder_item *items, size_t *n, bool by_time)
{
	enum status status = merge_twins(items, n);

	return status == STATUS_OK ? place_all(items, *n, by_time) : status;
}
