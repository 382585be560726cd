/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Outlook notes of its own installation for a user: Outlook\Setup. */
#ifndef MAPI_OFFICE_OUTLOOKSETUP_H
#define MAPI_OFFICE_OUTLOOKSETUP_H

#include <stdbool.h>
#include <stdint.h>

#include "mapi/office/office.h"

/*
 * The build of Outlook that last brought the user's profiles up to date
 * (UpdateProfiles).  Return: false if that is not there or no number.
 */
bool outlooksetup_build(const struct office *office, uint32_t *build);

#endif
