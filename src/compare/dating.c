/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a profile left its list: bounds, each with the place that it is read from, and
 * the moment itself where a recovered key shows it.
 */
#include "compare/dating.h"

static void add_bound(struct finding *finding, bool latest, uint64_t time_ft,
		      enum finding_source source, size_t snapshot, uint32_t offset)
{
	if (time_ft == 0 || finding->n_bounds == FINDING_MAX_BOUNDS)
		return;
	finding->bounds[finding->n_bounds++] = (struct finding_bound){
		.latest = latest,
		.time_ft = time_ft,
		.source = source,
		.snapshot = snapshot,
		.offset = offset,
	};
	if (latest && (finding->latest_ft == 0 || time_ft < finding->latest_ft))
		finding->latest_ft = time_ft;
	if (!latest && time_ft > finding->earliest_ft)
		finding->earliest_ft = time_ft;
}

/* The record of the key of a subtree that carries its newest time. */
static uint32_t newest_place(const struct key *top, uint64_t newest_ft)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		if (key->mtime_ft == newest_ft)
			return key->record_off;
	return top->record_off;
}

/*
 * Not before: the earlier hive still held the profile when its newest key was
 * written, and when the hive itself was last written.
 */
static void date_earliest(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct snapshot *before = pair->before;
	const struct profile *profile = &finding->before->profile;

	add_bound(finding, false, profile->newest_ft, FINDING_PROFILE_KEY_TIME,
		  pair->before_index, newest_place(profile->key, profile->newest_ft));
	add_bound(finding, false, before->newest_ft, FINDING_HIVE_KEY_TIME,
		  pair->before_index,
		  newest_place(before->keys->root, before->newest_ft));
	/* The header of a dirty hive is ahead of its bins. */
	if (!snapshot_is_dirty(before))
		add_bound(finding, false, before->image->base.last_written_ft,
			  FINDING_HEADER_TIME, pair->before_index, IMAGE_AT_LAST_WRITTEN);
}

static void add_key_bound(struct finding *finding, const struct key *key,
			  enum finding_source source, size_t snapshot)
{
	if (key)
		add_bound(finding, true, key->mtime_ft, source, snapshot,
			  key->record_off);
}

/*
 * Not after: taking a key away stamps its parent, and whatever happens there
 * later only moves that time on; so does putting it into another list.  The
 * header's time counts only if Windows still kept it up: it may not be older
 * than what the hive holds.
 */
static void date_latest(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct snapshot *after = pair->after;
	const struct store *store = snapshot_same_store(after, finding->store);
	uint64_t header_ft = after->image->base.last_written_ft;
	size_t index = pair->before_index + 1;

	if (store && store->key)
		add_key_bound(finding, store->key, FINDING_LIST_KEY_TIME, index);
	else
		add_key_bound(
			finding,
			snapshot_nearest_key(after, text_of(finding->store->path), NULL),
			FINDING_ANCESTOR_KEY_TIME, index);
	if (finding->kind == FINDING_MOVED)
		add_key_bound(finding, snapshot_store(after, finding->after)->key,
			      FINDING_NEW_LIST_KEY_TIME, index);
	if (header_ft >= after->newest_ft)
		add_bound(finding, true, header_ft, FINDING_HEADER_TIME, index,
			  IMAGE_AT_LAST_WRITTEN);
}

void dating_find(const struct snapshot_pair *pair, struct finding *finding)
{
	finding->dated = true;
	date_earliest(pair, finding);
	date_latest(pair, finding);
	if (finding->latest_ft && finding->earliest_ft > finding->latest_ft) {
		finding_lower(finding, FINDING_PROBABLE, FINDING_BOUNDS_CONFLICT);
		diag_at(pair->diags, DIAG_BOUNDS_CONFLICT, DIAG_NOWHERE,
			"a change has its earliest bound after its latest one: the times "
			"of one hive, or their order, cannot be right");
	}
}

/* The recovered key of the profile that was written last. */
static const struct key *newest_recovered(const struct key *top)
{
	const struct key *newest = NULL;

	for (const struct key *key = top; key; key = key_next(top, key))
		if ((key->flags & KEY_FLAG_RECOVERED) &&
		    (!newest || key->mtime_ft > newest->mtime_ft))
			newest = key;
	return newest;
}

void dating_add_recovered(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct snapshot *after = pair->after;
	const struct store *store = snapshot_same_store(after, finding->store);
	const struct recovered_profile *profile = finding->recovered.profile;

	if (!profile)
		return;
	const struct key *newest = newest_recovered(profile->profile.key);
	/* It was still there when its last key was written. */
	if (newest && (!finding->latest_ft || newest->mtime_ft <= finding->latest_ft))
		add_bound(finding, false, newest->mtime_ft, FINDING_RECOVERED_KEY_TIME,
			  pair->before_index + 1, newest->record_off);
	uint64_t at = profile->deleted_ft;
	if (at == 0 || at < finding->earliest_ft ||
	    (finding->latest_ft && at > finding->latest_ft))
		return;
	finding->at_ft = at;
	finding->at_confirmed = store && store->key && store->key->mtime_ft == at;
}
