/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recovered values and their data, held against what was deleted.  Some errors
 * no reader can avoid: where a list, record or data cell was used again for
 * the same purpose and freed again, and all traces of its second owner are
 * gone, the bytes tell a consistent story that is not true.  Those are counted
 * as undecided; whatever the bytes themselves contradict is a fault.
 */
#include "help/unit.h"

#include "whole/score.h"

#include "regf/recover/recovered.h"

#include <string.h>

/* ---- data ---- */

/* Another value, found with a later key, has the same data cell with other bytes. */
static bool data_is_claimed(const struct score_run *run, const struct score_value *value)
{
	for (size_t i = 0; i < run->truth->values.n; i++) {
		const struct score_value *other = &run->truth->values.items[i];

		if (other != value && value->key != SCORE_NONE && other->n_parts &&
		    other->sound && other->data_intact && other->slot_intact &&
		    other->parts[0].offset == value->parts[0].offset)
			return true;
	}
	return false;
}

/* What the bytes say against data that are not those of the value. */
static const char *data_denial(const struct score_run *run,
			       const struct score_value *value,
			       const struct recovered_value *info)
{
	const char *why = NULL;

	if (value->in_record || value->data_intact)
		return "the true ones are there, maybe without their head";
	if (info->inferred & RECOVERED_INFERRED_DATA)
		return "they are inferred";
	if (data_is_claimed(run, value))
		return "they are those of a value of a later key";
	for (size_t i = 0; i < value->n_parts && !why; i++)
		why = score_oracle_denial(&run->oracle, run->truth,
					  score_rel_at(value->parts[i].offset),
					  value->parts[i].len);
	return why;
}

static void wrong_data(struct score_run *run, const struct score_value *value,
		       const struct value *found, const struct recovered_value *info)
{
	struct score_row *row = &run->tally->rows[SCORE_BYTES];
	const char *why = data_denial(run, value, info);

	*(why ? &row->wrong : &row->undecided) += found->data_len - info->n_head_lost;
	if (why)
		score_fault(run->tally,
			    "data of the value at 0x%x in cell 0x%x: %u of %u bytes are "
			    "given, the first %u as lost, but they were others: %s",
			    value->rel,
			    value->n_parts ? score_rel_at(value->parts[0].offset) : 0,
			    found->data_len, value->len, info->n_head_lost, why);
}

static void check_data(struct score_run *run, struct score_value *value,
		       const struct value *found, const struct recovered_value *info)
{
	uint32_t len = found->data_len, head = info->n_head_lost;

	if (info->data_lost || len <= head)
		return;
	if (len > value->len ||
	    memcmp(found->data + head, value->data + head, len - head)) {
		wrong_data(run, value, found, info);
		return;
	}
	if (len - head > value->bytes_known)
		value->bytes_known = len - head;
}

/* ---- values ---- */

/* True if one is the beginning of the other: the end of a name was inferred. */
static bool is_near(struct score_text name, struct text found)
{
	size_t n = text_length(found);

	for (size_t i = 0; i < n && i < name.n; i++)
		if (text_unit(found, i) != name.units[i])
			return false;
	return true;
}

static bool is_named(struct score_run *run, const struct score_value *value,
		     const struct value *found, const struct recovered_value *info)
{
	bool inferred = info->inferred & RECOVERED_INFERRED_NAME_LENGTH;
	bool same = score_same(value->name, value_name(found));

	if (found->type != value->type ||
	    !(same || (inferred && is_near(value->name, value_name(found)))))
		return false;
	if (!inferred)
		return true;
	struct score_inferred *names = score_is_mapi(value->name)
					       ? &run->tally->mapi_names
					       : &run->tally->other_names;
	names->n++;
	names->wrong += !same;
	if (!same && score_is_mapi(value->name))
		score_fault(run->tally, "the name of the property at 0x%x is wrong",
			    value->rel);
	return true;
}

static uint32_t rel_of(const struct value *found)
{
	return score_rel_at(found->record_off);
}

static bool is_it(const struct score_value *value, const struct value *found, bool near)
{
	return value->type == found->type &&
	       (near ? is_near(value->name, value_name(found))
		     : score_same(value->name, value_name(found)));
}

/*
 * The value that stood at that place with that name and type: of several the one whose
 * bytes are there, else the last.  `owner`: of that key, or BUILDER_NO_KEY.
 */
static struct score_value *value_at(const struct score_run *run,
				    const struct value *found,
				    const struct recovered_value *info, uint32_t owner)
{
	struct score_value *best = NULL, *value;
	uint32_t rel = rel_of(found);

	for (int near = 0;
	     near <= !!(info->inferred & RECOVERED_INFERRED_NAME_LENGTH) && !best; near++)
		for (size_t i = 0; (value = score_truth_value(run->truth, rel, i)); i++)
			if (is_it(value, found, near) &&
			    (owner == BUILDER_NO_KEY || value->owner_rel == owner) &&
			    !(best && best->intact))
				best = value;
	return best;
}

/* What the bytes say against a value at a key that never had it. */
static const char *denial(const struct score_run *run, const struct score_key *key,
			  const struct value *found, const struct recovered_value *info)
{
	const struct score_value *value;
	const char *why = score_oracle_denial(
		&run->oracle, run->truth, score_rel_at(key->list.offset), key->list.len);

	if (why)
		return why;
	/* An inference is no reading of the bytes, and without reuse these are true. */
	if (info->inferred & RECOVERED_INFERRED_FIRST_VALUE)
		return "it was inferred to be its first";
	if (run->tally->strict)
		return "nothing was used again";
	if (2 * text_length(value_name(found)) > key->max_name)
		return "the name is longer than the key's longest";
	if (found->declared_len > key->max_data)
		return "the data are longer than the key's longest";
	for (size_t i = 0; (value = score_truth_value(run->truth, rel_of(found), i)); i++)
		if (value->sound && value->slot_intact)
			return "another key's list names the value";
	return NULL;
}

static void score_attached(struct score_run *run, const struct score_key *key,
			   const struct value *found, const struct recovered_value *info)
{
	struct score_row *row = &run->tally->rows[SCORE_VALUES];
	bool first = info->inferred & RECOVERED_INFERRED_FIRST_VALUE;

	run->tally->first_values.n += first;
	for (size_t i = 0; i < key->n_values; i++) {
		struct score_value *value =
			&run->truth->values.items[key->first_value + i];

		if (value->rel != rel_of(found) || !is_named(run, value, found, info))
			continue;
		if (value->attached++)
			score_fault(run->tally,
				    "the value at 0x%x of the key at 0x%x is "
				    "there twice",
				    value->rel, key->rel);
		check_data(run, value, found, info);
		return;
	}
	run->tally->first_values.wrong += first;
	const char *why = denial(run, key, found, info);
	if (!why) {
		row->undecided++;
		return;
	}
	row->wrong++;
	score_fault(run->tally,
		    "the key at 0x%x never had the value at 0x%x (inferred: 0x%x): %s",
		    key->rel, rel_of(found), info->inferred, why);
}

/* What the bytes say against a value at a live key that never had it. */
static const char *tail_denial(const struct score_run *run, uint32_t owner,
			       const struct score_value *value, const struct value *found)
{
	const uint8_t *nk = run->oracle.bytes + score_data_at(owner);

	if (!value)
		return "no such value was ever there";
	if (value->sound && value->slot_intact)
		return "another key's list names the value";
	if (2 * text_length(value_name(found)) > score_get(nk, NK_MAX_VALUE_NAME, 4))
		return "the name is longer than the key's longest";
	if (found->declared_len > score_get(nk, NK_MAX_VALUE_DATA, 4))
		return "the data are longer than the key's longest";
	return NULL;
}

/* A value behind the list of a live key: it was deleted alone. */
static void score_tail(struct score_run *run, const struct key *key,
		       const struct value *found, const struct recovered_value *info)
{
	struct score_row *row = &run->tally->rows[SCORE_LONE];
	uint32_t owner = recovered_of(run->recovered, key)->rel;
	struct score_value *value = value_at(run, found, info, owner);

	if (value && score_has_path(key, NULL, value->path, false) &&
	    is_named(run, value, found, info)) {
		value->lone++;
		check_data(run, value, found, info);
		return;
	}
	/* The list's cell was another list before, which named the value. */
	value = value_at(run, found, info, BUILDER_NO_KEY);
	const char *why = tail_denial(run, owner, value, found);
	if (!why) {
		row->undecided++;
		value->undecided = true;
		return;
	}
	row->wrong++;
	score_fault(run->tally, "the live key at 0x%x never had the value at 0x%x: %s",
		    owner, rel_of(found), why);
}

void score_find_lone(struct score_run *run)
{
	const struct recovered_keys *r = run->recovered;

	for (size_t i = 0; i < r->n_lone; i++) {
		const struct value *found = &r->lone[i];
		const struct recovered_value *info = &r->lone_info[found->position];
		struct score_value *value = value_at(run, found, info, BUILDER_NO_KEY);

		if (value && is_named(run, value, found, info)) {
			if (value->lone++ || value->attached)
				score_fault(run->tally,
					    "the value at 0x%x is there twice",
					    value->rel);
			check_data(run, value, found, info);
			continue;
		}
		run->tally->rows[SCORE_LONE].wrong++;
		score_fault(run->tally, "no such value was ever at 0x%x (inferred: 0x%x)",
			    rel_of(found), info->inferred);
	}
}

void score_find_values(struct score_run *run, const struct key *found,
		       const struct score_key *key)
{
	for (uint32_t i = 0; i < found->n_values; i++) {
		const struct value *value = &found->values[i];
		const struct recovered_value *info =
			recovered_of_value(run->recovered, found, value);

		run->n_values++;
		if (info->of_live_key != recovered_is_placeholder(found))
			score_fault(run->tally,
				    "the value at 0x%x is at the wrong sort of key",
				    rel_of(value));
		else if (info->of_live_key)
			score_tail(run, found, value, info);
		else if (key)
			score_attached(run, key, value, info);
	}
}
