/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a listing while it is read: what all its forms share. */
#ifndef COMPANION_LISTING_LISTINGROW_H
#define COMPANION_LISTING_LISTINGROW_H

#include "base/span.h"
#include "companion/listing/listingcommand.h"
#include "companion/listing/listingdata.h"
#include "companion/listing/listingtext.h"

/*
 * Names of all rows together: a server of 2003 shows some 10,000 modules, the
 * largest of today some 200,000.
 */
#define LISTINGROW_MAX_NAMES 1000000
/* Names of modules have 255 characters, of services 256: then four bytes each. */
#define LISTINGROW_MAX_NAME 1024

/* The output of one command in the file. */
struct listingrow_section {
	const struct listingtext_line *lines;
	size_t n;
	struct listingcommand command; /* that stands above it */
};

/* What a form is read with. */
struct listingrow_reader {
	struct listing *listing;
	const struct listingrow_section *section;
	size_t n_names;
	/* Of the row at hand, for the lines on which it may go on; NULL: none. */
	struct listing_process *open;
	struct listing_names *names;	   /* of it, those that go on */
	bool comma;			   /* its last name had a comma behind it */
	enum listingcommand_asked heading; /* what a heading in English says */
	bool filled; /* it went up to the edge, so a name may go on without a blank */
};

/*
 * Begins a row; the image is copied.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT.
 */
MUST_CHECK enum status listingrow_begin(struct listingrow_reader *reader,
					const struct listingtext_line *line,
					struct span image, uint32_t pid);

/*
 * Adds the names between commas to the row's list `names`.
 * Return: as listingrow_begin().
 */
MUST_CHECK enum status listingrow_names(struct listingrow_reader *reader,
					struct listing_names *names, struct span list);

/*
 * Adds the names of a further line; without a comma at the end of the one
 * before, the first goes on with its last name.
 * Return: as listingrow_begin(); STATUS_ABSENT if nothing can go on here.
 */
MUST_CHECK enum status listingrow_more(struct listingrow_reader *reader,
				       struct span list);

/* Says that a line is no row, and closes the row at hand. */
void listingrow_refuse(struct listingrow_reader *reader,
		       const struct listingtext_line *line);

/* Rows of the same process become one, names that are repeated too. */
MUST_CHECK enum status listingrow_merge(struct listing *listing);

/* Takes all rows away. */
void listingrow_clear(struct listing *listing);

/* Takes names away, and their memory. */
void listingrow_clear_names(struct listing_names *names);

#endif
