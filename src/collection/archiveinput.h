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
struct archiveinput_unpacker;

struct archiveinput {
	int fd; /* borrowed */
	uint64_t size;
	uint64_t at; /* where the next bytes are read */
	uint64_t n;  /* bytes that were read or skipped */
	uint8_t *chunk;
	struct archiveinput_unpacker *unpacker; /* NULL: the file is not compressed */
};

/*
 * Begins with a file that fd, which stays open, can be read of at any offset.  compressed:
 * it is, and may hold anything.
 * Return: STATUS_OK, whatever the bytes are; STATUS_NOMEM.  To be cleared in any case.
 */
MUST_CHECK enum status archiveinput_init(struct archiveinput *in, int fd, uint64_t size,
					 bool compressed);
void archiveinput_clear(struct archiveinput *in);

/* Opens an archive on it, or on what comes out of it.  Return: as the library. */
int archiveinput_open(struct archiveinput *in, struct archive *archive);

/*
 * Unpacks further bytes that nobody wants, so that all of the file is checked.
 * Return: false at the end, where it cannot go on, and for what is not compressed.
 */
bool archiveinput_unpack(struct archiveinput *in, size_t *len);

/* True if what comes out is compressed once more, and was unpacked, too. */
bool archiveinput_is_nested(const struct archiveinput *in);

/* True if nothing came out of what is compressed, and there was nothing in it. */
bool archiveinput_is_empty(const struct archiveinput *in);

/*
 * When all is unpacked: what is wrong with it, borrowed, or NULL.  Where several of gzip
 * were joined, only the last one's checksum is there, and nothing is wrong with that.
 */
const char *archiveinput_fault(const struct archiveinput *in);

#endif

#endif
