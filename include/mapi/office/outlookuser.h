/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Outlook notes of the user: Outlook\UserInfo. */
#ifndef MAPI_OFFICE_OUTLOOKUSER_H
#define MAPI_OFFICE_OUTLOOKUSER_H

#include <stdbool.h>

#include "base/span.h"
#include "mapi/office/office.h"

/*
 * The id by which Outlook tells rules of this machine from those of another
 * (RulesMachineID), 16 bytes, borrowed.  Return: false if there is none.
 */
bool outlookuser_machine_id(const struct office *office, struct span *id);

#endif
