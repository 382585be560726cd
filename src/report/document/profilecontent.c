/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held, read by MAPI's rules: a writer for each kind of element. */
#include "report/document/profilecontent.h"

#include "base/filetime.h"
#include "mapi/content/content.h"
#include "mapi/office/outlooksetup.h"
#include "mapi/office/outlookuser.h"
#include "mapi/profilename.h"
#include "mapi/property_render.h"
#include "mapi/section.h"
#include "report/document/cell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TAG_SIZE sizeof("0x36001f67")

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

/* Whether Outlook's set-up for the user names the same build; NULL: it names none. */
static const char *setup_word(const struct profile_outlook *outlook,
			      const struct offices *offices)
{
	const char *word = NULL;
	uint32_t build;

	for (size_t i = 0; i < offices->n; i++) {
		if (!outlooksetup_build(&offices->items[i], &build))
			continue;
		if (build == outlook->build)
			return "agrees";
		word = "differs";
	}
	return word;
}

/* A time of an unknown zone is written without one. */
static void write_noted_time(struct xml *xml, const struct profile_noted_time *time)
{
	char tag[TAG_SIZE], at[FILETIME_TEXT_SIZE];

	(void)snprintf(tag, sizeof(tag), "0x%04x%04x", time->id, PROPTAG_LONG);
	xml_open(xml, "noted_time");
	xml_attribute(xml, "tag", tag);
	if (time->is_local) {
		filetime_format(time->ft, at);
		at[strlen("2012-04-06T15:11:53")] = '\0';
		xml_attribute(xml, "local", at);
		xml_time(xml, "not_before", outlook_not_before(time));
		xml_time(xml, "not_after", outlook_not_after(time));
	} else {
		xml_time(xml, "time", time->ft);
	}
	xml_close(xml);
}

/* Whether the hive has the id that the profile notes; left out if it has none. */
static void write_machine(struct xml *xml, const struct profile_outlook *outlook,
			  const struct offices *offices)
{
	char digits[PROPERTY_UID_NAME_SIZE];
	const char *word = NULL;
	struct span id;

	if (span_is_empty(outlook->machine_id))
		return;
	property_uid_name(outlook->machine_id, 0, digits);
	xml_attribute(xml, "machine_id", digits);
	for (size_t i = 0; i < offices->n; i++) {
		if (!outlookuser_machine_id(&offices->items[i], &id))
			continue;
		word = "differs";
		if (span_equal(id, outlook->machine_id)) {
			word = "agrees";
			break;
		}
	}
	xml_attribute(xml, "machine", word);
}

static void write_client(struct xml *xml, const struct profile_outlook *outlook,
			 const struct offices *offices)
{
	char version[OUTLOOK_VERSION_SIZE];

	if (!outlook->has_build && outlook->n_times == 0 &&
	    span_is_empty(outlook->machine_id))
		return;
	xml_open(xml, "client");
	if (outlook->has_build) {
		xml_number(xml, "build", outlook->build);
		if (outlook_version(outlook->build, version))
			xml_attribute(xml, "version", version);
		xml_attribute(xml, "setup", setup_word(outlook, offices));
	}
	write_machine(xml, outlook, offices);
	for (size_t i = 0; i < outlook->n_times; i++)
		write_noted_time(xml, &outlook->times[i]);
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

static const char *known_word(enum profile_known known)
{
	switch (known) {
	case PROFILE_YES:
		return "1";
	case PROFILE_NO:
		return "0";
	case PROFILE_UNKNOWN:
		break;
	}
	return NULL;
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

/* What an account of today's Outlook has besides, and which section tells it all. */
static void write_exchange_account(struct xml *xml, const struct content *content,
				   const struct profile_exchange *exchange)
{
	write_section(xml, content->key, exchange->section);
	xml_text_if_any(xml, "smtp_address", exchange->smtp_address);
	xml_text_if_any(xml, "account_name", exchange->account_name);
	xml_text_if_any(xml, "auth_user", exchange->auth_user);
	xml_text_if_any(xml, "server_fqdn", exchange->server_fqdn);
	xml_text_if_any(xml, "alternate", exchange->alternate);
	xml_text_if_any(xml, "proxy", exchange->proxy);
	xml_text_if_any(xml, "autodiscover", exchange->autodiscover);
	xml_text_if_any(xml, "mailbox_inside", exchange->http.mailbox_inside);
	xml_text_if_any(xml, "mailbox_outside", exchange->http.mailbox_outside);
	xml_text_if_any(xml, "book_inside", exchange->http.book_inside);
	xml_text_if_any(xml, "book_outside", exchange->http.book_outside);
	xml_text_if_any(xml, "ost", exchange->ost);
	xml_attribute(xml, "cached", known_word(exchange->cached));
	xml_attribute(xml, "cached_shared", known_word(exchange->cached_shared));
	xml_attribute(xml, "cached_public", known_word(exchange->cached_public));
	xml_attribute(xml, "consumer", known_word(exchange->consumer));
	if (exchange->has_months)
		xml_number(xml, "months", exchange->months);
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
		write_exchange_account(xml, content, exchange);
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
		xml_attribute(xml, "attached", known_word(file->attached));
		xml_close(xml);
	}
}

static void write_named_in(struct xml *xml, const struct content *content,
			   const struct profile_named_file *file)
{
	xml_open(xml, "named_in");
	write_section(xml, content->key, file->section);
	xml_text(xml, "value_name", value_name(file->value));
	xml_close(xml);
}

/* Files named in entry ids: one element for each path, with the values that name it. */
static void write_named_files(struct xml *xml, const struct content *content)
{
	const struct profile_named_file *files = content->named_files.items;
	size_t n = content->named_files.n, i = 0;

	while (i < n) {
		size_t first = i;
		xml_open(xml, "named_file");
		xml_attribute(xml, "kind", files[i].kind);
		xml_text(xml, "path", files[i].path);
		xml_attribute(xml, "attached", known_word(files[i].attached));
		for (; i < n && text_equal(files[i].path, files[first].path); i++)
			/* One value may name it more than once. */
			if (i == first || files[i].value != files[i - 1].value)
				write_named_in(xml, content, &files[i]);
		xml_close(xml);
	}
}

static void write_server(struct xml *xml, const struct profile_server *server)
{
	xml_open(xml, "server");
	xml_attribute(xml, "protocol", server->protocol);
	xml_text(xml, "host", server->host);
	xml_text_if_any(xml, "user", server->user);
	if (server->port)
		xml_number(xml, "port", server->port);
	xml_flag(xml, "port_is_default", server->port_is_default);
	xml_attribute(xml, "encryption", content_encryption_word(server->encryption));
	xml_flag(xml, "encryption_is_default", server->encryption_is_default);
	xml_flag(xml, "spa", server->spa);
	xml_attribute(xml, "login", content_login_word(server->login));
	if (server->has_leave)
		xml_number(xml, "leave", server->leave);
	if (server->leave_days)
		xml_number(xml, "leave_days", server->leave_days);
	xml_flag(xml, "leave_until_deleted", server->leave_until_deleted);
	xml_close(xml);
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
		for (size_t k = 0; k < account->n_servers; k++)
			write_server(xml,
				     &content->servers.items[account->first_server + k]);
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

static void write_gone_account(struct xml *xml, const struct content *content,
			       const struct profile_gone_account *gone)
{
	char id[9];

	xml_open(xml, "gone_account");
	(void)snprintf(id, sizeof(id), "%08" PRIx32, gone->number);
	xml_attribute(xml, "id", gone->has_number ? id : NULL);
	if (gone->settings) {
		write_section(xml, content->key, gone->settings);
		struct text name;
		if (section_string(gone->settings, 0x3001, &name))
			xml_text(xml, "name", name);
	}
	xml_close(xml);
}

static void write_account_numbers(struct xml *xml, const struct content *content)
{
	const struct profile_account_numbers *numbers = &content->account_numbers;

	if (!numbers->present)
		return;
	xml_open(xml, "account_numbers");
	if (numbers->has_next)
		xml_number(xml, "next", numbers->next);
	if (numbers->has_change)
		xml_number(xml, "change", numbers->change);
	if (numbers->has_version)
		xml_number(xml, "version", numbers->version);
	xml_number(xml, "accounts", content->accounts.n);
	if (numbers->is_told)
		xml_number(xml, "gone", numbers->gone);
	for (size_t i = 0; i < content->gone_accounts.n; i++)
		write_gone_account(xml, content, &content->gone_accounts.items[i]);
	xml_close(xml);
}

/* How many tags have a name, and how many are shown raw. */
static void write_tags(struct xml *xml, const struct content *content)
{
	size_t named = 0, unpublished = 0;

	if (content->values.n == 0)
		return;
	for (size_t i = 0; i < content->values.n; i++) {
		named += content->values.items[i].name != NULL;
		unpublished += content->values.items[i].is_unpublished;
	}
	xml_open(xml, "tags");
	xml_number(xml, "named", named);
	xml_number(xml, "unpublished", unpublished);
	xml_number(xml, "unnamed", content->values.n - named);
	xml_close(xml);
}

static void write_meaning(struct xml *xml, const struct profile_value *value)
{
	char *meaning;

	if (!propmeaning_of(value->value, value->tag, value->owner, value->place,
			    &meaning))
		xml_fail(xml, STATUS_NOMEM);
	else if (meaning)
		xml_owned(xml, "meaning", meaning);
}

static void write_properties(struct xml *xml, const struct content *content)
{
	for (size_t i = 0; i < content->values.n; i++) {
		const struct profile_value *value = &content->values.items[i];
		char tag[TAG_SIZE];
		(void)snprintf(tag, sizeof(tag), "0x%04x%04x", value->tag.id,
			       value->tag.type);
		xml_open(xml, "property");
		write_section(xml, content->key, value->section);
		xml_attribute(xml, "tag", tag);
		xml_attribute(xml, "name", value->name);
		xml_flag(xml, "unpublished", value->is_unpublished);
		xml_attribute(xml, "type", proptag_type_word(value->tag.type));
		xml_owned(xml, "value", property_render(value->value, value->tag));
		write_meaning(xml, value);
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

void profilecontent_write(struct xml *xml, const struct content *content,
			  const struct offices *offices)
{
	write_generated_name(xml, &content->generated);
	write_client(xml, &content->outlook, offices);
	write_services(xml, content);
	write_exchanges(xml, content);
	write_files(xml, content);
	write_named_files(xml, content);
	write_accounts(xml, content);
	write_account_numbers(xml, content);
	write_tags(xml, content);
	write_properties(xml, content);
	write_secrets(xml, content);
	for (size_t i = 0; i < content->problems.n; i++)
		write_problem(xml, content, &content->problems.items[i]);
	if (content->truncated) {
		xml_open(xml, "problem");
		xml_attribute(xml, "code", content_problem_word(PROFILE_TRUNCATED));
		xml_close(xml);
	}
}
