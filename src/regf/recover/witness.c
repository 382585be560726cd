/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What other states of the hive, earlier ones or the hive before its logs, say of
 * its deleted keys.
 *
 * A state that is damaged tells what stood where, as far as its names are whole: no
 * key is without one but the root, and zeros in one are what damage leaves.  It does
 * not tell that a key was still live then: pages of it may be of another time, and
 * a list that is left over from there names keys that were deleted already.
 *
 * A key that was deleted already when an earlier state was taken had its parent before
 * that: a live key that came to the parent's cell later is another one.  And a live key
 * that was last written later then than now was written while the clock was set back:
 * its time says nothing of its age.
 */
#include "regf/recover/witness.h"

#include "regf/record.h"

/*
 * True if the key in another state can be the one that was found deleted.  The
 * name alone is not enough: many profiles have sections of one name.
 */
static bool is_same_key(const struct search *search, const struct deleted_key *key,
			const struct key *other)
{
	return text_equal(search_key_name(key), key_name(other)) &&
	       other->mtime_ft <= key->mtime_ft &&
	       search_rel(search, other->parent) == key->parent;
}

/* True if each name on the path is there and, where bytes are damaged, none has zeros. */
static bool has_whole_path(const struct key *key, bool damaged)
{
	for (; key->parent; key = key->parent) {
		struct text name = key_name(key);
		size_t at = 0, n = text_length(name);
		if (n == 0)
			return false;
		while (damaged && at < n)
			if (text_next(name, &at) == 0)
				return false;
	}
	return true;
}

/*
 * True if a name on the path has a control character: no program and no person makes such
 * a name, one wrong byte does.
 */
static bool has_odd_name(const struct key *key)
{
	for (; key->parent; key = key->parent) {
		struct text name = key_name(key);
		size_t at = 0, n = text_length(name);
		while (at < n)
			if (text_next(name, &at) < ' ')
				return true;
	}
	return false;
}

static void ask_witness(struct search *search, const struct recovered_witness *witness,
			const struct cellmap *cells)
{
	for (const struct key *key = witness->keys->root; key;
	     key = key_next(witness->keys->root, key)) {
		uint32_t rel = search_rel(search, key);
		if (!key->parent || !cellmap_has(cells, rel))
			continue;
		struct deleted_key *found = search_key_at(search, rel);
		if (!found || found->witness || !is_same_key(search, found, key) ||
		    !has_whole_path(key, witness->damaged))
			continue;
		found->witness = key;
		found->witness_damaged = witness->damaged || has_odd_name(key);
		found->parent_is = PARENT_WITNESS;
		found->certainty = RECOVERED_CERTAIN;
		found->parent_key = key->parent;
	}
}

/* True if the earlier image has the same record, unreferenced: its bytes but the head. */
static bool was_deleted(const struct search *search,
			const struct recovered_witness *witness,
			const struct deleted_key *key)
{
	size_t at = (size_t)key->rel + search->cell_header;
	size_t len = READER_KEY_SIZE + key->name_len;
	struct span then, now;

	return span_sub(witness->image->bytes, at + IMAGE_BASE_SIZE + 4, len - 4,
			&then) &&
	       span_sub(search->space, at + 4, len - 4, &now) && span_equal(then, now);
}

/* Keys above one that are looked at: a section, an account, a profile. */
#define MAX_ABOVE 4

/*
 * True if the key, or the one that stands where it names its parent, still tells of
 * subkeys: a tool cut it off, and stamped nothing for that.  So the earlier state can
 * lack it already and yet have no key that is as new.
 */
static bool was_cut_off(const struct search *search, const struct deleted_key *key)
{
	for (unsigned i = 0; key && i < MAX_ABOVE; i++) {
		if (!key->is_empty)
			return true;
		key = search_key_at(search, key->parent);
	}
	return false;
}

/*
 * Since when, as the newest earlier state tells.  What a log alone has, or what may
 * be alive, tells nothing; nor do times where those of the hive run backwards.
 */
static void set_since(struct search *search, const struct recovered_witness *witness)
{
	bool ordered = witness->keys && search->newest_live_ft >= witness->newest_ft;

	if (witness->damaged)
		return;
	for (size_t i = 0; i < search->keys.n; i++) {
		struct deleted_key *key = &search->keys.items[i];
		bool newer = ordered && key->mtime_ft > witness->newest_ft &&
			     !was_cut_off(search, key);
		if (key->origin == RECOVERED_LOG || key->origin == RECOVERED_UNMAPPED ||
		    key->origin == RECOVERED_LOST)
			continue;
		bool deleted = was_deleted(search, witness, key);
		/* Newer than all that the earlier state holds, and in it: neither is so. */
		if (key->witness || (newer && !deleted))
			key->since = RECOVERED_SINCE_BETWEEN;
		else if (deleted && !newer)
			key->since = RECOVERED_SINCE_EARLIER;
	}
}

const struct key *witness_of_live(const struct key *root, const struct key *key)
{
	const struct key *path[RECORD_MAX_DEPTH + 1];
	size_t n = 0;

	for (; key->parent && n < ARRAY_LEN(path); key = key->parent)
		path[n++] = key;
	if (key->parent)
		return NULL;
	for (key = root; key && n > 0; n--)
		key = key_child(key, key_name(path[n - 1]));
	return key;
}

bool witness_is_still(const struct search *search, const struct key *live,
		      const struct key *then)
{
	if (live->mtime_ft == then->mtime_ft)
		return true;
	for (uint32_t i = 0; i < live->n_children; i++) {
		const struct key *child = &live->children[i];
		const struct key *was = key_child(then, key_name(child));
		if (was && was->mtime_ft == child->mtime_ft &&
		    search_rel(search, was) == search_rel(search, child))
			return true;
	}
	return false;
}

bool witness_had_later(const struct search *search, const struct key *live)
{
	for (size_t i = 0; i < search->source->n_witnesses; i++) {
		const struct recovered_witness *witness = &search->source->witnesses[i];
		const struct key *then =
			witness->keys && !witness->damaged
				? witness_of_live(witness->keys->root, live)
				: NULL;
		if (then && search_rel(search, then) == search_rel(search, live) &&
		    then->mtime_ft > live->mtime_ft)
			return true;
	}
	return false;
}

bool witness_lacked_parent(const struct search *search, const struct deleted_key *key,
			   const struct key *live)
{
	const struct recovered_witness *witness = search->source->witnesses;

	if (key->since != RECOVERED_SINCE_EARLIER || !witness->keys ||
	    search->newest_live_ft < witness->newest_ft)
		return false;
	const struct key *then = witness_of_live(witness->keys->root, live);
	return !then || search_rel(search, then) != search_rel(search, live);
}

bool witness_is_same_place(const struct key *a, const struct key *b)
{
	for (; a->parent && b->parent; a = a->parent, b = b->parent)
		if (!text_equal(key_name(a), key_name(b)))
			return false;
	return !a->parent && !b->parent;
}

enum status witness_ask_all(struct search *search)
{
	const struct recovered_source *source = search->source;
	struct cellmap cells = { 0 };

	if (source->n_witnesses == 0)
		return STATUS_OK;
	if (!cellmap_init(&cells, (uint32_t)search->space.len))
		return STATUS_NOMEM;
	for (size_t i = 0; i < search->keys.n; i++)
		(void)cellmap_add(&cells, search->keys.items[i].rel);
	for (size_t i = 0; i < source->n_witnesses; i++) {
		if (source->witnesses[i].keys)
			ask_witness(search, &source->witnesses[i], &cells);
		if (i == 0)
			set_since(search, &source->witnesses[i]);
	}
	cellmap_clear(&cells);
	return STATUS_OK;
}
