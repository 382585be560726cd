/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The offsets stand in the report, so that a page that is made of it elsewhere shows the
 * same, and each local time can be checked by them.
 */
#include "report/document/zoneelement.h"

#include "report/document/writer/inputids.h"

static void write_offsets(struct xml *xml, const struct timezone *zone)
{
	char offset[TIMEZONE_TEXT_SIZE];

	for (size_t i = 0; i < zone->n; i++) {
		timezone_format_offset(zone->spans[i].offset_s, offset);
		xml_open(xml, "offset");
		xml_time(xml, "from", zone->spans[i].from_ft);
		xml_attribute(xml, "utc_offset", offset);
		xml_close(xml);
	}
}

void zoneelement_write(struct parts *parts)
{
	const struct report_zone *zone = &parts->options->zone;
	struct xml *xml = parts->xml;

	if (!zone->zone && !zone->missing)
		return;
	xml_open(xml, "time_zone");
	xml_attribute(xml, "source", zone->name ? "option" : "system_hive");
	if (zone->system) {
		xml_text_if_any(xml, "name", zone->system->time_zone);
		inputids_put(parts, "input", zone->system->snapshot->evidence);
		xml_number(xml, "control_set", zone->system->control_set);
	} else {
		xml_attribute(xml, "name", zone->name);
	}
	if (zone->zone) {
		xml_time(xml, "until", zone->zone->end_ft);
		write_offsets(xml, zone->zone);
	}
	xml_close(xml);
}
