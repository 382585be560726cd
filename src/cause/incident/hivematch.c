/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Windows leaves keys and values in their cells as long as they live.  `reg save` and a
 * reorganisation write all anew, with their times and in other cells.  So keys of equal
 * path and time, and their values, tell by their cells which of it happened; a single key
 * in another cell tells something of itself only where the others stand where they stood.
 * In a small hive the first ones may do so by chance; but one that was saved anew has no
 * room left between its cells, so that it is shorter, and its sequence numbers begin again.
 */
#include "cause/incident/hivematch.h"

/* Keys and values in place that are wanted before one elsewhere means anything. */
#define LEAST_IN_PLACE 8

/* Deeper than any path of Windows; what lies below is left out. */
#define MAX_DEPTH 64

static void count_place(uint32_t was, uint32_t is, struct hivematch *out)
{
	if (!was || !is)
		return;
	out->n_in_place += was == is;
	out->n_elsewhere += was != is;
}

/* The key and its values, if it was not written since. */
static void count(const struct samebytes *bytes, const struct key *was,
		  const struct key *is, struct hivematch *out)
{
	uint32_t hint = 0;

	if (!was->mtime_ft || was->mtime_ft != is->mtime_ft)
		return;
	count_place(was->record_off, is->record_off, out);
	if (was->record_off == is->record_off && was->mtime_ft > out->newest_ft)
		out->newest_ft = was->mtime_ft;
	for (uint32_t i = 0; i < was->n_values; i++) {
		const struct value *value = &was->values[i];
		const struct value *same = samebytes_value(bytes, value, is, &hint);
		if (same)
			count_place(value->record_off, same->record_off, out);
	}
}

/* A walk through both trees at once; at each depth the next child to look at. */
static void walk(const struct samebytes *bytes, const struct key *was,
		 const struct key *is, struct hivematch *out)
{
	const struct key *old[MAX_DEPTH] = { was }, *new[MAX_DEPTH] = { is };
	uint32_t next[MAX_DEPTH] = { 0 }, hints[MAX_DEPTH] = { 0 };
	size_t depth = 0;

	for (;;) {
		if (next[depth] < old[depth]->n_children) {
			const struct key *child = &old[depth]->children[next[depth]++];
			const struct key *same =
				samebytes_child(bytes, child, new[depth], &hints[depth]);
			if (!same)
				continue;
			count(bytes, child, same, out);
			if (depth + 1 == MAX_DEPTH)
				continue;
			depth++;
			old[depth] = child;
			new[depth] = same;
			next[depth] = hints[depth] = 0;
		} else if (depth-- == 0) {
			return;
		}
	}
}

void hivematch_find(const struct snapshot *before, const struct snapshot *after,
		    const struct samebytes *same, struct hivematch *out)
{
	*out = (struct hivematch){ 0 };
	if (!before || !after || !before->keys || !after->keys)
		return;
	out->begun_anew = (int32_t)(after->found.primary_sequence -
				    before->found.primary_sequence) < 0 ||
			  after->found.data_size < before->found.data_size;
	/* The root has the same cell in every hive. */
	walk(same, before->keys->root, after->keys->root, out);
	for (size_t i = 0; i < before->n_profiles; i++) {
		uint64_t ft = before->profiles[i].profile.newest_ft;
		if (ft && (!out->profile_ft || ft < out->profile_ft))
			out->profile_ft = ft;
	}
}

bool hivematch_is_in_place(const struct hivematch *match)
{
	return match->n_elsewhere == 0 && !match->begun_anew &&
	       match->n_in_place >= LEAST_IN_PLACE;
}

bool hivematch_is_one_hive(const struct hivematch *match)
{
	return match->profile_ft && match->newest_ft >= match->profile_ft;
}
