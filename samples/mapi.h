/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for MAPI profiles on top of the builder: properties under their registry
 * names, sections, the chain from profile to services to providers, and whole services as
 * Exchange 2000 and Outlook 2010 lay them out. Names, addresses and passwords are
 * invented; uids come from a seed, so that the same recipe gives the same bytes.
 */
#ifndef MAPI_H
#define MAPI_H

#include "builder.h"

/* Keys that hold `Profiles` and, beside it, `Deleted Profiles`. */
#define MAPI_WMS                                                                         \
	"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define MAPI_OFFICE(version) "Software\\Microsoft\\Office\\" version "\\Outlook"

/* Sections with a uid of their own in every profile. */
#define MAPI_ROOT "9207f3e0a3b11019908b08002b2a56c2"
#define MAPI_EXCHANGE "13dbb0c8aa05101a9bb000aa002fc45a"
#define MAPI_EXCHANGE_AB "dca740c8c042101ab4b908002b2fe182"
#define MAPI_INSTANCE "8503020000000000c000000000000046"
#define MAPI_OUTLOOK "0a0d020000000000c000000000000046"
#define MAPI_ACCOUNTS "9375CFF0413111d3B88A00104B2A6676"

/* Who writes the profile: the type of its strings, the width of its tables. */
enum mapi_writer {
	MAPI_ANSI_32,	 /* Exchange 2000, Outlook up to 2002 */
	MAPI_UNICODE_32, /* Outlook 2003 and later, 32 bits */
	MAPI_UNICODE_64, /* Outlook 2010 and later, 64 bits */
};

struct mapi_uid {
	uint8_t bytes[16];
};

/* A profile being written. */
struct mapi_profile {
	struct builder *b;
	builder_key key;
	enum mapi_writer writer;
	bool text_accounts; /* accounts hold REG_SZ (Outlook 2016), not binary strings */
	uint64_t filetime;  /* stamps the keys that are made; may be changed on the way */
	uint64_t seed;	    /* state of the uid generator */
};

/* Some bytes on the way to a value. */
struct mapi_blob {
	size_t n;
	uint8_t bytes[4096];
};

void mapi_blob_add(struct mapi_blob *blob, const void *bytes, size_t n);
/* Little-endian, `size` bytes of the number. */
void mapi_blob_number(struct mapi_blob *blob, uint64_t number, size_t size);
/* Bytes spelled as hexadecimal digits. */
void mapi_blob_hex(struct mapi_blob *blob, const char *digits);
/* UTF-16LE with its NUL. */
void mapi_blob_text(struct mapi_blob *blob, const char *text);
/* `n` bytes from the profile's generator: keys, salts, identifiers. */
void mapi_blob_random(struct mapi_profile *p, struct mapi_blob *blob, size_t n);

/* Creates an empty profile key below a `Profiles` key. Return: the profile, by value. */
struct mapi_profile mapi_profile_new(struct builder *b, builder_key profiles,
				     const char *name, enum mapi_writer writer,
				     uint64_t filetime, uint64_t seed);

/*
 * Moves or renames a profile as MAPI does: a copy, then the deletion of the old key, both
 * at `filetime`. Return: the new profile key.
 */
builder_key mapi_profile_move(struct builder *b, builder_key profile,
			      builder_key profiles, const char *name, uint64_t filetime);

/*
 * A name as HrCreateProfileName of the Exchange SDK makes it: the prefix, a space, and
 * the process id and the time of creation in 24 hexadecimal digits.
 */
void mapi_generated_name(char *out, size_t size, const char *prefix, uint32_t pid,
			 uint64_t filetime);

/* Return: the next uid that the generator makes. */
struct mapi_uid mapi_uid_next(struct mapi_profile *p);

/* Return: the section named by 32 digits, or by the bytes of a uid; made if missing. */
builder_key mapi_section(struct mapi_profile *p, const char *digits);
builder_key mapi_section_of(struct mapi_profile *p, const struct mapi_uid *uid);

/* --- properties: their registry name is type then id, `001f3001` --- */

void mapi_string8(struct mapi_profile *p, builder_key section, uint16_t id,
		  const char *text);
void mapi_unicode(struct mapi_profile *p, builder_key section, uint16_t id,
		  const char *text);
/* PT_STRING8 or PT_UNICODE, as the profile's writer does. */
void mapi_text(struct mapi_profile *p, builder_key section, uint16_t id,
	       const char *text);
void mapi_long(struct mapi_profile *p, builder_key section, uint16_t id, uint32_t number);
void mapi_boolean(struct mapi_profile *p, builder_key section, uint16_t id, bool on);
void mapi_systime(struct mapi_profile *p, builder_key section, uint16_t id,
		  uint64_t filetime);
void mapi_clsid(struct mapi_profile *p, builder_key section, uint16_t id,
		const struct mapi_uid *guid);
void mapi_binary(struct mapi_profile *p, builder_key section, uint16_t id,
		 const void *data, size_t len);
void mapi_uid_set(struct mapi_profile *p, builder_key section, uint16_t id,
		  const struct mapi_uid *uid);
/* Appends a uid to a binary list of them, made if missing. */
void mapi_uid_append(struct mapi_profile *p, builder_key section, uint16_t id,
		     const struct mapi_uid *uid);
void mapi_mv_long(struct mapi_profile *p, builder_key section, uint16_t id,
		  const uint32_t *numbers, size_t n);
void mapi_mv_string8(struct mapi_profile *p, builder_key section, uint16_t id,
		     const char *const *texts, size_t n);
void mapi_mv_unicode(struct mapi_profile *p, builder_key section, uint16_t id,
		     const char *const *texts, size_t n);
void mapi_mv_binary(struct mapi_profile *p, builder_key section, uint16_t id,
		    const struct mapi_blob *items, size_t n);

/* --- the chain --- */

struct mapi_service {
	const char *name; /* PR_SERVICE_NAME, the key into MAPISVC.INF */
	const char *display;
	const char *dll;
	const char *entry;
	const char *install_id; /* NULL: none, as before Outlook 2003 */
	uint32_t flags;		/* SERVICE_* */
};

enum mapi_resource {
	MAPI_STORE = 33,
	MAPI_ADDRESS_BOOK = 35,
	MAPI_TRANSPORT = 36,
};

struct mapi_provider {
	enum mapi_resource type;
	const char *name; /* PR_PROVIDER_DISPLAY */
	const char *display;
	const char *dll;
	uint32_t flags; /* STATUS_* */
};

/* Adds a service to the profile, a provider to a service. Return: the section's uid. */
struct mapi_uid mapi_service_add(struct mapi_profile *p,
				 const struct mapi_service *service);
struct mapi_uid mapi_provider_add(struct mapi_profile *p, const struct mapi_uid *service,
				  const char *service_name,
				  const struct mapi_provider *provider);

/* Gives the profile its instance id. */
void mapi_instance(struct mapi_profile *p);

/* --- services as a whole (mapi_services.c) --- */

/* A mailbox on an Exchange server. */
struct mapi_mailbox {
	const char *server;
	const char *domain; /* DNS domain of the server */
	const char *organization;
	const char *site;
	const char *user; /* the last part of the mailbox DN, below Recipients */
	const char *display;
	bool system_attendant; /* the mailbox is the server's own, not a user's */
	bool public_store;
	uint32_t config_flags; /* 6601: 1 service, 4 connect UI, 0x180 cached mode */
	const char *ost_path;  /* NULL: none */
};

/* MSEMS of Exchange 2000: ANSI strings, settings in the global section. */
struct mapi_uid mapi_exchange2000(struct mapi_profile *p,
				  const struct mapi_mailbox *mailbox);
/* MSEMS of Outlook 2010 and later: settings in a section that 01023d15 names. */
struct mapi_uid mapi_exchange2010(struct mapi_profile *p,
				  const struct mapi_mailbox *mailbox);

/* A personal folders file that was added to a profile. Borrows its strings. */
struct mapi_pst {
	const char *display;
	const char *path;
	struct mapi_uid service;
	struct mapi_uid record_key;
};

/* MSUPST MS: a Unicode personal folders file. */
struct mapi_pst mapi_pst_add(struct mapi_profile *p, const char *display,
			     const char *path, bool default_store);
/* CONTAB: the contacts of such a file as address book. Return: the service's uid. */
struct mapi_uid mapi_contab_add(struct mapi_profile *p, const struct mapi_pst *pst);
/* Entry id of a personal folders file, and of a folder in it. */
void mapi_pst_entry_id(struct mapi_blob *out, const char *path);
void mapi_folder_entry_id(struct mapi_blob *out, const struct mapi_pst *pst,
			  uint32_t node);

/* --- the account manager of Outlook 2002 and later (mapi_accounts.c) --- */

enum mapi_list {
	MAPI_LIST_MAIL,
	MAPI_LIST_ADDRESS_BOOK,
	MAPI_LIST_STORE,
};

struct mapi_pop3 {
	const char *name; /* account name */
	const char *user; /* the person's name */
	const char *email;
	const char *server; /* for POP3 and SMTP */
};

/* Adds an account for a MAPI service, or a POP3 account. Return: the account's key. */
builder_key mapi_account_service(struct mapi_profile *p, enum mapi_list list,
				 const char *name, const char *service_name,
				 const struct mapi_uid *service);
builder_key mapi_account_pop3(struct mapi_profile *p, const struct mapi_pop3 *account,
			      const struct mapi_pst *delivery);
/*
 * Deletes an account as the account manager does: its key, its section of preferences,
 * its id in the list. The keys that lose something are stamped with p->filetime.
 */
void mapi_account_delete(struct mapi_profile *p, builder_key account);
/* A text of an account: REG_SZ or REG_BINARY, as the profile has them. */
void mapi_account_text(struct mapi_profile *p, builder_key account, const char *name,
		       const char *text);
/* A value of the form of a DPAPI-protected password: no secret is in it. */
void mapi_account_password(struct mapi_profile *p, builder_key account, const char *name);

#endif
