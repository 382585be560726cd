/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes and profiles in brief: what went alike (kind, list, certainty) stands
 * under one head, a row for each; the time is in the head if it is that of all.
 */
#include "report/summary/brief.h"

#include "report/summary/profilelines.h"
#include "report/summary/wording.h"

#include <string.h>

/* What differs more than this is counted, and left to the report. */
#define MAX_GROUPS 8

/* The last column at which what a row says of a name begins. */
#define ROW_MAX_HANG 54

/* Rows that go alike.  The items are told by their numbers in some array. */
struct group {
	size_t first, n;
	unsigned columns; /* of the widest name */
	bool at_once;	  /* all at the same time */
};

/* Whether two items go alike, and at the same time. */
struct likeness {
	const void *context;
	bool (*same)(const void *context, size_t a, size_t b);
	bool (*same_time)(const void *context, size_t a, size_t b);
};

struct groups {
	struct group items[MAX_GROUPS];
	size_t n, n_left_out;
};

/* Adds item number i to the group of what goes like it, or makes one. */
static void add(struct groups *groups, size_t i, struct text name,
		const struct screen *screen, const struct likeness *like)
{
	struct group *group = groups->items, *end = groups->items + groups->n;
	unsigned columns = screen_columns(screen, name);

	while (group < end && !like->same(like->context, group->first, i))
		group++;
	if (group == groups->items + MAX_GROUPS) {
		groups->n_left_out++;
		return;
	}
	if (group == end) {
		*group = (struct group){ .first = i, .at_once = true };
		groups->n++;
	}
	group->n++;
	group->at_once &= like->same_time(like->context, group->first, i);
	if (columns > group->columns)
		group->columns = columns;
}

static unsigned hang_of(const struct group *group)
{
	unsigned hang = SUMMARY_HANG + group->columns + 2;

	return hang < ROW_MAX_HANG ? hang : ROW_MAX_HANG;
}

/* True while there is room for a head, and at least one row below it. */
static bool begin_group(const struct summary *summary, const struct group *group,
			size_t *n_left_out)
{
	if (summary->n_shown < SUMMARY_MAX_ROWS)
		return true;
	*n_left_out += group->n;
	return false;
}

/* True while there is room for one more row of the summary. */
static bool begin_row(struct summary *summary, size_t *n_left_out)
{
	if (summary->n_shown < SUMMARY_MAX_ROWS) {
		summary->n_shown++;
		return true;
	}
	++*n_left_out;
	return false;
}

static void put_left_out(struct screen *screen, size_t n, const char *what)
{
	if (n == 0)
		return;
	screen_line(screen, SUMMARY_HANG, SUMMARY_HANG, SCREEN_PLAIN, "");
	screen_print(screen, "... and %zu more %s%s in the report", n, what,
		     wording_plural(n));
}

/* The list by its last name; which Outlook's, unless it is that of all versions. */
static void put_list(struct screen *screen, const struct store *store)
{
	screen_print(screen,
		     store->list == STORE_PROFILES ? "Profiles" : "Deleted Profiles");
	if (store->kind == STORE_WMS9X)
		screen_print(screen, " (Windows 9x)");
	if (store->kind == STORE_OFFICE) {
		screen_print(screen, " of Office ");
		screen_utf8(screen, store->office_version ? store->office_version : "?");
	}
}

static void put_name(struct screen *screen, struct text name, const char *lost)
{
	screen_style(screen, SCREEN_STRONG);
	if (text_length(name) > 0)
		screen_text(screen, name);
	else
		screen_print(screen, "%s", lost);
	screen_style(screen, SCREEN_PLAIN);
}

/* ---- changes ---- */

/* As it was before, if it was there; NULL for a change of no profile. */
static const struct snapshot_profile *profile_of(const struct finding *finding)
{
	return finding->before ? finding->before : finding->after;
}

static bool is_same_change(const void *context, size_t a, size_t b)
{
	const struct comparison *comparison = context;
	const struct finding *one = &comparison->findings[a];
	const struct finding *other = &comparison->findings[b];

	/* What has no profile stands alone; what moved did so to the same list. */
	return one->kind == other->kind && one->store == other->store &&
	       one->certainty == other->certainty && profile_of(one) &&
	       profile_of(other) &&
	       (one->kind != FINDING_MOVED || one->after->store == other->after->store);
}

static bool is_in_log(const struct finding *finding)
{
	return finding->state && !finding->state->first;
}

static bool is_same_moment(const void *context, size_t a, size_t b)
{
	const struct comparison *comparison = context;
	const struct finding *one = &comparison->findings[a];
	const struct finding *other = &comparison->findings[b];

	return one->dated == other->dated && one->at_ft == other->at_ft &&
	       one->at_confirmed == other->at_confirmed &&
	       one->earliest_ft == other->earliest_ft &&
	       one->latest_ft == other->latest_ft && is_in_log(one) == is_in_log(other);
}

/* " from Profiles to Deleted Profiles". */
static void put_place(struct summary *summary, const struct comparison *comparison,
		      const struct finding *finding)
{
	struct screen *screen = summary->screen;
	const struct snapshot *after =
		summary->series->snapshots[comparison->before_index + 1];

	screen_print(screen, finding_is_loss(finding) || finding->kind == FINDING_MOVED
				     ? " from "
				     : " in ");
	put_list(screen, finding->store);
	if (finding->kind == FINDING_MOVED) {
		screen_print(screen, " to ");
		put_list(screen, snapshot_store(after, finding->after));
	}
}

/* "at ..., in log": not in the hive file yet; false, and nothing, if neither is to be said. */
static bool put_moment(struct screen *screen, const struct finding *finding,
		       const char *separator)
{
	bool dated = wording_is_dated(finding), in_log = is_in_log(finding);

	if (dated || in_log)
		screen_print(screen, "%s", separator);
	if (dated)
		wording_when(screen, finding);
	if (in_log)
		screen_print(screen, "%sin log", dated ? ", " : "");
	return dated || in_log;
}

/* What is worth knowing of it beside its name. */
static void put_gist(struct screen *screen, const struct finding *finding,
		     const char *separator)
{
	size_t n = finding->differences.n + finding->differences.n_left_out;

	if (finding_is_loss(finding) || finding->kind == FINDING_ADDED) {
		screen_print(screen, "%s", separator);
		profilelines_brief(screen, &profile_of(finding)->profile);
	} else if (n > 0) {
		screen_print(screen, "%s", separator);
		if (profilelines_brief_losses(screen, &finding->before->profile,
					      &finding->after->profile))
			screen_print(screen, "; ");
		screen_print(screen, "%zu key%s or value%s differ%s", n,
			     wording_plural(n), wording_plural(n), n == 1 ? "s" : "");
	}
}

/* The only one of its kind: a paragraph. */
static void put_alone(struct summary *summary, const struct comparison *comparison,
		      const struct finding *finding)
{
	struct screen *screen = summary->screen;

	wording_names(screen, finding);
	put_place(summary, comparison, finding);
	screen_print(screen, "  [%s]", finding_certainty_word(finding->certainty));
	(void)put_moment(screen, finding, "  ");
	put_gist(screen, finding, "  ");
}

static void put_changes(struct summary *summary, const struct comparison *comparison,
			const struct group *group, size_t *n_left_out)
{
	struct screen *screen = summary->screen;
	const struct finding *first = &comparison->findings[group->first];

	if (!begin_group(summary, group, n_left_out))
		return;
	screen_line(screen, 0, SUMMARY_HANG, wording_style(first->kind),
		    finding_kind_word(first->kind));
	if (group->n == 1) {
		summary->n_shown++;
		put_alone(summary, comparison, first);
		return;
	}
	screen_print(screen, "%zu", group->n);
	put_place(summary, comparison, first);
	screen_print(screen, "  [%s]", finding_certainty_word(first->certainty));
	if (group->at_once)
		(void)put_moment(screen, first, "  ");
	for (size_t i = group->first; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (!is_same_change(comparison, group->first, i) ||
		    !begin_row(summary, n_left_out))
			continue;
		screen_row(screen, SUMMARY_HANG, hang_of(group),
			   key_name(profile_of(finding)->profile.key));
		if (finding->kind == FINDING_RENAMED) {
			screen_print(screen, "-> ");
			screen_text(screen, key_name(finding->after->profile.key));
			screen_print(screen, " ");
		}
		put_gist(screen, finding,
			 !group->at_once && put_moment(screen, finding, "") ? "; " : "");
	}
}

void brief_changes(struct summary *summary, const struct comparison *comparison)
{
	const struct likeness like = { comparison, is_same_change, is_same_moment };
	struct groups groups = { 0 };

	for (size_t i = 0; i < WORDING_N_KINDS; i++)
		for (size_t k = 0; k < comparison->n_findings; k++) {
			const struct finding *finding = &comparison->findings[k];
			const struct snapshot_profile *profile = profile_of(finding);
			if (finding->kind == wording_kind(i))
				add(&groups, k,
				    profile ? key_name(profile->profile.key)
					    : text_of(""),
				    summary->screen, &like);
		}
	for (size_t i = 0; i < groups.n; i++)
		put_changes(summary, comparison, &groups.items[i], &groups.n_left_out);
	put_left_out(summary->screen, groups.n_left_out, "change");
	for (size_t i = 0; i < comparison->n_keys; i++) {
		const struct compared_key *key = &comparison->keys[i];
		screen_line(summary->screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "key");
		screen_path(summary->screen, key->path);
		screen_print(summary->screen, "  %zu differences",
			     key->differences.n + key->differences.n_left_out);
	}
}

/* ---- profiles of a single snapshot ---- */

static bool is_same_list(const void *context, size_t a, size_t b)
{
	const struct snapshot *snapshot = context;

	return snapshot->profiles[a].store == snapshot->profiles[b].store;
}

static void put_profiles(struct summary *summary, const struct snapshot *snapshot,
			 const struct group *group, size_t *n_left_out)
{
	struct screen *screen = summary->screen;

	if (!begin_group(summary, group, n_left_out))
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "profiles");
	screen_print(screen, "%zu in ", group->n);
	put_list(screen, snapshot_store(snapshot, &snapshot->profiles[group->first]));
	for (size_t i = group->first; i < snapshot->n_profiles; i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		if (!is_same_list(snapshot, group->first, i) ||
		    !begin_row(summary, n_left_out))
			continue;
		screen_row(screen, SUMMARY_HANG, hang_of(group),
			   key_name(profile->profile.key));
		if (profile->is_default)
			screen_print(screen, "(default) ");
		profilelines_brief(screen, &profile->profile);
	}
}

void brief_profiles(struct summary *summary, const struct snapshot *snapshot)
{
	const struct likeness like = { snapshot, is_same_list, is_same_list };
	struct groups groups = { 0 };

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		add(&groups, i, key_name(snapshot->profiles[i].profile.key),
		    summary->screen, &like);
	for (size_t i = 0; i < groups.n; i++)
		put_profiles(summary, snapshot, &groups.items[i], &groups.n_left_out);
	put_left_out(summary->screen, groups.n_left_out, "profile");
}

/* ---- recovered profiles ---- */

#define NAME_LOST "(name lost)"

static bool is_same_end(const void *context, size_t a, size_t b)
{
	const struct recovery *recovery = context;
	const struct recovered_profile *one = &recovery->profiles[a];
	const struct recovered_profile *other = &recovery->profiles[b];

	return (one->store && other->store ? store_is_same(one->store, other->store)
					   : one->store == other->store) &&
	       one->has_no_gaps == other->has_no_gaps &&
	       one->certainty == other->certainty &&
	       one->may_be_alive == other->may_be_alive &&
	       /* What has a moment, and what has only a bound, has a head of its own. */
	       !one->deleted_ft == !other->deleted_ft;
}

static bool is_same_end_time(const void *context, size_t a, size_t b)
{
	const struct recovery *recovery = context;
	const struct recovered_profile *one = &recovery->profiles[a];
	const struct recovered_profile *other = &recovery->profiles[b];

	return one->deleted_ft == other->deleted_ft &&
	       one->not_after_ft == other->not_after_ft;
}

/* "deleted at ..."; false, and nothing, if it is not known. */
static bool put_end_time(struct screen *screen, const struct recovered_profile *profile,
			 const char *separator)
{
	if (!profile->deleted_ft && !profile->not_after_ft)
		return false;
	screen_print(screen, "%sdeleted %s ", separator,
		     profile->deleted_ft ? "at" : "not after");
	screen_time(screen,
		    profile->deleted_ft ? profile->deleted_ft : profile->not_after_ft);
	screen_utc(screen);
	return true;
}

/* " from Profiles, deleted at ...  [in part]". */
static void put_end(struct screen *screen, const struct recovered_profile *profile,
		    bool with_time)
{
	if (profile->store) {
		screen_print(screen, " from ");
		put_list(screen, profile->store);
	}
	if (with_time)
		(void)put_end_time(screen, profile, ", ");
	screen_print(screen, "  [%s", profile->has_no_gaps ? "no gaps" : "in part");
	if (profile->certainty != RECOVERED_CERTAIN)
		screen_print(screen, ", path %s",
			     recovered_certainty_word(profile->certainty));
	if (profile->may_be_alive)
		screen_print(screen, ", may still be there");
	screen_print(screen, "]");
}

static void put_ends(struct summary *summary, const struct recovery *recovery,
		     const struct group *group, size_t *n_left_out)
{
	struct screen *screen = summary->screen;
	const struct recovered_profile *first = &recovery->profiles[group->first];

	if (!begin_group(summary, group, n_left_out))
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_BAD, "recovered");
	if (group->n == 1) {
		summary->n_shown++;
		put_name(screen, first->name, NAME_LOST);
		put_end(screen, first, true);
		screen_print(screen, "  ");
		profilelines_brief(screen, &first->profile);
		return;
	}
	screen_print(screen, "%zu", group->n);
	put_end(screen, first, group->at_once);
	for (size_t i = group->first; i < recovery->n_profiles; i++) {
		const struct recovered_profile *profile = &recovery->profiles[i];
		if (summary->reported[i] || recovery_is_left_behind(profile) ||
		    !is_same_end(recovery, group->first, i) ||
		    !begin_row(summary, n_left_out))
			continue;
		screen_row(screen, SUMMARY_HANG, hang_of(group),
			   text_length(profile->name) > 0 ? profile->name
							  : text_of(NAME_LOST));
		if (!group->at_once && put_end_time(screen, profile, ""))
			screen_print(screen, "; ");
		profilelines_brief(screen, &profile->profile);
	}
}

void brief_recovered(struct summary *summary, const struct recovery *recovery)
{
	const struct likeness like = { recovery, is_same_end, is_same_end_time };
	struct groups groups = { 0 };

	for (size_t i = 0; i < recovery->n_profiles; i++)
		/* What a profile left behind when it moved is in the report. */
		if (!recovery_is_left_behind(&recovery->profiles[i]) &&
		    !summary->reported[i])
			add(&groups, i, recovery->profiles[i].name, summary->screen,
			    &like);
	for (size_t i = 0; i < groups.n; i++)
		put_ends(summary, recovery, &groups.items[i], &groups.n_left_out);
	put_left_out(summary->screen, groups.n_left_out, "recovered profile");
	if (recovery->n_inside_keys + recovery->n_inside_values == 0)
		return;
	screen_line(summary->screen, 0, SUMMARY_HANG, SCREEN_CHANGED, "recovered");
	screen_print(
		summary->screen, "%zu key%s and %zu value%s inside what is still there",
		recovery->n_inside_keys, wording_plural(recovery->n_inside_keys),
		recovery->n_inside_values, wording_plural(recovery->n_inside_values));
}
