/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of where the later hive comes from.  What the times of keys tell is inferred.  What
 * Windows tells beside that:
 *
 *   the path in the base block: TEMP, TEMP.DOMAIN and so on are folders of temporary
 *   profiles;
 *   ProfileList: the row of the user was renamed to <SID>.bak, State says that the profile
 *   is a temporary one, or the folder is another than the earlier hive's; a row of before
 *   the earlier hive's last key may be left from another time;
 *   events of the profile service, called Userenv before Vista, as signs.tsv has them: a
 *   profile was not found, set aside, or could not be loaded.  Their numbers are in public
 *   lists, not in a description by Microsoft.
 *
 * A profile that was made anew after its folder and its row were deleted leaves none of
 * these, so that none is found says nothing.
 */
#include "cause/condition/originfacts.h"

#include "cause/condition/result.h"
#include "snapshot/accountid.h"

#include <inttypes.h>
#include <string.h>

/* How long before and after the first key of a new hive such an event is of its making. */
#define MAKING_BEFORE (UINT64_C(3600) * 10000000)
#define MAKING_AFTER (UINT64_C(600) * 10000000)

static const struct otherhive *origin_of(const struct incident *incident)
{
	return &incident->comparison->other;
}

/* ---- the times of keys ---- */

static void show_begun(struct incident *incident, struct condition *condition)
{
	const struct key *begun = origin_of(incident)->begun;

	if (begun)
		result_show_key(condition, incident->after, begun,
				incident_time(incident, begun->mtime_ft));
}

static enum condition_state another_state(enum otherhive_kind kind)
{
	switch (kind) {
	case OTHERHIVE_UNKNOWN:
		break;
	case OTHERHIVE_SAME:
	case OTHERHIVE_OLDER_COPY:
		return CONDITION_NOT_MET;
	case OTHERHIVE_NEW:
	case OTHERHIVE_BESIDE:
	case OTHERHIVE_ANOTHER:
		return CONDITION_MET;
	}
	return CONDITION_UNKNOWN;
}

void originfacts_another(struct incident *incident, struct condition *condition)
{
	const struct otherhive *other = origin_of(incident);

	result_is(
		incident, condition, another_state(other->kind),
		"of %zu keys that were written while the earlier hive had profiles, %zu "
		"stand in the later one with the same time%s",
		other->n_own, other->n_kept,
		other->kind == OTHERHIVE_UNKNOWN ? "; that is too little to tell by"
						 : "");
	show_begun(incident, condition);
}

void originfacts_begun(struct incident *incident, struct condition *condition)
{
	const struct otherhive *other = origin_of(incident);
	bool told = other->kind != OTHERHIVE_UNKNOWN && other->kind != OTHERHIVE_ANOTHER;

	result_is(
		incident, condition,
		!told			       ? CONDITION_UNKNOWN
		: other->kind == OTHERHIVE_NEW ? CONDITION_MET
					       : CONDITION_NOT_MET,
		"%zu keys of the later hive are of the time in which the earlier one was "
		"used, %zu of after it",
		other->n_between, other->n_since);
	if (told)
		show_begun(incident, condition);
}

void originfacts_past(struct incident *incident, struct condition *condition)
{
	const struct otherhive *other = origin_of(incident);

	switch (other->kind) {
	case OTHERHIVE_OLDER_COPY:
		result_is(incident, condition, CONDITION_MET,
			  "%zu keys have gone back to times before %s", other->n_undone,
			  incident_time(incident, other->branch_ft));
		show_begun(incident, condition);
		return;
	case OTHERHIVE_BESIDE:
		result_is(incident, condition, CONDITION_MET,
			  "%zu keys of another hive are of the time in which the earlier "
			  "one was used",
			  other->n_between);
		show_begun(incident, condition);
		return;
	case OTHERHIVE_SAME:
	case OTHERHIVE_NEW:
		result_is(incident, condition, CONDITION_NOT_MET,
			  other->kind == OTHERHIVE_NEW
				  ? "it was begun after the earlier one"
				  : "keys stand as they stood");
		return;
	case OTHERHIVE_UNKNOWN:
	case OTHERHIVE_ANOTHER:
		break;
	}
	result_is(incident, condition, CONDITION_UNKNOWN,
		  "the times of its keys do not tell");
}

void originfacts_used(struct incident *incident, struct condition *condition)
{
	const struct otherhive *other = origin_of(incident);

	/* Of any later state that holds: it tells something only of a copy. */
	if (other->kind == OTHERHIVE_UNKNOWN)
		return;
	result_is(incident, condition,
		  other->n_since > 0 ? CONDITION_MET : CONDITION_NOT_MET,
		  "%zu keys were written after the earlier hive's newest",
		  other->n_since);
	show_begun(incident, condition);
}

/* ---- what Windows tells ---- */

/* Whose hives they are; "" if neither tells. */
static const char *sid_of(const struct incident *incident)
{
	const char *sid = incident->after->subject.sid;

	return *sid ? sid : incident->before->subject.sid;
}

/* The row of the subject in ProfileList, or that set aside; NULL: there is none. */
static const struct machine_owner *row_of(const struct incident *incident, bool backup)
{
	const struct machine_software *software = incident->companions->software;
	const char *sid = sid_of(incident);

	return software && *sid ? machineprofiles_of(&software->profiles, sid, backup)
				: NULL;
}

/* A row that was written before the earlier hive's last key tells of something else. */
static const struct machine_owner *row_since(const struct incident *incident, bool backup)
{
	const struct machine_owner *row = row_of(incident, backup);

	return row && row->key->mtime_ft >= incident->before->newest_ft ? row : NULL;
}

const struct machine_owner *originfacts_set_aside(const struct incident *incident)
{
	return incident->before ? row_since(incident, true) : NULL;
}

static void show_row(struct incident *incident, struct condition *condition,
		     const struct machine_owner *row)
{
	result_show_key(condition, incident->companions->software->snapshot, row->key,
			incident_utf8(incident, row->path));
}

/* "...\Users\TEMP\ntuser.dat" in the base block, of which the end is kept. */
static bool has_temporary_path(const struct snapshot *snapshot)
{
	const char *user = snapshot->subject.user;

	return user && (strcmp(user, "TEMP") == 0 || strncmp(user, "TEMP.", 5) == 0);
}

/* True if the earlier hive lay in another folder, and the later one lies in that. */
static bool is_other_folder(struct incident *incident, const struct machine_owner *now)
{
	const char *was = incident->before->subject.user;
	const char *is = incident->after->subject.user;
	const char *folder = incident_utf8(incident, now->user);

	return was && is && *folder && subject_is_same_name(is, folder) &&
	       !subject_is_same_name(was, folder);
}

/* What ProfileList tells of another profile; NULL: nothing. */
static const char *list_tells(struct incident *incident, struct condition *condition)
{
	const struct machine_owner *old = row_since(incident, true);
	const struct machine_owner *now = row_since(incident, false);

	if (old) {
		show_row(incident, condition, old);
		return incident_print(
			incident, "ProfileList has the user's row as .bak%s",
			old->has_state && (old->state & MACHINEPROFILES_BACKED_UP)
				? ", and its State says so"
				: "");
	}
	if (now && machineprofiles_is_temporary(now)) {
		show_row(incident, condition, now);
		return "ProfileList gives the user a temporary folder";
	}
	if (now && is_other_folder(incident, now)) {
		show_row(incident, condition, now);
		return "ProfileList gives the user another folder than the earlier hive's";
	}
	return NULL;
}

/* By the words of signs.tsv. */
static bool is_of_profile(const struct sign *sign)
{
	return strcmp(sign->kind.word, "event_temporary_profile") == 0 ||
	       strcmp(sign->kind.word, "event_profile_failed") == 0;
}

static bool is_of_making(const struct incident *incident, const struct sign *sign)
{
	const struct key *begun = origin_of(incident)->begun;
	uint64_t ft = sign->event->time_ft;

	return begun && is_of_profile(sign) &&
	       (ft < begun->mtime_ft ? begun->mtime_ft - ft <= MAKING_BEFORE
				     : ft - begun->mtime_ft <= MAKING_AFTER);
}

/*
 * Events of the making of the new hive, by its oldest key; NULL: none.  *of_whom becomes
 * true if nothing but events tells so, and not of which user.
 */
static const char *events_tell(struct incident *incident, struct condition *condition,
			       bool *of_whom)
{
	const struct sign *first = NULL;
	size_t n = 0;

	*of_whom = true;
	for (size_t i = 0; i < incident->signs.n; i++) {
		const struct sign *sign = &incident->signs.items[i];
		if (!is_of_making(incident, sign))
			continue;
		first = n++ == 0 ? sign : first;
		*of_whom &= sign->of_unknown;
		result_show_file(
			condition, sign->log->evidence, sign->event->offset,
			incident_print(incident, "%s %" PRIu32 " at %s",
				       sign->event->source, eventlog_code(sign->event),
				       incident_time(incident, sign->event->time_ft)));
	}
	if (!first)
		return NULL;
	return incident_print(incident, "%s logged %" PRIu32 " at %s%s",
			      first->event->source, eventlog_code(first->event),
			      incident_time(incident, first->event->time_ft),
			      n > 1 ? ", and more" : "");
}

void originfacts_told(struct incident *incident, struct condition *condition)
{
	const char *list = list_tells(incident, condition);
	bool of_whom;
	const char *events = events_tell(incident, condition, &of_whom);
	bool path = has_temporary_path(incident->after) &&
		    !has_temporary_path(incident->before);

	if (path)
		result_show_base(
			condition, incident->after, IMAGE_AT_EMBEDDED_NAME,
			incident_utf8(incident,
				      incident->after->image->base.embedded_name));
	if (!list && !events && !path) {
		/* Whose row was deleted with the folder has a plain one again. */
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "neither the hive's own path nor what was given of the machine "
			  "tells of another profile");
		return;
	}
	/* One is enough, and the best of them counts. */
	if (!list && !path)
		result_rests_on(condition, BASIS_UNCONFIRMED);
	if (!list && !path && of_whom) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "%s, but nothing tells of which user", events);
		return;
	}
	result_is(incident, condition, CONDITION_MET, "%s%s%s%s%s", list ? list : "",
		  list && (events || path) ? "; " : "", events ? events : "",
		  events && path ? "; " : "",
		  path ? "the hive's own path is that of a temporary profile" : "");
}

void originfacts_roams(struct incident *incident, struct condition *condition)
{
	const struct machine_software *software = incident->companions->software;
	const struct machine_owner *row = row_of(incident, false);

	if (!software)
		return;
	/* Services and the system itself have no containers. */
	if (software->has_containers && accountid_is_user(sid_of(incident))) {
		result_is(incident, condition, CONDITION_MET,
			  "FSLogix keeps users' profiles in containers");
		result_show_value(condition, software->snapshot, software->containers,
				  "Enabled");
	} else if (row && text_length(row->central) > 0) {
		result_is(incident, condition, CONDITION_MET, "it comes from %s",
			  incident_utf8(incident, row->central));
		show_row(incident, condition, row);
	} else {
		/* Other ways of roaming, by scripts and other vendors, leave no such trace. */
		result_is(
			incident, condition, CONDITION_UNKNOWN,
			"ProfileList names no central profile, and FSLogix is not on for "
			"such an account; other ways leave no trace there");
	}
}

/* ---- a hint ---- */

static const struct key *setup_of(const struct snapshot *snapshot)
{
	const struct key *office = snapshot->keys ? key_at(snapshot->keys->root,
							   "Software\\Microsoft\\Office")
						  : NULL;

	for (uint32_t i = 0; office && i < office->n_children; i++) {
		const struct key *setup = key_at(&office->children[i], "Outlook\\Setup");
		if (setup)
			return setup;
	}
	return NULL;
}

void originfacts_unused(struct incident *incident, struct condition *condition)
{
	const struct key *was = setup_of(incident->before);
	const struct key *is = setup_of(incident->after);

	if (!was) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "the earlier hive has no Outlook\\Setup either");
		return;
	}
	result_is(incident, condition,
		  is					  ? CONDITION_NOT_MET
		  : snapshot_is_complete(incident->after) ? CONDITION_MET
							  : CONDITION_UNKNOWN,
		  is ? "Outlook\\Setup is there"
		     : "Outlook\\Setup was there, and is not");
	result_show_key(condition, incident->before, was, "Setup");
	if (is)
		result_show_key(condition, incident->after, is, "Setup");
}
