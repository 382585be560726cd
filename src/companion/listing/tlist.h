/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tlist of the Support Tools of Windows 2000 prints. */
#ifndef COMPANION_LISTING_TLIST_H
#define COMPANION_LISTING_TLIST_H

#include "companion/listing/listingrow.h"

/* LISTING_TLIST_MODULES, LISTING_TLIST_SERVICES or LISTING_UNKNOWN. */
enum listing_kind tlist_identify(const struct listingrow_section *section);

/* Reads what tlist_identify() names.  Return: as listingrow_begin(). */
MUST_CHECK enum status tlist_read(struct listingrow_reader *reader);

#endif
