// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole services: Exchange (MSEMS) in its two layouts, personal folders (MSUPST MS), the
 * Outlook address book (CONTAB). Tags of edkmdb.h and MAPISVC.INF; entry ids as found in
 * real profiles.
 */
#include "mapi.h"

#include <stdio.h>

/* PR_MDB_PROVIDER, the kind of a store. */
#define STORE_PST "4e495441f9bfb80100aa0037d96e0000"
#define STORE_MAILBOX "5494a1c0297f101ba58708002b2a2517"
#define STORE_PUBLIC "78b2fa70aff711cd9bc800aa002fc45a"

/* Provider identifiers at the head of entry ids. */
#define ENTRY_PST "38a1bb1005e5101aa1bb08002b2a56c2"
#define ENTRY_CONTAB "fe42aa0a18c71a10e8850b651c240000"

#define EXCHANGE_INSTALL_ID "{6485D26A-C2AC-11D1-AD3E-10A0C911C9C0}"
#define PST_INSTALL_ID "{6485D262-C2AC-11D1-AD3E-10A0C911C9C0}"
#define CONTAB_INSTALL_ID "{6485D266-C2AC-11D1-AD3E-10A0C911C9C0}"

enum {
	/* PR_RESOURCE_FLAGS of a provider */
	STATUS_DEFAULT_STORE = 0x2,
	STATUS_PRIMARY_IDENTITY = 0x4,
	STATUS_NO_DEFAULT_STORE = 0x40,
	STATUS_PRIMARY_STORE = 0x1000,
	/* and of a service */
	SERVICE_SINGLE_COPY = 0x2,
	SERVICE_PRIMARY_IDENTITY = 0x8,
	SERVICE_NO_PRIMARY_IDENTITY = 0x20,
};

enum { DN_MAX = 256 };

static void put_hex(struct mapi_profile *p, builder_key section, uint16_t id,
		    const char *digits)
{
	struct mapi_blob data;

	data.n = 0;
	mapi_blob_hex(&data, digits);
	mapi_binary(p, section, id, data.bytes, data.n);
}

/* --- Exchange --- */

static void server_dn(char *out, const struct mapi_mailbox *m)
{
	snprintf(out, DN_MAX, "/o=%s/ou=%s/cn=Configuration/cn=Servers/cn=%s",
		 m->organization, m->site, m->server);
}

static void mailbox_dn(char *out, const struct mapi_mailbox *m)
{
	if (m->system_attendant)
		snprintf(out, DN_MAX,
			 "/o=%s/ou=%s/cn=Configuration/cn=Servers/cn=%s/"
			 "cn=Microsoft System Attendant",
			 m->organization, m->site, m->server);
	else
		snprintf(out, DN_MAX, "/o=%s/ou=%s/cn=Recipients/cn=%s", m->organization,
			 m->site, m->user);
}

/* PR_PROFILE_HOME_SERVER_ADDRS: the ways to reach the server, best first. */
static void put_bindings(struct mapi_profile *p, builder_key section,
			 const struct mapi_mailbox *m)
{
	static const char *const protocols[] = {
		"ncalrpc",  "ncacn_ip_tcp", "ncacn_spx",
		"ncacn_np", "netbios",	    "ncacn_vns_spp",
	};
	enum { PROTOCOLS = sizeof(protocols) / sizeof(protocols[0]) };
	char texts[PROTOCOLS][128];
	const char *bindings[PROTOCOLS];

	for (size_t i = 0; i < PROTOCOLS; i++) {
		const char *dot = i == 1 ? "." : ""; /* only TCP/IP takes the full name */

		snprintf(texts[i], sizeof(texts[i]), "%s:%s%s%s", protocols[i],
			 i < 2 ? m->server : "", dot, i == 1 ? m->domain : "");
		bindings[i] = texts[i];
	}
	mapi_mv_string8(p, section, 0x6613, bindings, PROTOCOLS);
}

/* What the global section holds up to Outlook 2007, and the account's section later. */
static void put_mailbox(struct mapi_profile *p, builder_key section,
			const struct mapi_mailbox *m)
{
	char dn[DN_MAX];

	mapi_long(p, section, 0x6600, 0x501);
	mapi_long(p, section, 0x6601, m->config_flags);
	mapi_string8(p, section, 0x6602, m->server);
	mailbox_dn(dn, m);
	mapi_string8(p, section, 0x6603, dn);
	mapi_long(p, section, 0x6604, 2);
	mapi_long(p, section, 0x6605, 3);
	mapi_string8(p, section, 0x6607, m->user);
	mapi_string8(p, section, 0x6608, m->server);
	server_dn(dn, m);
	mapi_string8(p, section, 0x6612, dn);
	put_bindings(p, section, m);
}

static void put_store(struct mapi_profile *p, const struct mapi_uid *service,
		      const struct mapi_mailbox *m, bool is_public)
{
	char display[DN_MAX];
	char dn[DN_MAX];

	snprintf(display, sizeof(display), "Mailbox - %s", m->display);
	struct mapi_uid uid = mapi_provider_add(
		p, service, "MSEMS",
		&(struct mapi_provider){
			.type = MAPI_STORE,
			.name = "Microsoft Exchange Message Store",
			.display = is_public ? "Public Folders" : display,
			.dll = "EMSMDB.DLL",
			.flags = is_public ? STATUS_NO_DEFAULT_STORE
					   : STATUS_PRIMARY_IDENTITY |
						     STATUS_DEFAULT_STORE |
						     STATUS_PRIMARY_STORE,
		});
	builder_key section = mapi_section_of(p, &uid);
	put_hex(p, section, 0x3414, is_public ? STORE_PUBLIC : STORE_MAILBOX);
	mapi_long(p, section, 0x6609, is_public ? 0x6 : 0xC);
	mapi_long(p, section, 0x660a, is_public ? 3 : 1);
	if (is_public)
		return;
	mailbox_dn(dn, m);
	mapi_string8(p, section, 0x660b, dn);
	mapi_string8(p, section, 0x660c, m->server);
	server_dn(dn, m);
	mapi_string8(p, section, 0x6614, dn);
}

static void put_directory(struct mapi_profile *p, const struct mapi_uid *service)
{
	mapi_provider_add(p, service, "MSEMS",
			  &(struct mapi_provider){
				  .type = MAPI_ADDRESS_BOOK,
				  .name = "Microsoft Exchange Directory Service",
				  .display = "Microsoft Exchange Directory Service",
				  .dll = "EMSABP.DLL",
			  });
}

static struct mapi_uid put_service(struct mapi_profile *p, const struct mapi_mailbox *m)
{
	struct mapi_uid service = mapi_service_add(
		p, &(struct mapi_service){
			   .name = "MSEMS",
			   .display = "Microsoft Exchange Server",
			   .dll = "EMSUI.DLL",
			   .entry = "EMSCfg",
			   .install_id =
				   p->writer == MAPI_ANSI_32 ? NULL : EXCHANGE_INSTALL_ID,
			   .flags = SERVICE_SINGLE_COPY | SERVICE_PRIMARY_IDENTITY,
		   });

	put_directory(p, &service);
	put_store(p, &service, m, false);
	if (m->public_store)
		put_store(p, &service, m, true);
	return service;
}

static void put_directory_server(struct mapi_profile *p, const struct mapi_mailbox *m)
{
	char name[DN_MAX];

	snprintf(name, sizeof(name), "%s.%s", m->server, m->domain);
	mapi_text(p, mapi_section(p, MAPI_EXCHANGE_AB), 0x662a, name);
}

struct mapi_uid mapi_exchange2000(struct mapi_profile *p,
				  const struct mapi_mailbox *mailbox)
{
	struct mapi_uid service = put_service(p, mailbox);

	put_mailbox(p, mapi_section(p, MAPI_EXCHANGE), mailbox);
	put_directory_server(p, mailbox);
	return service;
}

struct mapi_uid mapi_exchange2010(struct mapi_profile *p,
				  const struct mapi_mailbox *mailbox)
{
	struct mapi_uid service = put_service(p, mailbox);
	struct mapi_uid settings = mapi_uid_next(p);
	builder_key section = mapi_section_of(p, &settings);
	char email[DN_MAX];

	mapi_uid_set(p, mapi_section_of(p, &service), 0x3d15, &settings);
	mapi_section(p, MAPI_EXCHANGE); /* stays behind, empty */
	put_mailbox(p, section, mailbox);
	snprintf(email, sizeof(email), "%s@%s", mailbox->user, mailbox->domain);
	mapi_unicode(p, section, 0x6620, email);
	mapi_unicode(p, section, 0x6641, email);
	mapi_long(p, section, 0x6623, 7);
	if (mailbox->ost_path != NULL)
		mapi_unicode(p, section, 0x6610, mailbox->ost_path);
	put_directory_server(p, mailbox);
	return service;
}

/* --- personal folders --- */

void mapi_pst_entry_id(struct mapi_blob *out, const char *path)
{
	static const char dll[14] = "mspst.dll";

	out->n = 0;
	mapi_blob_number(out, 0, 4);
	mapi_blob_hex(out, ENTRY_PST);
	mapi_blob_number(out, 0, 2);
	mapi_blob_add(out, dll, sizeof(dll));
	mapi_blob_hex(out, STORE_PST);
	mapi_blob_number(out, 0, 2);
	mapi_blob_text(out, path);
}

void mapi_folder_entry_id(struct mapi_blob *out, const struct mapi_pst *pst,
			  uint32_t node)
{
	out->n = 0;
	mapi_blob_number(out, 0, 4);
	mapi_blob_add(out, pst->record_key.bytes, sizeof(pst->record_key.bytes));
	mapi_blob_number(out, node, 4);
}

struct mapi_pst mapi_pst_add(struct mapi_profile *p, const char *display,
			     const char *path, bool default_store)
{
	struct mapi_pst pst = { .display = display, .path = path };
	struct mapi_blob entry_id;

	pst.service = mapi_service_add(p, &(struct mapi_service){
						  .name = "MSUPST MS",
						  .display = display,
						  .dll = "mspst.dll",
						  .entry = "PSTServiceEntry",
						  .install_id = PST_INSTALL_ID,
						  .flags = SERVICE_NO_PRIMARY_IDENTITY,
					  });
	struct mapi_uid uid = mapi_provider_add(
		p, &pst.service, "MSUPST MS",
		&(struct mapi_provider){
			.type = MAPI_STORE,
			.name = "Personal Folders",
			.display = display,
			.dll = "mspst.dll",
			.flags = default_store ? STATUS_DEFAULT_STORE : 0,
		});
	builder_key section = mapi_section_of(p, &uid);
	pst.record_key = mapi_uid_next(p);
	put_hex(p, section, 0x3414, STORE_PST);
	mapi_unicode(p, section, 0x6700, path);
	mapi_long(p, section, 0x6702, 0x10000000);
	mapi_long(p, section, 0x6770, 0x80000000); /* a Unicode file */
	mapi_uid_set(p, section, 0x0ff9, &pst.record_key);
	mapi_pst_entry_id(&entry_id, path);
	mapi_binary(p, section, 0x0fff, entry_id.bytes, entry_id.n);
	return pst;
}

/* --- the Outlook address book --- */

/* The arrays of a CONTAB provider run in parallel, an element for each folder. */
static void put_contact_folders(struct mapi_profile *p, builder_key section,
				const struct mapi_pst *pst)
{
	static const char *const folders[] = { "Contacts", "Suggested Contacts" };
	const char *stores[] = { pst->display, pst->display };
	struct mapi_blob ids[2];
	struct mapi_blob store_ids[2];

	mapi_folder_entry_id(&ids[0], pst, 0x8142);
	mapi_folder_entry_id(&ids[1], pst, 0x8262);
	mapi_pst_entry_id(&store_ids[0], pst->path);
	mapi_pst_entry_id(&store_ids[1], pst->path);
	mapi_mv_binary(p, section, 0x6620, ids, 2);
	mapi_mv_long(p, section, 0x6621, (const uint32_t[]){ 0x8004010F, 0x8004010F }, 2);
	mapi_mv_string8(p, section, 0x6622, stores, 2);
	mapi_mv_string8(p, section, 0x6623, folders, 2);
	mapi_mv_string8(p, section, 0x6624, folders, 2);
	mapi_mv_long(p, section, 0x6625, (const uint32_t[]){ 1, 1 }, 2);
	mapi_mv_binary(p, section, 0x6626, store_ids, 2);
	mapi_mv_unicode(p, section, 0x6627, stores, 2);
	mapi_mv_unicode(p, section, 0x6628, folders, 2);
	mapi_mv_unicode(p, section, 0x6629, folders, 2);
}

/* PR_AB_SEARCH_PATH: an element of 68 bytes for each folder. */
static void put_search_path(struct mapi_profile *p, const struct mapi_uid *contab,
			    const struct mapi_pst *pst)
{
	static const uint32_t nodes[] = { 0x8142, 0x8262 };
	struct mapi_blob path[2];
	struct mapi_blob folder;

	for (size_t i = 0; i < 2; i++) {
		path[i].n = 0;
		mapi_blob_number(&path[i], 0, 4);
		mapi_blob_hex(&path[i], ENTRY_CONTAB);
		mapi_blob_number(&path[i], 3, 4);
		mapi_blob_number(&path[i], 3, 4);
		mapi_blob_add(&path[i], contab->bytes, sizeof(contab->bytes));
		mapi_folder_entry_id(&folder, pst, nodes[i]);
		mapi_blob_add(&path[i], folder.bytes, folder.n);
	}
	mapi_mv_binary(p, mapi_section(p, MAPI_ROOT), 0x3d05, path, 2);
}

struct mapi_uid mapi_contab_add(struct mapi_profile *p, const struct mapi_pst *pst)
{
	struct mapi_uid service = mapi_service_add(
		p, &(struct mapi_service){
			   .name = "CONTAB",
			   .display = "Outlook Address Book",
			   .dll = "contab.dll",
			   .entry = "ServiceEntry",
			   .install_id = CONTAB_INSTALL_ID,
			   .flags = SERVICE_SINGLE_COPY | SERVICE_NO_PRIMARY_IDENTITY,
		   });
	struct mapi_uid uid = mapi_provider_add(p, &service, "CONTAB",
						&(struct mapi_provider){
							.type = MAPI_ADDRESS_BOOK,
							.name = "Outlook Address Book",
							.display = "Outlook Address Book",
							.dll = "contab.dll",
						});
	builder_key section = mapi_section_of(p, &uid);
	struct mapi_uid contab = mapi_uid_next(p);

	mapi_uid_set(p, section, 0x6601, &contab);
	put_contact_folders(p, section, pst);
	put_search_path(p, &contab, pst);
	return service;
}
