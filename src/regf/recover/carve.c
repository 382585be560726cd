/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking for records.  Cells begin at multiples of 8 bytes, and an old cell
 * keeps its size in front of its record when its neighbours are merged with
 * it, so records stand at known steps and the size can be compared with them;
 * a copy of a hive's page inside some value does not stand at these steps.
 */
#include "regf/recover/carve.h"

#include "base/workers.h"
#include "regf/recover/overwritten.h"
#include "regf/recover/plausible.h"

#include <stdlib.h>
#include <string.h>

/* Bits of a key's flags that nothing sets (regf specification, "Key node"). */
#define KEY_FLAGS_UNUSED 0x0c00u
#define VALUE_FLAGS_KNOWN (READER_VALUE_COMPRESSED_NAME | READER_VALUE_TOMBSTONE)

/* The key record in the cell at rel, head and all. */
static bool read_key(const struct search *search, const struct region *region,
		     uint32_t rel, struct deleted_key *key)
{
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	uint32_t need = search->cell_header + READER_KEY_SIZE;
	struct reader_key_wire wire;
	struct text name;

	if (!span_copy(search->space, rel + search->cell_header, &wire, sizeof(wire)) ||
	    (le16(wire.flags) & KEY_FLAGS_UNUSED) || !plausible_key(search, &wire))
		return false;
	need += le16(wire.name_len);
	if (need > room || search_cell_size(search, rel) < need)
		return false;
	name.encoding = search->image->base.minor < 2 ||
					!(le16(wire.flags) & READER_KEY_COMPRESSED_NAME)
				? TEXT_UTF16LE
				: TEXT_LATIN1;
	if (!span_sub(search->space, rel + search->cell_header + READER_KEY_SIZE,
		      le16(wire.name_len), &name.bytes) ||
	    !plausible_name(name, true))
		return false;
	search_fill_key(&wire, region, rel, key);
	key->name = name.bytes.ptr;
	key->utf16 = name.encoding == TEXT_UTF16LE;
	return true;
}

static bool read_value(const struct search *search, const struct region *region,
		       uint32_t rel, struct deleted_value *value)
{
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	uint32_t need = search->cell_header + READER_VALUE_SIZE;
	struct reader_value_wire wire;
	struct text name;

	if (!span_copy(search->space, rel + search->cell_header, &wire, sizeof(wire)) ||
	    !plausible_value(search, &wire))
		return false;
	need += le16(wire.name_len);
	if (le16(wire.name_len) > PLAUSIBLE_MAX_VALUE_NAME || need > room ||
	    search_cell_size(search, rel) < need)
		return false;
	bool old = search->image->base.minor < 2;
	name.encoding = old || !(le16(wire.flags) & READER_VALUE_COMPRESSED_NAME)
				? TEXT_UTF16LE
				: TEXT_LATIN1;
	if (!span_sub(search->space, rel + search->cell_header + READER_VALUE_SIZE,
		      le16(wire.name_len), &name.bytes) ||
	    !plausible_name(name, false))
		return false;
	*value = (struct deleted_value){
		.rel = rel,
		.size = le32(wire.data_size),
		.data = le32(wire.data),
		.type = le32(wire.type),
		.name = name.bytes.ptr,
		.name_len = le16(wire.name_len),
		.utf16 = name.encoding == TEXT_UTF16LE,
		.strict = plausible_type(le32(wire.type)) &&
			  (old || !(le16(wire.flags) & ~VALUE_FLAGS_KNOWN)),
		.origin = (uint8_t)region->origin,
		.owner = DELETED_NONE,
	};
	return true;
}

/* True if the key is live in the hive: another state may well have it too. */
static bool is_live(const struct search *search, const struct deleted_key *key)
{
	struct reader_key_wire wire;
	struct span cell, name;

	return search->source->keys &&
	       cellmap_has(&search->source->usage->referenced, key->rel) &&
	       reader_key(search->image, key->rel, &cell, &wire) &&
	       le32(wire.parent) == key->parent &&
	       span_sub(cell, READER_KEY_SIZE, le16(wire.name_len), &name) &&
	       span_equal(name, span_of(key->name, key->name_len));
}

/* In another state of the hive what is live may be found again. */
static enum status found_key(struct search *search, const struct deleted_key *key)
{
	return search->source->overlay && is_live(search, key)
		       ? STATUS_OK
		       : search_add_key(search, key);
}

/* The marks of records, as they stand in the first two bytes of a cell's data. */
#define KEY_MARK 0x6b6eu   /* "nk" */
#define VALUE_MARK 0x6b76u /* "vk" */

/* The first two bytes of the data of a cell at rel; 0 past the end. */
static inline uint16_t mark_at(const struct search *search, uint32_t rel)
{
	uint16_t mark = 0;

	return span_le16(search->space, (size_t)rel + search->cell_header, &mark) ? mark
										  : 0;
}

/*
 * True if a record with its head begins at rel, where its mark stands, as far as its
 * fixed part tells; *used is how far it goes, the name included, which is not looked at.
 */
static bool key_head(const struct search *search, uint32_t rel, uint32_t *used)
{
	size_t at = rel + search->cell_header;
	struct reader_key_wire wire;

	if (!span_copy(search->space, at, &wire, sizeof(wire)) ||
	    (le16(wire.flags) & KEY_FLAGS_UNUSED) || !plausible_key(search, &wire))
		return false;
	*used = search->cell_header + READER_KEY_SIZE + le16(wire.name_len);
	return search_cell_size(search, rel) >= *used;
}

static bool value_head(const struct search *search, uint32_t rel, uint32_t *used)
{
	size_t at = rel + search->cell_header;
	struct reader_value_wire wire;

	if (!span_copy(search->space, at, &wire, sizeof(wire)) ||
	    !plausible_value(search, &wire))
		return false;
	*used = search->cell_header + READER_VALUE_SIZE + le16(wire.name_len);
	return search_cell_size(search, rel) >= *used;
}

/*
 * True if no other record begins inside the used bytes of the one at rel: if
 * one does, the first is a chance likeness, or its end is overwritten.  Asked
 * before the name is read, so that names over names cost no more than one.
 */
static bool is_undisturbed(const struct search *search, uint32_t rel, uint32_t used)
{
	uint32_t any = 0;

	for (uint32_t inner = CELLMAP_UNIT; inner < used; inner += CELLMAP_UNIT) {
		uint16_t mark = mark_at(search, rel + inner);
		if ((mark == KEY_MARK && key_head(search, rel + inner, &any)) ||
		    (mark == VALUE_MARK && value_head(search, rel + inner, &any)))
			return false;
	}
	return true;
}

/* A record that has lost its head. */
static enum status look_overwritten(struct search *search, const struct region *region,
				    uint32_t rel, uint32_t *used)
{
	struct deleted_value value;
	struct deleted_key key;

	if (overwritten_key(search, region, rel, &key)) {
		*used = search->cell_header + READER_KEY_SIZE + key.name_len;
		return is_undisturbed(search, rel, *used) ? found_key(search, &key)
							  : STATUS_OK;
	}
	if (overwritten_value(search, region, rel, &value)) {
		*used = search->cell_header + READER_VALUE_SIZE + value.name_len;
		return is_undisturbed(search, rel, *used)
			       ? search_add_value(search, &value)
			       : STATUS_OK;
	}
	return STATUS_ABSENT;
}

/* Looks at one place where a cell could begin.  *used is how far a record goes. */
static enum status look(struct search *search, const struct region *region, uint32_t rel,
			uint32_t *used)
{
	enum status status = STATUS_ABSENT;
	struct deleted_value value;
	struct deleted_key key;

	uint16_t mark = mark_at(search, rel);
	if (mark == KEY_MARK && key_head(search, rel, used)) {
		if (is_undisturbed(search, rel, *used) &&
		    read_key(search, region, rel, &key))
			status = found_key(search, &key);
	} else if (mark == VALUE_MARK && value_head(search, rel, used)) {
		if (is_undisturbed(search, rel, *used) &&
		    read_value(search, region, rel, &value))
			status = search_add_value(search, &value);
	} else if (overwritten_is_link(search, rel)) {
		size_t n = search->keys.n + search->values.n;
		status = look_overwritten(search, region, rel, used);
		if (status == STATUS_OK && n == search->keys.n + search->values.n)
			status = STATUS_ABSENT;
	}
	if (status == STATUS_ABSENT)
		*used = 0;
	return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* Looks at the places from rel on that are before `to`; *at is where it ended. */
static enum status look_through(struct search *search, const struct region *region,
				uint64_t rel, uint64_t to, uint64_t *at)
{
	bool have_links = freecells_have_links(search->source->free_cells);
	enum status status = STATUS_OK;

	while (rel < to && status == STATUS_OK) {
		uint16_t mark = mark_at(search, (uint32_t)rel);
		uint32_t used = 0;
		/* At most places nothing begins. */
		if (mark != KEY_MARK && mark != VALUE_MARK && !have_links) {
			rel += CELLMAP_UNIT;
			continue;
		}
		*at = rel;
		status = look(search, region, (uint32_t)rel, &used);
		/* No record stands inside another. */
		rel += used ? (used + CELLMAP_UNIT - 1) / CELLMAP_UNIT * CELLMAP_UNIT
			    : CELLMAP_UNIT;
	}
	return status;
}

/* Of another state only its own pages are new. */
static bool is_looked_at(const struct search *search, const struct region *region)
{
	return !search->source->overlay || region->origin == RECOVERED_LOG;
}

/* One region after the other. */
static enum status carve_all(struct search *search)
{
	for (size_t i = 0; i < search->regions.n; i++) {
		const struct region *region = &search->regions.items[i];
		uint64_t at = 0;
		if (!is_looked_at(search, region))
			continue;
		stage_advance(search->source->stage, i, search->regions.n);
		enum status status =
			look_through(search, region, region->rel,
				     (uint64_t)region->rel + region->len, &at);
		if (status == STATUS_LIMIT)
			diag_at(search->source->diags, DIAG_COUNT_LIMIT,
				at + IMAGE_BASE_SIZE,
				"more than %zu deleted records; the rest is not looked at",
				SEARCH_MAX_RECORDS);
		if (status != STATUS_OK)
			return status == STATUS_LIMIT ? STATUS_OK : status;
	}
	return STATUS_OK;
}

/* ---- side by side ---- */

/* Pieces for each thread, one after the other: between them it is told how far it is. */
#define PIECES 8

/* Less than so many bytes are looked through sooner than threads are started. */
#define WORTH_THREADS ((uint64_t)1 << 20)

/*
 * A piece of the bytes of all regions, in units of CELLMAP_UNIT, with what was found in
 * it.  One may begin inside a record of the one before: no record begins there, or that
 * one had not been believed, see is_undisturbed().
 */
struct piece {
	struct search search; /* the same but for its keys and values */
	uint64_t first, n;
	enum status status;
};

static uint64_t units_of(const struct region *region)
{
	return ((uint64_t)region->len + CELLMAP_UNIT - 1) / CELLMAP_UNIT;
}

static void carve_piece(void *context, size_t number)
{
	struct piece *piece = (struct piece *)context + number;
	struct search *search = &piece->search;
	uint64_t end = piece->first + piece->n, unit = 0, at = 0;

	for (size_t i = 0; i < search->regions.n && unit < end; i++) {
		const struct region *region = &search->regions.items[i];
		uint64_t next = unit + units_of(region);
		uint64_t from = piece->first > unit ? piece->first - unit : 0;
		uint64_t to = region->rel +
			      (end < next ? (end - unit) * CELLMAP_UNIT : region->len);
		if (next > piece->first && is_looked_at(search, region) &&
		    piece->status == STATUS_OK)
			piece->status =
				look_through(search, region,
					     region->rel + from * CELLMAP_UNIT, to, &at);
		unit = next;
	}
}

/* What all pieces found, one after the other. */
static enum status join(struct search *search, const struct piece *pieces, size_t n)
{
	size_t n_keys = 0, n_values = 0;

	for (size_t i = 0; i < n; i++) {
		if (pieces[i].status != STATUS_OK)
			return pieces[i].status;
		n_keys += pieces[i].search.keys.n;
		n_values += pieces[i].search.values.n;
	}
	/* Which one is too many, only the order of places tells. */
	if (n_keys > SEARCH_MAX_RECORDS || n_values > SEARCH_MAX_RECORDS)
		return STATUS_LIMIT;
	search->keys.items = calloc(n_keys + 1, sizeof(*search->keys.items));
	search->values.items = calloc(n_values + 1, sizeof(*search->values.items));
	if (!search->keys.items || !search->values.items)
		return STATUS_NOMEM;
	search->keys.cap = n_keys + 1;
	search->values.cap = n_values + 1;
	for (size_t i = 0; i < n; i++) {
		const struct search *part = &pieces[i].search;
		if (part->keys.n > 0)
			memcpy(search->keys.items + search->keys.n, part->keys.items,
			       part->keys.n * sizeof(*part->keys.items));
		if (part->values.n > 0)
			memcpy(search->values.items + search->values.n,
			       part->values.items,
			       part->values.n * sizeof(*part->values.items));
		search->keys.n += part->keys.n;
		search->values.n += part->values.n;
	}
	return STATUS_OK;
}

static enum status carve_pieces(struct search *search)
{
	unsigned n_threads = search->source->n_threads;
	size_t n = (size_t)n_threads * PIECES;
	struct piece *pieces = calloc(n, sizeof(*pieces));
	uint64_t n_units = 0;

	if (!pieces)
		return STATUS_NOMEM;
	for (size_t i = 0; i < search->regions.n; i++)
		n_units += units_of(&search->regions.items[i]);
	for (size_t i = 0; i < n; i++)
		pieces[i] = (struct piece){ .search = *search,
					    .first = i * (n_units / n + 1),
					    .n = n_units / n + 1 };
	for (size_t i = 0; i < n; i += n_threads) {
		stage_advance(search->source->stage, i, n);
		workers_run(n_threads, n_threads, carve_piece, pieces + i);
	}
	enum status status = join(search, pieces, n);
	for (size_t i = 0; i < n; i++) {
		free(pieces[i].search.keys.items);
		free(pieces[i].search.values.items);
	}
	free(pieces);
	return status;
}

enum status carve_records(struct search *search)
{
	enum status status = STATUS_LIMIT;

	/* A record without a head may stand inside another: its place has to be known. */
	if (search->source->n_threads > 1 && search->n_searched >= WORTH_THREADS &&
	    !freecells_have_links(search->source->free_cells))
		status = carve_pieces(search);
	return status == STATUS_LIMIT ? carve_all(search) : status;
}
