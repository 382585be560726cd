/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A freed list of values, or the data of a value, can be used again and freed again:
 * then it still is a list, or still are bytes, but not this key's.  What decides:
 *
 *   - Data that begin as a list with a mark does are none.  What leads to records as a
 *     list without a mark does, what is no text where the value's type says text, and what
 *     ends otherwise than data of that name, is possible at most: programs write such
 *     values too.
 *   - An earlier state that has the same key has its values: what differs from them
 *     though the key was not written since is not the key's; what differs and may
 *     have been written since is possible at most.
 *   - Windows keeps in a key the sizes of its largest name and data.  Where these are
 *     not those of the values found, cells of it were used again: then all its values
 *     are possible at most.  So are those in bytes that may be in use, and two of one
 *     name.
 *   - A first value that a link, too, could lead to, or that nothing names, is possible
 *     at most, unless an earlier state has the key with it.
 *   - What stands behind the elements of a live key's list is possible at most, unless
 *     an earlier state has that key with that value in that cell: the list's cell may
 *     have been another key's list before, of the same names and data.
 */
#include "regf/recover/doubtvalues.h"

#include "base/workers.h"
#include "regf/recover/namedkeys.h"
#include "regf/recover/witness.h"

#include <stdlib.h>

/* Elements of a list that are looked at. */
#define MAX_ELEMENTS 64

/* So many values of a key are sooner compared than sorted. */
#define FEW_VALUES 16

/* ---- bytes that are no data ---- */

static bool is_signature(const struct search *search, uint32_t rel, const char *signature)
{
	return span_starts(search->space, (size_t)rel + search->cell_header, signature,
			   2);
}

static bool is_offset(const struct search *search, uint32_t word)
{
	return word % CELLMAP_UNIT == 0 && word >= CELLMAP_UNIT &&
	       word < search->space.len;
}

static bool leads_to_record(const struct search *search, uint32_t word)
{
	return is_offset(search, word) && search_cell_size(search, word) > 0 &&
	       (is_signature(search, word, "nk") || is_signature(search, word, "vk"));
}

/* True for a list of values, and for the elements of a list of subkeys. */
static bool is_list(const struct search *search, struct span bytes)
{
	uint32_t word = 0;
	size_t n = 0;

	for (size_t i = 0; i < MAX_ELEMENTS && span_le32(bytes, 4 * i, &word); i++) {
		if (leads_to_record(search, word))
			return true;
		n += is_offset(search, word) && word >= sizeof(struct reader_key_wire);
	}
	return n >= 2 &&
	       n == (bytes.len / 4 < MAX_ELEMENTS ? bytes.len / 4 : MAX_ELEMENTS);
}

/* A list or record has its counts and offsets behind the signature. */
static bool has_signature(const struct search *search, struct span bytes)
{
	static const char *const lists[] = { "lf", "lh", "li", "ri", "db" };
	uint32_t first = 0;
	uint16_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (span_starts(bytes, 0, lists[i], 2) && span_le16(bytes, 2, &n) &&
		    n > 0 && span_le32(bytes, 4, &first) && is_offset(search, first))
			return true;
	return false;
}

bool doubtvalues_is_other(const struct search *search, struct span bytes)
{
	return has_signature(search, bytes);
}

/* ---- what other states say ---- */

static void lower(struct deleted_value *value, enum recovered_certainty certainty)
{
	if (value->certainty < certainty)
		value->certainty = (uint8_t)certainty;
}

static void lose_data(struct deleted_value *value)
{
	value->data_lost = true;
	value->known = 0;
	value->n_runs = 0;
	value->head_lost = false;
	value->segmented = false;
}

/* True if the data are those of then, apart from a head that is overwritten. */
static bool has_data_of(const struct deleted_value *value, const struct value *then)
{
	size_t head = value->head_lost ? VALUE_LOST_HEAD : 0;

	if (value->known != then->data_len)
		return false;
	return value->known <= head ||
	       memcmp(value->bytes + head, then->data + head, value->known - head) == 0;
}

/* True if the record of the value stands where that one's stood then. */
static bool is_in_cell(const struct search *search, const struct deleted_value *value,
		       const struct value *then)
{
	return then->record_off == value->rel + IMAGE_BASE_SIZE + search->cell_header;
}

static void disown(struct deleted_value *value)
{
	/* One that was given to the key without an element is as believable as before. */
	value->strict = value->inferred & RECOVERED_INFERRED_FIRST_VALUE;
	value->inferred &= (uint8_t)~RECOVERED_INFERRED_FIRST_VALUE;
	value->owner = DELETED_NONE;
}

/*
 * Where the witness has the value as it was found it is sure.  A name whose end was
 * inferred may be another there, but for a value that no element names.
 */
static void ask_witness(const struct search *search, const struct deleted_key *key,
			struct deleted_value *value)
{
	const struct value *then = key_value(key->witness, search_value_name(value));
	bool same_time = key->witness->mtime_ft == key->mtime_ft;

	/* Its record does not move: one of that name in another cell is another one. */
	if (then && same_time && then->record_off && !is_in_cell(search, value, then))
		then = NULL;

	if (!then && same_time &&
	    (value->inferred & RECOVERED_INFERRED_FIRST_VALUE ||
	     !(value->inferred & RECOVERED_INFERRED_NAME_LENGTH))) {
		disown(value);
	} else if (!then) {
		lower(value, RECOVERED_POSSIBLE);
	} else if (value->data_lost ||
		   value->known < (value->size & ~READER_DATA_INLINE)) {
		/* What is lost is told as lost; the rest may be of it. */
	} else if (!has_data_of(value, then)) {
		if (same_time && !(value->size & READER_DATA_INLINE))
			lose_data(value);
		else
			lower(value, RECOVERED_POSSIBLE);
	}
}

/* A first value that an earlier state has just so is proved by it. */
static void doubt_first(const struct deleted_key *key, struct deleted_value *value)
{
	const struct value *then =
		key->witness ? key_value(key->witness, search_value_name(value)) : NULL;

	if (!then || then->type != value->type || !has_data_of(value, then))
		lower(value, RECOVERED_POSSIBLE);
}

static void ask_witness_of_live(const struct search *search, struct deleted_value *value)
{
	for (size_t i = 0; i < search->source->n_witnesses; i++) {
		const struct recovered_witness *witness = &search->source->witnesses[i];
		const struct key *then =
			witness->keys
				? witness_of_live(witness->keys->root, value->owner_live)
				: NULL;
		const struct value *was =
			then ? key_value(then, search_value_name(value)) : NULL;
		if (was && was->type == value->type && is_in_cell(search, value, was) &&
		    has_data_of(value, was))
			return;
	}
	lower(value, RECOVERED_POSSIBLE);
}

/* ---- what the key itself says ---- */

/* The largest sizes of the values that were found of a key, bytes. */
struct largest {
	uint32_t name, data;
};

static void add(struct largest *largest, const struct deleted_value *value)
{
	uint32_t name = value->utf16 ? value->name_len : 2u * value->name_len;
	uint32_t data = value->size & ~READER_DATA_INLINE;

	largest->name = name > largest->name ? name : largest->name;
	largest->data = data > largest->data ? data : largest->data;
}

/* Text is UTF-16 and nearly always ends with a zero. */
static bool is_no_text(const struct deleted_value *value, struct span bytes)
{
	enum { SZ = 1, EXPAND_SZ = 2, MULTI_SZ = 7 };
	bool text =
		value->type == SZ || value->type == EXPAND_SZ || value->type == MULTI_SZ;
	uint16_t last = 0;

	if (!text || value->known < value->size)
		return false;
	return bytes.len % 2 || !span_le16(bytes, bytes.len - 2, &last) || last != 0;
}

/* False if data of such a name end otherwise; those that are not there whole are not asked. */
static bool fits_name(const struct search *search, const struct deleted_value *value,
		      struct span bytes)
{
	enum { BINARY = 3 };

	return !search->source || !search->source->data_fits || value->type != BINARY ||
	       value->known < value->size ||
	       search->source->data_fits(
		       search_value_name(value),
		       search_key_name(&search->keys.items[value->owner]), bytes);
}

/* Inline data stand in the record: no other key can have left them. */
static bool has_doubtful_data(const struct search *search,
			      const struct deleted_value *value)
{
	size_t head = value->head_lost ? VALUE_LOST_HEAD : 0;

	if (value->size & READER_DATA_INLINE || value->known < head + 4)
		return false;
	struct span bytes = span_of(value->bytes + head, value->known - head);
	return is_list(search, bytes) || is_no_text(value, bytes) ||
	       !fits_name(search, value, bytes);
}

static bool is_doubtful(const struct search *search, const struct deleted_value *value,
			const struct largest *found)
{
	const struct deleted_key *key = &search->keys.items[value->owner];

	if (value->origin == RECOVERED_LOST || value->origin == RECOVERED_UNMAPPED ||
	    has_doubtful_data(search, value))
		return true;
	return search->trust_largest &&
	       (found->name != key->largest_name || found->data != key->largest_data);
}

static int by_name(const void *a, const void *b, void *arg)
{
	const struct search *search = arg;
	const struct deleted_value *x = &search->values.items[*(const uint32_t *)a];
	const struct deleted_value *y = &search->values.items[*(const uint32_t *)b];

	return text_compare(search_value_name(x), search_value_name(y));
}

static void doubt_if_same(struct search *search, uint32_t a, uint32_t b)
{
	struct deleted_value *one = &search->values.items[a];
	struct deleted_value *other = &search->values.items[b];

	/* Names of properties differ at their end. */
	if (one->name_len != other->name_len && one->utf16 == other->utf16)
		return;
	if (!text_equal(search_value_name(one), search_value_name(other)))
		return;
	lower(one, RECOVERED_POSSIBLE);
	lower(other, RECOVERED_POSSIBLE);
}

/* The n values of one key: few are each held against each, many are sorted. */
static void doubt_same_of_key(struct search *search, uint32_t *values, size_t n)
{
	if (n > FEW_VALUES) {
		qsort_r(values, n, sizeof(*values), by_name, search);
		for (size_t i = 1; i < n; i++)
			doubt_if_same(search, values[i - 1], values[i]);
		return;
	}
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			doubt_if_same(search, values[k], values[i]);
}

/* ---- all values, in parts side by side: each is judged by itself ---- */

/* Values, or keys, that one piece of the work has. */
#define PART 4096

struct doubt {
	struct search *search;
	struct largest *found; /* by key */
	struct namedkeys named;
};

static void doubt_value(const struct doubt *doubt, struct deleted_value *value)
{
	const struct search *search = doubt->search;

	if (value->owner_live)
		ask_witness_of_live(search, value);
	if (value->owner == DELETED_NONE)
		return;
	const struct deleted_key *key = &search->keys.items[value->owner];
	if (key->witness)
		ask_witness(search, key, value);
	else if (is_doubtful(search, value, &doubt->found[value->owner]))
		lower(value, RECOVERED_POSSIBLE);
	if (value->owner != DELETED_NONE &&
	    (value->inferred & RECOVERED_INFERRED_FIRST_VALUE))
		doubt_first(key, value);
}

static void doubt_values(void *context, size_t number)
{
	const struct doubt *doubt = context;
	const struct search *search = doubt->search;

	for (size_t i = number * PART; i < search->values.n && i < (number + 1) * PART;
	     i++)
		doubt_value(doubt, &search->values.items[i]);
}

/* No key has two values of one name: one of the two is another key's. */
static void doubt_same_names(void *context, size_t number)
{
	const struct doubt *doubt = context;
	const struct namedkeys *named = &doubt->named;

	for (size_t i = number * PART;
	     i < doubt->search->keys.n && i < (number + 1) * PART; i++)
		doubt_same_of_key(doubt->search, named->order + named->first[i],
				  named->first[i + 1] - named->first[i]);
}

static enum status doubt_all(struct doubt *doubt)
{
	struct search *search = doubt->search;
	unsigned n_threads = search->source ? search->source->n_threads : 1;

	for (size_t i = 0; i < search->values.n; i++)
		if (search->values.items[i].owner != DELETED_NONE)
			add(&doubt->found[search->values.items[i].owner],
			    &search->values.items[i]);
	workers_run((search->values.n + PART - 1) / PART, n_threads, doubt_values, doubt);
	/* Only now: some have lost their keys. */
	enum status status = namedkeys_init(&doubt->named, search);
	if (status == STATUS_OK)
		workers_run((search->keys.n + PART - 1) / PART, n_threads,
			    doubt_same_names, doubt);
	namedkeys_clear(&doubt->named);
	return status;
}

enum status doubtvalues_all(struct search *search)
{
	struct doubt doubt = {
		.search = search,
		.found = calloc(search->keys.n + 1, sizeof(*doubt.found)),
	};
	enum status status = doubt.found ? doubt_all(&doubt) : STATUS_NOMEM;

	free(doubt.found);
	return status;
}
