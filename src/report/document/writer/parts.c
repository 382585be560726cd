/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/writer/parts.h"

void parts_step(struct parts *parts)
{
	parts->n_written++;
	stage_advance(parts->options->stage, parts->n_written, parts->n_items);
}

void parts_snapshot_id(struct parts *parts, const char *attribute, size_t index)
{
	xml_id(parts->xml, attribute, "s", parts->first_snapshot + index + 1);
}

void parts_comparison_id(struct parts *parts, const char *attribute, size_t index)
{
	xml_id(parts->xml, attribute, "d", parts->first_comparison + index + 1);
}
