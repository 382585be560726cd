/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of a hive that no live key refers to: free cells, allocated cells
 * that nothing names, the ends of live cells, and what follows the last bin.
 * Free neighbours are one cell, so most regions hold several old records.
 */
#include "regf/recover/region.h"

#include "base/array.h"

#include <stdlib.h>

static enum status add(struct search *search, uint64_t rel, uint64_t end,
		       enum recovered_origin origin)
{
	rel = (rel + CELLMAP_UNIT - 1) / CELLMAP_UNIT * CELLMAP_UNIT;
	if (end > search->space.len)
		end = search->space.len;
	/* Too short for a record, but a list or data may stand there. */
	if (end < rel || end - rel < CELLMAP_UNIT)
		return STATUS_OK;
	/* They do not overlap, so the limit cannot be met. */
	if (ARRAY_RESERVE(&search->regions, search->space.len) != STATUS_OK)
		return STATUS_NOMEM;
	search->regions.items[search->regions.n++] =
		(struct region){ (uint32_t)rel, (uint32_t)(end - rel), origin };
	search->n_searched += end - rel;
	return STATUS_OK;
}

/* Bytes of a sound cell, in the hive itself, whatever an overlay puts there. */
static uint32_t sound_size(const struct image *image, uint32_t rel)
{
	uint32_t raw = 0;

	if (!span_le32(image->bins, rel, &raw))
		return CELLMAP_UNIT;
	return cellmap_has(&image->allocated, rel) ? 0u - raw : raw;
}

/*
 * Free cells, and allocated ones that nothing refers to.  Most cells are neither: only
 * the maps are looked at for those, not the cells themselves, which lie far apart.
 */
static enum status add_cells(struct search *search)
{
	const struct image *image = search->image;
	/* Where the walk of the live keys was cut, what is below is live all the same. */
	bool knows_lost = search->source->keys &&
			  diag_count_of(search->source->diags, DIAG_DEPTH_LIMIT) == 0;
	const struct cellmap *live =
		knows_lost ? &search->source->usage->referenced : &image->allocated;
	uint32_t rel = 0;

	for (; cellmap_next_unlike(&image->free, &image->allocated, live, rel, &rel);
	     rel += CELLMAP_UNIT)
		RETURN_IF_FAILED(add(search, rel, (uint64_t)rel + sound_size(image, rel),
				     cellmap_has(&image->free, rel) ? RECOVERED_FREE
								    : RECOVERED_LOST));
	return STATUS_OK;
}

/* The end of the live cell at rel, which stands in a gap: some record leads to it. */
static uint64_t live_end(const struct image *image, uint32_t rel)
{
	struct span data;

	if (!image_cell(image, rel, &data))
		return (uint64_t)rel + CELLMAP_UNIT;
	return (uint64_t)rel + image->cell_header + data.len;
}

/* What no map tells of: all but the cells that live records lead to. */
static enum status add_gap(struct search *search, const struct gap *gap)
{
	const struct cellmap *live = &search->source->usage->referenced;
	uint64_t at = gap->rel, end = (uint64_t)gap->rel + gap->len;
	uint32_t cell = 0;

	while (at < end && search->source->keys &&
	       cellmap_next(live, (uint32_t)at, &cell) && cell < end) {
		RETURN_IF_FAILED(add(search, at, cell, RECOVERED_UNMAPPED));
		at = live_end(search->image, cell);
	}
	return at < end ? add(search, at, end, RECOVERED_UNMAPPED) : STATUS_OK;
}

/* Bytes in no sound cell, and bins that the hive gave up; never those of another hive. */
static enum status add_gaps(struct search *search)
{
	const struct image *image = search->image;

	for (size_t i = 0; i < image->gaps.n; i++)
		if (image->gaps.items[i].kind == GAP_UNMAPPED)
			RETURN_IF_FAILED(add_gap(search, &image->gaps.items[i]));
	for (size_t i = 0; i < image->tail.n; i++) {
		const struct gap *gap = &image->tail.items[i];
		if (gap->kind == GAP_GIVEN_UP)
			RETURN_IF_FAILED(add(search, gap->rel,
					     (uint64_t)gap->rel + gap->len,
					     RECOVERED_TAIL));
	}
	return STATUS_OK;
}

static int by_rel(const void *a, const void *b)
{
	const struct region *x = a, *y = b;

	return (x->rel > y->rel) - (x->rel < y->rel);
}

/* What an overlay puts over the hive, all of it: what is live there may be gone now. */
static enum status add_overlay(struct search *search, const struct overlay *overlay)
{
	for (size_t i = 0; i < overlay->n; i++) {
		const struct overlay_run *run = &overlay->runs[i];
		RETURN_IF_FAILED(add(search, run->rel, (uint64_t)run->rel + run->len,
				     RECOVERED_LOG));
	}
	return STATUS_OK;
}

/* Leaves of the hive's own regions what no page of the overlay covers whole or in part. */
static void drop_covered(struct search *search, size_t n_own)
{
	size_t n = 0;

	for (size_t i = 0; i < n_own; i++) {
		const struct region *region = &search->regions.items[i];
		const struct overlay *overlay = search->source->overlay;
		size_t next =
			ARRAY_COUNT_BEFORE(overlay->runs, overlay->n, run,
					   run->rel + (uint64_t)run->len <= region->rel);
		if (next < overlay->n &&
		    overlay->runs[next].rel < region->rel + (uint64_t)region->len)
			continue;
		search->regions.items[n++] = *region;
	}
	search->regions.n = n;
}

enum status region_find_all(struct search *search)
{
	const struct usage *usage = search->source->usage;

	RETURN_IF_FAILED(add_cells(search));
	for (size_t i = 0; search->source->keys && i < usage->slack.n; i++) {
		const struct usage_slack *slack = &usage->slack.items[i];
		RETURN_IF_FAILED(add(search, slack->rel,
				     (uint64_t)slack->rel + slack->len, RECOVERED_SLACK));
	}
	RETURN_IF_FAILED(add_gaps(search));
	if (search->source->overlay) {
		drop_covered(search, search->regions.n);
		search->n_searched = 0;
		RETURN_IF_FAILED(add_overlay(search, search->source->overlay));
	}
	if (search->regions.n > 1)
		qsort(search->regions.items, search->regions.n,
		      sizeof(*search->regions.items), by_rel);
	return STATUS_OK;
}

struct recovered_run region_run(const struct search *search, uint32_t rel, uint32_t len)
{
	const struct overlay *overlay = search->source->overlay;

	size_t n = overlay ? ARRAY_COUNT_BEFORE(overlay->runs, overlay->n, item,
						item->rel <= rel)
			   : 0;

	/* The last that begins at rel or before it. */
	if (n > 0 && rel - overlay->runs[n - 1].rel < overlay->runs[n - 1].len) {
		const struct overlay_run *run = &overlay->runs[n - 1];
		return (struct recovered_run){ overlay->log,
					       run->log_off + (rel - run->rel), len };
	}
	return (struct recovered_run){ SIZE_MAX, rel + IMAGE_BASE_SIZE, len };
}

const struct region *region_of(const struct search *search, uint32_t rel, uint64_t len)
{
	/* The last region that begins at rel or before it. */
	size_t n = ARRAY_COUNT_BEFORE(search->regions.items, search->regions.n, item,
				      item->rel <= rel);

	if (n == 0)
		return NULL;
	const struct region *region = &search->regions.items[n - 1];
	uint64_t end = (uint64_t)region->rel + region->len;
	return rel < end && len <= end - rel ? region : NULL;
}

bool region_is_untaken(const struct search *search, uint32_t rel, uint64_t len)
{
	uint64_t unit = rel / CELLMAP_UNIT * CELLMAP_UNIT;

	for (; unit < rel + len; unit += CELLMAP_UNIT)
		if (cellmap_has(&search->taken, (uint32_t)unit))
			return false;
	return true;
}

void region_take(struct search *search, uint32_t rel, uint64_t len)
{
	uint64_t unit = rel / CELLMAP_UNIT * CELLMAP_UNIT;

	for (; unit < rel + len; unit += CELLMAP_UNIT)
		(void)cellmap_add(&search->taken, (uint32_t)unit);
}

bool region_is_old_cell(const struct search *search, const struct region *region,
			uint32_t rel, uint64_t len)
{
	uint64_t size = search_cell_size(search, rel);
	uint64_t room = (uint64_t)region->rel + region->len - rel;

	return size >= search->cell_header + len && rel + size <= search->space.len &&
	       (size <= room || region->origin == RECOVERED_SLACK);
}
