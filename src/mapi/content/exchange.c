/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exchange settings.  Up to Outlook 2007, and in server MAPI to this day, a
 * profile has one Exchange service whose settings stand in the global section
 * 13dbb0c8...; from Outlook 2010 on each Exchange service has a section of
 * its own, named by 01023d15.  Each mailbox and the public folders have a
 * store provider besides.  Tags: edkmdb.h; values: MAPISVC.INF of Exchange.
 */
#include "mapi/content/exchange.h"

#include "mapi/section.h"

#include <stdlib.h>

/* 660a, what a store provider opens. */
enum store_type {
	STORE_TYPE_PRIMARY = 1,
	STORE_TYPE_DELEGATE = 2,
	STORE_TYPE_PUBLIC = 3
};

/* 3009 of a store provider: it is the profile's default store. */
#define STATUS_DEFAULT_STORE 2u

/* 3414, what kind of store a provider is, in the order of enum store_type. */
static const uint8_t store_guids[][PROPERTY_UID_SIZE] = {
	{ 0x54, 0x94, 0xa1, 0xc0, 0x29, 0x7f, 0x10, 0x1b, 0xa5, 0x87, 0x08, 0x00, 0x2b,
	  0x2a, 0x25, 0x17 },
	{ 0x9e, 0xb4, 0x77, 0x00, 0x74, 0xe4, 0x11, 0xce, 0x8c, 0x5e, 0x00, 0xaa, 0x00,
	  0x42, 0x54, 0xe2 },
	{ 0x78, 0xb2, 0xfa, 0x70, 0xaf, 0xf7, 0x11, 0xcd, 0x9b, 0xc8, 0x00, 0xaa, 0x00,
	  0x2f, 0xc4, 0x5a },
};

/* The first of the strings, of ids ended by 0, that is there and not empty. */
static struct text first_string(const struct key *section, const uint16_t *ids)
{
	struct text t = text_of("");

	for (; section && *ids && span_is_empty(t.bytes); ids++)
		t = contentstate_string(section, *ids);
	return t;
}

#define FIRST_STRING(section, ...)                                                       \
	first_string((section), (const uint16_t[]){ __VA_ARGS__, 0 })

static bool has_settings(const struct key *section)
{
	return !span_is_empty(FIRST_STRING(section, 0x6602, 0x6603, 0x6607, 0x6608,
					   0x6612, 0x6620, 0x663d, 0x6641)
				      .bytes);
}

/* 6601: both bits are cached mode (CONFIG_OST_CACHE_PRIVATE), and what is cached besides. */
#define CONFIG_CACHED 0x180u
#define CONFIG_CACHED_PUBLIC 0x400u
#define CONFIG_CACHED_SHARED 0x800u

static enum profile_known known(bool is_so)
{
	return is_so ? PROFILE_YES : PROFILE_NO;
}

static void read_cached_mode(const struct key *settings, struct profile_exchange *entry)
{
	uint32_t flags;

	if (!section_number(settings, 0x6601, &flags))
		return;
	/* One of both alone is not documented. */
	if ((flags & CONFIG_CACHED) == CONFIG_CACHED || !(flags & CONFIG_CACHED))
		entry->cached = known(flags & CONFIG_CACHED);
	entry->cached_public = known(flags & CONFIG_CACHED_PUBLIC);
	entry->cached_shared = known(flags & CONFIG_CACHED_SHARED);
}

/* What is told of an account of Outlook 2010 and later, as far as it stands there. */
static void read_account(const struct key *settings, struct profile_exchange *entry)
{
	uint32_t consumer;

	if (!settings)
		return;
	entry->smtp_address = FIRST_STRING(settings, 0x6641, 0x663d);
	entry->account_name = FIRST_STRING(settings, 0x6620);
	entry->auth_user = FIRST_STRING(settings, 0x66a0);
	entry->server_fqdn = FIRST_STRING(settings, 0x662a);
	entry->proxy = FIRST_STRING(settings, 0x6622);
	entry->autodiscover = FIRST_STRING(settings, 0x664a);
	entry->alternate = FIRST_STRING(settings, 0x65d0);
	entry->http.mailbox_inside = FIRST_STRING(settings, 0x6652);
	entry->http.mailbox_outside = FIRST_STRING(settings, 0x6653);
	entry->http.book_inside = FIRST_STRING(settings, 0x6654);
	entry->http.book_outside = FIRST_STRING(settings, 0x6655);
	entry->ost = FIRST_STRING(settings, 0x6610);
	read_cached_mode(settings, entry);
	entry->has_months = section_number(settings, 0x6649, &entry->months);
	if (section_number(settings, 0x665e, &consumer))
		entry->consumer = known(consumer != 0);
}

bool exchange_is_service(const struct profile_service *service)
{
	return text_starts_with(service->name, "MSEMS");
}

/* What a provider opens; 0 for anything but an Exchange store. */
static uint32_t store_type(struct contentstate *c,
			   const struct profile_provider *provider)
{
	uint32_t type;
	struct span guid;

	if (contentstate_section(c, provider->section)->owner !=
	    PROPTAG_OWNER_MSEMS_PROVIDER)
		return 0;
	if (section_number(provider->section, 0x660a, &type))
		return type;
	if (section_bytes(provider->section, 0x3414, &guid))
		for (size_t i = 0; i < ARRAY_LEN(store_guids); i++)
			if (guid.len == PROPERTY_UID_SIZE &&
			    span_starts(guid, 0, store_guids[i], PROPERTY_UID_SIZE))
				return (uint32_t)i + 1;
	return 0;
}

/* The settings of a service that no entry has taken yet, or NULL. */
static const struct key *settings_of(struct contentstate *c, const struct key *service)
{
	const struct key *candidates[] = {
		contentstate_target(c, service, 0x3d15),
		key_child(c->profile, text_of(SECTION_GLOBAL)),
		service,
	};

	for (size_t i = 0; i < ARRAY_LEN(candidates); i++)
		if (candidates[i] && !contentstate_section(c, candidates[i])->is_taken &&
		    has_settings(candidates[i]))
			return candidates[i];
	return NULL;
}

/*
 * The user's own mailbox: settings and store are the sections that tell of
 * it, each may be NULL; fallback is where the entry was seen without settings.
 */
static enum status add_primary(struct contentstate *c, const struct key *settings,
			       const struct key *store, const struct key *fallback)
{
	struct profile_exchange entry = {
		.kind = PROFILE_MAILBOX_PRIMARY,
		.section = settings ? settings : fallback,
		.server = FIRST_STRING(settings, 0x6602, 0x6608),
		.server_dn = FIRST_STRING(settings, 0x6612),
		.user_dn = FIRST_STRING(settings, 0x6603),
		.mailbox = FIRST_STRING(settings, 0x6641, 0x663d),
		.mailbox_dn = FIRST_STRING(store, 0x660b),
	};
	uint32_t flags;

	if (span_is_empty(entry.server_dn.bytes))
		entry.server_dn = FIRST_STRING(store, 0x6614);
	if (span_is_empty(entry.mailbox.bytes))
		entry.mailbox = FIRST_STRING(store, 0x6641);
	if (span_is_empty(entry.mailbox.bytes))
		entry.mailbox = FIRST_STRING(settings, 0x6607, 0x6620);
	read_account(settings, &entry);
	if (span_is_empty(entry.smtp_address.bytes))
		entry.smtp_address = FIRST_STRING(store, 0x6641);
	entry.resolved = !span_is_empty(FIRST_STRING(settings, 0x6602).bytes) &&
			 !span_is_empty(entry.user_dn.bytes);
	if (settings) {
		struct contentstate_section *known = contentstate_section(c, settings);
		known->is_taken = true;
		known->holds_default_store = store &&
					     section_number(store, 0x3009, &flags) &&
					     flags & STATUS_DEFAULT_STORE;
	}
	return CONTENTSTATE_ADD(c, exchanges, entry);
}

/* A further mailbox, or the public folders. */
static enum status add_store(struct contentstate *c, const struct key *store,
			     uint32_t type)
{
	struct profile_exchange entry = {
		.kind = type == STORE_TYPE_PUBLIC ? PROFILE_MAILBOX_PUBLIC
						  : PROFILE_MAILBOX_DELEGATE,
		.section = store,
		.server = FIRST_STRING(store, 0x660c),
		.server_dn = FIRST_STRING(store, 0x6614),
		.mailbox = FIRST_STRING(store, 0x6641),
		.mailbox_dn = FIRST_STRING(store, 0x660b),
		.smtp_address = FIRST_STRING(store, 0x6641),
		.server_fqdn = FIRST_STRING(store, 0x662b),
		.alternate = FIRST_STRING(store, 0x65d0),
	};

	entry.resolved =
		!span_is_empty(entry.server.bytes) &&
		(type == STORE_TYPE_PUBLIC || !span_is_empty(entry.mailbox_dn.bytes));
	return CONTENTSTATE_ADD(c, exchanges, entry);
}

/* private_stores[i]: the user's own store in service i; the last: in none. */
static void find_private_stores(struct contentstate *c, const struct key **private_stores)
{
	for (size_t i = 0; i < c->out->providers.n; i++) {
		const struct profile_provider *provider = &c->out->providers.items[i];
		size_t service = provider->service;
		if (service == SIZE_MAX)
			service = c->out->services.n;
		if (!private_stores[service] &&
		    store_type(c, provider) == STORE_TYPE_PRIMARY)
			private_stores[service] = provider->section;
	}
}

static enum status add_primaries(struct contentstate *c,
				 const struct key **private_stores)
{
	const struct key *global = key_child(c->profile, text_of(SECTION_GLOBAL));
	const struct key *lone_store = private_stores[c->out->services.n];

	for (size_t i = 0; i < c->out->services.n; i++) {
		const struct key *service = c->out->services.items[i].section;
		const struct key *named = contentstate_target(c, service, 0x3d15);
		const struct key *settings;
		if (!exchange_is_service(&c->out->services.items[i]))
			continue;
		settings = settings_of(c, service);
		/* Two services that share one section share one mailbox. */
		if (settings || private_stores[i] ||
		    !(named && contentstate_section(c, named)->is_taken))
			RETURN_IF_FAILED(
				add_primary(c, settings, private_stores[i], service));
	}
	if (global &&
	    (contentstate_section(c, global)->is_taken || !has_settings(global)))
		global = NULL;
	if (!global && !lone_store)
		return STATUS_OK;
	return add_primary(c, global, lone_store, lone_store);
}

enum status exchange_read(struct contentstate *c)
{
	enum status status;
	const struct key **private_stores =
		calloc(c->out->services.n + 1, sizeof(*private_stores));

	if (!private_stores)
		return STATUS_NOMEM;
	find_private_stores(c, private_stores);
	status = add_primaries(c, private_stores);
	free(private_stores);
	for (size_t i = 0; status == STATUS_OK && i < c->out->providers.n; i++) {
		const struct profile_provider *provider = &c->out->providers.items[i];
		uint32_t type = store_type(c, provider);
		if (type == STORE_TYPE_DELEGATE || type == STORE_TYPE_PUBLIC)
			status = add_store(c, provider->section, type);
	}
	return status;
}
