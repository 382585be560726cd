/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of a profile that was set aside as "BACKUP OF ...": by its name, and by what it is.
 * Anyone may give a profile that name; only the profile itself tells that it was renamed.
 */
#include "cause/condition/backupfacts.h"

#include "cause/condition/result.h"

#include "mapi/recognize.h"

#define BACKUP_PREFIX "BACKUP OF "

/* What is not sure is unknown. */
static enum condition_state state_by(const struct finding *finding)
{
	return finding->certainty <= FINDING_PROBABLE ? CONDITION_MET : CONDITION_UNKNOWN;
}

/* Whether it is a new profile under its name, which another one may have had before. */
static enum condition_state is_new(const struct incident *incident,
				   const struct snapshot_profile *profile)
{
	const struct comparison *comparison = incident->comparison;
	const struct store *store = snapshot_store(incident->after, profile);

	if (!snapshot_namesake(incident->before, store, key_name(profile->profile.key)))
		/* A name is new only if the earlier hive surely has it not. */
		return snapshot_is_complete(incident->before) ? CONDITION_MET
							      : CONDITION_UNKNOWN;
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (finding->after == profile && finding->kind != FINDING_MODIFIED &&
		    finding->kind != FINDING_DAMAGED)
			return state_by(finding);
	}
	return CONDITION_NOT_MET;
}

void backupfacts_named(struct incident *incident, struct condition *condition)
{
	enum condition_state state = CONDITION_NOT_MET;
	size_t n = 0;

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	for (size_t i = 0; i < incident->after->n_profiles; i++) {
		const struct snapshot_profile *profile = &incident->after->profiles[i];
		struct text name = key_name(profile->profile.key);
		enum condition_state one = text_starts_with(name, BACKUP_PREFIX)
						   ? is_new(incident, profile)
						   : CONDITION_NOT_MET;
		if (one == CONDITION_NOT_MET)
			continue;
		n++;
		if (state != CONDITION_MET)
			state = one;
		result_show_key(condition, incident->after, profile->profile.key,
				incident_utf8(incident, name));
	}
	result_is(incident, condition, n == 0 ? result_absent(incident) : state, "%zu",
		  n);
}

/* True if the names are NAME, and "BACKUP OF NAME". */
static bool is_backup_name(struct incident *incident, struct text name,
			   struct text backup_name)
{
	struct text backup;

	if (!text_join(text_of(BACKUP_PREFIX), name, &backup)) {
		incident->nomem = true;
		return false;
	}
	bool same = text_equal(backup_name, backup);
	text_free(backup);
	return same;
}

/* True if that profile stands under the name for what is set aside. */
static bool is_set_aside(struct incident *incident, const struct finding *finding)
{
	return finding->kind == FINDING_RENAMED &&
	       is_backup_name(incident, key_name(finding->before->profile.key),
			      key_name(finding->after->profile.key));
}

/* The new profile under the name for what is set aside of that one; NULL: none. */
static const struct key *backup_beside(struct incident *incident, const struct store *was,
				       const struct store *now, struct text name)
{
	struct text backup;

	if (!text_join(text_of(BACKUP_PREFIX), name, &backup)) {
		incident->nomem = true;
		return NULL;
	}
	const struct key *key = was->key && key_child(was->key, backup)
					? NULL
					: key_child(now->key, backup);
	text_free(backup);
	return key;
}

void backupfacts_set_aside(struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	result_is(incident, condition, result_absent(incident),
		  "no profile was given such a name");
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (!is_set_aside(incident, finding))
			continue;
		result_is(
			incident, condition, state_by(finding), "it was %s",
			incident_utf8(incident, key_name(finding->before->profile.key)));
		result_add_change(condition, finding);
		return;
	}
}

/*
 * Whether another profile has the name now, in a list where a new "BACKUP OF ..." stands
 * beside it.  Where the profile was set aside and nothing has its name yet, that is
 * unknown: Outlook makes the new one later than it sets the old one aside.
 */
static enum condition_state replaced(struct incident *incident,
				     const struct finding *finding)
{
	const struct store *now =
		finding->before ? snapshot_same_store(incident->after, finding->store)
				: NULL;
	bool aside = is_set_aside(incident, finding);

	if (!now || !now->key || (finding->kind != FINDING_RECREATED && !aside))
		return CONDITION_NOT_MET;
	struct text name = key_name(finding->before->profile.key);
	if (!key_child(now->key, name))
		return CONDITION_UNKNOWN;
	if (!aside && !backup_beside(incident, finding->store, now, name))
		return CONDITION_NOT_MET;
	return state_by(finding);
}

void backupfacts_replaced(struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	result_is(incident, condition, result_absent(incident),
		  "no such profile was replaced");
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		enum condition_state state = replaced(incident, finding);
		if (state == CONDITION_NOT_MET)
			continue;
		const char *name =
			incident_utf8(incident, key_name(finding->before->profile.key));
		condition->n_changes = 0;
		result_add_change(condition, finding);
		if (state == CONDITION_MET) {
			result_is(incident, condition, state, "%s", name);
			return;
		}
		result_is(incident, condition, state,
			  "nothing surely has the name %s yet", name);
	}
}

/* Software\Microsoft\Office\NN.0\Outlook\Setup, value First-Run (Outlook 2002 on). */
void backupfacts_first_run(struct incident *incident, struct condition *condition)
{
	const struct key_tree *keys = incident->after->keys;
	const struct key *office =
		keys ? key_at(keys->root, "Software\\Microsoft\\Office") : NULL;

	result_is(incident, condition,
		  office && snapshot_is_complete(incident->after) ? CONDITION_NOT_MET
								  : CONDITION_UNKNOWN,
		  office ? "no Outlook's Setup key holds First-Run"
			 : "the hive does not hold Software\\Microsoft\\Office");
	for (uint32_t i = 0; office && i < office->n_children; i++) {
		const struct key *setup = key_at(&office->children[i], "Outlook\\Setup");
		const struct value *value =
			setup ? key_value(setup, text_of("First-Run")) : NULL;
		if (!value)
			continue;
		result_is(incident, condition, CONDITION_MET, "Outlook %s",
			  incident_utf8(incident, key_name(&office->children[i])));
		result_show_value(condition, incident->after, value, "First-Run");
		return;
	}
}
