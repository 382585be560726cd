/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between two snapshots a profile can go, and another of its name be made in the same
 * cells and go as well; the key records of both look alike.  What tells them apart is
 * below: sections named at random, and the instance key.  Remnants of two generations
 * under one record are no proof of either.  A copy has all of that, but for its place.
 *
 * Where the own record is freed and empty while a namesake stands in another cell, the
 * profile was deleted and that one made since; a renaming leaves a record that still tells
 * of subkeys.
 *
 * A profile is renamed or moved by copying it and deleting the original at once.  If a
 * section of the original, live or freed, was written after that of the copy, both were
 * there side by side, and nothing was renamed.
 *
 * One remnant can be like several profiles that are gone.  It serves one of them: that
 * whose own record it is, else the one that it is most like.  If more than one claims it
 * with equal right none gets it, and what is left of them is told as lost.
 */
#include "compare/ownrecord.h"

#include "mapi/section.h"
#include "regf/log/replay.h"
#include "regf/log/txlog.h"
#include "regf/record.h"

#include <stdlib.h>

/* True if the byte of a log stands in an entry that was applied, none left from before. */
static bool is_applied(const struct snapshot *after, size_t log, uint32_t offset)
{
	size_t n = 0;
	const struct replay_log *logs =
		after->replay ? replay_logs(after->replay, &n) : NULL;

	if (log >= n || logs[log].outcome != REPLAY_APPLIED || !logs[log].log ||
	    logs[log].n_applied > logs[log].log->n_entries)
		return false;
	/* The hive may have had the first ones already. */
	size_t n_entries = logs[log].log->n_entries;
	for (size_t i = n_entries - logs[log].n_applied; i < n_entries; i++) {
		const struct txlog_entry *entry = &logs[log].log->entries[i];
		if (offset >= entry->offset && offset - entry->offset < entry->size)
			return true;
	}
	return false;
}

static const struct recovered_key *info_of(const struct recovery *recovery,
					   const struct key *key)
{
	return recovered_of(recovery_part_of(recovery, key)->recovered, key);
}

/*
 * The place where a recovered key was read: in the hive, or in the state that an applied
 * entry of a log made; NULL else.
 */
static const struct recovered_place *place_of(const struct snapshot *after,
					      const struct recovery *recovery,
					      const struct key *key)
{
	if (!(key->flags & KEY_FLAG_RECOVERED))
		return NULL;
	const struct recovered_key *info = info_of(recovery, key);
	if (info->n_places == 0)
		return NULL;
	const struct recovered_place *place = &info->places[0];
	return place->origin != RECOVERED_LOG ||
			       is_applied(after, place->log, place->offset)
		       ? place
		       : NULL;
}

/* How many subkeys its record tells of, wherever that stands. */
static bool recorded_subkeys(const struct snapshot *after, const struct key *key,
			     const struct recovered_place *place, uint32_t *count)
{
	if (place->origin != RECOVERED_LOG)
		return record_subkey_count(after->image, key->record_off, count);
	struct image log = { .bytes = after->logs[place->log]->bytes };
	return record_subkey_count(&log, place->offset, count);
}

bool ownrecord_is_freed(const struct snapshot *after, const struct recovery *recovery,
			const struct key *key)
{
	const struct recovered_place *place = place_of(after, recovery, key);
	uint32_t count = 0;

	/* Of a state on the way nothing tells that the cell is free, but for its being empty. */
	if (!place || (place->origin != RECOVERED_FREE &&
		       (place->origin != RECOVERED_LOG ||
			!recorded_subkeys(after, key, place, &count) || count > 0)))
		return false;
	return info_of(recovery, key)->certainty <= RECOVERED_PROBABLE;
}

struct children {
	size_t n_same;	/* stand where the earlier one's did */
	bool shared;	/* one of them is named at random */
	bool elsewhere; /* one of the earlier one's names stands in another cell */
	bool strange;	/* one named at random that the earlier one has not */
};

/* The cell of a live key of the earlier hive; recovered ones tell theirs. */
static uint32_t cell_of(const struct snapshot *before, const struct key *key)
{
	return key->record_off - IMAGE_BASE_SIZE - before->image->cell_header;
}

static struct children look_at_children(const struct snapshot_pair *pair,
					const struct key *before, const struct key *found)
{
	struct children seen = { 0 };

	for (uint32_t i = 0; i < found->n_children; i++) {
		const struct key *child = &found->children[i];
		const struct key *was = key_child(before, key_name(child));
		if (!place_of(pair->after, pair->recovery, child))
			continue;
		if (!was) {
			seen.strange |= section_is_own(child);
			continue;
		}
		bool same =
			cell_of(pair->before, was) == info_of(pair->recovery, child)->rel;
		seen.n_same += same;
		seen.shared |= section_is_own(child);
		seen.elsewhere |= !same;
	}
	return seen;
}

/* True if its own record says that it had the name, in the list. */
static bool is_in_place(const struct recovered_profile *found, const struct store *store,
			const struct profile *before)
{
	return !found->torn && found->name_from == RECOVERY_NAME_RECORD && found->store &&
	       store_is_same(found->store, store) &&
	       text_equal(found->name, key_name(before->key));
}

bool ownrecord_is(const struct snapshot_pair *pair, const struct store *store,
		  const struct profile *before, const struct recovered_profile *found)
{
	const struct profile *now = &found->profile;
	struct children seen = look_at_children(pair, before->key, now->key);
	bool same_cell = found->rel == cell_of(pair->before, before->key);
	bool same_instance = false;

	if (profile_is_other_instance(before, now))
		return false;
	same_instance = before->has_instance && now->has_instance;
	/* A section more may have been made since; then all the old ones must stand there. */
	if (seen.strange && seen.n_same < before->key->n_children)
		return false;
	/* Sections of a copy have the same names, in other cells. */
	if (!is_in_place(found, store, before))
		return found->torn && seen.shared && !seen.elsewhere;
	if (same_cell)
		return !seen.elsewhere && (seen.shared || same_instance ||
					   seen.n_same == before->key->n_children);
	return seen.shared || same_instance;
}

bool ownrecord_was_replaced(const struct snapshot_pair *pair, const struct store *store,
			    const struct profile *before, const struct profile *after)
{
	const struct profileindex_row *rows;
	size_t n = 0;

	if (!pair->recovery || after->key->record_off == before->key->record_off)
		return false;
	rows = profileindex_find(&pair->recovery->names, key_name(before->key), &n);
	for (size_t i = 0; i < n; i++) {
		const struct recovered_profile *found =
			&pair->recovery->profiles[rows[i].profile];
		const struct key *key = recovery_own_record(found);
		if (found->rel == cell_of(pair->before, before->key) && !found->torn &&
		    info_of(pair->recovery, key)->is_empty &&
		    ownrecord_is(pair, store, before, found) &&
		    ownrecord_is_freed(pair->after, pair->recovery, key))
			return true;
	}
	return false;
}

/* A section without keys below it: no deletion there stamped it. */
static bool was_written_later(const struct snapshot_pair *pair,
			      const struct key *original, const struct key *copy)
{
	for (uint32_t i = 0; i < original->n_children; i++) {
		const struct key *section = &original->children[i];
		const struct key *other = key_child(copy, key_name(section));
		bool recovered = section->flags & KEY_FLAG_RECOVERED;
		if (!other || section->n_children > 0 || other->n_children > 0 ||
		    section->mtime_ft <= other->mtime_ft)
			continue;
		if (!recovered ||
		    ownrecord_is_freed(pair->after, pair->recovery, section))
			return true;
	}
	return false;
}

bool ownrecord_was_written(const struct snapshot_pair *pair, const struct store *store,
			   const struct profile *before, const struct profile *after)
{
	const struct profileindex_row *rows;
	size_t n = 0;

	if (was_written_later(pair, before->key, after->key))
		return true;
	if (!pair->recovery)
		return false;
	rows = profileindex_find(&pair->recovery->names, key_name(before->key), &n);
	for (size_t i = 0; i < n; i++) {
		const struct recovered_profile *found =
			&pair->recovery->profiles[rows[i].profile];
		if (ownrecord_is(pair, store, before, found) &&
		    was_written_later(pair, found->profile.key, after->key))
			return true;
	}
	return false;
}

bool ownrecord_was_cut_off(const struct snapshot *after, const struct recovery *recovery,
			   const struct recovered_profile *found)
{
	const struct key *key = recovery_own_record(found);
	const struct recovered_place *place = place_of(after, recovery, key);
	uint32_t count = 0;

	/* On the way it may have been there still. */
	return !found->torn && place && place->origin != RECOVERED_LOG &&
	       recorded_subkeys(after, key, place, &count) && count > 0;
}

/* ---- which loss it serves ---- */

/* Who has the best claim to a recovered profile. */
struct claim {
	const struct finding *best; /* NULL: nobody */
	bool tied;		    /* others have as good a one */
};

/* Its own record weighs more than all that is alike. */
static int compare_claims(const struct snapshot_pair *pair, const struct finding *a,
			  const struct finding *b)
{
	const struct recovered_profile *found = a->recovered.profile;
	bool own_a = ownrecord_is(pair, a->store, &a->before->profile, found);
	bool own_b = ownrecord_is(pair, b->store, &b->before->profile, found);

	if (own_a != own_b)
		return own_a - own_b;
	return (a->recovered.likeness > b->recovered.likeness) -
	       (a->recovered.likeness < b->recovered.likeness);
}

static void put_in(const struct snapshot_pair *pair, struct claim *claim,
		   const struct finding *finding)
{
	int order = claim->best ? compare_claims(pair, finding, claim->best) : 1;

	claim->tied = order == 0 || (claim->tied && order < 0);
	if (order > 0)
		claim->best = finding;
}

static void find_share(const struct recovery *recovery, struct finding *finding)
{
	recoveredshare_find(recovery, finding->store, &finding->before->profile,
			    &finding->recovered);
}

enum status ownrecord_assign(const struct snapshot_pair *pair, struct finding *findings,
			     size_t n)
{
	const struct recovery *recovery = pair->recovery;
	struct claim *claims =
		calloc((recovery ? recovery->n_profiles : 0) + 1, sizeof(*claims));

	if (!claims)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct finding *finding = &findings[i];
		if (!finding_is_loss(finding))
			continue;
		find_share(recovery, finding);
		if (finding->recovered.profile)
			put_in(pair,
			       &claims[finding->recovered.profile - recovery->profiles],
			       finding);
	}
	for (size_t i = 0; i < n; i++) {
		struct finding *finding = &findings[i];
		if (!finding_is_loss(finding) || !finding->recovered.profile)
			continue;
		const struct claim *claim =
			&claims[finding->recovered.profile - recovery->profiles];
		if (claim->tied || claim->best != finding)
			find_share(NULL, finding);
	}
	free(claims);
	return STATUS_OK;
}
