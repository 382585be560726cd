/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A part of a path, between two dividers, perhaps with %41 in it for A. */
#ifndef COLLECTION_PLACEPART_H
#define COLLECTION_PLACEPART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"

struct placepart {
	struct span bytes; /* borrowed */
	bool encoded;	   /* %41 stands for A */
};

/*
 * The byte at *i, decoded, and *i moved past it.  What is no two hex digits behind a %
 * stands for itself, and so does %00: no name holds a NUL.
 * Return: false at the end.
 */
bool placepart_next(const struct placepart *part, size_t *i, uint8_t *out);

/* What of a path is still to come. */
struct placepart_path {
	const char *path, *at;
	const char *dividers;
	bool encoded; /* of the parts to come; set by whoever meets a volume's name */
};

/* A path from its beginning: '/' divides it; '\\' does where there is no '/'. */
struct placepart_path placepart_path(const char *path);

/*
 * The next part that is not empty; *end: bytes of the path up to its end; *last: nothing
 * is behind it, not even a divider.  Return: false at the end of the path.
 */
bool placepart_step(struct placepart_path *rest, struct placepart *part, size_t *end,
		    bool *last);

/* An ASCII letter's small form; other bytes as they are. */
static inline uint8_t placepart_lower(uint8_t byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/*
 * Without case, as all below: what follows a beginning, which rest may be part itself.
 * Return: false if the part begins otherwise; *rest is as it was then.
 */
bool placepart_begins(const struct placepart *part, const char *ascii,
		      struct placepart *rest);

/* True for these letters and nothing else. */
bool placepart_is(const struct placepart *part, const char *ascii);

/* True for the name, alone or with a dot and more behind it. */
bool placepart_is_name(const struct placepart *part, const char *ascii);

/*
 * A decimal number from 1 to UINT32_MAX behind a beginning, and nothing else.
 * Return: false if there is none; *out is as it was then.
 */
bool placepart_number(const struct placepart *part, const char *ascii, uint32_t *out);

/*
 * "X:", perhaps behind what the kernel calls its devices by.
 * Return: false if it is none; *drive, 'A' to 'Z', is as it was then.
 */
bool placepart_volume(const struct placepart *part, char *drive);

/* "vss<n>", "HarddiskVolumeShadowCopy<n>"; as placepart_number(). */
bool placepart_shadow_copy(const struct placepart *part, uint32_t *number);

/* True for a folder that a drive of Windows has at its top. */
bool placepart_is_top(const struct placepart *part);

/*
 * The decoded text: UTF-8, and \xNN for each byte that is none and for \ itself.
 * Return: malloc'ed; NULL when out of memory.
 */
char *placepart_text(const struct placepart *part) MUST_CHECK;

#endif
