/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recovered profiles held against earlier ones, name by name.  Two instance keys are two
 * profiles; in one cell the key may have been written since, but then nothing is whole.
 */
#include "compare/recoveredshare.h"

#include "mapi/recognize.h"

const char *recoveredshare_word(enum recovered_share_completeness completeness)
{
	switch (completeness) {
	case RECOVERED_SHARE_NONE:
		return "none";
	case RECOVERED_SHARE_PARTIAL:
		return "partial";
	case RECOVERED_SHARE_WHOLE:
		return "whole";
	}
	return "?";
}

enum recovered_share_completeness recoveredshare_completeness(
	const struct recovered_share *share)
{
	if (share->n_keys == 0 && share->n_values == 0)
		return RECOVERED_SHARE_NONE;
	return share->n_keys_lost || share->n_values_lost || share->n_data_lost ||
			       share->n_heads_lost || share->disputed
		       ? RECOVERED_SHARE_PARTIAL
		       : RECOVERED_SHARE_WHOLE;
}

/* ---- which recovered profile it is ---- */

/* How much speaks for it; 0: nothing. */
static size_t likeness(const struct recovered_profile *found, const struct store *store,
		       const struct profile *before)
{
	const struct key *key = found->profile.key;
	size_t shared = recognize_shared_sections(before->key, key);
	bool same_place =
		key->record_off > 0 && key->record_off == before->key->record_off;
	bool same_name = text_equal(found->name, key_name(before->key)) && found->store &&
			 store_is_same(found->store, store);

	if (!same_place && profile_is_other_instance(before, &found->profile))
		return 0;
	/* One of an earlier deletion may have had the same name. */
	if (found->since == RECOVERED_SINCE_EARLIER && !shared)
		return 0;
	return same_name || shared ? 1 + shared + same_name + 2 * (size_t)same_place : 0;
}

struct choice {
	size_t profile; /* number of the best so far */
	size_t likes;	/* 0: there is none */
};

/* Of two that are alike the first counts. */
static void consider(const struct recovery *recovery, const struct store *store,
		     const struct profile *before, struct choice *best,
		     const struct profileindex_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t number = rows[i].profile;
		size_t likes = likeness(&recovery->profiles[number], store, before);
		if (likes > best->likes ||
		    (likes > 0 && likes == best->likes && number < best->profile))
			*best = (struct choice){ number, likes };
	}
}

/* Whatever is like it shares its name or a section with it. */
static const struct recovered_profile *best_of(const struct recovery *recovery,
					       const struct store *store,
					       const struct profile *before,
					       size_t *likes)
{
	struct choice best = { 0 };
	const struct profileindex_row *rows;
	size_t n;

	if (!recovery)
		return NULL;
	rows = profileindex_find(&recovery->names, key_name(before->key), &n);
	consider(recovery, store, before, &best, rows, n);
	for (uint32_t i = 0; i < before->key->n_children; i++) {
		rows = profileindex_find(&recovery->sections,
					 key_name(&before->key->children[i]), &n);
		consider(recovery, store, before, &best, rows, n);
	}
	*likes = best.likes;
	return best.likes > 0 ? &recovery->profiles[best.profile] : NULL;
}

/* ---- key by key ---- */

/* The child of that name; of several the one that stood where the earlier one did. */
static const struct key *counterpart(const struct key *above, const struct key *before)
{
	const struct key *found = key_child(above, key_name(before)), *best = found;
	const struct key *end = ARRAY_END(above->children, above->n_children);

	for (const struct key *key = found; key && key < end; key++) {
		if (!text_equal(key_name(key), key_name(before)))
			break;
		if (key->record_off == before->record_off)
			return key;
		if (recovered_is_placeholder(best))
			best = key;
	}
	return best;
}

static void measure_value(const struct recovered_keys *recovered, const struct key *key,
			  const struct value *before, struct recovered_share *out)
{
	const struct value *found = key ? key_value(key, value_name(before)) : NULL;

	if (!found) {
		out->n_values_lost++;
		return;
	}
	const struct recovered_value *info = recovered_of_value(recovered, key, found);
	size_t skip = info->n_head_lost;
	out->n_values++;
	if (found->type != before->type || found->declared_len != before->declared_len ||
	    !span_equal(span_from(value_data(found), skip),
			span_from(span_clip(value_data(before), found->data_len), skip)))
		out->n_data_changed++;
	else if (found->data_len < before->data_len)
		out->n_data_lost++;
	else if (skip > 0)
		out->n_heads_lost++;
}

static void measure_key(const struct recovered_keys *recovered, const struct key *before,
			const struct key *found, struct recovered_share *out)
{
	if (found && (found->flags & KEY_FLAG_RECOVERED))
		out->n_keys++;
	else
		out->n_keys_lost++;
	for (uint32_t i = 0; i < before->n_values; i++)
		measure_value(recovered, found, &before->values[i], out);
}

/* Where a key of the earlier profile is among the recovered ones, or NULL. */
static const struct key *find_below(const struct key *top, const struct key *before_top,
				    const struct key *before)
{
	if (before == before_top)
		return top;
	const struct key *above = find_below(top, before_top, before->parent);
	return above ? counterpart(above, before) : NULL;
}

void recoveredshare_find(const struct recovery *recovery, const struct store *store,
			 const struct profile *before, struct recovered_share *out)
{
	const struct recovered_keys *recovered = NULL;
	const struct key *top = NULL;

	*out = (struct recovered_share){ 0 };
	out->profile = best_of(recovery, store, before, &out->likeness);
	if (out->profile) {
		out->disputed = profile_is_other_instance(before, &out->profile->profile);
		top = out->profile->profile.key;
		recovered = recovery_part_of(recovery, top)->recovered;
	}
	for (const struct key *key = before->key; key; key = key_next(before->key, key))
		measure_key(recovered, key,
			    top ? find_below(top, before->key, key) : NULL, out);
}
