/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Exchange settings of a profile. */
#ifndef MAPI_CONTENT_EXCHANGE_H
#define MAPI_CONTENT_EXCHANGE_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Lists the mailboxes and public folders; after service_read().
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status exchange_read(struct contentstate *c);

/* A service of the kind that opens a mailbox of Exchange. */
bool exchange_is_service(const struct profile_service *service);

#endif
