/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A MAPI property tag as a profile section names it: eight hex digits, type
 * first and then id, the reverse of the tag's own notation; nine with a
 * leading S for a secure property.  An id from 0x6600 to 0x67FF means
 * different things in different providers, so a name is always looked up
 * together with the kind of section.  Tables: src/mapi/proptags.tsv.
 */
#ifndef MAPI_PROPTAG_H
#define MAPI_PROPTAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum proptag_type {
	PROPTAG_I2 = 0x0002,
	PROPTAG_LONG = 0x0003,
	PROPTAG_BOOLEAN = 0x000b,
	PROPTAG_I8 = 0x0014,
	PROPTAG_STRING8 = 0x001e,
	PROPTAG_UNICODE = 0x001f,
	PROPTAG_SYSTIME = 0x0040,
	PROPTAG_CLSID = 0x0048,
	PROPTAG_BINARY = 0x0102,
	PROPTAG_MV_LONG = 0x1003,
	PROPTAG_MV_STRING8 = 0x101e,
	PROPTAG_MV_UNICODE = 0x101f,
	PROPTAG_MV_BINARY = 0x1102,
};

struct proptag {
	uint16_t type; /* enum proptag_type or any other number */
	uint16_t id;
	bool secure;
};

/*
 * Which kind of section an id belongs to: decides what 66xx and 67xx mean.
 * The tables use the words in the same order: any, msems, msems_provider, ...
 */
enum proptag_owner {
	PROPTAG_OWNER_ANY,
	PROPTAG_OWNER_MSEMS,	      /* Exchange: service, global or account section */
	PROPTAG_OWNER_MSEMS_PROVIDER, /* a store, address book or transport of Exchange */
	PROPTAG_OWNER_MUIDEMSAB,      /* the Exchange address book's global section */
	PROPTAG_OWNER_CONTAB,
	PROPTAG_OWNER_EMABLT,
	PROPTAG_OWNER_MSPST_AB,
	PROPTAG_OWNER_MSFS,
	PROPTAG_OWNER_STORE, /* PST and other file stores */
	PROPTAG_OWNER_DIALUP,
	PROPTAG_OWNER_SEND_RECEIVE,
	PROPTAG_OWNER_OUTLOOK, /* client section, security, accounts' settings */
};

/* The owner that a table calls by this word; PROPTAG_OWNER_ANY for another word. */
enum proptag_owner proptag_owner(const char *word);

/*
 * Reads a value name.  Return: false if it is no property tag ("Email", say).
 * Both letter cases are accepted.
 */
bool proptag_parse(struct text name, struct proptag *out);

/*
 * The documented name of a tag in such a section ("PR_PST_PATH"), or a few
 * plain words where none was published ("LDAP server"), or NULL if the table
 * has neither; static storage.  The sections of Exchange share one set of
 * ids, so an id of one is looked for among those of the others too.
 */
const char *proptag_name(struct proptag tag, enum proptag_owner owner);

/* True if the name stands in no published table of tags, or is a few plain words. */
bool proptag_is_unpublished(struct proptag tag, enum proptag_owner owner);

/* "PT_UNICODE" and so on, or NULL for a type that is not known. */
const char *proptag_type_word(uint16_t type);

/* Bytes of a value of a type that has a fixed size; 0 for any other type. */
size_t proptag_type_size(uint16_t type);

#endif
