/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How sure a change is, and when it happened.  A rule of three parts for
 * certainty: what was read must be whole, both readers must agree, and the
 * two hives must be an earlier and a later state of one subject.
 */
#include "compare/finding.h"

#include "regf/record.h"

#include <string.h>

const char *finding_kind_word(enum finding_kind kind)
{
	static const char *const words[] = {
		[FINDING_DELETED] = "deleted",
		[FINDING_MOVED] = "moved",
		[FINDING_RENAMED] = "renamed",
		[FINDING_RECREATED] = "recreated",
		[FINDING_ADDED] = "added",
		[FINDING_MODIFIED] = "modified",
		[FINDING_DAMAGED] = "damaged",
		[FINDING_STORE_REMOVED] = "store_removed",
		[FINDING_DEFAULT_CHANGED] = "default_changed",
	};

	return words[kind];
}

const char *finding_certainty_word(enum finding_certainty certainty)
{
	static const char *const words[] = {
		[FINDING_CERTAIN] = "certain",
		[FINDING_PROBABLE] = "probable",
		[FINDING_POSSIBLE] = "possible",
		[FINDING_UNRESOLVED] = "unresolved",
	};

	return words[certainty];
}

const char *finding_reason_word(enum finding_reason reason)
{
	static const char *const words[] = {
#define X(constant, word, sentence) [constant] = word,
		FINDING_REASONS(X)
#undef X
	};

	return words[reason];
}

const char *finding_reason_sentence(enum finding_reason reason)
{
	static const char *const sentences[] = {
#define X(constant, word, sentence) [constant] = sentence,
		FINDING_REASONS(X)
#undef X
	};

	return sentences[reason];
}

const char *finding_source_word(enum finding_source source)
{
	static const char *const words[] = {
		[FINDING_PROFILE_KEY_TIME] = "profile_key_time",
		[FINDING_HIVE_KEY_TIME] = "hive_key_time",
		[FINDING_HEADER_TIME] = "header_time",
		[FINDING_LIST_KEY_TIME] = "list_key_time",
		[FINDING_ANCESTOR_KEY_TIME] = "ancestor_key_time",
		[FINDING_NEW_LIST_KEY_TIME] = "new_list_key_time",
		[FINDING_RECOVERED_KEY_TIME] = "recovered_key_time",
	};

	return words[source];
}

void finding_clear(struct finding *finding)
{
	differences_clear(&finding->differences);
}

void finding_add_reason(struct finding *finding, enum finding_reason reason)
{
	if (finding->n_reasons < FINDING_MAX_REASONS)
		finding->reasons[finding->n_reasons++] = reason;
}

/* ---- certainty ---- */

/* Certainty can only be lowered; each lowering has its reason. */
static void lower(struct finding *finding, enum finding_certainty to,
		  enum finding_reason reason)
{
	if (finding->certainty < to)
		finding->certainty = to;
	finding_add_reason(finding, reason);
}

/* True if the finding says that something is not in that snapshot. */
static bool rests_on_absence(const struct finding *finding, bool in_after)
{
	return in_after ? finding->kind == FINDING_DELETED ||
				  finding->kind == FINDING_RECREATED ||
				  finding->kind == FINDING_STORE_REMOVED ||
				  finding->kind == FINDING_DAMAGED
			: finding->kind == FINDING_ADDED;
}

static bool is_dirty(const struct snapshot *snapshot)
{
	return snapshot->image->base.primary_sequence !=
	       snapshot->image->base.secondary_sequence;
}

static void weigh_snapshot(const struct snapshot *snapshot, bool in_after,
			   struct finding *finding)
{
	/* What a damaged region may still hold is not shown to be gone. */
	if (!snapshot_is_complete(snapshot))
		lower(finding,
		      rests_on_absence(finding, in_after) ? FINDING_UNRESOLVED
							  : FINDING_PROBABLE,
		      in_after ? FINDING_AFTER_INCOMPLETE : FINDING_BEFORE_INCOMPLETE);
	/* What the logs of a hive as found hold is known: the later snapshot has it. */
	if (is_dirty(snapshot) && !snapshot->borrowed)
		lower(finding, FINDING_PROBABLE,
		      in_after ? FINDING_AFTER_DIRTY : FINDING_BEFORE_DIRTY);
}

static void weigh_readers(const struct finding_pair *pair, struct finding *finding)
{
	enum snapshot_readers before = pair->before->readers,
			      after = pair->after->readers;

	if (before == SNAPSHOT_DIFFER || after == SNAPSHOT_DIFFER)
		lower(finding, FINDING_POSSIBLE, FINDING_READERS_DIFFER);
	else if (before == SNAPSHOT_AGREE && after == SNAPSHOT_AGREE)
		finding_add_reason(finding, FINDING_READERS_AGREE);
	else
		lower(finding, FINDING_PROBABLE, FINDING_ONE_READER);
}

/* How much the ground on which two profiles were taken for one (or two) bears. */
static enum finding_certainty ground(const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_SAME_INSTANCE ||
		    finding->reasons[i] == FINDING_OTHER_INSTANCE)
			return FINDING_CERTAIN;
	return FINDING_PROBABLE;
}

static size_t count_components(const char *path)
{
	size_t n = *path != '\0';

	for (; *path; path++)
		n += *path == '\\' && path[1];
	return n;
}

/*
 * What deletes profiles takes the list away, or the key above it.  When what
 * stands further up is missing as well, a damaged name or another hive is as
 * likely.
 */
static void weigh_ancestors(const struct finding_pair *pair, struct finding *finding)
{
	/* Office keeps one key more, the version's, that may go with all settings. */
	size_t usual = finding->store->kind == STORE_OFFICE ? 3 : 2;
	const struct store *store = snapshot_same_store(pair->after, finding->store);
	const struct key *nearest;
	size_t there;

	if ((finding->kind != FINDING_DELETED &&
	     finding->kind != FINDING_STORE_REMOVED) ||
	    (store && store->key))
		return;
	nearest = snapshot_nearest_key(pair->after, text_of(finding->store->path), NULL);
	there = nearest ? nearest->depth + count_components(pair->after->stores.prefix)
			: 0;
	if (there + usual < count_components(finding->store->path))
		lower(finding, FINDING_POSSIBLE, FINDING_ANCESTOR_GONE);
}

void finding_weigh(const struct finding_pair *pair, struct finding *finding)
{
	bool two_places = finding->kind == FINDING_MOVED ||
			  finding->kind == FINDING_RENAMED ||
			  finding->kind == FINDING_RECREATED;

	/* Certain from the start; dating may have lowered it already. */
	if (two_places && finding->certainty < ground(finding))
		finding->certainty = ground(finding);
	weigh_readers(pair, finding);
	weigh_snapshot(pair->before, false, finding);
	weigh_snapshot(pair->after, true, finding);
	weigh_ancestors(pair, finding);
	if (pair->doubtful)
		lower(finding, FINDING_POSSIBLE, FINDING_PAIR_DOUBTFUL);
}

/* ---- dating ---- */

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
static void date_earliest(const struct finding_pair *pair, struct finding *finding)
{
	const struct snapshot *before = pair->before;
	const struct profile *profile = &finding->before->profile;

	add_bound(finding, false, profile->newest_ft, FINDING_PROFILE_KEY_TIME,
		  pair->before_index, newest_place(profile->key, profile->newest_ft));
	add_bound(finding, false, before->newest_ft, FINDING_HIVE_KEY_TIME,
		  pair->before_index,
		  newest_place(before->keys->root, before->newest_ft));
	/* The header of a dirty hive is ahead of its bins. */
	if (!is_dirty(before))
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
static void date_latest(const struct finding_pair *pair, struct finding *finding)
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

void finding_date(const struct finding_pair *pair, struct finding *finding)
{
	finding->dated = true;
	date_earliest(pair, finding);
	date_latest(pair, finding);
	if (finding->latest_ft && finding->earliest_ft > finding->latest_ft) {
		lower(finding, FINDING_PROBABLE, FINDING_BOUNDS_CONFLICT);
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

void finding_recover(const struct finding_pair *pair, struct finding *finding)
{
	const struct snapshot *after = pair->after;
	const struct store *store = snapshot_same_store(after, finding->store);
	struct recovered_share *share = &finding->recovered;

	recoveredshare_find(pair->recovery, finding->store, &finding->before->profile,
			    share);
	if (!share->profile)
		return;
	const struct key *newest = newest_recovered(share->profile->profile.key);
	/* It was still there when its last key was written. */
	if (newest && (!finding->latest_ft || newest->mtime_ft <= finding->latest_ft))
		add_bound(finding, false, newest->mtime_ft, FINDING_RECOVERED_KEY_TIME,
			  pair->before_index + 1, newest->record_off);
	uint64_t at = share->profile->deleted_ft;
	if (at == 0 || at < finding->earliest_ft ||
	    (finding->latest_ft && at > finding->latest_ft))
		return;
	finding->at_ft = at;
	finding->at_confirmed = store && store->key && store->key->mtime_ft == at;
}
