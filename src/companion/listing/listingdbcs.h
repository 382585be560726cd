/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Double-byte code pages of Windows, told from the bytes of a text alone. */
#ifndef COMPANION_LISTING_LISTINGDBCS_H
#define COMPANION_LISTING_LISTINGDBCS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct listingdbcs;

/*
 * The double-byte code page that all of the text can be in, with a character of two bytes
 * that are no ASCII; of several the one that has its word for "information" there, else
 * the first.  NULL if there is none: a text in letters of Europe has such pairs hardly
 * ever.
 */
const struct listingdbcs *listingdbcs_find(struct span bytes);

/* The n-th page in the order in which they are tried; NULL behind the last one; static. */
const struct listingdbcs *listingdbcs_at(size_t n);

/* Its number, "932" and so on; and how iconv calls it.  Static. */
const char *listingdbcs_number(const struct listingdbcs *page);
const char *listingdbcs_converter(const struct listingdbcs *page);

/*
 * Bytes of the character at off: 2 if a trail byte follows its lead byte, which may be a
 * backslash or a bar; else 1.
 */
size_t listingdbcs_width(const struct listingdbcs *page, struct span bytes, size_t off);

#endif
