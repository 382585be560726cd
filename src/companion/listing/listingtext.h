/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a saved listing as lines of UTF-8, whatever they were saved in. */
#ifndef COMPANION_LISTING_LISTINGTEXT_H
#define COMPANION_LISTING_LISTINGTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"

/* The modules of 500 processes take some 4 MB; what is longer is no listing. */
#define LISTINGTEXT_MAX_BYTES ((size_t)64 << 20)
/* LISTING_MAX_PROCESSES rows of twenty lines each. */
#define LISTINGTEXT_MAX_LINES 2000000

/* A line that is not blank. */
struct listingtext_line {
	char *text;    /* UTF-8, without line end and trailing blanks, owned */
	size_t len;    /* bytes of it */
	size_t number; /* from 1, blank lines counted */
	uint64_t offset;
	/* On which it was written, as a transcript says above it; NULL: nothing does. */
	const char *machine;
};

struct listingtext {
	struct listingtext_line *items;
	size_t n, cap;
	const char *encoding; /* static, as in struct listing */
	struct listingtext_machines {
		char **items;
		size_t n, cap;
	} machines; /* that lines name */
};

/*
 * Decodes the bytes of a file into *out, which the caller clears in any case.
 * What is no text becomes U+FFFD, of which the first place gets
 * DIAG_LISTING_ENCODING; text past the limits is left out, DIAG_COUNT_LIMIT.
 * Return: STATUS_OK or STATUS_NOMEM.
 */
MUST_CHECK enum status listingtext_read(struct span bytes, struct diag_list *diags,
					struct listingtext *out);
void listingtext_clear(struct listingtext *text);

/* The line, to be cut up; borrowed. */
static inline struct span listingtext_of(const struct listingtext_line *line)
{
	return span_of(line->text, line->len);
}

/* As listing_code_page(). */
const char *listingtext_code_page(size_t n);

#endif
