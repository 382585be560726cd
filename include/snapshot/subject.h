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

#include "base/status.h"
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
