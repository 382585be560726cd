/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told beside the hives: events near a loss, hotfixes. */
#include "report/timeline/timelinecompanion.h"

#include <inttypes.h>

static void add_event(struct timeline_draft *draft, const struct sign *sign)
{
	const char *type = eventlog_type_word(sign->event->type);
	struct timeline_event event = {
		.time_ft = sign->event->time_ft,
		.kind = TIMELINE_EVENT,
		.tags = sign->kind.strength == SIGN_STRONG ? "sign" : "look_alike",
		.file = sign->log->evidence,
		.offset = sign->event->offset,
	};

	event.message = timelinedraft_print(
		draft, "Event %" PRIu32 " of %s (%s%s), a %s sign, %s: %s",
		eventlog_code(sign->event),
		timelinedraft_string(draft, sign->event->source),
		type ? type : "type unknown",
		!sign->event->recovered ? ""
		: sign->log->format == EVENTLOG_EVTX
			? ", recovered from the log"
			: ", left from earlier use of the log",
		sign_strength_word(sign->kind.strength), basis_word(sign->kind.basis),
		sign->kind.reading);
	timelinedraft_add(draft, &event);
}

/* What was installed as long before or behind a loss as signs are looked for. */
static bool is_near(const struct timeline_draft *draft, uint64_t time_ft)
{
	if (!draft->from_ft || !draft->to_ft)
		return false;
	return (time_ft >= draft->from_ft || draft->from_ft - time_ft <= SIGN_AFTER) &&
	       (time_ft <= draft->to_ft || time_ft - draft->to_ft <= SIGN_AFTER);
}

static void add_hotfix(struct timeline_draft *draft, const struct snapshot *snapshot,
		       const struct machine_hotfix *hotfix)
{
	struct timeline_event event = {
		.time_ft = hotfix->installed_ft,
		.kind = TIMELINE_HOTFIX,
	};

	timelinedraft_place(snapshot, hotfix->key->record_off, &event);
	event.message =
		timelinedraft_print(draft, "Hotfix or program \"%s\": key last written",
				    timelinedraft_text(draft, hotfix->name));
	timelinedraft_add(draft, &event);
}

void timelinecompanion_collect(struct timeline_draft *draft)
{
	const struct diagnoses *diagnoses = draft->diagnoses;
	const struct machine_software *software =
		draft->companions ? draft->companions->software : NULL;

	for (size_t i = 0; diagnoses && i < diagnoses->n_signs; i++)
		add_event(draft, &diagnoses->signs[i]);
	for (size_t i = 0; software && i < software->hotfixes.n; i++) {
		const struct machine_hotfix *hotfix = &software->hotfixes.items[i];
		/* Those that the report tells, and what was at work near a loss. */
		if (hotfix->exchange || machinehotfix_is_mapi32_fix(hotfix->article) ||
		    is_near(draft, hotfix->installed_ft))
			add_hotfix(draft, software->snapshot, hotfix);
	}
}
