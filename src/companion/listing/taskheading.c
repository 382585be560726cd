/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headings count only in English; in other languages the rows decide. */
#include "companion/listing/taskheading.h"

#include "companion/listing/listingcut.h"

enum listingcommand_asked taskheading_read(struct span heading)
{
	heading = listingcut_trim(heading);
	if (listingcut_ends(heading, "Modules"))
		return LISTINGCOMMAND_MODULES;
	if (listingcut_ends(heading, "Services"))
		return LISTINGCOMMAND_SERVICES;
	return LISTINGCOMMAND_PROCESSES;
}
