/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chain of a profile: its root section lists services, each service its
 * providers, and the root lists all providers again in their order of use.
 * Layout: mapitags.h and the documentation of PR_SERVICE_UID and its kin,
 * checked against real hives.
 */
#include "mapi/content/service.h"

#include "mapi/section.h"

struct service_row {
	const char *name;
	const char *owner;	    /* of the 66xx tags in the service section */
	const char *provider_owner; /* and in the sections of its providers */
	const char *kind;
	const char *dll;
	const char *notes;
};

static const struct service_row known_services[] = {
#include "mapi/services.inc"
};

/* Lists of providers: stores, address books, transports. */
static const uint16_t provider_lists[] = { 0x3d00, 0x3d01, 0x3d02 };

static const struct service_row *find_service(struct text name)
{
	for (size_t i = 0; i < ARRAY_LEN(known_services); i++)
		if (text_is(name, known_services[i].name))
			return &known_services[i];
	return NULL;
}

static void own_by_name(struct contentstate *c, const struct key *section,
			struct text name, bool is_provider)
{
	const struct service_row *row = find_service(name);

	if (row)
		contentstate_own(
			c, section,
			proptag_owner(is_provider ? row->provider_owner : row->owner));
}

static enum status add_service(struct contentstate *c, const struct key *section,
			       size_t unused)
{
	struct contentstate_section *known = contentstate_section(c, section);
	struct text name = contentstate_string(section, 0x3d09);
	const struct service_row *row = find_service(name);

	(void)unused;
	if (known->is_service)
		return STATUS_OK;
	known->is_service = true;
	known->service = c->out->services.n;
	own_by_name(c, section, name, false);
	return CONTENTSTATE_ADD(
		c, services,
		(struct profile_service){
			.section = section,
			.uid = key_name(section),
			.name = name,
			.display_name = contentstate_string(section, 0x3001),
			.dll = contentstate_string(section, 0x3d0a),
			.kind = row ? row->kind : NULL,
		});
}

/* The service that a provider says it belongs to: its place in the list, or SIZE_MAX. */
static size_t service_of(struct contentstate *c, const struct key *provider)
{
	const struct key *service = contentstate_target(c, provider, 0x3d0c);
	const struct contentstate_section *known =
		service ? contentstate_section(c, service) : NULL;

	if (!known || !known->is_service || known->service >= c->out->services.n)
		return SIZE_MAX;
	return known->service;
}

/* service: the one whose list names the section; SIZE_MAX for the root's lists. */
static enum status add_provider(struct contentstate *c, const struct key *section,
				size_t service)
{
	struct contentstate_section *known = contentstate_section(c, section);
	struct profile_provider provider = {
		.section = section,
		.uid = key_name(section),
		.name = contentstate_string(section, 0x3006),
		.display_name = contentstate_string(section, 0x3001),
		.dll = contentstate_string(section, 0x300a),
		.service = service,
	};

	if (known->is_provider)
		return STATUS_OK;
	known->is_provider = true;
	if (service == SIZE_MAX)
		provider.service = service_of(c, section);
	if (provider.service < c->out->services.n)
		own_by_name(c, section, c->out->services.items[provider.service].name,
			    true);
	else
		own_by_name(c, section, contentstate_string(section, 0x3d09), true);
	provider.has_resource_type =
		section_number(section, 0x3e03, &provider.resource_type);
	return CONTENTSTATE_ADD(c, providers, provider);
}

/* owner: enum proptag_owner of the section that names this one. */
static enum status own_as(struct contentstate *c, const struct key *section, size_t owner)
{
	contentstate_own(c, section, (enum proptag_owner)owner);
	return STATUS_OK;
}

static enum status read_providers(struct contentstate *c, const struct key *holder,
				  size_t service)
{
	for (size_t i = 0; i < ARRAY_LEN(provider_lists); i++)
		RETURN_IF_FAILED(contentstate_follow_id(c, holder, provider_lists[i],
							add_provider, service));
	return STATUS_OK;
}

static enum status read_service(struct contentstate *c, size_t i)
{
	const struct key *section = c->out->services.items[i].section;
	enum proptag_owner owner = contentstate_section(c, section)->owner;

	RETURN_IF_FAILED(read_providers(c, section, i));
	/* Outlook 2010 and later: where this Exchange account keeps its settings. */
	RETURN_IF_FAILED(
		contentstate_follow_id(c, section, 0x3d15, own_as, PROPTAG_OWNER_MSEMS));
	return contentstate_mark_id(c, section, 0x3d0d, own_as, owner);
}

/* Without a root section: services are the sections that name a service DLL. */
static enum status find_services(struct contentstate *c)
{
	for (uint32_t i = 0; i < c->profile->n_children; i++) {
		const struct key *section = &c->profile->children[i];
		if (section_is_own(section) && (section_property(section, 0x3d0a) ||
						section_property(section, 0x3d0b)))
			RETURN_IF_FAILED(add_service(c, section, 0));
	}
	return STATUS_OK;
}

/* Sections outside the chain that tell themselves which service they are of. */
static void own_strays(struct contentstate *c)
{
	for (uint32_t i = 0; i < c->profile->n_children; i++) {
		const struct key *section = &c->profile->children[i];
		struct text name;
		if (c->sections[i].owner == PROPTAG_OWNER_ANY &&
		    section_string(section, 0x3d09, &name))
			own_by_name(c, section, name,
				    section_property(section, 0x3d0c) != NULL);
	}
}

static enum status read_services(struct contentstate *c)
{
	if (c->root)
		return contentstate_follow_id(c, c->root, 0x3d0e, add_service, 0);
	if (c->profile->n_children > 0)
		RETURN_IF_FAILED(contentstate_problem(c, PROFILE_MISSING_ROOT_SECTION,
						      c->profile, NULL));
	return find_services(c);
}

static enum status read_root(struct contentstate *c)
{
	if (!c->root)
		return STATUS_OK;
	RETURN_IF_FAILED(read_providers(c, c->root, SIZE_MAX));
	/* Hooks of the spooler, and address books still to be put in order. */
	RETURN_IF_FAILED(contentstate_mark_id(c, c->root, 0x3d08, NULL, 0));
	return contentstate_mark_id(c, c->root, 0x3d11, NULL, 0);
}

enum status service_read(struct contentstate *c)
{
	RETURN_IF_FAILED(read_services(c));
	for (size_t i = 0; i < c->out->services.n; i++)
		RETURN_IF_FAILED(read_service(c, i));
	RETURN_IF_FAILED(read_root(c));
	for (size_t i = 0; i < c->out->providers.n; i++) {
		const struct key *section = c->out->providers.items[i].section;
		RETURN_IF_FAILED(contentstate_follow_id(c, section, 0x3d0c, NULL, 0));
		RETURN_IF_FAILED(contentstate_follow_id(c, section, 0x3d15, own_as,
							PROPTAG_OWNER_MSEMS));
	}
	own_strays(c);
	return STATUS_OK;
}
