/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the stages of the search share: the records found so far, and its limits. */
#include "regf/recover/search.h"

#include "base/array.h"

#include <stdlib.h>

/* A last write before Windows NT was sold (1993) is no last write of its registry. */
#define OLDEST_FT UINT64_C(123703200000000000) /* 1993-01-01 */
/* What a hive may hold later than its newest key: the clock is set, a header comes late. */
#define SLACK_FT (UINT64_C(864000000000))     /* a day */
#define NEVER_FT UINT64_C(157469184000000000) /* 2100-01-01: no time limit is known */

/* So many times the length of the hive may be read as lists and data, all together. */
#define WORK_TIMES 4

/*
 * Windows writes the time into the base block whenever it writes the hive: one that is
 * older than the newest key shows that the clock was set back in between, or that this
 * Windows (8.1 on) does not keep it.  The other keys of that time or before may have been
 * written after those that look younger.
 */
static void note_clock(struct search *search, const struct image *image,
		       uint64_t newest_ft)
{
	const struct image_base *base = &image->base;

	if (base->checksum_ok && base->last_written_ft < newest_ft &&
	    base->last_written_ft > search->doubt_until_ft)
		search->doubt_until_ft = base->last_written_ft;
}

/* Between which times a key of this hive can have been written. */
static void find_times(struct search *search)
{
	const struct recovered_source *source = search->source;
	const struct image_base *base = &search->image->base;
	uint64_t newest = base->checksum_ok ? base->last_written_ft : 0;

	search->newest_live_ft = 0;
	for (const struct key *key = source->keys ? source->keys->root : NULL; key;
	     key = key_next(source->keys->root, key)) {
		if (key->mtime_ft > newest)
			newest = key->mtime_ft;
		if (key->mtime_ft > search->newest_live_ft)
			search->newest_live_ft = key->mtime_ft;
		search->zero_times |= key->mtime_ft == 0;
	}
	note_clock(search, search->image, search->newest_live_ft);
	for (size_t i = 0; i < source->n_witnesses; i++) {
		const struct recovered_witness *witness = &source->witnesses[i];
		if (witness->image)
			note_clock(search, witness->image, witness->newest_ft);
		if (witness->newest_ft > newest)
			newest = witness->newest_ft;
	}
	search->oldest_ft = OLDEST_FT;
	search->newest_ft =
		newest >= OLDEST_FT && newest < NEVER_FT ? newest + SLACK_FT : NEVER_FT;
}

enum status search_init(struct search *search, const struct recovered_source *source,
			struct arena *arena)
{
	const struct image *image = source->image;

	*search = (struct search){
		.source = source,
		.image = image,
		.space = source->overlay ? source->overlaid
					 : span_from(image->bytes, IMAGE_BASE_SIZE),
		.cell_header = image->cell_header,
		.all_linked = source->free_cells == FREECELLS_WINDOWS_2000 &&
			      freecells_are_all_linked(image),
		.arena = arena,
	};
	search->work = WORK_TIMES * (uint64_t)search->space.len;
	find_times(search);
	return cellmap_init(&search->taken, (uint32_t)search->space.len) ? STATUS_OK
									 : STATUS_NOMEM;
}

void search_clear(struct search *search)
{
	cellmap_clear(&search->taken);
	free(search->regions.items);
	free(search->keys.items);
	free(search->values.items);
	*search = (struct search){ 0 };
}

enum status search_add_key(struct search *search, const struct deleted_key *key)
{
	enum status status = ARRAY_RESERVE(&search->keys, SEARCH_MAX_RECORDS);

	if (status == STATUS_OK)
		search->keys.items[search->keys.n++] = *key;
	return status;
}

enum status search_add_value(struct search *search, const struct deleted_value *value)
{
	enum status status = ARRAY_RESERVE(&search->values, SEARCH_MAX_RECORDS);

	if (status == STATUS_OK)
		search->values.items[search->values.n++] = *value;
	return status;
}

struct deleted_key *search_key_at(const struct search *search, uint32_t rel)
{
	size_t low = ARRAY_COUNT_BEFORE(search->keys.items, search->keys.n, key,
					key->rel < rel);

	return low < search->keys.n && search->keys.items[low].rel == rel
		       ? &search->keys.items[low]
		       : NULL;
}

struct deleted_value *search_value_at(const struct search *search, uint32_t rel)
{
	size_t low = ARRAY_COUNT_BEFORE(search->values.items, search->values.n, value,
					value->rel < rel);

	return low < search->values.n && search->values.items[low].rel == rel
		       ? &search->values.items[low]
		       : NULL;
}

static int newest_first(const void *a, const void *b, void *arg)
{
	const struct search *search = arg;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint64_t time_x = search->keys.items[x].mtime_ft;
	uint64_t time_y = search->keys.items[y].mtime_ft;

	if (time_x != time_y)
		return time_x > time_y ? -1 : 1;
	return (x > y) - (x < y);
}

uint32_t *search_newest_first(const struct search *search)
{
	size_t n = search->keys.n;
	uint32_t *order = calloc(n + 1, sizeof(*order));

	for (uint32_t i = 0; order && i < n; i++)
		order[i] = i;
	if (order && n > 1)
		qsort_r(order, n, sizeof(*order), newest_first,
			(void *)(uintptr_t)search);
	return order;
}

uint32_t search_cell_size(const struct search *search, uint32_t rel)
{
	uint32_t raw = 0;

	if (!span_le32(search->space, rel, &raw))
		return 0;
	uint32_t size = raw >> 31 ? 0u - raw : raw;
	return size >> 31 || size < CELLMAP_UNIT || size % CELLMAP_UNIT ? 0 : size;
}

uint32_t search_rel(const struct search *search, const struct key *key)
{
	return key->record_off ? key->record_off - IMAGE_BASE_SIZE - search->cell_header
			       : IMAGE_NIL;
}

struct text search_key_name(const struct deleted_key *key)
{
	return (struct text){
		.bytes = span_of(key->name, key->name_len),
		.encoding = key->utf16 ? TEXT_UTF16LE : TEXT_LATIN1,
	};
}

struct text search_value_name(const struct deleted_value *value)
{
	return (struct text){
		.bytes = span_of(value->name, value->name_len),
		.encoding = value->utf16 ? TEXT_UTF16LE : TEXT_LATIN1,
	};
}

bool search_is_common(const struct search *search, const struct deleted_key *key)
{
	return search->source->is_common &&
	       search->source->is_common(search_key_name(key));
}

void search_fill_key(const struct reader_key_wire *wire, const struct region *region,
		     uint32_t rel, struct deleted_key *key)
{
	bool counts = !(le16(wire->flags) & READER_KEY_PREDEFINED_HANDLE);

	*key = (struct deleted_key){
		.rel = rel,
		.parent = le32(wire->parent),
		.mtime_ft = le64(wire->time),
		.name_len = le16(wire->name_len),
		.origin = (uint8_t)region->origin,
		.n_values = counts ? le32(wire->n_values) : 0,
		.values = le32(wire->values),
		.largest_name = reader_largest_name(wire),
		.largest_data = reader_largest_data(wire),
		.above = DELETED_NONE,
		.is_empty =
			le32(wire->n_subkeys) == 0 && le32(wire->subkeys) == IMAGE_NIL,
	};
}

bool search_may_read(struct search *search, uint64_t work)
{
	bool may = work <= search->work;

	if (!may && search->work > 0)
		diag_at(search->source->diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"deleted keys name more lists and data than the hive can hold; "
			"what is left of them is told as lost");
	search->work = may ? search->work - work : 0;
	return may;
}
