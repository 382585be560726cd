/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/incident/incident.h"

#include "base/filetime.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- what is to be explained ---- */

/* The changes that need a cause, unresolved ones or the others. */
static size_t count_changes(const struct comparison *comparison, bool unresolved)
{
	size_t n = 0;

	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		n += finding_needs_cause(finding) &&
		     (finding->certainty == FINDING_UNRESOLVED) == unresolved;
	}
	return n;
}

bool incident_is_due(const struct comparison *comparison)
{
	return count_changes(comparison, false) > 0 ||
	       diag_count_of(comparison->diags, DIAG_SUBJECTS_DIFFER) > 0 ||
	       diag_count_of(comparison->diags, DIAG_AFTER_OLDER) > 0;
}

bool incident_is_unresolved(const struct comparison *comparison)
{
	return !incident_is_due(comparison) && count_changes(comparison, true) > 0;
}

bool incident_is_due_alone(const struct recovery *recovery)
{
	return recovery && recovery->n_gone > 0;
}

static enum status find_losses(struct incident *incident)
{
	const struct servicenames *names = &incident->companions->names;

	if (!incident->comparison)
		return loss_find_recovered(incident->recovery, incident->after, names,
					   &incident->losses);
	RETURN_IF_FAILED(loss_find(incident->comparison, incident->before, names,
				   &incident->losses));
	hivematch_find(incident->before, incident->after, &incident->comparison->same,
		       &incident->match);
	return copies_find(incident->comparison, incident->before, incident->after,
			   &incident->copies);
}

/* Of the account whose profiles they are; "" if no hive tells. */
static const char *sid_of(const struct incident *incident)
{
	const char *sid = incident->after->subject.sid;

	return *sid || !incident->before ? sid : incident->before->subject.sid;
}

enum status incident_find(struct incident *incident)
{
	enum status status = find_losses(incident);

	if (status == STATUS_OK)
		status = signs_find(incident->companions, sid_of(incident),
				    incident->losses.from_ft, incident->losses.to_ft,
				    &incident->signs);
	if (status != STATUS_OK)
		incident_clear(incident);
	return status;
}

void incident_clear(struct incident *incident)
{
	loss_clear(&incident->losses);
	copies_clear(&incident->copies);
	signs_clear(&incident->signs);
}

/* ---- texts ---- */

static const char *keep(struct incident *incident, const char *text)
{
	const char *copy = arena_strdup(incident->arena, text);

	if (!copy)
		incident->nomem = true;
	return copy ? copy : "";
}

const char *incident_vprint(struct incident *incident, const char *format,
			    va_list arguments)
{
	char *text = NULL;
	const char *kept;

	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	kept = keep(incident, text);
	free(text);
	return kept;
}

const char *incident_print(struct incident *incident, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = incident_vprint(incident, format, arguments);
	va_end(arguments);
	return text;
}

const char *incident_utf8(struct incident *incident, struct text text)
{
	char *utf8 = text_to_utf8(text, NULL);
	const char *kept = keep(incident, utf8);

	free(utf8);
	return kept;
}

const char *incident_time(struct incident *incident, uint64_t ft)
{
	char text[FILETIME_TEXT_SIZE];

	filetime_format(ft, text);
	/* "2003-03-18T09:14:07.2968750Z": the date and the time are what people read. */
	return incident_print(incident, "%.10s %.8s UTC", text, text + 11);
}
