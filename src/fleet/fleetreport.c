/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetreport.h"

#include <stdlib.h>
#include <string.h>

enum status fleetreport_new(struct fleetreport **out)
{
	struct fleetreport *report = calloc(1, sizeof(*report));

	if (!report)
		return STATUS_NOMEM;
	report->arena = arena_new();
	if (!report->arena) {
		free(report);
		return STATUS_NOMEM;
	}
	*out = report;
	return STATUS_OK;
}

void fleetreport_free(struct fleetreport *report)
{
	if (!report)
		return;
	free(report->inputs.items);
	free(report->snapshots.items);
	free(report->comparisons.items);
	free(report->changes.items);
	free(report->causes.items);
	free(report->advices.items);
	free(report->diagnostics.items);
	free(report->processes.items);
	arena_free(report->arena);
	free(report);
}

void fleetreport_freep(struct fleetreport **report)
{
	fleetreport_free(*report);
}

enum status fleetreport_keep(struct fleetreport *report, struct span text,
			     const char **out)
{
	char *copy;

	if (!text.ptr)
		return STATUS_OK;
	if (text.len >= FLEETREPORT_MAX_BYTES - report->n_bytes)
		return STATUS_LIMIT;
	copy = arena_calloc(report->arena, text.len + 1, 1);
	if (!copy || !span_copy(text, 0, copy, text.len))
		return STATUS_NOMEM;
	report->n_bytes += text.len + 1;
	*out = copy;
	return STATUS_OK;
}

size_t fleetreport_snapshot_at(const struct fleetreport *report, const char *id)
{
	for (size_t i = 0; id && i < report->snapshots.n; i++)
		if (report->snapshots.items[i].id &&
		    strcmp(report->snapshots.items[i].id, id) == 0)
			return i;
	return SIZE_MAX;
}

size_t fleetreport_comparison_at(const struct fleetreport *report, const char *id)
{
	for (size_t i = 0; id && i < report->comparisons.n; i++)
		if (report->comparisons.items[i].id &&
		    strcmp(report->comparisons.items[i].id, id) == 0)
			return i;
	return SIZE_MAX;
}

const struct fleetreport_input *fleetreport_input_of(const struct fleetreport *report,
						     const char *snapshot)
{
	size_t at = fleetreport_snapshot_at(report, snapshot);
	const char *input = at == SIZE_MAX ? NULL : report->snapshots.items[at].input;

	for (size_t i = 0; input && i < report->inputs.n; i++)
		if (report->inputs.items[i].id &&
		    strcmp(report->inputs.items[i].id, input) == 0)
			return &report->inputs.items[i];
	return NULL;
}
