/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile spelled out: what it held, read by MAPI's rules, then every cell. */
#include "report/document/profiles.h"

#include "mapi/content/content.h"
#include "mapi/profilename.h"
#include "mapi/property_render.h"
#include "mapi/secret.h"

#include <stdio.h>
#include <stdlib.h>

static void write_generated_name(struct xml *xml,
				 const struct profile_generated_name *generated)
{
	if (!generated->present)
		return;
	xml_open(xml, "generated_name");
	xml_text(xml, "prefix", generated->prefix);
	xml_number(xml, "pid", generated->pid);
	xml_time(xml, "created", generated->created_ft);
	xml_close(xml);
}

static void write_provider(struct xml *xml, const struct profile_provider *provider)
{
	xml_open(xml, "provider");
	xml_text(xml, "uid", provider->uid);
	if (provider->has_resource_type)
		xml_number(xml, "type", provider->resource_type);
	xml_text(xml, "name", provider->name);
	xml_text(xml, "display_name", provider->display_name);
	xml_text(xml, "dll", provider->dll);
	xml_close(xml);
}

/* Providers stand in the service that owns them; those without one by themselves. */
static void write_services(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->services.n; i++) {
		const struct profile_service *service = &content->services.items[i];
		xml_open(xml, "service");
		xml_text(xml, "uid", service->uid);
		xml_text(xml, "name", service->name);
		xml_text(xml, "display_name", service->display_name);
		xml_text(xml, "dll", service->dll);
		xml_attribute(xml, "kind", service->kind);
		for (size_t k = 0; k < content->providers.n; k++)
			if (content->providers.items[k].service == i)
				write_provider(xml, &content->providers.items[k]);
		xml_close(xml);
	}
	for (size_t k = 0; k < content->providers.n; k++)
		if (content->providers.items[k].service == SIZE_MAX)
			write_provider(xml, &content->providers.items[k]);
}

static void write_exchanges(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->exchanges.n; i++) {
		const struct profile_exchange *exchange = &content->exchanges.items[i];
		xml_open(xml, "exchange");
		xml_attribute(xml, "kind", content_mailbox_word(exchange->kind));
		xml_text_if_any(xml, "server", exchange->server);
		xml_text_if_any(xml, "server_dn", exchange->server_dn);
		xml_text_if_any(xml, "user_dn", exchange->user_dn);
		xml_text_if_any(xml, "mailbox", exchange->mailbox);
		xml_text_if_any(xml, "mailbox_dn", exchange->mailbox_dn);
		xml_number(xml, "resolved", exchange->resolved);
		xml_close(xml);
	}
}

static void write_files(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->files.n; i++) {
		const struct profile_file *file = &content->files.items[i];
		xml_open(xml, "file");
		xml_attribute(xml, "kind", file->kind);
		xml_text(xml, "path", file->path);
		xml_number(xml, "default_store", file->default_store);
		xml_close(xml);
	}
}

static void write_accounts(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->accounts.n; i++) {
		const struct profile_account *account = &content->accounts.items[i];
		xml_open(xml, "account");
		xml_text(xml, "id", account->id);
		xml_attribute(xml, "kind", account->kind);
		xml_flag(xml, "default", account->is_default);
		xml_text(xml, "name", account->name);
		xml_text_if_any(xml, "display_name", account->display_name);
		xml_text_if_any(xml, "email", account->email);
		for (size_t k = 0; k < account->n_settings; k++) {
			const struct profile_setting *setting =
				&content->settings.items[account->first_setting + k];
			xml_open(xml, "setting");
			xml_text(xml, "name", setting->name);
			xml_owned(xml, "value", property_render_plain(setting->value));
			cell_unknown(xml, setting->value);
			xml_close(xml);
		}
		xml_close(xml);
	}
}

/* The path of a key below the profile: section names joined by backslashes. */
static void write_section(struct xml *xml, const struct key *profile,
			  const struct key *section)
{
	struct text path;

	if (!key_path(section, profile, "", NULL, &path)) {
		xml_fail(xml, STATUS_NOMEM);
		return;
	}
	xml_text(xml, "section", path);
	text_free(path);
}

static void write_properties(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->values.n; i++) {
		const struct profile_value *value = &content->values.items[i];
		char tag[11];
		(void)snprintf(tag, sizeof(tag), "0x%04x%04x", value->tag.id,
			       value->tag.type);
		xml_open(xml, "property");
		write_section(xml, content->key, value->section);
		xml_attribute(xml, "tag", tag);
		xml_attribute(xml, "name", value->name);
		xml_attribute(xml, "type", proptag_type_word(value->tag.type));
		xml_owned(xml, "value", property_render(value->value, value->tag));
		cell_unknown(xml, value->value);
		xml_close(xml);
	}
}

static void write_secrets(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->secrets.n; i++) {
		const struct profile_secret *secret = &content->secrets.items[i];
		xml_open(xml, "secret");
		write_section(xml, content->key, secret->section);
		xml_text(xml, "name", value_name(secret->value));
		xml_number(xml, "bytes", secret->value->declared_len);
		xml_close(xml);
	}
}

static void write_problem(struct xml *xml, const struct content *content,
			  const struct profile_problem *problem)
{
	xml_open(xml, "problem");
	xml_attribute(xml, "code", content_problem_word(problem->code));
	if (problem->section != content->key)
		write_section(xml, content->key, problem->section);
	if (problem->value)
		xml_text(xml, "value_name", value_name(problem->value));
	if (problem->uid[0])
		xml_attribute(xml, "uid", problem->uid);
	xml_close(xml);
}

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
	enum status status;

	status = content_read(key, &content);
	if (status != STATUS_OK) {
		xml_fail(xml, status);
		return;
	}
	write_generated_name(xml, &content->generated);
	write_services(xml, content);
	write_exchanges(xml, content);
	write_files(xml, content);
	write_accounts(xml, content);
	write_properties(xml, content);
	write_secrets(xml, content);
	for (size_t i = 0; i < content->problems.n; i++)
		write_problem(xml, content, &content->problems.items[i]);
	if (content->truncated) {
		xml_open(xml, "problem");
		xml_attribute(xml, "code", content_problem_word(PROFILE_TRUNCATED));
		xml_close(xml);
	}
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
	xml_number(xml, "sections", light->n_sections);
	xml_number(xml, "values", light->n_values);
	xml_attribute(xml, "digest", hex);
	xml_attribute(xml, "completeness", is_partial(light->key) ? "partial" : "whole");
	if (whole)
		profiles_spell_out(parts, snapshot, light->key, state);
	xml_close(xml);
}
