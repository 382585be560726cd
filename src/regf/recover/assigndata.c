/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Data to values.  A cell that is in use again, tells a smaller size than the
 * data had, or holds a record that is believed has nothing of them left; where
 * two values name one place, it is the later key's.
 */
#include "regf/recover/assigndata.h"

#include "regf/bigdata.h"
#include "regf/recover/doubtvalues.h"
#include "regf/recover/overwritten.h"
#include "regf/recover/region.h"

#include <stdlib.h>

/* True if the bytes at rel can still be what a value of that size left there. */
static bool is_data_cell(const struct search *search, uint32_t rel, uint32_t len)
{
	uint64_t size = search->cell_header + (uint64_t)len;
	const struct region *region = region_of(search, rel, size);

	return region && region_is_old_cell(search, region, rel, len) &&
	       region_is_untaken(search, rel, size);
}

static void add_run(const struct search *search, struct deleted_value *value,
		    uint32_t rel, uint32_t len)
{
	value->runs[value->n_runs++] = region_run(search, rel + search->cell_header, len);
}

static enum status read_plain(struct search *search, struct deleted_value *value)
{
	uint32_t len = value->size;

	if (!search_may_read(search, len) || !is_data_cell(search, value->data, len)) {
		value->data_lost = true;
		return STATUS_OK;
	}
	if (doubtvalues_is_other(
		    search, span_of(search->space.ptr + value->data + search->cell_header,
				    len))) {
		value->data_lost = true;
		return STATUS_OK;
	}
	value->runs = arena_calloc(search->arena, 1, sizeof(*value->runs));
	if (!value->runs)
		return STATUS_NOMEM;
	add_run(search, value, value->data, len);
	region_take(search, value->data, search->cell_header + (uint64_t)len);
	value->bytes = search->space.ptr + value->data + search->cell_header;
	value->known = len;
	value->head_lost = overwritten_is_link(search, value->data);
	return STATUS_OK;
}

/* The offsets of the segments, from a freed record of big data. */
static bool open_segments(const struct search *search, const struct deleted_value *value,
			  struct span *list, size_t *n)
{
	uint32_t header = search->cell_header, list_rel = 0;
	uint16_t count = 0;
	size_t at = value->data + header;

	*n = ((size_t)value->size + BIGDATA_SEGMENT - 1) / BIGDATA_SEGMENT;
	return region_of(search, value->data, header + 8) &&
	       span_starts(search->space, at, "db", 2) &&
	       span_le16(search->space, at + 2, &count) && count >= *n &&
	       span_le32(search->space, at + 4, &list_rel) &&
	       is_data_cell(search, list_rel, (uint32_t)(4 * *n)) &&
	       span_sub(search->space, list_rel + header, 4 * *n, list);
}

/* Segments that are there, up to the first that is gone; *size is their data. */
static size_t count_segments(struct search *search, const struct deleted_value *value,
			     struct span list, size_t n, uint32_t *size)
{
	uint32_t rel = 0;
	size_t i = 0;

	for (*size = 0; i < n && span_le32(list, 4 * i, &rel); i++) {
		uint32_t left = value->size - *size;
		uint32_t len = left < BIGDATA_SEGMENT ? left : BIGDATA_SEGMENT;
		if (!search_may_read(search, len) || !is_data_cell(search, rel, len))
			break;
		*size += len;
	}
	return i;
}

/* Segment by segment until one is gone: what follows it is lost too. */
static enum status read_segments(struct search *search, struct deleted_value *value)
{
	struct span list, segment;
	uint32_t rel = 0, size = 0;
	size_t n = 0;

	if (open_segments(search, value, &list, &n))
		n = count_segments(search, value, list, n, &size);
	value->data_lost = size == 0;
	if (value->data_lost)
		return STATUS_OK;
	uint8_t *data = arena_calloc(search->arena, size, 1);
	value->runs = arena_calloc(search->arena, n, sizeof(*value->runs));
	if (!data || !value->runs)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n && span_le32(list, 4 * i, &rel); i++) {
		uint32_t left = size - value->known;
		uint32_t len = left < BIGDATA_SEGMENT ? left : BIGDATA_SEGMENT;
		/* Two elements may name one segment: the second time it is taken. */
		if (!region_is_untaken(search, rel,
				       search->cell_header + (uint64_t)len) ||
		    !span_sub(search->space, rel + search->cell_header, len, &segment) ||
		    !span_copy(segment, 0, data + value->known, len))
			break;
		region_take(search, rel, search->cell_header + (uint64_t)len);
		add_run(search, value, rel, len);
		value->known += len;
	}
	value->bytes = data;
	value->segmented = true;
	return STATUS_OK;
}

static enum status read_data(struct search *search, struct deleted_value *value)
{
	if (value->size & READER_DATA_INLINE) {
		value->known = value->size & ~READER_DATA_INLINE;
		value->bytes = search->space.ptr + value->rel + search->cell_header +
			       offsetof(struct reader_value_wire, data);
		return STATUS_OK;
	}
	if (value->size == 0)
		return STATUS_OK;
	if (search->image->base.minor >= BIGDATA_MINOR && value->size > BIGDATA_SEGMENT)
		return read_segments(search, value);
	return read_plain(search, value);
}

/* The later key's value first: where two claim the same bytes, they are its. */
static int newest_owner_first(const void *a, const void *b, void *arg)
{
	const struct search *search = arg;
	const struct deleted_value *x = &search->values.items[*(const uint32_t *)a];
	const struct deleted_value *y = &search->values.items[*(const uint32_t *)b];
	uint64_t time_x =
		x->owner == DELETED_NONE ? 0 : search->keys.items[x->owner].mtime_ft;
	uint64_t time_y =
		y->owner == DELETED_NONE ? 0 : search->keys.items[y->owner].mtime_ft;

	if (time_x != time_y)
		return time_x > time_y ? -1 : 1;
	return (x->rel > y->rel) - (x->rel < y->rel);
}

enum status assigndata_to_values(struct search *search)
{
	size_t n = search->values.n;
	uint32_t *order = calloc(n + 1, sizeof(*order));
	enum status status = STATUS_OK;

	if (!order)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 1)
		qsort_r(order, n, sizeof(*order), newest_owner_first, search);
	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = read_data(search, &search->values.items[order[i]]);
	free(order);
	return status;
}
