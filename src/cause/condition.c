/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a condition says what it found and shows where. */
#include "cause/incident_private.h"

#include "base/filetime.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct condition_kind {
	const char *word;
	enum basis basis;
	const char *statement, *wanted;
};

static const struct condition_kind kinds[] = {
#define X(constant, word, basis, statement, wanted)                                      \
	[constant] = { word, basis, statement, wanted },
	INCIDENT_CONDITIONS(X)
#undef X
};
static_assert(ARRAY_LEN(kinds) == CONDITION_N_IDS, "each condition has its row");

const char *condition_word(enum condition_id id)
{
	return kinds[id].word;
}

const char *condition_statement(enum condition_id id)
{
	return kinds[id].statement;
}

const char *condition_wanted(enum condition_id id)
{
	return kinds[id].wanted;
}

enum basis condition_basis(enum condition_id id)
{
	return kinds[id].basis;
}

const char *condition_state_word(enum condition_state state)
{
	switch (state) {
	case CONDITION_UNKNOWN:
		return "unknown";
	case CONDITION_MET:
		return "met";
	case CONDITION_NOT_MET:
		return "not_met";
	}
	return "unknown";
}

const char *condition_weight_word(enum condition_weight weight)
{
	switch (weight) {
	case CONDITION_NECESSARY:
		return "necessary";
	case CONDITION_TELLING:
		return "telling";
	case CONDITION_HINT:
		return "hint";
	}
	return "hint";
}

/* ---- texts ---- */

static const char *keep(struct incident *incident, const char *text)
{
	const char *copy = arena_strdup(incident->arena, text);

	if (!copy)
		incident->nomem = true;
	return copy;
}

static PRINTF_LIKE(2, 0) const
	char *print(struct incident *incident, const char *format, va_list arguments)
{
	char *text = NULL;
	const char *kept;

	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	kept = keep(incident, text);
	free(text);
	return kept;
}

const char *condition_print(struct incident *incident, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = print(incident, format, arguments);
	va_end(arguments);
	return text ? text : "";
}

const char *condition_utf8(struct incident *incident, struct text text)
{
	char *utf8 = text_to_utf8(text, NULL);
	const char *kept = keep(incident, utf8);

	free(utf8);
	return kept ? kept : "";
}

const char *condition_time(struct incident *incident, uint64_t ft)
{
	char text[FILETIME_TEXT_SIZE];

	filetime_format(ft, text);
	/* "2003-03-18T09:14:07.2968750Z": the date and the time are what people read. */
	return condition_print(incident, "%.10s %.8s UTC", text, text + 11);
}

void condition_is(struct incident *incident, struct condition *condition,
		  enum condition_state state, const char *format, ...)
{
	va_list arguments;

	condition->state = state;
	va_start(arguments, format);
	condition->detail = print(incident, format, arguments);
	va_end(arguments);
}

void condition_rests_on(struct condition *condition, enum basis basis)
{
	if (basis > condition->basis)
		condition->basis = basis;
}

/* ---- places ---- */

void condition_show_file(struct condition *condition, const struct evidence *file,
			 uint64_t offset, const char *value)
{
	if (condition->n_evidence == CONDITION_MAX_EVIDENCE)
		return;
	condition->evidence[condition->n_evidence++] =
		(struct condition_evidence){ file, offset, value };
}

void condition_show_base(struct condition *condition, const struct snapshot *snapshot,
			 uint32_t offset, const char *value)
{
	size_t log;
	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);

	condition_show_file(condition, file, offset, value);
}

void condition_show_key(struct condition *condition, const struct snapshot *snapshot,
			const struct key *key, const char *value)
{
	if (key && key->record_off)
		condition_show_base(condition, snapshot, key->record_off, value);
}

void condition_show_value(struct condition *condition, const struct snapshot *snapshot,
			  const struct value *value, const char *text)
{
	if (value && value->record_off)
		condition_show_base(condition, snapshot, value->record_off, text);
}

void condition_add_change(struct condition *condition, const struct finding *finding)
{
	if (finding && condition->n_changes < CONDITION_MAX_EVIDENCE)
		condition->changes[condition->n_changes++] = finding;
}

size_t condition_add_moved(const struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (finding->kind != FINDING_MOVED ||
		    finding->store->list != STORE_PROFILES ||
		    snapshot_store(incident->after, finding->after)->list !=
			    STORE_DELETED_PROFILES)
			continue;
		n++;
		condition_add_change(condition, finding);
	}
	return n;
}

void condition_show_loss(struct incident *incident, struct condition *condition,
			 const struct loss *loss)
{
	/* A recovered key may stand in a log; its own place is told with the profile. */
	if (loss->recovered)
		condition_show_file(condition, incident->after->evidence, DIAG_NOWHERE,
				    condition_utf8(incident, loss->name));
	else
		condition_show_key(condition, loss->where, loss->profile->key,
				   condition_utf8(incident, loss->name));
	condition_add_change(condition, loss->finding);
}

/* ---- checks ---- */

bool condition_run(const struct condition_check *checks, size_t n,
		   struct incident *incident, struct condition *condition)
{
	for (size_t i = 0; i < n; i++)
		if (checks[i].id == condition->id) {
			checks[i].check(incident, condition);
			return true;
		}
	return false;
}
