/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile: its element, and spelled out what it held, then every cell. */
#include "report/document/profiles.h"

#include "mapi/content/content.h"
#include "mapi/office/office.h"
#include "report/document/profilecontent.h"
#include "report/document/writer/inputids.h"

static void write_cells(struct parts *parts, const struct snapshot *snapshot,
			const struct key *top, enum cell_state state)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		/* What only holds a place has no bytes. */
		if (!(key->flags & KEY_FLAG_PLACEHOLDER))
			cell_key(parts, snapshot, key, state);
		for (uint32_t i = 0; i < key->n_values; i++)
			cell_value(parts, snapshot, key, &key->values[i], state);
	}
}

void profiles_spell_out(struct parts *parts, const struct snapshot *snapshot,
			const struct key *key, enum cell_state state)
{
	struct xml *xml = parts->xml;
	AUTO(content_freep) struct content *content = NULL;
	AUTO(office_clear) struct offices offices = { 0 };
	enum status status;

	status = content_read(key, &content);
	if (status == STATUS_OK)
		status = office_find(snapshot->keys, &snapshot->stores, &offices);
	if (status != STATUS_OK) {
		xml_fail(xml, status);
		return;
	}
	profilecontent_write(xml, content, &offices);
	write_cells(parts, snapshot, key, state);
}

/* True if some value in the profile could not be read whole. */
static bool is_partial(const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		for (uint32_t i = 0; i < key->n_values; i++)
			if (key->values[i].flags & VALUE_FLAG_SHORT)
				return true;
	return false;
}

void profiles_write(struct parts *parts, const struct snapshot *snapshot,
		    const struct snapshot_profile *profile, bool whole,
		    enum cell_state state)
{
	const struct profile *light = &profile->profile;
	struct xml *xml = parts->xml;
	char hex[DIGEST_HEX_SIZE];

	digest_hex(&light->digest, hex);
	xml_open(xml, "profile");
	xml_text(xml, "name", key_name(light->key));
	xml_attribute(xml, "list",
		      store_list_word(snapshot_store(snapshot, profile)->list));
	xml_attribute(xml, "origin", "live");
	xml_number(xml, "default", profile->is_default);
	xml_time(xml, "mtime", light->key->mtime_ft);
	if (!snapshot_is_export(snapshot))
		xml_number(xml, "filetime", light->key->mtime_ft);
	inputids_time(parts, snapshot, light->key->record_off);
	xml_number(xml, "sections", light->n_sections);
	xml_number(xml, "values", light->n_values);
	xml_attribute(xml, "digest", hex);
	xml_attribute(xml, "completeness", is_partial(light->key) ? "partial" : "whole");
	if (whole)
		profiles_spell_out(parts, snapshot, light->key, state);
	xml_close(xml);
}
