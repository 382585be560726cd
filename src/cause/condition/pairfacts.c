/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the pair: whether the later hive is a later state of the same
 * subject's hive at all.  Another security id, role or name tells of two subjects only
 * where the bytes do not show one hive: ids are changed when a machine joins a domain.
 */
#include "cause/condition/pairfacts.h"

#include "cause/condition/result.h"

#include "snapshot/samesubject.h"

#include <string.h>

/* By keys that were not written since, or by a profile in its cell with most keys. */
static bool is_one_hive(const struct incident *incident)
{
	return hivematch_is_one_hive(&incident->match) ||
	       samesubject_is_one_hive(incident->before, incident->after);
}

/* ---- older ---- */

/*
 * Which of the two states is the older one, by three marks: the newest key, the sequence
 * number, which Windows counts up with each writing, and the time in the base block.  Key
 * times follow the machine's clock, which may have been set back.  Saving a hive anew
 * begins its numbers again; one that was being written, or that logs complete, may be ahead
 * of the number in its base block.  So a state is the older one only where two marks say so and
 * none denies it, and the later one where the newest key or the number is ahead and the
 * other is not behind.  What the marks contradict is not known.
 */
enum order { ORDER_UNKNOWN, ORDER_LATER, ORDER_OLDER, ORDER_CONTRADICTED };

/*
 * The number of a state lies between two: each entry of a log has one, and the hive gets
 * the next when all are written; a hive that was being written may be ahead of its own.
 */
static uint32_t number_of(const struct snapshot *snapshot)
{
	return snapshot_is_replayed(snapshot) ? snapshot->image->base.primary_sequence
					      : snapshot->found.primary_sequence;
}

static bool is_number_ahead(const struct snapshot *snapshot, const struct snapshot *of)
{
	/* Counted in a circle of 32 bits. */
	uint32_t least = number_of(snapshot),
		 most = number_of(of) + snapshot_is_replayed(of);

	return !snapshot_is_dirty(of) && (int32_t)(least - most) > 0;
}

/* 1: the later hive has the higher number, -1: the lower one; 0: equal, or not known. */
static int sequence_step(const struct incident *incident)
{
	return is_number_ahead(incident->after, incident->before) -
	       is_number_ahead(incident->before, incident->after);
}

/* The comparison's word for it; nothing is known where there is none. */
static bool is_no_later_state(const struct incident *incident)
{
	return incident->comparison &&
	       otherhive_is_no_later_state(&incident->comparison->other);
}

bool pairfacts_tells_changes(const struct incident *incident)
{
	if (!is_no_later_state(incident))
		return true;
	/* An older copy that was used on can have lost profiles of its own. */
	return !otherhive_is_another(&incident->comparison->other) &&
	       loss_count_sure(&incident->losses) > 0;
}

static int compare_times(uint64_t was, uint64_t is)
{
	return (is > was) - (is < was);
}

static enum order order_of(const struct incident *incident)
{
	const struct snapshot *before = incident->before, *after = incident->after;
	int keys = compare_times(before->newest_ft, after->newest_ft);
	int header = compare_times(before->found.last_written_ft,
				   after->found.last_written_ft);
	int sequence = sequence_step(incident);

	if (!before->newest_ft || !after->newest_ft || after->order_unknown)
		return ORDER_UNKNOWN;
	/* Saved anew, or another hive: its numbers are none of the earlier one's. */
	if (sequence < 0 &&
	    (incident->match.n_elsewhere > 0 || is_no_later_state(incident)))
		sequence = 0;
	/* The newest key of what could not be read whole may be the one that was not. */
	if (keys < 0 && sequence >= 0 && !snapshot_is_complete(after))
		return ORDER_UNKNOWN;
	if (keys > 0 && sequence <= 0 && !snapshot_is_complete(before))
		return ORDER_UNKNOWN;
	if (keys * sequence < 0 || (keys == 0 && sequence * header < 0))
		return ORDER_CONTRADICTED;
	if (keys > 0 || sequence > 0)
		return ORDER_LATER;
	if (keys < 0 && sequence == 0 && header >= 0)
		return ORDER_UNKNOWN;
	if (keys == 0 && sequence == 0)
		return header < 0 ? ORDER_UNKNOWN : ORDER_LATER;
	return ORDER_OLDER;
}

/* The reason that lies in a change that a cause is weighed on; NULL: none. */
static const char *contradiction_of(const struct finding *finding, bool in_order)
{
	if (finding->certainty == FINDING_UNRESOLVED)
		return NULL;
	for (size_t i = 0; i < finding->n_reasons; i++) {
		if (finding->reasons[i] == FINDING_READERS_DIFFER)
			return "the readers contradict each other";
		/* In the wrong order of hives, bounds cannot but do so. */
		if (finding->reasons[i] == FINDING_BOUNDS_CONFLICT && in_order)
			return "the times of a change contradict each other";
	}
	return NULL;
}

const char *pairfacts_contradiction(const struct incident *incident)
{
	const struct comparison *comparison = incident->comparison;
	const char *found = NULL;

	if (!incident->before)
		return NULL;
	const char *difference =
		subject_difference(&incident->before->subject, &incident->after->subject);
	enum order order = order_of(incident);
	if (order == ORDER_CONTRADICTED)
		return "newest keys, sequence numbers and base blocks contradict each "
		       "other about which hive is the later one";
	if (difference && is_one_hive(incident))
		return "the hives tell two subjects, and their keys one hive";
	for (size_t i = 0; comparison && !found && i < comparison->n_findings; i++)
		found = contradiction_of(&comparison->findings[i],
					 order != ORDER_OLDER && !difference);
	return found;
}

/* True if one of both tells neither times nor numbers, by its nature. */
static bool has_export(const struct incident *incident)
{
	return snapshot_is_export(incident->before) ||
	       snapshot_is_export(incident->after);
}

static const char *why_no_times(const struct incident *incident)
{
	return has_export(incident) ? "a .reg export holds no times"
				    : "no key of one hive could be read";
}

void pairfacts_sequence(struct incident *incident, struct condition *condition)
{
	const struct snapshot *before = incident->before, *after = incident->after;

	if (has_export(incident)) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "a .reg export holds no sequence number");
		return;
	}
	bool back = sequence_step(incident) < 0;
	bool anew = back && incident->match.n_elsewhere > 0;
	/* Lower in the file, while what was still to be written may be ahead. */
	bool unsure = !back && (int32_t)(after->found.primary_sequence -
					 before->found.primary_sequence) < 0;

	result_is(incident, condition,
		  anew || unsure ? CONDITION_UNKNOWN
		  : back	 ? CONDITION_MET
				 : CONDITION_NOT_MET,
		  "%u in the earlier hive, %u in the later one%s",
		  before->found.primary_sequence, after->found.primary_sequence,
		  anew ? ", which was saved anew: that begins the numbers again" : "");
	result_show_base(condition, before, IMAGE_AT_SEQUENCE,
			 incident_print(incident, "%u", before->found.primary_sequence));
	result_show_base(condition, after, IMAGE_AT_SEQUENCE,
			 incident_print(incident, "%u", after->found.primary_sequence));
}

void pairfacts_keys_back(struct incident *incident, struct condition *condition)
{
	uint64_t was = incident->before->newest_ft, is = incident->after->newest_ft;
	const struct snapshot *older = is < was ? incident->after : incident->before;

	if (!was || !is)
		result_is(incident, condition, CONDITION_UNKNOWN, "%s",
			  why_no_times(incident));
	else
		result_is(incident, condition,
			  !snapshot_is_complete(older) ? CONDITION_UNKNOWN
			  : is < was		       ? CONDITION_MET
						       : CONDITION_NOT_MET,
			  "%s in the earlier hive, %s in the later one%s",
			  incident_time(incident, was), incident_time(incident, is),
			  snapshot_is_complete(older) ? "" : ", of what could be read");
}

static const char *order_sentence(enum order order)
{
	switch (order) {
	case ORDER_UNKNOWN:
		return "; that does not tell which is the older state";
	case ORDER_CONTRADICTED:
		return "; these contradict each other";
	case ORDER_LATER:
	case ORDER_OLDER:
		break;
	}
	return "";
}

void pairfacts_older(struct incident *incident, struct condition *condition)
{
	const struct snapshot *before = incident->before, *after = incident->after;
	uint64_t was = before->found.last_written_ft;
	uint64_t is = after->found.last_written_ft;
	enum order order = order_of(incident);

	if (!before->newest_ft || !after->newest_ft) {
		result_is(incident, condition, CONDITION_UNKNOWN, "%s",
			  why_no_times(incident));
		return;
	}
	result_is(incident, condition,
		  order == ORDER_OLDER	 ? CONDITION_MET
		  : order == ORDER_LATER ? CONDITION_NOT_MET
					 : CONDITION_UNKNOWN,
		  "newest keys of %s and then %s, base blocks of %s and then %s%s",
		  incident_time(incident, before->newest_ft),
		  incident_time(incident, after->newest_ft), incident_time(incident, was),
		  incident_time(incident, is), order_sentence(order));
	result_show_base(condition, before, IMAGE_AT_LAST_WRITTEN,
			 incident_time(incident, was));
	result_show_base(condition, after, IMAGE_AT_LAST_WRITTEN,
			 incident_time(incident, is));
}

void pairfacts_lost_newer(struct incident *incident, struct condition *condition)
{
	const struct losses *losses = &incident->losses;
	size_t newer = 0;

	if (has_export(incident)) {
		result_is(incident, condition, CONDITION_UNKNOWN, "%s",
			  why_no_times(incident));
		return;
	}
	for (size_t i = 0; i < losses->n; i++) {
		if (losses->items[i].profile->newest_ft <= incident->after->newest_ft)
			continue;
		newer++;
		result_show_loss(incident, condition, &losses->items[i]);
	}
	/* An older state cannot hold a profile that was made later. */
	result_is(incident, condition,
		  newer < losses->n ? CONDITION_NOT_MET
		  : !snapshot_is_complete(incident->after) || losses->n_open > 0
			  ? CONDITION_UNKNOWN
			  : CONDITION_MET,
		  "%zu of %zu", newer, losses->n);
}

/* ---- another's ---- */

static void show_names(struct incident *incident, struct condition *condition)
{
	result_show_base(
		condition, incident->before, IMAGE_AT_EMBEDDED_NAME,
		incident_utf8(incident, incident->before->image->base.embedded_name));
	result_show_base(
		condition, incident->after, IMAGE_AT_EMBEDDED_NAME,
		incident_utf8(incident, incident->after->image->base.embedded_name));
}

void pairfacts_subjects(struct incident *incident, struct condition *condition)
{
	const struct subject *before = &incident->before->subject;
	const struct subject *after = &incident->after->subject;
	const char *difference = subject_difference(before, after);
	bool wants_differ = condition->kind->id == CONDITION_SUBJECTS_DIFFER;
	bool known = before->role != SUBJECT_UNKNOWN && after->role != SUBJECT_UNKNOWN;

	if (difference && hivematch_is_one_hive(&incident->match))
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "%s, but %zu keys stand in both in one cell with one time, the "
			  "newest of %s: that is one hive",
			  difference, incident->match.n_in_place,
			  incident_time(incident, incident->match.newest_ft));
	else if (difference && is_one_hive(incident))
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "%s, but a profile with the same instance key and most keys "
			  "stand in both in one cell: that is one hive",
			  difference);
	else if (difference)
		result_is(incident, condition,
			  wants_differ ? CONDITION_MET : CONDITION_NOT_MET, "%s",
			  difference);
	else if (!wants_differ)
		result_is(incident, condition, CONDITION_MET,
			  "ids, roles and names as far as both have them");
	else
		result_is(incident, condition,
			  known ? CONDITION_NOT_MET : CONDITION_UNKNOWN, "%s",
			  before->sid[0] && after->sid[0] ? "they have one security id"
			  : known			  ? "both say the same"
				  : "one of them does not tell whose it is");
	show_names(incident, condition);
}

void pairfacts_shared(struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;
	size_t gone = 0, open = 0, had = incident->before->n_profiles;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (!finding_is_loss(finding))
			continue;
		gone++;
		open += finding->certainty == FINDING_UNRESOLVED;
	}
	result_is(incident, condition,
		  gone < had				? CONDITION_NOT_MET
		  : open > 0 || incident->losses.unread ? CONDITION_UNKNOWN
							: CONDITION_MET,
		  "%zu of %zu are in the later hive too", had - gone, had);
}

/*
 * Whatever else takes profiles can only be seen between an earlier and a later
 * state of one hive; a single one is both, what is gone was recovered from it.
 */
void pairfacts_later(struct incident *incident, struct condition *condition)
{
	const char *difference = NULL;

	if (!incident->before) {
		result_is(incident, condition, CONDITION_MET,
			  "a single hive: what is gone was recovered from it");
		return;
	}
	enum order order = order_of(incident);
	difference =
		subject_difference(&incident->before->subject, &incident->after->subject);
	if (difference && !is_one_hive(incident))
		result_is(incident, condition, CONDITION_NOT_MET, "%s", difference);
	else if (!incident->before->newest_ft || !incident->after->newest_ft)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no key of one hive could be read");
	else if (is_no_later_state(incident))
		result_is(
			incident, condition, CONDITION_UNKNOWN,
			otherhive_is_another(&incident->comparison->other)
				? "another hive stands in place of the earlier one: "
				  "what became of that one since it was saved is not "
				  "known"
				: "an older copy of the hive stands in its place, and "
				  "was used on: what became of the earlier one since it "
				  "was saved is not known");
	else
		result_is(incident, condition,
			  order == ORDER_LATER	 ? CONDITION_MET
			  : order == ORDER_OLDER ? CONDITION_NOT_MET
						 : CONDITION_UNKNOWN,
			  "its newest key is of %s, that of the earlier one of %s%s",
			  incident_time(incident, incident->after->newest_ft),
			  incident_time(incident, incident->before->newest_ft),
			  order_sentence(order));
}

/*
 * Windows Vista and later give the root key of each hive a name with a GUID
 * of its own: "CMI-CreateHive{...}".  Seen so in hives, not documented.
 */
void pairfacts_roots(struct incident *incident, struct condition *condition)
{
	static const char made[] = "CMI-CreateHive{";
	const struct key_tree *old = incident->before->keys, *new = incident->after->keys;

	if (!old || !new || !text_starts_with(key_name(old->root), made) ||
	    !text_starts_with(key_name(new->root), made)) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "their root keys carry no name that Windows made for "
			  "one hive");
		return;
	}
	const char *was = incident_utf8(incident, key_name(old->root));
	const char *is = incident_utf8(incident, key_name(new->root));
	result_is(incident, condition,
		  strcmp(was, is) ? CONDITION_MET : CONDITION_NOT_MET, "%s and %s", was,
		  is);
	result_show_key(condition, incident->before, old->root, was);
	result_show_key(condition, incident->after, new->root, is);
}
