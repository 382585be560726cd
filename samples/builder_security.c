// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Security cells: a ring of shared descriptors with reference counts (regf specification,
 * "Key security"), each a self-relative descriptor as in MS-DTYP 2.4.6 whose list allows
 * SYSTEM, Administrators and, in a user's hive, that user full control.
 */
#include "builder_private.h"

#include <stdlib.h>
#include <string.h>

enum {
	DESCRIPTOR_MAX = 256,
	KEY_ALL_ACCESS = 0xF003F,
	KEY_READ = 0x20019,
	INHERIT = 3, /* objects and containers below inherit the entry */
};

#define SID_SYSTEM "S-1-5-18"
#define SID_ADMINISTRATORS "S-1-5-32-544"
#define SID_RESTRICTED "S-1-5-12"

struct bytes {
	size_t n;
	uint8_t at[DESCRIPTOR_MAX];
};

static void put(struct bytes *out, size_t at, uint64_t number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		out->at[at + i] = (uint8_t)(number >> (8 * i));
}

static void append(struct bytes *out, uint32_t number, size_t size)
{
	if (out->n + size > sizeof(out->at))
		builder_die("security descriptor too large");
	put(out, out->n, number, size);
	out->n += size;
}

/* "S-1-5-32-544": revision 1, authority 5, sub-authorities 32 and 544. */
static void append_sid(struct bytes *out, const char *text)
{
	size_t start = out->n;
	char *next;

	if (strncmp(text, "S-1-", 4) != 0)
		builder_die("not a SID");
	append(out, 1, 2); /* revision; the number of sub-authorities follows below */
	append(out, 0, 5); /* the authority is big-endian and, in practice, one byte */
	append(out, (uint32_t)strtoul(text + 4, &next, 10), 1);
	while (*next == '-') {
		append(out, (uint32_t)strtoul(next + 1, &next, 10), 4);
		out->at[start + 1]++;
	}
}

static void append_ace(struct bytes *out, uint32_t mask, const char *sid)
{
	size_t start = out->n;

	append(out, INHERIT << 8, 2); /* type 0: access allowed */
	append(out, 0, 2);
	append(out, mask, 4);
	append_sid(out, sid);
	put(out, start + 2, (uint32_t)(out->n - start), 2);
}

static void make_descriptor(struct bytes *out, const char *user_sid)
{
	out->n = 0;
	append(out, 1, 2);
	append(out, 0x8004, 2); /* self-relative, with an access list */
	for (size_t i = 0; i < 4; i++)
		append(out, 0, 4); /* owner, group, no audit list, access list: below */

	size_t acl = out->n;
	append(out, 2, 4);
	append(out, user_sid != NULL ? 4 : 3, 4);
	if (user_sid != NULL)
		append_ace(out, KEY_ALL_ACCESS, user_sid);
	append_ace(out, KEY_ALL_ACCESS, SID_SYSTEM);
	append_ace(out, KEY_ALL_ACCESS, SID_ADMINISTRATORS);
	append_ace(out, KEY_READ, SID_RESTRICTED);
	put(out, acl + 2, (uint32_t)(out->n - acl), 2);

	size_t owner = out->n;
	append_sid(out, user_sid != NULL ? user_sid : SID_ADMINISTRATORS);
	size_t group = out->n;
	append_sid(out, SID_SYSTEM);
	put(out, 4, (uint32_t)owner, 4);
	put(out, 8, (uint32_t)group, 4);
	put(out, 16, (uint32_t)acl, 4);
}

static bool holds(const struct builder *b, uint32_t cell, const struct bytes *descriptor)
{
	return builder_get32(b, cell, SK_LEN) == descriptor->n &&
	       memcmp(builder_cell_data(b, cell) + SK_DESCRIPTOR, descriptor->at,
		      descriptor->n) == 0;
}

static void link_cells(struct builder *b, uint32_t first, uint32_t second)
{
	builder_put32(b, first, SK_NEXT, second);
	builder_put32(b, second, SK_PREVIOUS, first);
}

static uint32_t new_cell(struct builder *b, const struct bytes *descriptor, uint32_t ring)
{
	uint32_t cell = builder_cell_alloc(b, SK_DESCRIPTOR + descriptor->n);

	memset(builder_cell_data(b, cell), 0, SK_DESCRIPTOR);
	memcpy(builder_cell_data(b, cell), "sk", 2);
	builder_put32(b, cell, SK_REFERENCES, 1);
	builder_put32(b, cell, SK_LEN, (uint32_t)descriptor->n);
	memcpy(builder_cell_data(b, cell) + SK_DESCRIPTOR, descriptor->at, descriptor->n);
	if (ring == NIL) {
		link_cells(b, cell, cell);
	} else {
		uint32_t next = builder_get32(b, ring, SK_NEXT);

		link_cells(b, ring, cell);
		link_cells(b, cell, next);
	}
	return cell;
}

uint32_t builder_security_take(struct builder *b, const char *user_sid)
{
	struct bytes descriptor = { .n = 0 };
	uint32_t ring = builder_get32(b, b->root, NK_SECURITY);

	make_descriptor(&descriptor, user_sid);
	if (ring == NIL)
		return new_cell(b, &descriptor, NIL);
	uint32_t cell = ring;
	do {
		if (holds(b, cell, &descriptor)) {
			builder_security_share(b, cell);
			return cell;
		}
		cell = builder_get32(b, cell, SK_NEXT);
	} while (cell != ring);
	return new_cell(b, &descriptor, ring);
}

void builder_security_share(struct builder *b, uint32_t cell)
{
	builder_put32(b, cell, SK_REFERENCES, builder_get32(b, cell, SK_REFERENCES) + 1);
}

void builder_security_drop(struct builder *b, uint32_t cell)
{
	uint32_t references = builder_get32(b, cell, SK_REFERENCES) - 1;

	builder_put32(b, cell, SK_REFERENCES, references);
	if (references > 0)
		return;
	link_cells(b, builder_get32(b, cell, SK_PREVIOUS),
		   builder_get32(b, cell, SK_NEXT));
	builder_cell_free(b, cell);
}
