/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of an archive, read at any offset by libarchive. */
#ifndef COLLECTION_ARCHIVEINPUT_H
#define COLLECTION_ARCHIVEINPUT_H

#ifdef HAVE_LIBARCHIVE

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"

struct archive;
struct archiveinput_gzip;

struct archiveinput {
	int fd; /* borrowed */
	uint64_t size;
	uint64_t at; /* where the next bytes are read */
	uint64_t n;  /* bytes that were read or skipped */
	uint8_t *chunk;
	struct archiveinput_gzip *gzip; /* NULL if the file is none */
};

/*
 * Begins with a file that fd, which stays open, can be read of at any offset.  compressed:
 * it may be gzip.
 * Return: STATUS_OK, whatever the bytes are; STATUS_NOMEM.  To be cleared in any case.
 */
MUST_CHECK enum status archiveinput_init(struct archiveinput *in, int fd, uint64_t size,
					 bool compressed);
void archiveinput_clear(struct archiveinput *in);

/* Opens an archive on it, or on what comes out of gzip.  Return: as the library. */
int archiveinput_open(struct archiveinput *in, struct archive *archive);

/*
 * Unpacks further bytes of gzip that nobody wants, so that they are added up.
 * Return: false at the end, where it cannot go on, and for what is no gzip.
 */
bool archiveinput_unpack(struct archiveinput *in, size_t *len);

/*
 * True if all that came out of gzip has another checksum than stands at its end, or ends
 * before that.  Where the length there is another one, several were joined, and only the
 * last one's checksum is there: false.
 */
bool archiveinput_has_wrong_sum(const struct archiveinput *in);

#endif

#endif
