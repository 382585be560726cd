/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes two hives doubtful as an earlier and a later state of one subject:
 * whose they are, and which of them is older by its times and numbers.
 */
#include "compare/snapshotpair.h"

#include "snapshot/samesubject.h"

#include <string.h>

/* ---- the keys that both have ---- */

/* Deeper than any path of Windows; what lies below shares the hints of others. */
#define HINTED_DEPTHS 64

/* Walks the later hive's keys beside the earlier one's, as long as paths agree. */
static bool any_pair(const struct snapshot_pair *pair,
		     bool (*is)(const struct snapshot_pair *, const struct key *,
				const struct key *))
{
	const struct key *root = pair->after->keys ? pair->after->keys->root : NULL;
	const struct key *same = pair->before->keys ? pair->before->keys->root : NULL;
	uint32_t depth = 0;		       /* of `same` */
	uint32_t hints[HINTED_DEPTHS] = { 0 }; /* for the children of each depth */

	for (const struct key *key = root; key && same; key = key_next(root, key)) {
		const struct key *at = same;
		/* `same` is the counterpart of the deepest key on the way that has one. */
		while (depth >= key->depth && key->depth > 0) {
			at = at->parent;
			depth--;
		}
		same = at;
		if (key->depth > 0) {
			if (depth + 1 != key->depth ||
			    !(at = samebytes_child(pair->same, key, same,
						   &hints[depth % HINTED_DEPTHS])))
				continue;
			same = at;
			hints[++depth % HINTED_DEPTHS] = 0;
		}
		if (is(pair, same, key))
			return true;
	}
	return false;
}

/* ---- times that run backwards ---- */

/* A key that only got another name keeps its record, its time and its parent. */
static bool was_there(const struct key *parent, const struct key *key)
{
	for (uint32_t i = 0; i < parent->n_children; i++)
		if (parent->children[i].record_off == key->record_off &&
		    parent->children[i].mtime_ft == key->mtime_ft)
			return true;
	return false;
}

/* Time that the key has in the later hive, and must not be older than that. */
static bool is_older(const struct snapshot_pair *pair, const struct key *key,
		     uint64_t than_ft)
{
	return snapshot_time_holds(pair->after, key->mtime_ft) &&
	       snapshot_time_holds(pair->before, than_ft) && key->mtime_ft < than_ft;
}

/* Of two keys of one path, and of the children that only the later one has. */
static bool goes_back(const struct snapshot_pair *pair, const struct key *before,
		      const struct key *after)
{
	const struct key *b = before->children, *end = ARRAY_END(b, before->n_children);

	if (is_older(pair, after, before->mtime_ft))
		return true;
	for (uint32_t i = 0; i < after->n_children; i++) {
		const struct key *a = &after->children[i];
		if (b < end && samebytes_name(pair->same, b, a))
			continue;
		if (end - b > 1 && samebytes_name(pair->same, b + 1, a)) {
			b++;
			continue;
		}
		while (b < end && text_compare(key_name(b), key_name(a)) < 0)
			b++;
		if (b < end && text_equal(key_name(b), key_name(a)))
			continue;
		/* What is made gets the time of its making. */
		if (is_older(pair, a, pair->before->newest_ft) && !was_there(before, a))
			return true;
	}
	return false;
}

static bool runs_backwards(const struct snapshot_pair *pair)
{
	return any_pair(pair, goes_back);
}

/* ---- which is older ---- */

/* Of a dirty hive only the state before the writing that did not end is sure to be read. */
static uint32_t least_number(const struct snapshot *snapshot)
{
	const struct image_base *base = &snapshot->image->base;

	return snapshot_is_dirty(snapshot) ? base->secondary_sequence
					   : base->primary_sequence;
}

/* Where a base block is lost, or its checksum is bad, its number may be none. */
static bool has_number(const struct snapshot *snapshot)
{
	return diag_count_of(snapshot->diags, DIAG_BASE_LOST) == 0 &&
	       diag_count_of(snapshot->diags, DIAG_BASE_CHECKSUM) == 0;
}

/*
 * True if the state that was read is one of a lower number than the other.  Windows
 * counts up with each writing, and each entry of a log has the next number; what is read
 * of a hive whose logs are lost may be older than what the logs of an earlier copy told.
 */
static bool has_lower_number(const struct snapshot *snapshot, const struct snapshot *than)
{
	return has_number(snapshot) && has_number(than) &&
	       (int32_t)(least_number(snapshot) - least_number(than)) < 0;
}

/* True if a key that was not written since stands in another cell. */
static bool is_in_another_cell(const struct snapshot_pair *pair, const struct key *before,
			       const struct key *after)
{
	(void)pair;
	return before->record_off != 0 && after->record_off != 0 &&
	       before->record_off != after->record_off &&
	       before->mtime_ft == after->mtime_ft;
}

/* Saving a hive anew, or reorganising it, begins its numbers again. */
static bool is_saved_anew(const struct snapshot_pair *pair)
{
	return any_pair(pair, is_in_another_cell);
}

static void check_order(struct snapshot_pair *pair)
{
	const struct image_base *b = &pair->before->image->base;
	const struct image_base *a = &pair->after->image->base;
	const char *what = NULL;

	bool is_text =
		snapshot_is_export(pair->before) || snapshot_is_export(pair->after);

	pair->doubtful |= pair->after->order_unknown;
	if (pair->after->order_unknown && is_text)
		diag_at(pair->diags, DIAG_EXPORT_UNDATED, DIAG_NOWHERE,
			"a .reg export holds no time, and no order was given: which of "
			"the two is older is not known; an export is placed before the "
			"hives that it was found with");
	else if (pair->after->order_unknown)
		diag_at(pair->diags, DIAG_ORDER_UNKNOWN, DIAG_NOWHERE,
			"the two hives have the same times and sequence number, and no order "
			"was given: which is older is not known");
	/* Text has neither times nor numbers. */
	if (is_text)
		return;
	if (b->last_written_ft && a->last_written_ft &&
	    a->last_written_ft < b->last_written_ft)
		what = "its header was written earlier";
	else if (pair->after->newest_ft < pair->before->newest_ft)
		what = "its newest key was written earlier";
	else if (has_lower_number(pair->after, pair->before) && !is_saved_anew(pair) &&
		 !otherhive_is_no_later_state(pair->other))
		what = "its sequence number is lower";
	if (!what)
		return;
	pair->doubtful = true;
	diag_at(pair->diags, DIAG_AFTER_OLDER, DIAG_NOWHERE,
		"the hive given as the later one seems older than the other: %s", what);
}

enum status snapshotpair_check(struct snapshot_pair *pair)
{
	const char *difference = samesubject_difference(pair->before, pair->after);

	/* A hive as found, against what its logs make of it, is one file by nature. */
	if (!pair->before->borrowed &&
	    memcmp(pair->before->evidence->sha256.bytes,
		   pair->after->evidence->sha256.bytes, DIGEST_SIZE) == 0)
		diag_at(pair->diags, DIAG_SAME_FILE, DIAG_NOWHERE,
			"both snapshots have the same content, byte for byte");
	if (difference) {
		/* Who knows that a user was given a new id knows more than the hives. */
		bool stated = pair->before->subject.stated_same;
		pair->doubtful = !stated;
		diag_at(pair->diags, DIAG_SUBJECTS_DIFFER, DIAG_NOWHERE,
			stated ? "the two hives seem to belong to different subjects (%s), "
				 "but it was stated that they belong to one"
			       : "the two hives belong to different subjects: %s",
			difference);
	}
	check_order(pair);
	/* Another hive has other times; they are not those of one clock. */
	pair->times_backwards =
		!otherhive_is_another(pair->other) && runs_backwards(pair);
	/* Once: each of many losses is dated by it. */
	if (pair->before->keys)
		pair->newest_before =
			snapshot_newest_key(pair->before, pair->before->keys->root);
	RETURN_IF_FAILED(unlisted_find(pair->before->image, &pair->before->usage,
				       &pair->unlisted_before));
	return unlisted_find(pair->after->image, &pair->after->usage,
			     &pair->unlisted_after);
}

void snapshotpair_clear(struct snapshot_pair *pair)
{
	unlisted_clear(&pair->unlisted_before);
	unlisted_clear(&pair->unlisted_after);
}
