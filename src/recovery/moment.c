/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A last write is the moment of a deletion only if it is proved to be that:
 *
 *   - The record is the profile's own, in a free cell of the hive itself: what only
 *     a log has, what is allocated or unmapped, the ends of live cells and bins that
 *     were given up may be of another time, or of a profile that is still there.  If a
 *     log has more of the profile, the record in the hive counts all the same.
 *   - It is intact.  Where a free list's link stands over its first bytes, an earlier
 *     state of the hive must have the same record.
 *   - It names no subkeys: Windows deletes a key only when it is empty, and what was
 *     renamed, hidden or cut off by another program keeps its count.
 *   - Some section was below it, its path is at least probable, and its last write is
 *     none that an earlier state had: a profile can be emptied long before it goes.
 *   - If all its sections are only possible, they may be an older profile's, and it an
 *     empty one that was made then and went later, unseen.  Its end stamped the list: so
 *     something must tell what stamped that last.
 *   - Nothing of the same identity is newer, and nothing below it was written later.
 *   - No namesake lives in its place that was there already: what that one's keys
 *     tell must be newer.
 *
 * Then it is the time when its last section or value went.  Deleting stamps the list
 * too; so the list's last write bounds the deletion, if the list was written no
 * earlier than what was emptied for it.
 */
#include "recovery/moment.h"

#include "mapi/recognize.h"
#include "recovery/mixture.h"

#include <string.h>

/* Profiles past which they are not held against each other, but told without a time. */
#define MANY 1000

/* ---- may it be alive? ---- */

/* True if the key, or one below it, was last written after that time. */
static bool has_written_after(const struct key *top, uint64_t time_ft)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		if (key->mtime_ft > time_ft)
			return true;
	return false;
}

static bool is_unsure_origin(const struct recovered_keys *recovered,
			     const struct key *key)
{
	const struct recovered_key *info = recovered_of(recovered, key);
	enum recovered_origin origin =
		info->n_places ? info->places[0].origin : RECOVERED_FREE;

	return origin == RECOVERED_UNMAPPED || origin == RECOVERED_LOST;
}

/*
 * True if some list of profiles, or what leads to one, was not read to its end: a
 * profile may stand in the part that is not known, in this list or in another.  Where
 * no list could be looked for at all, as without a root key, all of them are unread.
 */
static bool has_unread_list(const struct snapshot *snapshot)
{
	if (!snapshot->keys || snapshot->stores.n == 0)
		return true;
	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct store *store = &snapshot->stores.items[i];
		const struct key *key =
			store->key ? store->key
				   : snapshot_nearest_key(snapshot, text_of(store->path),
							  NULL);
		if (!key || (key->flags & KEY_FLAG_SUBKEYS_PARTIAL))
			return true;
	}
	return snapshot_is_dirty(snapshot);
}

/*
 * True if a live profile stands where the sections say that their own one did, and is
 * older than they are: either times run backwards, as when the clock was set, and they
 * are its own, or it took the other one's place.
 */
static bool is_older_profile(const struct snapshot *snapshot,
			     const struct recovered_profile *profile)
{
	uint32_t record = profile->rel + IMAGE_BASE_SIZE + snapshot->image->cell_header;

	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct key *live = snapshot->profiles[i].profile.key;
		if (live->record_off == record)
			return has_written_after(recovery_own_record(profile),
						 live->mtime_ft);
	}
	return false;
}

/* True if a live profile stands where the sections say that their own one did. */
static bool has_live_place(const struct snapshot *snapshot,
			   const struct recovered_profile *profile)
{
	uint32_t record = profile->rel + IMAGE_BASE_SIZE + snapshot->image->cell_header;

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (snapshot->profiles[i].profile.key->record_off == record)
			return true;
	return false;
}

/* True if nothing tells that the profile's key, or what is left of it, is freed. */
static bool is_hidden(const struct snapshot *snapshot,
		      const struct recovered_keys *recovered,
		      const struct recovered_profile *profile)
{
	const struct key *top = recovery_own_record(profile);

	if (!profile->torn)
		return is_unsure_origin(recovered, top);
	if (gaps_at(&snapshot->image->gaps, profile->rel) ||
	    is_older_profile(snapshot, profile))
		return true;
	for (uint32_t i = 0; i < top->n_children; i++)
		if (is_unsure_origin(recovered, &top->children[i]))
			return true;
	return false;
}

/* ---- the profile's own record ---- */

static bool is_freed_record(const struct recovered_key *info)
{
	return info->n_places > 0 && info->places[0].origin == RECOVERED_FREE &&
	       info->is_empty;
}

static bool is_intact(const struct recovered_key *info)
{
	unsigned link = RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_ENCODING;

	return info->inferred == 0 || (info->witness && !(info->inferred & ~link));
}

/* True if a profile of that name in a list of that kind had this last write then. */
static bool had_time(const struct snapshot *then, const struct recovered_profile *profile)
{
	for (size_t i = 0; then && i < then->n_profiles; i++) {
		const struct profile *other = &then->profiles[i].profile;
		if (other->key->mtime_ft == profile->profile.key->mtime_ft &&
		    text_equal(key_name(other->key), profile->name))
			return true;
	}
	return false;
}

static bool is_same(const struct profile *a, const struct profile *b)
{
	if (a->has_instance && b->has_instance &&
	    memcmp(a->instance, b->instance, sizeof(a->instance)) == 0)
		return true;
	return recognize_shared_sections(a->key, b->key) > 0;
}

/* Another record of the same profile that was written later. */
static bool has_newer(const struct recovery *recovery,
		      const struct recovered_profile *profile)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct recovered_profile *other = &recovery->profiles[i];
		if (other->profile.key->mtime_ft > profile->profile.key->mtime_ft &&
		    other->store && profile->store &&
		    other->store->kind == profile->store->kind &&
		    text_equal(other->name, profile->name) &&
		    is_same(&other->profile, &profile->profile))
			return true;
	}
	return false;
}

/*
 * True if a profile that lives in its place may have been there at that time: two keys of
 * one name cannot be there at once, so one of both is not what it looks like.
 */
static bool had_namesake(const struct snapshot *snapshot,
			 const struct recovered_profile *profile, uint64_t time_ft)
{
	const struct snapshot_profile *live =
		profile->store
			? snapshot_namesake(snapshot, profile->store, profile->name)
			: NULL;
	const struct key *top = live ? live->profile.key : NULL;

	for (const struct key *key = top; key; key = key_next(top, key))
		if (key->mtime_ft <= time_ft)
			return true;
	return false;
}

/* Deleting a profile stamps its list when the profile itself went: seconds later at most. */
#define END_FT (UINT64_C(10) * 10000000)

static bool has_sure_section(const struct recovered_keys *recovered,
			     const struct key *profile)
{
	for (uint32_t i = 0; i < profile->n_children; i++) {
		const struct key *child = &profile->children[i];
		if ((child->flags & KEY_FLAG_RECOVERED) &&
		    recovered_of(recovered, child)->certainty <= RECOVERED_PROBABLE)
			return true;
	}
	return false;
}

/* True if that time can have been the end of a profile that then stamped its list. */
static bool ends_at(uint64_t time_ft, uint64_t list_ft)
{
	return time_ft <= list_ft && list_ft - time_ft <= END_FT;
}

/* True if all of the profile can have been made then or later. */
static bool may_be_made_at(const struct key *profile, uint64_t time_ft)
{
	for (const struct key *key = profile; key; key = key_next(profile, key))
		if (key->mtime_ft < time_ft)
			return false;
	return true;
}

/*
 * True if something is known that can have stamped the profile's list last: its own end,
 * that of another one, one that was made, or a value of the list.
 */
static bool is_stamp_known(const struct recovery *recovery,
			   const struct snapshot *snapshot,
			   const struct recovered_profile *profile)
{
	const struct store *store =
		profile->store ? snapshot_same_store(snapshot, profile->store) : NULL;
	const struct key *list = store ? store->key : NULL;

	if (!list || list->n_values > 0 ||
	    list->mtime_ft < profile->profile.key->mtime_ft)
		return true;
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct recovered_profile *other = &recovery->profiles[i];
		if (other->store && store_is_same(other->store, store) &&
		    ends_at(recovery_own_record(other)->mtime_ft, list->mtime_ft))
			return true;
	}
	for (uint32_t i = 0; i < list->n_children; i++)
		if (may_be_made_at(&list->children[i], list->mtime_ft))
			return true;
	return false;
}

static bool is_dated(const struct recovery *recovery, const struct snapshot *snapshot,
		     const struct recovered_keys *recovered,
		     const struct recovered_profile *profile,
		     const struct snapshot *const *earlier, size_t n_earlier)
{
	const struct recovered_key *info =
		recovered_of(recovered, recovery_own_record(profile));
	/* A log may have more of it. */
	const struct recovery_part *part =
		recovery_part_of(recovery, profile->profile.key);

	if (!is_freed_record(info) || !is_intact(info) || !info->had_subkeys ||
	    profile->certainty > RECOVERED_PROBABLE || recovery->n_profiles > MANY ||
	    mixture_has_later(part->recovered, profile->profile.key) ||
	    has_newer(recovery, profile) || had_time(recovery->as_found, profile))
		return false;
	for (size_t i = 0; i < n_earlier; i++)
		if (had_time(earlier[i], profile))
			return false;
	return has_sure_section(recovered, recovery_own_record(profile)) ||
	       is_stamp_known(recovery, snapshot, profile);
}

/* ---- the list ---- */

/* True if removing the profile stamped its list, and the list shows it. */
static bool is_bounded(const struct recovered_keys *recovered,
		       const struct recovered_profile *profile)
{
	const struct key *top = recovery_own_record(profile);
	uint64_t list_ft = top->parent ? top->parent->mtime_ft : 0;

	if (list_ft == 0 || profile->certainty > RECOVERED_PROBABLE ||
	    (!profile->torn && !is_freed_record(recovered_of(recovered, top))))
		return false;
	return !has_written_after(top, list_ft) &&
	       !has_written_after(profile->profile.key, list_ft);
}

/* Sections can go long before their profile: it was there still when the snapshot was taken. */
static bool was_live(const struct snapshot *then, const struct recovered_profile *profile)
{
	return profile->torn && profile->store &&
	       snapshot_namesake(then, profile->store, profile->name);
}

void moment_find(struct recovery *recovery, const struct snapshot *snapshot,
		 const struct snapshot *const *earlier, size_t n_earlier)
{
	bool unread = has_unread_list(snapshot);

	for (size_t i = 0; i < recovery->n_profiles; i++) {
		struct recovered_profile *profile = &recovery->profiles[i];
		const struct key *key = recovery_own_record(profile);
		const struct recovery_part *part = recovery_part_of(recovery, key);

		if (n_earlier > 0 && profile->since == RECOVERED_SINCE_EARLIER &&
		    was_live(earlier[0], profile))
			profile->since = RECOVERED_SINCE_UNKNOWN;
		/* Sections that only a log has may have gone from a profile that stays. */
		profile->may_be_alive =
			unread ||
			(part == recovery->parts
				 ? is_hidden(snapshot, part->recovered, profile)
				 : profile->torn && has_live_place(snapshot, profile));
		/* It was there before, but nothing tells that it went since. */
		if (profile->may_be_alive && profile->since == RECOVERED_SINCE_BETWEEN)
			profile->since = RECOVERED_SINCE_UNKNOWN;
		if (part != recovery->parts || profile->may_be_alive)
			continue;
		if (is_bounded(part->recovered, profile))
			profile->not_after_ft = key->parent->mtime_ft;
		if (!profile->torn && !had_namesake(snapshot, profile, key->mtime_ft) &&
		    is_dated(recovery, snapshot, part->recovered, profile, earlier,
			     n_earlier))
			profile->deleted_ft = key->mtime_ft;
	}
}
