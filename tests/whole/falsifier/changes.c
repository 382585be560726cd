// SPDX-License-Identifier: GPL-2.0-or-later
/* Kinds of change: what they say of the two states. */
#include "whole/falsifier/check.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A change as the report tells it, and the two states against which it is held. */
struct statement {
	const struct truth *t;
	enum tally_kind kind;
	enum truth_list list;
	enum truth_list new_list; /* the same where it did not change */
	const char *name;
	const char *new_name; /* the same */
	uint32_t a;
	uint32_t b;
};

enum { CELL_SIZE = 4, VALUE_CELL = 24, KEY_CELL = 80 };

static const struct {
	const char *word;
	enum tally_kind kind;
} kinds[] = {
	{ "deleted", TALLY_DELETED },
	{ "recreated", TALLY_RECREATED },
	{ "moved", TALLY_MOVED },
	{ "renamed", TALLY_RENAMED },
	{ "modified", TALLY_MODIFIED },
	{ "damaged", TALLY_DAMAGED },
	{ "added", TALLY_ADDED },
	{ "other_hive", TALLY_OTHER_HIVE },
	{ "store_removed", TALLY_STORE_REMOVED },
	{ "default_changed", TALLY_DEFAULT_CHANGED },
};

static enum tally_truth truth_of(bool yes)
{
	return yes ? TALLY_TRUE : TALLY_FALSE;
}

static bool same(const char *a, const char *b)
{
	return strcasecmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* Said to be another one: false only if the bytes can tell that it is the same. */
static enum tally_truth judge_other(const struct statement *s, uint32_t x, uint32_t y)
{
	return truth_shares(s->t, s->a, x, s->b, y) ? TALLY_FALSE : TALLY_UNDECIDED;
}

/* Whether the profile of the earlier state is nowhere in the later one. */
static enum tally_truth judge_gone(const struct statement *s, bool taken)
{
	uint32_t x = truth_find(s->t, s->a, s->list, s->name);

	if (x == TRUTH_NONE)
		return TALLY_FALSE;
	uint32_t lives = truth_identity(s->t, s->b, s->t->tenures[x].identity);
	if (lives != TRUTH_NONE)
		return judge_other(s, x, lives);
	return truth_of(!taken || truth_find(s->t, s->b, s->list, s->name) != TRUTH_NONE);
}

static uint64_t newest_below(const struct walk *walk, const struct walk_key *key,
			     bool oldest)
{
	uint64_t found = key->filetime;

	for (const struct walk_key *k = key; k < walk->keys + walk->n_keys; k++) {
		if (!walk_is_below(key->path, k->path))
			break;
		if (oldest ? k->filetime < found : k->filetime > found)
			found = k->filetime;
	}
	return found;
}

/*
 * A copy whose original was deleted later looks like a move. Where the original was
 * written after all of the copy's keys, the bytes tell; else nobody can.
 */
static enum tally_truth judge_copy(const struct statement *s, uint32_t x, uint32_t z)
{
	const struct walk_key *original = truth_key(s->t, s->a, x);
	const struct walk_key *copy = truth_key(s->t, s->b, z);

	if (s->t->tenures[x].family != s->t->tenures[z].family ||
	    truth_identity(s->t, s->a, s->t->tenures[z].identity) != TRUTH_NONE ||
	    truth_identity(s->t, s->b, s->t->tenures[x].identity) != TRUTH_NONE)
		return TALLY_FALSE;
	if (s->t->stepped)
		return TALLY_UNDECIDED;
	return newest_below(&s->t->states[s->a].walk, original, false) >
			       newest_below(&s->t->states[s->b].walk, copy, true)
		       ? TALLY_FALSE
		       : TALLY_UNDECIDED;
}

static enum tally_truth judge_moved(const struct statement *s)
{
	uint32_t x = truth_find(s->t, s->a, s->list, s->name);
	uint32_t z = s->new_list == TRUTH_LISTS
			     ? TRUTH_NONE
			     : truth_find(s->t, s->b, s->new_list, s->new_name);

	if (x == TRUTH_NONE || z == TRUTH_NONE)
		return TALLY_FALSE;
	if (s->t->tenures[x].identity == s->t->tenures[z].identity)
		return truth_of(s->kind == TALLY_MOVED ? s->list != s->new_list
						       : !same(s->name, s->new_name));
	return judge_copy(s, x, z);
}

static enum tally_truth judge_modified(const struct statement *s)
{
	uint32_t x = truth_find(s->t, s->a, s->list, s->name);
	uint32_t z = truth_find(s->t, s->b, s->list, s->name);

	if (x == TRUTH_NONE || z == TRUTH_NONE ||
	    s->t->tenures[x].identity != s->t->tenures[z].identity)
		return TALLY_FALSE;
	const struct walk_key *before = truth_key(s->t, s->a, x);
	const struct walk_key *after = truth_key(s->t, s->b, z);
	if (truth_same_content(s->t, s->a, before, s->b, after))
		return TALLY_FALSE;
	return truth_of(s->kind != TALLY_DAMAGED ||
			truth_section_lost(s->t, s->a, before, s->b, after));
}

static enum tally_truth judge_added(const struct statement *s)
{
	uint32_t z = truth_find(s->t, s->b, s->list, s->name);

	if (z == TRUTH_NONE)
		return TALLY_FALSE;
	uint32_t lived = truth_identity(s->t, s->a, s->t->tenures[z].identity);
	if (lived == TRUTH_NONE)
		return TALLY_TRUE;
	return judge_other(s, lived, z);
}

/* Of lists as a whole: the list itself, and which profile is the default. */
static enum tally_truth judge_list(const struct statement *s)
{
	const struct truth_state *a = &s->t->states[s->a];
	const struct truth_state *b = &s->t->states[s->b];

	if (s->kind == TALLY_STORE_REMOVED)
		return truth_of(a->list_key[s->list] != TRUTH_NONE &&
				b->list_key[s->list] == TRUTH_NONE);
	return truth_of(same(s->name, a->default_profile[s->list]) &&
			same(s->new_name, b->default_profile[s->list]) &&
			!same(s->name, s->new_name));
}

/* Left with its hive: another one, or an older state, has taken the place of that. */
static enum tally_truth judge_left(const struct statement *s)
{
	const struct truth_state *a = &s->t->states[s->a];
	const struct truth_state *b = &s->t->states[s->b];

	if (a->hive == b->hive && a->restores == b->restores)
		return TALLY_FALSE;
	return judge_gone(s, false);
}

static enum tally_truth judge(const struct statement *s)
{
	if (s->list == TRUTH_LISTS)
		return TALLY_FALSE;
	if (s->b < s->a && s->kind != TALLY_MODIFIED && s->kind != TALLY_DEFAULT_CHANGED)
		return TALLY_FALSE; /* in the wrong order nothing came about like that */
	if (s->kind == TALLY_OTHER_HIVE)
		return judge_left(s);
	if (s->kind == TALLY_DELETED || s->kind == TALLY_RECREATED)
		return judge_gone(s, s->kind == TALLY_RECREATED);
	if (s->kind == TALLY_MOVED || s->kind == TALLY_RENAMED)
		return judge_moved(s);
	if (s->kind == TALLY_MODIFIED || s->kind == TALLY_DAMAGED)
		return judge_modified(s);
	return s->kind == TALLY_ADDED ? judge_added(s) : judge_list(s);
}

/* A statement is as true as it is in that reading of the two files which suits it best. */
static enum tally_truth judge_all(struct statement *s, const struct check_view *a,
				  const struct check_view *b)
{
	enum tally_truth best = TALLY_FALSE;

	for (s->a = a->lo; s->a <= a->hi; s->a++)
		for (s->b = b->lo; s->b <= b->hi; s->b++) {
			enum tally_truth truth = judge(s);

			if (truth > best)
				best = truth;
		}
	return best;
}

/* Whether damage hit a value or key of the profile: no check sum covers it, so nobody can tell. */
static bool is_value_hit(const struct statement *s, const struct check_view *view)
{
	const struct walk *walk = &s->t->states[view->lo].walk;
	uint32_t x = truth_find(s->t, view->lo, s->list, s->name);
	const struct walk_key *profile =
		x == TRUTH_NONE ? NULL : truth_key(s->t, view->lo, x);
	uint32_t from = view->snapshot->hit_from;
	uint32_t to = view->snapshot->hit_to;

	if (profile == NULL || from == to)
		return false;
	for (size_t i = 0; i < walk->n_keys; i++) {
		const struct walk_key *key = &walk->keys[i];

		if (walk_is_below(profile->path, key->path) && key->cell < to &&
		    key->cell + KEY_CELL + strlen(key->name) > from)
			return true;
	}
	for (size_t i = 0; i < walk->n_values; i++) {
		const struct walk_value *v = &walk->values[i];

		if (!walk_is_below(profile->path, walk->keys[v->key].path))
			continue;
		if ((v->cell < to && v->cell + VALUE_CELL + strlen(v->name) > from) ||
		    (v->data_cell != 0 && v->data_cell < to &&
		     v->data_cell + CELL_SIZE + v->len > from))
			return true;
	}
	return false;
}

/* Whether damage hit the record of a list, which tells its values, or one of those. */
static bool is_list_hit(const struct statement *s, const struct check_view *view)
{
	const struct truth_state *state = &s->t->states[view->lo];
	uint32_t from = view->snapshot->hit_from;
	uint32_t to = view->snapshot->hit_to;
	uint32_t list = state->list_key[s->list];

	if (list == TRUTH_NONE || from == to)
		return false;
	const struct walk_key *key = &state->walk.keys[list];
	if ((key->cell < to && key->cell + KEY_CELL > from) ||
	    (key->values_cell != 0 && key->values_cell < to &&
	     key->values_cell + CELL_SIZE + 4 * key->n_values > from))
		return true;
	for (size_t i = 0; i < state->walk.n_values; i++) {
		const struct walk_value *v = &state->walk.values[i];

		if (v->key == list && v->cell < to &&
		    v->cell + VALUE_CELL + strlen(v->name) > from)
			return true;
	}
	return false;
}

/* Whether a name was made by damage, which a list of that version may not show. */
static bool is_no_name(const struct statement *s, const struct check_view *view)
{
	return !check_sound(view) && s->list != TRUTH_LISTS &&
	       s->kind != TALLY_STORE_REMOVED && s->kind != TALLY_DEFAULT_CHANGED &&
	       !truth_is_name(s->t, s->list, s->name);
}

/* Whether a false statement tells of nothing but bytes that damage put there. */
static bool is_damage(const struct statement *s, const struct check_view *a,
		      const struct check_view *b)
{
	if (is_no_name(s, a) || is_no_name(s, b))
		return true;
	if (s->kind == TALLY_DEFAULT_CHANGED)
		return s->list != TRUTH_LISTS && (is_list_hit(s, a) || is_list_hit(s, b));
	return s->kind == TALLY_MODIFIED && (is_value_hit(s, a) || is_value_hit(s, b));
}

static bool read_statement(struct statement *s, const xmlNode *change)
{
	const char *word = run_get(change, "kind");
	const char *new_name = run_get(change, "new_name");
	const char *new_path = run_get(change, "new_store_path");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].word, word) == 0) {
			s->kind = kinds[i].kind;
			s->list = truth_list_find(run_get(change, "store_path"));
			s->new_list =
				*new_path == '\0' ? s->list : truth_list_find(new_path);
			s->name = run_get(change, "profile");
			s->new_name =
				*new_name == '\0' && s->kind != TALLY_DEFAULT_CHANGED
					? s->name
					: new_name;
			return true;
		}
	return false;
}

/* Whether a copy stands there, which can be taken for the profile itself. */
static bool has_copy(const struct statement *s, const struct check_view *a,
		     uint32_t state)
{
	const struct truth_state *there = &s->t->states[state];
	uint32_t x = truth_find(s->t, a->lo, s->list, s->name);

	for (size_t i = 0; x != TRUTH_NONE && i < there->n_alive; i++) {
		const struct truth_tenure *y = &s->t->tenures[there->alive[i].tenure];

		if (y->family == s->t->tenures[x].family &&
		    y->identity != s->t->tenures[x].identity)
			return true;
	}
	return false;
}

/* Whether another profile has the name of one that was added, and makes place for it later. */
static bool has_other(const struct statement *s, uint32_t state, uint32_t end)
{
	uint32_t x = truth_find(s->t, state, s->new_list, s->new_name);
	uint32_t y = truth_find(s->t, end, s->new_list, s->new_name);

	return s->kind == TALLY_ADDED && x != TRUTH_NONE && y != TRUTH_NONE &&
	       s->t->tenures[x].identity != s->t->tenures[y].identity;
}

/* The entry of a log from which on a change holds to the end. */
static void check_sequence(struct check *c, const struct statement *statement,
			   uint32_t sequence, const struct check_view *a,
			   const struct check_view *b)
{
	const struct disk_snapshot *file = b->snapshot;
	struct statement s = *statement;
	struct check_view at = { .lo = file->file_lo, .hi = file->file_lo };
	enum tally_truth truth = TALLY_TRUE;
	bool found = false;

	if (file->n_entries == 0 || sequence == 0)
		return;
	enum tally_truth before =
		has_other(&s, at.lo, b->lo) ? TALLY_FALSE : judge_all(&s, a, &at);
	for (size_t i = 0; i < file->n_entries; i++) {
		at.lo = file->entries[i].state;
		at.hi = at.lo;
		enum tally_truth now =
			has_other(&s, at.lo, b->lo) ? TALLY_FALSE : judge_all(&s, a, &at);

		if (file->entries[i].sequence == sequence) {
			found = true;
			truth = before == TALLY_TRUE ? TALLY_FALSE : TALLY_TRUE;
		}
		if (now == TALLY_UNDECIDED || before == TALLY_UNDECIDED ||
		    has_copy(&s, a, at.lo))
			return;
		if (found && now == TALLY_FALSE)
			truth = TALLY_FALSE;
		before = now;
	}
	check_count(c, TALLY_LOG_SEQUENCE, TALLY_CERTAIN, found ? truth : TALLY_FALSE,
		    "of '%s' holds from entry %u on", s.name, sequence);
}

/* What rests on a log that keeps another hive's name is probable at most. */
static enum tally_truth check_other_name(enum tally_truth truth, enum tally_level level,
					 const char *where, const struct check_view *b)
{
	return b->snapshot->other_name && level == TALLY_CERTAIN &&
			       strcmp(where, "log") == 0
		       ? TALLY_FALSE
		       : truth;
}

/* Whether the hive file shows a change by itself, or only its logs do. */
static void check_stands_in(struct check *c, const struct statement *statement,
			    const xmlNode *change, const struct check_view *a,
			    const struct check_view *b)
{
	const char *where = run_get(change, "stands_in");
	struct statement s = *statement;
	struct check_view file = *b;

	/* What differs can differ once more: of that "the change" means the last one. */
	if (s.kind == TALLY_MODIFIED || s.kind == TALLY_DAMAGED ||
	    s.kind == TALLY_DEFAULT_CHANGED || *where == '\0' || !check_sound(a) ||
	    !check_sound(b) || b->snapshot->file_lo != b->snapshot->file_hi ||
	    judge_all(&s, a, b) != TALLY_TRUE)
		return;
	file.lo = b->snapshot->file_lo;
	file.hi = file.lo;
	enum tally_truth in_file = judge_all(&s, a, &file);
	bool says_file = strcmp(where, "file") == 0;
	check_count(c, TALLY_STANDS_IN, TALLY_CERTAIN,
		    in_file == TALLY_UNDECIDED || has_copy(&s, a, file.lo)
			    ? TALLY_UNDECIDED
		    : (in_file == TALLY_TRUE) == says_file ? TALLY_TRUE
							   : TALLY_FALSE,
		    "of '%s' stands in %s (file: state %u)", s.name, where, file.lo);
	if (!says_file)
		check_sequence(c, statement, (uint32_t)run_number(change, "log_sequence"),
			       a, b);
}

/* What was found and what was not are together what the earlier snapshot held. */
static void check_remains(struct check *c, const struct statement *s,
			  const xmlNode *recovered, const struct check_view *a)
{
	uint64_t keys =
		run_number(recovered, "keys") + run_number(recovered, "keys_lost");
	uint64_t values =
		run_number(recovered, "values") + run_number(recovered, "values_lost");
	uint32_t x = s->list == TRUTH_LISTS ? TRUTH_NONE
					    : truth_find(s->t, a->lo, s->list, s->name);
	const struct walk *walk = &s->t->states[a->lo].walk;
	uint64_t has_keys = 0;
	uint64_t has_values = 0;

	if (x == TRUTH_NONE || !check_sound(a))
		return;
	const char *path = truth_key(s->t, a->lo, x)->path;
	for (size_t i = 0; i < walk->n_keys; i++)
		if (walk_is_below(path, walk->keys[i].path)) {
			has_keys++;
			has_values += walk->keys[i].n_values;
		}
	check_count(c, TALLY_REMAINS, TALLY_CERTAIN,
		    keys == has_keys && values == has_values ? TALLY_TRUE : TALLY_FALSE,
		    "of '%s' %d keys and %d values are found or lost; it held %d and %d",
		    s->name, (int)keys, (int)values, (int)has_keys, (int)has_values);
}

void check_wrong_pair(struct check *c)
{
	const xmlNode *series = run_child(xmlDocGetRootElement(c->run->report), "series");
	const xmlNode *comparison = run_child(series, "comparison");

	for (const xmlNode *node = run_child(comparison, "change"); node != NULL;
	     node = run_next(node, "change")) {
		enum tally_level level = check_level(run_get(node, "certainty"));
		struct statement s = { .t = c->truth };

		if (read_statement(&s, node))
			check_count(c, s.kind, level,
				    level == TALLY_POSSIBLE ? TALLY_UNDECIDED
							    : TALLY_FALSE,
				    "%s '%s', from one user's hive to another's",
				    run_get(node, "kind"), s.name);
	}
}

void check_changes(struct check *c, const xmlNode *comparison, const struct check_view *a,
		   const struct check_view *b)
{
	for (const xmlNode *node = run_child(comparison, "change"); node != NULL;
	     node = run_next(node, "change")) {
		struct statement s = { .t = c->truth };

		if (!read_statement(&s, node))
			continue;
		enum tally_truth truth = judge_all(&s, a, b);
		if (truth == TALLY_FALSE && is_damage(&s, a, b))
			truth = TALLY_UNDECIDED;
		truth = check_other_name(truth, check_level(run_get(node, "certainty")),
					 run_get(node, "stands_in"), b);
		check_count(c, s.kind, check_level(run_get(node, "certainty")), truth,
			    "%s '%s' (new name '%s') in %s; %s (states %u-%u) to %s "
			    "%s (states %u-%u)",
			    run_get(node, "kind"), s.name, s.new_name,
			    run_get(node, "list"), disk_kind_name(a->snapshot->kind),
			    a->lo, a->hi, disk_kind_name(b->snapshot->kind),
			    b->snapshot->how, b->lo, b->hi);
		if (strcmp(run_get(node, "log_exact"), "0") != 0)
			check_stands_in(c, &s, node, a, b);
		if (s.kind == TALLY_MODIFIED || s.kind == TALLY_DAMAGED)
			check_differences(c, node, a, b);
		if (run_child(node, "deletion") != NULL)
			check_deletion(c, node, a, b);
		if (run_child(node, "recovered_share") != NULL)
			check_remains(c, &s, run_child(node, "recovered_share"), a);
	}
}
