/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys to parents.  A key record names its parent's family, and that cell may
 * have been used again since.  What decides:
 *
 *   - Another state has the key in the same cell under the same name, below a parent
 *     in the same cell: then that is its parent.  If it was written since and nothing
 *     is left of the parent: probable; possible for a name that all have, or where only
 *     a damaged state tells the names above.
 *   - Making or deleting a subkey stamps the parent: an older parent is another key.  So
 *     is one that came to the cell after the key was deleted, as an earlier state shows.
 *   - If the live parent, or anything below it, was last written no later than
 *     the child was, the parent existed when the child did, in this very cell:
 *     it is the one that the child names (a child that another state tells shows that too,
 *     if the parent is surely the same key still); where the times are equal, only if it has a
 *     name of its own, for one tick of the clock can hold an end and a beginning.
 *   - Names that fit but one parent speak for their step, and names that do not fit
 *     against it.  What all profiles have below them fits any; and where two lists may
 *     have had one cell, what fits the one fits the other.
 *   - So for that, other evidence is needed: the times of one deletion, in which a
 *     key is emptied just before the one above it is; or that values name the key
 *     by its id which belong to the parent, or to a key beside it of which the same
 *     is known and that was written with it: a copy of a profile keeps the ids.  Two
 *     that name each other alone may both be another one's.  What is itself called by an
 *     id names keys beside it, never below it.
 *
 * Where nothing decides, the step is reported as possible, and the path with it.  So is
 * what stands only in pages of a log, or in bytes that no map tells of: it may be of
 * another time than all that it is held against.
 */
#include "regf/recover/assignparents.h"

#include "base/array.h"
#include "regf/recover/namedkeys.h"
#include "regf/recover/placeholder.h"
#include "regf/recover/witness.h"

#include <stdlib.h>

/* Keys below one parent that are looked at to learn how old it is. */
#define MAX_AGE_WALK 100000

/* Deleting a tree of keys takes no longer, in FILETIME units: ten seconds. */
#define RUN_FT UINT64_C(100000000)

/* Keys below one parent that are held against each other. */
#define MAX_BESIDE 1000

/* A cell that keys name as their parent, and those keys. */
struct family {
	uint32_t rel;
	size_t first, n; /* its children, in order[] */
	const struct key *live;
};

struct families {
	struct search *search;
	struct namedkeys named;
	uint32_t *order;      /* numbers of keys, by parent */
	struct family *items; /* by rel */
	size_t n;
};

/* ---- the cells that keys name as their parents ---- */

static int by_parent(const void *a, const void *b, void *arg)
{
	const struct search *search = arg;
	const struct deleted_key *x = &search->keys.items[*(const uint32_t *)a];
	const struct deleted_key *y = &search->keys.items[*(const uint32_t *)b];

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	return (x->rel > y->rel) - (x->rel < y->rel);
}

static enum status group(struct families *families)
{
	struct search *search = families->search;
	size_t n = search->keys.n;

	families->order = calloc(n + 1, sizeof(*families->order));
	families->items = calloc(n + 1, sizeof(*families->items));
	if (!families->order || !families->items)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < n; i++)
		families->order[i] = i;
	if (n > 1)
		qsort_r(families->order, n, sizeof(*families->order), by_parent, search);
	for (size_t i = 0; i < n; i++) {
		uint32_t rel = search->keys.items[families->order[i]].parent;
		struct family *last = &families->items[families->n];
		if (families->n == 0 || last[-1].rel != rel) {
			*last = (struct family){ .rel = rel, .first = i };
			families->n++;
		}
		families->items[families->n - 1].n++;
	}
	return STATUS_OK;
}

static struct family *family_at(const struct families *families, uint32_t rel)
{
	size_t low = ARRAY_COUNT_BEFORE(families->items, families->n, parent,
					parent->rel < rel);

	return low < families->n && families->items[low].rel == rel
		       ? &families->items[low]
		       : NULL;
}

/* Which of these cells hold live keys. */
static enum status find_live(struct families *families)
{
	const struct search *search = families->search;
	const struct key *root = search->source->keys ? search->source->keys->root : NULL;
	struct cellmap cells = { 0 };

	if (!cellmap_init(&cells, (uint32_t)search->space.len))
		return STATUS_NOMEM;
	for (size_t i = 0; i < families->n; i++)
		(void)cellmap_add(&cells, families->items[i].rel);
	for (const struct key *key = root; key; key = key_next(root, key)) {
		uint32_t rel = search_rel(search, key);
		struct family *family =
			cellmap_has(&cells, rel) ? family_at(families, rel) : NULL;
		if (family)
			family->live = key;
	}
	cellmap_clear(&cells);
	return STATUS_OK;
}

/* No time at all tells nothing, nor does one that a clock which was set back may have shown. */
static bool tells_age(const struct search *search, uint64_t time_ft)
{
	return time_ft > search->doubt_until_ft;
}

/*
 * The oldest last write of a live key and what is below it; the walk ends with the
 * first that is earlier than `enough`.  A time that ran backwards tells no age.
 */
static uint64_t oldest_of(const struct search *search, const struct key *top,
			  uint64_t enough)
{
	uint64_t oldest = top->mtime_ft;
	size_t n = 0;

	for (const struct key *key = top; key && n < MAX_AGE_WALK && oldest >= enough;
	     key = key_next(top, key), n++)
		if (tells_age(search, key->mtime_ft) && key->mtime_ft < oldest &&
		    !witness_had_later(search, key))
			oldest = key->mtime_ft;
	return oldest;
}

/* ---- one step ---- */

static enum recovered_fit fit(const struct search *search, const struct deleted_key *key,
			      struct text parent, struct text above)
{
	return search->source->fit
		       ? search->source->fit(search_key_name(key), parent, above)
		       : RECOVERED_MAY_FIT;
}

/* True if names that fit the key fit another as well that may have had its cell. */
static bool is_one_of_two(const struct search *search, const struct key *live)
{
	return search->source->has_rival && search->source->has_rival(live);
}

static void lose_parent(struct deleted_key *key)
{
	key->parent_is = PARENT_LOST;
	key->certainty = RECOVERED_PARTIAL;
}

/* What is known of the key that stands in the cell of a family now. */
struct occupant {
	uint64_t oldest; /* it was there at that time already */
	bool had_other;
	uint64_t other_ft; /* it was not there at that time: another child shows it */
};

/*
 * True if the occupant was there when the key was last written.  One tick of the clock
 * can hold the end of one key and the beginning of another: so where the times are equal,
 * this is proof only for a name that the next one in the cell would not have had too.
 */
static bool was_there(const struct search *search, const struct occupant *occupant,
		      const struct deleted_key *key, enum recovered_fit fits)
{
	if (key->mtime_ft == 0 || occupant->oldest > key->mtime_ft)
		return false;
	return occupant->oldest < key->mtime_ft ||
	       (fits != RECOVERED_FITS_NOT && !search_is_common(search, key));
}

static void step_to_live(const struct search *search, struct deleted_key *key,
			 const struct key *live, const struct occupant *occupant)
{
	enum recovered_fit fits =
		fit(search, key, key_name(live),
		    live->parent ? key_name(live->parent) : text_of(""));

	key->parent_is = PARENT_LIVE;
	key->parent_key = live;
	if (live->mtime_ft < key->mtime_ft || witness_lacked_parent(search, key, live))
		lose_parent(key);
	else if (was_there(search, occupant, key, fits))
		key->certainty = RECOVERED_CERTAIN;
	else if (fits == RECOVERED_FITS_NOT)
		lose_parent(key);
	else
		key->certainty = fits == RECOVERED_FITS && !is_one_of_two(search, live)
					 ? RECOVERED_PROBABLE
					 : RECOVERED_POSSIBLE;
}

/* The name of the key above a recovered one, as far as its record leads to it. */
static struct text name_above(const struct families *families,
			      const struct deleted_key *key)
{
	const struct family *family = family_at(families, key->parent);
	const struct deleted_key *above = search_key_at(families->search, key->parent);

	if (key->witness)
		return key_name(key->witness->parent);
	if (family && family->live)
		return key_name(family->live);
	return above ? search_key_name(above) : text_of("");
}

/*
 * True if both were emptied in one deletion: it stamps each key with the end of its
 * last subkey, so one that had some shows when it was.
 */
static bool is_one_run(const struct families *families, const struct deleted_key *key,
		       const struct deleted_key *above)
{
	if (above->mtime_ft == key->mtime_ft)
		return true;
	return key->is_empty && above->is_empty && family_at(families, key->rel) &&
	       above->mtime_ft - key->mtime_ft <= RUN_FT;
}

static void step_to_recovered(const struct families *families, struct deleted_key *key,
			      struct deleted_key *above, const struct occupant *occupant)
{
	const struct search *search = families->search;
	enum recovered_fit fits =
		fit(search, key, search_key_name(above), name_above(families, above));

	key->parent_is = PARENT_RECOVERED;
	key->above = (uint32_t)(above - search->keys.items);
	if (above == key || above->mtime_ft < key->mtime_ft)
		lose_parent(key);
	else if (above->witness && was_there(search, occupant, key, fits))
		key->certainty = RECOVERED_CERTAIN;
	else if (fits == RECOVERED_FITS_NOT)
		lose_parent(key);
	else
		key->certainty =
			fits == RECOVERED_FITS || is_one_run(families, key, above)
				? RECOVERED_PROBABLE
				: RECOVERED_POSSIBLE;
}

/* A parent that another state tells may be here too, live or deleted. */
static void follow_witness(const struct families *families, struct deleted_key *key)
{
	const struct search *search = families->search;
	const struct key *parent = key->parent_key;
	const struct family *family = family_at(families, search_rel(search, parent));
	struct deleted_key *above = search_key_at(search, search_rel(search, parent));
	bool written = key->witness->mtime_ft != key->mtime_ft; /* or the very same */

	if (family && family->live && witness_is_same_place(family->live, parent)) {
		key->parent_is = PARENT_LIVE;
		key->parent_key = family->live;
	} else if (above && above->witness == parent) {
		key->parent_is = PARENT_RECOVERED;
		key->above = (uint32_t)(above - search->keys.items);
	} else if (written && ((family && family->live) || above)) {
		/* Another key stands in the parent's cell: it may be this one's too. */
		key->witness = NULL;
	} else if (key->witness_damaged || (written && search_is_common(search, key))) {
		key->certainty = RECOVERED_POSSIBLE;
	} else if (written) {
		key->certainty = RECOVERED_PROBABLE;
	}
}

static struct deleted_key *child(const struct families *families,
				 const struct family *family, size_t i)
{
	return &families->search->keys.items[families->order[family->first + i]];
}

/* The cell held another key when that child was written. */
static void note_other(struct occupant *occupant, const struct deleted_key *key)
{
	occupant->had_other = true;
	if (key->mtime_ft > occupant->other_ft)
		occupant->other_ft = key->mtime_ft;
}

/* Children that another state tells of, and what they show about their parent's cell. */
static void step_by_witness(const struct families *families, const struct family *family,
			    struct occupant *occupant)
{
	for (size_t i = 0; i < family->n; i++) {
		struct deleted_key *key = child(families, family, i);
		if (!key->witness)
			continue;
		follow_witness(families, key);
		if (!key->witness)
			continue;
		if (key->parent_is == PARENT_WITNESS)
			note_other(occupant, key);
		else if (tells_age(families->search, key->mtime_ft) &&
			 key->mtime_ft < occupant->oldest &&
			 (key->parent_is != PARENT_LIVE ||
			  witness_is_still(families->search, family->live,
					   key->witness->parent)))
			occupant->oldest = key->mtime_ft;
	}
}

/* How long the key has been in the cell for sure. */
static void find_age(const struct families *families, const struct family *family,
		     const struct deleted_key *above, struct occupant *occupant)
{
	const struct key *known = family->live ? family->live
				  : above      ? above->witness
					       : NULL;
	uint64_t enough = UINT64_MAX, oldest;

	for (size_t i = 0; i < family->n; i++) {
		const struct deleted_key *key = child(families, family, i);
		if (key->mtime_ft > 0 && key->mtime_ft < enough)
			enough = key->mtime_ft;
	}
	oldest = known ? oldest_of(families->search, known, enough) : UINT64_MAX;
	if (oldest < occupant->oldest)
		occupant->oldest = oldest;
}

/* True if the values of the parent, or of a live key below it, name the key. */
static bool is_named_from_above(struct families *families, const struct family *family,
				const struct deleted_key *key)
{
	if (key->parent_is == PARENT_RECOVERED)
		return namedkeys_by_deleted(&families->named, key->above, key);
	if (namedkeys_by_live(&families->named, family->live, key))
		return true;
	for (uint32_t i = 0; i < family->live->n_children; i++)
		if (namedkeys_together(family->live->children[i].mtime_ft,
				       key->mtime_ft) &&
		    namedkeys_by_live(&families->named, &family->live->children[i], key))
			return true;
	return false;
}

/* True if a key beside it that is known to belong there names it, or is named by it. */
static bool is_named_beside(struct families *families, const struct family *family,
			    struct deleted_key *key)
{
	const struct deleted_key *keys = families->search->keys.items;

	for (size_t i = 0; i < family->n; i++) {
		const struct deleted_key *other = child(families, family, i);
		if (other == key || other->certainty > RECOVERED_PROBABLE ||
		    other->parent_is != key->parent_is ||
		    !namedkeys_together(other->mtime_ft, key->mtime_ft))
			continue;
		if (namedkeys_by_deleted(&families->named, (uint32_t)(other - keys),
					 key) ||
		    namedkeys_by_deleted(&families->named, (uint32_t)(key - keys), other))
			return true;
	}
	return false;
}

/* A key that is itself called by an id names keys beside it, and has none below it. */
static bool is_called_by_id(const struct families *families, const struct family *family)
{
	const struct deleted_key *above = search_key_at(families->search, family->rel);

	if (family->live)
		return namedkeys_is_id(key_name(family->live));
	return above && namedkeys_is_id(search_key_name(above));
}

/* What values say of the steps that nothing else decides. */
static void step_by_values(struct families *families, const struct family *family)
{
	bool again = family->n <= MAX_BESIDE && !is_called_by_id(families, family);

	while (again) {
		again = false;
		for (size_t i = 0; i < family->n; i++) {
			struct deleted_key *key = child(families, family, i);
			if (key->certainty != RECOVERED_POSSIBLE ||
			    (key->parent_is != PARENT_LIVE &&
			     key->parent_is != PARENT_RECOVERED) ||
			    (!is_named_from_above(families, family, key) &&
			     !is_named_beside(families, family, key)))
				continue;
			key->certainty = RECOVERED_PROBABLE;
			again = true;
		}
	}
}

/* All keys that name one cell as their parent. */
static void step_group(struct families *families, const struct family *family)
{
	struct search *search = families->search;
	struct deleted_key *above = search_key_at(search, family->rel);
	struct occupant occupant = { .oldest = UINT64_MAX };

	step_by_witness(families, family, &occupant);
	find_age(families, family, above, &occupant);
	for (size_t i = 0; i < family->n; i++) {
		struct deleted_key *key = child(families, family, i);
		if (key->witness)
			continue;
		if (family->live)
			step_to_live(search, key, family->live, &occupant);
		else if (above)
			step_to_recovered(families, key, above, &occupant);
		else
			lose_parent(key);
		if (key->parent_is == PARENT_LOST)
			note_other(&occupant, key);
	}
	/* What is no younger than a child of another key is not this one's either. */
	for (size_t i = 0; i < family->n; i++) {
		struct deleted_key *key = child(families, family, i);
		if (occupant.had_other && !key->witness &&
		    key->certainty != RECOVERED_CERTAIN &&
		    key->mtime_ft <= occupant.other_ft)
			lose_parent(key);
	}
	step_by_values(families, family);
}

static enum status trace(struct families *families)
{
	RETURN_IF_FAILED(group(families));
	RETURN_IF_FAILED(find_live(families));
	RETURN_IF_FAILED(witness_ask_all(families->search));
	RETURN_IF_FAILED(namedkeys_init(&families->named, families->search));
	for (size_t i = 0; i < families->n; i++)
		step_group(families, &families->items[i]);
	return placeholder_join_steps(families->search);
}

enum status assignparents_to_keys(struct search *search)
{
	struct families families = { .search = search };
	enum status status = trace(&families);

	namedkeys_clear(&families.named);
	free(families.order);
	free(families.items);
	return status;
}
