/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole profile, decoded: made only for those that are spelled out or judged. */
#ifndef MAPI_CONTENT_CONTENT_H
#define MAPI_CONTENT_CONTENT_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentparts.h"
#include "regf/key.h"

/*
 * Decodes the whole profile.  Everything is borrowed from the key's tree.
 * Services in the order of 3d0e, their providers in the order of 3d00, 3d01,
 * 3d02, other providers after them; Exchange entries and files in the order
 * of services and providers; accounts, settings, values and secrets by name.
 * Where the root section is missing, services are told by their own marks.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status content_read(const struct key *key, struct content **out);

/*
 * The same without values, secrets, and problems of single values and of orphans, which
 * are most of the work: enough to tell whether the chain is whole and what it names.
 */
MUST_CHECK enum status content_read_chain(const struct key *key, struct content **out);
void content_free(struct content *content);
void content_freep(struct content **content);

/* "dangling_uid" and so on. */
const char *content_problem_word(enum profile_problem_code code);
const char *content_mailbox_word(enum profile_mailbox mailbox);
/* Static; NULL for what is not known. */
const char *content_encryption_word(enum profile_encryption encryption);
const char *content_login_word(enum profile_login login);

#endif
