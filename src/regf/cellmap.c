/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bit per place where a cell can start; the hot reads stand in the header. */
#include "regf/cellmap.h"

#include <stdlib.h>

bool cellmap_init(struct cellmap *map, uint32_t limit)
{
	size_t n = (size_t)limit / CELLMAP_UNIT / 8 + 1;

	map->bits = calloc(n, 1);
	map->limit = map->bits ? limit : 0;
	return map->bits != NULL;
}

void cellmap_clear(struct cellmap *map)
{
	free(map->bits);
	*map = (struct cellmap){ 0 };
}

void cellmap_unite(struct cellmap *map, const struct cellmap *other)
{
	size_t n = (size_t)map->limit / CELLMAP_UNIT / 8 + 1;

	for (size_t i = 0; i < n && map->limit == other->limit; i++)
		map->bits[i] |= other->bits[i];
}

bool cellmap_next(const struct cellmap *map, uint32_t rel, uint32_t *next)
{
	for (uint64_t unit = ((uint64_t)rel + CELLMAP_UNIT - 1) / CELLMAP_UNIT;
	     unit * CELLMAP_UNIT < map->limit;) {
		uint32_t rest = (uint32_t)map->bits[unit / 8] >> (unit % 8);
		if (!rest) {
			unit = (unit / 8 + 1) * 8;
			continue;
		}
		while (!(rest & 1)) {
			rest >>= 1;
			unit++;
		}
		*next = (uint32_t)(unit * CELLMAP_UNIT);
		return *next < map->limit;
	}
	return false;
}
