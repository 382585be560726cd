/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The form of tasklist /fo table. */
#ifndef COMPANION_LISTING_TABLETASK_H
#define COMPANION_LISTING_TABLETASK_H

#include "companion/listing/listingrow.h"

/* True if the text has this form. */
bool tabletask_identify(const struct listingrow_section *section);

/*
 * Reads its rows.  The names of the third column go into the modules of each,
 * whatever they are; reader->heading says what an English heading calls them.
 * Return: as listingrow_begin().
 */
MUST_CHECK enum status tabletask_read(struct listingrow_reader *reader);

#endif
