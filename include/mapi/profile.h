/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One profile.  struct profile is what every profile costs: counts, digest,
 * identity.  struct profile_content is the whole decoded profile, made only
 * for those that are spelled out.  Facts about the layout: the comments in
 * src/mapi and the tables beside them.
 */
#ifndef MAPI_PROFILE_H
#define MAPI_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "mapi/property.h"
#include "mapi/proptag.h"
#include "regf/key.h"

/* Section names with a fixed meaning (src/mapi/sections.tsv). */
#define PROFILE_SECTION_ROOT "9207f3e0a3b11019908b08002b2a56c2"
#define PROFILE_SECTION_INSTANCE "8503020000000000c000000000000046"
#define PROFILE_SECTION_GLOBAL "13dbb0c8aa05101a9bb000aa002fc45a"
#define PROFILE_SECTION_ACCOUNTS "9375cff0413111d3b88a00104b2a6676"
#define PROFILE_SECTION_SEND_RECEIVE "3517490d76624c419a828607e2a54604"
#define PROFILE_SECTION_ADDRESS_BOOK "dca740c8c042101ab4b908002b2fe182"

struct profile {
	const struct key *key;
	uint32_t n_sections;   /* direct subkeys */
	uint32_t n_values;     /* in the profile key and all keys below */
	uint32_t n_keys;       /* the profile key and all keys below */
	uint64_t n_bytes;      /* of the data of those values, as far as they are there */
	uint64_t newest_ft;    /* newest last write of those keys, FILETIME */
	struct digest digest;  /* of the content, see profile_read() */
	struct digest secrets; /* of the data of secrets: never to be shown */
	bool has_instance;
	uint8_t instance[PROPERTY_UID_SIZE]; /* 0102300b of the instance section */
};

/*
 * Reads the light form of a profile.  The digest is SHA-256 over the content
 * without the profile's own name, times, offsets and the data of secrets, so
 * that a renamed or moved profile keeps it; src/mapi/profile.c spells it out.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status profile_read(const struct key *key, struct profile *out);

/* True if both hold the same keys, values and data, secrets included. */
bool profile_same_content(const struct profile *a, const struct profile *b);

/*
 * True if the name of a direct subkey is a section uid made at random for
 * this profile: 32 hex digits and none of the sections of sections.tsv.
 */
bool profile_is_own_section(const struct key *section);

/* True for the name of a section that every profile names alike (sections.tsv). */
bool profile_is_fixed_section(struct text name);

/* A few words for a section that every profile names alike; NULL for others.  Static. */
const char *profile_section_word(struct text section_name);

/*
 * The value of a section by property id: PT_UNICODE before PT_STRING8 before
 * any other of the types in enum proptag_type.  NULL if absent.
 */
const struct value *profile_property(const struct key *section, uint16_t id);
/* Its string / number / bytes; false if absent or of another shape. */
bool profile_string(const struct key *section, uint16_t id, struct text *out);
bool profile_number(const struct key *section, uint16_t id, uint32_t *out);
bool profile_bytes(const struct key *section, uint16_t id, struct span *out);

/* ---- the whole profile ---- */

struct profile_provider {
	const struct key *section;
	struct text uid;	/* the section's name */
	uint32_t resource_type; /* 3e03: 33 store, 35 address book, 36 transport, ... */
	bool has_resource_type;
	struct text name, display_name, dll; /* 3006, 3001, 300a; may be empty */
	size_t service; /* index of the owning service, SIZE_MAX for none */
};

struct profile_service {
	const struct key *section;
	struct text uid;
	struct text name, display_name, dll; /* 3d09, 3001, 3d0a */
	const char *kind; /* what services.tsv says of the name; NULL if nothing */
};

/* Which mailbox an Exchange entry opens (660a). */
enum profile_mailbox {
	PROFILE_MAILBOX_PRIMARY,
	PROFILE_MAILBOX_DELEGATE,
	PROFILE_MAILBOX_PUBLIC,
};

struct profile_exchange {
	enum profile_mailbox kind;
	const struct key *section; /* where it was read from */
	struct text server, server_dn, user_dn, mailbox, mailbox_dn; /* may be empty */
	/*
	 * The names typed were found in the directory.  Primary: home server
	 * and user DN are there (6602, 6603).  Delegate: mailbox DN and server
	 * (660b, 660c).  Public: server.
	 */
	bool resolved;
};

struct profile_file {
	const char *kind; /* "pst", "ost", "pab", "srs", "oab" (a folder), "other" */
	const struct key *section;
	struct text path; /* as it stands there: a bare name for "srs" */
	bool default_store;
};

struct profile_setting {
	struct text name;
	const struct value *value;
};

struct profile_account {
	const struct key *key;
	struct text id;			       /* "00000003" */
	const char *kind;		       /* word of accounts.tsv, or "unknown" */
	struct text name, display_name, email; /* may be empty */
	size_t first_setting, n_settings;      /* in settings[], secrets left out */
	bool is_default;		       /* first of the mail accounts */
};

/* A tagged value anywhere in the profile that is no secret. */
struct profile_value {
	const struct key *section; /* the direct or deeper key that holds it */
	const struct value *value;
	struct proptag tag;
	const char *name; /* from the tables; NULL if none */
};

struct profile_secret {
	const struct key *section;
	const struct value *value;
};

enum profile_problem_code {
	PROFILE_DANGLING_UID,	  /* the chain names a section that is not there */
	PROFILE_DANGLING_ACCOUNT, /* an account list names an account that is not there */
	PROFILE_ORPHAN_SECTION,	  /* a section with a random uid that nothing names */
	PROFILE_MISSING_ROOT_SECTION, /* there are sections, but no 9207f3e0... */
	PROFILE_DANGLING_DEFAULT, /* DefaultProfile names no profile (set by the caller) */
	PROFILE_UNDECODABLE,	  /* a value contradicts its property type */
	PROFILE_TRUNCATED, /* more than PROFILE_MAX_ITEMS of something: the rest is left out */
};

struct profile_problem {
	enum profile_problem_code code;
	const struct key *section;	  /* where it was seen, or the profile key */
	const struct value *value;	  /* or NULL */
	char uid[PROPERTY_UID_NAME_SIZE]; /* the dangling uid or account number, or "" */
};

struct profile_generated_name {
	bool present;
	struct text prefix;
	uint32_t pid;
	uint64_t created_ft;
};

#define PROFILE_LIST(type)                                                               \
	struct {                                                                         \
		type *items;                                                             \
		size_t n, cap;                                                           \
	}

struct profile_content {
	const struct key *key;
	struct profile_generated_name generated;
	PROFILE_LIST(struct profile_service) services;
	PROFILE_LIST(struct profile_provider) providers;
	PROFILE_LIST(struct profile_exchange) exchanges;
	PROFILE_LIST(struct profile_file) files;
	PROFILE_LIST(struct profile_account) accounts;
	PROFILE_LIST(struct profile_setting) settings;
	PROFILE_LIST(struct profile_value) values;
	PROFILE_LIST(struct profile_secret) secrets;
	PROFILE_LIST(struct profile_problem) problems;
	bool truncated; /* a list reached PROFILE_MAX_ITEMS: what follows is left out */
};

/*
 * Entries of any one list above, and uids followed in all: far more than a
 * profile can use, small enough that a hostile uid list exhausts neither
 * memory nor time.
 */
#define PROFILE_MAX_ITEMS 100000

/*
 * Decodes the whole profile.  Everything is borrowed from the key's tree.
 * Services in the order of 3d0e, their providers in the order of 3d00, 3d01,
 * 3d02, other providers after them; Exchange entries and files in the order
 * of services and providers; accounts, settings, values and secrets by name.
 * Where the root section is missing, services are told by their own marks.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status profile_content_read(const struct key *key,
					    struct profile_content **out);
void profile_content_free(struct profile_content *content);
void profile_content_freep(struct profile_content **content);

/* "dangling_uid" and so on. */
const char *profile_problem_word(enum profile_problem_code code);
const char *profile_mailbox_word(enum profile_mailbox mailbox);

/*
 * Reads the name of a profile that a program made for itself: 24 lower-case
 * hex digits (8 process id, 8 FILETIME high, 8 FILETIME low), before them
 * nothing or a prefix and a space.  Only a plausible time (1993 to 2100)
 * makes it such a name; else out->present is false.
 */
void profilename_read(struct text name, struct profile_generated_name *out);

#endif
