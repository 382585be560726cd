// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Outlook's account manager: a key with an ordered list of ids for each kind of account,
 * and a key of named values for each account. Texts are UTF-16LE in REG_BINARY up to
 * Outlook 2010, REG_SZ in Outlook 2016; numbers are REG_DWORD in both.
 */
#include "mapi.h"

#include <stdio.h>
#include <string.h>

#define CLASS(head) "{" head "-B0D6-11D2-8C3B-00104B2A6676}"
#define CLASS_POP3 CLASS("ED475411")
#define CLASS_MAPI CLASS("ED475414")

/* The names of the lists, by enum mapi_list. */
static const char *const list_names[] = {
	[MAPI_LIST_MAIL] = CLASS("ED475418"),
	[MAPI_LIST_ADDRESS_BOOK] = CLASS("ED475419"),
	[MAPI_LIST_STORE] = CLASS("ED475420"),
};

static uint32_t number_at(const uint8_t *data)
{
	return (uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 |
	       (uint32_t)data[3] << 24;
}

static uint32_t number_of(const struct mapi_profile *p, builder_key key, const char *name)
{
	size_t len;
	const uint8_t *data = builder_value_data(p->b, key, name, &len);

	return data != NULL && len == 4 ? number_at(data) : 1; /* ids count from 1 */
}

static void append_id(struct mapi_profile *p, builder_key manager, const char *list_name,
		      uint32_t id)
{
	struct mapi_blob list;
	size_t len;
	const uint8_t *old = builder_value_data(p->b, manager, list_name, &len);

	list.n = 0;
	if (old != NULL)
		mapi_blob_add(&list, old, len);
	mapi_blob_number(&list, id, 4);
	builder_value_set(p->b, manager, list_name, BUILDER_BINARY, list.bytes, list.n);
}

static void put_blob(struct mapi_profile *p, builder_key key, const char *name,
		     const struct mapi_blob *data)
{
	builder_value_set(p->b, key, name, BUILDER_BINARY, data->bytes, data->n);
}

void mapi_account_text(struct mapi_profile *p, builder_key account, const char *name,
		       const char *text)
{
	struct mapi_blob data;

	if (p->text_accounts) {
		builder_value_string(p->b, account, name, text);
		return;
	}
	data.n = 0;
	mapi_blob_text(&data, text);
	put_blob(p, account, name, &data);
}

/* The section of an account's preferences, which only its uid in the account leads to. */
static void put_preferences(struct mapi_profile *p, builder_key account, uint32_t id)
{
	struct mapi_uid uid = mapi_uid_next(p);
	char name[32];

	builder_value_set(p->b, account, "Preferences UID", BUILDER_BINARY, uid.bytes,
			  sizeof(uid.bytes));
	snprintf(name, sizeof(name), "AcctSettings%04u", (unsigned)id);
	mapi_unicode(p, mapi_section_of(p, &uid), 0x3001, name);
}

static builder_key new_account(struct mapi_profile *p, enum mapi_list list,
			       const char *class_id, const char *name)
{
	builder_key manager = mapi_section(p, MAPI_ACCOUNTS);
	uint32_t id = number_of(p, manager, "NextAccountID");
	struct mapi_blob mini;
	struct mapi_blob version;
	char digits[16];

	snprintf(digits, sizeof(digits), "%08x", (unsigned)id);
	builder_value_dword(p->b, manager, "NextAccountID", id + 1);
	version.n = 0;
	mapi_blob_number(&version, 8 * (uint64_t)id, 8); /* changes, not accounts */
	put_blob(p, manager, "LastChangeVer", &version);
	append_id(p, manager, list_names[list], id);

	builder_key account = builder_key_add(p->b, manager, digits, p->filetime);
	builder_value_string(p->b, account, "clsid", class_id);
	mini.n = 0;
	mapi_blob_random(p, &mini, 4);
	builder_value_set(p->b, account, "Mini UID", BUILDER_DWORD, mini.bytes, mini.n);
	mapi_account_text(p, account, "Account Name", name);
	put_preferences(p, account, id);
	return account;
}

builder_key mapi_account_service(struct mapi_profile *p, enum mapi_list list,
				 const char *name, const char *service_name,
				 const struct mapi_uid *service)
{
	builder_key account = new_account(p, list, CLASS_MAPI, name);

	builder_value_set(p->b, account, "Service UID", BUILDER_BINARY, service->bytes,
			  sizeof(service->bytes));
	mapi_account_text(p, account, "Service Name", service_name);
	if (list != MAPI_LIST_MAIL)
		builder_value_dword(p->b, account, "MAPI Provider",
				    list == MAPI_LIST_STORE ? 4 : 2);
	return account;
}

/* CryptProtectData's blob: the layout is real, all variable parts are random. */
void mapi_account_password(struct mapi_profile *p, builder_key account, const char *name)
{
	struct mapi_blob data;

	data.n = 0;
	mapi_blob_number(&data, 2, 1); /* how Outlook marks such a blob */
	mapi_blob_number(&data, 1, 4);
	mapi_blob_hex(&data, "d08c9ddf0115d1118c7a00c04fc297eb"); /* provider GUID */
	mapi_blob_number(&data, 1, 4);
	mapi_blob_random(p, &data, 16); /* GUID of the master key */
	mapi_blob_number(&data, 0, 4);
	mapi_blob_number(&data, 2 * (strlen(name) + 1), 4);
	mapi_blob_text(&data, name);	    /* the description */
	mapi_blob_number(&data, 0x6603, 4); /* CALG_3DES with 192 bits */
	mapi_blob_number(&data, 0xC0, 4);
	mapi_blob_number(&data, 16, 4);
	mapi_blob_random(p, &data, 16); /* salt */
	mapi_blob_number(&data, 0, 4);
	mapi_blob_number(&data, 0x8004, 4); /* CALG_SHA1 with 160 bits */
	mapi_blob_number(&data, 0xA0, 4);
	mapi_blob_number(&data, 16, 4);
	mapi_blob_random(p, &data, 16);
	mapi_blob_number(&data, 24, 4);
	mapi_blob_random(p, &data, 24); /* where the protected text would be */
	mapi_blob_number(&data, 20, 4);
	mapi_blob_random(p, &data, 20); /* signature */
	put_blob(p, account, name, &data);
}

builder_key mapi_account_pop3(struct mapi_profile *p, const struct mapi_pop3 *pop3,
			      const struct mapi_pst *delivery)
{
	builder_key account = new_account(p, MAPI_LIST_MAIL, CLASS_POP3, pop3->name);
	struct mapi_blob entry_id;

	mapi_account_text(p, account, "Display Name", pop3->user);
	mapi_account_text(p, account, "Email", pop3->email);
	mapi_account_text(p, account, "POP3 Server", pop3->server);
	mapi_account_text(p, account, "POP3 User", pop3->email);
	mapi_account_password(p, account, "POP3 Password");
	mapi_account_text(p, account, "SMTP Server", pop3->server);
	builder_value_dword(p->b, account, "SMTP Use Auth", 1);
	builder_value_dword(p->b, account, "SMTP Secure Connection", 0);
	/* Leave on the server, remove after 14 days. */
	builder_value_dword(p->b, account, "Leave on Server", 0x000E0003);
	mapi_pst_entry_id(&entry_id, delivery->path);
	put_blob(p, account, "Delivery Store EntryID", &entry_id);
	mapi_folder_entry_id(&entry_id, delivery, 0x8082);
	put_blob(p, account, "Delivery Folder EntryID", &entry_id);
	return account;
}

/* Takes an id off one list, if it stands there. */
static void remove_id(struct mapi_profile *p, builder_key manager, const char *list_name,
		      uint32_t id)
{
	struct mapi_blob list;
	size_t len;
	const uint8_t *old = builder_value_data(p->b, manager, list_name, &len);

	list.n = 0;
	for (size_t i = 0; old != NULL && i + 4 <= len; i += 4)
		if (number_at(old + i) != id)
			mapi_blob_add(&list, old + i, 4);
	if (old != NULL && list.n != len)
		builder_value_set(p->b, manager, list_name, BUILDER_BINARY, list.bytes,
				  list.n);
}

void mapi_account_delete(struct mapi_profile *p, builder_key account)
{
	builder_key manager = mapi_section(p, MAPI_ACCOUNTS);
	uint32_t next = number_of(p, manager, "NextAccountID");
	struct mapi_uid preferences;
	struct mapi_blob version;
	char digits[16];
	uint32_t id;
	size_t len;

	for (id = 1; id < next; id++) {
		snprintf(digits, sizeof(digits), "%08x", (unsigned)id);
		if (builder_key_find(p->b, manager, digits) == account)
			break;
	}
	for (size_t i = 0; i < sizeof(list_names) / sizeof(list_names[0]); i++)
		remove_id(p, manager, list_names[i], id);
	version.n = 0;
	mapi_blob_number(&version, 8 * (uint64_t)next, 8);
	put_blob(p, manager, "LastChangeVer", &version);

	const uint8_t *uid = builder_value_data(p->b, account, "Preferences UID", &len);
	if (uid != NULL && len == sizeof(preferences.bytes)) {
		memcpy(preferences.bytes, uid, len);
		builder_key_delete(p->b, mapi_section_of(p, &preferences), p->filetime);
	}
	builder_key_delete(p->b, account, p->filetime);
}
