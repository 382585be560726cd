/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bit per place where a cell can start; the hot reads stand in the header. */
#include "regf/cellmap.h"

#include "base/span.h"

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

/* Eight bytes of a set from byte `at` on, the first of them lowest; zeros behind its end. */
static uint64_t word_at(const struct cellmap *map, size_t at)
{
	size_t size = map->limit > 0 ? (size_t)map->limit / CELLMAP_UNIT / 8 + 1 : 0;
	uint64_t word = 0;

	if (span_le64(span_of(map->bits, size), at, &word))
		return word;
	for (size_t i = 0; i < 8 && at + i < size; i++)
		word |= (uint64_t)map->bits[at + i] << 8 * i;
	return word;
}

bool cellmap_next(const struct cellmap *map, uint32_t rel, uint32_t *next)
{
	uint64_t unit = ((uint64_t)rel + CELLMAP_UNIT - 1) / CELLMAP_UNIT;

	while (unit * CELLMAP_UNIT < map->limit) {
		uint64_t word = word_at(map, (size_t)(unit / 8)) >> (unit % 8);
		if (word != 0) {
			unit += (unsigned)__builtin_ctzll(word);
			*next = (uint32_t)(unit * CELLMAP_UNIT);
			return unit * CELLMAP_UNIT < map->limit;
		}
		unit = (unit / 8 + 8) * 8;
	}
	return false;
}

bool cellmap_next_unlike(const struct cellmap *map, const struct cellmap *of,
			 const struct cellmap *not_in, uint32_t rel, uint32_t *next)
{
	uint64_t unit = ((uint64_t)rel + CELLMAP_UNIT - 1) / CELLMAP_UNIT;
	uint64_t end = map->limit > of->limit ? map->limit : of->limit;

	while (unit * CELLMAP_UNIT < end) {
		size_t at = (size_t)(unit / 8);
		uint64_t word =
			word_at(map, at) | (word_at(of, at) & ~word_at(not_in, at));
		word >>= unit % 8;
		if (word != 0) {
			unit += (unsigned)__builtin_ctzll(word);
			*next = (uint32_t)(unit * CELLMAP_UNIT);
			return unit * CELLMAP_UNIT < end;
		}
		unit = (unit / 8 + 8) * 8;
	}
	return false;
}
