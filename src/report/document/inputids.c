/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/inputids.h"

void inputids_put(struct parts *parts, const char *attribute, const struct evidence *file)
{
	xml_id(parts->xml, attribute, "i", inputs_number(parts->options->inputs, file));
}

size_t inputids_number(const struct parts *parts, const struct snapshot *snapshot,
		       size_t log)
{
	return inputs_number(parts->options->inputs,
			     log == SIZE_MAX ? snapshot->evidence : snapshot->logs[log]);
}

void inputids_place(struct parts *parts, const struct snapshot *snapshot, uint32_t offset)
{
	size_t log;
	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);

	inputids_put(parts, "input", file);
	xml_number(parts->xml, "offset", offset);
}
