/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole content of a profile.  The readers of its parts run in the order
 * of read_parts(), since each asks what those before it found out; they share
 * a struct contentstate.  Values, secrets and orphans need no reader of their
 * own and are listed here.
 */
#include "mapi/content/content.h"

#include "mapi/content/account.h"
#include "mapi/content/accountnumbers.h"
#include "mapi/content/contentstate.h"
#include "mapi/content/datafile.h"
#include "mapi/content/exchange.h"
#include "mapi/content/namedfile.h"
#include "mapi/content/service.h"
#include "mapi/profilename.h"
#include "mapi/secret.h"
#include "mapi/section.h"

#include <stdlib.h>

static const char *const problem_words[] = {
	[PROFILE_DANGLING_UID] = "dangling_uid",
	[PROFILE_DANGLING_ACCOUNT] = "dangling_account",
	[PROFILE_ORPHAN_SECTION] = "orphan_section",
	[PROFILE_MISSING_ROOT_SECTION] = "missing_root_section",
	[PROFILE_DANGLING_DEFAULT] = "dangling_default",
	[PROFILE_UNDECODABLE] = "undecodable",
	[PROFILE_TRUNCATED] = "truncated",
};

static const char *const mailbox_words[] = {
	[PROFILE_MAILBOX_PRIMARY] = "primary",
	[PROFILE_MAILBOX_DELEGATE] = "delegate",
	[PROFILE_MAILBOX_PUBLIC] = "public",
};

const char *content_problem_word(enum profile_problem_code code)
{
	return problem_words[code];
}

const char *content_mailbox_word(enum profile_mailbox mailbox)
{
	return mailbox_words[mailbox];
}

const char *content_encryption_word(enum profile_encryption encryption)
{
	static const char *const words[] = {
		[PROFILE_NO_ENCRYPTION] = "none",
		[PROFILE_SSL] = "ssl",
		[PROFILE_TLS] = "starttls",
		[PROFILE_AUTOMATIC] = "automatic",
	};

	return words[encryption];
}

const char *content_login_word(enum profile_login login)
{
	static const char *const words[] = {
		[PROFILE_LOGIN_NONE] = "none",
		[PROFILE_LOGIN_AS_INCOMING] = "as_incoming",
		[PROFILE_LOGIN_OWN] = "own",
		[PROFILE_LOGIN_INCOMING_FIRST] = "incoming_first",
	};

	return words[login];
}

/* Of a key that is a section; what lies deeper has no flags. */
static enum propmeaning_place place_of(struct contentstate *c, const struct key *key)
{
	if (key == c->profile || key->parent != c->profile)
		return PROPMEANING_ANY;
	if (contentstate_section(c, key)->is_service)
		return PROPMEANING_SERVICE;
	return contentstate_section(c, key)->is_provider ? PROPMEANING_PROVIDER
							 : PROPMEANING_ANY;
}

static enum status list_value(struct contentstate *c, const struct key *key,
			      const struct value *value, enum proptag_owner owner)
{
	struct proptag tag;

	if (secret_is(value))
		return CONTENTSTATE_ADD(c, secrets,
					(struct profile_secret){ key, value });
	if (!proptag_parse(value_name(value), &tag))
		return STATUS_OK;
	RETURN_IF_FAILED(CONTENTSTATE_ADD(
		c, values,
		(struct profile_value){
			.section = key,
			.value = value,
			.tag = tag,
			.name = proptag_name(tag, owner),
			.is_unpublished = proptag_is_unpublished(tag, owner),
			.owner = owner,
			.place = place_of(c, key),
		}));
	/* What is lost contradicts nothing. */
	bool lost = value_head_lost(value) > 0 ||
		    (value->data_len == 0 && value->declared_len > 0);
	if (lost || property_is_sound(value, tag))
		return STATUS_OK;
	return contentstate_problem(c, PROFILE_UNDECODABLE, key, value);
}

static enum status list_values(struct contentstate *c)
{
	enum proptag_owner owner = PROPTAG_OWNER_ANY;

	for (const struct key *key = c->profile; key; key = key_next(c->profile, key)) {
		if (key != c->profile && key->parent == c->profile)
			owner = contentstate_section(c, key)->owner;
		for (uint32_t i = 0; i < key->n_values; i++) {
			if (c->out->truncated)
				return STATUS_OK;
			RETURN_IF_FAILED(list_value(c, key, &key->values[i], owner));
		}
	}
	return STATUS_OK;
}

static enum status list_orphans(struct contentstate *c)
{
	for (uint32_t i = 0; i < c->profile->n_children; i++) {
		const struct key *section = &c->profile->children[i];
		if (!c->sections[i].is_named && !c->sections[i].is_of_gone_account &&
		    section_is_own(section))
			RETURN_IF_FAILED(contentstate_problem(c, PROFILE_ORPHAN_SECTION,
							      section, NULL));
	}
	return STATUS_OK;
}

static enum status read_parts(struct contentstate *c, bool whole)
{
	RETURN_IF_FAILED(service_read(c));
	RETURN_IF_FAILED(account_read(c));
	RETURN_IF_FAILED(accountnumbers_read(c));
	RETURN_IF_FAILED(exchange_read(c));
	RETURN_IF_FAILED(datafile_read(c));
	if (!whole)
		return STATUS_OK;
	RETURN_IF_FAILED(namedfile_read(c));
	RETURN_IF_FAILED(list_values(c));
	return list_orphans(c);
}

static enum status read_content(const struct key *key, bool whole, struct content **out)
{
	AUTO(content_freep)
	struct content *content = calloc(1, sizeof(*content));
	AUTO(contentstate_clear) struct contentstate c = { 0 };

	if (!content)
		return STATUS_NOMEM;
	content->key = key;
	profilename_read(key_name(key), &content->generated);
	outlook_read(key, &content->outlook);
	RETURN_IF_FAILED(contentstate_init(&c, content));
	RETURN_IF_FAILED(read_parts(&c, whole));
	content->is_whole = contentstate_is_whole(&c);
	*out = STEAL(content);
	return STATUS_OK;
}

enum status content_read(const struct key *key, struct content **out)
{
	return read_content(key, true, out);
}

enum status content_read_chain(const struct key *key, struct content **out)
{
	return read_content(key, false, out);
}

void content_free(struct content *content)
{
	if (!content)
		return;
	free(content->services.items);
	free(content->providers.items);
	free(content->exchanges.items);
	free(content->files.items);
	free(content->named_files.items);
	free(content->accounts.items);
	free(content->gone_accounts.items);
	free(content->settings.items);
	free(content->servers.items);
	free(content->values.items);
	free(content->secrets.items);
	free(content->problems.items);
	free(content);
}

void content_freep(struct content **content)
{
	content_free(*content);
}
