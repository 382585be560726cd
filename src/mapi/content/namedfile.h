/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a profile names in entry ids of stores, attached or not. */
#ifndef MAPI_CONTENT_NAMEDFILE_H
#define MAPI_CONTENT_NAMEDFILE_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Lists them, from all binary values of the profile that are no secrets; after
 * datafile_read(), which says what is attached.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status namedfile_read(struct contentstate *c);

#endif
