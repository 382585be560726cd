/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listings read from bytes in a test, and what they say, one line a process. */
#ifndef TESTS_HELP_LISTINGS_H
#define TESTS_HELP_LISTINGS_H

#include "help/unit.h"

#include "companion/listing/listing.h"

/* Reads a file of these bytes; it must come to STATUS_OK. */
struct listing *listings_read(const void *bytes, size_t len);
#define LISTING(literal) listings_read(literal, sizeof(literal) - 1)

/* The same text with every character as UTF-16, for the caller to free. */
uint8_t *listings_utf16(const char *ascii, bool big_endian, bool mark, size_t *len);

/*
 * The rows as text, given to the caller:
 *
 *	1704 mad.exe~ m:ntdll.dll|MAPI32.DLL s:MSExchangeSA w:Title of its window !
 *
 * ~ after an image that may be cut, ! where Mapi32.dll is held.
 */
char *listings_rows(const struct listing *listing);

/* Kind, format, whether it answers for Mapi32.dll, and all rows; frees the listing. */
void listings_check(struct listing *listing, enum listing_kind kind,
		    enum listing_format format, bool answers, const char *rows);
/* The same, and no diagnostic. */
void listings_check_clean(struct listing *listing, enum listing_kind kind,
			  enum listing_format format, bool answers, const char *rows);

/* DIAG_WRONG_KIND and nothing else is known; frees the listing. */
void listings_check_wrong(struct listing *listing);

/* The number of lines that are no rows, the first of them at this offset. */
void listings_check_refused(const struct listing *listing, size_t n, uint64_t first);

#endif
