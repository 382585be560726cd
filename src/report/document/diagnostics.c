/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics: what was observed about the evidence itself. */
#include "report/document/diagnostics.h"

#include "report/document/writer/inputids.h"

static void open_diagnostic(struct parts *parts, const struct diag *diag)
{
	xml_open(parts->xml, "diagnostic");
	xml_attribute(parts->xml, "code", diag_word(diag->code));
	xml_attribute(parts->xml, "severity",
		      diag_severity_word(diag_severity(diag->code)));
}

static void close_diagnostic(struct parts *parts, const struct diag *diag)
{
	xml_content(parts->xml, diag->sentence);
	xml_close(parts->xml);
}

/* Nothing of the offset if the file as a whole is meant. */
static void put_place(struct parts *parts, const struct evidence *file, uint64_t offset)
{
	inputids_put(parts, "input", file);
	if (offset != DIAG_NOWHERE)
		xml_number(parts->xml, "offset", offset);
}

void diagnostics_snapshot(struct parts *parts, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < diag_count(snapshot->diags); i++) {
		const struct diag *diag = diag_item(snapshot->diags, i);
		uint64_t offset;
		const struct evidence *file = snapshot_diag_file(snapshot, diag, &offset);
		open_diagnostic(parts, diag);
		put_place(parts, file, offset);
		close_diagnostic(parts, diag);
	}
}

void diagnostics_list(struct parts *parts, const struct diag_list *diags)
{
	for (size_t i = 0; i < diag_count(diags); i++) {
		open_diagnostic(parts, diag_item(diags, i));
		close_diagnostic(parts, diag_item(diags, i));
	}
}

void diagnostics_comparison(struct parts *parts, const struct comparison *comparison)
{
	for (size_t i = 0; i < diag_count(comparison->diags); i++) {
		const struct diag *diag = diag_item(comparison->diags, i);
		open_diagnostic(parts, diag);
		parts_comparison_id(parts, "comparison", comparison->before_index);
		close_diagnostic(parts, diag);
	}
}

static void write_file(struct parts *parts, const struct input *input)
{
	for (size_t i = 0; i < diag_count(input->diags); i++) {
		const struct diag *diag = diag_item(input->diags, i);
		open_diagnostic(parts, diag);
		put_place(parts, input->evidence, diag->offset);
		close_diagnostic(parts, diag);
	}
}

void diagnostics_beside(struct parts *parts)
{
	const struct inputs *inputs = parts->options->inputs;

	for (size_t i = 0; i < inputs->n; i++) {
		const struct input *input = &inputs->items[i];
		if (!input->beside || !input->diags)
			continue;
		if (input->snapshot)
			diagnostics_snapshot(parts, input->snapshot);
		else
			write_file(parts, input);
	}
}
