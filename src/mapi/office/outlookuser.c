/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outlook\UserInfo.  Read from a real hive, where RulesMachineID has the bytes
 * of 6002 in section f86ed290... of the profile.
 */
#include "mapi/office/outlookuser.h"

#include "mapi/property.h"

bool outlookuser_machine_id(const struct office *office, struct span *id)
{
	const struct key *user =
		office->outlook ? key_child(office->outlook, text_of("UserInfo")) : NULL;
	const struct value *value =
		user ? key_value(user, text_of("RulesMachineID")) : NULL;

	return value && property_bytes(value, id) && property_is_id(*id);
}
