/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When profiles went: the bounds of each change, the moment where something shows
 * it, and the same of recovered profiles that no change tells of.
 */
#include "report/timeline/timelinechange.h"

#include "report/timeline/timelineprofile.h"

#include <stdlib.h>

/* Widens the time between which profiles went; 0 is not known. */
static void note_loss(struct timeline_draft *draft, uint64_t from_ft, uint64_t to_ft)
{
	if (from_ft && (!draft->from_ft || from_ft < draft->from_ft))
		draft->from_ft = from_ft;
	if (to_ft > draft->to_ft)
		draft->to_ft = to_ft;
}

/* ---- changes ---- */

/* Why the time of a bound is one; see enum finding_source. */
static const char *bound_sentence(enum finding_source source, bool latest)
{
	switch (source) {
	case FINDING_PROFILE_KEY_TIME:
		return "newest key of the profile in the earlier hive";
	case FINDING_HIVE_KEY_TIME:
		return "newest key of the earlier hive";
	case FINDING_HEADER_TIME:
		return latest ? "last write of the later hive"
			      : "last write of the earlier hive";
	case FINDING_LIST_KEY_TIME:
		return "last write of the list in the later hive";
	case FINDING_ANCESTOR_KEY_TIME:
		return "last write of the nearest key above the list in the later hive";
	case FINDING_NEW_LIST_KEY_TIME:
		return "last write of the list it went to";
	case FINDING_RECOVERED_KEY_TIME:
		return "newest recovered key of the profile in the later hive";
	case FINDING_NEW_HIVE_KEY_TIME:
		return "oldest key of the new hive since the earlier hive's last write";
	}
	return "";
}

/* "deleted", "moved to ...", "renamed to ..."; with the places where that was. */
static const char *what_happened(struct timeline_draft *draft,
				 const struct finding *finding,
				 const struct snapshot *after)
{
	if (finding->kind == FINDING_DELETED)
		return "deleted";
	if (finding->kind == FINDING_OTHER_HIVE)
		return "left with its hive, which another took the place of (inferred)";
	if (finding->kind == FINDING_RECREATED)
		return "deleted (another profile has its name since)";
	if (!finding->after)
		return "gone from there";
	return timelinedraft_print(
		draft, "%s to \"%s\" in %s",
		finding->kind == FINDING_MOVED ? "moved" : "renamed",
		timelinedraft_text(draft, key_name(finding->after->profile.key)),
		timelinedraft_store_path(draft, snapshot_store(after, finding->after)));
}

/* The tightest bound on one side, if there is one: never the moment itself. */
static void add_bound(struct timeline_draft *draft, const struct finding *finding,
		      bool latest, const char *what, struct timeline_event event)
{
	const struct finding_bound *bound = NULL;
	bool loss = finding_is_loss(finding);
	bool replaced = finding->kind == FINDING_OTHER_HIVE;
	bool conflict = finding->latest_ft && finding->earliest_ft > finding->latest_ft;

	event.time_ft = latest ? finding->latest_ft : finding->earliest_ft;
	for (size_t i = 0; i < finding->n_bounds && !bound; i++)
		if (finding->bounds[i].latest == latest &&
		    finding->bounds[i].time_ft == event.time_ft)
			bound = &finding->bounds[i];
	if (!bound)
		return;
	if (replaced)
		event.kind = latest ? TIMELINE_HIVE_END : TIMELINE_HIVE_START;
	else if (latest)
		event.kind = loss ? TIMELINE_DELETION_END : TIMELINE_MOVE_END;
	else
		event.kind = loss ? TIMELINE_DELETION_START : TIMELINE_MOVE_START;
	event.tags = replaced ? "other_hive,bound"
		     : loss   ? "deleted_profile,bound"
			      : "bound";
	event.time_is = latest ? "not_after" : "not_before";
	timelinedraft_place(draft->series->snapshots[bound->snapshot], bound->offset,
			    &event);
	event.message = timelinedraft_print(
		draft, "Profile \"%s\" in %s: %s, not %s this time (a bound: %s%s)",
		event.profile, event.store_path, what, latest ? "after" : "before",
		bound_sentence(bound->source, latest),
		conflict ? "; the bounds contradict each other" : "");
	timelinedraft_add(draft, &event);
}

/* Where the record of a recovered key stands, if it is not lost. */
static void place_recovered(const struct timeline_draft *draft,
			    const struct snapshot *snapshot,
			    const struct recovered_profile *profile,
			    struct timeline_event *event)
{
	const struct key *key = profile->profile.key;
	const struct recovery_part *part =
		recovery_part_of(series_recovery(draft->series, snapshot), key);
	const struct recovered_key *info = recovered_of(part->recovered, key);

	timelinedraft_place(snapshot, 0, event);
	if (info->n_places == 0)
		return;
	if (info->places[0].log == SIZE_MAX) {
		timelinedraft_place(snapshot, info->places[0].offset, event);
		return;
	}
	event->file = snapshot->logs[info->places[0].log];
	event->offset = info->places[0].offset;
}

static void add_moment(struct timeline_draft *draft, const struct finding *finding,
		       const struct snapshot *after, const char *what,
		       struct timeline_event event)
{
	event.time_ft = finding->at_ft;
	event.kind = finding_is_loss(finding) ? TIMELINE_DELETED : TIMELINE_MOVED;
	event.tags = "deleted_profile";
	event.time_is = finding->at_confirmed ? "confirmed" : "moment";
	place_recovered(draft, after, finding->recovered.profile, &event);
	event.message = timelinedraft_print(
		draft,
		"Profile \"%s\" in %s: %s, as the last write of its own recovered key "
		"shows; the list was last written %s",
		event.profile, event.store_path, what,
		finding->at_confirmed ? "at the same moment" : "later");
	timelinedraft_add(draft, &event);
}

static void add_change(struct timeline_draft *draft, const struct comparison *comparison,
		       const struct finding *finding, size_t number)
{
	const struct snapshot *after =
		draft->series->snapshots[comparison->before_index + 1];
	struct timeline_event event = { .offset = DIAG_NOWHERE };

	if (!finding->dated || !finding->before)
		return;
	timelinedraft_name(draft, key_name(finding->before->profile.key), &event);
	timelinedraft_store(draft, finding->store, &event);
	event.certainty = finding_certainty_word(finding->certainty);
	event.changes = timelinedraft_print(draft, "c%zu", number);
	const char *what = what_happened(draft, finding, after);
	add_bound(draft, finding, false, what, event);
	add_bound(draft, finding, true, what, event);
	if (finding->at_ft)
		add_moment(draft, finding, after, what, event);
	if (finding_is_loss(finding))
		note_loss(draft, finding->at_ft ? finding->at_ft : finding->earliest_ft,
			  finding->at_ft ? finding->at_ft : finding->latest_ft);
}

/* ---- recovered profiles ---- */

/* How it is called, and where it was, as far as that is known. */
static const char *describe(struct timeline_draft *draft,
			    const struct recovered_profile *profile,
			    const struct timeline_event *event)
{
	const char *path = event->store_path ? event->store_path : TIMELINE_LOST_LIST;

	if (text_length(profile->name) == 0)
		return timelinedraft_print(draft, "Recovered profile (name lost) in %s",
					   path);
	if (!event->profile)
		return timelinedraft_print(
			draft,
			"Recovered profile (name lost; an account of it "
			"is called \"%s\") in %s",
			timelinedraft_text(draft, profile->name), path);
	return timelinedraft_print(draft, "Recovered profile \"%s\"%s in %s",
				   event->profile,
				   profile->name_certainty == RECOVERED_CERTAIN
					   ? ""
					   : " (a name that is concluded)",
				   path);
}

static void add_recovered(struct timeline_draft *draft, const struct snapshot *snapshot,
			  const struct recovered_profile *profile)
{
	bool moment = profile->deleted_ft != 0;
	bool gone = !recovery_is_left_behind(profile);
	struct timeline_event event = {
		.time_ft = moment ? profile->deleted_ft : profile->not_after_ft,
		.certainty = recovered_certainty_word(profile->certainty),
		.time_is = moment ? "moment" : "not_after",
	};
	const char *who, *what = "deleted";

	/* What is known of an account is no name of the profile. */
	if (text_length(profile->name) > 0 && profile->name_from != RECOVERY_NAME_ACCOUNT)
		timelinedraft_name(draft, profile->name, &event);
	timelinedraft_store(draft, profile->store, &event);
	place_recovered(draft, snapshot, profile, &event);
	if (gone)
		event.kind = moment ? TIMELINE_DELETED : TIMELINE_DELETION_END;
	else
		event.kind = moment ? TIMELINE_MOVED : TIMELINE_MOVE_END;
	if (gone)
		event.tags = moment ? "deleted_profile" : "deleted_profile,bound";
	else
		event.tags = moment ? NULL : "bound";
	if (profile->went_on)
		what = timelinedraft_print(
			draft, "moved to the other list (where it was lost as \"%s\")",
			timelinedraft_text(draft, profile->went_on_as));
	else if (!gone)
		what = timelinedraft_print(
			draft, "moved, renamed or copied (it lives on as \"%s\")",
			timelinedraft_text(draft, key_name(profile->lives_on)));
	who = describe(draft, profile, &event);
	event.message = timelinedraft_print(
		draft, "%s: %s%s", who, what,
		moment ? ", as the last write of its own key shows"
		       : ", not after this time (a bound: last write of the list)");
	timelinedraft_add(draft, &event);
	if (event.profile)
		timelineprofile_made(draft, profile->name, event);
	if (gone)
		note_loss(draft, profile->deleted_ft, event.time_ft);
}

/* Those of a snapshot that are no remains of a change; that one tells when it went. */
static void add_all_recovered(struct timeline_draft *draft, size_t index)
{
	const struct series *series = draft->series;
	const struct snapshot *snapshot = series->snapshots[index];
	const struct recovery *recovery = series->recoveries[index];
	bool *reported;

	if (!recovery || recovery->n_profiles == 0)
		return;
	reported = series_reported(series, index);
	if (!reported) {
		draft->status = STATUS_NOMEM;
		return;
	}
	for (size_t i = 0; i < recovery->n_profiles; i++)
		if (!reported[i])
			add_recovered(draft, snapshot, &recovery->profiles[i]);
	free(reported);
}

void timelinechange_collect(struct timeline_draft *draft)
{
	const struct series *series = draft->series;

	for (size_t i = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		size_t before = series_changes_before(series, i);
		for (size_t k = 0; k < comparison->n_findings; k++)
			add_change(draft, comparison, &comparison->findings[k],
				   before + k + 1);
	}
	for (size_t i = 0; i < series->n_snapshots; i++)
		add_all_recovered(draft, i);
}
