/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SHA-256 over bytes at once or piece by piece.  Few files include nettle, which
 * defines names of its own such as sha256_init.
 */
#include "base/sum/digest.h"

#include "base/hex.h"

#include <nettle/sha2.h>

#include <assert.h>
#include <stdlib.h>

static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "a digest is a SHA-256");

struct digest_stream {
	struct sha256_ctx ctx;
};

struct digest_stream *digest_start(void)
{
	struct digest_stream *stream = malloc(sizeof(*stream));

	if (stream)
		sha256_init(&stream->ctx);
	return stream;
}

void digest_add(struct digest_stream *stream, struct span bytes)
{
	/* An empty span may have no pointer, which nettle would hand to memcpy(). */
	if (!span_is_empty(bytes))
		sha256_update(&stream->ctx, bytes.len, bytes.ptr);
}

void digest_finish(struct digest_stream *stream, struct digest *out)
{
	if (stream && out)
		sha256_digest(&stream->ctx, sizeof(out->bytes), out->bytes);
	free(stream);
}

struct digest digest_of(struct span bytes)
{
	struct digest_stream stream;
	struct digest digest;

	sha256_init(&stream.ctx);
	digest_add(&stream, bytes);
	sha256_digest(&stream.ctx, sizeof(digest.bytes), digest.bytes);
	return digest;
}

void digest_hex(const struct digest *digest, char out[DIGEST_HEX_SIZE])
{
	hex_bytes(out, digest->bytes, DIGEST_SIZE);
}
