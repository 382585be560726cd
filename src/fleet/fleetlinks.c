/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetlinks.h"

void fleetlinks_who(struct index_markup *page, const struct fleetdata *data,
		    const struct fleetdata_report *report)
{
	indexmarkup_text(page, data->machines.items[report->machine].name, NULL);
	if (!*report->subject)
		return;
	indexmarkup_put(page, ": ");
	indexmarkup_text(page, report->subject, NULL);
}

void fleetlinks_report(struct index_markup *page, const struct fleetdata_report *report)
{
	if (report->page) {
		indexmarkup_link(page, report->page, "Page");
		indexmarkup_put(page, " · ");
	}
	indexmarkup_link(page, report->path, "XML report");
}

void fleetlinks_rest(struct index_markup *page, size_t n)
{
	if (n > 0)
		indexmarkup_put(page,
				"<p class=\"cut\">%zu more are in the tables.</p>\n", n);
}
