/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How sure a finding is.  A rule of four parts: what could hold the thing must be read
 * whole, both readers must agree, two profiles are one (or two) by more than a name, and
 * the two hives must be an earlier and a later state of one subject; and the list must be
 * no registry link.  Every finding is
 * certain until one of them lowers it.
 */
#include "compare/certainty.h"

#include "compare/readwhole.h"

/* True if the finding says that something is not in that snapshot. */
static bool rests_on_absence(const struct finding *finding, bool in_after)
{
	return in_after ? finding->kind == FINDING_DELETED ||
				  finding->kind == FINDING_RECREATED ||
				  finding->kind == FINDING_OTHER_HIVE ||
				  finding->kind == FINDING_STORE_REMOVED ||
				  finding->kind == FINDING_DAMAGED ||
				  finding->kind == FINDING_MOVED ||
				  finding->kind == FINDING_RENAMED ||
				  finding->kind == FINDING_DEFAULT_CHANGED
			: finding->kind == FINDING_ADDED ||
				  finding->kind == FINDING_DEFAULT_CHANGED;
}

static void weigh_snapshot(const struct snapshot *snapshot, bool in_after,
			   struct finding *finding)
{
	/* Of what is lost altogether nobody can tell what it held. */
	if (!readwhole_frame(snapshot))
		finding_lower(finding,
			      rests_on_absence(finding, in_after) ? FINDING_UNRESOLVED
								  : FINDING_PROBABLE,
			      in_after ? FINDING_AFTER_INCOMPLETE
				       : FINDING_BEFORE_INCOMPLETE);
	/* What the logs of a hive as found hold is known: the later snapshot has it. */
	if (snapshot_is_dirty(snapshot) && !snapshot->borrowed)
		finding_lower(finding, FINDING_PROBABLE,
			      in_after ? FINDING_AFTER_DIRTY : FINDING_BEFORE_DIRTY);
	if (snapshot->replay && replay_applies_other_name(snapshot->replay))
		finding_lower(finding, FINDING_PROBABLE, FINDING_LOG_NAME);
}

static void weigh_readers(const struct snapshot_pair *pair, struct finding *finding)
{
	enum snapshot_readers before = pair->before->readers,
			      after = pair->after->readers;
	bool text = snapshot_is_export(pair->before) || snapshot_is_export(pair->after);

	/* Anybody can edit a text, and nothing in it shows that. */
	if (text)
		finding_lower(finding, FINDING_PROBABLE, FINDING_FROM_EXPORT);
	/* What only one reader knows cannot be contradicted. */
	before = before == SNAPSHOT_TEXT ? after : before;
	after = after == SNAPSHOT_TEXT ? before : after;
	if (before == SNAPSHOT_TEXT)
		return;

	if (before == SNAPSHOT_DIFFER || after == SNAPSHOT_DIFFER)
		finding_lower(finding, FINDING_POSSIBLE, FINDING_READERS_DIFFER);
	else if (before == SNAPSHOT_AGREE && after == SNAPSHOT_AGREE && !text)
		finding_add_reason(finding, FINDING_READERS_AGREE);
	else if (before != SNAPSHOT_AGREE || after != SNAPSHOT_AGREE)
		finding_lower(finding, FINDING_PROBABLE, FINDING_ONE_READER);
}

/*
 * True if nothing but the name speaks for one profile: it may have been made anew in
 * another cell, or in the same one after it was empty.
 */
static bool is_name_only(const struct finding *finding)
{
	const struct profile *before, *after;

	if (!finding->before || !finding->after)
		return false;
	before = &finding->before->profile;
	after = &finding->after->profile;
	return before->key->record_off == 0 ||
	       before->key->record_off != after->key->record_off ||
	       before->n_sections == 0 || after->n_sections == 0;
}

/* How much the ground on which two profiles were taken for one (or two) bears. */
static enum finding_certainty ground(const struct finding *finding)
{
	bool one_place =
		finding->kind == FINDING_MODIFIED || finding->kind == FINDING_DAMAGED;
	enum finding_certainty lowest = FINDING_PROBABLE;

	for (size_t i = 0; i < finding->n_reasons; i++) {
		enum finding_reason reason = finding->reasons[i];
		if (reason == FINDING_SAME_INSTANCE || reason == FINDING_OTHER_INSTANCE)
			return FINDING_CERTAIN;
		/* At one place, this is more than a name that may be given twice. */
		if (one_place &&
		    (reason == FINDING_SAME_SECTIONS || reason == FINDING_SAME_RECORDS))
			return FINDING_CERTAIN;
		if (one_place && reason == FINDING_SAME_NAME && is_name_only(finding))
			lowest = FINDING_POSSIBLE;
	}
	return lowest;
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
static void weigh_ancestors(const struct snapshot_pair *pair, struct finding *finding)
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
		finding_lower(finding, FINDING_POSSIBLE, FINDING_ANCESTOR_GONE);
}

/* Of a list that is a link, what is below it in the hive is not what was used. */
static bool is_linked(const struct snapshot *snapshot, const struct store *store)
{
	const struct store *same = store ? snapshot_same_store(snapshot, store) : NULL;

	return same && store_is_link(same);
}

void certainty_weigh(const struct snapshot_pair *pair, struct finding *finding)
{
	bool matched =
		finding->kind == FINDING_MOVED || finding->kind == FINDING_RENAMED ||
		finding->kind == FINDING_RECREATED || finding->kind == FINDING_MODIFIED ||
		finding->kind == FINDING_DAMAGED;

	/* Certain from the start; dating may have lowered it already. */
	if (matched && finding->certainty < ground(finding))
		finding->certainty = ground(finding);
	weigh_readers(pair, finding);
	weigh_snapshot(pair->before, false, finding);
	weigh_snapshot(pair->after, true, finding);
	readwhole_weigh(pair, finding);
	weigh_ancestors(pair, finding);
	if (is_linked(pair->before, finding->store) ||
	    is_linked(pair->after, finding->store))
		finding_lower(finding, FINDING_POSSIBLE, FINDING_LIST_IS_LINK);
	if (pair->doubtful)
		finding_lower(finding, FINDING_POSSIBLE, FINDING_PAIR_DOUBTFUL);
	/* Of what may not have happened no moment is told. */
	if (finding->certainty == FINDING_UNRESOLVED) {
		finding->at_ft = 0;
		finding->at_confirmed = false;
	}
}
