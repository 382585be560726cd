/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovered profiles held against earlier ones, name by name. */
#include "case/remains.h"

#include "mapi/shape.h"

const char *remains_word(enum remains_completeness completeness)
{
	switch (completeness) {
	case REMAINS_NONE:
		return "none";
	case REMAINS_PARTIAL:
		return "partial";
	case REMAINS_WHOLE:
		return "whole";
	}
	return "?";
}

enum remains_completeness remains_completeness(const struct remains *remains)
{
	if (remains->n_keys == 0 && remains->n_values == 0)
		return REMAINS_NONE;
	return remains->n_keys_lost || remains->n_values_lost || remains->n_data_lost ||
			       remains->n_heads_lost
		       ? REMAINS_PARTIAL
		       : REMAINS_WHOLE;
}

/* ---- which recovered profile it is ---- */

/* How much speaks for it; 0: nothing. */
static size_t likeness(const struct recovered_profile *found, const struct store *store,
		       const struct profile *before)
{
	const struct key *key = found->profile.key;
	size_t shared = shape_shared_sections(before->key, key);
	bool same_place =
		key->record_off > 0 && key->record_off == before->key->record_off;
	bool same_name = text_equal(found->name, key_name(before->key)) && found->store &&
			 store_is_same(found->store, store);

	/* One of an earlier deletion may have had the same name. */
	if (found->since == REMNANT_SINCE_EARLIER && !shared)
		return 0;
	return same_name || shared ? 1 + shared + same_name + 2 * (size_t)same_place : 0;
}

static const struct recovered_profile *best_of(const struct recovery *recovery,
					       const struct store *store,
					       const struct profile *before)
{
	const struct recovered_profile *best = NULL;
	size_t most = 0;

	for (size_t i = 0; recovery && i < recovery->n_profiles; i++) {
		size_t likes = likeness(&recovery->profiles[i], store, before);
		if (likes > most) {
			most = likes;
			best = &recovery->profiles[i];
		}
	}
	return best;
}

/* ---- key by key ---- */

/* The child of that name; of several the one that stood where the earlier one did. */
static const struct key *counterpart(const struct key *above, const struct key *before)
{
	const struct key *found = key_child(above, key_name(before)), *best = found;
	const struct key *end = above->children + above->n_children;

	for (const struct key *key = found; key && key < end; key++) {
		if (!text_equal(key_name(key), key_name(before)))
			break;
		if (key->record_off == before->record_off)
			return key;
		if (remnant_is_stand_in(best))
			best = key;
	}
	return best;
}

static void measure_value(const struct remnants *remnants, const struct key *key,
			  const struct value *before, struct remains *out)
{
	const struct value *found = key ? key_value(key, value_name(before)) : NULL;

	if (!found) {
		out->n_values_lost++;
		return;
	}
	const struct remnant_value *info = remnant_of_value(remnants, key, found);
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

static void measure_key(const struct remnants *remnants, const struct key *before,
			const struct key *found, struct remains *out)
{
	if (found && (found->flags & KEY_FLAG_RECOVERED))
		out->n_keys++;
	else
		out->n_keys_lost++;
	for (uint32_t i = 0; i < before->n_values; i++)
		measure_value(remnants, found, &before->values[i], out);
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

void remains_find(const struct recovery *recovery, const struct store *store,
		  const struct profile *before, struct remains *out)
{
	const struct remnants *remnants = NULL;
	const struct key *top = NULL;

	*out = (struct remains){ .profile = best_of(recovery, store, before) };
	if (out->profile) {
		top = out->profile->profile.key;
		remnants = recovery_part_of(recovery, top)->remnants;
	}
	for (const struct key *key = before->key; key; key = key_next(before->key, key))
		measure_key(remnants, key, top ? find_below(top, before->key, key) : NULL,
			    out);
}
