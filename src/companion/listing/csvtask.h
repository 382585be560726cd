/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The form of tasklist /fo csv. */
#ifndef COMPANION_LISTING_CSVTASK_H
#define COMPANION_LISTING_CSVTASK_H

#include "companion/listing/listingrow.h"

/* True if the text has this form. */
bool csvtask_identify(const struct listingrow_section *section);

/*
 * Reads its rows.  The names of the third column go into the modules of each,
 * whatever they are; reader->heading says what an English heading calls them.
 * Return: as listingrow_begin().
 */
MUST_CHECK enum status csvtask_read(struct listingrow_reader *reader);

#endif
