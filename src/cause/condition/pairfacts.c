/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the pair: whether the later hive is a later state of the same
 * subject's hive at all.
 */
#include "cause/condition/pairfacts.h"

#include "cause/condition/result.h"

#include "snapshot/samesubject.h"

#include <string.h>

/* ---- older ---- */

static bool sequence_is_back(const struct incident *incident)
{
	/* Counted in a circle of 32 bits. */
	return (int32_t)(incident->after->found.primary_sequence -
			 incident->before->found.primary_sequence) < 0;
}

void pairfacts_sequence(struct incident *incident, struct condition *condition)
{
	const struct snapshot *before = incident->before, *after = incident->after;

	result_is(incident, condition,
		  sequence_is_back(incident) ? CONDITION_MET : CONDITION_NOT_MET,
		  "%u in the earlier hive, %u in the later one",
		  before->found.primary_sequence, after->found.primary_sequence);
	result_show_base(condition, before, IMAGE_AT_SEQUENCE,
			 incident_print(incident, "%u", before->found.primary_sequence));
	result_show_base(condition, after, IMAGE_AT_SEQUENCE,
			 incident_print(incident, "%u", after->found.primary_sequence));
}

void pairfacts_keys_back(struct incident *incident, struct condition *condition)
{
	uint64_t was = incident->before->newest_ft, is = incident->after->newest_ft;

	if (!was || !is)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no key of one hive could be read");
	else
		result_is(incident, condition,
			  is < was ? CONDITION_MET : CONDITION_NOT_MET,
			  "%s in the earlier hive, %s in the later one",
			  incident_time(incident, was), incident_time(incident, is));
}

/* Its newest key, or its header where the keys do not decide, is older. */
static bool is_older(const struct incident *incident)
{
	const struct snapshot *before = incident->before, *after = incident->after;

	if (after->newest_ft != before->newest_ft)
		return after->newest_ft < before->newest_ft;
	return after->found.last_written_ft < before->found.last_written_ft ||
	       sequence_is_back(incident);
}

void pairfacts_older(struct incident *incident, struct condition *condition)
{
	const struct snapshot *before = incident->before, *after = incident->after;
	uint64_t was = before->found.last_written_ft;
	uint64_t is = after->found.last_written_ft;
	bool older = is_older(incident);

	if (!before->newest_ft || !after->newest_ft) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no key of one hive could be read");
		return;
	}
	result_is(incident, condition, older ? CONDITION_MET : CONDITION_NOT_MET,
		  "newest keys of %s and then %s, base blocks of %s and then %s",
		  incident_time(incident, before->newest_ft),
		  incident_time(incident, after->newest_ft), incident_time(incident, was),
		  incident_time(incident, is));
	result_show_base(condition, before, IMAGE_AT_LAST_WRITTEN,
			 incident_time(incident, was));
	result_show_base(condition, after, IMAGE_AT_LAST_WRITTEN,
			 incident_time(incident, is));
}

void pairfacts_lost_newer(struct incident *incident, struct condition *condition)
{
	size_t newer = 0;

	for (size_t i = 0; i < incident->losses.n; i++) {
		if (incident->losses.items[i].profile->newest_ft <=
		    incident->after->newest_ft)
			continue;
		newer++;
		result_show_loss(incident, condition, &incident->losses.items[i]);
	}
	result_is(incident, condition,
		  newer == incident->losses.n ? CONDITION_MET : CONDITION_NOT_MET,
		  "%zu of %zu", newer, incident->losses.n);
}

/* ---- another's ---- */

void pairfacts_subjects(struct incident *incident, struct condition *condition)
{
	const struct subject *before = &incident->before->subject;
	const struct subject *after = &incident->after->subject;
	const char *difference =
		samesubject_difference(incident->before, incident->after);
	bool wants_differ = condition->kind->id == CONDITION_SUBJECTS_DIFFER;
	bool known = before->role != SUBJECT_UNKNOWN && after->role != SUBJECT_UNKNOWN;

	if (difference)
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
	result_show_base(
		condition, incident->before, IMAGE_AT_EMBEDDED_NAME,
		incident_utf8(incident, incident->before->image->base.embedded_name));
	result_show_base(
		condition, incident->after, IMAGE_AT_EMBEDDED_NAME,
		incident_utf8(incident, incident->after->image->base.embedded_name));
}

void pairfacts_shared(struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;
	size_t gone = 0, had = incident->before->n_profiles;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++)
		gone += finding_is_loss(&comparison->findings[i]);
	result_is(incident, condition, gone == had ? CONDITION_MET : CONDITION_NOT_MET,
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
	difference = samesubject_difference(incident->before, incident->after);
	if (difference)
		result_is(incident, condition, CONDITION_NOT_MET, "%s", difference);
	else if (!incident->before->newest_ft || !incident->after->newest_ft)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no key of one hive could be read");
	else
		result_is(incident, condition,
			  is_older(incident) ? CONDITION_NOT_MET : CONDITION_MET,
			  "its newest key is of %s, that of the earlier one of %s",
			  incident_time(incident, incident->after->newest_ft),
			  incident_time(incident, incident->before->newest_ft));
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
