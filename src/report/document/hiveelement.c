/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/hiveelement.h"

#include "regf/freecells.h"

#include <stdio.h>

static const char *state_word(enum image_state state)
{
	switch (state) {
	case IMAGE_CLEAN:
		return "clean";
	case IMAGE_DIRTY:
		return "dirty";
	case IMAGE_DAMAGED:
		return "damaged";
	case IMAGE_NO_BASE:
		return "no_base_block";
	}
	return "damaged";
}

static const char *hive_state(const struct snapshot *snapshot)
{
	if (snapshot->image->state == IMAGE_NO_BASE)
		return state_word(IMAGE_NO_BASE);
	if (snapshot_is_damaged(snapshot))
		return "damaged";
	return snapshot_is_replayed(snapshot) ? "replayed"
					      : state_word(snapshot->image->state);
}

void hiveelement_write(struct xml *xml, const struct snapshot *snapshot)
{
	const struct image *image = snapshot->image;
	/* Without a base block, what the bins tell of it. */
	const struct image_base *base =
		image->state == IMAGE_NO_BASE ? &image->base : &snapshot->found;
	const char *free_cells = freecells_word(freecells_of(image));
	char version[24];

	(void)snprintf(version, sizeof(version), "%u.%u", base->major, base->minor);
	xml_open(xml, "hive");
	xml_attribute(xml, "version", version);
	xml_number(xml, "primary_sequence", base->primary_sequence);
	xml_number(xml, "secondary_sequence", base->secondary_sequence);
	xml_attribute(xml, "checksum", base->checksum_ok ? "ok" : "bad");
	xml_attribute(xml, "state", hive_state(snapshot));
	xml_time(xml, "last_written", base->last_written_ft);
	xml_time(xml, "newest_key", snapshot->newest_ft);
	xml_text(xml, "embedded_name", base->embedded_name);
	xml_number(xml, "data_size", base->data_size);
	xml_number(xml, "keys", snapshot->keys ? snapshot->keys->n_keys : 0);
	xml_number(xml, "values", snapshot->keys ? snapshot->keys->n_values : 0);
	if (free_cells)
		xml_attribute(xml, "free_cells", free_cells);
	xml_close(xml);
}

void hiveelement_export(struct xml *xml, const struct snapshot *snapshot)
{
	const struct regtext *export = snapshot->export;
	const struct regtext_root *root = snapshot->export_root;

	xml_open(xml, "reg");
	xml_number(xml, "version", export->version);
	xml_attribute(xml, "encoding", regtext_encoding_word(export->encoding));
	xml_number(xml, "parts", export->n_parts);
	xml_attribute(xml, "root", root->path);
	xml_number(xml, "whole", root->whole);
	xml_number(xml, "branches", root->n_branches);
	xml_attribute(xml, "state", snapshot_is_damaged(snapshot) ? "damaged" : "read");
	xml_number(xml, "keys", root->keys.n_keys);
	xml_number(xml, "values", root->keys.n_values);
	xml_close(xml);
}

void hiveelement_log(struct xml *xml, const struct replay_log *log)
{
	xml_open(xml, "log");
	if (log->log)
		xml_attribute(xml, "format",
			      log->log->format == TXLOG_OLD ? "old" : "new");
	xml_attribute(xml, "outcome", replay_outcome_word(log->outcome));
	xml_attribute(xml, "reason",
		      log->reason == REPLAY_LOG_FAULT ? txlog_fault_word(log->fault)
						      : replay_reason_word(log->reason));
	if (log->log) {
		xml_number(xml, "first_sequence", log->first_sequence);
		xml_number(xml, "last_sequence", log->last_sequence);
		xml_number(xml, "entries", log->log->n_entries);
		xml_number(xml, "stale_entries", log->log->n_stale);
	}
	xml_close(xml);
}
