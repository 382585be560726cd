/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a value's line: quoted texts, numbers, lists of bytes. */
#ifndef REGTEXT_REGLEXER_H
#define REGTEXT_REGLEXER_H

#include "regtext/regsource.h"

/* How a part of a line was read. */
enum reglexer_result {
	REGLEXER_OK,
	REGLEXER_NONE, /* it is something else */
	REGLEXER_CUT,  /* the file ends inside it */
	REGLEXER_LONG, /* more bytes than REGTEXT_MAX_DATA */
	REGLEXER_NOMEM,
};

/* Bytes that are being put together; used again for the next value. */
struct reglexer_bytes {
	uint8_t *items;
	size_t n, cap;
};
void reglexer_clear(struct reglexer_bytes *bytes);

/*
 * A quoted text whose quotation mark stands at *at: *from and *to get what is between the
 * marks, *at the end behind it.  It may run over lines.  *escapes: it holds a backslash.
 */
MUST_CHECK enum reglexer_result reglexer_quoted(const struct regsource *source,
						size_t *at, size_t *from, size_t *to,
						bool *escapes);

/*
 * The digits of dword:, up to eight, blanks before them.  REGLEXER_NONE without any, or
 * with more.
 */
MUST_CHECK enum reglexer_result reglexer_dword(const struct regsource *source, size_t *at,
					       uint32_t *value);

/*
 * "hex:" or "hex(N):" at *at.  REGLEXER_NONE if that is not what stands there, or
 * if N has more than 32 bits.
 */
MUST_CHECK enum reglexer_result reglexer_hex_type(const struct regsource *source,
						  size_t *at, uint32_t *type);

/*
 * Bytes and commas, over as many lines as a backslash at the end continues.  On
 * REGLEXER_NONE *at is where no byte was.
 */
MUST_CHECK enum reglexer_result reglexer_hex_bytes(const struct regsource *source,
						   size_t *at,
						   struct reglexer_bytes *out);

/* True if nothing but a comment follows on the line; *at is its end then. */
bool reglexer_at_end(const struct regsource *source, size_t *at);

#endif
