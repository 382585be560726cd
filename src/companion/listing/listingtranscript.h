/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What PowerShell writes around the output of commands. */
#ifndef COMPANION_LISTING_LISTINGTRANSCRIPT_H
#define COMPANION_LISTING_LISTINGTRANSCRIPT_H

#include "companion/listing/listingtext.h"

/*
 * Takes from the lines what Start-Transcript wrote of itself: frames between two lines
 * of asterisks, and the one sentence behind the first frame; and the "#TYPE" line that
 * Export-Csv of Windows PowerShell writes in front of quoted headings.  Numbers and
 * offsets of the other lines stay, and each gets the machine that the frame above names.
 * A frame that does not end is left as it is.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status listingtranscript_strip(struct listingtext *text);

#endif
