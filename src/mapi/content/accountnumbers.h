/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of a profile's accounts: which were given, and to whom they no longer belong. */
#ifndef MAPI_CONTENT_ACCOUNTNUMBERS_H
#define MAPI_CONTENT_ACCOUNTNUMBERS_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/* A next number above this is none that an account manager gave. */
#define ACCOUNTNUMBERS_MAX 10000

/*
 * Reads the numbers and lists the accounts that are gone; after account_read().
 * Sections that only hold the settings of such an account are marked so.  Of a
 * profile of which something is missing only the numbers are read.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status accountnumbers_read(struct contentstate *c);

#endif
