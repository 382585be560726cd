/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rule.  A hive is in use from the time of the oldest key of a profile in it on.  Its
 * own keys are those written since, outside the lists of profiles.
 *
 * SAME: some of them stand in the later hive with their times, of two days or more, for a
 * template's are mostly of one; and one in its cell at least, or a twentieth of all.  Or
 * the freed record of a profile lies in the later hive where the earlier one had it, or a
 * profile with its instance key and most keys stand in their cells.
 * Another: there are LEAST_OWN own keys or more, of DAYS days or more, and none stands in
 * the later hive with its time.  In one hive grown older some of them are never written
 * again.  At least half are not there at all: importing an export of the whole hive, and an
 * upgrade of Windows that makes the user's hive anew, write every key, but leave none out.
 * And LEAST keys of the later hive were written after the earlier one's newest: it is used.
 * Then NEW, if no key of the later hive is of the time in which the earlier one was used,
 * and what is older the earlier one has too, if not newer: that came from the template of
 * both.  BESIDE, if LEAST keys of DAYS days are of that time: a template that Windows
 * renewed in it has them all of one day.  Else ANOTHER.
 * Neither, if the record of a key that the earlier hive wrote since lies in the later one
 * where it stood, deleted or not: its rights were set anew, which writes every key.
 *
 * OLDER_COPY: the newest time that both have is the branch.  No key of the later hive has a
 * time between it and the earlier hive's newest; LEAST keys that the earlier hive wrote in
 * that time stand in the later one with times not after the branch; and the later hive
 * was written after the earlier one.  A clock that was set back, or a subtree that was
 * restored, leaves keys from just before the earlier hive's newest in place; if none of
 * them is there, the record of one that was written after the branch tells it.  A branch
 * before the first profile may be the age of a template that both came from; it counts
 * only if more than half of the own keys are there.
 *
 * Everything else is not known.
 */
#include "compare/origin/otherhive.h"

#include "snapshot/samesubject.h"

#include <string.h>

/* Keys that one rests on: a few may be written by chance, or by whom nobody knows. */
#define LEAST 16
#define LEAST_OWN 32

/* Days that they must be of; so many are told apart. */
#define DAYS 3
#define DAY_FT (UINT64_C(86400) * 10000000)

/* Of the keys older than the first profile, so many may be in the later hive alone. */
#define PAST_SHARE 10

/* Of the earlier hive's own keys, as many in other cells are no sign of another hive. */
#define KEPT_SHARE 20
#define KEPT_DAYS 2

/* Deeper than any path of Windows; what lies below shares the hints of others. */
#define HINTED_DEPTHS 64

/* ---- walking beside each other ---- */

struct days {
	uint64_t items[DAYS];
	unsigned n;
};

struct walk {
	const struct snapshot *before, *after;
	const struct samebytes *same;
	struct otherhive *out;
	bool kept_in_place; /* an own key stands in its cell with its time */
	struct days days;   /* of own keys */
	struct days kept;   /* of those with the same time */
	void (*look)(struct walk *walk, const struct key *was, const struct key *is);
};

static bool is_list(const struct snapshot *snapshot, const struct key *key)
{
	for (size_t i = 0; i < snapshot->stores.n; i++)
		if (snapshot->stores.items[i].key == key)
			return true;
	return false;
}

/* The next key of the hive that is none of a list. */
static const struct key *next_outside(const struct snapshot *snapshot,
				      const struct key *key)
{
	const struct key *root = snapshot->keys->root, *list;

	key = key_next(root, key);
	while (key && is_list(snapshot, key))
		for (list = key; key && (key == list || key->depth > list->depth);)
			key = key_next(root, key);
	return key;
}

/*
 * Looks at each key of the earlier hive but the root and the lists, with the later one's of
 * its path or NULL.
 */
static void walk_beside(struct walk *walk)
{
	const struct key *same = walk->after->keys->root;
	uint32_t depth = 0; /* of `same`, the deepest counterpart on the way */
	uint32_t hints[HINTED_DEPTHS] = { 0 };

	for (const struct key *key = next_outside(walk->before, walk->before->keys->root);
	     key; key = next_outside(walk->before, key)) {
		for (; depth >= key->depth; depth--)
			same = same->parent;
		const struct key *is =
			depth + 1 == key->depth
				? samebytes_child(walk->same, key, same,
						  &hints[depth % HINTED_DEPTHS])
				: NULL;
		if (is) {
			same = is;
			hints[++depth % HINTED_DEPTHS] = 0;
		}
		walk->look(walk, key, is);
	}
}

static void note_day(struct days *days, uint64_t ft)
{
	for (unsigned i = 0; i < days->n; i++)
		if (days->items[i] == ft / DAY_FT)
			return;
	if (days->n < DAYS)
		days->items[days->n++] = ft / DAY_FT;
}

/* ---- the earlier hive's keys ---- */

static bool in_use(const struct walk *walk, uint64_t ft)
{
	return ft >= walk->out->used_ft && ft <= walk->before->newest_ft;
}

static void look_at_own(struct walk *walk, const struct key *was, const struct key *is)
{
	struct otherhive *out = walk->out;
	bool kept = is && is->mtime_ft == was->mtime_ft;

	if (!snapshot_time_holds(walk->before, was->mtime_ft))
		return;
	if (kept && was->mtime_ft > out->branch_ft)
		out->branch_ft = was->mtime_ft;
	if (!in_use(walk, was->mtime_ft))
		return;
	out->n_own++;
	note_day(&walk->days, was->mtime_ft);
	out->n_kept += kept;
	if (kept)
		note_day(&walk->kept, was->mtime_ft);
	out->n_absent += !is;
	walk->kept_in_place |= kept && is->record_off == was->record_off;
}

static void look_at_undone(struct walk *walk, const struct key *was, const struct key *is)
{
	struct otherhive *out = walk->out;

	out->n_undone += is && snapshot_time_holds(walk->before, was->mtime_ft) &&
			 snapshot_time_holds(walk->after, is->mtime_ft) &&
			 was->mtime_ft > out->branch_ft && is->mtime_ft <= out->branch_ft;
}

/* ---- the later hive's keys ---- */

static const struct key *first_outside(const struct snapshot *snapshot)
{
	return next_outside(snapshot, snapshot->keys->root);
}

/* How many of its keys were written after `from`, and not after the earlier's newest. */
static size_t count_between(const struct walk *walk, uint64_t from_ft, struct days *days)
{
	size_t n = 0;

	for (const struct key *key = first_outside(walk->after); key;
	     key = next_outside(walk->after, key)) {
		if (key->mtime_ft <= from_ft || key->mtime_ft > walk->before->newest_ft)
			continue;
		n++;
		note_day(days, key->mtime_ft);
	}
	return n;
}

static void find_since(struct walk *walk)
{
	struct otherhive *out = walk->out;

	for (const struct key *key = first_outside(walk->after); key;
	     key = next_outside(walk->after, key)) {
		if (key->mtime_ft <= walk->before->newest_ft ||
		    !snapshot_time_holds(walk->after, key->mtime_ft))
			continue;
		out->n_since++;
		if (!out->begun || key->mtime_ft < out->begun->mtime_ft)
			out->begun = key;
		if (!out->newest || key->mtime_ft > out->newest->mtime_ft)
			out->newest = key;
	}
}

/* Of a key record: its mark, its flags and when it was written; and where its name is. */
#define RECORD_HEAD 12u
#define RECORD_NAME 76u

/* True if the later hive has the record of that key where it stood, in use or freed. */
static bool lies_there(const struct walk *walk, const struct key *key)
{
	struct span was = span_from(walk->before->image->bytes, key->record_off);
	struct span is = span_from(walk->after->image->bytes, key->record_off);

	return key->record_off > 0 && was.len >= RECORD_HEAD &&
	       span_starts(is, 0, was.ptr, RECORD_HEAD) &&
	       span_starts(is, RECORD_NAME, key->name, key->name_len);
}

/* True of any key, of the lists too, that the earlier hive wrote from `from_ft` on. */
static bool has_record_since(const struct walk *walk, uint64_t from_ft)
{
	const struct key *root = walk->before->keys->root;

	for (const struct key *key = root; key; key = key_next(root, key))
		if (key->mtime_ft >= from_ft &&
		    key->mtime_ft <= walk->before->newest_ft &&
		    snapshot_time_holds(walk->before, key->mtime_ft) &&
		    lies_there(walk, key))
			return true;
	return false;
}

/* Here the walk goes through the later hive. */
static void look_at_past(struct walk *walk, const struct key *is, const struct key *was)
{
	struct otherhive *out = walk->out;

	if (is->mtime_ft >= out->used_ft)
		return;
	out->n_older++;
	out->n_past += !was || was->mtime_ft < is->mtime_ft;
}

static bool has_own_past(const struct walk *walk)
{
	struct walk back = {
		.before = walk->after,
		.after = walk->before,
		.same = walk->same,
		.out = walk->out,
		.look = look_at_past,
	};

	walk_beside(&back);
	return walk->out->n_past * PAST_SHARE > walk->out->n_older;
}

/* ---- profiles ---- */

/* When the earlier hive had a profile; 0: it has none. */
static uint64_t first_profile(const struct snapshot *snapshot)
{
	uint64_t first = 0;

	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct key *top = snapshot->profiles[i].profile.key;
		for (const struct key *key = top; key; key = key_next(top, key))
			if (snapshot_time_holds(snapshot, key->mtime_ft) &&
			    (!first || key->mtime_ft < first))
				first = key->mtime_ft;
	}
	return first;
}

/* One made in another hive may have the same name, and by chance the same cell. */
static bool is_same_profile(const struct snapshot *before, const struct profile *was,
			    const struct profile *found)
{
	if (found->key->record_off == 0 ||
	    found->key->record_off != was->key->record_off ||
	    !text_equal(key_name(found->key), key_name(was->key)))
		return false;
	if (found->has_instance && was->has_instance)
		return memcmp(found->instance, was->instance, PROPERTY_UID_SIZE) == 0;
	return found->key->mtime_ft <= before->newest_ft;
}

/* What lies in a log may be left from the hive that was there before. */
static bool is_in_hive(const struct recovery *recovery, const struct key *key)
{
	const struct recovered_key *found =
		recovered_of(recovery_part_of(recovery, key)->recovered, key);

	for (size_t i = 0; i < found->n_places; i++)
		if (found->places[i].log == SIZE_MAX)
			return true;
	return false;
}

/* True if the record of a deleted profile lies where the earlier hive had one. */
static bool has_freed_record(const struct snapshot *before,
			     const struct recovery *recovery)
{
	for (size_t i = 0; recovery && i < recovery->n_profiles; i++)
		for (size_t k = 0; k < before->n_profiles; k++)
			if (is_same_profile(before, &before->profiles[k].profile,
					    &recovery->profiles[i].profile) &&
			    is_in_hive(recovery, recovery->profiles[i].profile.key))
				return true;
	return false;
}

/* ---- the rule ---- */

/* Nothing is concluded from what text or half a hive does not have, nor of two subjects. */
static bool can_tell(const struct snapshot *before, const struct snapshot *after)
{
	return before->keys && after->keys && !snapshot_is_export(before) &&
	       !snapshot_is_export(after) && snapshot_is_complete(before) &&
	       snapshot_is_complete(after) && !after->order_unknown &&
	       !subject_difference(&before->subject, &after->subject);
}

static bool is_same(const struct walk *walk)
{
	const struct otherhive *out = walk->out;

	return walk->kept.n >= KEPT_DAYS &&
	       (walk->kept_in_place || out->n_kept * KEPT_SHARE >= out->n_own);
}

static bool is_mostly_absent(const struct otherhive *out)
{
	return out->n_absent >= out->n_own - out->n_own / 2;
}

static bool is_older_copy(struct walk *walk)
{
	struct otherhive *out = walk->out;
	struct days ignored = { 0 };

	if (!out->branch_ft || out->n_since == 0 ||
	    (out->branch_ft < out->used_ft && is_mostly_absent(out)) ||
	    count_between(walk, out->branch_ft, &ignored) > 0)
		return false;
	walk->look = look_at_undone;
	walk_beside(walk);
	return out->n_undone >= LEAST;
}

/* Which other one it is. */
static enum otherhive_kind past_of(const struct walk *walk)
{
	const struct otherhive *out = walk->out;

	if (out->n_between == 0)
		return has_own_past(walk) ? OTHERHIVE_ANOTHER : OTHERHIVE_NEW;
	return out->n_between >= LEAST && out->between_days >= DAYS ? OTHERHIVE_BESIDE
								    : OTHERHIVE_ANOTHER;
}

static enum otherhive_kind decide(struct walk *walk, const struct recovery *recovery)
{
	const struct otherhive *out = walk->out;

	if (is_older_copy(walk))
		return has_record_since(walk, out->branch_ft + 1) ? OTHERHIVE_UNKNOWN
								  : OTHERHIVE_OLDER_COPY;
	if (has_freed_record(walk->before, recovery) ||
	    samesubject_is_one_hive(walk->before, walk->after))
		return OTHERHIVE_SAME;
	if (out->n_kept > 0)
		return is_same(walk) ? OTHERHIVE_SAME : OTHERHIVE_UNKNOWN;
	if (out->n_own < LEAST_OWN || out->own_days < DAYS || out->n_since < LEAST ||
	    !is_mostly_absent(out) || has_record_since(walk, out->used_ft))
		return OTHERHIVE_UNKNOWN;
	return past_of(walk);
}

void otherhive_find(const struct snapshot *before, const struct snapshot *after,
		    const struct samebytes *same, const struct recovery *recovery,
		    struct otherhive *out)
{
	struct walk walk = {
		.before = before,
		.after = after,
		.same = same,
		.out = out,
		.look = look_at_own,
	};

	*out = (struct otherhive){ .kind = OTHERHIVE_UNKNOWN };
	if (!can_tell(before, after))
		return;
	out->used_ft = first_profile(before);
	if (!out->used_ft)
		return;
	walk_beside(&walk);
	out->own_days = walk.days.n;
	struct days between = { 0 };
	out->n_between = count_between(&walk, out->used_ft - 1, &between);
	out->between_days = between.n;
	find_since(&walk);
	out->kind = decide(&walk, recovery);
}

bool otherhive_explains(const struct otherhive *other, const struct key *profile)
{
	if (other->kind != OTHERHIVE_OLDER_COPY)
		return otherhive_is_another(other);
	for (const struct key *key = profile; key; key = key_next(profile, key))
		if (key->mtime_ft <= other->branch_ft)
			return false;
	return true;
}

const char *otherhive_word(enum otherhive_kind kind)
{
	static const char *const words[] = {
		[OTHERHIVE_UNKNOWN] = "unknown", [OTHERHIVE_SAME] = "same",
		[OTHERHIVE_NEW] = "new",	 [OTHERHIVE_BESIDE] = "beside",
		[OTHERHIVE_ANOTHER] = "another", [OTHERHIVE_OLDER_COPY] = "older_copy",
	};

	return words[kind];
}
