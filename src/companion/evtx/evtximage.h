/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A log of one chunk, made anew of records that stand one behind the other in a chunk of
 * the evidence: what the library is given instead of the file.  Header, sums and lengths
 * are ours; records, names and templates keep their places, and what is behind the last
 * record is zeros.
 */
#ifndef COMPANION_EVTX_EVTXIMAGE_H
#define COMPANION_EVTX_EVTXIMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/sum/crc32.h"
#include "companion/evtx/evtxfile.h"

#define EVTXIMAGE_SIZE (EVTXFILE_HEADER + EVTXFILE_CHUNK)

struct evtximage {
	uint8_t bytes[EVTXIMAGE_SIZE];
	struct crc32 sum; /* of no bytes, kept so that its tables are made once */
};

/* To be called once, before anything else. */
void evtximage_begin(struct evtximage *image);

/*
 * Takes the n records, n > 0, over from the chunk.  Those that stand between the chunk's
 * header and the first of them become one record that holds nothing.
 * Return: false if there is no room for that one, or a record cannot be in a chunk: then
 * the image must not be used.
 */
bool evtximage_take(struct evtximage *image, struct span chunk,
		    const struct evtxfile_record *records, size_t n);

/* The chunk of the image; it begins EVTXFILE_HEADER bytes behind its beginning. */
struct span evtximage_chunk(const struct evtximage *image);

/*
 * Makes a record shorter, if its XML ends at `end`: the library takes none that ends less
 * than 4 bytes before the chunk does.  Return: false if it cannot be made so.
 */
bool evtximage_shorten(struct evtximage *image, const struct evtxfile_record *record,
		       size_t end);

/* Makes the sums fit, after all changes. */
void evtximage_seal(struct evtximage *image);

#endif
