/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outlook's account manager, from Outlook 2002 on: one subkey per account,
 * named by its number, with named values.  Up to Outlook 2010 text is
 * REG_BINARY with UTF-16, later REG_SZ; both may stand in one profile.  Value
 * names and the encoding were read from real hives.  Beside the subkeys stand
 * three ordered lists of account numbers; the first of the mail list is the
 * default account, and a number without a subkey is an account that is gone.
 */
#include "mapi/content/account.h"

#include "mapi/content/mailserver.h"
#include "mapi/hexname.h"
#include "mapi/secret.h"
#include "mapi/section.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct account_row {
	const char *clsid;
	const char *word;
	const char *constant;
	const char *meaning;
};

static const struct account_row kinds[] = {
#include "mapi/accounts.inc"
};

/* Values of the account manager: u32 account numbers, in order. */
#define MAIL_LIST "{ED475418-B0D6-11D2-8C3B-00104B2A6676}"
static const char *const lists[ACCOUNT_LISTS] = {
	MAIL_LIST, "{ED475419-B0D6-11D2-8C3B-00104B2A6676}", /* address books */
	"{ED475420-B0D6-11D2-8C3B-00104B2A6676}",	     /* stores */
};

static const char *kind_of(const struct key *account)
{
	struct text clsid = section_text(account, "clsid");

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (text_is(clsid, kinds[i].clsid))
			return kinds[i].word;
	return "unknown";
}

static enum status add_settings(struct contentstate *c, const struct key *account)
{
	for (uint32_t i = 0; i < account->n_values; i++) {
		const struct value *value = &account->values[i];
		if (secret_is(value))
			continue;
		RETURN_IF_FAILED(CONTENTSTATE_ADD(
			c, settings,
			(struct profile_setting){ value_name(value), value }));
	}
	return STATUS_OK;
}

static enum status own_as_outlook(struct contentstate *c, const struct key *section,
				  size_t unused)
{
	(void)unused;
	contentstate_own(c, section, PROPTAG_OWNER_OUTLOOK);
	return STATUS_OK;
}

/*
 * The sections that an account names.  All zero bytes name none; bytes of
 * another length than a uid's contradict the name of the value.
 */
static enum status follow_uid(struct contentstate *c, const struct key *account,
			      const char *name, contentstate_visit visit)
{
	const struct value *value = key_value(account, text_of(name));
	struct span uid;

	if (!value)
		return STATUS_OK;
	if (!property_bytes(value, &uid) || uid.len != PROPERTY_UID_SIZE)
		return contentstate_problem(c, PROFILE_UNDECODABLE, account, value);
	if (!property_is_id(uid))
		return STATUS_OK;
	return contentstate_follow(c, account, value, visit, 0);
}

static enum status add_account(struct contentstate *c, const struct key *account)
{
	size_t first = c->out->settings.n, first_server = c->out->servers.n;

	RETURN_IF_FAILED(add_settings(c, account));
	RETURN_IF_FAILED(mailserver_read(c, account));
	RETURN_IF_FAILED(follow_uid(c, account, "Service UID", NULL));
	RETURN_IF_FAILED(follow_uid(c, account, "Preferences UID", own_as_outlook));
	RETURN_IF_FAILED(follow_uid(c, account, "XP Provider UID", NULL));
	return CONTENTSTATE_ADD(
		c, accounts,
		(struct profile_account){
			.key = account,
			.id = key_name(account),
			.kind = kind_of(account),
			.name = section_text(account, "Account Name"),
			.display_name = section_text(account, "Display Name"),
			.email = section_text(account, "Email"),
			.first_setting = first,
			.n_settings = c->out->settings.n - first,
			.first_server = first_server,
			.n_servers = c->out->servers.n - first_server,
		});
}

/* ---- the ordered lists ---- */

static struct span list_bytes(const struct key *manager, const char *name)
{
	const struct value *value = key_value(manager, text_of(name));
	struct span bytes;

	return value && property_bytes(value, &bytes) ? bytes : span_of("", 0);
}

const struct key *account_find(const struct key *manager, uint32_t number,
			       char name[ACCOUNT_ID_DIGITS + 1])
{
	(void)snprintf(name, ACCOUNT_ID_DIGITS + 1, "%08" PRIx32, number);
	return key_child(manager, text_of(name));
}

static enum status check_list(struct contentstate *c, const struct key *manager,
			      const char *list)
{
	struct span bytes = list_bytes(manager, list);
	char name[ACCOUNT_ID_DIGITS + 1];
	uint32_t number = 0;

	for (size_t off = 0; span_le32(bytes, off, &number); off += 4) {
		if (account_find(manager, number, name))
			continue;
		struct profile_problem problem = {
			.code = PROFILE_DANGLING_ACCOUNT,
			.section = manager,
			.value = key_value(manager, text_of(list)),
		};
		memcpy(problem.uid, name, sizeof(name));
		RETURN_IF_FAILED(CONTENTSTATE_ADD(c, problems, problem));
	}
	return STATUS_OK;
}

struct span account_list(const struct key *manager, size_t i)
{
	return list_bytes(manager, lists[i]);
}

static void mark_default(struct contentstate *c, const struct key *manager)
{
	char name[ACCOUNT_ID_DIGITS + 1];
	uint32_t number = 0;

	if (!span_le32(list_bytes(manager, MAIL_LIST), 0, &number))
		return;
	const struct key *key = account_find(manager, number, name);
	for (size_t i = 0; i < c->out->accounts.n; i++)
		if (c->out->accounts.items[i].key == key)
			c->out->accounts.items[i].is_default = true;
}

enum status account_read(struct contentstate *c)
{
	const struct key *manager = key_child(c->profile, text_of(SECTION_ACCOUNTS));

	if (!manager)
		return STATUS_OK;
	for (uint32_t i = 0; i < manager->n_children; i++)
		if (hexname_is(key_name(&manager->children[i]), ACCOUNT_ID_DIGITS))
			RETURN_IF_FAILED(add_account(c, &manager->children[i]));
	mark_default(c, manager);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		RETURN_IF_FAILED(check_list(c, manager, lists[i]));
	return STATUS_OK;
}
