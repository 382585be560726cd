/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/writer/inputids.h"

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

/* Where the last write stands in a key record (regf specification, "Key node"). */
#define KEY_TIME 4

void inputids_log_time(struct parts *parts, const struct evidence *log,
		       uint32_t record_off)
{
	inputids_put(parts, "input", log);
	xml_number(parts->xml, "offset", (uint64_t)record_off + KEY_TIME);
}

void inputids_time(struct parts *parts, const struct snapshot *snapshot,
		   uint32_t record_off)
{
	/* A root that was lost has no record, and text has none at all. */
	if (record_off > 0 && !snapshot_is_export(snapshot))
		inputids_place(parts, snapshot, record_off + KEY_TIME);
}
