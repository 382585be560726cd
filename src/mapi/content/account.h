/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The accounts of a profile. */
#ifndef MAPI_CONTENT_ACCOUNT_H
#define MAPI_CONTENT_ACCOUNT_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Lists the accounts with their settings, marks the default one, and says to
 * whom the sections belong that they name.  What account lists name without
 * an account becomes a problem.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status account_read(struct contentstate *c);

#define ACCOUNT_ID_DIGITS 8 /* of the name of an account's subkey */

/* The subkey of an account number, which its name spells; or NULL.  name is filled in. */
const struct key *account_find(const struct key *manager, uint32_t number,
			       char name[ACCOUNT_ID_DIGITS + 1]);

/* The ordered lists of account numbers, u32 each: mail, address books, stores. */
#define ACCOUNT_LISTS 3
struct span account_list(const struct key *manager, size_t i);

#endif
