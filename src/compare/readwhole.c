/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was not read proves nothing.  A thing is absent only if the places that could
 * hold it were read to the last element: the subkeys of every list of profiles (of the
 * nearest key above, for a list that is absent), the keys and values of a profile, the
 * values of a list; and if no key record that no list names may be the thing itself.
 * Damage elsewhere in the hive cannot hold it, and says nothing.
 *
 * A record in the same cell with the same last write is the same key: if it has another
 * name now, and its parent was not stamped, then nobody renamed it and its name is spoilt.
 * A list, or a key above it, is written whenever what it holds is: of it the cell alone
 * tells that.  A record of a list that nothing names, with a name that the other hive
 * does not have there, may be what is absent, by another name.
 */
#include "compare/readwhole.h"

/* Of one snapshot of the pair: it, and the records that no list of it names. */
struct side {
	const struct snapshot *snapshot;
	const struct unlisted *unlisted;
	bool after;
};

static struct side side_of(const struct snapshot_pair *pair, bool after)
{
	return (struct side){ after ? pair->after : pair->before,
			      after ? &pair->unlisted_after : &pair->unlisted_before,
			      after };
}

bool readwhole_frame(const struct snapshot *snapshot)
{
	static const enum diag_code codes[] = {
		DIAG_LOG_REFUSED,    DIAG_LOG_CUT,     DIAG_BASE_CHECKSUM,
		DIAG_BASE_DATA_SIZE, DIAG_FILE_SHORT,  DIAG_ROOT_LOST,
		DIAG_DEPTH_LIMIT,    DIAG_COUNT_LIMIT, DIAG_EXPORT_KEY,
		DIAG_EXPORT_CUT,
	};

	/* Another library does not tell which keys it passed over. */
	if (snapshot->readers == SNAPSHOT_HIVEX)
		return snapshot_is_complete(snapshot);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (diag_count_of(snapshot->diags, codes[i]) > 0)
			return false;
	return true;
}

static void not_whole(struct finding *finding, const struct side *side)
{
	finding_lower(finding, FINDING_UNRESOLVED,
		      side->after ? FINDING_AFTER_INCOMPLETE : FINDING_BEFORE_INCOMPLETE);
}

/* ---- subkeys of lists ---- */

/* The list of this snapshot, or the nearest key above it; the store may be the other's. */
static const struct key *holder_of(const struct snapshot *snapshot,
				   const struct store *store)
{
	const struct store *same = snapshot_same_store(snapshot, store);

	return same && same->key
		       ? same->key
		       : snapshot_nearest_key(snapshot, text_of(store->path), NULL);
}

static bool lists_are_whole(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct key *key = holder_of(snapshot, &snapshot->stores.items[i]);
		if (key && (key->flags & KEY_FLAG_SUBKEYS_PARTIAL))
			return false;
	}
	return true;
}

static bool list_is_whole(const struct snapshot *snapshot, const struct store *store)
{
	const struct key *key = holder_of(snapshot, store);

	return !key || !(key->flags & KEY_FLAG_SUBKEYS_PARTIAL);
}

/*
 * False for an export of the other places alone: the profile may have been moved to one
 * that it does not cover, such as an Office version's.
 */
static bool covers_all_places(const struct snapshot *snapshot)
{
	const struct key *key;
	bool whole;

	if (!snapshot_is_export(snapshot))
		return true;
	key = snapshot_nearest_key(snapshot, text_of("Software\\Microsoft\\Office"),
				   &whole);
	return key && !(key->flags & KEY_FLAG_SUBKEYS_PARTIAL);
}

/* ---- records that no list names ---- */

/* True if one may be the profile of that name, in any list of the snapshot. */
static bool is_unlisted_profile(const struct side *side, struct text name)
{
	const struct stores *stores = &side->snapshot->stores;

	for (size_t i = 0; side->unlisted->n > 0 && i < stores->n; i++)
		if (stores->items[i].key &&
		    unlisted_names(side->unlisted, side->snapshot->image,
				   stores->items[i].key, name))
			return true;
	return false;
}

/* True if one of a list has a name that the other snapshot has not in that list. */
static bool has_unlisted_unknown(const struct side *side, const struct snapshot *other)
{
	const struct stores *stores = &side->snapshot->stores;
	const struct image *image = side->snapshot->image;

	for (size_t i = 0; side->unlisted->n > 0 && i < stores->n; i++) {
		const struct store *store = &stores->items[i];
		if (!store->key)
			continue;
		uint32_t rel =
			store->key->record_off - IMAGE_BASE_SIZE - image->cell_header;
		for (size_t k = 0; k < side->unlisted->n; k++)
			if (side->unlisted->items[k].parent_rel == rel &&
			    !snapshot_namesake(other, store,
					       side->unlisted->items[k].name))
				return true;
	}
	return false;
}

/*
 * Of a key that the other snapshot has, the topmost one on its path that this one
 * lacks; *above is the key here that should hold it.
 */
static const struct key *topmost_absent(const struct snapshot *snapshot,
					const struct store *store, const struct key *key,
					const struct key **above)
{
	const struct key *holder = holder_of(snapshot, store);

	*above = holder;
	while (holder && key && key->depth > holder->depth + 1)
		key = key->parent;
	return key && holder && key->depth == holder->depth + 1 ? key : NULL;
}

/*
 * True if a key here is that one by its record, and only the name is another; `list`: it
 * is no profile nor below one, but a list or a key above it.
 */
static bool has_other_name(const struct key *above, const struct key *absent, bool list)
{
	if (!absent->parent || above->mtime_ft != absent->parent->mtime_ft)
		return false;
	for (uint32_t i = 0; i < above->n_children; i++) {
		const struct key *key = &above->children[i];
		if (key->record_off == 0 || key->record_off != absent->record_off ||
		    text_equal(key_name(key), key_name(absent)))
			continue;
		if (key->mtime_ft == absent->mtime_ft ||
		    (list && !key_child(absent->parent, key_name(key))))
			return true;
	}
	return false;
}

/* What may still be there in this snapshot of a profile or list of the other. */
static void weigh_absent_key(const struct side *side, const struct store *store,
			     const struct key *key, struct finding *finding)
{
	const struct key *above;
	const struct key *absent = topmost_absent(side->snapshot, store, key, &above);

	if (!absent)
		return;
	if (unlisted_names(side->unlisted, side->snapshot->image, above,
			   key_name(absent)))
		finding_lower(finding, FINDING_UNRESOLVED, FINDING_UNLISTED_KEY);
	bool list = absent != key || finding->kind == FINDING_STORE_REMOVED;
	if (has_other_name(above, absent, list))
		finding_lower(finding, FINDING_UNRESOLVED, FINDING_NAME_DOUBTFUL);
}

/* The same of all lists that the other snapshot has: any of them may hold it. */
static void weigh_absent_lists(const struct side *side, const struct snapshot *other,
			       struct finding *finding)
{
	for (size_t i = 0; i < other->stores.n; i++) {
		const struct store *store = &other->stores.items[i];
		const struct key *above, *absent;
		if (!store->key)
			continue;
		absent = topmost_absent(side->snapshot, store, store->key, &above);
		if (absent && has_other_name(above, absent, true))
			finding_lower(finding, FINDING_UNRESOLVED, FINDING_NAME_DOUBTFUL);
	}
}

/* ---- profiles ---- */

static bool subtree_is_whole(const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		if (key->flags & (KEY_FLAG_SUBKEYS_PARTIAL | KEY_FLAG_VALUES_PARTIAL))
			return false;
	return true;
}

/*
 * True if a profile that only this snapshot has could not be read whole, and does not
 * tell its identity: it may be the one that is absent, by another name.
 */
static bool has_unknown(const struct side *side, const struct snapshot *other)
{
	const struct snapshot *snapshot = side->snapshot;

	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		if (!profile->profile.has_instance &&
		    !snapshot_namesake(other, snapshot_store(snapshot, profile),
				       key_name(profile->profile.key)) &&
		    !subtree_is_whole(profile->profile.key))
			return true;
	}
	return false;
}

/*
 * Where it is said to be: a list whose elements and count disagree, or that was put
 * together from what names it, may show what was gone already.  And what tells who the
 * profile is may be in what could not be read of it.
 */
static void weigh_presence(const struct side *side, const struct store *store,
			   const struct profile *profile, struct finding *finding)
{
	if (!profile->has_instance && !subtree_is_whole(profile->key))
		not_whole(finding, side);
	if (!list_is_whole(side->snapshot, store))
		finding_lower(finding, FINDING_POSSIBLE,
			      side->after ? FINDING_AFTER_INCOMPLETE
					  : FINDING_BEFORE_INCOMPLETE);
}

/* The profile is said to be nowhere in that snapshot, whatever its list. */
static void weigh_nowhere(const struct snapshot_pair *pair, const struct side *side,
			  const struct store *store, const struct key *key,
			  struct finding *finding)
{
	const struct snapshot *other = side->after ? pair->before : pair->after;

	if (!lists_are_whole(side->snapshot) || !list_is_whole(side->snapshot, store) ||
	    has_unknown(side, other))
		not_whole(finding, side);
	if (!covers_all_places(side->snapshot))
		finding_lower(finding, FINDING_PROBABLE,
			      side->after ? FINDING_AFTER_INCOMPLETE
					  : FINDING_BEFORE_INCOMPLETE);
	weigh_absent_lists(side, other, finding);
	if (is_unlisted_profile(side, key_name(key)) || has_unlisted_unknown(side, other))
		finding_lower(finding, FINDING_UNRESOLVED, FINDING_UNLISTED_KEY);
	else
		weigh_absent_key(side, store, key, finding);
}

/* It is said to have left its place in the later hive, and not to have had its new one. */
static void weigh_place(const struct snapshot_pair *pair, struct finding *finding)
{
	struct side before = side_of(pair, false), after = side_of(pair, true);
	const struct store *to = snapshot_store(pair->after, finding->after);

	weigh_presence(&before, finding->store, &finding->before->profile, finding);
	weigh_presence(&after, to, &finding->after->profile, finding);
	if (!list_is_whole(pair->after, finding->store))
		not_whole(finding, &after);
	if (!list_is_whole(pair->before, to))
		not_whole(finding, &before);
	weigh_absent_key(&after, finding->store, finding->before->profile.key, finding);
	weigh_absent_key(&before, to, finding->after->profile.key, finding);
}

/* True if a key below the earlier profile has a spoilt name in the later one. */
static bool has_other_name_below(const struct key *before_top,
				 const struct key *after_top)
{
	const struct key *before = before_top, *after = after_top;
	uint32_t depth =
		0; /* of `after`, which is the counterpart on the way to `before` */

	for (; before; before = key_next(before_top, before)) {
		for (; depth > 0 && before_top->depth + depth >= before->depth; depth--)
			after = after->parent;
		/* Below a key that has no counterpart nothing has. */
		if (before->depth > before_top->depth + depth + 1)
			continue;
		if (before->depth > before_top->depth) {
			const struct key *child = key_child(after, key_name(before));
			if (!child && has_other_name(after, before, false))
				return true;
			if (!child)
				continue;
			after = child;
			depth++;
		}
	}
	return false;
}

/* What differs, or tells two profiles apart, rests on all that both hold. */
static void weigh_content(const struct side *side, const struct snapshot_profile *profile,
			  struct finding *finding)
{
	if (!profile)
		return;
	if (!subtree_is_whole(profile->profile.key))
		not_whole(finding, side);
	if (unlisted_is_below(side->unlisted, side->snapshot->image,
			      profile->profile.key))
		finding_lower(finding, FINDING_UNRESOLVED, FINDING_UNLISTED_KEY);
}

/* DefaultProfile stands in the list or beside it. */
static void weigh_default(const struct side *side, struct finding *finding)
{
	const struct store *store = snapshot_same_store(side->snapshot, finding->store);
	const struct key *keys[] = { store ? store->key : NULL,
				     store ? store->parent : NULL };

	if (!(store && store->has_default) &&
	    unlisted_has_value(side->snapshot->image, &side->snapshot->usage,
			       text_of("DefaultProfile"))) {
		not_whole(finding, side);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i] && (keys[i]->flags & KEY_FLAG_VALUES_PARTIAL)) {
			not_whole(finding, side);
			return;
		}
}

void readwhole_weigh(const struct snapshot_pair *pair, struct finding *finding)
{
	struct side before = side_of(pair, false), after = side_of(pair, true);

	/* Of no profile but a list's default, or a list itself. */
	if (!finding->before && !finding->after && finding->kind < FINDING_STORE_REMOVED)
		return;
	switch (finding->kind) {
	case FINDING_DELETED:
	case FINDING_OTHER_HIVE:
		weigh_presence(&before, finding->store, &finding->before->profile,
			       finding);
		weigh_nowhere(pair, &after, finding->store, finding->before->profile.key,
			      finding);
		return;
	case FINDING_ADDED:
		weigh_presence(&after, finding->store, &finding->after->profile, finding);
		weigh_nowhere(pair, &before, finding->store, finding->after->profile.key,
			      finding);
		return;
	case FINDING_STORE_REMOVED:
		if (!list_is_whole(pair->after, finding->store))
			not_whole(finding, &after);
		weigh_absent_key(&after, finding->store, finding->store->key, finding);
		return;
	case FINDING_MOVED:
	case FINDING_RENAMED:
		weigh_place(pair, finding);
		return;
	case FINDING_RECREATED:
		weigh_presence(&before, finding->store, &finding->before->profile,
			       finding);
		weigh_nowhere(pair, &after, finding->store, finding->before->profile.key,
			      finding);
		break;
	case FINDING_MODIFIED:
	case FINDING_DAMAGED:
		break;
	case FINDING_DEFAULT_CHANGED:
		weigh_default(&before, finding);
		weigh_default(&after, finding);
		return;
	}
	weigh_content(&before, finding->before, finding);
	weigh_content(&after, finding->after, finding);
	if (has_other_name_below(finding->before->profile.key,
				 finding->after->profile.key))
		finding_lower(finding, FINDING_UNRESOLVED, FINDING_NAME_DOUBTFUL);
}
