/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the program recovers, held against what was deleted.  Some errors no
 * reader can avoid: where a list, record or data cell was used again for the
 * same purpose and freed again, and all traces of its second owner are gone,
 * the bytes tell a consistent story that is not true.  Those are counted as
 * undecided; whatever the bytes themselves contradict is a fault.
 */
#include "unit.h"

#include "score.h"

#include "base/diag.h"
#include "regf/remnant.h"

#include <stdlib.h>
#include <string.h>

/* A finished hive, opened as the program opens it. */
struct opened {
	uint8_t *bytes;
	size_t len;
	struct diag_list *diags;
	struct image *image;
	struct usage usage;
	struct key_tree *tree;
};

struct find {
	struct score_tally *tally;
	struct score_hive *hive;
	struct score_truth *truth;
	struct score_oracle oracle;
	struct remnants *remnants;
	bool witness;
	uint64_t n_keys, n_values;
};

/* ---- opening ---- */

static struct opened open_hive(struct builder *b)
{
	struct opened hive = { .diags = diag_list_new() };
	const uint8_t *bytes = builder_bytes(b, &hive.len);

	assert_non_null(hive.diags);
	hive.bytes = malloc(hive.len); /* an exact copy: no byte may be read past it */
	assert_non_null(hive.bytes);
	memcpy(hive.bytes, bytes, hive.len);
	assert_int_equal(
		image_open(span_of(hive.bytes, hive.len), hive.diags, &hive.image, NULL),
		STATUS_OK);
	assert_int_equal(record_read(hive.image, hive.diags, &hive.usage, &hive.tree),
			 STATUS_OK);
	return hive;
}

static void close_hive(struct opened *hive)
{
	usage_clear(&hive->usage);
	key_tree_free(hive->tree);
	image_free(hive->image);
	diag_list_free(hive->diags);
	free(hive->bytes);
}

/* ---- data ---- */

/* Another value, found with a later key, has the same data cell with other bytes. */
static bool data_is_claimed(const struct find *find, const struct score_value *value)
{
	for (size_t i = 0; i < find->truth->values.n; i++) {
		const struct score_value *other = &find->truth->values.items[i];

		if (other != value && value->key != SCORE_NONE && other->n_parts &&
		    other->sound && other->data_intact && other->slot_intact &&
		    other->parts[0].offset == value->parts[0].offset)
			return true;
	}
	return false;
}

/* What the bytes say against data that are not those of the value. */
static const char *data_denial(const struct find *find, const struct score_value *value,
			       const struct remnant_value *info)
{
	const char *why = NULL;

	if (value->in_record || value->data_intact)
		return "they are there";
	if (info->inferred & REMNANT_INFERRED_DATA)
		return "they are inferred";
	if (data_is_claimed(find, value))
		return "they are those of a value of a later key";
	for (size_t i = 0; i < value->n_parts && !why; i++)
		why = score_oracle_denial(&find->oracle, find->truth,
					  value->parts[i].offset - 4096 - 4,
					  value->parts[i].len);
	return why;
}

static void wrong_data(struct find *find, const struct score_value *value,
		       const struct value *found, const struct remnant_value *info)
{
	struct score_row *row = &find->tally->rows[SCORE_BYTES];
	const char *why = data_denial(find, value, info);

	*(why ? &row->wrong : &row->undecided) += found->data_len - info->n_head_lost;
	if (why)
		score_fault(find->tally,
			    "data of the value at 0x%x in cell 0x%x: %u of %u bytes are "
			    "given, the first %u as lost, but they were others: %s",
			    value->rel,
			    value->n_parts ? value->parts[0].offset - 4096 - 4 : 0,
			    found->data_len, value->len, info->n_head_lost, why);
}

static void check_data(struct find *find, struct score_value *value,
		       const struct value *found, const struct remnant_value *info)
{
	uint32_t len = found->data_len, head = info->n_head_lost;

	if (info->data_lost || len <= head)
		return;
	if (len > value->len ||
	    memcmp(found->data + head, value->data + head, len - head)) {
		wrong_data(find, value, found, info);
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

static bool is_named(struct find *find, const struct score_value *value,
		     const struct value *found, const struct remnant_value *info)
{
	bool inferred = info->inferred & REMNANT_INFERRED_NAME_LENGTH;
	bool same = score_same(value->name, value_name(found));

	if (found->type != value->type ||
	    !(same || (inferred && is_near(value->name, value_name(found)))))
		return false;
	if (!inferred)
		return true;
	struct score_inferred *names = score_is_mapi(value->name)
					       ? &find->tally->mapi_names
					       : &find->tally->other_names;
	names->n++;
	names->wrong += !same;
	if (!same && score_is_mapi(value->name))
		score_fault(find->tally, "the name of the property at 0x%x is wrong",
			    value->rel);
	return true;
}

static uint32_t rel_of(const struct value *found)
{
	return found->record_off - 4096 - 4;
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
static struct score_value *value_at(const struct find *find, const struct value *found,
				    const struct remnant_value *info, uint32_t owner)
{
	struct score_value *best = NULL, *value;
	uint32_t rel = rel_of(found);

	for (int near = 0;
	     near <= !!(info->inferred & REMNANT_INFERRED_NAME_LENGTH) && !best; near++)
		for (size_t i = 0; (value = score_truth_value(find->truth, rel, i)); i++)
			if (is_it(value, found, near) &&
			    (owner == BUILDER_NO_KEY || value->owner_rel == owner) &&
			    !(best && best->intact))
				best = value;
	return best;
}

/* What the bytes say against a value at a key that never had it. */
static const char *denial(const struct find *find, const struct score_key *key,
			  const struct value *found, const struct remnant_value *info)
{
	const struct score_value *value;
	const char *why = score_oracle_denial(&find->oracle, find->truth,
					      key->list.offset - 4096 - 4, key->list.len);

	if (why)
		return why;
	/* An inference is no reading of the bytes, and without reuse these are true. */
	if (info->inferred & REMNANT_INFERRED_FIRST_VALUE)
		return "it was inferred to be its first";
	if (find->tally->strict)
		return "nothing was used again";
	if (2 * text_length(value_name(found)) > key->max_name)
		return "the name is longer than the key's longest";
	if (found->declared_len > key->max_data)
		return "the data are longer than the key's longest";
	for (size_t i = 0; (value = score_truth_value(find->truth, rel_of(found), i));
	     i++)
		if (value->sound && value->slot_intact)
			return "another key's list names the value";
	return NULL;
}

static void score_attached(struct find *find, const struct score_key *key,
			   const struct value *found, const struct remnant_value *info)
{
	struct score_row *row = &find->tally->rows[SCORE_VALUES];
	bool first = info->inferred & REMNANT_INFERRED_FIRST_VALUE;

	find->tally->first_values.n += first;
	for (size_t i = 0; i < key->n_values; i++) {
		struct score_value *value =
			&find->truth->values.items[key->first_value + i];

		if (value->rel != rel_of(found) || !is_named(find, value, found, info))
			continue;
		if (value->attached++)
			score_fault(find->tally,
				    "the value at 0x%x of the key at 0x%x is "
				    "there twice",
				    value->rel, key->rel);
		check_data(find, value, found, info);
		return;
	}
	find->tally->first_values.wrong += first;
	const char *why = denial(find, key, found, info);
	if (!why) {
		row->undecided++;
		return;
	}
	row->wrong++;
	score_fault(find->tally,
		    "the key at 0x%x never had the value at 0x%x (inferred: 0x%x): %s",
		    key->rel, rel_of(found), info->inferred, why);
}

static bool has_path(const struct key *key, const struct key *top, struct score_text path,
		     bool suffix)
{
	struct text text;

	assert_true(key_path(key, top, "", NULL, &text));
	size_t n = text_length(text);
	if (suffix && n < path.n && path.units[path.n - n - 1] == '\\')
		path = (struct score_text){ path.units + path.n - n, n };
	bool same = score_same(path, text);
	text_free(text);
	return same;
}

/* What the bytes say against a value at a live key that never had it. */
static const char *tail_denial(const struct find *find, uint32_t owner,
			       const struct score_value *value, const struct value *found)
{
	const uint8_t *nk = find->oracle.bytes + score_data_at(owner);

	if (!value)
		return "no such value was ever there";
	if (value->sound && value->slot_intact)
		return "another key's list names the value";
	if (2 * text_length(value_name(found)) > score_get(nk, 60, 4))
		return "the name is longer than the key's longest";
	if (found->declared_len > score_get(nk, 64, 4))
		return "the data are longer than the key's longest";
	return NULL;
}

/* A value behind the list of a live key: it was deleted alone. */
static void score_tail(struct find *find, const struct key *key,
		       const struct value *found, const struct remnant_value *info)
{
	struct score_row *row = &find->tally->rows[SCORE_LONE];
	uint32_t owner = remnant_of(find->remnants, key)->rel;
	struct score_value *value = value_at(find, found, info, owner);

	if (value && has_path(key, NULL, value->path, false) &&
	    is_named(find, value, found, info)) {
		value->lone++;
		check_data(find, value, found, info);
		return;
	}
	/* The list's cell was another list before, which named the value. */
	value = value_at(find, found, info, BUILDER_NO_KEY);
	const char *why = tail_denial(find, owner, value, found);
	if (!why) {
		row->undecided++;
		value->undecided = true;
		return;
	}
	row->wrong++;
	score_fault(find->tally, "the live key at 0x%x never had the value at 0x%x: %s",
		    owner, rel_of(found), why);
}

static void score_lone(struct find *find)
{
	const struct remnants *r = find->remnants;

	for (size_t i = 0; i < r->n_lone; i++) {
		const struct value *found = &r->lone[i];
		const struct remnant_value *info = &r->lone_info[found->position];
		struct score_value *value = value_at(find, found, info, BUILDER_NO_KEY);

		if (value && is_named(find, value, found, info)) {
			if (value->lone++ || value->attached)
				score_fault(find->tally,
					    "the value at 0x%x is there twice",
					    value->rel);
			check_data(find, value, found, info);
			continue;
		}
		find->tally->rows[SCORE_LONE].wrong++;
		score_fault(find->tally,
			    "no such value was ever at 0x%x (inferred: 0x%x)",
			    rel_of(found), info->inferred);
	}
}

/* ---- keys ---- */

static struct score_key *key_at_rel(const struct find *find, const struct key *found)
{
	uint32_t rel = remnant_of(find->remnants, found)->rel;
	struct score_key *key;

	for (size_t i = 0; (key = score_truth_key(find->truth, rel, i)); i++)
		if (key->time == found->mtime_ft &&
		    score_same(key->name, key_name(found)))
			return key;
	return NULL;
}

/* The nameless stand-in above a key whose upper end is lost; NULL: nothing is lost. */
static const struct key *lost_parent(const struct find *find, const struct key *key)
{
	for (; key->parent; key = key->parent)
		if (key->parent == find->remnants->adrift)
			return key;
	return NULL;
}

/* A key whose last write is older than that of a key below it is not its parent. */
static bool written_before(const struct find *find, const struct key *parent,
			   const struct key *key)
{
	uint32_t rel = remnant_of(find->remnants, parent)->rel;

	if (parent->flags & KEY_FLAG_RECOVERED)
		return parent->mtime_ft < key->mtime_ft;
	if (rel >= find->oracle.bins_len || !find->oracle.live[(4096 + rel) / 8])
		return false;
	return score_get(find->oracle.bytes, score_data_at(rel) + 4, 8) < key->mtime_ft;
}

static void score_path(struct find *find, const struct key *found, struct score_key *key)
{
	const struct remnant_key *info = remnant_of(find->remnants, found);
	const struct key *lost = lost_parent(find, found);
	bool right = has_path(found, lost, key->path, lost != NULL);

	find->tally->paths[info->certainty]++;
	find->tally->wrong_paths[info->certainty] += !right;
	key->path_right |= right && !lost;
	if (lost && found->parent == lost &&
	    remnant_of(find->remnants, lost)->rel != key->parent_rel)
		score_fault(find->tally, "the lost parent of the key at 0x%x was at 0x%x",
			    info->rel, key->parent_rel);
	if (!right && written_before(find, found->parent, found))
		score_fault(
			find->tally,
			"the path of the key at 0x%x is wrong, and its parent is older",
			info->rel);
	if ((lost != NULL) != (info->certainty == REMNANT_PARTIAL))
		score_fault(find->tally, "the key at 0x%x is %s, but stands %s",
			    info->rel, remnant_certainty_word(info->certainty),
			    lost ? "adrift" : "in the tree");
	if (!right && (info->certainty == REMNANT_CERTAIN || find->tally->strict))
		score_fault(find->tally, "the path of the key at 0x%x is wrong and %s",
			    info->rel, remnant_certainty_word(info->certainty));
}

static void check_since(struct find *find, const struct score_key *key,
			enum remnant_since since)
{
	bool earlier =
		(size_t)(key - find->truth->keys.items) < find->hive->n_keys_earlier;

	if (since == (earlier ? REMNANT_SINCE_BETWEEN : REMNANT_SINCE_EARLIER) ||
	    (!find->witness && since != REMNANT_SINCE_UNKNOWN))
		score_fault(find->tally, "the key at 0x%x is a remnant since \"%s\"",
			    key->rel, remnant_since_word(since));
}

static void score_values(struct find *find, const struct key *found,
			 const struct score_key *key)
{
	for (uint32_t i = 0; i < found->n_values; i++) {
		const struct value *value = &found->values[i];
		const struct remnant_value *info =
			remnant_of_value(find->remnants, found, value);

		find->n_values++;
		if (info->of_live_key != remnant_is_stand_in(found))
			score_fault(find->tally,
				    "the value at 0x%x is at the wrong sort of key",
				    rel_of(value));
		else if (info->of_live_key)
			score_tail(find, found, value, info);
		else if (key)
			score_attached(find, key, value, info);
	}
}

/*
 * No such key was ever there.  Undecided only if all but its time is that of a key that
 * was: the size of a free cell came to stand in a part of it.
 */
static void invented_key(struct find *find, const struct key *found,
			 const struct remnant_key *info)
{
	struct score_row *row = &find->tally->rows[SCORE_KEYS];
	const char *why = "no key of that name was ever there";
	const struct score_key *key;

	for (size_t i = 0; (key = score_truth_key(find->truth, info->rel, i)); i++)
		if (score_same(key->name, key_name(found)))
			why = score_oracle_denial(&find->oracle, find->truth, info->rel,
						  key->record.len);
	*(why ? &row->wrong : &row->undecided) += 1;
	if (why)
		score_fault(find->tally,
			    "no such key was ever at 0x%x (inferred: 0x%x): %s",
			    info->rel, info->inferred, why);
}

static void score_key(struct find *find, const struct key *found)
{
	const struct remnant_key *info = remnant_of(find->remnants, found);
	struct score_key *key = NULL;

	if (found->flags & KEY_FLAG_RECOVERED) {
		find->n_keys++;
		key = key_at_rel(find, found);
		if (key) {
			if (key->found++)
				score_fault(find->tally, "the key at 0x%x is there twice",
					    key->rel);
			score_path(find, found, key);
			check_since(find, key, info->since);
		} else {
			invented_key(find, found, info);
		}
	}
	score_values(find, found, key);
}

static void score_tree(struct find *find, const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		score_key(find, key);
}

/* ---- the whole ---- */

static void forget(struct score_truth *truth)
{
	for (size_t i = 0; i < truth->keys.n; i++) {
		truth->keys.items[i].found = 0;
		truth->keys.items[i].path_right = false;
	}
	for (size_t i = 0; i < truth->values.n; i++) {
		truth->values.items[i].attached = truth->values.items[i].lone = 0;
		truth->values.items[i].bytes_known = 0;
		truth->values.items[i].undecided = false;
	}
}

static void score(struct find *find)
{
	const struct remnants *r = find->remnants;
	const struct key *adrift = r->adrift;

	find->tally->mistaken =
		find->hive->windows_2000 && r->style != IMAGE_FREE_WINDOWS_2000;
	find->tally->told += !find->tally->mistaken;
	forget(find->truth);
	score_tree(find, r->tree->root);
	if (adrift && !adrift->parent)
		score_tree(find, adrift);
	if (find->n_keys != r->n_keys || find->n_values != r->n_values)
		score_fault(find->tally,
			    "%zu keys and %zu values are told of, %ju and %ju "
			    "are there",
			    r->n_keys, r->n_values, (uintmax_t)find->n_keys,
			    (uintmax_t)find->n_values);
	score_lone(find);
	score_count(find->tally, find->truth);
}

void score_find(struct score_hive *hive, bool witness, struct score_tally *tally)
{
	struct find find = { tally, hive, &hive->truth, .witness = witness };
	struct opened now = open_hive(hive->b), then = open_hive(hive->earlier);
	struct remnant_witness state = { then.image, then.tree, &then.usage,
					 key_newest(then.tree->root) };
	struct remnant_source source = { .image = now.image,
					 .keys = now.tree,
					 .usage = &now.usage,
					 .witnesses = &state,
					 .n_witnesses = witness,
					 .diags = now.diags };

	tally->hives++;
	tally->seed = hive->seed;
	tally->size = now.len;
	tally->bytes += now.len;
	score_oracle_init(&find.oracle, now.bytes, now.len, hive->windows_2000);
	score_oracle_judge(&find.oracle, find.truth);
	assert_int_equal(remnants_find(&source, &find.remnants), STATUS_OK);
	score(&find);
	remnants_free(find.remnants);
	score_oracle_clear(&find.oracle);
	close_hive(&then);
	close_hive(&now);
}
