/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a profile names. */
#ifndef MAPI_CONTENT_DATAFILE_H
#define MAPI_CONTENT_DATAFILE_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Lists the files; after service_read(), and after account_read() and
 * exchange_read(), which say whose sections are and which store is the default.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status datafile_read(struct contentstate *c);

/* "ost" or "pst", by the ending of a store's path. */
const char *datafile_store_kind(struct text path);

#endif
