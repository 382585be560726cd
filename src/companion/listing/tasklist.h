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
 * True if the section is what a program answers in a line or two, a word and a colon in
 * front of it, and no listing: "INFO: ...", "ERROR: ...", in any language.
 */
bool tasklist_is_answer(const struct listingrow_section *section);

#endif
