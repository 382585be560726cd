/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics: what was observed about the evidence itself. */
#include "report/document/parts.h"

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
	xml_id(parts->xml, "input", "i", inventory_number(parts, file));
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

void diagnostics_comparison(struct parts *parts, const struct comparison *comparison,
			    size_t number)
{
	for (size_t i = 0; i < diag_count(comparison->diags); i++) {
		const struct diag *diag = diag_item(comparison->diags, i);
		open_diagnostic(parts, diag);
		xml_id(parts->xml, "comparison", "d", number);
		close_diagnostic(parts, diag);
	}
}

static void write_file(struct parts *parts, const struct companion *companion)
{
	for (size_t i = 0; i < diag_count(companion->diags); i++) {
		const struct diag *diag = diag_item(companion->diags, i);
		open_diagnostic(parts, diag);
		put_place(parts, companion->evidence, diag->offset);
		close_diagnostic(parts, diag);
	}
}

void diagnostics_beside(struct parts *parts)
{
	const struct companions *companions = parts->options->companions;
	struct companion all[COMPANIONS_MAX];
	size_t n = companions ? companions_list(companions, all) : 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].snapshot)
			diagnostics_snapshot(parts, all[i].snapshot);
		else if (all[i].diags)
			write_file(parts, &all[i]);
}
