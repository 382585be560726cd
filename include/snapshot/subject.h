/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose hive it is.  HKU\.DEFAULT is LocalSystem's hive, not the template for
 * new users; both are often called "default".  Told by the security of the
 * root key, the path tail that Windows keeps in the base block, and paths
 * that the hive itself holds; never by the name of the file.
 */
#ifndef SNAPSHOT_SUBJECT_H
#define SNAPSHOT_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regtext/regtext.h"

enum subject_role {
	SUBJECT_LOCAL_SYSTEM,
	SUBJECT_USER,
	SUBJECT_SERVICE_ACCOUNT, /* LocalService, NetworkService */
	SUBJECT_TEMPLATE,	 /* the hive that new users' hives are copied from */
	SUBJECT_UNKNOWN,
};

/* S-1-, a 48-bit authority and up to 15 numbers of 32 bits. */
#define SUBJECT_SID_SIZE 192

/* Accounts that a root key's list is read for: a hive has one, and who was granted it. */
#define SUBJECT_MAX_SIDS 8

struct subject {
	enum subject_role role;
	char sid[SUBJECT_SID_SIZE]; /* "" if the hive does not tell, or names several */
	/* All accounts that the root key allows something, each once. */
	char sids[SUBJECT_MAX_SIDS][SUBJECT_SID_SIZE];
	size_t n_sids;
	char *user;	  /* UTF-8; NULL if the hive does not tell */
	bool stated_same; /* it was stated that all hives of the run are one subject's */
};

/*
 * Reads whose hive it is.
 * Return: STATUS_OK and *out filled (to be cleared by subject_clear);
 * STATUS_NOMEM.
 */
MUST_CHECK enum status subject_read(const struct image *image,
				    const struct key_tree *keys, struct subject *out);
/*
 * The same of a .reg export, by the path of its root and by what it holds.
 * Return: likewise.
 */
MUST_CHECK enum status subject_of_export(const struct regtext_root *root,
					 struct subject *out);

/*
 * Parts of it, for what is known of a hive before it is read whole; each adds to
 * *subject, which begins as { .role = SUBJECT_UNKNOWN }.
 */
/*
 * What the tail of the hive's own path tells: "...\Users\name\ntuser.dat".  An
 * ntuser.dat below systemprofile is not LocalSystem's hive, though its content
 * looks like it.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status subject_read_name(struct text path, struct subject *subject);
/*
 * The accounts of the root key's security descriptor.  Whose hive it is, is told by
 * its owner, or by the only account that it allows something; of several, none is
 * known to be the one.
 */
void subject_read_descriptor(struct span descriptor, struct subject *subject);
/* Last of all: an account's own rights on the root outweigh where the file once lay. */
void subject_settle_role(struct subject *subject);

/* True for the id of an account that can own a hive: a domain's or a service's. */
bool subject_is_account(const char *sid);
/* True if the root key allows that account something. */
bool subject_has_sid(const struct subject *subject, const char *sid);
/* True if both UTF-8 names are one without case. */
bool subject_is_same_name(const char *a, const char *b);

/* True if the hive tells anything of whose it is. */
bool subject_is_known(const struct subject *subject);
/* Frees the name; the role is unknown then. */
void subject_clear(struct subject *subject);

/*
 * What tells that two hives belong to different subjects, or NULL if nothing
 * does.  Security ids decide where both have some: both are one subject's if the
 * accounts of one are among those of the other, since accounts can be granted
 * something and lose it, in any order; where each has some that the other has not,
 * owners decide.  Without ids roles decide, then names.  Two hives may still be
 * one by what they hold: samesubject_difference().  A static sentence.
 */
const char *subject_difference(const struct subject *a, const struct subject *b);

/* "local_system" and so on. */
const char *subject_role_word(enum subject_role role);

/* For people: "LocalSystem (HKU\.DEFAULT)", "user nfury", ... malloc'ed or NULL. */
char *subject_describe(const struct subject *subject) MUST_CHECK;

#endif
