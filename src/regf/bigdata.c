/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the segments of big data stand; whose they are is decided by who reads them. */
#include "regf/bigdata.h"

bool bigdata_is(const struct image *image, struct span cell, uint32_t size)
{
	return image->base.minor >= BIGDATA_MINOR && size > BIGDATA_SEGMENT &&
	       span_starts(cell, 0, "db", 2) && cell.len < size;
}

bool bigdata_open(const struct image *image, struct span cell, struct bigdata *big)
{
	uint16_t n = 0;

	if (!span_le16(cell, 2, &n) || !span_le32(cell, 4, &big->list_rel) ||
	    !image_cell(image, big->list_rel, &big->list))
		return false;
	big->list = span_clip(big->list, (size_t)n * 4);
	big->n = big->list.len / 4;
	return true;
}

bool bigdata_segment(const struct image *image, const struct bigdata *big, size_t i,
		     uint32_t left, uint32_t *rel, struct span *bytes)
{
	if (!span_le32(big->list, i * 4, rel) || !image_cell(image, *rel, bytes))
		return false;
	*bytes = span_clip(*bytes, left < BIGDATA_SEGMENT ? left : BIGDATA_SEGMENT);
	return true;
}
