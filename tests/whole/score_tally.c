/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts of many hives, what is demanded of them, and how they are printed. */
#include "help/unit.h"

#include "whole/score.h"

#include "regf/key.h"
#include "regf/recover/recovered.h"

#include <inttypes.h>
#include <stdio.h>

void score_fault(struct score_tally *tally, const char *format, ...)
{
	va_list args;

	if (++tally->faults > tally->most)
		return;
	(void)printf("# fault: %s, seed=%" PRIu64 ", %zu bytes%s: ", tally->label,
		     tally->seed, tally->size, tally->mistaken ? ", style not seen" : "");
	va_start(args, format);
	(void)vprintf(format, args);
	va_end(args);
	(void)puts("");
}

/* ---- counting ---- */

/*
 * What is left of a record without its head says little where the type is unusual, the
 * data are empty, or the name is short or not in Latin-1.  Nobody can tell it from
 * chance unless a list names it.
 */
static bool is_weak(const struct score_value *value)
{
	bool odd = value->type > KEY_TYPE_QWORD || value->len == 0 || value->name.n < 3;

	for (size_t i = 0; i < value->name.n; i++)
		odd |= value->name.units[i] > 0xFF;
	return odd && value->headless && !value->slot_intact;
}

static void count_values(struct score_tally *tally, const struct score_truth *truth)
{
	struct score_row *values = &tally->rows[SCORE_VALUES];
	struct score_row *lone = &tally->rows[SCORE_LONE];
	struct score_row *bytes = &tally->rows[SCORE_BYTES];

	for (size_t i = 0; i < truth->values.n; i++) {
		const struct score_value *value = &truth->values.items[i];
		bool listed = value->intact && value->slot_intact;
		bool alone = value->intact && !listed;
		bool found = value->attached || value->lone;
		uint32_t known = value->bytes_known, intact = value->bytes_intact;

		values->truth += value->key != SCORE_NONE;
		values->intact += listed;
		values->found += listed && value->attached;
		values->more += !listed && value->attached;
		lone->truth += value->key == SCORE_NONE;
		lone->intact += alone;
		lone->found += alone && found;
		lone->more += !alone && value->lone;
		tally->weak.n += is_weak(value);
		tally->weak.found += is_weak(value) && found;
		bytes->truth += value->len;
		bytes->intact += intact;
		bytes->found += known < intact ? known : intact;
		bytes->more += known < intact ? 0 : known - intact;
	}
}

/* A value whose place in the list is overwritten may be told without its key. */
static bool is_whole(const struct score_truth *truth, size_t profile)
{
	const struct score_key *root =
		&truth->keys.items[truth->profiles.items[profile].root];

	for (const struct score_key *key = root;
	     key < truth->keys.items + truth->keys.n && key->when == root->when; key++) {
		if (key->profile != profile)
			continue;
		if (!key->found || !key->path_right)
			return false;
		for (size_t i = 0; i < key->n_values; i++) {
			const struct score_value *value =
				&truth->values.items[key->first_value + i];

			if (!(value->attached || (value->slot_spared && value->lone)) ||
			    value->bytes_known < value->bytes_intact)
				return false;
		}
	}
	return true;
}

static void count_profiles(struct score_tally *tally, const struct score_truth *truth)
{
	struct score_row *row = &tally->rows[SCORE_PROFILES];

	for (size_t i = 0; i < truth->profiles.n; i++) {
		bool intact = score_oracle_profile(truth, i), whole = is_whole(truth, i);
		const struct score_key *root =
			&truth->keys.items[truth->profiles.items[i].root];

		row->truth++;
		row->intact += intact;
		row->found += intact && whole;
		row->more += !intact && whole;
		if (tally->strict && !tally->heads_lost && !whole)
			score_fault(tally, "the profile at 0x%x is not whole", root->rel);
	}
}

static void demand_value(struct score_tally *tally, const struct score_truth *truth,
			 const struct score_value *value)
{
	bool key_found = value->key != SCORE_NONE && truth->keys.items[value->key].found;

	if (value->undecided || is_weak(value))
		return;
	if (!value->attached && !value->lone)
		score_fault(tally, "the value at 0x%x is not found", value->rel);
	else if (value->slot_intact && !value->attached && key_found)
		score_fault(tally, "the value at 0x%x is found without its key 0x%x",
			    value->rel, value->owner_rel);
	else if (!tally->heads_lost && value->bytes_known < value->len)
		score_fault(tally,
			    "of the data of the value at 0x%x only %u of %u bytes are "
			    "known",
			    value->rel, value->bytes_known, value->len);
}

/* Where nothing was written since, everything must be there. */
static void demand_all(struct score_tally *tally, const struct score_truth *truth)
{
	for (size_t i = 0; i < truth->keys.n; i++)
		if (!truth->keys.items[i].found)
			score_fault(tally, "the key at 0x%x is not found",
				    truth->keys.items[i].rel);
	for (size_t i = 0; i < truth->values.n; i++)
		demand_value(tally, truth, &truth->values.items[i]);
}

void score_count(struct score_tally *tally, const struct score_truth *truth)
{
	struct score_row *keys = &tally->rows[SCORE_KEYS];

	for (size_t i = 0; i < truth->keys.n; i++) {
		const struct score_key *key = &truth->keys.items[i];

		keys->truth++;
		keys->intact += key->intact;
		keys->found += key->intact && key->found;
		keys->more += !key->intact && key->found;
	}
	count_values(tally, truth);
	count_profiles(tally, truth);
	if (tally->strict && !tally->mistaken)
		demand_all(tally, truth);
}

/* ---- printing ---- */

static double share(uint64_t part, uint64_t whole)
{
	return whole ? (double)part / (double)whole : 1;
}

static double recall(const struct score_tally *tally, enum score_line line)
{
	return share(tally->rows[line].found, tally->rows[line].intact);
}

static void print_row(const struct score_tally *tally, enum score_line line)
{
	static const char *const words[] = {
		[SCORE_KEYS] = "keys",	       [SCORE_VALUES] = "values at keys",
		[SCORE_LONE] = "lone values",  [SCORE_BYTES] = "data bytes",
		[SCORE_PROFILES] = "profiles",
	};
	const struct score_row *row = &tally->rows[line];
	uint64_t right = row->found + row->more;

	(void)printf("#   %-14s %10" PRIu64 " %10" PRIu64 " %10" PRIu64
		     " %8.3f%% %8" PRIu64 " %6" PRIu64 " %6" PRIu64 " %8.3f%%\n",
		     words[line], row->truth, row->intact, row->found,
		     100 * recall(tally, line), row->more, row->wrong, row->undecided,
		     100 * share(right, right + row->wrong + row->undecided));
}

static void print_paths(const struct score_tally *tally)
{
	(void)printf("#   paths, wrong of all:");
	for (size_t i = 0; i < sizeof(tally->paths) / sizeof(tally->paths[0]); i++)
		(void)printf("%s %s %" PRIu64 " of %" PRIu64, i ? "," : "",
			     recovered_certainty_word((enum recovered_certainty)i),
			     tally->wrong_paths[i], tally->paths[i]);
	(void)printf("\n#   values too weak to be asked for %" PRIu64
		     ", found of them %" PRIu64
		     "\n#   inferred, wrong of all: first values %" PRIu64 " of %" PRIu64
		     ", ends of names of properties %" PRIu64 " of %" PRIu64
		     ", of others %" PRIu64 " of %" PRIu64 "\n",
		     tally->weak.n, tally->weak.found, tally->first_values.wrong,
		     tally->first_values.n, tally->mapi_names.wrong, tally->mapi_names.n,
		     tally->other_names.wrong, tally->other_names.n);
}

void score_print(const struct score_tally *tally)
{
	uint64_t invented = 0;

	(void)printf("# %s: %" PRIu64 " hives, %" PRIu64
		     " bytes; style of free cells told right in %" PRIu64 "\n",
		     tally->label, tally->hives, tally->bytes, tally->told);
	(void)printf("#   %-14s %10s %10s %10s %9s %8s %6s %6s %9s\n", "", "truth",
		     "intact", "found", "recall", "more", "wrong", "undec.", "precision");
	for (size_t i = 0; i < SCORE_LINES; i++) {
		print_row(tally, (enum score_line)i);
		if (i != SCORE_BYTES)
			invented += tally->rows[i].wrong;
	}
	print_paths(tally);
	(void)printf(
		"# score: style=%s keys_recall=%.5f values_recall=%.5f lone_recall=%.5f "
		"bytes_recall=%.5f profiles_recall=%.5f invented=%" PRIu64
		" wrong_certain=%" PRIu64 " faults=%" PRIu64 "\n",
		tally->label, recall(tally, SCORE_KEYS), recall(tally, SCORE_VALUES),
		recall(tally, SCORE_LONE), recall(tally, SCORE_BYTES),
		recall(tally, SCORE_PROFILES), invented,
		tally->wrong_paths[RECOVERED_CERTAIN], tally->faults);
}
