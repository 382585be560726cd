/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which values are secrets.  Their data are never printed anywhere, nor a
 * hash of them (a short one could be guessed from it): only that they are
 * there, and how long they are.
 */
#ifndef MAPI_SECRET_H
#define MAPI_SECRET_H

#include <stdbool.h>

#include "regf/key.h"

/*
 * True if the value is a secret by its name (contains "Password", "Token",
 * "Secret", "Credential", "Cookie", or "Passwd" without "Remember"; a secure
 * S-tag; tag ids 67f0 to 67ff, 6703, 6704, 66a1 and 6617), or by its content
 * (holds the DPAPI provider GUID or a JSON web token; a text with "_token",
 * "client_secret" or "password=", or a URL with a password).  6617 is LDAP's
 * password; in an Exchange section it is the comment of All Public Folders,
 * which is held back with it: a recovered value may not tell its section.
 * Holds for any value of a hive, inside profiles and outside.  Reads all of
 * the data, so it is meant for values about to be shown.
 */
bool secret_is(const struct value *value);

#endif
