/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a decoded profile holds: services with their providers, Exchange
 * settings, files, accounts, values, and what is wrong with them.  Facts about
 * the layout: the comments in src/mapi and the tables beside them.
 */
#ifndef MAPI_CONTENT_CONTENTPARTS_H
#define MAPI_CONTENT_CONTENTPARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "mapi/content/outlook.h"
#include "mapi/profilename.h"
#include "mapi/property.h"
#include "mapi/propmeaning.h"
#include "mapi/proptag.h"
#include "regf/key.h"

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

/* Whether something is so; unknown where the profile does not tell. */
enum profile_known { PROFILE_UNKNOWN, PROFILE_NO, PROFILE_YES };

/* Which mailbox an Exchange entry opens (660a). */
enum profile_mailbox {
	PROFILE_MAILBOX_PRIMARY,
	PROFILE_MAILBOX_DELEGATE,
	PROFILE_MAILBOX_PUBLIC,
};

/* Where a client of MAPI over HTTP finds the mailbox and the address book; may be empty. */
struct profile_mapihttp {
	struct text mailbox_inside, mailbox_outside; /* 6652, 6653 */
	struct text book_inside, book_outside;	     /* 6654, 6655 */
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
	/* What else an account of today's Outlook has; texts may be empty. */
	struct text smtp_address; /* 6641, else 663d */
	struct text account_name; /* 6620 */
	struct text auth_user;	  /* 66a0: to sign in with */
	struct text server_fqdn;  /* 662a, of another mailbox 662b */
	struct text alternate;	  /* 65d0: what another store is, "Archive" */
	struct text proxy;	  /* 6622: of RPC over HTTP */
	struct text autodiscover; /* 664a: the URL that answered last */
	struct profile_mapihttp http;
	struct text ost;		  /* 6610 */
	enum profile_known cached;	  /* 6601: cached mode, */
	enum profile_known cached_shared; /* with shared folders, */
	enum profile_known cached_public; /* with favourites of public folders */
	enum profile_known consumer;	  /* 665e: an account of Outlook.com */
	bool has_months;
	uint32_t months; /* 6649: of mail kept offline; inferred */
};

struct profile_file {
	const char *kind; /* "pst", "ost", "pab", "srs", "oab" (a folder), "other" */
	const struct key *section;
	struct text path; /* as it stands there: a bare name for "srs" */
	bool default_store;
	/*
	 * Of a .pst or .ost: the section that names it is one that the profile's lists, or
	 * its other sections, lead to, or the global one of an Exchange service without
	 * settings of its own.
	 */
	enum profile_known attached;
};

/* A value with a wrapped entry id of a store that is a file. */
struct profile_named_file {
	const char *kind; /* "pst" or "ost", by the ending */
	struct text path;
	const struct key *section; /* that holds the value */
	const struct value *value;
	enum profile_known attached; /* a file of that path is */
	size_t order;		     /* of the value in the profile */
};

struct profile_setting {
	struct text name;
	const struct value *value;
};

enum profile_encryption {
	PROFILE_ENCRYPTION_UNKNOWN,
	PROFILE_NO_ENCRYPTION,
	PROFILE_SSL,	   /* from the first byte on */
	PROFILE_TLS,	   /* after STARTTLS */
	PROFILE_AUTOMATIC, /* Outlook tries what the server can */
};

/* With which name and password mail is sent. */
enum profile_login {
	PROFILE_LOGIN_UNKNOWN,
	PROFILE_LOGIN_NONE,
	PROFILE_LOGIN_AS_INCOMING,
	PROFILE_LOGIN_OWN,
	PROFILE_LOGIN_INCOMING_FIRST, /* by fetching mail before */
};

/* A server that an account names. */
struct profile_server {
	const char *protocol; /* "pop3", "imap", "smtp", "http", "eas" */
	struct text host;     /* of the last two a URL */
	struct text user;     /* may be empty */
	uint32_t port;	      /* 0: not told */
	bool port_is_default; /* not set; the default without encryption */
	enum profile_encryption encryption;
	bool encryption_is_default;
	bool spa;		  /* secure password authentication */
	enum profile_login login; /* of "smtp" */
	bool has_leave;		  /* of "pop3": */
	bool leave;		  /* mail stays on the server */
	uint32_t leave_days;	  /* and is removed after so many days; 0: it is not */
	bool leave_until_deleted; /* and is removed when it is deleted here */
};

struct profile_account {
	const struct key *key;
	struct text id;			       /* "00000003" */
	const char *kind;		       /* word of accounts.tsv, or "unknown" */
	struct text name, display_name, email; /* may be empty */
	size_t first_setting, n_settings;      /* in settings[], secrets left out */
	size_t first_server, n_servers;	       /* in servers[] */
	bool is_default;		       /* first of the mail accounts */
};

/*
 * What the account manager says of the accounts that it numbered.  A number is
 * given once: one below the next that no account has was given to an account
 * that is no longer there, or that was never finished.
 */
struct profile_account_numbers {
	bool present;
	bool has_next, has_change, has_version;
	uint32_t next;	 /* NextAccountID: the number that the next account gets */
	uint64_t change; /* LastChangeVer: grows with each change */
	uint32_t version;
	bool is_told;  /* the next number is plausible and nothing is missing: then */
	uint32_t gone; /* numbers below next without an account, nor named by a list */
};

/* An account that is gone: told by its number, or by its settings, or both. */
struct profile_gone_account {
	bool has_number;
	uint32_t number;
	const struct key *settings; /* the section of its preferences; NULL: gone too */
};

/* A tagged value anywhere in the profile that is no secret. */
struct profile_value {
	const struct key *section; /* the direct or deeper key that holds it */
	const struct value *value;
	struct proptag tag;
	const char *name;	      /* from the tables; NULL if none */
	bool is_unpublished;	      /* the name is in no published table */
	enum proptag_owner owner;     /* of its section */
	enum propmeaning_place place; /* what its section is */
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

#define PROFILE_LIST(type)                                                               \
	struct {                                                                         \
		type *items;                                                             \
		size_t n, cap;                                                           \
	}

struct content {
	const struct key *key;
	struct profile_generated_name generated;
	struct profile_outlook outlook;
	PROFILE_LIST(struct profile_service) services;
	PROFILE_LIST(struct profile_provider) providers;
	PROFILE_LIST(struct profile_exchange) exchanges;
	PROFILE_LIST(struct profile_file) files;
	/* By path; of one path in the order of the keys and values. */
	PROFILE_LIST(struct profile_named_file) named_files;
	PROFILE_LIST(struct profile_account) accounts;
	struct profile_account_numbers account_numbers;
	PROFILE_LIST(struct profile_gone_account) gone_accounts; /* by number */
	PROFILE_LIST(struct profile_setting) settings;
	PROFILE_LIST(struct profile_server) servers;
	PROFILE_LIST(struct profile_value) values;
	PROFILE_LIST(struct profile_secret) secrets;
	PROFILE_LIST(struct profile_problem) problems;
	bool is_whole; /* nothing is missing that it names, nor could anything not be read */
	bool truncated; /* a list reached PROFILE_MAX_ITEMS: what follows is left out */
};

/*
 * Entries of any one list above, and uids followed in all: far more than a
 * profile can use, small enough that a hostile uid list exhausts neither
 * memory nor time.
 */
#define PROFILE_MAX_ITEMS 100000

#endif
