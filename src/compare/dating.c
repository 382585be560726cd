/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a profile left its list: bounds, each with the place that it is read from, and
 * the moment itself where a recovered key shows it.
 *
 * A time bounds only what stamped it.  One that cannot be true bounds nothing.  A list
 * whose last write is the one that the earlier hive has already was not stamped: who
 * took the profile from it told nobody, and the hive's header least of all.  Where times
 * run backwards between the hives only the profile's own keys still tell something.
 */
#include "compare/dating.h"

#include "compare/ownrecord.h"

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

/* ---- not before ---- */

/* newest: the key of the earlier hive that shows it; NULL if there is none. */
static void add_earliest(const struct snapshot_pair *pair, struct finding *finding,
			 const struct key *newest, enum finding_source source)
{
	if (newest)
		add_bound(finding, false, newest->mtime_ft, source, pair->before_index,
			  newest->record_off);
}

static bool header_holds(const struct snapshot *snapshot)
{
	return snapshot_time_holds(snapshot, snapshot->image->base.last_written_ft);
}

/*
 * Not before: the earlier hive still held the profile when its newest key was
 * written, and when the hive itself was last written.
 */
static void date_earliest(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct snapshot *before = pair->before;

	add_earliest(pair, finding,
		     snapshot_newest_key(before, finding->before->profile.key),
		     FINDING_PROFILE_KEY_TIME);
	if (pair->times_backwards)
		return;
	/* Of a dirty hive some bins may be ahead of others, and the header of all. */
	if (snapshot_is_dirty(before))
		return;
	add_earliest(pair, finding, pair->newest_before, FINDING_HIVE_KEY_TIME);
	if (header_holds(before))
		add_bound(finding, false, before->image->base.last_written_ft,
			  FINDING_HEADER_TIME, pair->before_index, IMAGE_AT_LAST_WRITTEN);
}

/* ---- not after ---- */

/*
 * The same key in the earlier hive, by its path; NULL if it was not there.  As deep as
 * the readers go (RECORD_MAX_DEPTH).
 */
static const struct key *key_before(const struct snapshot_pair *pair,
				    const struct key *after)
{
	if (!after->parent)
		return pair->before->keys->root;
	const struct key *parent = key_before(pair, after->parent);
	return parent ? key_child(parent, key_name(after)) : NULL;
}

/*
 * True if the key was written after the earlier hive was taken, as far as times tell.  An
 * export tells no time, so nothing shows that the key's is a new one.
 */
static bool is_stamped(const struct snapshot_pair *pair, const struct key *after)
{
	if (snapshot_is_export(pair->before))
		return false;
	const struct key *before = key_before(pair, after);

	return !before || before->mtime_ft != after->mtime_ft;
}

/* The key that is stamped when the profile is taken away: its list, or what is above. */
static const struct key *stamped_key(const struct snapshot_pair *pair,
				     const struct finding *finding,
				     enum finding_source *source)
{
	const struct store *store = snapshot_same_store(pair->after, finding->store);

	*source = store && store->key ? FINDING_LIST_KEY_TIME : FINDING_ANCESTOR_KEY_TIME;
	return store && store->key
		       ? store->key
		       : snapshot_nearest_key(pair->after, text_of(finding->store->path),
					      NULL);
}

/* Return: false if the key's time comes before what shows the profile still there. */
static bool add_stamp(const struct snapshot_pair *pair, struct finding *finding,
		      const struct key *key, enum finding_source source)
{
	if (!key || !snapshot_time_holds(pair->after, key->mtime_ft) ||
	    !is_stamped(pair, key))
		return true;
	if (key->mtime_ft < finding->earliest_ft)
		return false;
	add_bound(finding, true, key->mtime_ft, source, pair->before_index + 1,
		  key->record_off);
	return true;
}

/* A profile is moved by copying it and deleting the original, at once. */
#define MOVE_FT (UINT64_C(10) * 10000000)

/* A copy that stays beside the original for long has a name of its own. */
static bool keeps_name(const struct finding *finding)
{
	return text_equal(key_name(finding->before->profile.key),
			  key_name(finding->after->profile.key));
}

/* What was copied long before the original went was not moved then. */
static bool is_one_act(const struct key *to, const struct key *from)
{
	return to->mtime_ft <= from->mtime_ft && from->mtime_ft - to->mtime_ft <= MOVE_FT;
}

/* What only looks alike may have been copied there long before. */
static bool is_by_instance(const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_SAME_INSTANCE)
			return true;
	return false;
}

/*
 * True if the list holds a profile that came since and was written later as a whole, though
 * putting it there stamped the list: then the list's record is of an older state.
 */
static bool is_older_than_new(const struct snapshot_pair *pair, const struct key *list)
{
	const struct key *before = list ? key_before(pair, list) : NULL;
	uint32_t hint = 0;

	for (uint32_t i = 0; list && i < list->n_children; i++) {
		const struct key *child = &list->children[i], *key = child;
		if (before && samebytes_child(pair->same, child, before, &hint))
			continue;
		while (key && key->mtime_ft > list->mtime_ft)
			key = key_next(child, key);
		if (!key)
			return true;
	}
	return false;
}

/*
 * Not after: taking a key away stamps its parent, and whatever happens there
 * later only moves that time on; so does putting it into another list.  The
 * header's time counts only if Windows still kept it up: it may not be older
 * than what the hive holds.  Return: false if the times contradict each other.
 */
static bool date_latest(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct snapshot *after = pair->after;
	uint64_t header_ft = after->image->base.last_written_ft;
	enum finding_source source;
	const struct key *key = stamped_key(pair, finding, &source);
	bool agree = true;

	if (pair->times_backwards)
		return true;
	if (!is_older_than_new(pair, key))
		agree &= add_stamp(pair, finding, key, source);
	const struct key *to = finding->kind == FINDING_MOVED
				       ? snapshot_store(after, finding->after)->key
				       : NULL;
	if (to && key && is_by_instance(finding) &&
	    (is_one_act(to, key) || keeps_name(finding)))
		agree &= add_stamp(pair, finding, to, FINDING_NEW_LIST_KEY_TIME);
	if (header_ft >= after->newest_ft && header_holds(after) && key &&
	    is_stamped(pair, key)) {
		agree &= header_ft >= finding->earliest_ft;
		add_bound(finding, true, header_ft, FINDING_HEADER_TIME,
			  pair->before_index + 1, IMAGE_AT_LAST_WRITTEN);
	}
	return agree;
}

void dating_find(const struct snapshot_pair *pair, struct finding *finding)
{
	finding->dated = true;
	date_earliest(pair, finding);
	bool agree = date_latest(pair, finding);
	if (pair->times_backwards)
		finding_lower(finding, FINDING_PROBABLE, FINDING_TIMES_BACKWARDS);
	if (agree)
		return;
	finding_lower(finding, FINDING_PROBABLE, FINDING_BOUNDS_CONFLICT);
	diag_at(pair->diags, DIAG_BOUNDS_CONFLICT, DIAG_NOWHERE,
		"a change has its earliest bound after its latest one: the times "
		"of one hive, or their order, cannot be right");
}

void dating_find_replaced(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct otherhive *other = pair->other;

	finding->dated = true;
	date_earliest(pair, finding);
	/*
	 * A hive with a past of its own may have been written before it was put there, and
	 * the oldest keys of a new one with the template that it was made of.
	 */
	if (other->kind == OTHERHIVE_NEW &&
	    other->newest->mtime_ft >= finding->earliest_ft)
		add_bound(finding, true, other->newest->mtime_ft,
			  FINDING_NEW_HIVE_KEY_TIME, pair->before_index + 1,
			  other->newest->record_off);
}

/* ---- what was recovered ---- */

/* No latest bound holds for one that was cut off: nobody stamped the list for it. */
static void drop_latest(struct finding *finding)
{
	size_t n = 0;

	for (size_t i = 0; i < finding->n_bounds; i++)
		if (!finding->bounds[i].latest)
			finding->bounds[n++] = finding->bounds[i];
	finding->n_bounds = n;
	finding->latest_ft = 0;
}

/* The profile was still there when its last key was written. */
static void add_recovered_bound(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct recovered_profile *found = finding->recovered.profile;
	const struct key *top = found->profile.key, *newest = NULL;

	for (const struct key *key = top; key; key = key_next(top, key)) {
		/* Remnants that contradict the list show nothing. */
		if ((key->flags & KEY_FLAG_RECOVERED) && finding->latest_ft &&
		    key->mtime_ft > finding->latest_ft)
			return;
		const struct key *record = key == top ? recovery_own_record(found) : key;
		if (ownrecord_is_freed(pair->after, pair->recovery, record) &&
		    snapshot_time_holds(pair->after, key->mtime_ft) &&
		    (!newest || key->mtime_ft > newest->mtime_ft))
			newest = record;
	}
	if (newest)
		add_bound(finding, false, newest->mtime_ft, FINDING_RECOVERED_KEY_TIME,
			  pair->before_index + 1, newest->record_off);
}

/* True if the last write of the profile's own record is the time of its end. */
static bool is_moment(const struct snapshot_pair *pair, const struct finding *finding)
{
	const struct recovered_profile *found = finding->recovered.profile;
	uint64_t at = found->deleted_ft;

	/* What it had already was its last write while it was still there. */
	return at > finding->before->profile.key->mtime_ft &&
	       ownrecord_is_freed(pair->after, pair->recovery,
				  recovery_own_record(found)) &&
	       at >= finding->earliest_ft &&
	       (!finding->latest_ft || at <= finding->latest_ft);
}

void dating_add_recovered(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct recovered_profile *found = finding->recovered.profile;

	if (!found ||
	    !ownrecord_is(pair, finding->store, &finding->before->profile, found))
		return;
	bool cut_off = ownrecord_was_cut_off(pair->after, pair->recovery, found);
	if (cut_off)
		drop_latest(finding);
	add_recovered_bound(pair, finding);
	if (cut_off || !is_moment(pair, finding))
		return;
	enum finding_source source;
	const struct key *list = stamped_key(pair, finding, &source);
	finding->at_ft = found->deleted_ft;
	finding->at_confirmed = source == FINDING_LIST_KEY_TIME &&
				list->mtime_ft == finding->at_ft &&
				is_stamped(pair, list);
}
