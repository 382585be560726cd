/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that a profile names.  They lie outside the hive, so that a profile
 * brought back is only as good as the files it names.  Which property names a
 * file depends on the owner of the section.
 */
#include "mapi/content/datafile.h"

#include "mapi/content/exchange.h"
#include "mapi/section.h"

#define STATUS_DEFAULT_STORE 2u /* 3009 of a store provider */

struct place {
	enum proptag_owner owner;
	uint16_t id;
	bool is_store;
	const char *kind; /* NULL: the ending tells a .ost from a .pst */
};

/* Of a section's stores the first one counts. */
static const struct place places[] = {
	{ PROPTAG_OWNER_STORE, 0x6700, true, NULL },
	{ PROPTAG_OWNER_STORE, 0x6610, true, NULL },
	{ PROPTAG_OWNER_MSEMS, 0x6610, true, "ost" },
	{ PROPTAG_OWNER_MSEMS, 0x660e, false, "oab" },
	{ PROPTAG_OWNER_MSPST_AB, 0x6600, false, "pab" },
	{ PROPTAG_OWNER_SEND_RECEIVE, 0x6000, false, "srs" },
	{ PROPTAG_OWNER_OUTLOOK, 0x023d, false, "other" }, /* shortcut bar, .fav */
	{ PROPTAG_OWNER_OUTLOOK, 0x0433, false, "other" }, /* sharing, .xml.obi */
};

static bool is_default_store(struct contentstate *c, const struct key *section)
{
	const struct contentstate_section *known = contentstate_section(c, section);
	uint32_t flags;

	if (known->owner != PROPTAG_OWNER_STORE)
		return known->holds_default_store;
	/* In the section of a service the same bit means something else. */
	return !known->is_service && section_number(section, 0x3009, &flags) &&
	       flags & STATUS_DEFAULT_STORE;
}

const char *datafile_store_kind(struct text path)
{
	return text_ends_with(path, ".ost") ? "ost" : "pst";
}

/* The global section is that of an Exchange service without settings of its own. */
static bool has_service_of_global(struct contentstate *c)
{
	for (size_t i = 0; i < c->out->services.n; i++) {
		const struct profile_service *service = &c->out->services.items[i];
		if (exchange_is_service(service) &&
		    !section_property(service->section, 0x3d15))
			return true;
	}
	return false;
}

/* A section with a name of its own that nothing leads to holds what was attached once. */
static enum profile_known is_attached(struct contentstate *c, const struct key *section)
{
	/* Of the others only the global section names a store, for an Exchange service. */
	if (!section_is_own(section))
		return has_service_of_global(c) ? PROFILE_YES : PROFILE_UNKNOWN;
	if (contentstate_section(c, section)->is_named)
		return PROFILE_YES;
	return contentstate_is_whole(c) ? PROFILE_NO : PROFILE_UNKNOWN;
}

/* Lists the files that one section names; *found says whether there are any. */
static enum status read_section(struct contentstate *c, const struct key *section,
				bool *found)
{
	enum proptag_owner owner = contentstate_section(c, section)->owner;
	bool has_store = false;

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		const struct place *place = &places[i];
		struct profile_file file = { .kind = place->kind, .section = section };
		if (place->owner != owner || (place->is_store && has_store))
			continue;
		file.path = contentstate_string(section, place->id);
		if (span_is_empty(file.path.bytes))
			continue;
		if (!file.kind)
			file.kind = datafile_store_kind(file.path);
		file.default_store = place->is_store && is_default_store(c, section);
		if (place->is_store)
			file.attached = is_attached(c, section);
		has_store |= place->is_store;
		*found = true;
		RETURN_IF_FAILED(CONTENTSTATE_ADD(c, files, file));
	}
	return STATUS_OK;
}

static enum status read_providers(struct contentstate *c)
{
	const struct content *out = c->out;

	for (size_t i = 0; i < out->providers.n; i++) {
		const struct profile_provider *provider = &out->providers.items[i];
		const struct profile_service *service;
		bool found = false;
		RETURN_IF_FAILED(read_section(c, provider->section, &found));
		if (!found || provider->service == SIZE_MAX)
			continue;
		service = &out->services.items[provider->service];
		contentstate_section(c, service->section)->has_file = true;
	}
	return STATUS_OK;
}

enum status datafile_read(struct contentstate *c)
{
	bool found;

	RETURN_IF_FAILED(read_providers(c));
	/* A service may repeat what its provider says. */
	for (size_t i = 0; i < c->out->services.n; i++) {
		const struct key *section = c->out->services.items[i].section;
		const struct contentstate_section *known =
			contentstate_section(c, section);
		if (!known->is_provider && !known->has_file)
			RETURN_IF_FAILED(read_section(c, section, &found));
	}
	for (uint32_t i = 0; i < c->profile->n_children; i++)
		if (!c->sections[i].is_service && !c->sections[i].is_provider)
			RETURN_IF_FAILED(
				read_section(c, &c->profile->children[i], &found));
	return STATUS_OK;
}
