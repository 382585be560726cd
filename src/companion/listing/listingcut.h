/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a line of a listing is cut up: parts of it, UTF-8, borrowed. */
#ifndef COMPANION_LISTING_LISTINGCUT_H
#define COMPANION_LISTING_LISTINGCUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Without the blanks and tabs at both ends. */
struct span listingcut_trim(struct span s);

/* True if there is a blank or tab at off. */
bool listingcut_blank_at(struct span s, size_t off);

/* Takes the word at the front of *rest from it, with the blanks on both sides. */
struct span listingcut_word(struct span *rest);

/* How many characters s has, and the byte where character i begins. */
size_t listingcut_length(struct span s);
size_t listingcut_column(struct span s, size_t i);

/* Where the ASCII text first occurs, case ignored; s.len if it does not. */
size_t listingcut_find(struct span s, const char *ascii);

/* s is, begins with, ends with, the ASCII text, case ignored. */
bool listingcut_is(struct span s, const char *ascii);
bool listingcut_starts(struct span s, const char *ascii);
bool listingcut_ends(struct span s, const char *ascii);

/* True if s is a number of 32 bits in decimal digits and nothing else. */
bool listingcut_number(struct span s, uint32_t *out);

/*
 * True if s ends as file names do: a dot, a letter, and one to four letters or
 * digits.  Modules do, names of services as a rule do not.
 */
bool listingcut_has_extension(struct span s);

/* Two blanks or a tab inside: what stands between two columns. */
bool listingcut_has_gap(struct span s);

#endif
