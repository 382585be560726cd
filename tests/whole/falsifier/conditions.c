// SPDX-License-Identifier: GPL-2.0-or-later
/* Conditions of causes that the histories and what is given beside them decide. */
#include "whole/falsifier/causes.h"

#include <string.h>
#include <strings.h>

/* So long before a loss a program that was started may have to do with it. */
#define PANEL_BEFORE (UINT64_C(1802) * 10000000)

static bool is_near(uint64_t x, uint64_t y)
{
	return (x > y ? x - y : y - x) <= LOSSES_NEAR;
}

/* Two went at one instant, however that is measured; or surely, whatever is taken. */
static bool near_each_other(const struct losses *l, bool surely)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct truth_tenure *x = &l->t->tenures[l->last[i]];
			const struct truth_tenure *y = &l->t->tenures[l->last[k]];
			bool gone = is_near(x->gone, y->gone);
			bool emptied = x->has_emptied && y->has_emptied &&
				       is_near(x->emptied, y->emptied);

			if (surely ? gone && emptied && l->first[i] == l->last[i] &&
					     l->first[k] == l->last[k]
				   : gone || emptied)
				return true;
		}
	return false;
}

static bool perhaps_at_once(const struct losses *l)
{
	return near_each_other(l, false);
}

static bool surely_at_once(const struct losses *l)
{
	return near_each_other(l, true);
}

static bool perhaps_apart(const struct losses *l)
{
	return !surely_at_once(l);
}

static bool surely_apart(const struct losses *l)
{
	return !perhaps_at_once(l);
}

/* Losses that stood in Deleted Profiles: in the earlier snapshot, or in the end. */
static bool from_profiles_or_moved(const struct losses *l)
{
	return losses_from_profiles(l) || l->moved > 0;
}

static bool surely_from_deleted(const struct losses *l)
{
	return losses_from_deleted(l, false) > 0;
}

static bool perhaps_only_deleted(const struct losses *l)
{
	return l->n > 0 && losses_from_deleted(l, true) == l->n;
}

static size_t in_list(const struct losses *l, uint32_t state, unsigned list)
{
	const struct truth_state *s = &l->t->states[state];
	size_t n = 0;

	for (size_t i = 0; i < s->n_alive; i++)
		n += (unsigned)l->t->tenures[s->alive[i].tenure].list == list;
	return n;
}

static bool is_deleted_empty(const struct losses *l)
{
	return in_list(l, l->b, TRUTH_DELETED) == 0;
}

static bool was_deleted_emptied(const struct losses *l)
{
	return is_deleted_empty(l) && surely_from_deleted(l);
}

/*
 * Whether the list of each loss is still the same key: of those from Profiles; where none
 * went from there, of the others. So the condition takes it.
 */
static bool list_kept(const struct losses *l)
{
	const struct truth_state *a = &l->t->states[l->a];
	const struct truth_state *b = &l->t->states[l->b];
	bool only_deleted = losses_from_deleted(l, false) == l->n;

	for (size_t i = 0; i < l->n; i++) {
		unsigned list = (unsigned)l->t->tenures[l->first[i]].list;

		if (list == TRUTH_DELETED && !only_deleted)
			continue;
		if (b->list_key[list] == TRUTH_NONE ||
		    a->list_made[list] != b->list_made[list])
			return false;
	}
	return true;
}

static bool list_made_anew(const struct losses *l)
{
	return !list_kept(l);
}

/*
 * A list of which nothing is there any more; nowhere, if that is asked for. The condition
 * speaks of lists Profiles: Deleted Profiles empties by itself.
 */
static bool is_all_lost(const struct losses *l, bool nowhere)
{
	const struct truth_state *a = &l->t->states[l->a];
	size_t stood[TRUTH_LISTS] = { 0 };
	size_t lost[TRUTH_LISTS] = { 0 };

	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &l->t->tenures[a->alive[i].tenure];
		uint32_t now = truth_identity(l->t, l->b, x->identity);

		stood[x->list]++;
		lost[x->list] += now == TRUTH_NONE ||
				 (!nowhere && l->t->tenures[now].list != x->list);
	}
	for (unsigned i = 0; i < TRUTH_LISTS; i++)
		if (i != TRUTH_DELETED && stood[i] != 0 && stood[i] == lost[i])
			return true;
	return false;
}

static bool perhaps_all_lost(const struct losses *l)
{
	return is_all_lost(l, false);
}

static bool surely_all_lost(const struct losses *l)
{
	return is_all_lost(l, true);
}

/* Something went from that place; where nothing did, any. */
static bool is_touched(const struct losses *l, unsigned list)
{
	for (size_t i = 0; i < l->n; i++) {
		unsigned from = (unsigned)l->t->tenures[l->first[i]].list;

		/* Profiles and Deleted Profiles share one value. */
		if ((from == TRUTH_OFFICE) == (list == TRUTH_OFFICE))
			return true;
	}
	return l->n == 0;
}

static bool default_untouched(const struct losses *l)
{
	for (unsigned i = 0; i < TRUTH_LISTS; i++) {
		const char *x = l->t->states[l->a].default_profile[i];
		const char *y = l->t->states[l->b].default_profile[i];

		if (is_touched(l, i) &&
		    strcasecmp(x == NULL ? "" : x, y == NULL ? "" : y) != 0)
			return false;
	}
	return true;
}

static bool is_swapped(const struct losses *l)
{
	return l->b < l->a;
}

static bool is_in_order(const struct losses *l)
{
	return !is_swapped(l) && !losses_looks_older(l);
}

static bool is_later(const struct losses *l)
{
	return !losses_is_older(l) && !losses_is_other_hive(l);
}

/* Of a hive that was made later than the other. */
static bool is_begun_since(const struct losses *l)
{
	return l->t->states[l->b].hive > l->t->states[l->a].hive;
}

static bool has_own_past(const struct losses *l)
{
	return l->t->states[l->a].restores != l->t->states[l->b].restores;
}

/* --- places and names --- */

static bool from_wms(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->t->tenures[l->first[i]].list != TRUTH_OFFICE)
			return true;
	return false;
}

static bool perhaps_from_wms(const struct losses *l)
{
	return from_wms(l) || l->moved > 0;
}

static bool came_to_deleted(const struct losses *l)
{
	return losses_came_to(l, TRUTH_PROFILES, TRUTH_DELETED);
}

static bool perhaps_in_use(const struct losses *l)
{
	return came_to_deleted(l) ||
	       losses_from_deleted(l, true) > losses_from_deleted(l, false);
}

/* Of each list Profiles that has any, or of one of them. */
static bool several_stood(const struct losses *l, bool in_each)
{
	size_t stood[] = { in_list(l, l->a, TRUTH_PROFILES),
			   in_list(l, l->a, TRUTH_OFFICE) };

	if (in_each)
		return stood[0] != 1 && stood[1] != 1;
	return stood[0] > 1 || stood[1] > 1;
}

static bool perhaps_several(const struct losses *l)
{
	return several_stood(l, false);
}

static bool surely_several(const struct losses *l)
{
	return several_stood(l, true);
}

static bool came_to_office(const struct losses *l)
{
	return losses_came_to(l, TRUTH_PROFILES, TRUTH_OFFICE);
}

/* A list without a profile is none. */
static bool no_office_before(const struct losses *l)
{
	return in_list(l, l->a, TRUTH_OFFICE) == 0;
}

static bool new_office(const struct losses *l)
{
	return no_office_before(l) && came_to_office(l);
}

static bool nothing_gone(const struct losses *l)
{
	return l->n == 0;
}

static bool all_in_office(const struct losses *l)
{
	return nothing_gone(l) && came_to_office(l);
}

static bool all_generated(const struct losses *l, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += evidence_is_generated(l->t->tenures[l->first[i]].name);
	return all ? n > 0 && n == l->n : n > 0;
}

/* What stands in Deleted Profiles is a session's, whatever its name. */
static bool perhaps_generated(const struct losses *l)
{
	return all_generated(l, false) || losses_perhaps_deleted(l);
}

static bool surely_generated(const struct losses *l)
{
	return all_generated(l, true);
}

static bool nothing_shared(const struct losses *l)
{
	return l->n == l->t->states[l->a].n_alive;
}

/* --- set aside --- */

static bool new_backup(const struct losses *l)
{
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < b->n_alive; i++) {
		const struct truth_tenure *y = &l->t->tenures[b->alive[i].tenure];

		if (strncmp(y->name, CAUSES_BACKUP, strlen(CAUSES_BACKUP)) == 0 &&
		    truth_find(l->t, l->a, y->list, y->name) == TRUTH_NONE)
			return true;
	}
	return false;
}

/* The name may be an old one, and the profile a new one. */
static bool perhaps_backup(const struct losses *l)
{
	const struct truth_state *b = &l->t->states[l->b];

	for (size_t i = 0; i < b->n_alive; i++) {
		const struct truth_tenure *y = &l->t->tenures[b->alive[i].tenure];
		uint32_t x = truth_find(l->t, l->a, y->list, y->name);

		if (strncmp(y->name, CAUSES_BACKUP, strlen(CAUSES_BACKUP)) == 0 &&
		    (x == TRUTH_NONE || l->t->tenures[x].identity != y->identity))
			return true;
	}
	return false;
}

/* A profile that has the name of a backup now, in that list; `replaced`: and another its own. */
static bool set_aside(const struct losses *l, bool replaced)
{
	const struct truth *t = l->t;
	const struct truth_state *a = &t->states[l->a];

	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &t->tenures[a->alive[i].tenure];
		uint32_t now = truth_identity(t, l->b, x->identity);
		uint32_t other = truth_find(t, l->b, x->list, x->name);

		if (now == TRUTH_NONE || t->tenures[now].list != x->list ||
		    strncmp(t->tenures[now].name, CAUSES_BACKUP, strlen(CAUSES_BACKUP)) !=
			    0 ||
		    strcasecmp(t->tenures[now].name + strlen(CAUSES_BACKUP), x->name) !=
			    0)
			continue;
		if (!replaced || other != TRUTH_NONE)
			return true;
	}
	return false;
}

static bool is_set_aside(const struct losses *l)
{
	return set_aside(l, false);
}

/* The name may have been another one's that went: then it is new to the profile alone. */
static bool perhaps_aside(const struct losses *l)
{
	return new_backup(l) || is_set_aside(l);
}

/* One that had the name is replaced, whether or not it is the backup. */
static bool perhaps_replaced(const struct losses *l)
{
	const struct truth *t = l->t;
	const struct truth_state *a = &t->states[l->a];

	for (size_t i = 0; i < a->n_alive; i++) {
		const struct truth_tenure *x = &t->tenures[a->alive[i].tenure];
		uint32_t other = truth_find(t, l->b, x->list, x->name);

		if (other != TRUTH_NONE && t->tenures[other].identity != x->identity)
			return true;
	}
	return false;
}

bool causes_is_replaced(const struct losses *l)
{
	return set_aside(l, true);
}

static bool ran_first(const struct losses *l)
{
	for (uint32_t i = 0; i < l->t->n_tenures; i++)
		if (l->t->tenures[i].end == TRUTH_BY_FIRST_RUN &&
		    l->t->tenures[i].gone_state <= l->b)
			return true;
	return false;
}

/* --- times --- */

static bool keys_back(const struct losses *l)
{
	return l->t->states[l->b].newest < l->t->states[l->a].newest;
}

static bool is_in_log(const struct disk_snapshot *s)
{
	return s->kind != DISK_CLEAN && s->kind != DISK_LEFTOVER &&
	       s->kind != DISK_PACKED && s->kind != DISK_FOREIGN;
}

static bool number_back(const struct losses *l)
{
	return l->file_b->number < l->file_a->number;
}

static bool perhaps_number_back(const struct losses *l)
{
	return number_back(l) || is_in_log(l->file_a) || is_in_log(l->file_b);
}

static bool surely_number_back(const struct losses *l)
{
	return number_back(l) && !is_in_log(l->file_a) && !is_in_log(l->file_b);
}

/* The panel was started so shortly before a loss, by whichever of its times. */
static bool panel_before(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct truth_tenure *x = &l->t->tenures[l->last[i]];
		uint64_t from = x->has_emptied ? x->emptied : x->gone;

		for (size_t k = 0; k < l->t->n_starts; k++)
			if (l->t->starts[k] <= x->gone &&
			    l->t->starts[k] + PANEL_BEFORE >= from)
				return true;
	}
	return l->moved > 0;
}

static const struct causes_row rows[] = {
	{ "several_at_once", perhaps_at_once, surely_at_once },
	{ "one_at_a_time", perhaps_apart, surely_apart },
	{ "from_profiles", from_profiles_or_moved, losses_from_profiles },
	{ "from_deleted", losses_perhaps_deleted, surely_from_deleted },
	{ "only_from_deleted", perhaps_only_deleted, losses_only_deleted },
	{ "deleted_emptied", is_deleted_empty, was_deleted_emptied },
	{ "list_kept", list_kept, list_kept },
	{ "list_made_anew", list_made_anew, list_made_anew },
	{ "all_lost", perhaps_all_lost, surely_all_lost },
	{ "default_untouched", default_untouched, default_untouched },
	{ "same_subject", causes_always, causes_always },
	{ "subjects_differ", causes_never, causes_never },
	{ "after_older", losses_is_older, is_swapped },
	{ "later_state", is_in_order, is_later },
	{ "user_hive", causes_always, causes_always },
	{ "account_hive", causes_always, causes_always },
	{ "local_system_hive", causes_never, causes_never },
	{ "roots_differ", causes_never, causes_never },
	{ "wms_list", perhaps_from_wms, from_wms },
	{ "moved_in_use", perhaps_in_use, came_to_deleted },
	{ "more_than_one", perhaps_several, surely_several },
	{ "copy_in_office", came_to_office, came_to_office },
	{ "newer_office", no_office_before, new_office },
	{ "nothing_lost", nothing_gone, all_in_office },
	{ "dynamic_profiles", perhaps_generated, surely_generated },
	{ "nothing_shared", nothing_shared, nothing_shared },
	{ "backup_of", perhaps_backup, new_backup },
	{ "set_aside", perhaps_aside, is_set_aside },
	{ "original_replaced", perhaps_replaced, causes_is_replaced },
	{ "first_run_state", ran_first, causes_never },
	{ "keys_back", keys_back, keys_back },
	{ "sequence_back", perhaps_number_back, surely_number_back },
	{ "panel_used", panel_before, causes_never },
	{ "other_hive", losses_is_other_hive, losses_is_other_hive },
	{ "begun_since", is_begun_since, is_begun_since },
	{ "own_past", has_own_past, causes_never },
	{ "office_key_gone", causes_never, causes_never },
	{ "settings_kept", causes_always, causes_always },
};

const struct causes_row *conditions_rows(size_t *n)
{
	*n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}
