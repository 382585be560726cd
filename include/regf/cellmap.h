/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set of cells of one image: a bit for every place where a cell can start.
 * Cells start at multiples of 8 bytes counted from the first bin.
 */
#ifndef REGF_CELLMAP_H
#define REGF_CELLMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

/* Cells are aligned to this many bytes (16 in version 1.1, which is a multiple). */
#define CELLMAP_UNIT 8

struct cellmap {
	uint8_t *bits;
	uint32_t limit; /* bytes covered, counted from the first bin */
};

/* Empty set over limit bytes.  Return: false when out of memory. */
MUST_CHECK bool cellmap_init(struct cellmap *map, uint32_t limit);
void cellmap_clear(struct cellmap *map);

/* False for an offset that is past the limit or no multiple of CELLMAP_UNIT. */
static inline bool cellmap_has(const struct cellmap *map, uint32_t rel)
{
	return rel < map->limit && rel % CELLMAP_UNIT == 0 &&
	       (map->bits[rel / CELLMAP_UNIT / 8] >> (rel / CELLMAP_UNIT % 8) & 1);
}

/* Adds a cell.  Return: false if it was there already or cannot be one. */
static inline bool cellmap_add(struct cellmap *map, uint32_t rel)
{
	if (rel >= map->limit || rel % CELLMAP_UNIT != 0)
		return false;
	uint8_t bit = (uint8_t)(1u << (rel / CELLMAP_UNIT % 8));
	uint8_t *byte = &map->bits[rel / CELLMAP_UNIT / 8];
	if (*byte & bit)
		return false;
	*byte |= bit;
	return true;
}

/* Adds all cells of another set over the same bytes. */
void cellmap_unite(struct cellmap *map, const struct cellmap *other);

/*
 * The first cell of the set at rel or behind it.  Return: false if there is none.
 */
bool cellmap_next(const struct cellmap *map, uint32_t rel, uint32_t *next);

/*
 * The first cell at rel or behind it that is in `map`, or in `of` and not in `not_in`; all
 * three are sets over the same bytes, and a cell past the end of not_in is not in it.
 * Return: false if there is none.
 */
bool cellmap_next_unlike(const struct cellmap *map, const struct cellmap *of,
			 const struct cellmap *not_in, uint32_t rel, uint32_t *next);

#endif
