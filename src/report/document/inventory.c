/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was given and what stands in it: inputs, snapshots, stores, profiles. */
#include "report/document/parts.h"

#include "base/filetime.h"

#include <stdio.h>
#include <stdlib.h>

void inventory_fileobject(struct xml *xml, const struct evidence *evidence)
{
	char time[FILETIME_TEXT_SIZE], size[21], hex[DIGEST_HEX_SIZE];

	filetime_format(evidence->mtime_ft, time);
	digest_hex(&evidence->sha256, hex);
	(void)snprintf(size, sizeof(size), "%zu", evidence->bytes.len);
	xml_open(xml, "dfxml:fileobject");
	xml_element_path(xml, "dfxml:filename", evidence->path);
	xml_element(xml, "dfxml:filesize", size);
	xml_element(xml, "dfxml:mtime", time);
	xml_open(xml, "dfxml:hashdigest");
	xml_attribute(xml, "type", "sha256");
	xml_content(xml, hex);
	xml_close(xml);
	xml_close(xml);
}

/* The number of a file of a snapshot whose hive is number `first`; 0 if it is none. */
static size_t number_in(const struct snapshot *snapshot, size_t first,
			const struct evidence *file)
{
	if (snapshot->evidence == file)
		return first;
	for (size_t i = 0; i < snapshot->n_logs; i++)
		if (snapshot->logs[i] == file)
			return first + 1 + i;
	return 0;
}

size_t inventory_number(const struct parts *parts, const struct evidence *file)
{
	const struct companions *companions = parts->options->companions;
	struct companion beside[COMPANIONS_MAX];
	size_t n = companions ? companions_list(companions, beside) : 0;
	size_t next = 1, found = 0;

	for (size_t i = 0; i < parts->series->n_snapshots && !found; i++) {
		const struct snapshot *snapshot = parts->series->snapshots[i];
		if (snapshot->borrowed)
			continue;
		found = number_in(snapshot, next, file);
		next += 1 + snapshot->n_logs;
	}
	for (size_t i = 0; i < n && !found; i++) {
		const struct snapshot *snapshot = beside[i].snapshot;
		if (beside[i].evidence == file)
			found = next;
		else if (snapshot)
			found = number_in(snapshot, next, file);
		next += 1 + (snapshot ? snapshot->n_logs : 0);
	}
	return found;
}

size_t inventory_input(const struct parts *parts, const struct snapshot *snapshot,
		       size_t log)
{
	return inventory_number(parts, log == SIZE_MAX ? snapshot->evidence
						       : snapshot->logs[log]);
}

void inventory_place(struct parts *parts, const struct snapshot *snapshot,
		     uint32_t offset)
{
	size_t log;
	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);

	xml_id(parts->xml, "input", "i", inventory_number(parts, file));
	xml_number(parts->xml, "offset", offset);
}

static const char *state_word(enum image_state state)
{
	switch (state) {
	case IMAGE_CLEAN:
		return "clean";
	case IMAGE_DIRTY:
		return "dirty";
	case IMAGE_DAMAGED:
		return "damaged";
	}
	return "damaged";
}

static const char *hive_state(const struct snapshot *snapshot)
{
	if (snapshot_is_damaged(snapshot))
		return "damaged";
	return snapshot_is_replayed(snapshot) ? "replayed"
					      : state_word(snapshot->image->state);
}

/* The base block as the file has it; keys and values as they were read. */
void inventory_hive(struct xml *xml, const struct snapshot *snapshot)
{
	const struct image *image = snapshot->image;
	const struct image_base *base = &snapshot->found;
	enum image_free_cells free_cells = image_free_cells(image);
	char version[24];

	(void)snprintf(version, sizeof(version), "%u.%u", base->major, base->minor);
	xml_open(xml, "hive");
	xml_attribute(xml, "version", version);
	xml_number(xml, "primary_sequence", base->primary_sequence);
	xml_number(xml, "secondary_sequence", base->secondary_sequence);
	xml_attribute(xml, "checksum", base->checksum_ok ? "ok" : "bad");
	xml_attribute(xml, "state", hive_state(snapshot));
	xml_time(xml, "last_written", base->last_written_ft);
	xml_text(xml, "embedded_name", base->embedded_name);
	xml_number(xml, "data_size", base->data_size);
	xml_number(xml, "keys", snapshot->keys ? snapshot->keys->n_keys : 0);
	xml_number(xml, "values", snapshot->keys ? snapshot->keys->n_values : 0);
	if (free_cells != IMAGE_FREE_UNKNOWN)
		xml_attribute(xml, "free_cells",
			      free_cells == IMAGE_FREE_PLAIN ? "plain" : "windows_2000");
	xml_close(xml);
}

static void write_log(struct xml *xml, const struct replay_log *log)
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

void inventory_logs(struct parts *parts, const struct snapshot *snapshot)
{
	size_t n = 0;
	const struct replay_log *logs =
		snapshot->replay ? replay_logs(snapshot->replay, &n) : NULL;

	for (size_t i = 0; i < n; i++) {
		xml_open(parts->xml, "input");
		xml_id(parts->xml, "id", "i", inventory_input(parts, snapshot, i));
		xml_attribute(parts->xml, "role", "log");
		inventory_fileobject(parts->xml, snapshot->logs[i]);
		write_log(parts->xml, &logs[i]);
		xml_close(parts->xml);
	}
}

void inventory_inputs(struct parts *parts)
{
	for (size_t i = 0; i < parts->series->n_snapshots; i++) {
		const struct snapshot *snapshot = parts->series->snapshots[i];
		if (snapshot->borrowed)
			continue;
		xml_open(parts->xml, "input");
		xml_id(parts->xml, "id", "i", inventory_input(parts, snapshot, SIZE_MAX));
		xml_attribute(parts->xml, "role", "hive");
		inventory_fileobject(parts->xml, snapshot->evidence);
		inventory_hive(parts->xml, snapshot);
		xml_close(parts->xml);
		inventory_logs(parts, snapshot);
	}
}

static void write_store(struct parts *parts, size_t snapshot_index, size_t index)
{
	const struct snapshot *snapshot = parts->series->snapshots[snapshot_index];
	const struct store *store = &snapshot->stores.items[index];
	struct xml *xml = parts->xml;
	/* Without a comparison there is nothing else to say, so all is said. */
	bool whole = parts->options->full || parts->series->n_snapshots == 1;
	char id[48];

	xml_open(xml, "store");
	(void)snprintf(id, sizeof(id), "s%zu.%zu", snapshot_index + 1, index + 1);
	xml_attribute(xml, "id", id);
	xml_attribute(xml, "kind", store_kind_word(store->kind));
	xml_attribute(xml, "office_version", store->office_version);
	xml_attribute(xml, "list", store_list_word(store->list));
	xml_attribute(xml, "path", store->path);
	xml_number(xml, "present", store->key != NULL);
	if (store->key) {
		xml_time(xml, "mtime", store->key->mtime_ft);
		xml_number(xml, "filetime", store->key->mtime_ft);
	}
	if (store->has_default) {
		xml_open(xml, "default_profile");
		xml_text(xml, "name", store->default_profile);
		xml_number(xml, "resolved", store->default_resolved);
		xml_close(xml);
	}
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (snapshot->profiles[i].store == index) {
			profiles_write(parts, snapshot, &snapshot->profiles[i], whole,
				       CELL_PLAIN);
			report_step(parts);
		}
	xml_close(xml);
}

void inventory_snapshot(struct parts *parts, size_t index)
{
	const struct snapshot *snapshot = parts->series->snapshots[index];
	struct xml *xml = parts->xml;

	xml_open(xml, "snapshot");
	xml_id(xml, "id", "s", index + 1);
	xml_id(xml, "input", "i", inventory_input(parts, snapshot, SIZE_MAX));
	xml_attribute(xml, "state",
		      snapshot_is_replayed(snapshot) ? "replayed" : "as_found");
	xml_attribute(xml, "readers", snapshot_readers_word(snapshot->readers));
	for (size_t i = 0; i < snapshot->stores.n; i++)
		write_store(parts, index, i);
	if (series_recovery(parts->series, snapshot))
		recoveries_write(parts, snapshot,
				 parts->options->full		   ? SIZE_MAX
				 : parts->series->n_snapshots == 1 ? RECOVERIES_MAX_WHOLE
								   : 0);
	xml_close(xml);
}
