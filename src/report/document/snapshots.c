/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/snapshots.h"

#include "mapi/content/outlook.h"
#include "mapi/office/outlooksetup.h"
#include "mapi/office/outlookuser.h"
#include "mapi/office/searchfiles.h"
#include "report/document/collectionelements.h"
#include "report/document/inputids.h"
#include "report/document/profiles.h"
#include "report/document/recoveries.h"
#include "snapshot/snapshotfiles.h"

#include <stdio.h>

static void write_store(struct parts *parts, size_t snapshot_index, size_t index)
{
	const struct snapshot *snapshot = parts->series->snapshots[snapshot_index];
	const struct store *store = &snapshot->stores.items[index];
	struct xml *xml = parts->xml;
	/* Without a comparison there is nothing else to say, so all is said. */
	bool whole = parts->options->full || parts->series->n_snapshots == 1;
	char id[48];

	xml_open(xml, "store");
	(void)snprintf(id, sizeof(id), "s%zu.%zu",
		       parts->first_snapshot + snapshot_index + 1, index + 1);
	xml_attribute(xml, "id", id);
	xml_attribute(xml, "kind", store_kind_word(store->kind));
	xml_attribute(xml, "office_version", store->office_version);
	xml_attribute(xml, "list", store_list_word(store->list));
	xml_attribute(xml, "path", store->path);
	xml_number(xml, "present", store->key != NULL);
	if (store->key && !snapshot_is_export(snapshot)) {
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
			parts_step(parts);
		}
	xml_close(xml);
}

/* ---- what Office keeps beside the lists of profiles ---- */

static void write_data_files(struct xml *xml, const struct snapshot *snapshot,
			     const struct office_files *files)
{
	AUTO(attachedfiles_clear) struct attachedfiles attached = { 0 };
	enum status status =
		files->n > 0 ? snapshotfiles_attached(snapshot, &attached) : STATUS_OK;

	if (status != STATUS_OK)
		xml_fail(xml, status);
	for (size_t i = 0; status == STATUS_OK && i < files->n; i++) {
		const struct office_file *file = &files->items[i];
		enum profile_known known = attachedfiles_has(&attached, file->path);
		xml_open(xml, "data_file");
		xml_text(xml, "path", file->path);
		xml_attribute(xml, "source", file->source);
		if (known != PROFILE_UNKNOWN)
			xml_number(xml, "in_profile", known == PROFILE_YES);
		xml_close(xml);
	}
}

/* Of a version that nothing is known of there is no element. */
static void write_office(struct xml *xml, const struct snapshot *snapshot,
			 const struct office *office)
{
	AUTO(searchfiles_clear) struct office_files files = { 0 };
	enum status status = searchfiles_read(office, &files);
	char version[OUTLOOK_VERSION_SIZE];
	uint32_t build;
	bool has_build = outlooksetup_build(office, &build);
	struct span machine;
	bool has_machine = outlookuser_machine_id(office, &machine);

	if (status != STATUS_OK)
		xml_fail(xml, status);
	if (!has_build && !has_machine && files.n == 0)
		return;
	xml_open(xml, "office");
	xml_attribute(xml, "version", office->version);
	if (has_build) {
		xml_number(xml, "outlook_build", build);
		if (outlook_version(build, version))
			xml_attribute(xml, "outlook_version", version);
	}
	if (has_machine) {
		char digits[PROPERTY_UID_NAME_SIZE];
		property_uid_name(machine, 0, digits);
		xml_attribute(xml, "machine_id", digits);
	}
	xml_flag(xml, "truncated", files.truncated);
	write_data_files(xml, snapshot, &files);
	xml_close(xml);
}

static void write_offices(struct xml *xml, const struct snapshot *snapshot)
{
	AUTO(office_clear) struct offices offices = { 0 };
	enum status status = office_find(snapshot->keys, &snapshot->stores, &offices);

	if (status != STATUS_OK)
		xml_fail(xml, status);
	for (size_t i = 0; i < offices.n; i++)
		write_office(xml, snapshot, &offices.items[i]);
}

void snapshots_write(struct parts *parts, size_t index)
{
	const struct snapshot *snapshot = parts->series->snapshots[index];
	struct xml *xml = parts->xml;

	xml_open(xml, "snapshot");
	parts_snapshot_id(parts, "id", index);
	inputids_put(parts, "input", snapshot->evidence);
	xml_attribute(xml, "state",
		      snapshot_is_replayed(snapshot) ? "replayed" : "as_found");
	xml_attribute(xml, "readers", snapshot_readers_word(snapshot->readers));
	collectionelements_places(parts, snapshot);
	for (size_t i = 0; i < snapshot->stores.n; i++)
		write_store(parts, index, i);
	write_offices(xml, snapshot);
	if (series_recovery(parts->series, snapshot))
		recoveries_write(parts, snapshot,
				 parts->options->full		   ? SIZE_MAX
				 : parts->series->n_snapshots == 1 ? SNAPSHOTS_MAX_WHOLE
								   : 0);
	xml_close(xml);
}
