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

#endif
