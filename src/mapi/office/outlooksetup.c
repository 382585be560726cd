/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outlook\Setup.  Read from a real hive, where UpdateProfiles, ImportSRS and
 * RegisterForms hold the number that 036f of the profile holds too.
 */
#include "mapi/office/outlooksetup.h"

#include "mapi/property.h"

bool outlooksetup_build(const struct office *office, uint32_t *build)
{
	const struct key *setup =
		office->outlook ? key_child(office->outlook, text_of("Setup")) : NULL;
	const struct value *value =
		setup ? key_value(setup, text_of("UpdateProfiles")) : NULL;

	return value && property_number(value, build);
}
