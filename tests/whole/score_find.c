/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recovery as the program does it, and recovered keys held against what was
 * deleted.  A path that is told as certain must be right; where a cell was used
 * again, others may be wrong.
 */
#include "help/unit.h"

#include "whole/score.h"

#include "base/diag.h"
#include "mapi/recognize.h"
#include "regf/image.h"
#include "regf/record.h"
#include "regf/recover/recoverkeys.h"

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

/* ---- keys ---- */

bool score_has_path(const struct key *key, const struct key *top, struct score_text path,
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

static struct score_key *key_at_rel(const struct score_run *run, const struct key *found)
{
	uint32_t rel = recovered_of(run->recovered, found)->rel;
	struct score_key *key;

	for (size_t i = 0; (key = score_truth_key(run->truth, rel, i)); i++)
		if (key->time == found->mtime_ft &&
		    score_same(key->name, key_name(found)))
			return key;
	return NULL;
}

/* The nameless placeholder above a key whose upper end is lost; NULL: nothing is lost. */
static const struct key *lost_parent(const struct score_run *run, const struct key *key)
{
	for (; key->parent; key = key->parent)
		if (key->parent == run->recovered->adrift)
			return key;
	return NULL;
}

/* A key whose last write is older than that of a key below it is not its parent. */
static bool written_before(const struct score_run *run, const struct key *parent,
			   const struct key *key)
{
	uint32_t rel = recovered_of(run->recovered, parent)->rel;

	if (parent->flags & KEY_FLAG_RECOVERED)
		return parent->mtime_ft < key->mtime_ft;
	if (rel >= run->oracle.bins_len || !run->oracle.live[score_data_at(rel) / 8])
		return false;
	return score_get(run->oracle.bytes, score_data_at(rel) + NK_TIME, 8) <
	       key->mtime_ft;
}

static void score_path(struct score_run *run, const struct key *found,
		       struct score_key *key)
{
	const struct recovered_key *info = recovered_of(run->recovered, found);
	const struct key *lost = lost_parent(run, found);
	bool right = score_has_path(found, lost, key->path, lost != NULL);

	run->tally->paths[info->certainty]++;
	run->tally->wrong_paths[info->certainty] += !right;
	key->path_right |= right && !lost;
	if (lost && found->parent == lost &&
	    recovered_of(run->recovered, lost)->rel != key->parent_rel)
		score_fault(run->tally, "the lost parent of the key at 0x%x was at 0x%x",
			    info->rel, key->parent_rel);
	if (!right && written_before(run, found->parent, found))
		score_fault(
			run->tally,
			"the path of the key at 0x%x is wrong, and its parent is older",
			info->rel);
	if ((lost != NULL) != (info->certainty == RECOVERED_PARTIAL))
		score_fault(run->tally, "the key at 0x%x is %s, but stands %s", info->rel,
			    recovered_certainty_word(info->certainty),
			    lost ? "adrift" : "in the tree");
	if (!right && (info->certainty == RECOVERED_CERTAIN || run->tally->strict))
		score_fault(run->tally, "the path of the key at 0x%x is wrong and %s",
			    info->rel, recovered_certainty_word(info->certainty));
}

static void check_since(struct score_run *run, const struct score_key *key,
			enum recovered_since since)
{
	bool earlier = (size_t)(key - run->truth->keys.items) < run->hive->n_keys_earlier;

	if (since == (earlier ? RECOVERED_SINCE_BETWEEN : RECOVERED_SINCE_EARLIER) ||
	    (!run->witness && since != RECOVERED_SINCE_UNKNOWN))
		score_fault(run->tally, "the key at 0x%x is deleted since \"%s\"",
			    key->rel, recovered_since_word(since));
}

/*
 * No such key was ever there.  Undecided only if all but its time is that of a key that
 * was: the size of a free cell came to stand in a part of it.
 */
static void invented_key(struct score_run *run, const struct key *found,
			 const struct recovered_key *info)
{
	struct score_row *row = &run->tally->rows[SCORE_KEYS];
	const char *why = "no key of that name was ever there";
	const struct score_key *key;

	for (size_t i = 0; (key = score_truth_key(run->truth, info->rel, i)); i++)
		if (score_same(key->name, key_name(found)))
			why = score_oracle_denial(&run->oracle, run->truth, info->rel,
						  key->record.len);
	*(why ? &row->wrong : &row->undecided) += 1;
	if (why)
		score_fault(run->tally,
			    "no such key was ever at 0x%x (inferred: 0x%x): %s",
			    info->rel, info->inferred, why);
}

static void score_key(struct score_run *run, const struct key *found)
{
	const struct recovered_key *info = recovered_of(run->recovered, found);
	struct score_key *key = NULL;

	if (found->flags & KEY_FLAG_RECOVERED) {
		run->n_keys++;
		key = key_at_rel(run, found);
		if (key) {
			if (key->found++)
				score_fault(run->tally, "the key at 0x%x is there twice",
					    key->rel);
			score_path(run, found, key);
			check_since(run, key, info->since);
		} else {
			invented_key(run, found, info);
		}
	}
	score_find_values(run, found, key);
}

static void score_tree(struct score_run *run, const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		score_key(run, key);
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

static void score(struct score_run *run)
{
	const struct recovered_keys *r = run->recovered;
	const struct key *adrift = r->adrift;

	bool told = run->hive->upgraded ? freecells_have_links(r->style)
					: r->style == FREECELLS_WINDOWS_2000;
	run->tally->mistaken = run->hive->windows_2000 && !told;
	run->tally->told += told == run->hive->windows_2000;
	forget(run->truth);
	score_tree(run, r->tree->root);
	if (adrift && !adrift->parent)
		score_tree(run, adrift);
	if (run->n_keys != r->n_keys || run->n_values != r->n_values)
		score_fault(run->tally,
			    "%zu keys and %zu values are told of, %ju and %ju "
			    "are there",
			    r->n_keys, r->n_values, (uintmax_t)run->n_keys,
			    (uintmax_t)run->n_values);
	score_find_lone(run);
	score_count(run->tally, run->truth);
}

void score_find(struct score_hive *hive, bool witness, struct score_tally *tally)
{
	struct score_run run = { tally, hive, &hive->truth, .witness = witness };
	struct opened now = open_hive(hive->b), then = open_hive(hive->earlier);
	struct recovered_witness state = { then.image, then.tree, &then.usage,
					   key_newest(then.tree->root), false };
	struct recovered_source source = { .image = now.image,
					   .free_cells = freecells_of(now.image),
					   .keys = now.tree,
					   .usage = &now.usage,
					   .witnesses = &state,
					   .n_witnesses = witness,
					   .value_fit = recognize_value_fit,
					   .data_fits = recognize_data_fits,
					   .name_end = recognize_name_end,
					   .diags = now.diags };

	tally->hives++;
	tally->seed = hive->seed;
	tally->size = now.len;
	tally->bytes += now.len;
	score_oracle_init(&run.oracle, now.bytes, now.len, hive->windows_2000);
	score_oracle_judge(&run.oracle, run.truth);
	assert_int_equal(recoverkeys_find(&source, &run.recovered), STATUS_OK);
	score(&run);
	recovered_keys_free(run.recovered);
	score_oracle_clear(&run.oracle);
	close_hive(&then);
	close_hive(&now);
}
