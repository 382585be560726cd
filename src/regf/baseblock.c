/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Format: regf specification, "Base block". */
#include "regf/baseblock.h"

#include <assert.h>
#include <stddef.h>

struct base_wire {
	uint8_t signature[4];
	uint8_t primary_sequence[4];
	uint8_t secondary_sequence[4];
	uint8_t last_written[8];
	uint8_t major[4];
	uint8_t minor[4];
	uint8_t file_type[4];
	uint8_t format[4];
	uint8_t root[4];
	uint8_t data_size[4];
	uint8_t cluster[4];
	uint8_t embedded_name[64];
	uint8_t other[396];
	uint8_t checksum[4];
};
static_assert(sizeof(struct base_wire) == 512, "base block up to its checksum");
static_assert(offsetof(struct base_wire, primary_sequence) == IMAGE_AT_SEQUENCE &&
		      offsetof(struct base_wire, last_written) == IMAGE_AT_LAST_WRITTEN &&
		      offsetof(struct base_wire, embedded_name) == IMAGE_AT_EMBEDDED_NAME,
	      "places that are shown");

uint32_t baseblock_checksum(struct span bytes)
{
	uint32_t sum = 0, word = 0;

	for (size_t off = 0; off < 508; off += 4)
		if (span_le32(bytes, off, &word))
			sum ^= word;
	if (sum == 0)
		return 1;
	if (sum == UINT32_MAX)
		return UINT32_MAX - 1;
	return sum;
}

bool baseblock_read(struct span bytes, struct image_base *base)
{
	struct base_wire wire;

	if (!span_starts(bytes, 0, "regf", 4) ||
	    !span_copy(bytes, 0, &wire, sizeof(wire)))
		return false;
	*base = (struct image_base){
		.primary_sequence = le32(wire.primary_sequence),
		.secondary_sequence = le32(wire.secondary_sequence),
		.last_written_ft = le64(wire.last_written),
		.major = le32(wire.major),
		.minor = le32(wire.minor),
		.file_type = le32(wire.file_type),
		.format = le32(wire.format),
		.root_rel = le32(wire.root),
		.data_size = le32(wire.data_size),
		.cluster = le32(wire.cluster),
		.checksum = le32(wire.checksum),
	};
	base->checksum_ok = baseblock_checksum(bytes) == base->checksum;
	struct text name = { .encoding = TEXT_UTF16LE };
	if (span_sub(bytes, IMAGE_AT_EMBEDDED_NAME, sizeof(wire.embedded_name),
		     &name.bytes))
		base->embedded_name = text_until_nul(name);
	return true;
}
