/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chain of a profile: services and providers. */
#ifndef MAPI_CONTENT_SERVICE_H
#define MAPI_CONTENT_SERVICE_H

#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentstate.h"

/*
 * Lists services and providers, and says to whom the tags of their sections
 * belong.  Uids that name no section become problems.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status service_read(struct contentstate *c);

#endif
