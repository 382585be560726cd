/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run of bytes of the evidence, borrowed.  These readers are the only code
 * that touches evidence bytes by index: each checks its bounds and says with
 * its bool whether the bytes were there.  All numbers are little-endian, as
 * everywhere in a hive and in MAPI data.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"

struct span {
	const uint8_t *ptr;
	size_t len; /* bytes */
};

static inline struct span span_of(const void *ptr, size_t len)
{
	return (struct span){ .ptr = ptr, .len = len };
}

static inline bool span_is_empty(struct span s)
{
	return s.len == 0;
}

/* True if [off, off + len) lies inside s; never overflows. */
static inline bool span_has(struct span s, size_t off, size_t len)
{
	return off <= s.len && len <= s.len - off;
}

/* The len bytes at off.  Return: false if they are not all there. */
MUST_CHECK static inline bool span_sub(struct span s, size_t off, size_t len,
				       struct span *out)
{
	if (!span_has(s, off, len))
		return false;
	*out = span_of(len ? s.ptr + off : s.ptr, len);
	return true;
}

/* What follows off; empty if off is at or past the end. */
static inline struct span span_from(struct span s, size_t off)
{
	if (off >= s.len)
		return span_of(s.ptr, 0);
	return span_of(s.ptr + off, s.len - off);
}

/* At most the first len bytes. */
static inline struct span span_clip(struct span s, size_t len)
{
	return span_of(s.ptr, len < s.len ? len : s.len);
}

MUST_CHECK static inline bool span_u8(struct span s, size_t off, uint8_t *out)
{
	if (!span_has(s, off, 1))
		return false;
	*out = s.ptr[off];
	return true;
}

/* Decoders for bytes already copied out of a span, byte order made explicit. */
static inline uint16_t le16(const uint8_t b[2])
{
	return (uint16_t)(b[0] | (unsigned)b[1] << 8);
}

static inline uint32_t le32(const uint8_t b[4])
{
	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	       (uint32_t)b[3] << 24;
}

static inline uint64_t le64(const uint8_t b[8])
{
	return (uint64_t)le32(b) | (uint64_t)le32(b + 4) << 32;
}

/* The other way, for bytes of our own making. */
static inline void put_le32(uint8_t at[4], uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

MUST_CHECK static inline bool span_le16(struct span s, size_t off, uint16_t *out)
{
	if (!span_has(s, off, 2))
		return false;
	*out = le16(s.ptr + off);
	return true;
}

MUST_CHECK static inline bool span_le32(struct span s, size_t off, uint32_t *out)
{
	if (!span_has(s, off, 4))
		return false;
	*out = le32(s.ptr + off);
	return true;
}

MUST_CHECK static inline bool span_le64(struct span s, size_t off, uint64_t *out)
{
	if (!span_has(s, off, 8))
		return false;
	*out = le64(s.ptr + off);
	return true;
}

/* Copies a wire record of len bytes at off into out.  Return: false if short. */
MUST_CHECK static inline bool span_copy(struct span s, size_t off, void *out, size_t len)
{
	if (!span_has(s, off, len))
		return false;
	/* An empty span may have no pointer at all. */
	if (len > 0)
		memcpy(out, s.ptr + off, len);
	return true;
}

/* True if s holds the len bytes of what at off. */
static inline bool span_starts(struct span s, size_t off, const void *what, size_t len)
{
	return span_has(s, off, len) && (len == 0 || memcmp(s.ptr + off, what, len) == 0);
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/*
 * Moves *off to the first place from there on where s holds the len bytes (one at
 * least) of what.  Return: false if there is none; *off stays.
 */
MUST_CHECK bool span_find(struct span s, const void *what, size_t len, size_t *off);

/* True if the len bytes of what occur anywhere in s. */
bool span_contains(struct span s, const void *what, size_t len);

/* The same of one byte. */
static inline bool span_has_byte(struct span s, uint8_t byte)
{
	return s.len > 0 && memchr(s.ptr, byte, s.len) != NULL;
}

#endif
