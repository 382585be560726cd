/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values to keys.  What is freed is used again, so every link is doubted: a
 * list or record that a live key uses now is no source, one that two deleted
 * keys name belongs to the one written last, and bytes are used once.  Order
 * of belief: key records, lists and value records, data.
 *
 * Where the first element of a list is lost to a link, or may be, its value is given to
 * the key only if just one can be it: the only loose one behind the key's record and
 * before the next key's, where Windows makes a key's values in fresh space, of the
 * sizes that are missing to the largest which the key remembers, and of a name that such
 * a key of a profile has.  It is marked, and possible at most.  All others stay loose.
 */
#include "regf/recover/assignvalues.h"

#include "base/array.h"
#include "regf/recover/overwritten.h"
#include "regf/recover/region.h"

#include <stdlib.h>

/* Live keys looked at to learn whether this hive keeps the sizes of its largest values. */
#define LARGEST_SAMPLE 20000

/* How far behind its key a first value is looked for, bytes. */
#define NEAR 65536

/* How far from its key one is looked for that nothing leads to: a page each way. */
#define NEIGHBOURHOOD 4096

/* Latin-1 names count twice: the records keep lengths as of UTF-16. */
static uint32_t name_size(const struct deleted_value *value)
{
	return value->utf16 ? value->name_len : 2u * value->name_len;
}

/* ---- the sizes that a key keeps of its largest value ---- */

/* True if no value of the live key is larger than the sizes that its record keeps. */
static bool keeps_largest(const struct search *search, const struct key *key)
{
	struct reader_key_wire wire;
	struct span cell;

	if (!reader_key(search->image, search_rel(search, key), &cell, &wire))
		return true;
	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct value *value = &key->values[i];
		uint32_t name = value->flags & VALUE_FLAG_NAME_UTF16
					? value->name_len
					: 2u * value->name_len;
		if (name > reader_largest_name(&wire) ||
		    value->declared_len > reader_largest_data(&wire))
			return false;
	}
	return true;
}

/* Windows keeps these sizes and never lowers them; other writers may not care. */
static bool largest_is_kept(const struct search *search)
{
	const struct key *top = search->source->keys ? search->source->keys->root : NULL;
	size_t n = 0;

	for (const struct key *key = top; key && n < LARGEST_SAMPLE;
	     key = key_next(top, key)) {
		if (key->n_values == 0)
			continue;
		n++;
		if (!keeps_largest(search, key))
			return false;
	}
	return n > 0;
}

/* ---- values to keys ---- */

/* Longer names and data than the key ever had belong to another one. */
static bool is_within(const struct search *search, const struct deleted_value *value,
		      uint32_t largest_name, uint32_t largest_data)
{
	return !search->trust_largest ||
	       (name_size(value) <= largest_name &&
		(value->size & ~READER_DATA_INLINE) <= largest_data);
}

static bool can_be_of(const struct search *search, const struct deleted_key *key,
		      const struct deleted_value *value)
{
	return is_within(search, value, key->largest_name, key->largest_data);
}

/*
 * A name whose end was guessed may be too long for the key: the bytes behind
 * its true end are padding, less than one unit of it.
 */
static void fit_name(const struct search *search, const struct deleted_key *key,
		     struct deleted_value *value)
{
	uint32_t most = value->utf16 ? key->largest_name : key->largest_name / 2;

	if (search->trust_largest && (value->inferred & RECOVERED_INFERRED_NAME_LENGTH) &&
	    value->name_len > most && value->name_len - most < CELLMAP_UNIT)
		value->name_len = (uint16_t)most;
}

/* Elements of a list of n that stand in one piece of unreferenced bytes. */
static uint32_t list_room(const struct search *search, uint32_t rel, uint32_t n)
{
	const struct region *region = region_of(search, rel, search->cell_header);

	if (!region || !region_is_old_cell(search, region, rel, 4 * (uint64_t)n))
		return 0;
	uint64_t room = (uint64_t)region->rel + region->len - rel - search->cell_header;
	return room / 4 < n ? (uint32_t)(room / 4) : n;
}

/*
 * What stands at the beginning of a freed list: an element, or the link of a
 * free list.  A link leads to a free cell of about the same size, which may
 * have been a value's once; a value that has kept its head was no such cell.
 */
enum first_element { FIRST_SURE, FIRST_LIKELY, FIRST_LINK };

/* Windows 2000 wrote a link over every cell that it freed alone, later systems over none. */
static bool is_surely_link(const struct search *search, uint32_t list)
{
	return search->all_linked && cellmap_has(&search->image->free, list);
}

static enum first_element first_element(const struct search *search,
					const struct deleted_key *key)
{
	const struct deleted_value *value;
	uint32_t rel = 0;

	if (!overwritten_is_link(search, key->values) ||
	    !span_le32(search->space, key->values + search->cell_header, &rel))
		return FIRST_SURE;
	value = search_value_at(search, rel);
	if (!value || is_surely_link(search, key->values))
		return FIRST_LINK;
	if (!value->inferred)
		return FIRST_SURE;
	return search_cell_size(search, rel) == search_cell_size(search, key->values)
		       ? FIRST_LINK
		       : FIRST_LIKELY;
}

/* True if the n elements can be offsets: the first may be a link. */
static bool is_list(const struct search *search, uint32_t list_rel, uint32_t n)
{
	uint32_t rel = 0;

	for (uint32_t i = 0; i < n; i++) {
		size_t at = list_rel + search->cell_header + 4 * (size_t)i;
		if (i == 0 && overwritten_is_link(search, list_rel))
			continue;
		if (!span_le32(search->space, at, &rel) || rel % CELLMAP_UNIT ||
		    rel < CELLMAP_UNIT || rel >= search->space.len)
			return false;
	}
	return true;
}

/* The value at rel, or NULL; `last` is the one found before, behind which most stand. */
static struct deleted_value *next_value(const struct search *search, uint32_t rel,
					struct deleted_value *last)
{
	const struct deleted_value *end =
		ARRAY_END(search->values.items, search->values.n);

	return last && last + 1 < end && last[1].rel == rel
		       ? last + 1
		       : search_value_at(search, rel);
}

/*
 * Gives the key the value that element i of its list names, if it can be its.  *last is
 * the value that an element named before, or NULL.
 */
static void attach_element(struct search *search, uint32_t number, uint32_t i,
			   uint8_t inferred, struct deleted_value **last)
{
	struct deleted_key *key = &search->keys.items[number];
	size_t at = key->values + search->cell_header + 4 * (size_t)i;
	uint32_t rel = 0;
	struct deleted_value *value = span_le32(search->space, at, &rel)
					      ? next_value(search, rel, *last)
					      : NULL;

	*last = value ? value : *last;
	if (!value || value->owner != DELETED_NONE)
		return;
	fit_name(search, key, value);
	if (!can_be_of(search, key, value))
		return;
	value->owner = number;
	value->inferred |= inferred;
}

static void attach(struct search *search, uint32_t number)
{
	struct deleted_key *key = &search->keys.items[number];
	uint32_t n = key->n_values ? list_room(search, key->values, key->n_values) : 0;
	uint64_t size = search->cell_header + 4 * (uint64_t)n;

	if (n == 0 || !search_may_read(search, n) ||
	    !region_is_untaken(search, key->values, size) ||
	    !is_list(search, key->values, n))
		return;
	enum first_element first = first_element(search, key);
	key->first_waits = first == FIRST_LIKELY;
	key->first_lost = first != FIRST_SURE;
	struct deleted_value *last = NULL;
	for (uint32_t i = first != FIRST_SURE; i < n; i++)
		attach_element(search, number, i, 0, &last);
	/* Found or not: the next that names it need not look again. */
	region_take(search, key->values, size);
}

/* True if no key record, live or deleted, begins between two cells. */
static bool no_key_between(const struct search *search, uint32_t from, uint32_t to)
{
	uint32_t rel = from;
	struct reader_key_wire wire;
	struct span cell;
	size_t next = ARRAY_COUNT_BEFORE(search->keys.items, search->keys.n, key,
					 key->rel <= from);

	if (next < search->keys.n && search->keys.items[next].rel < to)
		return false;
	while (cellmap_next(&search->image->allocated, rel + CELLMAP_UNIT, &rel) &&
	       rel < to)
		if (reader_key(search->image, rel, &cell, &wire))
			return false;
	return true;
}

/*
 * True if the first element leads to no cell that is free by itself now, as a
 * link would, or to where a key's first value stands in fresh space.
 */
static bool is_first_likely(const struct search *search, const struct deleted_key *key)
{
	uint32_t rel = 0;

	if (!span_le32(search->space, key->values + search->cell_header, &rel))
		return false;
	return !cellmap_has(&search->image->free, rel) ||
	       (rel > key->rel && rel - key->rel < NEAR &&
		no_key_between(search, key->rel, rel));
}

static enum status attach_all(struct search *search)
{
	size_t n = search->keys.n;
	uint32_t *order = search_newest_first(search);

	if (!order)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++)
		attach(search, order[i]);
	/* A likely element gives way to those that are sure. */
	struct deleted_value *last = NULL;
	for (size_t i = 0; i < n; i++)
		if (search->keys.items[order[i]].first_waits &&
		    is_first_likely(search, &search->keys.items[order[i]]))
			attach_element(search, order[i], 0,
				       RECOVERED_INFERRED_FIRST_VALUE, &last);
	free(order);
	return STATUS_OK;
}

/* What stands behind the elements of a live key's list: values deleted from it. */
static void attach_tail(struct search *search, const struct usage_tail *tail)
{
	struct reader_key_wire wire;
	struct span list, cell;
	uint32_t rel = 0;

	if (!image_cell(search->image, tail->list_rel, &list) ||
	    !reader_key(search->image, search_rel(search, tail->key), &cell, &wire))
		return;
	for (size_t i = tail->n_values; span_le32(list, 4 * i, &rel); i++) {
		if (rel < CELLMAP_UNIT || rel % CELLMAP_UNIT)
			return;
		struct deleted_value *value = search_value_at(search, rel);
		if (value && value->owner == DELETED_NONE && !value->owner_live &&
		    is_within(search, value, reader_largest_name(&wire),
			      reader_largest_data(&wire)))
			value->owner_live = tail->key;
	}
}

/* ---- first values that nothing names ---- */

/* Of each key the values that it has got: the first, and of each the next. */
struct found {
	uint32_t *first, *next; /* numbers of values, or DELETED_NONE */
};

static enum status find_owned(const struct search *search, struct found *found)
{
	size_t n = search->values.n;

	found->first = calloc(search->keys.n + 1, sizeof(*found->first));
	found->next = calloc(n + 1, sizeof(*found->next));
	if (!found->first || !found->next)
		return STATUS_NOMEM;
	for (size_t i = 0; i < search->keys.n; i++)
		found->first[i] = DELETED_NONE;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t owner = search->values.items[i].owner;
		if (owner == DELETED_NONE)
			continue;
		found->next[i] = found->first[owner];
		found->first[owner] = i;
	}
	return STATUS_OK;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* How a loose value fits a key whose first value is missing. */
enum loose_fit {
	LOOSE_NOT,
	LOOSE_MAY,	 /* it could be a value of the key */
	LOOSE_COMPLETES, /* and with it all are there, the largest too */
};

/* Its name is cut to what the key allows. */
static enum loose_fit loose_fit(const struct search *search, const struct found *found,
				uint32_t number, const struct deleted_value *value)
{
	const struct deleted_key *key = &search->keys.items[number];
	struct deleted_value fitted = *value;
	uint32_t n = 0;

	fit_name(search, key, &fitted);
	if (!can_be_of(search, key, &fitted) ||
	    search->source->value_fit(search_value_name(&fitted), search_key_name(key)) !=
		    RECOVERED_FITS)
		return LOOSE_NOT;
	uint32_t name = name_size(&fitted), data = fitted.size & ~READER_DATA_INLINE;
	for (uint32_t i = found->first[number]; i != DELETED_NONE; i = found->next[i]) {
		const struct deleted_value *other = &search->values.items[i];
		if (text_equal(search_value_name(other), search_value_name(&fitted)))
			return LOOSE_NOT;
		name = larger(name, name_size(other));
		data = larger(data, other->size & ~READER_DATA_INLINE);
		n++;
	}
	if (n >= key->n_values)
		return LOOSE_NOT;
	return n + 1 == key->n_values && name == key->largest_name &&
			       data == key->largest_data
		       ? LOOSE_COMPLETES
		       : LOOSE_MAY;
}

/* A deleted value that nothing has got yet. */
static bool is_loose(const struct deleted_value *value)
{
	return value->owner == DELETED_NONE && !value->owner_live;
}

/*
 * The only loose value in the key's neighbourhood that can be its first, or NULL.  A
 * value that was deleted from the key before may be larger than what it had in the end,
 * so whatever could have been its value counts.
 */
static struct deleted_value *only_first(struct search *search, const struct found *found,
					uint32_t number)
{
	uint32_t rel = search->keys.items[number].rel;
	struct deleted_value *only = NULL;
	size_t i = ARRAY_COUNT_BEFORE(search->values.items, search->values.n, value,
				      value->rel + NEIGHBOURHOOD < rel);

	for (; i < search->values.n && search->values.items[i].rel < rel + NEIGHBOURHOOD;
	     i++) {
		struct deleted_value *value = &search->values.items[i];
		if (!search_may_read(search, 1))
			return NULL;
		if (!is_loose(value) ||
		    loose_fit(search, found, number, value) == LOOSE_NOT)
			continue;
		if (only)
			return NULL;
		only = value;
	}
	return only && only->strict &&
			       loose_fit(search, found, number, only) == LOOSE_COMPLETES
		       ? only
		       : NULL;
}

/* True if no other key that lacks its first value could have had it. */
static bool fits_no_other(struct search *search, const struct found *found,
			  uint32_t number, const struct deleted_value *value)
{
	size_t i = ARRAY_COUNT_BEFORE(search->keys.items, search->keys.n, key,
				      key->rel + NEIGHBOURHOOD < value->rel);

	for (;
	     i < search->keys.n && search->keys.items[i].rel < value->rel + NEIGHBOURHOOD;
	     i++) {
		if (i == number)
			continue;
		if (!search_may_read(search, 1) ||
		    (search->keys.items[i].first_lost &&
		     loose_fit(search, found, (uint32_t)i, value) != LOOSE_NOT))
			return false;
	}
	return true;
}

static void attach_firsts(struct search *search, const struct found *found)
{
	for (uint32_t number = 0; number < search->keys.n; number++) {
		struct deleted_key *key = &search->keys.items[number];
		struct deleted_value *value =
			key->first_lost ? only_first(search, found, number) : NULL;
		if (!value || !fits_no_other(search, found, number, value) ||
		    !(value->rel > key->rel
			      ? no_key_between(search, key->rel, value->rel)
			      : no_key_between(search, value->rel, key->rel)))
			continue;
		fit_name(search, key, value);
		value->owner = number;
		value->inferred |= RECOVERED_INFERRED_FIRST_VALUE;
		key->first_lost = false;
	}
}

/* In another state a loose value may be one of a live key. */
static enum status attach_loose(struct search *search)
{
	struct found found = { 0 };

	if (!search->source->value_fit || !search->trust_largest ||
	    search->source->overlay)
		return STATUS_OK;
	enum status status = find_owned(search, &found);
	if (status == STATUS_OK)
		attach_firsts(search, &found);
	free(found.first);
	free(found.next);
	return status;
}

static void take_records(struct search *search)
{
	for (size_t i = 0; i < search->keys.n; i++)
		region_take(search, search->keys.items[i].rel,
			    search->cell_header + READER_KEY_SIZE +
				    (uint64_t)search->keys.items[i].name_len);
}

/* Values that are believed: where one stands, no older data can be whole. */
static void take_values(struct search *search)
{
	for (size_t i = 0; i < search->values.n; i++) {
		const struct deleted_value *value = &search->values.items[i];
		if (value->owner != DELETED_NONE || value->owner_live || value->strict)
			region_take(search, value->rel,
				    search->cell_header + READER_VALUE_SIZE +
					    (uint64_t)value->name_len);
	}
}

enum status assignvalues_to_keys(struct search *search)
{
	const struct usage *usage = search->source->usage;

	search->trust_largest = search->values.n > 0 && largest_is_kept(search);
	take_records(search);
	RETURN_IF_FAILED(attach_all(search));
	bool tails = search->source->keys && !search->source->overlay;
	for (size_t i = 0; tails && i < usage->tails.n; i++)
		attach_tail(search, &usage->tails.items[i]);
	RETURN_IF_FAILED(attach_loose(search));
	take_values(search);
	return STATUS_OK;
}
