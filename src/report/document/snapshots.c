/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/snapshots.h"

#include "mapi/content/outlook.h"
#include "mapi/office/autodiscover.h"
#include "mapi/office/bootdiagnostics.h"
#include "mapi/office/identity.h"
#include "mapi/office/outlooksetup.h"
#include "mapi/office/outlookuser.h"
#include "mapi/office/searchfiles.h"
#include "mapi/property_render.h"
#include "report/document/collectionelements.h"
#include "report/document/profiles.h"
#include "report/document/recoveries.h"
#include "report/document/writer/inputids.h"
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
		inputids_time(parts, snapshot, store->key->record_off);
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

/* What the elements of all versions are written from. */
struct beside {
	struct xml *xml;
	const struct snapshot *snapshot;
	bool has_attached; /* it was read, for the first data file */
	struct attachedfiles attached;
};

static void beside_clear(struct beside *beside)
{
	attachedfiles_clear(&beside->attached);
}

static enum status read_attached(struct beside *beside)
{
	if (beside->has_attached)
		return STATUS_OK;
	beside->has_attached = true;
	return snapshotfiles_attached(beside->snapshot, &beside->attached);
}

static void write_data_files(struct beside *beside, const struct office_files *files)
{
	struct xml *xml = beside->xml;
	enum status status = files->n > 0 ? read_attached(beside) : STATUS_OK;

	if (status != STATUS_OK)
		xml_fail(xml, status);
	for (size_t i = 0; i < files->n; i++) {
		const struct office_file *file = &files->items[i];
		enum profile_known known =
			attachedfiles_has(&beside->attached, file->path);
		xml_open(xml, "data_file");
		xml_text(xml, "path", file->path);
		xml_attribute(xml, "source", file->source);
		if (known != PROFILE_UNKNOWN)
			xml_number(xml, "in_profile", known == PROFILE_YES);
		xml_close(xml);
	}
}

/* An attribute with the path of a key below another; "" for that itself. */
static void write_key(struct xml *xml, const struct key *key, const struct key *top)
{
	struct text path;

	if (!key_path(key, top, "", NULL, &path)) {
		xml_fail(xml, STATUS_NOMEM);
		return;
	}
	xml_text(xml, "key", path);
	text_free(path);
}

static void write_identities(struct xml *xml, const struct identity_values *identities)
{
	for (size_t i = 0; i < identities->n; i++) {
		const struct identity_value *identity = &identities->items[i];
		xml_open(xml, "identity");
		write_key(xml, identity->key, identities->top);
		xml_text(xml, "name", value_name(identity->value));
		if (identity->is_open)
			xml_owned(xml, "value", property_render_plain(identity->value));
		else
			xml_number(xml, "bytes", identity->value->declared_len);
		xml_close(xml);
	}
}

/* The default value of a key has no name. */
static bool names_host(const struct value *redirect)
{
	return text_length(value_name(redirect)) > 0;
}

static void write_redirects(struct xml *xml, const struct office *office)
{
	const struct key *redirects = autodiscover_redirects(office);

	for (uint32_t i = 0; redirects && i < redirects->n_values; i++) {
		if (!names_host(&redirects->values[i]))
			continue;
		xml_open(xml, "redirect");
		xml_text(xml, "host", value_name(&redirects->values[i]));
		xml_close(xml);
	}
}

/* The profile of the snapshot that a text names, or NULL. */
static const struct key *profile_named(const struct snapshot *snapshot,
				       const struct value *value)
{
	struct text name;

	if (!property_string(value, &name))
		return NULL;
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (text_equal(key_name(snapshot->profiles[i].profile.key), name))
			return snapshot->profiles[i].profile.key;
	return NULL;
}

static void write_boot(struct xml *xml, const struct snapshot *snapshot,
		       const struct office *office, const struct boot_values *boot)
{
	for (size_t i = 0; i < boot->n; i++) {
		const struct value *value = boot->items[i].value;
		xml_open(xml, "boot");
		write_key(xml, boot->items[i].key, office->outlook);
		xml_text(xml, "name", value_name(value));
		xml_owned(xml, "value", property_render_plain(value));
		xml_flag(xml, "names_profile", profile_named(snapshot, value) != NULL);
		xml_close(xml);
	}
}

static void write_builds(struct xml *xml, const struct office *office)
{
	char version[OUTLOOK_VERSION_SIZE], digits[PROPERTY_UID_NAME_SIZE];
	size_t n_files = autodiscover_n_local_files(office);
	struct span machine;
	uint32_t build;

	if (outlooksetup_build(office, &build)) {
		xml_number(xml, "outlook_build", build);
		if (outlook_version(build, version))
			xml_attribute(xml, "outlook_version", version);
	}
	if (outlookuser_machine_id(office, &machine)) {
		property_uid_name(machine, 0, digits);
		xml_attribute(xml, "machine_id", digits);
	}
	if (n_files > 0)
		xml_number(xml, "autodiscover_files", n_files);
}

/* Of a version that nothing is known of there is no element. */
static bool has_something(const struct office *office)
{
	const struct key *redirects = autodiscover_redirects(office);
	struct span machine;
	uint32_t build;

	return outlooksetup_build(office, &build) ||
	       outlookuser_machine_id(office, &machine) ||
	       autodiscover_n_local_files(office) > 0 ||
	       /* By name: the one without any comes first. */
	       (redirects && redirects->n_values > 0 &&
		names_host(&redirects->values[redirects->n_values - 1]));
}

static void write_office(struct beside *beside, const struct office *office)
{
	struct xml *xml = beside->xml;
	AUTO(searchfiles_clear) struct office_files files = { 0 };
	AUTO(identity_clear) struct identity_values identities = { 0 };
	AUTO(bootdiagnostics_clear) struct boot_values boot = { 0 };
	enum status status = searchfiles_read(office, &files);

	if (status == STATUS_OK)
		status = identity_read(office, &identities);
	if (status == STATUS_OK)
		status = bootdiagnostics_read(office, &boot);
	if (status != STATUS_OK) {
		xml_fail(xml, status);
		return;
	}
	if (!has_something(office) && files.n == 0 && identities.n == 0 && boot.n == 0)
		return;
	xml_open(xml, "office");
	xml_attribute(xml, "version", office->version);
	write_builds(xml, office);
	xml_flag(xml, "truncated",
		 files.truncated || identities.truncated || boot.truncated);
	write_data_files(beside, &files);
	write_identities(xml, &identities);
	write_redirects(xml, office);
	write_boot(xml, beside->snapshot, office, &boot);
	xml_close(xml);
}

static void write_offices(struct xml *xml, const struct snapshot *snapshot)
{
	AUTO(office_clear) struct offices offices = { 0 };
	AUTO(beside_clear) struct beside beside = { .xml = xml, .snapshot = snapshot };
	enum status status = office_find(snapshot->keys, &snapshot->stores, &offices);

	if (status != STATUS_OK)
		xml_fail(xml, status);
	for (size_t i = 0; i < offices.n; i++)
		write_office(&beside, &offices.items[i]);
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
