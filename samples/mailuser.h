/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles as a user of Outlook makes them: an account together with its store and its
 * address book, and what Outlook keeps for itself.
 */
#ifndef MAILUSER_H
#define MAILUSER_H

#include "mapi.h"

/*
 * Adds a POP3 account, its personal folders at `path` and their contacts. Return: the
 * personal folders, which borrow the account's address and the path.
 */
struct mapi_pst mailuser_pop3(struct mapi_profile *p, const struct mapi_pop3 *account,
			      const char *path);

/* Adds a mailbox of example.com in cached mode. */
void mailuser_exchange(struct mapi_profile *p, const char *user, const char *display,
		       const char *ost_path);

/* Adds what Outlook keeps for itself in every profile; the last call for a profile. */
void mailuser_client(struct mapi_profile *p);

#endif
