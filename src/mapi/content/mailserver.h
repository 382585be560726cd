/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The servers of an account: hosts, ports, encryption. */
#ifndef MAPI_CONTENT_MAILSERVER_H
#define MAPI_CONTENT_MAILSERVER_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Adds the servers that an account names to the content.  A port or encryption
 * that is not set is the default, and marked so; a port is left open where its
 * default depends on the encryption, and encryption where a port is set that is
 * not the one without it.  Of an account that was not read whole no default is told.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status mailserver_read(struct contentstate *c, const struct key *account);

#endif
