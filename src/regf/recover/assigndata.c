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

/*
 * The place of each key's last write among all, the newest first; keys of one time share
 * it, and values without a key come with those that have no time.  Return: how many
 * places there are.
 */
static uint32_t rank_keys(const struct search *search, const uint32_t *order,
			  uint32_t *ranks)
{
	const struct deleted_key *keys = search->keys.items;
	size_t n = search->keys.n;
	uint32_t rank = 0;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && keys[order[i]].mtime_ft != keys[order[i - 1]].mtime_ft)
			rank++;
		ranks[order[i]] = rank;
	}
	/* Behind all keys: what has no key. */
	ranks[n] = n > 0 && keys[order[n - 1]].mtime_ft != 0 ? rank + 1 : rank;
	return ranks[n] + 1;
}

static uint32_t rank_of(const struct search *search, const uint32_t *ranks,
			const struct deleted_value *value)
{
	return ranks[value->owner == DELETED_NONE ? search->keys.n : value->owner];
}

/*
 * The numbers of all values in the order in which they get their data: where two claim
 * the same bytes, they are the later key's.  Those of one time are in the order of their
 * places, as they stand.  order: room for all.  Return: STATUS_OK; STATUS_NOMEM.
 */
static enum status newest_owner_first(const struct search *search, uint32_t *order)
{
	uint32_t *keys = search_newest_first(search);
	uint32_t *ranks = calloc(search->keys.n + 1, sizeof(*ranks));
	uint32_t n_ranks = keys && ranks ? rank_keys(search, keys, ranks) : 0;
	uint32_t *next = calloc((size_t)n_ranks + 1, sizeof(*next));
	bool made = keys && ranks && next;

	for (size_t i = 0; made && i < search->values.n; i++)
		next[rank_of(search, ranks, &search->values.items[i]) + 1]++;
	for (uint32_t i = 0; made && i < n_ranks; i++)
		next[i + 1] += next[i];
	for (uint32_t i = 0; made && i < search->values.n; i++)
		order[next[rank_of(search, ranks, &search->values.items[i])]++] = i;
	free(next);
	free(ranks);
	free(keys);
	return made ? STATUS_OK : STATUS_NOMEM;
}

enum status assigndata_to_values(struct search *search)
{
	size_t n = search->values.n;
	uint32_t *order = calloc(n + 1, sizeof(*order));
	enum status status = order ? newest_owner_first(search, order) : STATUS_NOMEM;

	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = read_data(search, &search->values.items[order[i]]);
	free(order);
	return status;
}
