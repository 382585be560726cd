/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property values: one registry value read by its property type.  Decoding
 * tolerates what scripts write by hand (REG_SZ for PT_UNICODE, REG_DWORD for
 * PT_LONG, missing NULs) and refuses what contradicts itself.  Layout of the
 * multi-value tables: they are the writer's memory with pointers turned into
 * offsets, so their width follows the writer's bitness; the width is right
 * for which the first offset equals the end of the table.
 */
#ifndef MAPI_PROPERTY_H
#define MAPI_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"
#include "base/text.h"
#include "mapi/proptag.h"
#include "regf/key.h"

/* A MAPIUID: 16 bytes in memory order, as in section names. */
#define PROPERTY_UID_SIZE 16
/* Its name: 32 lower-case hex digits and NUL. */
#define PROPERTY_UID_NAME_SIZE 33

/* A multi-value property, borrowed from the value's data. */
struct property_items {
	struct span table; /* the whole blob */
	size_t n;
	uint8_t width; /* bytes of an offset: 4 or 8; 0 for PT_MV_LONG */
	uint16_t type; /* enum proptag_type */
};

/*
 * The string of a PT_STRING8 or PT_UNICODE value, or of a value whose name is
 * no tag, whichever registry type it came in: up to the first NUL.  8-bit
 * text is taken as Latin-1: the writer's code page is unknown.  REG_BINARY
 * under a plain name is a string only if it looks like one: UTF-16 of
 * printable characters with exactly one NUL, at the end.
 * Return: false if the value is no string.
 */
bool property_string(const struct value *value, struct text *out);

/*
 * Of a recovered value whose first bytes are overwritten (VALUE_FLAG_HEAD_LOST)
 * only a string can be read, with U+FFFD for what is lost: the next three give
 * false for one, and it is rendered in hex with "??" for each lost byte.
 */

/* The number of a PT_LONG, PT_I2 or PT_BOOLEAN value, or of REG_DWORD under a plain name. */
bool property_number(const struct value *value, uint32_t *out);

/* The raw bytes of a PT_BINARY value, or of REG_BINARY under a plain name. */
bool property_bytes(const struct value *value, struct span *out);

/* True for the 16 bytes of an id; all zero they are none. */
bool property_is_id(struct span bytes);

/*
 * Lists of uids (n x 16 bytes, no count).  Return: the number of whole uids;
 * a rest of 1 to 15 bytes is told by *ragged (may be NULL).
 */
size_t property_uid_count(struct span bytes, bool *ragged);
/* uid i, below property_uid_count(), as a section name. */
void property_uid_name(struct span bytes, size_t i, char out[PROPERTY_UID_NAME_SIZE]);
/* True if a value with this tag is a list of section uids. */
bool property_is_uid_list(struct proptag tag);

/*
 * A multi-value property: PT_MV_LONG, PT_MV_STRING8, PT_MV_UNICODE or
 * PT_MV_BINARY.  All of it is checked, so that property_item() then succeeds
 * for every i below n: elements lie inside the blob, in order and apart, as
 * MAPI writes them.
 * Return: false if the blob contradicts itself or the type.
 */
bool property_items(const struct value *value, struct property_items *out);
/* Element i: bytes of a binary, a string up to its NUL, or four bytes of a long. */
bool property_item(const struct property_items *items, size_t i, struct span *out);

/*
 * True if the value can be decoded according to its tag: registry type, size,
 * table, whole uids.  True for a type that is not known: nothing contradicts it.
 */
bool property_is_sound(const struct value *value, struct proptag tag);

#endif
