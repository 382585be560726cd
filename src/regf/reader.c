/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the own reader have in common: one key record at a time. */
#include "regf/reader.h"

#include "base/array.h"

#include <inttypes.h>

bool reader_key(const struct image *image, uint32_t rel, struct span *cell,
		struct reader_key_wire *wire)
{
	return image_cell(image, rel, cell) && span_copy(*cell, 0, wire, sizeof(*wire)) &&
	       memcmp(wire->signature, "nk", 2) == 0;
}

enum status reader_take(struct reader *reader, uint32_t owner_rel,
			struct reader_element element)
{
	struct reader_key_wire wire;
	struct span cell;

	if (!reader_key(reader->image, element.rel, &cell, &wire)) {
		diag_at(reader->diags, DIAG_KEY_DAMAGED, reader_offset(reader, owner_rel),
			"key record: cell 0x%" PRIx32
			", named as a subkey, holds no key record",
			element.rel);
		reader->partial = true;
		return STATUS_OK;
	}
	if (!reader_claim(reader, element.rel)) {
		diag_at(reader->diags, DIAG_KEY_REPEATED,
			reader_offset(reader, element.rel),
			"key record: more than one list names it; taken once");
		reader->partial = true;
		return STATUS_OK;
	}
	/* Each element has a cell of its own: this maximum cannot be met. */
	if (ARRAY_RESERVE(&reader->elements, reader->image->bins.len) != STATUS_OK)
		return STATUS_NOMEM;
	reader->elements.items[reader->elements.n++] = element;
	return STATUS_OK;
}
