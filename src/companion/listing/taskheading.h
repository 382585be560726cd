/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The heading of the third column of tasklist, in any of its forms. */
#ifndef COMPANION_LISTING_TASKHEADING_H
#define COMPANION_LISTING_TASKHEADING_H

#include "base/span.h"
#include "companion/listing/listingcommand.h"

/*
 * What a heading, or a line of headings, in English says of the last column;
 * LISTINGCOMMAND_PROCESSES if nothing, as one in another language does.
 */
enum listingcommand_asked taskheading_read(struct span heading);

#endif
