/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/condition/result.h"

#include <stdarg.h>

void result_is(struct incident *incident, struct condition *condition,
	       enum condition_state state, const char *format, ...)
{
	va_list arguments;

	condition->state = state;
	va_start(arguments, format);
	condition->detail = incident_vprint(incident, format, arguments);
	va_end(arguments);
}

void result_rests_on(struct condition *condition, enum basis basis)
{
	if (basis > condition->basis)
		condition->basis = basis;
}

void result_needs_earlier(struct incident *incident, struct condition *condition)
{
	result_is(incident, condition, CONDITION_UNKNOWN,
		  "a single hive does not tell what there was before");
}

enum condition_state result_absent(const struct incident *incident)
{
	return snapshot_is_complete(incident->after) && incident->losses.n_open == 0
		       ? CONDITION_NOT_MET
		       : CONDITION_UNKNOWN;
}

/* ---- places ---- */

void result_show_file(struct condition *condition, const struct evidence *file,
		      uint64_t offset, const char *value)
{
	if (condition->n_evidence == CONDITION_MAX_EVIDENCE)
		return;
	condition->evidence[condition->n_evidence++] =
		(struct condition_evidence){ file, offset, value };
}

void result_show_base(struct condition *condition, const struct snapshot *snapshot,
		      uint32_t offset, const char *value)
{
	size_t log;

	/* A text has no such places. */
	if (snapshot_is_export(snapshot))
		return;
	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);

	result_show_file(condition, file, offset, value);
}

void result_show_key(struct condition *condition, const struct snapshot *snapshot,
		     const struct key *key, const char *value)
{
	if (key && key->record_off)
		result_show_base(condition, snapshot, key->record_off, value);
}

void result_show_value(struct condition *condition, const struct snapshot *snapshot,
		       const struct value *value, const char *text)
{
	if (value && value->record_off)
		result_show_base(condition, snapshot, value->record_off, text);
}

void result_add_change(struct condition *condition, const struct finding *finding)
{
	if (finding && condition->n_changes < CONDITION_MAX_EVIDENCE)
		condition->changes[condition->n_changes++] = finding;
}

size_t result_add_moved(const struct incident *incident, struct condition *condition,
			size_t *doubtful)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	*doubtful = 0;
	for (size_t i = 0; comparison && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (finding->kind != FINDING_MOVED ||
		    finding->store->list != STORE_PROFILES ||
		    snapshot_store(incident->after, finding->after)->list !=
			    STORE_DELETED_PROFILES)
			continue;
		if (finding->certainty > FINDING_PROBABLE) {
			++*doubtful;
			continue;
		}
		n++;
		result_add_change(condition, finding);
	}
	return n;
}

void result_show_loss(struct incident *incident, struct condition *condition,
		      const struct loss *loss)
{
	/* A recovered key may stand in a log; its own place is told with the profile. */
	if (loss->recovered)
		result_show_file(condition, incident->after->evidence, DIAG_NOWHERE,
				 incident_utf8(incident, loss->name));
	else
		result_show_key(condition, loss->where, loss->profile->key,
				incident_utf8(incident, loss->name));
	result_add_change(condition, loss->finding);
}
