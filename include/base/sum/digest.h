/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SHA-256, through nettle: the one place that knows the library. */
#ifndef BASE_SUM_DIGEST_H
#define BASE_SUM_DIGEST_H

#include <stdint.h>

#include "base/span.h"

#define DIGEST_SIZE 32
#define DIGEST_HEX_SIZE (2 * DIGEST_SIZE + 1)

struct digest {
	uint8_t bytes[DIGEST_SIZE];
};

/* A digest that grows piece by piece; opaque, freed by digest_finish(). */
struct digest_stream;

/* Gives a new stream, or NULL when out of memory. */
struct digest_stream *digest_start(void) MUST_CHECK;
void digest_add(struct digest_stream *stream, struct span bytes);
/* Takes the stream; *out (may be NULL, to give up) receives the digest. */
void digest_finish(struct digest_stream *stream, struct digest *out);

/* The digest of one span. */
struct digest digest_of(struct span bytes);

/* Lower-case hex with NUL. */
void digest_hex(const struct digest *digest, char out[DIGEST_HEX_SIZE]);

#endif
