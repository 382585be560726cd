/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Outlook notes of where it looked for accounts: Outlook\AutoDiscover. */
#ifndef MAPI_OFFICE_AUTODISCOVER_H
#define MAPI_OFFICE_AUTODISCOVER_H

#include <stddef.h>

#include "mapi/office/office.h"

/*
 * The key RedirectServers, whose values are named by hosts that the user or an
 * administrator let autodiscover be led to; NULL if there is none.
 */
const struct key *autodiscover_redirects(const struct office *office);

/*
 * How many domains have an autodiscover file on the machine, by values with
 * the path of one: Office comes with some.
 */
size_t autodiscover_n_local_files(const struct office *office);

#endif
