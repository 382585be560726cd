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
