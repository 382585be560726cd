/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tasklist of Windows XP and later prints, in any of its three forms. */
#ifndef COMPANION_LISTING_TASKLIST_H
#define COMPANION_LISTING_TASKLIST_H

#include "companion/listing/listingrow.h"

/*
 * True if the text is a listing of modules or services, or says that there are
 * none to list.
 */
bool tasklist_identify(const struct listingrow_section *section);

/*
 * Reads it and decides its kind: LISTING_UNKNOWN, without rows, if nothing
 * tells modules from services.
 * Return: as listingrow_begin().
 */
MUST_CHECK enum status tasklist_read(struct listingrow_reader *reader);

/*
 * The forms: tabletask.c, csvtask.c, labeltask.c.  All put the names of the third
 * column into the modules of the row.
 */
bool tabletask_identify(const struct listingrow_section *section);
MUST_CHECK enum status tabletask_read(struct listingrow_reader *reader);
bool csvtask_identify(const struct listingrow_section *section);
MUST_CHECK enum status csvtask_read(struct listingrow_reader *reader);
bool labeltask_identify(const struct listingrow_section *section);
MUST_CHECK enum status labeltask_read(struct listingrow_reader *reader);

/* What the heading of the third column says, if it is in English. */
enum listingcommand_asked tasklist_heading(struct span heading);

#endif
