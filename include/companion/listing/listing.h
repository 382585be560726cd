/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Saved listings of processes: tlist -m, tlist -s, tasklist /m and
 * tasklist /svc.  Which processes hold a module, which services a process is.
 */
#ifndef COMPANION_LISTING_LISTING_H
#define COMPANION_LISTING_LISTING_H

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "companion/listing/listingdata.h"

/*
 * Reads a listing, the first in a saved console session.  What is none becomes
 * DIAG_WRONG_KIND; a line that is no row, and what other commands printed there,
 * DIAG_LISTING_LINE; what is no text DIAG_LISTING_ENCODING; what is too much
 * DIAG_COUNT_LIMIT.
 * The opener is borrowed; NULL: the system.
 * Return: STATUS_OK and *out given; else as evidence_read_through().
 */
MUST_CHECK enum status listing_read(const struct evidence_opener *opener,
				    const char *path, struct listing **out,
				    struct failure *failure);

/*
 * True if the first bytes of a file, of which the last line may be cut, hold a listing
 * beyond doubt, which nobody said they are: under the command that printed it, with the
 * names of programs, or tlist's sentence that there is none.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status listing_recognize(struct span head, bool *is);

/*
 * The code pages that listings are converted from, as iconv(3) calls them: the C library
 * loads a module for each when it is first used.  NULL behind the last one; static.
 */
const char *listing_code_page(size_t n);

void listing_free(struct listing *listing);
void listing_freep(struct listing **listing);

/* "tlist_modules" and so on; "lines", "table", "list", "csv". */
const char *listing_kind_word(enum listing_kind kind);
const char *listing_format_word(enum listing_format format);

#endif
