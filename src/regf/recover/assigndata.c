/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Data to values.  A cell that is in use again, tells a smaller size than the
 * data had, or holds a record that is believed has nothing of them left; where
 * two values name one place, it is the later key's.
 */
#include "regf/recover/carve.h"

#include <stdlib.h>

/* Big data: from version 1.4 on, in segments of so many bytes. */
#define BIG_DATA_MINOR 4
#define BIG_DATA_SEGMENT 16344

/* True if the bytes at rel can still be what a value of that size left there. */
static bool is_data_cell(const struct carve *carve, uint32_t rel, uint32_t len)
{
	uint64_t size = carve->cell_header + (uint64_t)len;
	const struct carve_region *region = region_of(carve, rel, size);

	return region && assignvalues_is_old_cell(carve, region, rel, len) &&
	       region_is_untaken(carve, rel, size);
}

static void add_run(const struct carve *carve, struct carve_value *value, uint32_t rel,
		    uint32_t len)
{
	value->runs[value->n_runs++] = region_run(carve, rel + carve->cell_header, len);
}

static enum status read_plain(struct carve *carve, struct carve_value *value)
{
	uint32_t len = value->size;

	if (!assignvalues_may_search(carve, len) ||
	    !is_data_cell(carve, value->data, len)) {
		value->data_lost = true;
		return STATUS_OK;
	}
	value->runs = arena_calloc(carve->arena, 1, sizeof(*value->runs));
	if (!value->runs)
		return STATUS_NOMEM;
	add_run(carve, value, value->data, len);
	region_take(carve, value->data, carve->cell_header + (uint64_t)len);
	value->bytes = carve->space.ptr + value->data + carve->cell_header;
	value->known = len;
	value->head_lost = carve->windows_2000 && overwritten_is_link(carve, value->data);
	return STATUS_OK;
}

/* The offsets of the segments, from a freed record of big data. */
static bool open_segments(const struct carve *carve, const struct carve_value *value,
			  struct span *list, size_t *n)
{
	uint32_t header = carve->cell_header, list_rel = 0;
	uint16_t count = 0;
	size_t at = value->data + header;

	*n = ((size_t)value->size + BIG_DATA_SEGMENT - 1) / BIG_DATA_SEGMENT;
	return region_of(carve, value->data, header + 8) &&
	       span_starts(carve->space, at, "db", 2) &&
	       span_le16(carve->space, at + 2, &count) && count >= *n &&
	       span_le32(carve->space, at + 4, &list_rel) &&
	       is_data_cell(carve, list_rel, (uint32_t)(4 * *n)) &&
	       span_sub(carve->space, list_rel + header, 4 * *n, list);
}

/* Segments that are there, up to the first that is gone; *size is their data. */
static size_t count_segments(struct carve *carve, const struct carve_value *value,
			     struct span list, size_t n, uint32_t *size)
{
	uint32_t rel = 0;
	size_t i = 0;

	for (*size = 0; i < n && span_le32(list, 4 * i, &rel); i++) {
		uint32_t left = value->size - *size;
		uint32_t len = left < BIG_DATA_SEGMENT ? left : BIG_DATA_SEGMENT;
		if (!assignvalues_may_search(carve, len) ||
		    !is_data_cell(carve, rel, len))
			break;
		*size += len;
	}
	return i;
}

/* Segment by segment until one is gone: what follows it is lost too. */
static enum status read_segments(struct carve *carve, struct carve_value *value)
{
	struct span list, segment;
	uint32_t rel = 0, size = 0;
	size_t n = 0;

	if (open_segments(carve, value, &list, &n))
		n = count_segments(carve, value, list, n, &size);
	value->data_lost = size == 0;
	if (value->data_lost)
		return STATUS_OK;
	uint8_t *data = arena_calloc(carve->arena, size, 1);
	value->runs = arena_calloc(carve->arena, n, sizeof(*value->runs));
	if (!data || !value->runs)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n && span_le32(list, 4 * i, &rel); i++) {
		uint32_t left = size - value->known;
		uint32_t len = left < BIG_DATA_SEGMENT ? left : BIG_DATA_SEGMENT;
		/* Two elements may name one segment: the second time it is taken. */
		if (!region_is_untaken(carve, rel, carve->cell_header + (uint64_t)len) ||
		    !span_sub(carve->space, rel + carve->cell_header, len, &segment) ||
		    !span_copy(segment, 0, data + value->known, len))
			break;
		region_take(carve, rel, carve->cell_header + (uint64_t)len);
		add_run(carve, value, rel, len);
		value->known += len;
	}
	value->bytes = data;
	value->segmented = true;
	return STATUS_OK;
}

static enum status read_data(struct carve *carve, struct carve_value *value)
{
	if (value->size & CARVE_DATA_INLINE) {
		value->known = value->size & ~CARVE_DATA_INLINE;
		value->bytes = carve->space.ptr + value->rel + carve->cell_header +
			       offsetof(struct carve_value_wire, data);
		return STATUS_OK;
	}
	if (value->size == 0)
		return STATUS_OK;
	if (carve->image->base.minor >= BIG_DATA_MINOR && value->size > BIG_DATA_SEGMENT)
		return read_segments(carve, value);
	return read_plain(carve, value);
}

/* The later key's value first: where two claim the same bytes, they are its. */
static int newest_owner_first(const void *a, const void *b, void *arg)
{
	const struct carve *carve = arg;
	const struct carve_value *x = &carve->values.items[*(const uint32_t *)a];
	const struct carve_value *y = &carve->values.items[*(const uint32_t *)b];
	uint64_t time_x =
		x->owner == CARVE_NOBODY ? 0 : carve->keys.items[x->owner].mtime_ft;
	uint64_t time_y =
		y->owner == CARVE_NOBODY ? 0 : carve->keys.items[y->owner].mtime_ft;

	if (time_x != time_y)
		return time_x > time_y ? -1 : 1;
	return (x->rel > y->rel) - (x->rel < y->rel);
}

enum status assigndata_data(struct carve *carve)
{
	size_t n = carve->values.n;
	uint32_t *order = calloc(n + 1, sizeof(*order));
	enum status status = STATUS_OK;

	if (!order)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 1)
		qsort_r(order, n, sizeof(*order), newest_owner_first, carve);
	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = read_data(carve, &carve->values.items[order[i]]);
	free(order);
	return status;
}
