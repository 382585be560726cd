/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What belongs to something that stands around it, a deletion to its change, belongs to the
 * last of these: the stream tells an element only where it has its place.
 */
#include "fleet/fleetelements.h"

#include "base/array.h"
#include "base/filetime.h"

#include <string.h>

/* Takes attributes one after the other; the first failure stays. */
struct taking {
	struct fleetreport *report;
	const struct reportparser_attributes *attributes;
	enum status status;
};

static const char *text_of(struct taking *taking, const char *name)
{
	const char *text = NULL;

	if (taking->status == STATUS_OK)
		taking->status = fleetreport_keep(
			taking->report, fleetstream_value(taking->attributes, name),
			&text);
	return text;
}

static bool flag_of(struct taking *taking, const char *name)
{
	struct span value = fleetstream_value(taking->attributes, name);

	return value.len == 1 && span_starts(value, 0, "1", 1);
}

/* Decimal; what is no number, or too large, is 0. */
static uint64_t number_of(struct taking *taking, const char *name)
{
	struct span value = fleetstream_value(taking->attributes, name);
	uint64_t number = 0;

	for (size_t i = 0; i < value.len; i++) {
		uint8_t digit = 0;
		if (!span_u8(value, i, &digit) || digit < '0' || digit > '9' ||
		    ckd_mul(&number, number, UINT64_C(10)) ||
		    ckd_add(&number, number, (uint64_t)(digit - '0')))
			return 0;
	}
	return number;
}

/* FILETIME; 0 where there is none. */
static uint64_t time_of(struct taking *taking, const char *name)
{
	struct span value = fleetstream_value(taking->attributes, name);
	char text[FILETIME_TEXT_SIZE];
	uint64_t ft = 0;

	if (!value.ptr || value.len >= sizeof(text) ||
	    !span_copy(value, 0, text, value.len))
		return 0;
	text[value.len] = '\0';
	return filetime_parse(text, &ft) ? ft : 0;
}

/* A new item at the end of a list, zeroed; NULL: there is no room. */
#define ADD(taking, list, most)                                                          \
	__extension__({                                                                  \
		if ((taking)->status == STATUS_OK)                                       \
			(taking)->status = ARRAY_RESERVE(&(list), (most));               \
		bool room_ = (taking)->status == STATUS_OK;                              \
		if (room_)                                                               \
			memset(&(list).items[(list).n], 0, sizeof(*(list).items));       \
		room_ ? &(list).items[(list).n++] : NULL;                                \
	})

#define LAST(list) (&(list).items[(list).n - 1])

/* ---- inputs ---- */

static void open_input(struct taking *taking)
{
	struct fleetreport_input *input =
		ADD(taking, taking->report->inputs, FLEETREPORT_MAX_INPUTS);

	if (!input)
		return;
	input->id = text_of(taking, "id");
	input->role = text_of(taking, "role");
}

static void open_holder(struct taking *taking)
{
	struct fleetreport_process *process =
		ADD(taking, taking->report->processes, FLEETREPORT_MAX_ITEMS);

	if (!process)
		return;
	process->image = text_of(taking, "image");
	process->class = text_of(taking, "class");
}

/* ---- the series ---- */

static void open_series(struct taking *taking)
{
	struct fleetreport *report = taking->report;

	report->n_series++;
	report->subject = text_of(taking, "subject");
	report->role = text_of(taking, "role");
	report->sid = text_of(taking, "sid");
	report->user = text_of(taking, "user");
}

static void open_snapshot(struct taking *taking)
{
	struct fleetreport_snapshot *snapshot =
		ADD(taking, taking->report->snapshots, FLEETREPORT_MAX_SNAPSHOTS);

	if (!snapshot)
		return;
	snapshot->id = text_of(taking, "id");
	snapshot->input = text_of(taking, "input");
}

static void open_comparison(struct taking *taking)
{
	struct fleetreport_comparison *comparison =
		ADD(taking, taking->report->comparisons, FLEETREPORT_MAX_SNAPSHOTS);

	if (!comparison)
		return;
	comparison->id = text_of(taking, "id");
	comparison->before = text_of(taking, "before");
	comparison->after = text_of(taking, "after");
}

static void open_recovered(struct taking *taking)
{
	struct fleetreport_change *change =
		ADD(taking, taking->report->changes, FLEETREPORT_MAX_ITEMS);

	if (!change)
		return;
	change->recovered = true;
	change->at = taking->report->snapshots.n - 1;
	change->kind = "recovered";
	change->profile = text_of(taking, "name");
	change->profile_utf16 = text_of(taking, "name_utf16");
	change->store_path = text_of(taking, "store_path");
	change->certainty = text_of(taking, "path_certainty");
	change->name_from = text_of(taking, "name_from");
	change->name_certainty = text_of(taking, "name_certainty");
	change->at_ft = time_of(taking, "deleted_at");
	change->latest_ft = time_of(taking, "deleted_not_after");
	change->lives_on = fleetstream_value(taking->attributes, "lives_on").ptr != NULL;
	change->went_on = fleetstream_value(taking->attributes, "went_on").ptr != NULL;
	change->may_be_alive = flag_of(taking, "may_be_alive");
	change->reported = flag_of(taking, "reported");
}

static void open_change(struct taking *taking)
{
	struct fleetreport_change *change =
		ADD(taking, taking->report->changes, FLEETREPORT_MAX_ITEMS);

	if (!change)
		return;
	change->at = taking->report->comparisons.n - 1;
	change->id = text_of(taking, "id");
	change->kind = text_of(taking, "kind");
	change->certainty = text_of(taking, "certainty");
	change->fate = text_of(taking, "fate");
	change->profile = text_of(taking, "profile");
	change->profile_utf16 = text_of(taking, "profile_utf16");
	change->new_name = text_of(taking, "new_name");
	change->new_name_utf16 = text_of(taking, "new_name_utf16");
	change->store_path = text_of(taking, "store_path");
	change->new_store_path = text_of(taking, "new_store_path");
}

static void open_deletion(struct taking *taking)
{
	struct fleetreport_change *change = LAST(taking->report->changes);

	change->at_ft = time_of(taking, "at");
	change->confirmed = flag_of(taking, "confirmed");
	change->earliest_ft = time_of(taking, "earliest");
	change->latest_ft = time_of(taking, "latest");
}

static void open_reason(struct taking *taking)
{
	static const char conflict[] = "bounds_conflict";
	struct span code = fleetstream_value(taking->attributes, "code");

	if (span_equal(code, span_of(conflict, sizeof(conflict) - 1)))
		LAST(taking->report->changes)->conflict = true;
}

static void open_restore(struct taking *taking)
{
	struct fleetreport_change *change = LAST(taking->report->changes);

	change->restore = text_of(taking, "outcome");
	change->restore_reason = text_of(taking, "reason");
	change->restore_why = text_of(taking, "why");
	change->restore_file = text_of(taking, "file");
}

static void open_cause(struct taking *taking)
{
	struct fleetreport_cause *cause =
		ADD(taking, taking->report->causes, FLEETREPORT_MAX_ITEMS);

	if (!cause)
		return;
	cause->comparison = text_of(taking, "comparison");
	cause->cause = text_of(taking, "cause");
	cause->grade = text_of(taking, "grade");
	cause->rank = text_of(taking, "rank");
	cause->says = text_of(taking, "says");
	cause->contradiction = text_of(taking, "contradiction");
}

static void open_advice(struct taking *taking)
{
	struct fleetreport_advice *advice =
		ADD(taking, taking->report->advices, FLEETREPORT_MAX_ITEMS);

	if (!advice)
		return;
	advice->cause = taking->report->causes.n - 1;
	advice->code = text_of(taking, "code");
	advice->name = text_of(taking, "name");
}

/* ---- the rest ---- */

static void open_diagnostic(struct taking *taking)
{
	struct fleetreport_diagnostic *diagnostic =
		ADD(taking, taking->report->diagnostics, FLEETREPORT_MAX_ITEMS);

	if (!diagnostic)
		return;
	diagnostic->code = text_of(taking, "code");
	diagnostic->severity = text_of(taking, "severity");
	diagnostic->input = text_of(taking, "input");
}

static void open_summary(struct taking *taking)
{
	struct fleetreport *report = taking->report;
	uint64_t exit_status = number_of(taking, "exit_status");

	report->n_summaries++;
	/* What is none of the three is no answer. */
	report->exit_status = exit_status > 2 ? 2 : (unsigned)exit_status;
	report->n_gone = number_of(taking, "gone");
	report->n_back = number_of(taking, "back");
	report->n_unresolved = number_of(taking, "unresolved");
	report->verdict = text_of(taking, "verdict");
}

static void open_collection(struct taking *taking)
{
	taking->report->partly |= !flag_of(taking, "whole");
}

static void open_system(struct taking *taking)
{
	taking->report->computer_name = text_of(taking, "computer_name");
}

static void open_unpaired(struct taking *taking)
{
	taking->report->unpaired = text_of(taking, "kind");
}

/* ---- all of them ---- */

static enum status told(enum status status, struct failure *failure)
{
	if (status == STATUS_LIMIT)
		failure_set(failure,
			    "holds more than is indexed of one report: %zu snapshots, "
			    "%zu inputs, %zu of anything else, or %zu bytes of text",
			    FLEETREPORT_MAX_SNAPSHOTS, FLEETREPORT_MAX_INPUTS,
			    FLEETREPORT_MAX_ITEMS, FLEETREPORT_MAX_BYTES);
	return status;
}

static enum status open(void *data, enum fleetstream_element element,
			const struct reportparser_attributes *attributes,
			struct failure *failure)
{
	static void (*const openers[FLEETSTREAM_N_ELEMENTS])(struct taking *) = {
		[FLEETSTREAM_COLLECTION] = open_collection,
		[FLEETSTREAM_INPUT] = open_input,
		[FLEETSTREAM_HOLDER] = open_holder,
		[FLEETSTREAM_SYSTEM] = open_system,
		[FLEETSTREAM_SERIES] = open_series,
		[FLEETSTREAM_SNAPSHOT] = open_snapshot,
		[FLEETSTREAM_RECOVERED_PROFILE] = open_recovered,
		[FLEETSTREAM_RECOVERED_RESTORE] = open_restore,
		[FLEETSTREAM_COMPARISON] = open_comparison,
		[FLEETSTREAM_CHANGE] = open_change,
		[FLEETSTREAM_DELETION] = open_deletion,
		[FLEETSTREAM_REASON] = open_reason,
		[FLEETSTREAM_RESTORE] = open_restore,
		[FLEETSTREAM_DIAGNOSIS] = open_cause,
		[FLEETSTREAM_ADVICE] = open_advice,
		[FLEETSTREAM_UNPAIRED] = open_unpaired,
		[FLEETSTREAM_DIAGNOSTIC] = open_diagnostic,
		[FLEETSTREAM_SUMMARY] = open_summary,
	};
	struct taking taking = { .report = data, .attributes = attributes };

	if (openers[element])
		openers[element](&taking);
	return told(taking.status, failure);
}

/* Where the text of the element that closes belongs; NULL: nowhere. */
static const char **place_of(struct fleetreport *report, enum fleetstream_element element)
{
	switch ((unsigned)element) {
	case FLEETSTREAM_PROGRAM_VERSION:
		return &report->program_version;
	case FLEETSTREAM_FILE_NAME:
		return &LAST(report->inputs)->path;
	case FLEETSTREAM_FILE_SIZE:
		return &LAST(report->inputs)->size;
	case FLEETSTREAM_FILE_HASH:
		return &LAST(report->inputs)->sha256;
	case FLEETSTREAM_ADVICE:
		return &LAST(report->advices)->text;
	case FLEETSTREAM_UNPAIRED:
		return &report->unpaired_why;
	case FLEETSTREAM_DIAGNOSTIC:
		return &LAST(report->diagnostics)->sentence;
	default:
		return NULL;
	}
}

static enum status close(void *data, enum fleetstream_element element, const char *text,
			 struct failure *failure)
{
	const char **place = place_of(data, element);

	if (!place)
		return STATUS_OK;
	return told(fleetreport_keep(data, span_of(text, strlen(text)), place), failure);
}

struct fleetstream_reader fleetelements_reader(struct fleetreport *report)
{
	return (struct fleetstream_reader){ .data = report,
					    .open = open,
					    .close = close };
}
