/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics: what was observed about the evidence itself. */
#include "report/parts.h"

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

void observed_snapshot(struct parts *parts, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < diag_count(snapshot->diags); i++) {
		const struct diag *diag = diag_item(snapshot->diags, i);
		open_diagnostic(parts, diag);
		if (diag->offset <= UINT32_MAX)
			inventory_place(parts, snapshot, (uint32_t)diag->offset);
		else
			xml_id(parts->xml, "input", "i",
			       inventory_number(parts, snapshot->evidence));
		close_diagnostic(parts, diag);
	}
}

void observed_comparison(struct parts *parts, const struct comparison *comparison,
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
		xml_id(parts->xml, "input", "i",
		       inventory_number(parts, companion->evidence));
		if (diag->offset != DIAG_NOWHERE)
			xml_number(parts->xml, "offset", diag->offset);
		close_diagnostic(parts, diag);
	}
}

void observed_beside(struct parts *parts)
{
	const struct companions *companions = parts->options->companions;
	struct companion all[COMPANIONS_MAX];
	size_t n = companions ? companions_list(companions, all) : 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].snapshot)
			observed_snapshot(parts, all[i].snapshot);
		else if (all[i].diags)
			write_file(parts, &all[i]);
}
